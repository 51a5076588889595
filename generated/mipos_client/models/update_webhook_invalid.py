from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="UpdateWebhookInvalid")


@_attrs_define
class UpdateWebhookInvalid:
    """From each field that failed to its messages."""

    current_url: list[str] | Unset = UNSET
    """ What is wrong with `current_url`. """
    new_url: list[str] | Unset = UNSET
    """ What is wrong with `new_url`. """

    def to_dict(self) -> dict[str, Any]:
        current_url: list[str] | Unset = UNSET
        if not isinstance(self.current_url, Unset):
            current_url = self.current_url

        new_url: list[str] | Unset = UNSET
        if not isinstance(self.new_url, Unset):
            new_url = self.new_url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if current_url is not UNSET:
            field_dict["current_url"] = current_url
        if new_url is not UNSET:
            field_dict["new_url"] = new_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        current_url = cast(list[str], d.pop("current_url", UNSET))

        new_url = cast(list[str], d.pop("new_url", UNSET))

        update_webhook_invalid = cls(
            current_url=current_url,
            new_url=new_url,
        )

        return update_webhook_invalid
