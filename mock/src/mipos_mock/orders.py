"""Order acceptance: what the platform does once a request is authorised and valid."""

from collections.abc import Mapping
from typing import Final

from mipos_mock import messages
from mipos_mock.exchange import Answer, conflict
from mipos_mock.state import Account, DeliveryStatus, OrderKey, State

_DELIVERY_CONFLICTS: Final = {
    DeliveryStatus.NOT_CONFIGURED: messages.DELIVERY_NOT_CONFIGURED,
    DeliveryStatus.NO_TOKEN: messages.DELIVERY_WITHOUT_TOKEN,
    DeliveryStatus.UNREACHABLE: messages.DELIVERY_UNREACHABLE,
}


def accept(state: State, account: Account, values: Mapping[str, str]) -> Answer:
    """Marks the pending order with exactly the three given ids as accepted.

    An accepted order is no longer pending, so a second acceptance does not find it
    (assumption). An order whose delivery platform fails stays pending.
    """
    key = OrderKey(values["delivery_id"], values["store_id"], values["order_external_id"])
    if key.store_id not in account.stores:
        return conflict(messages.STORE_NOT_AVAILABLE)
    order = state.pending(key)
    if order is None:
        return conflict(messages.ORDER_NOT_FOUND)
    delivery = state.deliveries.get(key.delivery_id)
    if delivery is not None and delivery.status in _DELIVERY_CONFLICTS:
        return conflict(_DELIVERY_CONFLICTS[delivery.status])
    state.accept(order, state.clock.now())
    return Answer(200, {"message": [messages.ORDER_ACCEPTED], "data": None})
