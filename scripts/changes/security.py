"""Compare how the caller of an operation authenticates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.changes.comparison import Use, moved
from scripts.changes.likeness import alike
from scripts.changes.tree import Node, follow

if TYPE_CHECKING:
    from scripts.changes.comparison import Comparison
    from scripts.changes.tree import Document

# What one alternative asks for: schemes, and scopes of them.
Alternative = frozenset[tuple[str, ...]]


def schemes(document: Document) -> dict[str, Node]:
    """Return the security schemes by name."""
    components = Node(document, ()).children().get("components", Node({}, ())).children()
    return components.get("securitySchemes", Node({}, ())).children()


def compare(comparison: Comparison, use: Use, old: Node, new: Node) -> None:
    """Record what differs between the security of an operation in the two documents.

    An alternative is still good if one that asks for no more is there.
    """
    one, other = _security(comparison.old, old), _security(comparison.new, new)
    if not (_is_readable(one) and _is_readable(other)):
        comparison.other(use, one, other)
        return
    before, after = _alternatives(one), _alternatives(other)
    renamed = _renamed(comparison)
    after = {
        frozenset((renamed.get(atom[0], atom[0]), *atom[1:]) for atom in alternative)
        for alternative in after
    }
    gone = any(not any(kept <= way for kept in after) for way in before)
    come = any(not any(kept <= way for kept in before) for way in after)
    place = (one, other) if one or other else (old, new)
    for way, happened in (("narrowed", gone), ("widened", come)):
        if happened:
            comparison.directed(f"security-{way}", use, *place, moved(one, other))
    # One that is used on one side alone is what came or went above.
    names = [{atom[0] for way in ways for atom in way} for ways in (before, after)]
    _compare_schemes(comparison, use, names[0] & names[1] - set(renamed.values()))


def _security(document: Document, operation: Node) -> Node | None:
    whole = Node(document, ()).children()
    return operation.children().get("security", whole.get("security"))


def _is_readable(node: Node | None) -> bool:
    return node is None or (
        isinstance(node.value, list)
        and all(
            isinstance(scopes.value, list)
            for alternative in node.elements()
            for scopes in alternative.children().values()
        )
        and all(isinstance(alternative.value, dict) for alternative in node.elements())
    )


def _alternatives(node: Node | None) -> set[Alternative]:
    """Return the ways to authenticate; one that asks for nothing if there is none."""
    found = {
        frozenset(
            atom
            for name, scopes in alternative.children().items()
            for atom in ((name,), *((name, str(scope.value)) for scope in scopes.elements()))
        )
        for alternative in (node.elements() if node else ())
    }
    return found or {frozenset()}


def _renamed(comparison: Comparison) -> dict[str, str]:
    """Return the old name of each scheme that is called otherwise now and works as before."""
    before, after = schemes(comparison.old), schemes(comparison.new)
    return {
        name: partner
        for name in after.keys() - before.keys()
        for partner in sorted(before.keys() - after.keys(), reverse=True)
        if _alike(comparison, before[partner], after[name])
    }


def _compare_schemes(comparison: Comparison, use: Use, names: set[str]) -> None:
    before, after = schemes(comparison.old), schemes(comparison.new)
    for name in sorted(names):
        one, other = before.get(name), after.get(name)
        if not _alike(comparison, one, other):
            comparison.record("security-scheme", use, one, other, moved(one, other))


def _alike(comparison: Comparison, one: Node | None, other: Node | None) -> bool:
    documents = comparison.old, comparison.new
    return alike(documents, _folded(documents[0], one), _folded(documents[1], other))


def _folded(document: Document, scheme: Node | None) -> Node | None:
    """Return a scheme with the name of its way of HTTP in small letters, which are the same."""
    if scheme is None:
        return None
    scheme = follow(document, scheme)
    values = {key: child.value for key, child in scheme.children().items()}
    if isinstance(values.get("scheme"), str):
        values["scheme"] = str(values["scheme"]).lower()
    return Node(values or scheme.value, scheme.place)
