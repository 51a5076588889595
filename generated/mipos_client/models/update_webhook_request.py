"""UpdateWebhookRequest."""

from attrs import define


@define
class UpdateWebhookRequest:
    """The change of a URL."""

    current_url: str
    """An absolute http or https URL."""

    new_url: str
    """An absolute http or https URL."""
