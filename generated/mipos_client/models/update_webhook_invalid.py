"""UpdateWebhookInvalid."""

from attrs import define


@define
class UpdateWebhookInvalid:
    """From each field that failed to its messages."""

    current_url: list[str] | None = None
    """What is wrong with `current_url`."""

    new_url: list[str] | None = None
    """What is wrong with `new_url`."""
