"""What the routes of the control interface do with the sandbox."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

from mipos_mock import __version__, accounts, faults
from mipos_mock.control import events, reference, views
from mipos_mock.exchange import Answer
from mipos_mock.journal import Entry
from mipos_mock.operations import OPERATIONS
from mipos_mock.placing import Wish
from mipos_mock.refusal import Refused
from mipos_mock.sandbox import Sandbox
from mipos_mock.state import Account, Fault, Order

Values = dict[str, Any]
T = TypeVar("T")


def index(_sandbox: Sandbox, _values: Values) -> Answer:
    """Says what this is and which routes it has."""
    from mipos_mock.control.routes import ROUTES  # noqa: PLC0415 - it imports this module

    routes = {f"{route.method} {route.path}": route.summary for route in ROUTES}
    routes[f"GET {events.PATH}"] = events.SUMMARY
    routes[f"GET {reference.PATH}"] = reference.SUMMARY
    return Answer(
        200, {"name": "MiPOS mock, control interface", "version": __version__, "routes": routes}
    )


def document(_sandbox: Sandbox, _values: Values) -> Answer:
    """Shows the interface as OpenAPI."""
    from mipos_mock.control.document import build  # noqa: PLC0415 - rarely asked for

    return Answer(200, build())


def state(sandbox: Sandbox, values: Values) -> Answer:
    """Shows everything that is remembered, in short."""
    of, wanted = sandbox.state, _of_account(sandbox, values)
    pushes = (views.push(each) for each in reversed(of.pushes.values()) if wanted(each.account))
    return Answer(
        200,
        {
            "version": __version__,
            "accounts": [views.account(each) for each in of.accounts.values() if wanted(each.name)],
            "deliveries": [
                {"id": each.id, "status": each.status} for each in of.deliveries.values()
            ],
            "orders": _orders(sandbox, values),
            "pushes": _newest(pushes, values),
            "faults": [views.fault(each) for each in of.faults.values() if wanted(each.account)],
            "menus": [views.menu(each) for each in of.menus.values() if wanted(each.account)],
            "clock": views.clock(of.clock),
            "journal": {"last": sandbox.journal.last, "dropped": sandbox.journal.dropped},
        },
    )


def reset(sandbox: Sandbox, values: Values) -> Answer:
    """Puts everything, or one account, back to what a fresh server holds."""
    name = values["account"]
    sandbox.reset(None if name is None else accounts.find(sandbox.state, name))
    return Answer(200, {"reset": True})


def add_account(sandbox: Sandbox, values: Values) -> Answer:
    """Adds an account."""
    return Answer(201, views.account(sandbox.add_account(values["name"], values["stores"])))


def delete_account(sandbox: Sandbox, values: Values) -> Answer:
    """Removes an account and all its own."""
    account = accounts.find(sandbox.state, values["name"])
    sandbox.delete_account(account)
    return Answer(200, {"deleted": account.name})


def place_order(sandbox: Sandbox, values: Values) -> Answer:
    """Places an order and pushes it."""
    wish = _wish(values, order_external_id=values["order_external_id"], push=values["push"])
    return Answer(201, _whole(sandbox, sandbox.place_order(wish)))


def place_burst(sandbox: Sandbox, values: Values) -> Answer:
    """Places many orders, so many a second."""
    count, per_second = values["count"], values["per_second"]
    sandbox.burst(_wish(values), count, per_second)
    return Answer(202, {"count": count, "per_second": per_second})


def list_orders(sandbox: Sandbox, values: Values) -> Answer:
    """Lists orders in order of arrival."""
    return Answer(200, {"orders": _orders(sandbox, values)})


def show_order(sandbox: Sandbox, values: Values) -> Answer:
    """Shows an order, its pushes and its timeline."""
    return Answer(200, _whole(sandbox, sandbox.find_order(values["id"])))


async def wait_accepted(sandbox: Sandbox, values: Values) -> Answer:
    """Waits until an order is accepted."""
    order = sandbox.find_order(values["id"])
    await sandbox.wait_accepted(order, values["timeout"])
    return Answer(200, _whole(sandbox, order))


def list_pushes(sandbox: Sandbox, values: Values) -> Answer:
    """Lists pushes, the oldest first."""
    wanted = _of_account(sandbox, values)
    order = None if values["order"] is None else sandbox.find_order(values["order"])
    found = (
        views.push(each)
        for each in reversed(sandbox.state.pushes.values())
        if wanted(each.account) and (order is None or each.order_id == order.id)
    )
    return Answer(200, {"pushes": _newest(found, values)})


def show_push(sandbox: Sandbox, values: Values) -> Answer:
    """Shows a push with its body and every try."""
    return Answer(200, views.whole_push(sandbox.find_push(values["id"])))


async def wait_push(sandbox: Sandbox, values: Values) -> Answer:
    """Waits until a push has ended."""
    push = sandbox.find_push(values["id"])
    await sandbox.wait_ended(push, values["timeout"])
    return Answer(200, views.whole_push(push))


def replay(sandbox: Sandbox, values: Values) -> Answer:
    """Sends the bytes of a push again."""
    return Answer(201, views.push(sandbox.replay(sandbox.find_push(values["id"]))))


def pull_menu(sandbox: Sandbox, values: Values) -> Answer:
    """Asks the Menu webhooks for a store's menu."""
    pushes = sandbox.pull_menu(values["account"], values["store_id"])
    return Answer(201, {"pushes": [views.push(each) for each in pushes]})


