"""A client of the MiPOS public API for points of sale, sync and async.

    from mipos_client import Mipos

    with Mipos(token) as mipos:
        mipos.webhooks.create(url="https://pos.example/orders")

`mipos_client.pushes` reads what the platform sends to a POS, `mipos_client.messages` holds the
texts that it answers with, `mipos_client.models` the types of all bodies.
"""

from .client import AsyncMipos, Mipos
from .document import VERSION as __version__
from .errors import (
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    MiposError,
    PushDecodeError,
    ResponseDecodeError,
    ResponseError,
    SignatureError,
    StatusError,
    TimeoutError,
    TransportError,
    UnexpectedStatusError,
    ValidationError,
)
from .models import (
    OrderAccepted,
    Webhook,
    WebhookCreated,
    WebhookDeleted,
    WebhookType,
    WebhookUpdated,
)
from .types import (
    AsyncRetryTransport,
    Attempt,
    Hook,
    Retries,
    RetryTransport,
    SentRequest,
)

__all__ = [
    "AsyncMipos",
    "AsyncRetryTransport",
    "Attempt",
    "AuthenticationError",
    "ConfigurationError",
    "ConflictError",
    "Hook",
    "Mipos",
    "MiposError",
    "OrderAccepted",
    "PushDecodeError",
    "ResponseDecodeError",
    "ResponseError",
    "Retries",
    "RetryTransport",
    "SentRequest",
    "SignatureError",
    "StatusError",
    "TimeoutError",
    "TransportError",
    "UnexpectedStatusError",
    "ValidationError",
    "Webhook",
    "WebhookCreated",
    "WebhookDeleted",
    "WebhookType",
    "WebhookUpdated",
    "__version__",
]
