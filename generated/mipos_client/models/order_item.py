from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.order_modifier import OrderModifier


T = TypeVar("T", bound="OrderItem")


@_attrs_define
class OrderItem:
    """One line of an order."""

    external_id: str
    """ Id of the item in the POS. """
    name: str
    """ Name of the item. """
    quantity: int
    """ How many of the item. """
    unit_value: int
    """ Price of one without modifiers, two decimals folded in. """
    total_unit_value: int
    """ Price of one with its modifiers, two decimals folded in. """
    total_value: int
    """ `total_unit_value` times `quantity`, two decimals folded in. """
    instructions: str
    """ Instructions for the item; may be empty. """
    modifiers: list[OrderModifier]
    """ What was chosen with the item. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        external_id = self.external_id

        name = self.name

        quantity = self.quantity

        unit_value = self.unit_value

        total_unit_value = self.total_unit_value

        total_value = self.total_value

        instructions = self.instructions

        modifiers = []
        for modifiers_item_data in self.modifiers:
            modifiers_item = modifiers_item_data.to_dict()
            modifiers.append(modifiers_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "external_id": external_id,
                "name": name,
                "quantity": quantity,
                "unit_value": unit_value,
                "total_unit_value": total_unit_value,
                "total_value": total_value,
                "instructions": instructions,
                "modifiers": modifiers,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.order_modifier import OrderModifier  # noqa: PLC0415

        d = dict(src_dict)
        external_id = d.pop("external_id")

        name = d.pop("name")

        quantity = d.pop("quantity")

        unit_value = d.pop("unit_value")

        total_unit_value = d.pop("total_unit_value")

        total_value = d.pop("total_value")

        instructions = d.pop("instructions")

        modifiers = []
        _modifiers = d.pop("modifiers")
        for modifiers_item_data in _modifiers:
            modifiers_item = OrderModifier.from_dict(modifiers_item_data)

            modifiers.append(modifiers_item)

        order_item = cls(
            external_id=external_id,
            name=name,
            quantity=quantity,
            unit_value=unit_value,
            total_unit_value=total_unit_value,
            total_value=total_value,
            instructions=instructions,
            modifiers=modifiers,
        )

        order_item.additional_properties = d
        return order_item

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