def list_menus(sandbox: Sandbox, values: Values) -> Answer:
    """Lists menus that were answered."""
    found, wanted = sandbox.state.menus.values(), _of_account(sandbox, values)
    return Answer(200, {"menus": [views.menu(each) for each in found if wanted(each.account)]})


def fault_kinds(_sandbox: Sandbox, _values: Values) -> Answer:
    """Lists what can go wrong on purpose, and every documented error."""
    return Answer(
        200,
        {
            "kinds": [
                {"kind": each.name, "on": each.on, "text": each.text, "fields": list(each.fields)}
                for each in faults.KINDS.values()
            ],
            "errors": [
                {"operation": operation.name, "status": status, "messages": list(texts)}
                for operation in OPERATIONS.values()
                for status, texts in faults.documented(operation).items()
            ],
        },
    )


def set_fault(sandbox: Sandbox, values: Values) -> Answer:
    """Makes something go wrong."""
    return Answer(201, views.fault(sandbox.set_fault(Fault(0, **values))))


def list_faults(sandbox: Sandbox, values: Values) -> Answer:
    """Lists faults that are set."""
    found, wanted = sandbox.state.faults.values(), _of_account(sandbox, values)
    return Answer(200, {"faults": [views.fault(each) for each in found if wanted(each.account)]})


def remove_faults(sandbox: Sandbox, values: Values) -> Answer:
    """Removes faults."""
    _of_account(sandbox, values)
    return Answer(200, {"removed": sandbox.remove_faults(values["account"], values["id"])})


def show_clock(sandbox: Sandbox, _values: Values) -> Answer:
    """Shows the stand-in's time."""
    return Answer(200, views.clock(sandbox.state.clock))


async def advance(sandbox: Sandbox, values: Values) -> Answer:
    """Sets the clock ahead."""
    await sandbox.advance(values["seconds"])
    return Answer(200, views.clock(sandbox.state.clock))


def show_journal(sandbox: Sandbox, values: Values) -> Answer:
    """Shows what happened, the oldest first."""
    wanted, kind = _of_account(sandbox, values), values["kind"]
    journal = sandbox.journal
    found = (
        views.entry(each)
        for each in reversed(list(journal))
        if each.id > values["after"] and wanted(each.account) and kind in {None, views.kind(each)}
    )
    return Answer(
        200,
        {"entries": _newest(found, values), "last": journal.last, "dropped": journal.dropped},
    )


def show_entry(sandbox: Sandbox, values: Values) -> Answer:
    """Shows an entry of the journal with headers and bodies."""
    return Answer(200, views.whole_entry(find_entry(sandbox, values["id"])))


def find_entry(sandbox: Sandbox, number: int) -> Entry:
    """Returns the entry of the journal with a number.

    Raises:
        Refused: There is none, or it gave way to newer ones.
    """
    found = next((each for each in sandbox.journal if each.id == number), None)
    if found is None:
        raise Refused(f"entry {number} is unknown: GET /_mock/journal lists them", 404)
    return found


def _of_account(sandbox: Sandbox, values: Values) -> Callable[[str | None], bool]:
    """Returns what says whether something of an account is asked for.

    Raises:
        Refused: There is no account of the name that is asked for.
    """
    name = values["account"]
    if name is not None:
        accounts.find(sandbox.state, name)
    return lambda account: name in {None, account}


def _orders(sandbox: Sandbox, values: Values) -> list[views.View]:
    owners = {store: each for each in sandbox.state.accounts.values() for store in each.stores}
    of_account = _of_account(sandbox, values)

    def wanted(order: Order, owner: Account) -> bool:
        return (
            of_account(owner.name)
            and values.get("store_id") in {None, order.key.store_id}
            and values.get("status") in {None, order.status}
        )

    found = (
        views.order(order, owner)
        for order in reversed(sandbox.state.orders.values())
        if wanted(order, owner := owners[order.key.store_id])
    )
    return _newest(found, values)


def _whole(sandbox: Sandbox, order: Order) -> views.View:
    owner = sandbox.owner(order)
    return views.whole_order(order, owner, sandbox.state.pushes.values(), sandbox.journal)


def _newest(found: Iterable[T], values: Values) -> list[T]:
    """Returns so many of what comes newest first, turned round."""
    return list(islice(found, values["limit"]))[::-1]


def _wish(values: Values, *, order_external_id: str | None = None, push: bool = True) -> Wish:
    return Wish(
        account=values["account"],
        store_id=values["store_id"],
        delivery_id=values["delivery_id"],
        order_external_id=order_external_id,
        scenario=values["scenario"],
        seed=values["seed"],
        overrides=values["overrides"] or {},
        push=push,
    )
