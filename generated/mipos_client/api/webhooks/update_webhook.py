"""updateWebhook: Change the URL of a webhook."""

from typing import Final

from ..._runtime.operations import Operation
from ...errors import AuthenticationError, ConflictError, ValidationError
from ...models.webhook_updated import WebhookUpdated

UPDATE_WEBHOOK: Final = Operation(
    name="updateWebhook",
    method="POST",
    path="/api/v1/integration/webhook/update",
    statuses=frozenset({200}),
    returns=WebhookUpdated,
    errors={
        401: AuthenticationError,
        409: ConflictError,
        422: ValidationError,
    },
    content_type="application/jsonc",
)
