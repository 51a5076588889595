"""OrderAccepted."""

from typing import Any

from attrs import define


@define
class OrderAccepted:
    """An order was accepted. `message` is an array of one string."""

    message: list[str]
    """One human text."""

    data: Any
    """Always null."""
