"""DeleteWebhookRequest."""

from attrs import define


@define
class DeleteWebhookRequest:
    """The webhook to remove. Fields that are not listed are ignored."""

    url: str
    """An absolute http or https URL."""
