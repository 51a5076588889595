"""UpdateWebhookRequest."""

from attrs import define


@define
class UpdateWebhookRequest:
    """The change of a URL. Fields that are not listed are ignored."""

    current_url: str
    """An absolute http or https URL."""

    new_url: str
    """An absolute http or https URL."""
