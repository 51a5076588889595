"""OrderPush."""

from typing import Any

from attrs import define, field

from ..models.order_item import OrderItem


@define
class OrderPush:
    """An order as the platform sends it.

    The example of the pages does not subtract `discount_value` from `total`.
    """

    external_id: str
    """Order id on the delivery platform; the `order_external_id` of `acceptOrder`."""

    created_at: str
    """Time of creation on the delivery platform, such as `2020-03-20T04:51:03Z`."""

    total: int
    """Cost of the order, two decimals folded in (25800 is 258.00)."""

    customer: str
    """Name of the customer."""

    order_number: str
    """Short number at the delivery platform."""

    instructions: str
    """Instructions of the customer; may be empty."""

    items: list[OrderItem]
    """What was ordered."""

    discount_value: int
    """Discount on the order, two decimals folded in (800 is 8.00)."""

    delivery_id: int
    """Delivery id on the platform. `acceptOrder` takes it as a string."""

    store_id: str | None = None
    """Id of the store on the platform, as the table of fields names it. See
    `external_store_id`."""

    external_store_id: str | None = None
    """Id of the store, as the JSON example names it. Read this one and fall back on
    `store_id`."""

    raw: dict[str, Any] = field(factory=dict[str, Any], repr=False, eq=False, kw_only=True)
    """All that was received, properties included that the document does not describe."""
