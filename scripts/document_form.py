"""The form that the rules of `document_rules` rely on: extensions, references and schemas.

They are what the OpenAPI Specification leaves open, or what no validator looks into. A document
is asked for its form first, and for the rules if it has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs

from scripts.document_places import INSIDE, Finding, Pointer, of_kind, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Node

_WORDS = {"type": "string", "pattern": r"\S"}
_NAMES = {"type": "array", "minItems": 1, "items": _WORDS}
_TEXTS = {"type": "array", "items": {"type": "string"}}

# Each extension with its JSON Schema and an example of it.
EXTENSIONS: dict[str, tuple[Node, str]] = {
    "x-source": (
        {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["document", "section", "evidence"],
                "properties": {
                    "document": _WORDS,
                    "section": _WORDS,
                    "evidence": _NAMES,
                    "of": _NAMES,
                },
                "additionalProperties": False,
            },
        },
        "[{document: PAGE, section: HEADING, evidence: [MARK]}], with of: [KEYWORD] for a part",
    ),
    "x-assumption": (
        {
            "if": {"type": "string"},
            "then": _WORDS,
            "else": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["of", "reason"],
                    "properties": {"of": _NAMES, "reason": _WORDS},
                    "additionalProperties": False,
                },
            },
        },
        "the reason as a text, or [{of: [KEYWORD], reason: REASON}]",
    ),
    "x-extensible-enum": (_TEXTS, "[MESSAGE]"),
    "x-documents": ({"type": "object"}, "{PAGE: {title: TITLE, url: URL}}"),
    "x-evidence": ({"type": "object"}, "{MARK: MEANING}"),
}
_VALIDATORS = {
    name: jsonschema_rs.Draft202012Validator(schema) for name, (schema, _) in EXTENSIONS.items()
}

# From a kind to the section of components that holds it.
SECTIONS = {kind.removesuffix("*"): section for section, kind in INSIDE["components"].items()}

# Keywords that hold the same value to another schema. A circle of them has no end.
SAME_VALUE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else"})


def extensions_have_their_form(document: Node) -> Iterator[Finding]:
    """Each extension, wherever it stands, has the members that the rules read."""
    for name in ("x-documents", "x-evidence"):
        if name not in document:
            yield Finding((), f"no {name}.", f"Write {name}: {EXTENSIONS[name][1]}.")
    for _, pointer, node in walk(document):
        for name in EXTENSIONS.keys() & node.keys():
            for error in _VALIDATORS[name].iter_errors(node[name]):
                place = (*pointer, name, *map(str, error.instance_path))
                yield Finding(place, f"{error.message}.", f"Write {EXTENSIONS[name][1]}.")


def references_lead_somewhere(document: Node) -> Iterator[Finding]:
    """Each `$ref` leads to a part of the same kind in this document, and to an end."""
    parts = {pointer: (kind, node) for kind, pointer, node in walk(document)}
    for pointer, (kind, node) in parts.items():
        if "$ref" not in node:
            continue
        place, target = (*pointer, "$ref"), _target(node["$ref"])
        if target not in parts or parts[target][0] != kind:
            message = f"{node['$ref']!r} leads to no {kind} in this document."
            section = SECTIONS.get(kind, "schemas")
            yield Finding(place, message, f"Name one, such as #/components/{section}/NAME.")
        elif pointer in _same_value(parts, target):
            message = f"{node['$ref']!r} leads back to where it stands, without an end."
            yield Finding(place, message, "Write out what stands here.")


def _target(reference: object) -> Pointer:
    parts = str(reference).split("/")
    # An external reference keeps its first part, and no place begins with one.
    return tuple(
        part.replace("~1", "/").replace("~0", "~")
        for part in (parts[1:] if parts[0] == "#" else parts)
    )


def _same_value(parts: dict[Pointer, tuple[str, Node]], start: Pointer) -> set[Pointer]:
    """Return the places of all that holds for the same value as the part at the start."""
    waiting, seen = [start], set[Pointer]()
    while waiting:
        pointer = waiting.pop()
        if pointer in seen or pointer not in parts:
            continue
        seen.add(pointer)
        kind, node = parts[pointer]
        if "$ref" in node:
            waiting.append(_target(node["$ref"]))
        if kind == "schema":
            for keyword in SAME_VALUE & node.keys():
                waiting.append((*pointer, keyword))
                many = node[keyword] if isinstance(node[keyword], list) else ()
                waiting.extend((*pointer, keyword, str(index)) for index, _ in enumerate(many))
    return seen


def schemas_can_be_used(document: Node) -> Iterator[Finding]:
    """Each schema is one: its keywords have values that JSON Schema allows."""
    for pointer, schema in of_kind(document, "schema"):
        # A schema inside another one is looked at with that one.
        if pointer[:-1] != ("components", "schemas") and pointer[-1] != "schema":
            continue
        try:
            validator_for(document, schema)
        except jsonschema_rs.ValidationError as error:
            path = error.instance_path
            # What is wrong in a schema that this one refers to is told there.
            if not path or path[0] in schema:
                place = (*pointer, *map(str, path))
                yield Finding(place, f"{error.message}.", "Write what JSON Schema 2020-12 allows.")


def validator_for(document: Node, schema: Node) -> jsonschema_rs.Draft202012Validator:
    """Return a JSON Schema 2020-12 validator for a schema of the document.

    Raises:
        jsonschema_rs.ValidationError: It is no schema.
    """
    # Its references lead into the document, whose own members are no keywords of JSON Schema.
    return jsonschema_rs.Draft202012Validator({**document, **schema})


# Each relies on those before it: a schema is tried when the references in it are right.
RULES = (extensions_have_their_form, references_lead_somewhere, schemas_can_be_used)


def findings(document: Node) -> list[Finding]:
    """Return what the first rule finds that finds something."""
    for rule in RULES:
        if found := list(rule(document)):
            return found
    return []
