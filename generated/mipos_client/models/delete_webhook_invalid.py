"""DeleteWebhookInvalid."""

from attrs import define


@define
class DeleteWebhookInvalid:
    """From each field that failed to its messages."""

    url: list[str] | None = None
    """What is wrong with `url`."""
