"""listWebhooks: List the webhooks of the account."""

from typing import Final

from ..._runtime.operations import Operation
from ...errors import AuthenticationError, ConflictError
from ...models.webhook import Webhook

LIST_WEBHOOKS: Final = Operation(
    name="listWebhooks",
    method="GET",
    path="/api/v1/integration/webhooks",
    statuses=frozenset({200}),
    returns=list[Webhook],
    errors={
        401: AuthenticationError,
        409: ConflictError,
    },
)
