"""The loaded document as a tree whose nodes know where they stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote

Place = tuple[str, ...]
Document = dict[str, Any]
# Characters of a value in a message, and how many of them stand before a difference.
SHOWN = 60
LEAD = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document, and its place as the parts of a JSON pointer."""

    value: object
    place: Place

    def children(self) -> dict[str, Node]:
        """Return what a mapping holds, by key; nothing if this is none."""
        held = self.value
        if not isinstance(held, dict):
            return {}
        mapping = cast("Document", held)
        return {key: Node(value, (*self.place, key)) for key, value in mapping.items()}

    def elements(self) -> list[Node]:
        """Return what a list holds; nothing if this is none."""
        held = self.value
        if not isinstance(held, list):
            return []
        values = cast("list[object]", held)
        return [Node(value, (*self.place, str(index))) for index, value in enumerate(values)]


def pointer(place: Place) -> str:
    """Return a place as a JSON pointer with `#` in front."""
    return "#" + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in place)


def canonical(value: object) -> str:
    """Return a text that is equal for equal JSON values only: `1` is not `true`, order counts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def same(old: Node | None, new: Node | None) -> bool:
    """Whether two nodes hold the same value, or are both absent."""
    if old is None or new is None:
        return old is new
    return canonical(old.value) == canonical(new.value)


def as_json(value: object) -> object:
    """Return a loaded value as JSON knows it: `200:` is `'200':`, and `1.0` is `1`."""
    if isinstance(value, dict):
        mapping = cast("dict[object, object]", value)
        return {str(key): as_json(child) for key, child in mapping.items()}
    if isinstance(value, list):
        return [as_json(child) for child in cast("list[object]", value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def follow(document: Document, node: Node) -> Node:
    """Return what a node refers to, or itself where it refers to nothing in this document."""
    seen = set[str]()
    while isinstance(node.value, dict):
        reference = cast("Document", node.value).get("$ref")
        if not isinstance(reference, str) or reference in seen:
            return node
        seen.add(reference)
        target = at(document, reference)
        if target is None:
            return node
        node = target
    return node


def at(document: Document, reference: str) -> Node | None:
    """Return the node that a reference such as `#/components/schemas/X` names, if there is one."""
    if not reference.startswith("#/"):
        return None
    node = Node(document, ())
    for part in reference.removeprefix("#/").split("/"):
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        inner = node.children() or {child.place[-1]: child for child in node.elements()}
        if name not in inner:
            return None
        node = inner[name]
    return node


def shown(value: object, start: int = 0) -> str:
    """Return a value as a message shows it: on one line, and not long."""
    text = canonical(value)
    if len(text) <= SHOWN:
        return text
    before, after = ("…" if start else ""), ("…" if start + SHOWN < len(text) else "")
    return f"{before}{text[start : start + SHOWN]}{after}"


def printable(text: str) -> str:
    """Return a text on one line, with nothing in it that steers a terminal."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def difference(old: object, new: object) -> tuple[str, str]:
    """Return two values as a message shows them, long ones from where they begin to differ."""
    pairs = enumerate(zip(canonical(old), canonical(new), strict=False))
    start = max(0, next((index for index, (a, b) in pairs if a != b), 0) - LEAD)
    return shown(old, start), shown(new, start)
