"""AcceptOrderRequest."""

from attrs import define


@define
class AcceptOrderRequest:
    """The order that was stored."""

    delivery_id: str
    """One of the three ids that together name an order."""

    store_id: str
    """One of the three ids that together name an order."""

    order_external_id: str
    """One of the three ids that together name an order."""
