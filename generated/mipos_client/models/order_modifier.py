from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OrderModifier")


@_attrs_define
class OrderModifier:
    """A choice that belongs to an item."""

    external_id: str
    """ Id of the modifier in the POS. """
    name: str
    """ Name of the modifier. """
    quantity: int
    """ How many of the modifier. """
    unit_value: int
    """ Price of one, two decimals folded in. """
    total_value: int
    """ Price of all of them, two decimals folded in. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        external_id = self.external_id

        name = self.name

        quantity = self.quantity

        unit_value = self.unit_value

        total_value = self.total_value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "external_id": external_id,
                "name": name,
                "quantity": quantity,
                "unit_value": unit_value,
                "total_value": total_value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        external_id = d.pop("external_id")

        name = d.pop("name")

        quantity = d.pop("quantity")

        unit_value = d.pop("unit_value")

        total_value = d.pop("total_value")

        order_modifier = cls(
            external_id=external_id,
            name=name,
            quantity=quantity,
            unit_value=unit_value,
            total_value=total_value,
        )

        order_modifier.additional_properties = d
        return order_modifier

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
