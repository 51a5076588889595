"""What the document says to people: found where it stands, whoever refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scripts.changes.tree import Document, Node, same

if TYPE_CHECKING:
    from collections.abc import Iterator

# From each key that no program reads to the rule that a change of it falls under.
WORDS = {
    **dict.fromkeys(
        (
            *("$comment", "contact", "description", "externalDocs", "license", "summary"),
            *("termsOfService", "title"),
        ),
        "words",
    ),
    "example": "example",
    "examples": "example",
    "tags": "tags",
    "x-assumption": "source",
    "x-documents": "source",
    "x-evidence": "source",
    "x-source": "source",
}
# Their keys are names that somebody chose, so that a property may be called `description`.
NAMED = frozenset(
    {
        *("$defs", "callbacks", "content", "definitions", "dependencies", "dependentSchemas"),
        *("encoding", "headers", "links", "mapping", "parameters", "pathItems", "paths"),
        *("patternProperties", "properties", "requestBodies", "responses", "schemas", "scopes"),
        *("securitySchemes", "variables", "webhooks"),
    }
)
DATA = frozenset({"const", "default", "dependentRequired", "enum", "required", "security"})


def is_data(key: str) -> bool:
    """Whether the value of a keyword is data: a key in it is no keyword."""
    return key in DATA or (key.startswith("x-") and key not in WORDS)


def changed(
    old: Node, new: Node, *, named: bool = False
) -> Iterator[tuple[str, Node | None, Node | None]]:
    """Yield the rule and both sides of every change of words between two nodes."""
    before, after = old.children(), new.children()
    is_moved = not same(before.get("$ref"), after.get("$ref"))
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        # The words of what was written here stand elsewhere then, or come from there.
        if is_moved and (one is None or other is None):
            continue
        if key in WORDS and not named:
            yield from entries(WORDS[key], one, other)
        elif one is not None and other is not None and (named or not is_data(key)):
            yield from changed(one, other, named=not named and key in NAMED)
    yield from (
        change for pair in aligned(old.elements(), new.elements()) for change in changed(*pair)
    )


def entries(
    rule: str, old: Node | None, new: Node | None
) -> Iterator[tuple[str, Node | None, Node | None]]:
    """Yield a changed text, or the changed ones of a mapping of examples."""
    before, after = (node.children() if node else {} for node in (old, new))
    if rule == "example" and before and after:
        for name in sorted(before.keys() | after.keys()):
            if not same(before.get(name), after.get(name)):
                yield rule, before.get(name), after.get(name)
    elif not same(old, new):
        yield rule, old, new


def aligned(old: list[Node], new: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Yield the elements of two lists that are the same one, by name or else by position."""
    named = {identity(node, index): node for index, node in enumerate(old)}
    for index, node in enumerate(new):
        if (partner := named.get(identity(node, index))) is not None:
            yield partner, node


def identity(node: Node, index: int) -> tuple[object, ...]:
    """Return what an element of a list is known by."""
    children = node.children()
    known = tuple(
        str(children[key].value) for key in ("$ref", "in", "name", "url") if key in children
    )
    return known or (index,)


def without(value: object, *, named: bool = False) -> object:
    """Return a value without its words."""
    if isinstance(value, dict):
        return {
            key: child
            if is_data(key) and not named
            else without(child, named=not named and key in NAMED)
            for key, child in cast("Document", value).items()
            if named or key not in WORDS
        }
    if isinstance(value, list):
        return [without(child) for child in cast("list[object]", value)]
    return value
