from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AcceptOrderRequest")


@_attrs_define
class AcceptOrderRequest:
    """The order that was stored. Fields that are not listed are ignored."""

    delivery_id: str
    """ One of the three ids that together name an order. """
    store_id: str
    """ One of the three ids that together name an order. """
    order_external_id: str
    """ One of the three ids that together name an order. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        delivery_id = self.delivery_id

        store_id = self.store_id

        order_external_id = self.order_external_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "delivery_id": delivery_id,
                "store_id": store_id,
                "order_external_id": order_external_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        delivery_id = d.pop("delivery_id")

        store_id = d.pop("store_id")

        order_external_id = d.pop("order_external_id")

        accept_order_request = cls(
            delivery_id=delivery_id,
            store_id=store_id,
            order_external_id=order_external_id,
        )

        accept_order_request.additional_properties = d
        return accept_order_request

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
