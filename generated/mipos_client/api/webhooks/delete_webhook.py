"""deleteWebhook: Delete a webhook."""

from typing import Final

from ..._runtime.operations import Operation
from ...errors import AuthenticationError, ConflictError, ValidationError
from ...models.webhook_deleted import WebhookDeleted

DELETE_WEBHOOK: Final = Operation(
    name="deleteWebhook",
    method="POST",
    path="/api/v1/integration/webhook/delete",
    statuses=frozenset({200}),
    returns=WebhookDeleted,
    errors={
        401: AuthenticationError,
        409: ConflictError,
        422: ValidationError,
    },
    content_type="application/json",
)
