"""From a wish for an order to the order: whose it is, what it is called, what it holds."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mipos_mock import overrides, scenarios
from mipos_mock.accounts import find
from mipos_mock.clock import iso
from mipos_mock.refusal import Refused, choices, shorten
from mipos_mock.state import Account, Order, OrderKey, State
from mipos_mock.validation import IDENTIFIER_MAX, identifier, validate
from mipos_mock.wire import encode

BODY_MAX: Final = 256 * 1024
"""Bytes that an order may have as JSON."""

_DELIVERY_ID = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an order. All of it may be left open.

    Attributes:
        account: The name of the account that it is for; by default that of the store.
        store_id: The store; by default the first of the account.
        delivery_id: The delivery platform, digits.
        order_external_id: The order's id there; by default one that follows from the seed.
        scenario: What it is composed from.
        seed: Decides every value; by default the number of the order.
        overrides: Values for fields of the push, by name or dotted path.
        push: Whether it is pushed.
    """

    account: str | None = None
    store_id: str | None = None
    delivery_id: str = "1"
    order_external_id: str | None = None
    scenario: str = "simple"
    seed: int | None = None
    overrides: Mapping[str, object] = field(default_factory=dict[str, object])
    push: bool = True


def compose(state: State, wish: Wish) -> tuple[Account, Order]:
    """Returns the account and the order that a wish means; nothing is changed.

    Raises:
        Refused: A value of the wish cannot be, or the order is pending already.
    """
    account, store_id = store_of(state, wish.account, wish.store_id)
    if _DELIVERY_ID.fullmatch(wish.delivery_id) is None:
        raise Refused(
            f"delivery_id is {shorten(wish.delivery_id)!r}: send 1 to 18 digits, "
            "since a push holds it as a number"
        )
    names = {"store_id": store_id}
    if wish.order_external_id is not None:
        names["order_external_id"] = wish.order_external_id
    for name in validate(tuple(identifier(name) for name in names), names):
        raise Refused(
            f"{name} is {shorten(names[name])!r}: "
            f"send a string of 1 to {IDENTIFIER_MAX} visible ASCII characters"
        )
    seed = wish.seed
    if seed is None:
        seed = sum(order.key.store_id in account.stores for order in state.orders.values())
    key = OrderKey(
        wish.delivery_id, store_id, wish.order_external_id or scenarios.make_external_id(seed)
    )
    while wish.seed is None and wish.order_external_id is None and key in state.orders:
        seed += 1
        key = key._replace(order_external_id=scenarios.make_external_id(seed))
    if state.pending(key) is not None:
        raise Refused(
            f"order_external_id {shorten(key.order_external_id)!r} is pending already: "
            "accept it first or send another id",
            409,
        )
    now = state.clock.now()
    try:
        order = scenarios.compose(
            wish.scenario,
            seed,
            external_id=key.order_external_id,
            created_at=f"{iso(now)[:19]}Z",
            store_id=store_id,
            delivery_id=int(key.delivery_id),
        )
        order = overrides.apply(order, wish.overrides)
    except (scenarios.ScenarioError, overrides.OverrideError) as error:
        raise Refused(str(error)) from None
    body = encode(order)
    if len(body) > BODY_MAX:
        raise Refused(f"the order is {len(body)} bytes: override less, {BODY_MAX} is the most")
    return account, Order(key, scenario=wish.scenario, body=body, placed_at=now)


def store_of(state: State, name: str | None, store_id: str | None) -> tuple[Account, str]:
    """Returns account and store; one of them follows from the other, both from nothing.

    Raises:
        Refused: There is no such account or store, or the store is another account's.
    """
    if store_id is None:
        account = find(state, name or next(iter(state.accounts), "alpha"))
        if not account.stores:
            raise Refused(f"account {account.name!r} has no store: name one that has")
        return account, account.stores[0]
    owner = state.owner_of(store_id)
    if owner is None or name not in {None, owner.name}:
        of = "no account's" if owner is None else f"not {name!r}'s"
        stores = (
            find(state, name).stores
            if name is not None
            else [store for each in state.accounts.values() for store in each.stores]
        )
        raise Refused(f"store_id {shorten(store_id)!r} is {of}: send one of {choices(stores[:50])}")
    return owner, store_id


def summary(order: Order) -> tuple[int, str]:
    """Returns total and customer of an order, as its push holds them."""
    body = json.loads(order.body)
    return body["total"], body["customer"]
