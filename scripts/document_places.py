"""Where the parts of an OpenAPI document stand.

A name may be anything: a property may be called `example` or `content`. What a mapping is follows
from its place alone, by the table `INSIDE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from scripts.catalogue import METHODS, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

Pointer = tuple[str, ...]

# From the kind of a mapping to its keywords and what stands under each. `*` after a kind: many of
# it, in a list or under names. A kind without an entry has nothing inside that matters here.
INSIDE: dict[str, dict[str, str]] = {
    "document": {
        "info": "info",
        "servers": "server*",
        "tags": "tag*",
        "paths": "path item*",
        "webhooks": "path item*",
        "components": "components",
    },
    "components": {
        "callbacks": "callback*",
        "examples": "example*",
        "headers": "header*",
        "links": "link*",
        "parameters": "parameter*",
        "pathItems": "path item*",
        "requestBodies": "request body*",
        "responses": "response*",
        "schemas": "schema*",
        "securitySchemes": "security scheme*",
    },
    "path item": {
        **dict.fromkeys(METHODS, "operation"),
        "parameters": "parameter*",
        "servers": "server*",
    },
    "operation": {
        "parameters": "parameter*",
        "requestBody": "request body",
        "responses": "response*",
        "callbacks": "callback*",
        "servers": "server*",
    },
    "request body": {"content": "media type*"},
    "response": {"content": "media type*", "headers": "header*", "links": "link*"},
    "parameter": {"schema": "schema", "content": "media type*", "examples": "example*"},
    "header": {"schema": "schema", "content": "media type*", "examples": "example*"},
    "media type": {"schema": "schema", "examples": "example*", "encoding": "encoding*"},
    "encoding": {"headers": "header*"},
    "schema": {
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "schema*"),
        **dict.fromkeys(
            ("$defs", "dependentSchemas", "patternProperties", "properties"), "schema*"
        ),
        **dict.fromkeys(("additionalProperties", "contains", "contentSchema", "else"), "schema"),
        **dict.fromkeys(("if", "items", "not", "propertyNames", "then"), "schema"),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), "schema"),
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: the place as a JSON pointer's parts, what is wrong, and the remedy."""

    pointer: Pointer
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return the finding as one line, the place first."""
        parts = (part.replace("~", "~0").replace("/", "~1") for part in self.pointer)
        return f"#/{'/'.join(parts)}: {self.message} {self.remedy}"


def walk(
    node: Node, kind: str = "document", pointer: Pointer = ()
) -> Iterator[tuple[str, Pointer, Node]]:
    """Yield kind, place and mapping of a node and of all parts inside."""
    yield kind, pointer, node
    for keyword, value in node.items():
        # A callback has expressions for keywords, and path items under them.
        inside = "path item" if kind == "callback" else INSIDE.get(kind, {}).get(keyword)
        if inside is None:
            continue
        children: list[tuple[Pointer, object]] = [((), value)]
        if inside.endswith("*"):
            children = [((name,), child) for name, child in _named(value)]
        for path, child in children:
            if isinstance(child, dict):
                place = (*pointer, keyword, *path)
                yield from walk(cast("Node", child), inside.removesuffix("*"), place)


def _named(value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return list(cast("Node", value).items())
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [(str(index), item) for index, item in enumerate(items)]


def of_kind(document: Node, *kinds: str) -> Iterator[tuple[Pointer, Node]]:
    """Yield place and mapping of each part of these kinds that is written out, no reference.

    A schema counts with its `$ref` too: other keywords may stand beside it.
    """
    for kind, pointer, node in walk(document):
        if kind in kinds and (kind == "schema" or "$ref" not in node):
            yield pointer, node
