"""From what the stand-in remembers to the rows of a state file, and back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, cast

from mipos_mock.clock import AHEAD_MAX
from mipos_mock.faults import KINDS
from mipos_mock.hooks import Webhooks
from mipos_mock.pushes import Push, PushStatus, Try
from mipos_mock.state import (
    Account,
    AccountStatus,
    Delivery,
    DeliveryStatus,
    Fault,
    Item,
    Keeper,
    Menu,
    Order,
    OrderKey,
    OrderStatus,
    State,
)
from mipos_mock.store import Change, Store


class Ledger(Keeper):
    """A keeper that writes to a state file."""

    def __init__(self, store: Store) -> None:
        """Writes to an open store; the caller closes it."""
        self._store = store
        self._changes: list[Change] = []

    def save(self, item: Item) -> None:
        """Notes that something is new or has changed."""
        self._changes.append((*_name(item), _value(item)))

    def drop(self, item: Item) -> None:
        """Notes that something is gone, and with an account its webhooks."""
        self._changes.append((*_name(item), None))
        if isinstance(item, Account):
            self._changes += [
                ("webhook", _webhook_key(item, item.webhooks.place(url)), None)
                for url in item.webhooks
            ]

    def save_webhook(self, account: Account, place: int) -> None:
        """Notes that the webhook at a place is new, has changed or is gone."""
        self._changes.append(_webhook(account, place))

    def save_clock(self, ahead: float) -> None:
        """Notes by how many seconds the clock is ahead."""
        self._changes.append(("clock", "ahead", ahead))

    def commit(self) -> None:
        """Writes what was noted since the last time in one transaction.

        Raises:
            StoreError: The file cannot be written; nothing was.
        """
        if self._changes:
            changes, self._changes = self._changes, []
            self._store.write(changes)

    def begin_anew(self, state: State) -> None:
        """Replaces the whole content of the file in one transaction.

        Raises:
            StoreError: The file cannot be written; it holds what it did.
        """
        self._changes = []
        self._store.replace(rows_of(state))


def rows_of(state: State) -> Iterator[Change]:
    """Gives every row of a state."""
    for account in state.accounts.values():
        yield (*_name(account), _value(account))
        for url in account.webhooks:
            yield _webhook(account, account.webhooks.place(url))
    for items in (state.deliveries, state.orders, state.pushes, state.faults, state.menus):
        for item in cast("Mapping[object, Item]", items).values():
            yield (*_name(item), _value(item))
    yield "clock", "ahead", state.clock.ahead


def restore(rows: Mapping[str, Mapping[str, Any]], state: State) -> None:
    """Gives a state what rows hold.

    Args:
        rows: Kind, then key, then value.
        state: An empty one.

    Raises:
        KeyError, TypeError, ValueError: The rows are none that this version writes.
    """
    for name, value in rows.get("account", {}).items():
        status, stores = AccountStatus(value["status"]), tuple(value["stores"])
        state.accounts[name] = Account(**_but(value, name=name, status=status, stores=stores))
    hooks: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for name, place, url, kind in rows.get("webhook", {}).values():
        hooks[name].append((place, url, kind))
    for name, placed in hooks.items():
        state.accounts[name].webhooks = Webhooks.placed(placed)
    state.deliveries = {
        key: Delivery(key, DeliveryStatus(value)) for key, value in rows.get("delivery", {}).items()
    }
    for value in rows.get("order", {}).values():
        key, done = OrderKey(*value["key"]), OrderStatus(value["status"])
        state.orders[key] = Order(**_but(value, key=key, status=done))
    for value in rows.get("push", {}).values():
        tries = [Try(**each) for each in value["tries"]]
        push = Push(**_but(value, status=PushStatus(value["status"]), tries=tries))
        state.pushes[push.id] = push
    if not all(value["kind"] in KINDS for value in rows.get("fault", {}).values()):
        raise ValueError("a fault is of a kind that there is none of")
    state.faults = {value["id"]: Fault(**value) for value in rows.get("fault", {}).values()}
    state.menus = {
        (value["store_id"], value["url"]): Menu(**value) for value in rows.get("menu", {}).values()
    }
    known = {store for account in state.accounts.values() for store in account.stores}
    if not all(key.store_id in known for key in state.orders):
        raise ValueError("an order is of a store that no account has")
    ahead = float(rows.get("clock", {}).get("ahead", 0.0))
    if not 0 <= ahead <= AHEAD_MAX:
        raise ValueError(f"the clock is {ahead} s ahead")
    state.clock.ahead = ahead
    state.recall()


def _but(value: dict[str, Any], **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {**value, **changed}


def _webhook_key(account: Account, place: int) -> str:
    return f"{place} {account.name}"


def _webhook(account: Account, place: int) -> Change:
    row = account.webhooks.at(place)
    value = None if row is None else [account.name, place, *row]
    return "webhook", _webhook_key(account, place), value


def _name(item: Item) -> tuple[str, str]:
    match item:
        case Account():
            return "account", item.name
        case Menu():
            return "menu", f"{item.store_id} {item.url}"
        case Order():
            return "order", " ".join(item.key)
        case Delivery() | Push() | Fault():
            return type(item).__name__.lower(), str(item.id)


def _value(item: Item) -> object:
    match item:
        case Account():
            return {
                "token": item.token,
                "secret": item.secret,
                "status": item.status,
                "stores": item.stores,
                "read_only": item.read_only,
            }
        case Delivery():
            return item.status
        case Order() | Push() | Fault() | Menu():
            return asdict(item)
