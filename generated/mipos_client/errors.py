"""Every error of the client.

    MiposError
    ├── ConfigurationError
    ├── TransportError
    │   └── TimeoutError
    ├── ResponseError
    │   ├── StatusError
    │   │   ├── AuthenticationError
    │   │   ├── ConflictError
    │   │   └── ValidationError
    │   ├── UnexpectedStatusError
    │   └── ResponseDecodeError
    ├── SignatureError
    └── PushDecodeError

The status alone decides the class, whatever the body is.
"""

from ._runtime.errors import (
    ConfigurationError,
    FieldsError,
    MiposError,
    PushDecodeError,
    ResponseDecodeError,
    ResponseError,
    SignatureError,
    StatusError,
    TimeoutError,
    TransportError,
    UnexpectedStatusError,
)

__all__ = [
    "AuthenticationError",
    "ConfigurationError",
    "ConflictError",
    "MiposError",
    "PushDecodeError",
    "ResponseDecodeError",
    "ResponseError",
    "SignatureError",
    "StatusError",
    "TimeoutError",
    "TransportError",
    "UnexpectedStatusError",
    "ValidationError",
]


class AuthenticationError(StatusError):
    """The answer is a 401.

    createWebhook, updateWebhook, deleteWebhook, listWebhooks, acceptOrder: The token is
    missing or not valid. The body is a bare JSON string.

    """


class ConflictError(StatusError):
    """The answer is a 409.

    createWebhook, updateWebhook, deleteWebhook: The request was understood, and the state
    of the account does not allow it. `message` holds what applied.

    listWebhooks: The account of the token is not usable. `message` holds what applied.

    acceptOrder: The request was understood, and the order cannot be accepted. `message`
    holds what applied.

    """


class ValidationError(FieldsError):
    """The answer is a 422.

    createWebhook, updateWebhook, deleteWebhook, acceptOrder: Fields that failed validation,
    and only those.

    """
