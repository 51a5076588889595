"""AcceptOrderRequest."""

from attrs import define


@define
class AcceptOrderRequest:
    """The order that was stored."""

    delivery_id: str
    """Id of the delivery on the platform; the `delivery_id` of the order, as text. One of the
    three ids that together name an order."""

    store_id: str
    """Id of the store on the platform. One of the three ids that together name an order."""

    order_external_id: str
    """The `external_id` of the order that was pushed. One of the three ids that together name
    an order."""
