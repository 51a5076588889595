"""Accepting orders: what a store, an order and an account decide."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from contract_tests.oracle import expect_conflict, expect_success

if TYPE_CHECKING:
    from contract_tests.settings import OrderKey
    from contract_tests.target import Target

ORDER_NOT_FOUND = "Order not found."
STORE_NOT_AVAILABLE = "You don't have this store available."


@pytest.mark.writes
def test_a_pending_order_is_accepted(target: Target, pending_order: OrderKey) -> None:
    """The order of a store of the account that waits for an answer gets 200."""
    exchange = target.accept_pending(pending_order)

    expect_success(exchange, "the order is pending")


@pytest.mark.writes
@pytest.mark.mock_only("no document says what a second acceptance gets")
def test_an_accepted_order_is_no_longer_found(target: Target, pending_order: OrderKey) -> None:
    """Accepting twice conflicts (assumption)."""
    target.accept_pending(pending_order)
    exchange = target.accept_pending(pending_order)

    expect_conflict(exchange, ORDER_NOT_FOUND, "the order was accepted before")


@pytest.mark.writes
def test_an_unknown_order_is_not_found(target: Target) -> None:
    """An external id that the platform never sent conflicts."""
    exchange = target.request(
        "acceptOrder",
        delivery_id="1",
        store_id=target.store_id,
        order_external_id=f"{target.confinement.run}-unknown",
    )

    expect_conflict(exchange, ORDER_NOT_FOUND, "no such order was ever sent")


@pytest.mark.writes
def test_an_unknown_store_is_not_available(target: Target) -> None:
    """A store that the account does not have conflicts."""
    exchange = target.request(
        "acceptOrder",
        delivery_id="1",
        store_id=f"{target.confinement.run}-unknown",
        order_external_id=f"{target.confinement.run}-unknown",
    )

    expect_conflict(exchange, STORE_NOT_AVAILABLE, "the account does not have this store")


@pytest.mark.writes
@pytest.mark.mock_only("elsewhere a changed id could name an order that is not the run's")
@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("delivery_id", ORDER_NOT_FOUND),
        ("store_id", STORE_NOT_AVAILABLE),
        ("order_external_id", ORDER_NOT_FOUND),
    ],
)
def test_every_id_must_match(
    target: Target, pending_order: OrderKey, field: str, message: str
) -> None:
    """An order is found by all three ids together, compared as they are."""
    changed = replace(pending_order, **{field: getattr(pending_order, field) + "x"})
    exchange = target.request("acceptOrder", **asdict(changed))
    expect_conflict(exchange, message, f"{field} is another one")

    exchange = target.accept_pending(pending_order)

    expect_success(exchange, "the order is still pending")


@pytest.mark.writes
@pytest.mark.two_accounts
@pytest.mark.mock_only("the second account's stores are not known")
def test_an_order_of_another_account_is_not_accepted(
    target: Target, pending_order: OrderKey
) -> None:
    """The store of another account is not available, and its order stays pending."""
    exchange = target.accept_pending(pending_order, target.other_account)
    expect_conflict(exchange, STORE_NOT_AVAILABLE, "the store is another account's")

    exchange = target.accept_pending(pending_order)

    expect_success(exchange, "the order is still pending")
