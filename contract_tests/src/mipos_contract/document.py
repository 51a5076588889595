"""What `openapi.yaml` says, in the form that the tests ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

_HERE = Path(__file__).resolve().parent
# In an installed package it lies beside this module, in the repository at the root.
PATH = next(
    place / "openapi.yaml"
    for place in (_HERE, _HERE.parents[2])
    if (place / "openapi.yaml").is_file()
)
CATALOGUE = "x-extensible-enum"


@dataclass(frozen=True, slots=True)
class Response:
    """One documented answer: its status, description, schema with `$ref`s, source and examples."""

    status: int
    description: str
    schema: Node
    source: str
    examples: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    Attributes:
        id: the `operationId`.
        method: upper case.
        path: path below the base URL.
        content_type: documented type of the request body, None when there is no body.
        body: from each field of the request body to its schema, `$ref`s resolved.
        required: the required fields of the request body, in the document's order.
        responses: the documented answers by status.
        examples: of the request body, by name.
    """

    id: str
    method: str
    path: str
    content_type: str | None
    body: Node
    required: tuple[str, ...]
    responses: dict[int, Response]
    examples: Node

    @property
    def success(self) -> int:
        """The one status below 400."""
        return min(self.responses)


@cache
def load() -> Node:
    """Return the document as written."""
    document: Node = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return document


@cache
def operations() -> dict[str, Operation]:
    """Return the operations by id, in the order of the document."""
    found = (
        _operation(path, method, node)
        for path, item in load()["paths"].items()
        for method, node in item.items()
    )
    return {operation.id: operation for operation in found}


@cache
def validator(operation_id: str, status: int, *, assumptions: bool) -> jsonschema_rs.Validator:
    """Return the validator of a documented answer.

    Args:
        operation_id: which operation.
        status: which of its documented answers.
        assumptions: whether the keywords that rest on an `x-assumption` are demanded as well.
    """
    schema = operations()[operation_id].responses[status].schema
    root = {**schema, "components": {"schemas": load()["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(root if assumptions else without_assumptions(root))


@cache
def field_validator(operation_id: str, field: str) -> jsonschema_rs.Validator:
    """Return the validator of one field of a request body, assumptions included."""
    schema = operations()[operation_id].body[field]
    root = {**schema, "components": {"schemas": load()["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(root)


def without_assumptions(node: Node) -> Node:
    """Return a copy of a schema without the keywords that its `x-assumption`s name."""
    assumed = _assumed(node)
    return {key: _relaxed(value) for key, value in node.items() if key not in assumed}


def _assumed(node: Node) -> set[str]:
    assumption = node.get("x-assumption", ())
    entries = () if isinstance(assumption, str) else assumption
    return {part for entry in entries for part in entry["of"]}


def _relaxed(value: object) -> object:
    if isinstance(value, dict):
        return without_assumptions(cast("Node", value))
    if isinstance(value, list):
        return [_relaxed(item) for item in cast("list[object]", value)]
    return value


def catalogue(node: Node, *, assumptions: bool = True) -> tuple[str, ...]:
    """Return every message that stands anywhere in a schema, in the order of the document.

    Args:
        node: the schema.
        assumptions: whether messages that rest on an `x-assumption` are among them.
    """
    node = resolve(node)
    assumed = set[str]() if assumptions else _assumed(node)
    messages = [message for message in node.get(CATALOGUE, ()) if message not in assumed]
    for child in _children(node):
        found = catalogue(child, assumptions=assumptions)
        messages.extend(message for message in found if message not in messages)
    return tuple(messages)


def uncatalogued(node: Node, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each text in the value that its schema's catalogue lacks, with that catalogue."""
    node = resolve(node)
    known = tuple(node.get(CATALOGUE, ()))
    if known and isinstance(value, str) and value not in known:
        yield value, known
    for part in node.get("allOf", ()):
        yield from uncatalogued(part, value)
    if isinstance(value, dict):
        members = cast("Node", value)
        for name in members.keys() & node.get("properties", {}).keys():
            yield from uncatalogued(node["properties"][name], members[name])
    if isinstance(value, list) and "items" in node:
        for item in cast("list[object]", value):
            yield from uncatalogued(node["items"], item)


def resolve(node: Node) -> Node:
    """Return what a `$ref` points to, or the node itself."""
    while "$ref" in node:
        target: Any = load()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def _children(node: Node) -> Iterator[Node]:
    yield from node.get("allOf", ())
    yield from node.get("properties", {}).values()
    if "items" in node:
        yield node["items"]


def _operation(path: str, method: str, node: Node) -> Operation:
    body: Node = {}
    examples: Node = {}
    required: tuple[str, ...] = ()
    content_type = None
    if "requestBody" in node:
        content_type, media = next(iter(node["requestBody"]["content"].items()))
        schema, examples = resolve(media["schema"]), _examples(media)
        body, required = schema["properties"], tuple(schema["required"])
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        content_type=content_type,
        body=body,
        required=required,
        responses={
            int(status): _response(int(status), resolve(response))
            for status, response in node["responses"].items()
        },
        examples=examples,
    )


def _examples(media: Node) -> Node:
    return {name: resolve(node)["value"] for name, node in media["examples"].items()}


def _response(status: int, node: Node) -> Response:
    source = node["x-source"][0]
    return Response(
        status=status,
        description=" ".join(node["description"].split()),
        schema=node["content"]["application/json"]["schema"],
        examples=_examples(node["content"]["application/json"]),
        source=f"{source['document']}, {source['section']}",
    )
