"""DeleteWebhookRequest."""

from attrs import define


@define
class DeleteWebhookRequest:
    """The webhook to remove."""

    url: str
    """An absolute http or https URL."""
