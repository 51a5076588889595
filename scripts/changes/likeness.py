"""Whether two values say the same: references followed, words left out."""

from __future__ import annotations

from scripts.changes.tree import Document, Node, Place, at, same
from scripts.changes.words import NAMED, WORDS, is_data

Documents = tuple[Document, Document]
# Places that are held to be alike until a difference is found, so that each is looked at once.
Seen = set[tuple[Place, Place]]
# Where the text of a reference, or the name of a schema, stands alone.
MAPPING = ("discriminator", "mapping")


def alike(documents: Documents, old: Node | None, new: Node | None) -> bool:
    """Whether two nodes, each of its document, say the same."""
    if old is None or new is None:
        return old is new
    return _entry(documents, (new.place or ("",))[-1], old, new, set())


def _entry(documents: Documents, key: str, old: Node, new: Node, seen: Seen) -> bool:
    """Compare what stands under a keyword."""
    if is_data(key):
        return same(old, new)
    if key == "scopes":
        # Each is named, and described in words.
        return old.children().keys() == new.children().keys()
    return _value(documents, old, new, seen, named=key in NAMED)


def _value(documents: Documents, old: Node, new: Node, seen: Seen, *, named: bool) -> bool:
    old, new = _target(documents[0], old), _target(documents[1], new)
    if (old.place, new.place) in seen:
        return True
    seen.add((old.place, new.place))
    values = old.value, new.value
    if all(isinstance(value, dict) for value in values):
        before, after = _meant(old, named=named), _meant(new, named=named)
        return before.keys() == after.keys() and all(
            _value(documents, node, after[key], seen, named=False)
            if named
            else _entry(documents, key, node, after[key], seen)
            for key, node in before.items()
        )
    if all(isinstance(value, list) for value in values):
        lists = old.elements(), new.elements()
        return len(lists[0]) == len(lists[1]) and all(
            _value(documents, *pair, seen, named=False) for pair in zip(*lists, strict=True)
        )
    return same(old, new)


def _meant(node: Node, *, named: bool) -> dict[str, Node]:
    return {key: child for key, child in node.children().items() if named or key not in WORDS}


def _target(document: Document, node: Node) -> Node:
    """Return what a node refers to, be it a reference, the text of one, or a name in `mapping`."""
    seen = set[Place]()
    while node.place not in seen:
        seen.add(node.place)
        reference = _reference(node)
        if reference is None:
            break
        target = at(document, reference)
        if target is None and node.place[-3:-1] == MAPPING:
            target = at(document, f"#/components/schemas/{reference}")
        node = target or node
    return node


def _reference(node: Node) -> str | None:
    inner = _meant(node, named=False)
    if inner.keys() == {"$ref"}:
        node = inner["$ref"]
    elif node.place[-1:] != ("$ref",) and node.place[-3:-1] != MAPPING:
        return None
    return node.value if isinstance(node.value, str) else None
