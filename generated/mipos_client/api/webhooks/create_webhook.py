"""createWebhook: Set up a webhook."""

from typing import Final

from ..._runtime.operations import Operation
from ...errors import AuthenticationError, ConflictError, ValidationError
from ...models.webhook_created import WebhookCreated

CREATE_WEBHOOK: Final = Operation(
    name="createWebhook",
    method="POST",
    path="/api/v1/integration/webhook/create",
    statuses=frozenset({201}),
    returns=WebhookCreated,
    errors={
        401: AuthenticationError,
        409: ConflictError,
        422: ValidationError,
    },
    content_type="application/json",
)
