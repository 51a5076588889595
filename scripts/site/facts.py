"""What the document says about one schema or object, and whether a page or a guess says it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from scripts.catalogue import Node, referred, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = '<mark class="assumed">assumed</mark>'


@dataclass(frozen=True, slots=True)
class Assumption:
    """What no page states.

    Attributes:
        of: The keywords or messages that are assumed; empty if the whole object is.
        reason: Why this was chosen.
    """

    of: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is documented.

    Attributes:
        title: The title of the page.
        url: Its address.
        section: The section of the page.
        evidence: The letters of the copies that show it.
        of: The keywords that it supports; empty if the whole object is meant.
    """

    title: str
    url: str
    section: str
    evidence: tuple[str, ...]
    of: tuple[str, ...] = ()

    def markdown(self) -> str:
        """The source as a sentence's part, with a link."""
        about = f", for {listed(self.of)}" if self.of else ""
        copies = "copies" if len(self.evidence) > 1 else "copy"
        shown = f"[{copies} {', '.join(self.evidence)}](evidence.md#copies-of-the-pages)"
        return f"[{self.title}]({self.url}), section “{self.section}” ({shown}){about}"


def assumptions(node: Node) -> list[Assumption]:
    """Return what an object says that no page states."""
    found = node.get("x-assumption", [])
    if isinstance(found, str):
        return [Assumption((), found.strip())]
    entries = cast("list[Node]", found)
    return [Assumption(tuple(each["of"]), each["reason"].strip()) for each in entries]


def inherited(document: Node, schema: Node) -> list[Assumption]:
    """Return what a value and what it refers to say that no page states."""
    found = assumptions(schema)
    for target in (schema, *schema.get("allOf", ())):
        if "$ref" in target:
            found += inherited(document, referred(document, target["$ref"]))
    return found


def sources(document: Node, node: Node) -> list[Source]:
    """Return where an object says it is documented."""
    return [
        Source(
            document["x-documents"][each["document"]]["title"],
            document["x-documents"][each["document"]]["url"],
            each["section"],
            tuple(each["evidence"]),
            tuple(each.get("of", ())),
        )
        for each in node.get("x-source", ())
    ]


def supported(document: Node, node: Node) -> str:
    """Return the sentence that says where an object is documented; empty if it does not say."""
    told = [source.markdown() for source in sources(document, node)]
    return f"Documented in {'; '.join(told)}." if told else ""


def type_of(document: Node, schema: Node) -> str:
    """Return the type of a value in words."""
    schema = resolve(document, schema)
    if "const" in schema:
        return f"always `{json.dumps(schema['const'])}`"
    kind = str(schema.get("type", "any value"))
    if kind == "array":
        items = type_of(document, schema["items"])
        return f"array of {items}s"
    return kind


def limits(document: Node, schema: Node) -> Iterator[str]:
    """Yield each limit of a value in words, marked where it is assumed."""
    guessed = {keyword for each in inherited(document, schema) for keyword in each.of}
    schema = resolve(document, schema)

    def told(text: str, *keywords: str) -> str:
        return f"{text} {MARK}" if guessed & set(keywords) else text

    if "enum" in schema:
        yield told(f"one of {listed(schema['enum'])}", "enum")
    if "default" in schema:
        yield f"if absent, {listed([schema['default']])}"
    for unit, least, most in (
        ("characters", "minLength", "maxLength"),
        ("elements", "minItems", "maxItems"),
        ("fields", "minProperties", "maxProperties"),
    ):
        if least in schema or most in schema:
            yield told(_span(schema.get(least), schema.get(most), unit), least, most)
    if "format" in schema:
        yield told(f"format `{schema['format']}`", "format")
    if "pattern" in schema:
        yield told(f"matches {code(schema['pattern'])}", "pattern")
    if "additionalProperties" in schema:
        others = "are ignored" if schema["additionalProperties"] else "do not occur"
        yield told(f"other fields {others}", "additionalProperties")


def _span(least: int | None, most: int | None, unit: str) -> str:
    if least == most:
        return f"exactly {least} {unit if least != 1 else unit.removesuffix('s')}"
    if most is None:
        return f"{least} or more {unit}"
    return f"{least} to {most} {unit}" if least else f"at most {most} {unit}"


def described(document: Node, schema: Node) -> str:
    """Return the description of a value: its own, or that of its type if it has none."""
    return str(resolve(document, schema).get("description", "")).strip()


def reference(schema: Node) -> str | None:
    """Return the name of the schema that a value refers to, None if it stands for itself."""
    for target in (schema, *schema.get("allOf", ())):
        if "$ref" in target:
            return str(target["$ref"]).rpartition("/")[2]
    return None


def code(text: object) -> str:
    """Return a text as code in Markdown, with as many backticks as it takes."""
    shown = str(text)
    ticks = "`" * (1 + max((len(run) for run in _runs(shown)), default=0))
    edge = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{edge}{shown}{edge}{ticks}"


def _runs(text: str) -> list[str]:
    return [run for run in "".join(c if c == "`" else " " for c in text).split() if run]


def listed(values: Iterable[object]) -> str:
    """Return values as code, with commas between them."""
    return ", ".join(code(each) for each in values)


def block(value: object) -> str:
    """Return a value as a block of JSON."""
    return f"```json\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```"
