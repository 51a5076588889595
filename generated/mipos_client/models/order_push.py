from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.order_item import OrderItem


T = TypeVar("T", bound="OrderPush")


@_attrs_define
class OrderPush:
    """An order as the platform sends it. The example of the pages does not subtract `discount_value` from `total`."""

    external_id: str
    """ Order id on the delivery platform; the `order_external_id` of `acceptOrder`. """
    created_at: str
    """ Time of creation on the delivery platform, such as `2020-03-20T04:51:03Z`. """
    total: int
    """ Cost of the order, two decimals folded in (25800 is 258.00). """
    customer: str
    """ Name of the customer. """
    order_number: str
    """ Short number at the delivery platform. """
    instructions: str
    """ Instructions of the customer; may be empty. """
    items: list[OrderItem]
    """ What was ordered. """
    discount_value: int
    """ Discount on the order, two decimals folded in (800 is 8.00). """
    delivery_id: int
    """ Delivery id on the platform. `acceptOrder` takes it as a string. """
    store_id: str | Unset = UNSET
    """ Id of the store on the platform, as the table of fields names it. See `external_store_id`. """
    external_store_id: str | Unset = UNSET
    """ Id of the store, as the JSON example names it. Read this one and fall back on `store_id`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        external_id = self.external_id

        created_at = self.created_at

        total = self.total

        customer = self.customer

        order_number = self.order_number

        instructions = self.instructions

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        discount_value = self.discount_value

        delivery_id = self.delivery_id

        store_id = self.store_id

        external_store_id = self.external_store_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "external_id": external_id,
                "created_at": created_at,
                "total": total,
                "customer": customer,
                "order_number": order_number,
                "instructions": instructions,
                "items": items,
                "discount_value": discount_value,
                "delivery_id": delivery_id,
            }
        )
        if store_id is not UNSET:
            field_dict["store_id"] = store_id
        if external_store_id is not UNSET:
            field_dict["external_store_id"] = external_store_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.order_item import OrderItem  # noqa: PLC0415

        d = dict(src_dict)
        external_id = d.pop("external_id")

        created_at = d.pop("created_at")

        total = d.pop("total")

        customer = d.pop("customer")

        order_number = d.pop("order_number")

        instructions = d.pop("instructions")

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = OrderItem.from_dict(items_item_data)

            items.append(items_item)

        discount_value = d.pop("discount_value")

        delivery_id = d.pop("delivery_id")

        store_id = d.pop("store_id", UNSET)

        external_store_id = d.pop("external_store_id", UNSET)

        order_push = cls(
            external_id=external_id,
            created_at=created_at,
            total=total,
            customer=customer,
            order_number=order_number,
            instructions=instructions,
            items=items,
            discount_value=discount_value,
            delivery_id=delivery_id,
            store_id=store_id,
            external_store_id=external_store_id,
        )

        order_push.additional_properties = d
        return order_push

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
