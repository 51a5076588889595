"""Violations that are planted into `openapi.yaml`, each with the rule that has to find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scripts import document_form, document_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.document_places import Finding

Node = dict[str, Any]
Place = tuple[str | int, ...]
Row = tuple[str, Place, object, "Callable[[Node], Iterator[Finding]]", str]

REMOVED = object()

CALL: Place = ("paths", "/api/v1/integration/webhook/create", "post")
BODY: Place = (*CALL, "requestBody", "content", "application/json")
CONFLICT: Place = (*CALL, "responses", "409", "content", "application/json")
SCHEMAS: Place = ("components", "schemas")
FIELDS: Place = (*SCHEMAS, "Webhook", "properties")
SHARED: Place = ("components", "examples")
HEADER: Place = ("components", "parameters", "SignatureWebhook")

form = document_form.extensions_have_their_form
references = document_form.references_lead_somewhere
usable = document_form.schemas_can_be_used
given = document_rules.provenance_is_given
known = document_rules.sources_are_known
beside = document_rules.parts_stand_beside
attributed = document_rules.constraints_are_attributed
security = document_rules.security_is_explicit
bodies = document_rules.bodies_have_examples
valid = document_rules.examples_are_valid
used = document_rules.shared_examples_are_used
messages = document_rules.documented_messages_have_examples


@dataclass(frozen=True, slots=True)
class Violation:
    """One value of the document replaced, the rule that it breaks, and what the finding says."""

    name: str
    place: Place
    value: object
    rule: Callable[[Node], Iterator[Finding]]
    message: str

    def plant(self, document: Node) -> None:
        """Replace the value, or remove it."""
        *path, last = self.place
        target: Any = document
        for part in path:
            target = target[part]
        if self.value is REMOVED:
            del target[last]
        else:
            target[last] = self.value


SOURCE = {"document": "webhook-content", "section": "Order", "evidence": ["F"]}
TEXT = {"type": "string", "x-extensible-enum": ["Never shown."]}
LIMITED = {"type": "string", "maxLength": 3}
ANSWERS = {"200": {"description": "Planted.", "x-assumption": "Planted."}}
PLANTED: Node = {"responses": ANSWERS, "security": [{"bearerToken": []}]}
NOWHERE = {"$ref": "#/components/schemas/Nowhere"}

FORM: list[Row] = [
    ("no pages", ("x-documents",), REMOVED, form, "no x-documents"),
    ("pages in a list", ("x-documents",), [1], form, '[1] is not of type "object"'),
    ("empty source", (*CALL, "x-source"), [], form, "[] has less than 1 item"),
    ("empty source of a schema", (*SCHEMAS, "Webhook", "x-source"), [], form, "x-source: []"),
    ("mapping as source", (*CALL, "x-source"), SOURCE, form, 'is not of type "array"'),
    ("text as source", (*CALL, "x-source"), "a", form, 'x-source: "a" is not of type "array"'),
    ("null as source", (*CALL, "x-source"), None, form, 'x-source: null is not of type "array"'),
    ("texts as sources", (*CALL, "x-source"), ["a"], form, 'x-source/0: "a" is not of type'),
    ("no section", (*CALL, "x-source", 0, "section"), REMOVED, form, '"section" is a required'),
    ("blank section", (*CALL, "x-source", 0, "section"), " ", form, "x-source/0/section"),
    ("no mark", (*CALL, "x-source", 0, "evidence"), [], form, "evidence: [] has less than 1 item"),
    (
        "marks as text",
        (*CALL, "x-source", 0, "evidence"),
        "SO",
        form,
        '"SO" is not of type "array"',
    ),
    ("empty assumption", (*CALL, "x-assumption"), [], form, "x-assumption: [] has less than 1"),
    ("blank assumption", (*CALL, "x-assumption"), " ", form, 'x-assumption: " " does not match'),
    ("number as assumption", (*CALL, "x-assumption"), 5, form, "x-assumption: 5 is not of type"),
    (
        "blank reason",
        (*SCHEMAS, "WebhookUrl", "x-assumption", 0, "reason"),
        " ",
        form,
        "x-assumption/0/reason",
    ),
    (
        "assumption of no part",
        (*SCHEMAS, "WebhookUrl", "x-assumption", 0, "of"),
        REMOVED,
        form,
        '"of" is a required property',
    ),
    (
        "messages as number",
        (*SCHEMAS, "Unauthorized", "x-extensible-enum"),
        5,
        form,
        "x-extensible-enum: 5 is not of type",
    ),
    ("schema that is nowhere", (*BODY, "schema"), NOWHERE, references, "leads to no schema"),
    ("schema inside that is nowhere", (*FIELDS, "url"), NOWHERE, references, "leads to no schema"),
    (
        "schema of another document",
        (*FIELDS, "url"),
        {"$ref": "https://pos.example/schema.json"},
        references,
        "leads to no schema",
    ),
    (
        "reference to another kind",
        (*FIELDS, "url"),
        {"$ref": "#/components/responses/Unauthorized"},
        references,
        "leads to no schema",
    ),
    (
        "example that is nowhere",
        (*BODY, "examples", "orders"),
        {"$ref": "#/components/examples/Nowhere"},
        references,
        "Name one, such as #/components/examples/NAME.",
    ),
    (
        "reference to itself",
        (*SCHEMAS, "Loop"),
        {"x-assumption": "Planted.", "$ref": "#/components/schemas/Loop"},
        references,
        "leads back to where it stands",
    ),
    (
        "choice of itself",
        (*SCHEMAS, "Loop"),
        {"x-assumption": "Planted.", "anyOf": [{"$ref": "#/components/schemas/Loop"}]},
        references,
        "leads back to where it stands",
    ),
    ("no components", ("components",), REMOVED, references, "leads to no response"),
    (
        "no properties",
        (*SCHEMAS, "Webhook", "properties"),
        None,
        usable,
        "Webhook/properties: null",
    ),
    ("no pattern", (*SCHEMAS, "OrderKey", "pattern"), "[", usable, 'OrderKey/pattern: "["'),
]

RULES: list[Row] = [
    ("unsourced operation", (*CALL, "x-source"), REMOVED, given, "operation without x-source"),
    ("unsourced response", (*CALL, "responses", "201", "x-source"), REMOVED, given, "neither"),
    ("unsourced schema", (*SCHEMAS, "Webhook", "x-source"), REMOVED, given, "neither x-source"),
    ("unsourced header", (*HEADER, "x-source"), REMOVED, given, "neither x-source"),
    (
        "unsourced scheme",
        ("components", "securitySchemes", "bearerToken", "x-source"),
        REMOVED,
        given,
        "bearerToken: neither x-source",
    ),
    (
        "unsourced shared operation",
        ("components", "pathItems"),
        {"planted": {"get": PLANTED}},
        given,
        "#/components/pathItems/planted/get: operation without x-source",
    ),
    (
        "unsourced callback",
        (*CALL, "callbacks"),
        {"planted": {"{$request.body#/url}": {"post": PLANTED}}},
        given,
        "/post: operation without x-source",
    ),
    ("unknown page", (*CALL, "x-source", 0, "document"), "hearsay", known, "document 'hearsay'"),
    ("unknown mark", (*CALL, "x-source", 0, "evidence"), ["Z"], known, "unknown evidence mark 'Z'"),
    (
        "assumption of nothing",
        (*SCHEMAS, "WebhookUrl", "minLength"),
        REMOVED,
        beside,
        "'minLength'",
    ),
    ("source of nothing", (*CALL, "x-source", 0, "of"), ["maxLength"], beside, "names 'maxLength'"),
    ("unattributed limit", (*FIELDS, "url", "maxLength"), 80, attributed, "maxLength without"),
    ("unattributed enum", (*FIELDS, "url", "enum"), ["3"], attributed, "enum without"),
    (
        "limit in a body",
        (*BODY, "schema"),
        {"additionalProperties": True},
        attributed,
        "json/schema: additionalProperties without",
    ),
    *(
        (f"limit of {name}", (*FIELDS, name), LIMITED, attributed, f"{name}: maxLength without")
        for name in ("const", "default", "enum", "example", "examples", "properties")
    ),
    ("no security", (*CALL, "security"), REMOVED, security, "no security"),
    ("call without a token", (*CALL, "security"), [], security, "a call without a token"),
    ("token by choice", (*CALL, "security"), [{}], security, "a call without a token"),
    ("unknown scheme", (*CALL, "security"), [{"key": []}], security, "security scheme 'key'"),
    ("no schema", (*BODY, "schema"), REMOVED, bodies, "no schema"),
    ("no example", (*BODY, "examples"), REMOVED, bodies, "no named example"),
    ("no value", (*BODY, "examples", "orders", "value"), REMOVED, bodies, "without a value"),
    (
        "value elsewhere",
        (*BODY, "examples", "orders"),
        {"externalValue": "https://pos.example/example.json"},
        bodies,
        "an example without a value",
    ),
    (
        "wrong example",
        (*CONFLICT, "examples", "alreadyExists", "value", "message"),
        "This webhook already exists",
        valid,
        "not valid",
    ),
    (
        "wrong shared example",
        (*SHARED, "UserNotFound", "value", "data"),
        REMOVED,
        valid,
        "not valid",
    ),
    ("wrong example of a body", (*BODY, "example"), 5, valid, "json/example: not valid"),
    ("wrong example of a header", (*HEADER, "example"), 5, valid, "example: not valid: 5"),
    (
        "wrong example of a schema",
        (*FIELDS, "url", "examples"),
        [5],
        valid,
        "examples/0: not valid",
    ),
    ("example of nothing", (*SHARED, "Planted"), {"value": 5}, used, "no body refers to it"),
    (
        "message without example",
        (*SCHEMAS, "WebhookCreated", "properties", "message", "x-extensible-enum", 0),
        "Too many webhooks.",
        messages,
        "'Too many webhooks.' is in no example",
    ),
    (
        "message of a choice",
        (*SCHEMAS, "Unauthorized", "anyOf"),
        [{"type": "string"}, TEXT],
        messages,
        "'Never shown.' is in no example",
    ),
]

VIOLATIONS = [Violation(*row) for row in (*FORM, *RULES)]

# What must be left alone: names are names, and a schema may contain itself.
HARMLESS: list[tuple[Place, object]] = [
    ((*FIELDS, "content"), {"type": "array", "items": {"type": "string"}}),
    ((*FIELDS, "x-source"), {"type": "string"}),
    ((*FIELDS, "$ref"), {"type": "string"}),
    ((*FIELDS, "parts"), {"type": "array", "items": {"$ref": "#/components/schemas/Webhook"}}),
    ((*FIELDS, "url"), True),
]
