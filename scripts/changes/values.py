"""Which values a schema lets through: types, `enum`, `const`, limits."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from scripts.changes.tree import Node, canonical, same

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
# How many values the types have that have only a few.
FINITE = {"null": 1, "boolean": 2}
# Exact, as a text of JSON is: a float would take neighbouring whole numbers for one.
Number = int | float
# What an absent limit amounts to.
LOWEST: dict[str, Number] = {
    **dict.fromkeys(("minItems", "minLength", "minProperties"), 0),
    **dict.fromkeys(("exclusiveMinimum", "minimum"), -math.inf),
}
HIGHEST: dict[str, Number] = dict.fromkeys(
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


def kinds(keywords: Mapping[str, Node]) -> frozenset[str]:
    """Return the types of the values that a schema lets through; all where it cannot be read."""
    listing, allowed = listed(keywords), types(keywords)
    if listing is not None:
        return frozenset(type_of(value) for value in listing.values())
    return TYPES if allowed is None else allowed


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


def exceeds(allowed: frozenset[str], listing: Mapping[str, object]) -> bool:
    """Whether types let more values through than those of a list."""
    found = [type_of(value) for value in listing.values()]
    return any(found.count(kind) < FINITE.get(kind, math.inf) for kind in allowed)


def tighter(key: str, one: Node, other: Node) -> Node | None:
    """Return the node whose value holds where both do; nothing if neither says it all."""
    if same(one, other):
        return one
    if key == "uniqueItems" and isinstance(one.value, bool) and isinstance(other.value, bool):
        return one if one.value else other
    low, high = _number(one, 0), _number(other, 0)
    if low is None or high is None or key not in {*LOWEST, *HIGHEST}:
        return None
    return one if (low > high) == (key in LOWEST) else other


def ways(name: str, one: Mapping[str, Node], other: Mapping[str, Node]) -> tuple[str, ...] | None:
    """Return whether a limit became `narrowed`, `widened`, both or neither.

    Returns nothing where a value is none that the limit can have.
    """
    old, new = one.get(name), other.get(name)
    if same(old, new):
        return ()
    if name == "uniqueItems":
        return _ordered(_flag(old), _flag(new))
    if name == "multipleOf":
        return _steps(_step(old, one), _step(new, other))
    absent = LOWEST.get(name, HIGHEST.get(name, 0))
    before, after = _number(old, absent), _number(new, absent)
    return _ordered(before, after) if name in LOWEST else _ordered(after, before)


def _ordered(low: Number | None, high: Number | None) -> tuple[str, ...] | None:
    if low is None or high is None:
        return None
    if low == high:
        return ()
    return ("narrowed",) if low < high else ("widened",)


def _steps(one: Fraction | None, other: Fraction | None) -> tuple[str, ...] | None:
    """Compare two steps; 0 is that of values without one."""
    if one is None or other is None:
        return None
    if one == other:
        return ()
    if not one or (other and other % one == 0):
        return ("narrowed",)
    if not other or one % other == 0:
        return ("widened",)
    return ("narrowed", "widened")


def _step(node: Node | None, keywords: Mapping[str, Node]) -> Fraction | None:
    allowed = types(keywords) or TYPES
    is_whole = "integer" in allowed and "number" not in allowed
    value = _number(node, 0)
    if node is None:
        return Fraction(int(is_whole))
    if value is None or value <= 0 or value == math.inf:
        return None
    # As it is written: the float 0.1 is no tenth.
    step = Fraction(value) if isinstance(value, int) else Fraction(str(value))
    # The whole numbers among the multiples of p/q are those of p.
    return Fraction(step.numerator) if is_whole else step


def _number(node: Node | None, absent: Number) -> Number | None:
    if node is None:
        return absent
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if isinstance(value, float) and math.isnan(value) else value


def _flag(node: Node | None) -> int | None:
    if node is None:
        return 0
    return int(node.value) if isinstance(node.value, bool) else None
