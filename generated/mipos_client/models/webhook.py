"""Webhook."""

from attrs import define


@define
class Webhook:
    """One webhook. Its type is not returned."""

    url: str
    """URL of the webhook, as it was registered."""
