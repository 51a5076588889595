"""What `openapi.yaml` says beyond what the generator keeps: texts, limits, examples, sources.

Everything here is a function of the loaded document; nothing is decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Message:
    """A human text that answers carry.

    Attributes:
        text: The text, verbatim.
        places: The operationId and the status of each answer that can hold it.
        assumed: Whether no page shows it.
    """

    text: str
    places: tuple[tuple[str, str], ...]
    assumed: bool

    @property
    def constant(self) -> str:
        """The text as the name of a constant, such as `ORDER_NOT_FOUND`."""
        words = re.findall(r"[A-Za-z0-9]+", self.text.replace("'", ""))
        return "_".join(words).upper()

    @property
    def about(self) -> str:
        """Where the text comes, as a sentence."""
        by_status = dict[str, list[str]]()
        for operation, status in self.places:
            by_status.setdefault(status, []).append(operation)
        where = "; ".join(f"{status} of {', '.join(by_status[status])}" for status in by_status)
        return f"{where}{' (assumption)' if self.assumed else ''}."


def referred(document: Node, reference: str) -> Node:
    """Return what a local reference, such as `#/components/schemas/Webhook`, leads to.

    Raises:
        KeyError: It leads nowhere.
    """
    target: Node = document
    for part in reference.removeprefix("#/").split("/"):
        target = target[part.replace("~1", "/").replace("~0", "~")]
    return target


def resolve(document: Node, node: Node) -> Node:
    """Return what a node says, its references and its only `allOf` followed.

    Keywords beside `$ref` and `allOf` win over those that they lead to.
    """
    if "$ref" in node:
        target = referred(document, node["$ref"])
    elif len(node.get("allOf", ())) == 1:
        target = node["allOf"][0]
    else:
        return node
    own = {key: value for key, value in node.items() if key not in {"$ref", "allOf"}}
    return {**resolve(document, target), **own}


def operations(document: Node, section: str = "paths") -> Iterator[tuple[str, str, Node]]:
    """Yield path (or name of a webhook), method and operation of all in a section."""
    for path, item in document.get(section, {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def body_schema(document: Node, holder: Node) -> Node:
    """Return the schema of the body of a request or an answer; empty if it has none."""
    for media in resolve(document, holder).get("content", {}).values():
        return resolve(document, media["schema"])
    return {}


def texts(document: Node, schema: Node) -> Iterator[tuple[str, bool]]:
    """Yield each text that a schema lists for strings in it, and whether it is assumed."""
    schema = resolve(document, schema)
    assumed = set[str]()
    assumptions = schema.get("x-assumption")
    if isinstance(assumptions, list):
        for entry in cast("list[Node]", assumptions):
            assumed |= set(entry["of"])
    for text in schema.get("x-extensible-enum", ()):
        yield text, text in assumed
    for child in (*schema.get("properties", {}).values(), schema.get("items")):
        if child is not None:
            yield from texts(document, child)


def messages(document: Node) -> list[Message]:
    """Return every text that the answers to calls can hold, in the order of the document."""
    found = dict[str, tuple[list[tuple[str, str]], bool]]()
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            for text, assumed in texts(document, body_schema(document, response)):
                places, before = found.get(text, ([], assumed))
                place = (operation["operationId"], status)
                found[text] = (places if place in places else [*places, place], before and assumed)
    return [Message(text, tuple(places), assumed) for text, (places, assumed) in found.items()]


def limits(document: Node, schema: Node) -> str:
    """Return the lengths that a string must have as a sentence; empty if there are none."""
    schema = resolve(document, schema)
    least, most = schema.get("minLength"), schema.get("maxLength")
    if least is None and most is None:
        return ""
    if most is None:
        length = f"{least} or more"
    else:
        length = f"{least} to {most}" if least else f"At most {most}"
    assumptions = schema.get("x-assumption", ())
    assumed = isinstance(assumptions, list) and any(
        {"minLength", "maxLength"} & set(entry["of"]) for entry in cast("list[Node]", assumptions)
    )
    return f"{length} characters{' (assumption)' if assumed else ''}."
