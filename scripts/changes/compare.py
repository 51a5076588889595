"""Compare two documents: what differs, by which rule, in which class."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scripts.catalogue import METHODS
from scripts.changes import operations, words
from scripts.changes.comparison import Comparison, Finding, Use, moved
from scripts.changes.tree import Document, Node, Place, as_json, at, canonical, same

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = Use("paths", "sent", "")
COMPONENTS = frozenset(
    {
        *("callbacks", "examples", "headers", "links", "parameters", "pathItems"),
        *("requestBodies", "responses", "schemas", "securitySchemes"),
    }
)


def compare(old: Document, new: Document) -> list[Finding]:
    """Return every change from one document to another, the gravest class first.

    Two documents that differ yield at least one finding.
    """
    old, new = (cast("Document", as_json(document)) for document in (old, new))
    comparison = Comparison(old, new)
    for section in ("paths", "webhooks"):
        operations.compare_section(comparison, section)
    _compare_root(comparison)
    _compare_units(comparison)
    for rule, before, after in words.changed(Node(old, ()), Node(new, ())):
        # A name is words too, but counts as a name.
        if {node.place for node in (before, after) if node}.isdisjoint(comparison.touched):
            comparison.record(rule, _use(after or before), before, after, moved(before, after))
    if not comparison.uses and canonical(old) != canonical(new):
        comparison.record("other", WHOLE, Node(old, ()), Node(new, ()), "the documents differ.")
    return comparison.findings()


def _use(node: Node | None) -> Use:
    return Use("webhooks", "received", "") if node and node.place[:1] == ("webhooks",) else WHOLE


def _compare_root(comparison: Comparison) -> None:
    one, other = Node(comparison.old, ()).children(), Node(comparison.new, ()).children()
    for key in ("openapi", "jsonSchemaDialect"):
        before, after = one.get(key), other.get(key)
        if not same(before, after):
            comparison.record("dialect", WHOLE, before, after, moved(before, after))
    _compare_info(comparison, one.get("info"), other.get("info"))
    _compare_servers(comparison, one.get("servers"), other.get("servers"))
    judged = {"components", "info", "jsonSchemaDialect", "openapi", "paths", "security", "servers"}
    comparison.rest(WHOLE, one, other, judged | {"webhooks"})
    none = Node({}, ())
    parts = [side.get("components", none).children() for side in (one, other)]
    comparison.rest(WHOLE, parts[0], parts[1], COMPONENTS)


def _compare_info(comparison: Comparison, old: Node | None, new: Node | None) -> None:
    if not (old and new and isinstance(old.value, dict) and isinstance(new.value, dict)):
        comparison.other(WHOLE, old, new)
        return
    one, other = old.children(), new.children()
    before, after = one.get("version"), other.get("version")
    if not same(before, after):
        comparison.record("version", WHOLE, before, after, moved(before, after))
    comparison.rest(WHOLE, one, other, {"version"})


def _compare_servers(comparison: Comparison, old: Node | None, new: Node | None) -> None:
    lists = [node.elements() if node else [] for node in (old, new)]
    if any(
        (node is not None and not isinstance(node.value, list))
        or not all(isinstance(server.value, dict) for server in servers)
        for node, servers in zip((old, new), lists, strict=True)
    ):
        comparison.other(WHOLE, old, new)
        return
    before, after = (
        {
            str(children["url"].value) if (children := server.children()).get("url") else "": server
            for server in servers
        }
        for servers in lists
    )
    for url in sorted(before.keys() | after.keys()):
        if url not in after:
            comparison.record("server-removed", WHOLE, before[url], None, f"{url} goes.")
        elif url not in before:
            comparison.record("server-added", WHOLE, None, after[url], f"{url} comes.")
        else:
            one, other = before[url].children(), after[url].children()
            comparison.rest(WHOLE, one, other, {"url"})
    first = next(iter(after), "")
    if before and first in before and first != next(iter(before)) and next(iter(before)) in after:
        comparison.record("server-first", WHOLE, old, new, f"{first} is the first now.")


def _compare_units(comparison: Comparison) -> None:
    """Record each part of the document that differs though no rule saw a change in effect."""
    before = _units(comparison.old, comparison.new)
    after = _units(comparison.new, comparison.old)
    is_followed = not any(map(_has_unfollowed, (comparison.old, comparison.new)))
    for place in sorted(before.keys() | after.keys()):
        old, new = before.get(place), after.get(place)
        if same(old, new) or any(one[: len(place)] == place for one in comparison.touched):
            continue
        if place[0] == "components" and not is_followed:
            # It may be what a reference means that nobody has followed.
            comparison.other(WHOLE, old, new)
            continue
        verb = "comes" if old is None else "goes" if new is None else "is written otherwise"
        comparison.record("rewritten", _use(new or old), old, new, f"{place[-1]} {verb}.")


def _has_unfollowed(document: Document) -> bool:
    """Whether a document refers by other means than a pointer into itself."""
    return any(
        key in {"$dynamicRef", "$id"} or (key == "$ref" and at(document, str(node.value)) is None)
        for key, node in _entries(Node(document, ()))
    )


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    for key, child in node.children().items():
        yield key, child
        yield from _entries(child)
    for child in node.elements():
        yield from _entries(child)


def _units(document: Document, other: Document) -> dict[Place, Node]:
    """Return the parts of a document without their words: operations, components, the rest.

    What a path has beside its operations counts only where the other document has the path too.
    """
    units = dict[Place, Node]()
    others = Node(other, ()).children()
    for key, node in Node(words.without(document), ()).children().items():
        if key not in {"components", "paths", "webhooks"} or not node.children():
            units[key,] = node
            continue
        known = others[key].children() if key in others else {}
        for name, item in node.children().items():
            inner = item.children()
            calls = {method: inner[method] for method in METHODS if method in inner}
            parts = inner if name in known or not calls else calls
            units |= {part.place: part for part in parts.values()} or {item.place: item}
    return units
