from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CreateWebhookInvalid")


@_attrs_define
class CreateWebhookInvalid:
    """From each field that failed to its messages."""

    url: list[str] | Unset = UNSET
    """ What is wrong with `url`. """
    type_: list[str] | Unset = UNSET
    """ What is wrong with `type`. """

    def to_dict(self) -> dict[str, Any]:
        url: list[str] | Unset = UNSET
        if not isinstance(self.url, Unset):
            url = self.url

        type_: list[str] | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if url is not UNSET:
            field_dict["url"] = url
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = cast(list[str], d.pop("url", UNSET))

        type_ = cast(list[str], d.pop("type", UNSET))

        create_webhook_invalid = cls(
            url=url,
            type_=type_,
        )

        return create_webhook_invalid
