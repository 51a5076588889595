"""WebhookCreated."""

from typing import Any

from attrs import define


@define
class WebhookCreated:
    """A webhook was created. `message` is a string."""

    message: str
    """Human text."""

    data: Any
    """Always null."""
