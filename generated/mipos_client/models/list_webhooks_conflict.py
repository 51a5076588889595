"""ListWebhooksConflict."""

from typing import Any

from attrs import define


@define
class ListWebhooksConflict:
    """Why the webhooks could not be listed."""

    message: list[str]
    """What applied, as human texts."""

    data: Any
    """Always null."""
