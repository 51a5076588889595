"""OrderItem."""

from attrs import define

from ..models.order_modifier import OrderModifier


@define
class OrderItem:
    """One line of an order."""

    external_id: str
    """Id of the item in the POS."""

    name: str
    """Name of the item."""

    quantity: int
    """How many of the item."""

    unit_value: int
    """Price of one without modifiers, two decimals folded in."""

    total_unit_value: int
    """Price of one with its modifiers, two decimals folded in."""

    total_value: int
    """`total_unit_value` times `quantity`, two decimals folded in."""

    instructions: str
    """Instructions for the item; may be empty."""

    modifiers: list[OrderModifier]
    """What was chosen with the item."""
