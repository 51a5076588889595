"""What a schema demands, however it is written: references followed, `allOf` merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.changes import values
from scripts.changes.tree import Document, Node, Place, at, canonical, same
from scripts.changes.words import WORDS

# The keyword of what is no mapping, such as `false`, which lets nothing through.
UNREADABLE = ""
# They see into everything beside them, however deep.
UNEVALUATED = frozenset({"unevaluatedItems", "unevaluatedProperties"})
# Keywords that see each other: from two branches they mean something else than in one.
GROUPS = (
    frozenset({"additionalProperties", "patternProperties", "properties"}),
    frozenset({"contains", "items", "maxContains", "minContains", "prefixItems"}),
    frozenset({"else", "if", "then"}),
    frozenset({"contentEncoding", "contentMediaType", "contentSchema"}),
    frozenset({"discriminator", "oneOf"}),
)
# What holds anyway, as a canonical text.
NEUTRAL = {
    "additionalProperties": ("true", "{}"),
    **dict.fromkeys(("deprecated", "readOnly", "uniqueItems", "writeOnly"), ("false",)),
}


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

    @property
    def is_class(self) -> bool:
        """Whether generated code has a class, or a type of its own, for it."""
        kinds = self.keywords.get("type", Node(None, ()))
        return (
            bool(self.properties)
            or "enum" in self.keywords
            or any(kind.value == "object" for kind in kinds.elements() or [kinds])
        )


def pair(old: Document, one: Node, new: Document, other: Node) -> tuple[Schema, Schema]:
    """Return what two schemas demand.

    `anyOf` or `oneOf` with a single branch, where the other schema has none, is as good as `allOf`.
    """
    before, after = effective(old, one), effective(new, other)
    single = frozenset(
        key for key in ("anyOf", "oneOf") if (key in before.keywords) != (key in after.keywords)
    )
    if single:
        before, after = effective(old, one, single), effective(new, other, single)
    return before, after


def effective(
    document: Document,
    node: Node,
    single: frozenset[str] = frozenset(),
    merged: set[Place] | None = None,
) -> Schema:
    """Return what a schema demands; `UNREADABLE` is a keyword of what is none."""
    if node.value is True:
        return Schema()
    if not isinstance(node.value, dict):
        return Schema({UNREADABLE: node})
    merged = set() if merged is None else merged
    merged.add(node.place)
    schema, parts = _own(document, node, single)
    for part in parts:
        # Demanded twice is demanded once, and a circle ends here.
        if part.place in merged:
            continue
        inner = effective(document, part, single, merged)
        if _fits(schema, inner):
            for key, found in inner.keywords.items():
                mine = schema.keywords.get(key)
                both = values.tighter(key, mine, found) if mine else found
                schema.keywords[key] = both or found
            schema.properties |= inner.properties
            schema.required = {**inner.required, **schema.required}
            schema.branches += inner.branches
        else:
            schema.branches.append(part)
    return schema


def _own(document: Document, node: Node, single: frozenset[str]) -> tuple[Schema, list[Node]]:
    own = {
        key: child
        for key, child in node.children().items()
        if key not in WORDS and canonical(child.value) not in NEUTRAL.get(key, ())
    }
    parts: list[Node] = []
    reference = own.get("$ref")
    if reference is not None and isinstance(reference.value, str):
        target = at(document, reference.value)
        if target is not None:
            del own["$ref"]
            parts.append(target)
    for key in ("allOf", *sorted(single)):
        if key in own and isinstance(own[key].value, list):
            branches = own[key].elements()
            if key == "allOf" or (len(branches) == 1 and "discriminator" not in own):
                del own[key]
                parts += branches
    schema = Schema(own)
    if "properties" in own and isinstance(own["properties"].value, dict):
        schema.properties = own.pop("properties").children()
    if "required" in own and isinstance(own["required"].value, list):
        lists = own.pop("required")
        schema.required = {str(name.value): lists for name in lists.elements()}
    return schema, parts


def _fits(schema: Schema, inner: Schema) -> bool:
    """Whether one mapping of keywords can say what two schemas say."""
    mine, theirs = (
        one.keywords.keys() | ({"properties"} if one.properties else set[str]())
        for one in (schema, inner)
    )
    if not (mine and theirs):
        return True
    if UNEVALUATED & (mine | theirs):
        return False
    for group in GROUPS:
        if group & mine and group & theirs and len(group & (mine | theirs)) > 1:
            return False
    return all(
        values.tighter(key, schema.keywords[key], node) is not None
        for key, node in inner.keywords.items()
        if key in schema.keywords
    ) and all(
        same(schema.properties[name], node)
        for name, node in inner.properties.items()
        if name in schema.properties
    )


def name(document: Document, node: Node) -> Node | None:
    """Return what generated code calls a schema, with its place; nothing if it makes up a name."""
    seen = set[Place]()
    while node.place not in seen:
        seen.add(node.place)
        children = node.children()
        choices = [
            choice
            for key in ("allOf", "anyOf", "oneOf")
            for choice in children.get(key, Node([], ())).elements()
        ]
        # A single reference in such a list is a reference.
        if "$ref" not in children and len(choices) == 1:
            children = choices[0].children() if "$ref" in choices[0].children() else children
        reference = children.get("$ref")
        if reference is not None and isinstance(reference.value, str):
            node = at(document, reference.value) or node
    title = node.children().get("title")
    if title is not None and isinstance(title.value, str):
        return title
    is_component = node.place[:2] == ("components", "schemas")
    return Node(node.place[2], node.place) if is_component and len(node.place) == 3 else None  # noqa: PLR2004 - `components`, `schemas`, and the name
