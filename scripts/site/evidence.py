"""The evidence page: what is documented and where, what is assumed and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from scripts.site import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Node

_SECTIONS = {
    "info": "All operations",
    "paths": "Operations",
    "webhooks": "Pushes",
    "components": "Components",
}


@dataclass(frozen=True, slots=True)
class Supported:
    """An object of the document that says how it is supported.

    Attributes:
        section: The part of the document, such as `paths`.
        name: What it is, in words.
        page: Where the reference shows it; empty if that is everywhere.
        node: The object.
    """

    section: str
    name: str
    page: str
    node: Node

    def markdown(self) -> str:
        """The name, as a link to where the reference has it."""
        shown = facts.code(self.name)
        return f"[{shown}]({self.page})" if self.page else shown


def supported(document: Node) -> list[Supported]:
    """Return every object of the document with `x-source` or `x-assumption`, in its order."""
    return [
        Supported(section, _name(path, node), _page(document, section, path), node)
        for section in _SECTIONS
        for path, node in _walk(document[section], ())
    ]


def _walk(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    if isinstance(node, dict):
        mapping = cast("Node", node)
        if {"x-source", "x-assumption"} & set(mapping):
            yield path, mapping
        for key, child in mapping.items():
            if not key.startswith("x-") and key not in {"example", "examples"}:
                yield from _walk(child, (*path, key))


def _name(path: tuple[str, ...], node: Node) -> str:
    if "operationId" in node:
        return f"{path[-1].upper()} {path[0]}"
    if "responses" in path and path[0] != "responses":
        return f"{path[1].upper()} {path[0]}, {path[-1]}"
    words = [each for each in path[1:] if each not in {"properties", "items"}]
    return ".".join(words)


def _page(document: Node, section: str, path: tuple[str, ...]) -> str:
    if section == "paths":
        return f"{document['paths'][path[0]][path[1]]['operationId']}.md"
    if section == "webhooks":
        return f"pushes.md#{document['webhooks'][path[0]][path[1]]['operationId'].lower()}"
    return f"schemas.md#{path[1].lower()}" if path[:1] == ("schemas",) else ""


def page(document: Node) -> str:
    """Return the evidence page in Markdown."""
    return "\n\n".join(_parts(document)) + "\n"


def _parts(document: Node) -> Iterator[str]:
    found = supported(document)
    guessed = sum(len(facts.assumptions(each.node)) for each in found)
    yield "# Evidence"
    yield (
        "Nobody here has seen the live service. What the [reference](reference.md) says is shown "
        f"by a page, or is one of {guessed} assumptions, marked {facts.MARK} there and listed here "
        "with their reasons. A deployment can be held to the former; only the mock is held to the "
        "latter."
    )
    yield "## Pages"
    yield "\n".join(
        f"- [{each['title']}]({each['url']})" for each in document["x-documents"].values()
    )
    yield "## Copies of the pages"
    yield "\n".join(f"- **{letter}**: {text}" for letter, text in document["x-evidence"].items())
    yield "## What is assumed"
    for section, title in _SECTIONS.items():
        lines = [
            f"- {_about(each, guess)}{' '.join(guess.reason.split())}"
            for each in found
            if each.section == section
            for guess in facts.assumptions(each.node)
        ]
        if lines:
            yield f"### {title}, assumed"
            yield "\n".join(lines)
    yield "## What is documented"
    for section, title in _SECTIONS.items():
        lines = [
            f"- {each.markdown()}: {'; '.join(told)}"
            for each in found
            if each.section == section
            and (told := [source.markdown() for source in facts.sources(document, each.node)])
        ]
        if lines:
            yield f"### {title}, documented"
            yield "\n".join(lines)


def _about(each: Supported, guess: facts.Assumption) -> str:
    """Return what an assumption is about; of the whole document, its reason says that."""
    if each.section == "info":
        return ""
    of = f", {facts.listed(guess.of)}" if guess.of else ""
    return f"{each.markdown()}{of}: "
