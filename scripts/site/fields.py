"""The fields of a body as a list: type, limits, what is assumed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.catalogue import Node, referred, resolve
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
        mark = f" {facts.MARK}" if any(not each.of for each in facts.assumptions(prop)) else ""
        kind = facts.type_of(document, prop)
        yield f"{indent}- **`{name}`**: {kind}, {needed}.{_about(document, prop)}{mark}"
        yield from _details(document, prop, indent + "  ")


def _about(document: Node, prop: Node) -> str:
    text = " ".join(facts.described(document, prop).split())
    # Of a constant, the type says it all.
    about = f" {text}" if "const" not in resolve(document, prop) else ""
    name = facts.reference(prop)
    link = f" Schema [{name}]({SCHEMAS}#{name.lower()})." if name else ""
    return f"{about}{link}"


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


def reasons(document: Node, schema: Node, name: str = "") -> str:
    """Return why each assumption of a schema, and of what it is made of, was made.

    Args:
        document: The document, as loaded.
        schema: The schema.
        name: What its own assumptions are about, if it refers to no named schema.
    """
    told: dict[tuple[str, str], list[str]] = {}
    _collect(document, schema, name, told, set())
    return "\n".join(
        f"- {', '.join(subjects)}{about}: {reason}" for (about, reason), subjects in told.items()
    )


def _collect(
    document: Node,
    node: Node,
    name: str,
    told: dict[tuple[str, str], list[str]],
    seen: set[int],
) -> None:
    """Collect what is assumed of something by keywords and reason, with whom it is true of."""
    if id(node) in seen:
        return
    seen.add(id(node))
    for each in facts.assumptions(node):
        about = f", {facts.listed(each.of)}" if each.of else ""
        subjects = told.setdefault((about, " ".join(each.reason.split())), [])
        subject = facts.code(name)
        subjects += [subject] if subject not in subjects else []
    for target in (node, *node.get("allOf", ())):
        if "$ref" in target:
            named = facts.reference(target) or name
            _collect(document, referred(document, target["$ref"]), named, told, seen)
    for key, child in node.get("properties", {}).items():
        _collect(document, child, key, told, seen)
    if "items" in node:
        _collect(document, node["items"], name, told, seen)


def _guessed(schema: Node, keyword: str) -> bool:
    return any(keyword in each.of for each in facts.assumptions(schema))
