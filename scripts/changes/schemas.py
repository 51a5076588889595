"""Compare two schemas: what a sender may send, and what the other side may rely on."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from scripts.changes import values
from scripts.changes.comparison import moved
from scripts.changes.effective import UNREADABLE, Schema, effective, plain
from scripts.changes.tree import Node, canonical, same, shown

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison, Use

FORMATS = ("pattern", "format", "contentEncoding", "contentMediaType")
JUDGED = frozenset(
    {
        *(*FORMATS, *values.LIMITS, "additionalProperties", "anyOf", "const", "default"),
        *("deprecated", "enum", "items", "oneOf", "type", "x-extensible-enum"),
    }
)
# Above this likeness, from 0 to 1, two texts are one that was reworded.
ALIKE = 0.6


def compare(
    comparison: Comparison,
    use: Use,
    old: Node,
    new: Node,
    seen: frozenset[tuple[object, ...]] = frozenset(),
) -> None:
    """Record what differs between two schemas; absent ones are given as empty mappings."""
    pair = (old.place, new.place)
    if pair in seen:
        return
    seen |= {pair}
    before, after = effective(comparison.old, old), effective(comparison.new, new)
    one, other = before.keywords, after.keywords
    if UNREADABLE in one or UNREADABLE in other:
        comparison.other(use, old, new)
        return
    _values(comparison, use, one, other)
    _limits(comparison, use, one, other)
    _formats(comparison, use, one, other)
    _texts(comparison, use, one.get("x-extensible-enum"), other.get("x-extensible-enum"))
    for key in ("default", "deprecated"):
        if not same(one.get(key), other.get(key)):
            comparison.record(
                key, use, one.get(key), other.get(key), moved(one.get(key), other.get(key))
            )
    _properties(comparison, use, before, after, seen)
    _others(comparison, use, (before, old), (after, new), seen)
    if "items" in one or "items" in other:
        compare(comparison, use, *_both(one, other, "items", old, new), seen)
    for key in ("anyOf", "oneOf"):
        if key in one or key in other:
            _alternatives(comparison, use, one.get(key), other.get(key), seen)
    _branches(comparison, use, before.branches, after.branches, seen)
    comparison.rest(use, one, other, JUDGED)


def _both(
    one: dict[str, Node], other: dict[str, Node], key: str, old: Node, new: Node
) -> tuple[Node, Node]:
    """Return the schemas under a keyword, one that demands nothing for one that is not there."""
    return (
        one.get(key, Node({}, (*old.place, key))),
        other.get(key, Node({}, (*new.place, key))),
    )


def _values(comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]) -> None:
    types = values.types(one), values.types(other)
    if types[0] is None or types[1] is None:
        comparison.other(use, one.get("type"), other.get("type"))
        return
    if any("enum" in side and not isinstance(side["enum"].value, list) for side in (one, other)):
        comparison.other(use, one.get("enum"), other.get("enum"))
    before, after = values.listed(one), values.listed(other)
    nodes = _first(one, "enum", "const"), _first(other, "enum", "const")
    if before is None and after is None:
        _types(comparison, use, (types[0], types[1]), (one.get("type"), other.get("type")))
    elif before is None or after is None:
        listing = before if after is None else after
        kinds = {values.type_of(value) for value in (listing or {}).values()}
        if kinds <= (types[1] if after is None else types[0]):
            way = "widened" if after is None else "narrowed"
            comparison.directed(f"values-{way}", use, *nodes, moved(*nodes))
        else:
            sides = (frozenset(kinds), types[1]) if after is None else (types[0], frozenset(kinds))
            keys = _first(one, "type", "enum", "const"), _first(other, "type", "enum", "const")
            _types(comparison, use, sides, keys)
    else:
        for way, gone in (
            ("narrowed", before.keys() - after.keys()),
            ("widened", after.keys() - before.keys()),
        ):
            verb = "goes" if way == "narrowed" else "comes"
            if gone:
                comparison.directed(
                    f"values-{way}", use, *nodes, f"{', '.join(sorted(gone))} {verb}."
                )


def _first(keywords: dict[str, Node], *names: str) -> Node | None:
    return next((keywords[name] for name in names if name in keywords), None)


def _types(
    comparison: Comparison,
    use: Use,
    types: tuple[frozenset[str], frozenset[str]],
    nodes: tuple[Node | None, Node | None],
) -> None:
    before, after = types
    for way, names in (("narrowed", before - after), ("widened", after - before)):
        if names:
            verb = "no longer" if way == "narrowed" else "now also"
            comparison.directed(f"type-{way}", use, *nodes, f"{verb} {', '.join(sorted(names))}.")


def _limits(comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]) -> None:
    for key in sorted(values.LIMITS & (one.keys() | other.keys())):
        old, new = one.get(key), other.get(key)
        ways = values.ways(key, old, new)
        if ways is None:
            comparison.other(use, old, new)
        for way in ways or ():
            comparison.directed(f"limit-{way}", use, old, new, moved(old, new))


def _formats(
    comparison: Comparison, use: Use, one: dict[str, Node], other: dict[str, Node]
) -> None:
    for key in FORMATS:
        old, new = one.get(key), other.get(key)
        if same(old, new):
            continue
        if old is None or new is None:
            way = "narrowed" if old is None else "widened"
            comparison.directed(f"format-{way}", use, old, new, moved(old, new))
        else:
            comparison.record("format-changed", use, old, new, moved(old, new))


def _texts(comparison: Comparison, use: Use, old: Node | None, new: Node | None) -> None:
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


def _properties(
    comparison: Comparison,
    use: Use,
    before: Schema,
    after: Schema,
    seen: frozenset[tuple[object, ...]],
) -> None:
    for name in sorted(before.properties.keys() | after.properties.keys()):
        old, new = before.properties.get(name), after.properties.get(name)
        if old is not None and new is not None:
            compare(comparison, use, old, new, seen)
        elif new is None:
            comparison.directed("field-removed", use, old, new, f"property {shown(name)} goes.")
        elif before.is_closed:
            comparison.directed(
                "closed-field-added", use, old, new, f"property {shown(name)} comes."
            )
        elif name not in after.required:
            comparison.directed("field-added", use, old, new, f"property {shown(name)} comes.")
    for name in sorted(after.required.keys() - before.required.keys()):
        comparison.directed(
            "required-added", use, None, after.required[name], f"{shown(name)} is required."
        )
    for name in sorted(before.required.keys() - after.required.keys()):
        # That it went was said above.
        if name not in before.properties or name in after.properties:
            comparison.directed(
                *("required-removed", use, before.required[name]),
                *(after.properties.get(name), f"{shown(name)} is no longer required."),
            )


def _others(
    comparison: Comparison,
    use: Use,
    before: tuple[Schema, Node],
    after: tuple[Schema, Node],
    seen: frozenset[tuple[object, ...]],
) -> None:
    (one, old), (other, new) = before, after
    key = "additionalProperties"
    nodes = one.keywords.get(key), other.keywords.get(key)
    if one.is_closed != other.is_closed:
        way = "narrowed" if other.is_closed else "widened"
        comparison.directed(f"object-{way}", use, *nodes, moved(*nodes))
    elif not one.is_closed and any(nodes):
        compare(comparison, use, *_both(one.keywords, other.keywords, key, old, new), seen)


def _alternatives(
    comparison: Comparison,
    use: Use,
    old: Node | None,
    new: Node | None,
    seen: frozenset[tuple[object, ...]],
) -> None:
    """Compare `anyOf` or `oneOf`: a branch more lets more through, but the keyword itself less."""
    if old is None or new is None:
        way = "narrowed" if old is None else "widened"
        comparison.directed(f"type-{way}", use, old, new, moved(old, new))
    elif not (isinstance(old.value, list) and isinstance(new.value, list)):
        comparison.other(use, old, new)
    else:
        gone, come = _unpaired(comparison, old.elements(), new.elements())
        if len(gone) == len(come):
            for one, other in zip(gone, come, strict=True):
                compare(comparison, use, one, other, seen)
            return
        for node in gone:
            comparison.directed("type-narrowed", use, node, None, "an alternative goes.")
        for node in come:
            comparison.directed("type-widened", use, None, node, "an alternative comes.")


def _branches(
    comparison: Comparison,
    use: Use,
    old: list[Node],
    new: list[Node],
    seen: frozenset[tuple[object, ...]],
) -> None:
    """Compare what of `allOf` could not be merged: a branch more lets less through."""
    gone, come = _unpaired(comparison, old, new)
    if len(gone) == len(come):
        for one, other in zip(gone, come, strict=True):
            compare(comparison, use, one, other, seen)
        return
    for node in gone:
        comparison.directed("type-widened", use, node, None, "a demand of allOf goes.")
    for node in come:
        comparison.directed("type-narrowed", use, None, node, "a demand of allOf comes.")


def _unpaired(
    comparison: Comparison, old: list[Node], new: list[Node]
) -> tuple[list[Node], list[Node]]:
    """Return the schemas of each list that have no equal in the other."""
    before = {canonical(plain(comparison.old, node)): node for node in old}
    after = {canonical(plain(comparison.new, node)): node for node in new}
    return (
        [node for text, node in before.items() if text not in after],
        [node for text, node in after.items() if text not in before],
    )
