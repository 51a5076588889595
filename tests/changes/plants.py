"""A small document, and a planted change of it for each rule."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import yaml

from scripts.changes.rules import Change

Node = dict[str, Any]
CLIENTS, SERVERS = Change.CLIENTS, Change.SERVERS
ADDITIVE, TEXT = Change.ADDITIVE, Change.TEXT

BASE: Node = yaml.safe_load("""
openapi: 3.1.0
info: {title: Things, version: 1.2.3, description: What things are.}
servers: [{url: https://one.example}, {url: https://two.example}]
tags: [{name: Things, description: All of them.}]
paths:
  /things:
    parameters: [{$ref: '#/components/parameters/Trace'}]
    post:
      operationId: makeThing
      tags: [Things]
      summary: Make one
      x-source: [{document: page, section: Things}]
      security: [{token: []}]
      parameters:
        - {name: dry, in: query, schema: {type: boolean, default: false}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Wish'}
            example: {name: one}
      responses:
        '201':
          description: Made.
          headers: {Location: {required: true, schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
        '409':
          description: Not made.
          content: {application/json: {schema: {$ref: '#/components/schemas/Reasons'}}}
webhooks:
  made:
    post:
      operationId: hearOfThing
      security: []
      parameters:
        - {name: Signature, in: header, required: true, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/News'}}}
      responses:
        '200':
          description: Heard.
          content: {application/json: {schema: {$ref: '#/components/schemas/Reply'}}}
        4XX: {description: Refused.}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  parameters:
    Trace: {name: trace, in: header, schema: {type: string}}
  schemas:
    Wish: &fields
      type: object
      required: [name]
      properties:
        name: {type: string}
        size: {type: integer, description: How big., default: 1}
        tags: {type: array, items: {type: string}}
    Thing: *fields
    News: *fields
    Reply: *fields
    Reasons:
      type: object
      additionalProperties: false
      properties:
        message:
          type: array
          items: {type: string, x-extensible-enum: [Not now., There is one already.]}
""")
NO_SCOPES: list[str] = []
SCHEMAS = "#/components/schemas"
MAKE = "#/paths/~1things/post"
HEAR = "#/webhooks/made/post"


@dataclass(frozen=True, slots=True)
class Plant:
    """A change of the document: what stands at a place (nothing: taken away), and its findings.

    Attributes:
        rule: The rule that it falls under, alone.
        change: The class that follows.
        edits: What is written where, as JSON pointers.
        first: The same for what the document needs beforehand.
        also: The rule and the class of what is found besides, for a change that breaks both sides.
    """

    rule: str
    change: Change
    edits: tuple[tuple[str, object], ...]
    first: tuple[tuple[str, object], ...] = ()
    also: tuple[tuple[str, Change], ...] = ()

    def __str__(self) -> str:
        """Return what the test is called."""
        return " ".join([self.rule, *(place for place, _ in self.edits)])

    def findings(self) -> list[tuple[str, str]]:
        """Return the rules and classes of all that is found, in order."""
        found = [(self.rule, self.change), *self.also]
        return sorted((rule, change.value) for rule, change in found)

    def documents(self) -> tuple[Node, Node]:
        """Return the document before the change, and after."""
        old, new = base(), base()
        for document in (old, new):
            for place, value in self.first:
                edit(document, place, value)
        for place, value in self.edits:
            edit(new, place, value)
        return old, new


GONE = object()


def base() -> Node:
    """Return the document, all parts its own."""
    # Anchors of YAML are one object; a deep copy of each use makes them several.
    document = copy.deepcopy(BASE)
    schemas = document["components"]["schemas"]
    for name in schemas:
        schemas[name] = copy.deepcopy(schemas[name])
    return document


def edit(document: Node, place: str, value: object) -> None:
    """Write a value at a place, add it to a list with `-`, or take away what is there."""
    *path, last = (
        part.replace("~1", "/").replace("~0", "~") for part in place.removeprefix("#/").split("/")
    )
    node: Any = document
    for part in path:
        node = node[key(node, part)]
    if last == "-":
        node.append(value)
    elif value is GONE:
        del node[key(node, last)]
    else:
        node[key(node, last)] = value


def key(node: object, part: str) -> str | int:
    """Return a part of a pointer as what a mapping or a list is asked with."""
    return int(part) if isinstance(node, list) else part


def plant(rule: str, change: Change, *edits: tuple[str, object]) -> Plant:
    """Return a planted change."""
    return Plant(rule, change, edits)


OPERATION = {"operationId": "x", "responses": {"204": {"description": "Done."}}}
OPERATIONS = [
    plant("operation-removed", CLIENTS, (MAKE, GONE)),
    plant("operation-removed", SERVERS, (HEAR, GONE)),
    plant("operation-added", ADDITIVE, ("#/paths/~1other", {"get": OPERATION})),
    plant("operation-added", ADDITIVE, ("#/webhooks/other", {"post": OPERATION})),
    plant(
        "operation-moved",
        CLIENTS,
        ("#/paths/~1v2~1things", BASE["paths"]["/things"]),
        ("#/paths/~1things", GONE),
    ),
    plant(
        "operation-moved",
        SERVERS,
        ("#/webhooks/made/put", BASE["webhooks"]["made"]["post"]),
        (HEAR, GONE),
    ),
    plant(
        "webhook-renamed",
        SERVERS,
        ("#/webhooks/created", BASE["webhooks"]["made"]),
        ("#/webhooks/made", GONE),
    ),
    plant("operation-id", CLIENTS, (f"{MAKE}/operationId", "createThing")),
    plant("operation-id", SERVERS, (f"{HEAR}/operationId", "onThing")),
    plant("deprecated", ADDITIVE, (f"{MAKE}/deprecated", True)),
    plant("deprecated", ADDITIVE, (f"{MAKE}/parameters/0/deprecated", True)),
    plant("deprecated", ADDITIVE, (f"{SCHEMAS}/Wish/properties/size/deprecated", True)),
    plant("server-removed", CLIENTS, ("#/servers/1", GONE)),
    plant("server-added", ADDITIVE, ("#/servers/-", {"url": "https://three.example"})),
    plant("server-first", CLIENTS, ("#/servers", BASE["servers"][::-1])),
    plant("security-scheme", CLIENTS, ("#/components/securitySchemes/token/scheme", "basic")),
    plant("security-scheme", CLIENTS, ("#/components/securitySchemes/token", GONE)),
    plant("security-scheme", CLIENTS, ("#/components/securitySchemes/token/x-anything", 1)),
    plant("sent-security-narrowed", CLIENTS, (f"{MAKE}/security/0/token/-", "all")),
    plant("sent-security-widened", SERVERS, (f"{MAKE}/security/-", {})),
    Plant(
        "sent-security-widened",
        SERVERS,
        edits=(("#/security", []),),
        first=(("#/security", [{"token": NO_SCOPES}]), (f"{MAKE}/security", GONE)),
    ),
    plant("received-security-narrowed", CLIENTS, (f"{HEAR}/security/-", {"token": NO_SCOPES})),
    Plant(
        "received-security-widened",
        SERVERS,
        edits=((f"{HEAR}/security", []),),
        first=((f"{HEAR}/security", [{"token": NO_SCOPES}]),),
    ),
    Plant(
        "serialization",
        CLIENTS,
        edits=((f"{MAKE}/parameters/0/style", "deepObject"),),
        also=(("serialization-platform", SERVERS),),
    ),
    Plant(
        "serialization",
        SERVERS,
        edits=((f"{HEAR}/parameters/0/explode", True),),
        also=(("serialization-platform", CLIENTS),),
    ),
    Plant(
        "serialization",
        CLIENTS,
        edits=(
            (f"{MAKE}/parameters/0/schema", GONE),
            (f"{MAKE}/parameters/0/content", {"application/json": {"schema": {"type": "boolean"}}}),
        ),
        also=(("serialization-platform", SERVERS),),
    ),
    plant("names", CLIENTS, (f"{MAKE}/tags", ["Other"])),
    plant("names", CLIENTS, (f"{MAKE}/tags/0", GONE)),
    plant("names", CLIENTS, (f"{SCHEMAS}/Wish/title", "Order")),
    plant("names", SERVERS, (f"{SCHEMAS}/News/title", "Message")),
    Plant(
        "names",
        CLIENTS,
        edits=(
            (f"{SCHEMAS}/Order", BASE["components"]["schemas"]["Wish"]),
            (f"{SCHEMAS}/Wish", GONE),
            (f"{MAKE}/requestBody/content/application~1json/schema", {"$ref": f"{SCHEMAS}/Order"}),
        ),
        also=(("rewritten", TEXT),),
    ),
    plant(
        "names",
        SERVERS,
        (
            f"{HEAR}/requestBody/content/application~1json/schema",
            BASE["components"]["schemas"]["News"],
        ),
        (f"{SCHEMAS}/News", GONE),
    ),
]
NUMBER = {"type": "integer"}
NEW = {"name": "new", "in": "query", "schema": NUMBER}
NEEDED = {**NEW, "required": True}
FIELDS = [
    plant("sent-field-added", ADDITIVE, (f"{SCHEMAS}/Wish/properties/new", NUMBER)),
    plant("sent-field-added", ADDITIVE, (f"{SCHEMAS}/Reply/properties/new", NUMBER)),
    plant("sent-field-added", ADDITIVE, (f"{MAKE}/parameters/-", NEW)),
    plant("sent-field-removed", CLIENTS, (f"{SCHEMAS}/Wish/properties/size", GONE)),
    plant("sent-field-removed", SERVERS, (f"{SCHEMAS}/Reply/properties/size", GONE)),
    plant("sent-field-removed", CLIENTS, (f"{MAKE}/parameters/0", GONE)),
    plant("sent-field-removed", CLIENTS, ("#/paths/~1things/parameters", GONE)),
    plant("sent-field-removed", CLIENTS, (f"{MAKE}/requestBody", GONE)),
    Plant(
        "sent-closed-field-added",
        SERVERS,
        edits=((f"{SCHEMAS}/Wish/properties/new", NUMBER),),
        first=((f"{SCHEMAS}/Wish/additionalProperties", False),),
    ),
    plant("sent-required-added", CLIENTS, (f"{SCHEMAS}/Wish/required/-", "size")),
    plant("sent-required-added", SERVERS, (f"{SCHEMAS}/Reply/required/-", "size")),
    plant("sent-required-added", CLIENTS, (f"{MAKE}/parameters/0/required", True)),
    plant("sent-required-added", CLIENTS, (f"{MAKE}/parameters/-", NEEDED)),
    plant(
        "sent-required-added",
        CLIENTS,
        (f"{SCHEMAS}/Wish/required/-", "new"),
        (f"{SCHEMAS}/Wish/properties/new", NUMBER),
    ),
    plant(
        "sent-required-added",
        SERVERS,
        (f"{HEAR}/responses/4XX/content", {"text/plain": {}}),
    ),
    plant("sent-required-removed", SERVERS, (f"{SCHEMAS}/Wish/required", [])),
    plant("sent-required-removed", CLIENTS, (f"{SCHEMAS}/Reply/required", [])),
    plant("sent-required-removed", SERVERS, (f"{MAKE}/requestBody/required", False)),
    plant("sent-required-removed", CLIENTS, (f"{HEAR}/responses/200/content", GONE)),
    plant("received-field-added", ADDITIVE, (f"{SCHEMAS}/Thing/properties/new", NUMBER)),
    plant("received-field-added", ADDITIVE, (f"{SCHEMAS}/News/properties/new", NUMBER)),
    plant("received-field-added", ADDITIVE, (f"{MAKE}/responses/201/headers/ETag", {})),
    plant("received-field-removed", CLIENTS, (f"{SCHEMAS}/Thing/properties/size", GONE)),
    plant("received-field-removed", SERVERS, (f"{SCHEMAS}/News/properties/size", GONE)),
    plant("received-field-removed", CLIENTS, (f"{MAKE}/responses/201/headers/Location", GONE)),
    plant("received-field-removed", SERVERS, (f"{HEAR}/parameters/0", GONE)),
    plant("received-field-removed", SERVERS, (f"{HEAR}/requestBody", GONE)),
    plant("received-closed-field-added", CLIENTS, (f"{SCHEMAS}/Reasons/properties/new", NUMBER)),
    plant("received-required-added", SERVERS, (f"{SCHEMAS}/Thing/required/-", "size")),
    plant("received-required-added", CLIENTS, (f"{SCHEMAS}/News/required/-", "size")),
    plant("received-required-removed", CLIENTS, (f"{SCHEMAS}/Thing/required", GONE)),
    plant("received-required-removed", SERVERS, (f"{SCHEMAS}/News/required", GONE)),
    plant("received-required-removed", SERVERS, (f"{HEAR}/parameters/0/required", False)),
    plant(
        "received-required-removed",
        CLIENTS,
        (f"{MAKE}/responses/201/headers/Location/required", False),
    ),
]
TEXT_BODY = {"schema": {"type": "string"}}
ANSWERS = [
    plant("sent-content-added", SERVERS, (f"{MAKE}/requestBody/content/text~1plain", TEXT_BODY)),
    plant("sent-content-added", CLIENTS, (f"{HEAR}/responses/200/content/text~1plain", TEXT_BODY)),
    plant("received-content-added", CLIENTS, (f"{MAKE}/responses/409/content/text~1csv", {})),
    plant("received-content-added", SERVERS, (f"{HEAR}/requestBody/content/text~1csv", {})),
    plant(
        "received-content-removed",
        CLIENTS,
        (f"{MAKE}/responses/409/content/application~1json", GONE),
    ),
    plant("sent-content-removed", CLIENTS, (f"{MAKE}/requestBody/content/application~1json", GONE)),
    plant("sent-success-added", CLIENTS, (f"{HEAR}/responses/202", {"description": "Later."})),
    plant("sent-success-removed", SERVERS, (f"{HEAR}/responses/200", GONE)),
    plant("received-success-added", CLIENTS, (f"{MAKE}/responses/202", {"description": "Later."})),
    plant("received-success-removed", CLIENTS, (f"{MAKE}/responses/201", GONE)),
    plant("sent-error-added", ADDITIVE, (f"{HEAR}/responses/503", {"description": "Busy."})),
    plant("sent-error-removed", SERVERS, (f"{HEAR}/responses/4XX", GONE)),
    plant("received-error-added", ADDITIVE, (f"{MAKE}/responses/429", {"description": "Slow."})),
    plant("received-error-removed", CLIENTS, (f"{MAKE}/responses/409", GONE)),
]
MESSAGES = f"{SCHEMAS}/Reasons/properties/message/items/x-extensible-enum"
VALUES = [
    plant("message-added", ADDITIVE, (f"{MESSAGES}/-", "Wish denied!")),
    plant("message-removed", CLIENTS, (f"{MESSAGES}/0", GONE)),
    plant("message-reworded", CLIENTS, (f"{MESSAGES}/1", "There is already one.")),
    Plant(
        "format-changed",
        CLIENTS,
        edits=((f"{SCHEMAS}/Wish/properties/name/pattern", "^b"),),
        first=((f"{SCHEMAS}/Wish/properties/name/pattern", "^a"),),
    ),
    plant("default", CLIENTS, (f"{SCHEMAS}/Wish/properties/size/default", 2)),
    plant("default", SERVERS, (f"{SCHEMAS}/News/properties/size/default", GONE)),
]
WORDS = [
    plant("words", TEXT, ("#/info/title", "Everything")),
    plant("words", TEXT, (f"{MAKE}/summary", GONE)),
    plant("words", TEXT, (f"{MAKE}/responses/201/description", "It was made.")),
    plant("words", TEXT, (f"{SCHEMAS}/Wish/properties/size/description", "How large.")),
    plant("words", TEXT, ("#/servers/0/description", "The first.")),
    plant("words", TEXT, (f"{SCHEMAS}/Wish/properties/name/title", "Name")),
    plant("words", TEXT, ("#/info/contact", {"x-anything": 1})),
    plant("example", TEXT, (f"{MAKE}/requestBody/content/application~1json/example/name", "two")),
    plant("source", TEXT, (f"{MAKE}/x-source/0/section", "Other things")),
    plant("source", TEXT, ("#/x-documents", {"page": {}})),
    plant("source", TEXT, (f"{SCHEMAS}/Wish/x-assumption", "Nobody says so.")),
    plant("tags", TEXT, (f"{MAKE}/tags/-", "Other")),
    plant("tags", TEXT, (f"{HEAR}/tags", ["Other"])),
    plant("tags", TEXT, ("#/tags/0/description", "Each of them.")),
    plant("tags", TEXT, ("#/tags/0/x-anything", 1)),
    plant("version", TEXT, ("#/info/version", "1.2.4")),
    plant("rewritten", TEXT, (f"{SCHEMAS}/Unused", {"type": "string"})),
    plant("rewritten", TEXT, ("#/components/headers", {"Unused": {"x-anything": 1}})),
    plant("rewritten", TEXT, (MESSAGES, ["There is one already.", "Not now."])),
    plant("rewritten", TEXT, (f"{SCHEMAS}/Wish/properties/name/minLength", 0)),
    plant("rewritten", TEXT, ("#/security", [{"token": NO_SCOPES}])),
]
REST = [
    plant("dialect", CLIENTS, ("#/openapi", "3.2.0")),
    plant("dialect", CLIENTS, ("#/jsonSchemaDialect", "https://dialect.example")),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/not", {"type": "null"})),
    plant("other", SERVERS, (f"{HEAR}/callbacks", {"again": {}})),
    plant("other", CLIENTS, ("#/x-anything", 1)),
    plant("other", CLIENTS, (f"{MAKE}/servers", [{"url": "https://three.example"}])),
    plant("other", CLIENTS, ("#/paths/~1things/x-anything", 1)),
    plant("other", CLIENTS, (f"{MAKE}/responses/201/links", {"next": {}})),
    plant("other", CLIENTS, ("#/info/x-anything", 1)),
    plant("other", CLIENTS, ("#/components/x-anything", 1)),
    plant("other", CLIENTS, ("#/paths/x-anything", {"description": "a"})),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/x-anything", {"description": "a"})),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/unevaluatedProperties", False)),
    plant("other", CLIENTS, (MESSAGES, "Not now.")),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/properties/name/maxLength", "ten")),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/properties/name/type", "text")),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/properties/name", False)),
    plant("other", CLIENTS, (f"{SCHEMAS}/Wish/properties/name/$ref", "other.yaml")),
    plant("other", CLIENTS, ("#/servers", "none")),
]
PLANTS = [*OPERATIONS, *FIELDS, *ANSWERS, *VALUES, *WORDS, *REST]
