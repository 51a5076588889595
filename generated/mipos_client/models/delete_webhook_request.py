"""DeleteWebhookRequest."""

from attrs import define


@define
class DeleteWebhookRequest:
    """The webhook to remove."""

    url: str
    """URL of the webhook. An absolute http or https URL."""
