"""The fields of a body as a list: type, limits, what is assumed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.catalogue import Node, resolve
from scripts.site import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = "schemas.md"


def fields(document: Node, schema: Node) -> str:
    """Return the fields of an object, or the elements of an array, as a Markdown list."""
    return "\n".join(_fields(document, schema, ""))


def _fields(document: Node, schema: Node, indent: str) -> Iterator[str]:
    whole = resolve(document, schema)
    if whole.get("type") == "array":
        yield from _fields(document, whole["items"], indent)
        return
    for name, prop in whole.get("properties", {}).items():
        needed = "required" if name in whole.get("required", ()) else "optional"
        if name in whole.get("required", ()) and _guessed(whole, "required"):
            needed = f"required {facts.MARK}"
        kind = facts.type_of(document, prop)
        yield f"{indent}- **`{name}`**: {kind}, {needed}. {_about(document, prop)}"
        yield from _details(document, prop, indent + "  ")


def _about(document: Node, prop: Node) -> str:
    text = " ".join(facts.described(document, prop).split())
    name = facts.reference(prop)
    link = f" Schema [{name}]({SCHEMAS}#{name.lower()})." if name else ""
    return f"{text}{link}"


def _details(document: Node, prop: Node, indent: str) -> Iterator[str]:
    for limit in facts.limits(document, prop):
        yield f"{indent}- {limit[0].upper()}{limit[1:]}"
    target = resolve(document, prop)
    yield from texts(document, target, indent)
    nested = target["items"] if target.get("type") == "array" else target
    if resolve(document, nested).get("properties"):
        yield f"{indent}- With these fields:"
        yield from _fields(document, nested, indent + "  ")


def texts(document: Node, schema: Node, indent: str = "") -> Iterator[str]:
    """Yield the texts that a string, or the strings of an array, can be."""
    schema = resolve(document, schema)
    for each in (schema, resolve(document, schema.get("items", {}))):
        guessed = {text for entry in facts.assumptions(each) for text in entry.of}
        found = each.get("x-extensible-enum", ())
        if found:
            yield f"{indent}- Texts:"
        for text in found:
            mark = f" {facts.MARK}" if text in guessed else ""
            yield f"{indent}  - {facts.code(text)}{mark}"


def reasons(document: Node, *nodes: Node) -> str:
    """Return why each assumption of some objects, and of what they refer to, was made."""
    told = list[str]()
    seen = list[int]()
    for node in nodes:
        _collect(document, node, told, seen)
    return "\n".join(told)


def _collect(document: Node, node: Node, told: list[str], seen: list[int]) -> None:
    target = resolve(document, node)
    key = id(document["components"]["schemas"].get(facts.reference(node) or "", node))
    if key in seen:
        return
    seen.append(key)
    for each in facts.assumptions(target):
        about = f"{facts.listed(each.of)}: " if each.of else ""
        line = f"- {about}{' '.join(each.reason.split())}"
        if line not in told:
            told.append(line)
    for child in (*target.get("properties", {}).values(), target.get("items")):
        if child is not None:
            _collect(document, child, told, seen)


def _guessed(schema: Node, keyword: str) -> bool:
    return any(keyword in each.of for each in facts.assumptions(schema))
