"""Compare two schemas: what a sender may send, and what the other side may rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.changes import demands, effective, values
from scripts.changes.comparison import moved
from scripts.changes.effective import UNEVALUATED, UNREADABLE, Schema
from scripts.changes.likeness import alike
from scripts.changes.tree import Node, same, shown

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison, Use
    from scripts.changes.tree import Document

JUDGED = frozenset(
    {
        *(*demands.FORMATS, *values.LIMITS, "additionalProperties", "anyOf", "const", "default"),
        *("deprecated", "enum", "items", "oneOf", "type", "x-extensible-enum"),
    }
)


def compare(comparison: Comparison, use: Use, old: Node, new: Node) -> None:
    """Record what differs between two schemas; absent ones are given as empty mappings."""
    if (old.place, new.place, use) in comparison.compared:
        return
    comparison.compared.add((old.place, new.place, use))
    before, after = effective.pair(comparison.old, old, comparison.new, new)
    one, other = before.keywords, after.keywords
    if {UNREADABLE, *UNEVALUATED} & (one.keys() | other.keys()):
        comparison.other(use, *comparison.followed(old, new))
        return
    if before.is_class and after.is_class:
        _names(comparison, use, old, new)
    demands.compare_values(comparison, use, one, other)
    demands.compare_limits(comparison, use, one, other)
    demands.compare_formats(comparison, use, one, other)
    demands.compare_texts(
        comparison, use, one.get("x-extensible-enum"), other.get("x-extensible-enum")
    )
    for key in ("default", "deprecated"):
        if not same(one.get(key), other.get(key)):
            comparison.record(
                key, use, one.get(key), other.get(key), moved(one.get(key), other.get(key))
            )
    _properties(comparison, use, before, after)
    _others(comparison, use, (before, old), (after, new))
    if "items" in one or "items" in other:
        compare(comparison, use, *_both(one, other, "items", old, new))
    for key in ("anyOf", "oneOf"):
        if key in one or key in other:
            _alternatives(comparison, use, key, one.get(key), other.get(key))
    _branches(comparison, use, before.branches, after.branches)
    comparison.rest(use, one, other, JUDGED)


def _names(comparison: Comparison, use: Use, old: Node, new: Node) -> None:
    """Record that generated code calls a schema otherwise."""
    before, after = effective.name(comparison.old, old), effective.name(comparison.new, new)
    if before and after:
        if not same(before, after):
            message = f"the schema {shown(before.value)} is called {shown(after.value)}."
            comparison.record("names", use, before, after, message)
    elif before:
        message = f"the schema is no longer called {shown(before.value)}."
        comparison.record("names", use, before, new, message)
    elif after:
        message = f"the schema is called {shown(after.value)}."
        comparison.record("names", use, old, after, message)


def _both(
    one: dict[str, Node], other: dict[str, Node], key: str, old: Node, new: Node
) -> tuple[Node, Node]:
    """Return the schemas under a keyword, one that demands nothing for one that is not there."""
    return (
        one.get(key, Node({}, (*old.place, key))),
        other.get(key, Node({}, (*new.place, key))),
    )


def _properties(comparison: Comparison, use: Use, before: Schema, after: Schema) -> None:
    for name in sorted(before.properties.keys() | after.properties.keys()):
        old, new = before.properties.get(name), after.properties.get(name)
        if old is not None and new is not None:
            compare(comparison, use, old, new)
        elif old is not None:
            comparison.directed("field-removed", use, old, new, f"property {shown(name)} goes.")
        elif new is not None:
            _added(comparison, use, before, new, is_required=name in after.required)
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


def _added(
    comparison: Comparison, use: Use, before: Schema, new: Node, *, is_required: bool
) -> None:
    """Record a property that came, and how it differs from what could be under its name so far."""
    message = f"property {shown(new.place[-1])} comes."
    others = before.keywords.get("additionalProperties")
    if before.is_closed:
        comparison.directed("closed-field-added", use, None, new, message)
    elif "patternProperties" in before.keywords:
        # Whether a pattern fits the name, and what it says then, is not compared.
        comparison.record("other", use, None, new, message)
    elif not is_required:
        comparison.directed("field-added", use, None, new, message)
    if others is not None and not before.is_closed:
        compare(comparison, use, others, new)


def _others(
    comparison: Comparison, use: Use, before: tuple[Schema, Node], after: tuple[Schema, Node]
) -> None:
    (one, old), (other, new) = before, after
    key = "additionalProperties"
    nodes = one.keywords.get(key), other.keywords.get(key)
    if one.is_closed != other.is_closed:
        way = "narrowed" if other.is_closed else "widened"
        comparison.directed(f"object-{way}", use, *nodes, moved(*nodes))
    elif not one.is_closed and any(nodes):
        compare(comparison, use, *_both(one.keywords, other.keywords, key, old, new))


def _alternatives(
    comparison: Comparison, use: Use, key: str, old: Node | None, new: Node | None
) -> None:
    """Compare `anyOf` or `oneOf`: a branch more lets more through, but the keyword itself less.

    A branch of `oneOf` also rules out what another one lets through, unless their types differ.
    """
    if old is None or new is None:
        way = "narrowed" if old is None else "widened"
        comparison.directed(f"type-{way}", use, old, new, moved(old, new))
        return
    if not (isinstance(old.value, list) and isinstance(new.value, list)):
        comparison.other(use, old, new)
        return
    gone, come = _unpaired(comparison, use, old.elements(), new.elements(), is_set=key == "anyOf")
    is_split = key == "anyOf" or all(
        _is_apart(document, branch, node.elements())
        for document, node in ((comparison.old, old), (comparison.new, new))
        for branch in node.elements()
    )
    documents = comparison.old, comparison.new
    if not (gone or come or is_split or alike(documents, old, new)):
        for way in ("narrowed", "widened"):
            comparison.directed(f"type-{way}", use, old, new, "alternatives that overlap differ.")
    for branch in gone:
        message = "an alternative goes."
        comparison.directed("type-narrowed", use, branch, None, message)
        if key == "oneOf" and not _is_apart(comparison.old, branch, old.elements()):
            comparison.directed("type-widened", use, branch, None, message)
    for branch in come:
        message = "an alternative comes."
        comparison.directed("type-widened", use, None, branch, message)
        if key == "oneOf" and not _is_apart(comparison.new, branch, new.elements()):
            comparison.directed("type-narrowed", use, None, branch, message)


def _is_apart(document: Document, branch: Node, branches: list[Node]) -> bool:
    """Whether no other branch has a type of this one."""
    kinds = _kinds(document, branch)
    return all(kinds.isdisjoint(_kinds(document, one)) for one in branches if one != branch)


def _kinds(document: Document, node: Node) -> frozenset[str]:
    return values.kinds(effective.effective(document, node).keywords)


def _branches(comparison: Comparison, use: Use, old: list[Node], new: list[Node]) -> None:
    """Compare what of `allOf` could not be merged: a branch more lets less through."""
    gone, come = _unpaired(comparison, use, old, new, is_set=True)
    for node in gone:
        comparison.directed("type-widened", use, node, None, "a demand of allOf goes.")
    for node in come:
        comparison.directed("type-narrowed", use, None, node, "a demand of allOf comes.")


def _unpaired(
    comparison: Comparison, use: Use, old: list[Node], new: list[Node], *, is_set: bool
) -> tuple[list[Node], list[Node]]:
    """Return the schemas of each list that have no partner in the other, after comparing the rest.

    Partners are the same text, or else say the same; what is left of two lists of one length is
    taken in its order. In a set, a schema that stands there twice is one.
    """
    documents = comparison.old, comparison.new
    gone, come = list(old), list(new)
    pairs: list[tuple[Node, Node]] = []
    for is_exact in (True, False):
        for node in list(gone):
            partners = (
                one
                for one in come
                if (same(node, one) if is_exact else alike(documents, node, one))
            )
            partner = next(partners, None)
            if partner is not None:
                gone.remove(node)
                come.remove(partner)
                pairs.append((node, partner))
    if is_set:
        gone = [one for one in gone if not any(alike(documents, one, node) for node in new)]
        come = [one for one in come if not any(alike(documents, node, one) for node in old)]
    if len(gone) == len(come):
        pairs += zip(gone, come, strict=True)
        gone, come = [], []
    for pair in pairs:
        compare(comparison, use, *pair)
    return gone, come
