"""Which values a schema lets through: types, `enum`, `const`, limits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from scripts.changes.tree import Node, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
# What an absent limit amounts to.
LOWEST: dict[str, float] = {
    **dict.fromkeys(("minItems", "minLength", "minProperties"), 0.0),
    **dict.fromkeys(("exclusiveMinimum", "minimum"), -math.inf),
}
HIGHEST: dict[str, float] = dict.fromkeys(
    ["exclusiveMaximum", "maxItems", "maxLength", "maxProperties", "maximum"], math.inf
)
LIMITS = frozenset({*LOWEST, *HIGHEST, "multipleOf", "uniqueItems"})


def types(keywords: Mapping[str, Node]) -> frozenset[str] | None:
    """Return the types that `type` lets through, all without it; nothing if it cannot be read."""
    if "type" not in keywords:
        return TYPES
    node = keywords["type"]
    names = [name.value for name in node.elements() or [node]]
    found = frozenset(name for name in names if isinstance(name, str))
    if len(found) != len(names) or not found <= TYPES:
        return None
    # Every integer is a number.
    return found | {"integer"} if "number" in found else found


def listed(keywords: Mapping[str, Node]) -> dict[str, object] | None:
    """Return the values of `enum` and `const` by their canonical text; nothing without either.

    Values whose type is not let through are left out.
    """
    found: dict[str, object] | None = None
    if "enum" in keywords and isinstance(keywords["enum"].value, list):
        found = {canonical(node.value): node.value for node in keywords["enum"].elements()}
    if "const" in keywords:
        constant = keywords["const"].value
        text = canonical(constant)
        found = {text: constant} if found is None or text in found else {}
    allowed = types(keywords)
    if found is None or allowed is None:
        return found
    return {text: value for text, value in found.items() if type_of(value) in allowed}


def type_of(value: object) -> str:
    """Return the type of a JSON value by its name in JSON Schema."""
    names: list[tuple[type, str]] = [
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    ]
    return next((name for kind, name in names if isinstance(value, kind)), "null")


def ways(name: str, old: Node | None, new: Node | None) -> tuple[str, ...] | None:
    """Return whether a limit became `narrowed`, `widened`, both or neither.

    Returns nothing where a value is none that the limit can have.
    """
    if name == "uniqueItems":
        return _ordered(_flag(old), _flag(new))
    if name == "multipleOf":
        return _steps(_number(old, math.inf), _number(new, math.inf), old, new)
    absent = LOWEST.get(name, HIGHEST.get(name, 0.0))
    one, other = _number(old, absent), _number(new, absent)
    return _ordered(one, other) if name in LOWEST else _ordered(other, one)


def _ordered(low: float | None, high: float | None) -> tuple[str, ...] | None:
    if low is None or high is None:
        return None
    if low == high:
        return ()
    return ("narrowed",) if low < high else ("widened",)


def _steps(
    one: float | None, other: float | None, old: Node | None, new: Node | None
) -> tuple[str, ...] | None:
    if one is None or other is None or one <= 0 or other <= 0:
        return None
    if one == other:
        return ()
    if old is None or (new is not None and other % one == 0):
        return ("narrowed",)
    if new is None or one % other == 0:
        return ("widened",)
    return ("narrowed", "widened")


def _number(node: Node | None, absent: float) -> float | None:
    if node is None:
        return absent
    is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return float(cast("float", node.value)) if is_number else None


def _flag(node: Node | None) -> float | None:
    if node is None:
        return 0.0
    return float(node.value) if isinstance(node.value, bool) else None
