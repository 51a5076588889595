"""CreateWebhookConflict."""

from typing import Any

from attrs import define


@define
class CreateWebhookConflict:
    """Why a webhook could not be created."""

    message: list[str]
    """What applied, as human texts."""

    data: Any
    """Always null."""
