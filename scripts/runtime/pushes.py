"""Reading what the platform sends to a POS."""

from typing import Any, Protocol, TypedDict, TypeVar, cast

import msgspec

from .errors import UNDECODABLE, PushDecodeError


class Push(Protocol):
    """A push keeps what it was read from."""

    raw: dict[str, Any]


class PushedOrder(Protocol):
    """What of an order its acceptance needs."""

    external_id: str
    delivery_id: int
    store_id: str | None
    external_store_id: str | None
    raw: dict[str, Any]


class OrderKey(TypedDict):
    """The arguments of `orders.accept`."""

    delivery_id: str
    """The `delivery_id` of the order, as text."""

    store_id: str
    """What `store_of` gives."""

    order_external_id: str
    """The `external_id` of the order."""


Pushed = TypeVar("Pushed", bound=Push)


def read(kind: str, model: type[Pushed], body: bytes) -> Pushed:
    """Return the body of a push as a model.

    Raises:
        PushDecodeError: It is no JSON, or not what the document says; the text names the place.
        TypeError: `body` is neither bytes nor text.
    """
    if not isinstance(body, bytes | bytearray | memoryview | str):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
        raise TypeError(f"the body is of type {type(body).__name__}; give the bytes that arrived")
    try:
        value = cast("dict[str, Any]", msgspec.json.decode(body))
        # `raw` is a field of ours, whatever the platform calls so.
        known: object = {**value, "raw": dict[str, Any]()} if isinstance(value, dict) else value  # pyright: ignore[reportUnnecessaryIsInstance]  not before it is known to be a model
        push = msgspec.convert(known, model)
    except UNDECODABLE as error:
        received = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
        raise PushDecodeError(kind, received, str(error)) from None
    push.raw = value
    return push


def store_of(order: PushedOrder) -> str:
    """Return the id of the store that an order is for.

    The pages disagree on its name, so this takes `external_store_id` and falls back on `store_id`
    (assumption).

    Raises:
        PushDecodeError: The order names no store.
    """
    store = order.external_store_id or order.store_id
    if not store:
        raise PushDecodeError(
            "order",
            msgspec.json.encode(order.raw),
            "it has neither external_store_id nor store_id; without a store it cannot be accepted",
        )
    return store


def acceptance(order: PushedOrder) -> OrderKey:
    """Return the arguments that accept an order: `mipos.orders.accept(**acceptance(order))`.

    Raises:
        PushDecodeError: The order names no store.
    """
    return OrderKey(
        delivery_id=str(order.delivery_id),
        store_id=store_of(order),
        order_external_id=order.external_id,
    )
