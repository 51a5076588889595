"""What options, hooks and errors are made of."""

from ._runtime.clients import DEFAULT_TIMEOUT
from ._runtime.pushes import OrderKey
from ._runtime.requests import SentRequest
from ._runtime.retries import DEFAULT_RETRIES, Retries
from ._runtime.transports import AsyncRetryTransport, Attempt, Hook, RetryTransport

__all__ = [
    "DEFAULT_RETRIES",
    "DEFAULT_TIMEOUT",
    "AsyncRetryTransport",
    "Attempt",
    "Hook",
    "OrderKey",
    "Retries",
    "RetryTransport",
    "SentRequest",
]
