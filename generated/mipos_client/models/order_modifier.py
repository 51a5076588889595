"""OrderModifier."""

from attrs import define


@define
class OrderModifier:
    """A choice that belongs to an item."""

    external_id: str
    """Id of the modifier in the POS."""

    name: str
    """Name of the modifier."""

    quantity: int
    """How many of the modifier."""

    unit_value: int
    """Price of one, two decimals folded in."""

    total_value: int
    """Price of all of them, two decimals folded in."""
