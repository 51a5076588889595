"""Order acceptance, through the core."""

import pytest

from mipos_mock.exchange import Answer
from mipos_mock.state import Order, OrderKey, OrderStatus, State
from tests.mock.support import BETA, READ_ONLY, conflict, run

READY = OrderKey("1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7")
ACCEPTED = Answer(200, {"message": ["Operation completed successfully"], "data": None})

FAILING = [
    (
        OrderKey("2", "3", "order-not-configured"),
        "Microservice does not have this integration configured.",
    ),
    (OrderKey("3", "3", "order-no-token"), "Unable to get token."),
    (
        OrderKey("4", "3", "order-unreachable"),
        "Error sending the acceptance to the delivery platform.",
    ),
]


def accept(state: State, key: OrderKey, authorization: str | None = None) -> Answer:
    """Accepts an order, by default for the account that the seed's orders belong to."""
    values = key._asdict()
    return (
        run(state, "accept_order", values)
        if authorization is None
        else run(state, "accept_order", values, authorization)
    )


def test_pending_order_is_accepted(state: State) -> None:
    """Accepting marks the order, which stays on record."""
    answer = accept(state, READY)

    assert (ACCEPTED, OrderStatus.ACCEPTED) == (answer, state.orders[READY].status)


def test_accepted_order_is_not_found_again(state: State) -> None:
    """A second acceptance finds no pending order."""
    accept(state, READY)

    assert conflict("Order not found.") == accept(state, READY)


@pytest.mark.parametrize("store", ["4", "999"])
def test_store_of_another_account_is_not_available(state: State, store: str) -> None:
    """A store must be one of the account's own."""
    answer = accept(state, READY._replace(store_id=store))

    assert conflict("You don't have this store available.") == answer


@pytest.mark.parametrize("authorization", [BETA, READ_ONLY])
def test_order_of_another_account_stays_pending(state: State, authorization: str) -> None:
    """An account cannot accept what belongs to another's store."""
    answer = accept(state, READY, authorization)

    assert (conflict("You don't have this store available."), OrderStatus.PENDING) == (
        answer,
        state.orders[READY].status,
    )


@pytest.mark.parametrize(
    "changed", [{"delivery_id": "2"}, {"store_id": "10"}, {"order_external_id": "other"}]
)
def test_all_three_ids_must_match(state: State, changed: dict[str, str]) -> None:
    """An order with two of the ids is another order."""
    assert conflict("Order not found.") == accept(state, READY._replace(**changed))


@pytest.mark.parametrize(("key", "message"), FAILING)
def test_failing_platform_leaves_the_order_pending(
    state: State, key: OrderKey, message: str
) -> None:
    """Each way a delivery platform can fail has its message and accepts nothing."""
    answer = accept(state, key)

    assert (conflict(message), OrderStatus.PENDING) == (answer, state.orders[key].status)


def test_unknown_platform_is_ready(state: State) -> None:
    """An order of a platform that the state does not name is accepted."""
    key = OrderKey("77", "10", "new")
    state.orders[key] = Order(key)

    assert ACCEPTED == accept(state, key)
