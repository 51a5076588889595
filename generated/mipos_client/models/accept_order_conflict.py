"""AcceptOrderConflict."""

from typing import Any

from attrs import define


@define
class AcceptOrderConflict:
    """Why an order could not be accepted."""

    message: list[str]
    """What applied, as human texts."""

    data: Any
    """Always null."""
