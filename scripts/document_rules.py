"""Rules that `openapi.yaml` keeps and that no off-the-shelf linter knows.

A rule takes the whole document and yields findings. They guard provenance: every operation,
response and schema says where it comes from (`x-source`) or that it is assumed (`x-assumption`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import jsonschema_rs

from scripts.catalogue import METHODS, Node, referred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Pointer = tuple[str, ...]

# Keywords that refuse values. Prose rarely states them, so each one says who did.
CONSTRAINTS = frozenset(
    {
        "additionalProperties",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    }
)


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


def walk(node: object, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Node]]:
    """Yield every mapping of the document with its place, examples left out."""
    if isinstance(node, dict):
        mapping = cast("Node", node)
        yield pointer, mapping
        for key, value in mapping.items():
            if key not in {"example", "examples", "default", "const", "enum"}:
                yield from walk(value, (*pointer, key))
    elif isinstance(node, list):
        for index, value in enumerate(cast("list[object]", node)):
            yield from walk(value, (*pointer, str(index)))


def operations(document: Node) -> Iterator[tuple[Pointer, Node]]:
    """Yield the operations of `paths` and of `webhooks`."""
    for section in ("paths", "webhooks"):
        for name, item in document.get(section, {}).items():
            for method in item.keys() & METHODS:
                yield (section, name, method), item[method]


def responses(document: Node) -> Iterator[tuple[Pointer, Node]]:
    """Yield every response that is written out, in operations and in components."""
    for pointer, operation in operations(document):
        for status, response in operation.get("responses", {}).items():
            if "$ref" not in response:
                yield (*pointer, "responses", status), response
    for name, response in document.get("components", {}).get("responses", {}).items():
        yield ("components", "responses", name), response


def schemas(document: Node) -> Iterator[tuple[Pointer, Node]]:
    """Yield the named schemas."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        yield ("components", "schemas", name), schema


def provenance_is_given(document: Node) -> Iterator[Finding]:
    """Each operation, response and schema has `x-source` or `x-assumption`; operations a source."""
    remedy = "Add x-source, or x-assumption with the reason if no page states it."
    for pointer, operation in operations(document):
        if "x-source" not in operation:
            yield Finding(pointer, "operation without x-source.", "Name the page that shows it.")
    for pointer, node in (*responses(document), *schemas(document)):
        if not {"x-source", "x-assumption"} & node.keys():
            yield Finding(pointer, "neither x-source nor x-assumption.", remedy)


def sources_are_known(document: Node) -> Iterator[Finding]:
    """Each `x-source` names a listed page, a section, and listed evidence marks."""
    pages, marks = document.get("x-documents", {}), document.get("x-evidence", {})
    for pointer, node in walk(document):
        for index, source in enumerate(node.get("x-source", ())):
            place = (*pointer, "x-source", str(index))
            if source.get("document") not in pages:
                message = f"unknown document {source.get('document')!r}."
                yield Finding(place, message, f"Use one of x-documents: {', '.join(pages)}.")
            if not source.get("section"):
                yield Finding(place, "no section.", "Name the heading on the page.")
            evidence = source.get("evidence") or ["(none)"]
            for mark in evidence:
                if mark not in marks:
                    message = f"unknown evidence mark {mark!r}."
                    yield Finding(place, message, f"Use one of x-evidence: {', '.join(marks)}.")


def assumptions_have_reasons(document: Node) -> Iterator[Finding]:
    """Each `x-assumption` is a text, or entries of `of` and `reason` that name what is there."""
    for pointer, node in walk(document):
        assumption = node.get("x-assumption", "not given")
        if isinstance(assumption, str):
            if not assumption.strip():
                yield Finding(pointer, "empty x-assumption.", "Say why it is assumed.")
            continue
        for index, entry in enumerate(assumption):
            place = (*pointer, "x-assumption", str(index))
            if not entry.get("reason") or not entry.get("of"):
                yield Finding(place, "no `of` or no `reason`.", "Give both.")
            known = {*node, *node.get("x-extensible-enum", ())}
            for part in entry.get("of", ()):
                if part not in known:
                    message = f"`of` names {part!r}, which does not stand beside it."
                    yield Finding(place, message, "Name a keyword or a message of this object.")


