from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="DeleteWebhookInvalid")


@_attrs_define
class DeleteWebhookInvalid:
    """From each field that failed to its messages."""

    url: list[str] | Unset = UNSET
    """ What is wrong with `url`. """

    def to_dict(self) -> dict[str, Any]:
        url: list[str] | Unset = UNSET
        if not isinstance(self.url, Unset):
            url = self.url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = cast(list[str], d.pop("url", UNSET))

        delete_webhook_invalid = cls(
            url=url,
        )

        return delete_webhook_invalid
