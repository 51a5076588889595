"""What a schema demands, however it is written: references followed, `allOf` merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.changes.tree import Document, Node, at, follow, same
from scripts.changes.words import WORDS

# The keyword of what is no mapping, such as `false`, which lets nothing through.
UNREADABLE = ""
# Two of one of these in two branches mean something else than both in one.
SCOPED = frozenset({"additionalProperties", "unevaluatedProperties", "unevaluatedItems"})


@dataclass(slots=True)
class Schema:
    """A schema taken apart.

    Attributes:
        keywords: What it demands, but for what follows, each where it is written.
        properties: Its properties.
        required: The properties that it demands, each with the list that names it.
        branches: What of `allOf` could not be merged.
    """

    keywords: dict[str, Node] = field(default_factory=dict[str, Node])
    properties: dict[str, Node] = field(default_factory=dict[str, Node])
    required: dict[str, Node] = field(default_factory=dict[str, Node])
    branches: list[Node] = field(default_factory=list[Node])

    @property
    def is_closed(self) -> bool:
        """Whether it rules other properties out."""
        others = self.keywords.get("additionalProperties")
        return others is not None and others.value is False


def effective(document: Document, node: Node, seen: frozenset[str] = frozenset()) -> Schema:
    """Return what a schema demands; `UNREADABLE` is a keyword of what is none."""
    if node.value is True:
        return Schema()
    if not isinstance(node.value, dict):
        return Schema({UNREADABLE: node})
    schema, parts = _own(document, node, seen)
    for part, known in parts:
        inner = effective(document, part, known)
        if _fits(schema, inner):
            schema.keywords |= inner.keywords
            schema.properties |= inner.properties
            schema.required = {**inner.required, **schema.required}
            schema.branches += inner.branches
        else:
            schema.branches.append(part)
    return schema


def _own(
    document: Document, node: Node, seen: frozenset[str]
) -> tuple[Schema, list[tuple[Node, frozenset[str]]]]:
    own = {key: child for key, child in node.children().items() if key not in WORDS}
    parts: list[tuple[Node, frozenset[str]]] = []
    reference = own.get("$ref")
    if reference is not None and isinstance(reference.value, str) and reference.value not in seen:
        target = at(document, reference.value)
        if target is not None:
            del own["$ref"]
            parts.append((target, seen | {reference.value}))
    if "allOf" in own and isinstance(own["allOf"].value, list):
        parts += [(part, seen) for part in own.pop("allOf").elements()]
    schema = Schema(own)
    if "properties" in own and isinstance(own["properties"].value, dict):
        schema.properties = own.pop("properties").children()
    if "required" in own and isinstance(own["required"].value, list):
        lists = own.pop("required")
        schema.required = {str(name.value): lists for name in lists.elements()}
    return schema, parts


def _fits(schema: Schema, inner: Schema) -> bool:
    """Whether one mapping of keywords can say what two schemas say."""
    for one, other in ((schema, inner), (inner, schema)):
        if SCOPED & one.keywords.keys() and other.properties:
            return False
    return all(
        same(mine[key], node)
        for mine, theirs in (
            (schema.keywords, inner.keywords),
            (schema.properties, inner.properties),
        )
        for key, node in theirs.items()
        if key in mine
    )


def plain(document: Document, node: Node, seen: frozenset[str] = frozenset()) -> object:
    """Return a value with its references followed and without words, to be compared as a whole."""
    if isinstance(node.value, dict):
        reference = node.children().get("$ref")
        if reference is not None and str(reference.value) not in seen:
            target = follow(document, node)
            if target is not node:
                return plain(document, target, seen | {str(reference.value)})
        return {
            key: plain(document, child, seen)
            for key, child in node.children().items()
            if key not in WORDS
        }
    if isinstance(node.value, list):
        return [plain(document, child, seen) for child in node.elements()]
    return node.value