def constraints_are_attributed(document: Node) -> Iterator[Finding]:
    """Each keyword that refuses values is named in the `of` of a source or an assumption."""
    for pointer, node in walk(document):
        if pointer[:1] != ("components",) or pointer[-1] == "properties":
            continue
        entries = [*node.get("x-source", ()), *_entries(node.get("x-assumption", []))]
        named = {part for entry in entries for part in entry.get("of", ())}
        for keyword in sorted(CONSTRAINTS & node.keys() - named):
            yield Finding(
                pointer,
                f"{keyword} without provenance.",
                f"Name it in the `of` of an x-source or x-assumption: of: [{keyword}].",
            )


def security_is_explicit(document: Node) -> Iterator[Finding]:
    """Each operation says whether it needs the token."""
    for pointer, operation in operations(document):
        if "security" not in operation:
            yield Finding(pointer, "no security.", "Add `bearerToken`, or [] for a push.")


def examples_are_valid(document: Node) -> Iterator[Finding]:
    """Each request and response body has named examples, and each is valid for its schema."""
    for pointer, node in walk(document):
        if len(pointer) < 2 or pointer[-2] != "content":  # noqa: PLR2004 - the parent's name
            continue
        if not node.get("examples"):
            yield Finding(pointer, "no named example.", "Add one under `examples`.")
        validator = validator_for(document, node["schema"])
        for name, example in node.get("examples", {}).items():
            value = resolve(document, example)["value"]
            for error in validator.iter_errors(value):
                place = (*pointer, "examples", name)
                yield Finding(place, f"not valid: {error.message}.", "Mend example or schema.")


def documented_messages_have_examples(document: Node) -> Iterator[Finding]:
    """Each message that a page shows stands in an example of the body that can hold it."""
    for pointer, node in walk(document):
        if len(pointer) < 2 or pointer[-2] != "content":  # noqa: PLR2004 - the parent's name
            continue
        examples = (resolve(document, each)["value"] for each in node.get("examples", {}).values())
        shown = {text for example in examples for text in _texts(example)}
        for message in _documented_messages(document, node["schema"]):
            if message not in shown:
                yield Finding(pointer, f"{message!r} is in no example.", "Add one with it.")


def _documented_messages(document: Node, schema: Node) -> Iterator[str]:
    schema = resolve(document, schema)
    assumed = {part for entry in _entries(schema.get("x-assumption", [])) for part in entry["of"]}
    yield from (text for text in schema.get("x-extensible-enum", ()) if text not in assumed)
    children = [*schema.get("allOf", ()), *schema.get("properties", {}).values()]
    if "items" in schema:
        children.append(schema["items"])
    for child in children:
        yield from _documented_messages(document, child)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(cast("Node", value).values()))
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)


def _entries(assumption: str | list[Node]) -> list[Node]:
    """Return the entries of an `x-assumption` that name their parts; a plain text names none."""
    return [] if isinstance(assumption, str) else assumption


def resolve(document: Node, node: Node) -> Node:
    """Return what a local `$ref` points to, or the node itself.

    Raises:
        KeyError: the reference leads nowhere.
    """
    while "$ref" in node:
        node = referred(document, node["$ref"])
    return node


def validator_for(document: Node, schema: Node) -> jsonschema_rs.Validator:
    """Return a JSON Schema 2020-12 validator for a schema of the document."""
    return jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})


RULES: tuple[Callable[[Node], Iterator[Finding]], ...] = (
    provenance_is_given,
    sources_are_known,
    assumptions_have_reasons,
    constraints_are_attributed,
    security_is_explicit,
    examples_are_valid,
    documented_messages_have_examples,
)


def findings(document: Node) -> list[Finding]:
    """Return what every rule finds in the document, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(document)]
