"""Schemas and narrower ones, at each of the four places where a schema can stand."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.changes.rules import Change
from tests.changes.plants import SCHEMAS, Node, base, edit

# The schema of the small document, its direction, and the classes of narrower and of wider.
PLACES = {
    "Wish": ("sent", Change.CLIENTS, Change.SERVERS),
    "Thing": ("received", Change.SERVERS, Change.CLIENTS),
    "News": ("received", Change.CLIENTS, Change.SERVERS),
    "Reply": ("sent", Change.SERVERS, Change.CLIENTS),
}
STRING: Node = {"type": "string"}
SMALL: Node = {"type": "object", "properties": {"a": STRING}}
# The rule, a schema, and a narrower one.
NARROWED: list[tuple[str, object, object]] = [
    ("type", {"type": ["string", "null"]}, STRING),
    ("type", {"type": "number"}, {"type": "integer"}),
    ("type", {}, STRING),
    ("type", True, STRING),
    ("type", {"anyOf": [STRING, {"type": "null"}]}, {"anyOf": [STRING]}),
    ("type", {"oneOf": [{"type": "null"}, STRING]}, {"oneOf": [STRING]}),
    ("type", {"type": "array"}, {"type": "array", "items": STRING}),
    ("type", {"items": {"type": ["string", "null"]}}, {"items": STRING}),
    ("type", {"additionalProperties": True}, {"additionalProperties": STRING}),
    ("type", {"pattern": "a"}, {"allOf": [{"pattern": "a"}, {"pattern": "b"}]}),
    ("values", {"enum": ["a", "b"]}, {"enum": ["a"]}),
    ("values", {"enum": ["a", "b"]}, {"const": "a"}),
    ("values", STRING, {"type": "string", "enum": ["a"]}),
    ("values", {"type": ["string", "null"]}, {"const": None}),
    ("values", {"enum": [1, True]}, {"enum": [1]}),
    ("limit", STRING, {"type": "string", "maxLength": 5}),
    ("limit", {"maxLength": 10}, {"maxLength": 5}),
    ("limit", {"minLength": 1}, {"minLength": 2}),
    ("limit", {"minItems": 0}, {"minItems": 1}),
    ("limit", {"maximum": 2}, {"maximum": 1.5}),
    ("limit", {}, {"exclusiveMinimum": 0}),
    ("limit", {"minProperties": 1}, {"minProperties": 2}),
    ("limit", {}, {"multipleOf": 2}),
    ("limit", {"multipleOf": 2}, {"multipleOf": 4}),
    ("limit", {"uniqueItems": False}, {"uniqueItems": True}),
    ("limit", {"maxLength": 5}, {"allOf": [{"maxLength": 5}, {"maxLength": 4}]}),
    ("limit", {"maxLength": 5, "allOf": [{"maxLength": 7}]}, {"allOf": [{"maxLength": 4}]}),
    ("limit", {"maximum": 9223372036854775807}, {"maximum": 9223372036854775806}),
    ("limit", {"maxLength": 10**400}, {"maxLength": 1}),
    ("limit", {"multipleOf": 0.1}, {"multipleOf": 0.2}),
    ("limit", {"type": "integer", "multipleOf": 1}, {"type": "integer", "multipleOf": 2}),
    ("format", STRING, {"type": "string", "pattern": "^a"}),
    ("format", STRING, {"type": "string", "format": "uri"}),
    ("format", STRING, {"type": "string", "contentEncoding": "base64"}),
    ("object", SMALL, {**SMALL, "additionalProperties": False}),
]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A schema and a narrower one, at a place."""

    rule: str
    before: object
    after: object
    place: str

    def __str__(self) -> str:
        """Return what the test is called."""
        return f"{self.place}-{self.rule}-{self.before}-{self.after}"

    def documents(self) -> tuple[Node, Node]:
        """Return a document with the schema as that of a property, and one with the narrower."""
        documents = base(), base()
        for document, schema in zip(documents, (self.before, self.after), strict=True):
            edit(document, f"{SCHEMAS}/{self.place}/properties/it", schema)
        return documents

    def narrowed(self) -> tuple[str, str]:
        """Return the rule and the class of the change from the first to the second."""
        direction, change, _ = PLACES[self.place]
        return f"{direction}-{self.rule}-narrowed", change.value

    def widened(self) -> tuple[str, str]:
        """Return the rule and the class of the way back."""
        direction, _, change = PLACES[self.place]
        return f"{direction}-{self.rule}-widened", change.value


CONSTRAINTS = [Constraint(*schemas, place) for place in PLACES for schemas in NARROWED]
