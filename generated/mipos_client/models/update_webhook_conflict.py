"""UpdateWebhookConflict."""

from typing import Any

from attrs import define


@define
class UpdateWebhookConflict:
    """Why a webhook could not be updated."""

    message: list[str]
    """What applied, as human texts."""

    data: Any
    """Always null."""
