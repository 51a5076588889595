"""WebhookDeleted."""

from typing import Any

from attrs import define


@define
class WebhookDeleted:
    """A webhook was removed. `message` is a string."""

    message: str
    """Human text."""

    data: Any
    """Always null."""
