"""Orders that are accepted and should not be, or the other way round."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mipos_mock import messages, orders
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.seed import fresh_state
from mipos_mock.state import DeliveryStatus, OrderKey, OrderStatus
from tests.contract.faults.registry import assumed, core, request, sampled, server
from tests.contract.transport import Reply, Seen, on_reply, with_fields

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values

ACCEPTED = Answer(200, {"message": [messages.ORDER_ACCEPTED], "data": None})


@request("accept")
def any_store_will_do(seen: Seen) -> Seen:
    """A store is taken for one that the account has."""
    if b"store_id" in seen.body and seen.body.startswith(b"{"):
        fields = json.loads(seen.body)
        return replace(seen, body=json.dumps({**fields, "store_id": "3"}).encode())
    return seen


@core("accept_order")
def every_order_is_accepted(_state: State, _account: Account, _values: Values) -> Answer:
    """An order that nobody knows is accepted."""
    return ACCEPTED


@core("accept_order")
def an_unknown_order_is_accepted(state: State, account: Account, values: Values) -> Answer:
    """An order that the store does not have is accepted."""
    sound = orders.accept(state, account, values)
    return ACCEPTED if sound == conflict(messages.ORDER_NOT_FOUND) else sound


@sampled
@core("accept_order")
def no_order_is_found(state: State, account: Account, values: Values) -> Answer:
    """A text is compared with a number, and never equal."""
    return orders.accept(state, account, {**values, "order_external_id": ""})


@core("accept_order")
def a_wrong_store_takes_the_order(state: State, account: Account, values: Values) -> Answer:
    """An order is gone although the acceptance was refused for its store."""
    answer = orders.accept(state, account, values)
    if answer == conflict(messages.STORE_NOT_AVAILABLE):
        for key in [key for key in state.orders if key[2] == values["order_external_id"]]:
            del state.orders[key]
    return answer


@server
def an_acceptance_without_a_token_counts() -> ASGIApp:
    """The answer is 401, and the order is gone."""
    state = fresh_state()

    def accept(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "accept" and reply.status == 401 and len(seen.body) > 2:
            order = state.orders.get(OrderKey(**json.loads(seen.body)))
            if order is not None:
                order.status = OrderStatus.ACCEPTED
        return reply

    return on_reply(create_app(state), accept)


@assumed
@core("accept_order")
def accept_twice(state: State, account: Account, values: Values) -> Answer:
    """A second acceptance succeeds, which no document settles."""
    first = orders.accept(state, account, values)
    key = OrderKey(*(values[name] for name in OrderKey._fields))
    return ACCEPTED if first.status == 409 and key in state.orders and key[0] == "1" else first


@assumed
@core("accept_order")
def a_failed_delivery_is_accepted(state: State, account: Account, values: Values) -> Answer:
    """An order is gone although the delivery app did not take its acceptance."""
    answer = orders.accept(state, account, values)
    if answer == conflict(messages.DELIVERY_WITHOUT_TOKEN):
        state.orders.clear()
    return answer


@assumed
@core("accept_order")
def the_delivery_app_is_not_asked(state: State, account: Account, values: Values) -> Answer:
    """An order is accepted although the delivery app cannot be reached."""
    for delivery in state.deliveries.values():
        delivery.status = DeliveryStatus.READY
    return orders.accept(state, account, values)


@assumed
@core("accept_order")
def the_delivery_id_does_not_count(state: State, account: Account, values: Values) -> Answer:
    """An order is found by its store and its external id."""
    same = (
        key for key in state.orders if key[1:] == (values["store_id"], values["order_external_id"])
    )
    known = next(same, None)
    return orders.accept(state, account, known._asdict() if known else values)


@assumed
@core("accept_order")
def ids_are_compared_as_numbers(state: State, account: Account, values: Values) -> Answer:
    """A zero before the id does not count."""
    return orders.accept(
        state, account, {**values, "delivery_id": values["delivery_id"].lstrip("0")}
    )


@assumed
@request("accept")
def ids_have_no_case(seen: Seen) -> Seen:
    """An order is found by its id in another case."""
    return with_fields(seen, str.lower)


@assumed
@core("accept_order")
def one_acceptance_takes_all(state: State, account: Account, values: Values) -> Answer:
    """Every order of the store is accepted with the one that is named."""
    answer = orders.accept(state, account, values)
    if answer.status == 200:
        for order in state.orders.values():
            order.status = OrderStatus.ACCEPTED
    return answer


@assumed
@core("accept_order")
def an_account_has_one_store(state: State, account: Account, values: Values) -> Answer:
    """The first store of an account is the only one that it can use."""
    if values["store_id"] in account.stores[1:]:
        return conflict(messages.STORE_NOT_AVAILABLE)
    return orders.accept(state, account, values)
