from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="AcceptOrderInvalid")


@_attrs_define
class AcceptOrderInvalid:
    """From each field that failed to its messages."""

    delivery_id: list[str] | Unset = UNSET
    """ What is wrong with `delivery_id`. """
    store_id: list[str] | Unset = UNSET
    """ What is wrong with `store_id`. """
    order_external_id: list[str] | Unset = UNSET
    """ What is wrong with `order_external_id`. """

    def to_dict(self) -> dict[str, Any]:
        delivery_id: list[str] | Unset = UNSET
        if not isinstance(self.delivery_id, Unset):
            delivery_id = self.delivery_id

        store_id: list[str] | Unset = UNSET
        if not isinstance(self.store_id, Unset):
            store_id = self.store_id

        order_external_id: list[str] | Unset = UNSET
        if not isinstance(self.order_external_id, Unset):
            order_external_id = self.order_external_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if delivery_id is not UNSET:
            field_dict["delivery_id"] = delivery_id
        if store_id is not UNSET:
            field_dict["store_id"] = store_id
        if order_external_id is not UNSET:
            field_dict["order_external_id"] = order_external_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        delivery_id = cast(list[str], d.pop("delivery_id", UNSET))

        store_id = cast(list[str], d.pop("store_id", UNSET))

        order_external_id = cast(list[str], d.pop("order_external_id", UNSET))

        accept_order_invalid = cls(
            delivery_id=delivery_id,
            store_id=store_id,
            order_external_id=order_external_id,
        )

        return accept_order_invalid
