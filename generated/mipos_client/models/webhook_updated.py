"""WebhookUpdated."""

from typing import Any

from attrs import define


@define
class WebhookUpdated:
    """A webhook was updated. `message` is a string."""

    message: str
    """Human text."""

    data: Any
    """Always null."""
