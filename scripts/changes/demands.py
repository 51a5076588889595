"""Compare what a schema demands of a value itself: its type, values, limits, form and texts."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from scripts.changes import values
from scripts.changes.comparison import moved
from scripts.changes.tree import Node, canonical, same

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison, Use

FORMATS = ("pattern", "format", "contentEncoding", "contentMediaType")
# Above this likeness, from 0 to 1, two texts are one that was reworded.
ALIKE = 0.6


def compare_values(
    comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]
) -> None:
    """Record which types and values come and go, by `type`, `enum` and `const`."""
    types = values.types(one), values.types(other)
    if types[0] is None or types[1] is None:
        comparison.other(use, one.get("type"), other.get("type"))
        return
    if any("enum" in side and not isinstance(side["enum"].value, list) for side in (one, other)):
        comparison.other(use, one.get("enum"), other.get("enum"))
    before, after = values.listed(one), values.listed(other)
    if before is None and after is None:
        nodes = one.get("type"), other.get("type")
        for way, lost in (("narrowed", types[0] - types[1]), ("widened", types[1] - types[0])):
            _record_types(comparison, use, way, lost, nodes)
    elif before is None or after is None:
        _half_listed(comparison, use, one, other)
    else:
        nodes = _first(one, "enum", "const"), _first(other, "enum", "const")
        for way, gone in (
            ("narrowed", before.keys() - after.keys()),
            ("widened", after.keys() - before.keys()),
        ):
            verb = "goes" if way == "narrowed" else "comes"
            if gone:
                comparison.directed(
                    f"values-{way}", use, *nodes, f"{', '.join(sorted(gone))} {verb}."
                )


def _half_listed(
    comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]
) -> None:
    """Compare types on one side with listed values on the other, the new one or the old."""
    before, after = values.listed(one), values.listed(other)
    is_new = before is None
    listing = (after if before is None else before) or {}
    allowed = values.types(one if is_new else other) or values.TYPES
    kinds = {values.type_of(value) for value in listing.values()}
    more, less = ("narrowed", "widened") if is_new else ("widened", "narrowed")
    nodes = _first(one, "enum", "const"), _first(other, "enum", "const")
    typed = _first(one, "type", "enum", "const"), _first(other, "type", "enum", "const")
    if values.exceeds(allowed, listing):
        if kinds & allowed or not listing:
            comparison.directed(f"values-{more}", use, *nodes, moved(*nodes))
        else:
            _record_types(comparison, use, more, allowed, typed)
    _record_types(comparison, use, less, frozenset(kinds - allowed), typed)


def _first(keywords: dict[str, Node], *names: str) -> Node | None:
    return next((keywords[name] for name in names if name in keywords), None)


def _record_types(
    comparison: Comparison,
    use: Use,
    way: str,
    names: frozenset[str],
    nodes: tuple[Node | None, Node | None],
) -> None:
    if names:
        verb = "no longer" if way == "narrowed" else "now also"
        comparison.directed(f"type-{way}", use, *nodes, f"{verb} {', '.join(sorted(names))}.")


def compare_limits(
    comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]
) -> None:
    """Record which limits are closer or wider."""
    for key in sorted(values.LIMITS & (one.keys() | other.keys())):
        old, new = one.get(key), other.get(key)
        ways = values.ways(key, one, other)
        if ways is None:
            comparison.other(use, old, new)
        for way in ways or ():
            comparison.directed(f"limit-{way}", use, old, new, moved(old, new))


def compare_formats(
    comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]
) -> None:
    """Record which patterns, formats and encodings come, go or change."""
    for key in FORMATS:
        old, new = one.get(key), other.get(key)
        if same(old, new):
            continue
        if old is None or new is None:
            way = "narrowed" if old is None else "widened"
            comparison.directed(f"format-{way}", use, old, new, moved(old, new))
        else:
            comparison.record("format-changed", use, old, new, moved(old, new))


def compare_texts(comparison: Comparison, use: Use, old: Node | None, new: Node | None) -> None:
    """Record which texts of `x-extensible-enum` come, go or are reworded."""
    if any(node is not None and not isinstance(node.value, list) for node in (old, new)):
        comparison.other(use, old, new)
        return
    before, after = (
        {canonical(text.value): text for text in (node.elements() if node else ())}
        for node in (old, new)
    )
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    for text in gone:
        likeness, partner = max(
            ((SequenceMatcher(None, text, one).ratio(), one) for one in come), default=(0.0, "")
        )
        if likeness >= ALIKE:
            come.remove(partner)
            comparison.record(
                *("message-reworded", use, before[text], after[partner]),
                f"{text} is worded {partner}.",
            )
        else:
            comparison.record("message-removed", use, before[text], None, f"{text} goes.")
    for text in come:
        comparison.record("message-added", use, None, after[text], f"{text} comes.")
