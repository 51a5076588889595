"""Overrides: values of a test's own for any field of an order, with the money adding up again.

An override is named by the field that it replaces: ``customer`` or ``items`` as a whole, or by a
path into it, such as ``items.0.name`` or ``items.0.modifiers.1.quantity``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from mipos_mock.scenarios import Json, complete_item


class OverrideError(ValueError):
    """An override cannot be applied; the message names the place and what to send instead."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A kind of object in an order: what errors call it, and the type of each of its fields.

    A shape as a field's type stands for a list of such objects.
    """

    noun: str
    fields: Mapping[str, "_Type"]


_Type: TypeAlias = type[str | int] | _Shape

_MODIFIER = _Shape(
    "a modifier",
    {"external_id": str, "name": str, "quantity": int, "unit_value": int, "total_value": int},
)
_ITEM = _Shape(
    "an item",
    {
        "external_id": str,
        "name": str,
        "quantity": int,
        "unit_value": int,
        "total_unit_value": int,
        "total_value": int,
        "instructions": str,
        "modifiers": _MODIFIER,
    },
)
_ORDER = _Shape(
    "an order",
    {
        "created_at": str,
        "total": int,
        "customer": str,
        "order_number": str,
        "instructions": str,
        "items": _ITEM,
        "discount_value": int,
    },
)
_REQUIRED = ("external_id", "name")

_NAMING: Final = {
    "external_id": "order_external_id",
    "store_id": "store_id",
    "external_store_id": "store_id",
    "delivery_id": "delivery_id",
}
"""The fields that name an order, and what a request for an order calls them."""

_TOTALS = ("total_unit_value", "total_value")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_INTEGER_MAX = 2**53 - 1  # the largest that every JSON reader takes exactly (RFC 8259, section 6)
_SHOWN = 60  # characters of a refused value or name that an error repeats


def apply(order: dict[str, object], overrides: Mapping[str, object]) -> dict[str, object]:
    """Returns a copy of an order with other values in it; neither argument is changed.

    Totals that are not overridden themselves are derived again, from what was overridden below
    them. `discount_value` is not part of that. Values have the type of their field; null is none.
    An object of a list needs `external_id` and `name`; without a quantity it is there once,
    without a price it is free. Outer fields are replaced before what lies inside them.

    Args:
        order: An order as `mipos_mock.scenarios` composes it: its totals add up.
        overrides: Values by the name or path of their field, in any order.

    Raises:
        OverrideError: If a name is no field, an index is out of range or a value does not fit.
    """
    draft: Json = dict(order)
    draft["items"] = [_without_totals(item) for item in draft["items"]]
    for path in sorted(overrides, key=lambda path: path.count(".")):
        _put(draft, _ORDER, path, overrides[path])
    draft["items"] = [complete_item(item) for item in draft["items"]]
    if "total" not in overrides:
        draft["total"] = sum(item["total_value"] for item in draft["items"])
    return draft


def _without_totals(item: Json) -> Json:
    """Returns a copy without what is derived, so that whatever total is there was overridden."""
    modifiers = [
        {name: value for name, value in modifier.items() if name not in _TOTALS}
        for modifier in item["modifiers"]
    ]
    kept = {name: value for name, value in item.items() if name not in _TOTALS}
    return {**kept, "modifiers": modifiers}


def _put(target: Json, shape: _Shape, path: str, value: object, above: str = "") -> None:
    """Puts a value at a path below an object, whose own path is `above`, a full stop included."""
    name, inside, rest = path.partition(".")
    place = above + name
    kind = _kind(shape, name, above)
    if not inside:
        target[name] = _checked(kind, value, place)
        return
    if not isinstance(kind, _Shape):
        raise OverrideError(
            f"{_quoted(above + path)} leads nowhere: send {place}, which has no fields"
        )
    position, inside, rest = rest.partition(".")
    members: list[Json] = target.get(name, [])
    if _INDEX.fullmatch(position) is None or int(position) >= len(members):
        remedy = f"an index below {len(members)}" if members else f"{place} as a list"
        raise OverrideError(f"{_quoted(above + path)} leads nowhere: send {remedy}")
    place = f"{place}.{position}"
    if inside:
        _put(members[int(position)], kind, rest, value, f"{place}.")
    else:
        members[int(position)] = _member(kind, value, place)


def _kind(shape: _Shape, name: str, above: str) -> _Type:
    """Returns the type of a field."""
    if shape is _ORDER and name in _NAMING:
        raise OverrideError(
            f"{name} names the order and is no override: send {_NAMING[name]} beside the overrides"
        )
    if name not in shape.fields:
        raise OverrideError(
            f"{_quoted(above + name)} is no field of {shape.noun}: "
            f"send one of {', '.join(shape.fields)}"
        )
    return shape.fields[name]


def _checked(kind: _Type, value: object, place: str) -> object:
    """Returns a copy of a value that has the type of its field."""
    if isinstance(kind, _Shape):
        if not isinstance(value, list):
            raise OverrideError(f"{place} is {_shown(value)}: send a list of objects")
        members = enumerate(cast("list[object]", value))
        return [_member(kind, member, f"{place}.{index}") for index, member in members]
    if not isinstance(value, kind) or isinstance(value, bool):
        noun = "a string" if kind is str else "an integer"
        raise OverrideError(f"{place} is {_shown(value)}: send {noun}")
    if isinstance(value, int) and abs(value) > _INTEGER_MAX:
        raise OverrideError(
            f"{place} is too far from 0: send an integer within {_INTEGER_MAX} of it"
        )
    if isinstance(value, str) and not _encodable(value):
        raise OverrideError(f"{place} is {_shown(value)}: send text without lone surrogates")
    return value


def _member(shape: _Shape, value: object, place: str) -> Json:
    """Returns a copy of an object that has the fields of its shape."""
    if not isinstance(value, dict):
        raise OverrideError(f"{place} is {_shown(value)}: send an object")
    given = cast("dict[str, Any]", value)
    for name in _REQUIRED:
        if name not in given:
            raise OverrideError(f"{place}.{name} is missing: send a string")
    return {
        name: _checked(_kind(shape, name, f"{place}."), each, f"{place}.{name}")
        for name, each in given.items()
    }


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _shown(value: object) -> str:
    """Names a refused value as JSON does, short whatever it is."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case int() | float():
            return "a number" if abs(value) > _INTEGER_MAX else str(value)
        case list():
            return "a list"
        case _:
            return "an object"
