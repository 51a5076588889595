"""DeleteWebhookConflict."""

from typing import Any

from attrs import define


@define
class DeleteWebhookConflict:
    """Why a webhook could not be removed."""

    message: list[str]
    """What applied, as human texts."""

    data: Any
    """Always null."""
