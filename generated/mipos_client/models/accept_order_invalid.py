"""AcceptOrderInvalid."""

from attrs import define


@define
class AcceptOrderInvalid:
    """From each field that failed to its messages."""

    delivery_id: list[str] | None = None
    """What is wrong with `delivery_id`."""

    store_id: list[str] | None = None
    """What is wrong with `store_id`."""

    order_external_id: list[str] | None = None
    """What is wrong with `order_external_id`."""
