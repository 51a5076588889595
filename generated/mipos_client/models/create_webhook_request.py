"""CreateWebhookRequest."""

from attrs import define

from ..models.webhook_type import WebhookType


@define
class CreateWebhookRequest:
    """The webhook to set up."""

    url: str
    """URL of the POS that will receive the requests. An absolute http or https URL."""

    type: WebhookType = "ORDER"
    """What the webhook is for: `ORDER`, new orders are sent to it; `Menu`, it is asked for the
    menu. One page spells the latter `MENU`."""
