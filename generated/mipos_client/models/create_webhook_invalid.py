"""CreateWebhookInvalid."""

from attrs import define


@define
class CreateWebhookInvalid:
    """From each field that failed to its messages."""

    url: list[str] | None = None
    """What is wrong with `url`."""

    type: list[str] | None = None
    """What is wrong with `type`."""
