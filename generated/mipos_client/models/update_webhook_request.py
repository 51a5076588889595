"""UpdateWebhookRequest."""

from attrs import define


@define
class UpdateWebhookRequest:
    """The change of a URL."""

    current_url: str
    """URL that the webhook has now. An absolute http or https URL."""

    new_url: str
    """URL that the webhook is to have. An absolute http or https URL."""
