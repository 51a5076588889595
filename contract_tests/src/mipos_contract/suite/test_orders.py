"""Accepting orders: what a store, an order and an account decide."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract.messages import ORDER_NOT_FOUND, STORE_NOT_AVAILABLE
from mipos_contract.oracle import expect_conflict, expect_success
from mipos_contract.settings import OrderKey
from mipos_contract.target import NO_CREDENTIALS, UNKNOWN_CREDENTIALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_contract.target import Target

UNKNOWN_STORE = "987654321987"
# What a loose comparison takes for the same.
CHANGES: dict[str, Callable[[str], str]] = {
    "longer": lambda value: value + "x",
    "shorter": lambda value: value[:-1] or "x",
    "zero before": lambda value: f"0{value}",
    "as a decimal": lambda value: f"{value}.0",
    "upper case": str.upper,
    "without hyphens": lambda value: value.replace("-", ""),
}


def not_ranked(target: Target) -> tuple[str, ...]:
    """Return what else may be said of a wrong store: no page says what is looked at first."""
    return () if target.is_mock else (ORDER_NOT_FOUND,)


@pytest.mark.writes
def test_a_pending_order_is_accepted_by_its_account_for_its_store(
    target: Target, pending_order: OrderKey
) -> None:
    """A pending order gets 200, after calls without a token and for another store got nowhere."""
    for credentials in (NO_CREDENTIALS, UNKNOWN_CREDENTIALS):
        target.accept_pending(pending_order, credentials)
    exchange = target.accept_pending(pending_order, store_id=UNKNOWN_STORE)
    expect_conflict(
        exchange, "it is not the order's store", STORE_NOT_AVAILABLE, *not_ranked(target)
    )

    exchange = target.accept_pending(pending_order)

    why = "the order is pending (on a deployment: in MIPOS_PENDING_ORDERS) and was not accepted yet"
    expect_success(exchange, why)


@pytest.mark.writes
@pytest.mark.mock_only("no document says what a second acceptance gets")
def test_an_accepted_order_is_no_longer_found(target: Target, pending_order: OrderKey) -> None:
    """Accepting twice conflicts (assumption)."""
    target.accept_pending(pending_order)
    exchange = target.accept_pending(pending_order)

    expect_conflict(exchange, "the order was accepted before", ORDER_NOT_FOUND)


@pytest.mark.writes
def test_an_unknown_order_is_not_found(target: Target) -> None:
    """An external id that the platform never sent conflicts."""
    exchange = target.request(
        "acceptOrder",
        delivery_id="1",
        store_id=target.store_id,
        order_external_id=f"{target.confinement.run}-unknown",
    )

    why = f"no such order was ever sent to store {target.store_id} (MIPOS_STORE_ID)"
    expect_conflict(exchange, why, ORDER_NOT_FOUND)


@pytest.mark.writes
def test_an_unknown_store_is_not_available(target: Target) -> None:
    """A store that the account does not have conflicts."""
    exchange = target.request(
        "acceptOrder",
        delivery_id="1",
        store_id=UNKNOWN_STORE,
        order_external_id=f"{target.confinement.run}-unknown",
    )

    why = "the account does not have this store"
    expect_conflict(exchange, why, STORE_NOT_AVAILABLE, *not_ranked(target))


@pytest.mark.writes
@pytest.mark.mock_only("elsewhere a changed id could name an order that is not the run's")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("field", [field.name for field in fields(OrderKey)])
def test_every_id_must_match(
    target: Target, pending_order: OrderKey, field: str, change: Callable[[str], str]
) -> None:
    """An order is found by all three ids together, compared as they are."""
    changed = replace(pending_order, **{field: change(getattr(pending_order, field))})
    message = STORE_NOT_AVAILABLE if field == "store_id" else ORDER_NOT_FOUND
    if changed != pending_order:
        exchange = target.request("acceptOrder", **asdict(changed))
        expect_conflict(exchange, f"{field} is another one", message)

    exchange = target.accept_pending(pending_order)

    expect_success(exchange, "the order is still pending")


@pytest.mark.writes
@pytest.mark.mock_only("a second store of the account is not known")
def test_orders_of_every_store_are_accepted(target: Target) -> None:
    """An account with two stores accepts the orders of both."""
    order = OrderKey("1", "10", f"{target.confinement.run}-second-store")
    target.place_order(order)

    expect_success(target.accept_pending(order), "the account has this store too")


@pytest.mark.writes
@pytest.mark.two_accounts
@pytest.mark.mock_only("the second account's stores are not known")
def test_an_order_of_another_account_is_not_accepted(
    target: Target, pending_order: OrderKey
) -> None:
    """The store of another account is not available, and its order stays pending."""
    exchange = target.accept_pending(pending_order, target.other_account)
    expect_conflict(exchange, "the store is another account's", STORE_NOT_AVAILABLE)

    exchange = target.accept_pending(pending_order)

    expect_success(exchange, "the order is still pending")


@pytest.mark.writes
@pytest.mark.mock_only("elsewhere a run has too few orders")
def test_an_acceptance_leaves_other_orders_alone(target: Target, pending_order: OrderKey) -> None:
    """Orders that differ in one id are accepted one by one."""
    name = f"{pending_order.order_external_id}-other"
    others = [
        replace(pending_order, order_external_id=name),
        replace(pending_order, delivery_id="5"),
        OrderKey(pending_order.delivery_id, "10", pending_order.order_external_id),
    ]
    for order in others:
        target.place_order(order)

    for order in (pending_order, *others):
        expect_success(target.accept_pending(order), "it is pending, whatever became of the others")
