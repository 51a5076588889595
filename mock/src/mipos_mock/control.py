"""The control interface: what a test needs to see and set, and the platform does not offer.

It lives under a prefix of its own, needs no token and answers errors as ``{"error": "..."}``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mipos_mock.body import read_object
from mipos_mock.exchange import Answer, Request
from mipos_mock.seed import reset
from mipos_mock.state import Order, OrderKey, State
from mipos_mock.validation import IDENTIFIER_MAX, identifier, validate

PREFIX: Final = "/_mock/"

_SHOWN = 200  # characters of a refused value or path that an error repeats
_ORDER_FIELDS = tuple(identifier(name) for name in OrderKey._fields)


@dataclass(frozen=True, slots=True)
class Control:
    """One route of the control interface; ``run`` goes from state and request to the answer."""

    method: str
    path: str
    summary: str
    run: Callable[[State, Request], Answer]


def handle(control: Control, state: State, request: Request) -> Answer:
    """Answers a control request; a POST of another content type than JSON is refused.

    A web page of another origin cannot send ``application/json`` without asking first, and
    is not allowed to when it asks.
    """
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    if control.method == "POST" and kind != "application/json":
        return error(f"the Content-Type is {kind!r}: send application/json")
    return control.run(state, request)


def error(message: str, status: int = 400) -> Answer:
    """Returns the answer that says what is wrong, where, and what to do."""
    return Answer(status, {"error": message})


def shorten(text: str) -> str:
    """Returns a text cut to a length that an error message can hold."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def show_routes(_state: State, _request: Request) -> Answer:
    """Says what this is and which routes it has."""
    routes = {f"{control.method} {control.path}": control.summary for control in CONTROLS}
    return Answer(200, {"name": "MiPOS mock, control interface", "routes": routes})


def show_state(state: State, _request: Request) -> Answer:
    """Shows accounts, deliveries and orders. The tokens are the stand-in's own and public."""
    return Answer(
        200,
        {
            "accounts": [
                {
                    "name": account.name,
                    "token": account.token,
                    "status": account.status,
                    "read_only": account.read_only,
                    "stores": list(account.stores),
                    "webhooks": [
                        {"url": url, "type": kind} for url, kind in account.webhooks.items()
                    ],
                }
                for account in state.accounts.values()
            ],
            "deliveries": [
                {"id": delivery.id, "status": delivery.status}
                for delivery in state.deliveries.values()
            ],
            "orders": [_shown(order) for order in state.orders.values()],
        },
    )


def reset_state(state: State, _request: Request) -> Answer:
    """Puts everything back to what a fresh server holds."""
    reset(state)
    return Answer(200, {"reset": True})


def add_order(state: State, request: Request) -> Answer:
    """Adds a pending order, or makes an accepted one pending again."""
    values = read_object(request.body)
    if values is None:
        return error(f"the body is no JSON object: send one with {', '.join(OrderKey._fields)}")
    for name in values:
        if name not in OrderKey._fields:
            return error(f"unknown field {shorten(name)!r}: send {', '.join(OrderKey._fields)}")
    failures = validate(_ORDER_FIELDS, values)
    if failures:
        name = next(iter(failures))
        return error(
            f"{name} is {_named(values.get(name))}: "
            f"send a string of 1 to {IDENTIFIER_MAX} visible ASCII characters"
        )
    key = OrderKey(*(str(values[name]) for name in OrderKey._fields))
    stores = [store for account in state.accounts.values() for store in account.stores]
    if key.store_id not in stores:
        return error(
            f"store_id {shorten(key.store_id)!r} is no account's: send one of {', '.join(stores)}"
        )
    if state.pending(key) is not None:
        return error(
            f"order_external_id {shorten(key.order_external_id)!r} is pending already: "
            "accept it first or send another id"
        )
    state.orders[key] = order = Order(key)
    return Answer(201, _shown(order))


CONTROLS: Final = (
    Control("GET", PREFIX, "what this is", show_routes),
    Control("GET", f"{PREFIX}state", "accounts, deliveries and orders", show_state),
    Control("POST", f"{PREFIX}reset", "back to what a fresh server holds", reset_state),
    Control(
        "POST",
        f"{PREFIX}orders",
        f"add a pending order: {', '.join(OrderKey._fields)}",
        add_order,
    ),
)


def _shown(order: Order) -> dict[str, str]:
    return {**order.key._asdict(), "status": order.status}


def _named(value: object) -> str:
    """Names a refused value, short whatever it is."""
    if value is None:
        return "missing or null"
    if isinstance(value, str):
        return repr(shorten(value))
    return "no string"
