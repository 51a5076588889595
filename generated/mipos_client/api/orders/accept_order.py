"""acceptOrder: Accept an order."""

from typing import Final

from ..._runtime.operations import Operation
from ...errors import AuthenticationError, ConflictError, ValidationError
from ...models.order_accepted import OrderAccepted

ACCEPT_ORDER: Final = Operation(
    name="acceptOrder",
    method="POST",
    path="/api/v1/integration/order/accept",
    statuses=frozenset({200}),
    returns=OrderAccepted,
    errors={
        401: AuthenticationError,
        409: ConflictError,
        422: ValidationError,
    },
    content_type="application/json",
)
