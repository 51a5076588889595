"""Rules that `openapi.yaml` keeps and that no off-the-shelf linter knows.

A rule takes the whole document, which has the form of `document_form`, and yields findings. They
guard provenance: every operation, response and schema says where it comes from (`x-source`) or that
it is assumed (`x-assumption`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scripts import document_places
from scripts.catalogue import Node, referred, resolve
from scripts.document_form import validator_for
from scripts.document_places import Finding, Pointer, of_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

SCHEMAS = ("components", "schemas")


def walk(schema: Node) -> Iterator[tuple[Pointer, Node]]:
    """Yield place and mapping of a schema and of the schemas in it, references not followed."""
    for _, pointer, node in document_places.walk(schema, "schema"):
        yield pointer, node


def provenance_is_given(document: Node) -> Iterator[Finding]:
    """Each operation has a source, and all that is named or answered a source or an assumption."""
    remedy = "Add x-source, or x-assumption with the reason if no page states it."
    for pointer, operation in of_kind(document, "operation"):
        if not operation.get("x-source"):
            yield Finding(pointer, "operation without x-source.", "Name the page that shows it.")
    # A schema that has no name belongs to what it stands in.
    named = ((place, node) for place, node in of_kind(document, "schema") if place[:-1] == SCHEMAS)
    others = of_kind(document, "header", "parameter", "response", "security scheme")
    for pointer, node in (*others, *named):
        if not node.get("x-source") and not node.get("x-assumption"):
            yield Finding(pointer, "neither x-source nor x-assumption.", remedy)


def sources_are_known(document: Node) -> Iterator[Finding]:
    """Each `x-source` names a listed page and listed evidence marks."""
    pages, marks = document["x-documents"], document["x-evidence"]
    for _, pointer, node in document_places.walk(document):
        for index, source in enumerate(node.get("x-source", ())):
            place = (*pointer, "x-source", str(index))
            if source["document"] not in pages:
                message = f"unknown document {source['document']!r}."
                yield Finding(place, message, f"Use one of x-documents: {', '.join(pages)}.")
            for mark in source["evidence"]:
                if mark not in marks:
                    message = f"unknown evidence mark {mark!r}."
                    yield Finding(place, message, f"Use one of x-evidence: {', '.join(marks)}.")


def parts_stand_beside(document: Node) -> Iterator[Finding]:
    """Each `of` names a keyword or a message of the object that it is about."""
    for _, pointer, node in document_places.walk(document):
        known = {*node, *node.get("x-extensible-enum", ())}
        for name in ("x-source", "x-assumption"):
            for index, entry in enumerate(_entries(node.get(name, []))):
                for part in entry.get("of", ()):
                    if part not in known:
                        place = (*pointer, name, str(index))
                        message = f"`of` names {part!r}, which does not stand beside it."
                        yield Finding(place, message, "Name a keyword or a message of this object.")


def constraints_are_attributed(document: Node) -> Iterator[Finding]:
    """Each keyword that refuses values is named in the `of` of a source or an assumption."""
    for pointer, node in of_kind(document, "schema"):
        entries = [*node.get("x-source", ()), *_entries(node.get("x-assumption", []))]
        named = {part for entry in entries for part in entry.get("of", ())}
        for keyword in sorted(CONSTRAINTS & node.keys() - named):
            yield Finding(
                pointer,
                f"{keyword} without provenance.",
                f"Name it in the `of` of an x-source or x-assumption: of: [{keyword}].",
            )


def security_is_explicit(document: Node) -> Iterator[Finding]:
    """Each operation says whether it needs the token: a call does, a push does not."""
    known = document.get("components", {}).get("securitySchemes", {})
    remedy = "Add `bearerToken`, or [] for a push."
    for pointer, operation in of_kind(document, "operation"):
        security = operation.get("security")
        is_push = pointer[0] == "webhooks" or "callbacks" in pointer
        if security is None:
            yield Finding(pointer, "no security.", remedy)
        elif not is_push and not (security and all(security)):
            yield Finding((*pointer, "security"), "a call without a token.", "Add `bearerToken`.")
        for name in (name for requirement in security or () for name in requirement):
            if name not in known:
                message = f"unknown security scheme {name!r}."
                yield Finding((*pointer, "security"), message, f"Use one of: {', '.join(known)}.")


def bodies_have_examples(document: Node) -> Iterator[Finding]:
    """Each body of a request or an answer has a schema, and named examples that are written out."""
    for pointer, media in of_kind(document, "media type"):
        if not isinstance(media.get("schema"), dict):
            yield Finding(pointer, "no schema.", "Add one under `schema`.")
        if not media.get("examples"):
            yield Finding(pointer, "no named example.", "Add one under `examples`.")
    for pointer, example in of_kind(document, "example"):
        if "value" not in example:
            yield Finding(pointer, "an example without a value.", "Write it out under `value`.")


def examples_are_valid(document: Node) -> Iterator[Finding]:
    """Each example is valid for the schema that it is an example of."""
    for pointer, schema, value in _examples(document):
        for error in validator_for(document, schema).iter_errors(value):
            yield Finding(pointer, f"not valid: {error.message}.", "Mend example or schema.")


def _examples(document: Node) -> Iterator[tuple[Pointer, Node, object]]:
    """Yield the place of each example, the schema that it is for, and its value."""
    for pointer, schema in of_kind(document, "schema"):
        for index, value in enumerate(schema.get("examples", ())):
            yield (*pointer, "examples", str(index)), schema, value
        if "example" in schema:
            yield (*pointer, "example"), schema, schema["example"]
    for pointer, holder in of_kind(document, "header", "media type", "parameter"):
        schema = _schema(holder)
        if "example" in holder:
            yield (*pointer, "example"), schema, holder["example"]
        for name, reference in holder.get("examples", {}).items():
            example = resolve(document, reference)
            if "value" in example:
                yield (*pointer, "examples", name), schema, example["value"]


def shared_examples_are_used(document: Node) -> Iterator[Finding]:
    """Each example in components is one of a body, where it is held to a schema."""
    used = {
        node["$ref"]
        for kind, _, node in document_places.walk(document)
        if kind == "example" and "$ref" in node
    }
    for pointer, _ in of_kind(document, "example"):
        reference = f"#/{'/'.join(pointer)}"
        if (
            pointer[0] == "components"
            and len(pointer) == len(SCHEMAS) + 1
            and reference not in used
        ):
            yield Finding(pointer, "no body refers to it.", "Refer to it, or leave it out.")


def documented_messages_have_examples(document: Node) -> Iterator[Finding]:
    """Each message that a page shows stands in an example of the body that can hold it."""
    for pointer, media in of_kind(document, "media type"):
        examples = (resolve(document, each) for each in media.get("examples", {}).values())
        shown = {text for example in examples for text in _texts(example.get("value"))}
        for message in _documented(document, _schema(media)):
            if message not in shown:
                yield Finding(pointer, f"{message!r} is in no example.", "Add one with it.")


def _documented(document: Node, start: Node) -> list[str]:
    """Return the messages that pages show for a schema, each once."""
    messages, waiting, seen = dict[str, None](), [start], set[str]()
    while waiting:
        for _, schema in walk(waiting.pop()):
            entries = _entries(schema.get("x-assumption", []))
            assumed = {part for entry in entries for part in entry["of"]}
            listed = schema.get("x-extensible-enum", ())
            messages.update(dict.fromkeys(text for text in listed if text not in assumed))
            reference = schema.get("$ref")
            if reference is not None and reference not in seen:
                seen.add(reference)
                waiting.append(referred(document, reference))
    return list(messages)


def _schema(holder: Node) -> Node:
    """Return the schema of a body or a parameter; without one anything goes, as with `true`."""
    schema: object = holder.get("schema")
    return cast("Node", schema) if isinstance(schema, dict) else {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(cast("Node", value).values()))
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _texts(item)


def _entries(provenance: str | list[Node]) -> list[Node]:
    """Return the entries of an extension that name their parts; a plain text names none."""
    return [] if isinstance(provenance, str) else provenance


RULES: tuple[Callable[[Node], Iterator[Finding]], ...] = (
    provenance_is_given,
    sources_are_known,
    parts_stand_beside,
    constraints_are_attributed,
    security_is_explicit,
    bodies_have_examples,
    examples_are_valid,
    shared_examples_are_used,
    documented_messages_have_examples,
)


def findings(document: Node) -> list[Finding]:
    """Return what every rule finds in the document, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(document)]
