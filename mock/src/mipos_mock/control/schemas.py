"""The schemas of what the control interface answers: strict, so that no change goes unnoticed."""

from collections.abc import Iterable
from typing import Any, Final

from mipos_mock import faults
from mipos_mock.operations import OPERATIONS
from mipos_mock.pushes import PushStatus
from mipos_mock.scenarios import SCENARIOS
from mipos_mock.state import AccountStatus, DeliveryStatus, OrderStatus

Schema = dict[str, Any]


def _string(text: str, **more: object) -> Schema:
    return {"type": "string", "description": text, **more}


def _time(text: str) -> Schema:
    return _string(f"{text}, in UTC of the mock's clock", format="date-time")


def _one_of(text: str, values: Iterable[str]) -> Schema:
    return _string(text, enum=[str(each) for each in values])


def _integer(text: str, **more: object) -> Schema:
    return {"type": "integer", "description": text, **more}


def _number(text: str) -> Schema:
    return {"type": "number", "description": text, "minimum": 0}


def _id(text: str) -> Schema:
    return _integer(text, minimum=1)


def _count(text: str) -> Schema:
    return _integer(text, minimum=0)


def _status(text: str) -> Schema:
    return _integer(text, minimum=100, maximum=599)


def _boolean(text: str) -> Schema:
    return {"type": "boolean", "description": text}


def _or_null(schema: Schema, when: str) -> Schema:
    text = f"{schema['description']}; null {when}"
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], "description": text, **more}


def _list(text: str, items: Schema | str) -> Schema:
    items = {"$ref": f"#/components/schemas/{items}"} if isinstance(items, str) else items
    return {"type": "array", "description": text, "items": items}


def _record(text: str, fields: Schema, *, optional: Iterable[str] = ()) -> Schema:
    left_out = set(optional)
    return {
        "type": "object",
        "description": text,
        "properties": fields,
        "required": [name for name in fields if name not in left_out],
        "additionalProperties": False,
    }


_HEADERS: Final[Schema] = {
    "type": "array",
    "description": "names and values",
    "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
}
_TRUE: Final[Schema] = {"type": "boolean", "const": True, "description": "that it was done"}
_FAULTS_STRUCK: Final = _list("kinds of the faults that struck", _one_of("a kind", faults.KINDS))
_OPERATION: Final = _one_of("operation of the platform's API", OPERATIONS)

_ORDER_SUMMARY: Final[Schema] = {
    "id": _id("the mock's number for it"),
    "account": _string("name of the store's account"),
    "delivery_id": _string("delivery platform"),
    "store_id": _string("store"),
    "order_external_id": _string("its id at the delivery platform"),
    "status": _one_of("whether the POS has accepted it", OrderStatus),
    "scenario": _one_of(
        "what it was composed from; `documented` is the order of the platform's own pages",
        [*SCENARIOS, "documented"],
    ),
    "placed_at": _time("when it was placed"),
    "accepted_at": _or_null(_time("when it was accepted"), "before that"),
    "total": _integer("its cost, two decimals folded in: 1150 is 11.50"),
    "customer": _string("name of the customer"),
}
_PUSH: Final[Schema] = {
    "id": _id("its number"),
    "account": _string("name of the webhook's account"),
    "kind": _one_of("type of the webhook", ("ORDER", "Menu")),
    "url": _string("where it goes"),
    "store_id": _string("store that it is about"),
    "order_id": _or_null(_id("number of the order"), "for a Menu push"),
    "order_external_id": _or_null(_string("the order's own id"), "for a Menu push"),
    "status": _one_of("how far it has come; nothing follows on the last three", PushStatus),
    "attempts": _count("how often it was tried"),
    "due_at": _or_null(_time("when it is tried next"), "when no time is set"),
    "replay_of": _or_null(_id("number of the push that it repeats"), "for a first one"),
}
_ENTRY: Final[Schema] = {
    "id": _id("its number; numbers go on after a reset"),
    "at": _time("when it happened"),
    "kind": _one_of(
        "call of the platform's API, push to a webhook, life of an order, control interface",
        ("call", "push", "order", "control"),
    ),
    "account": _or_null(_string("name of the account"), "for none"),
    "title": _string("what happened, in one line"),
    "outcome": _string("how it ended: a status, or what went wrong; empty for what cannot fail"),
    "status": _or_null(_status("HTTP status"), "without an answer"),
    "milliseconds": _or_null(_number("how long it took"), "for what takes no time"),
    "order_id": _or_null(_id("number of the order"), "for none, and for a call"),
    "push_id": _or_null(_id("number of the push"), "for none, and for a call"),
    "problem": _boolean("whether it is something to look at"),
    "violations": _count("how often a call departs from the platform's documents"),
}
_PLACED: Final[Schema] = {
    "external_id": _string("id, as the menu calls it"),
    "name": _string("name on the menu"),
    "quantity": _integer("how many"),
    "unit_value": _integer("price of one"),
}

SCHEMAS: Final[dict[str, Schema]] = {
    "Index": _record(
        "what this is",
        {
            "name": _string("what answers"),
            "version": _string("version of the mock"),
            "routes": {
                "type": "object",
                "description": "what each route is for, by method and path",
                "additionalProperties": {"type": "string"},
            },
        },
    ),
    "Document": {
        "type": "object",
        "description": "an OpenAPI 3.1 document: this one",
        "properties": {
            "openapi": _string("version of OpenAPI", pattern=r"^3\.1\.[0-9]+$"),
            **{
                name: {"type": "object", "description": "as OpenAPI has it"}
                for name in ("info", "paths", "components")
            },
            **{
                name: {"type": "array", "description": "as OpenAPI has it", "items": {}}
                for name in ("servers", "security", "tags")
            },
        },
        "required": ["openapi", "info", "servers", "security", "tags", "paths", "components"],
        "additionalProperties": False,
    },
    "State": _record(
        "everything that is remembered, in short",
        {
            "version": _string("version of the mock"),
            "accounts": _list("accounts", "Account"),
            "deliveries": _list("delivery platforms; one that is not listed is ready", "Delivery"),
            "orders": _list("the newest orders, in order of arrival", "OrderSummary"),
            "pushes": _list("the newest pushes, the oldest first", "Push"),
            "faults": _list("faults that are set", "Fault"),
            "menus": _list("menus that were answered", "Menu"),
            "clock": {"$ref": "#/components/schemas/Clock"},
            "journal": _record(
                "how far the journal has come",
                {
                    "last": _count("number of the newest entry"),
                    "dropped": _count("entries that gave way to newer ones"),
                },
            ),
        },
    ),
    "Reset": _record("that it was done", {"reset": _TRUE}),
    "Account": _record(
        "one user of the platform",
        {
            "name": _string("what the mock calls it"),
            "token": _string("bearer token of the platform's API; it opens nothing real"),
            "secret": _string("what its pushes are signed with"),
            "status": _one_of("whether the token still speaks for a user", AccountStatus),
            "read_only": _boolean("whether the platform fails to change its webhooks"),
            "stores": _list("ids of its stores", {"type": "string"}),
            "webhooks": _list(
                "webhooks in order of creation",
                _record(
                    "one webhook",
                    {
                        "url": _string("where pushes go"),
                        "type": _one_of("what is pushed", ("ORDER", "Menu")),
                    },
                ),
            ),
        },
    ),
    "Deleted": _record("what was removed", {"deleted": _string("name of the account")}),
    "Delivery": _record(
        "one delivery platform",
        {
            "id": _string("its id"),
            "status": _one_of("how it takes the acceptance of an order", DeliveryStatus),
        },
    ),
    "Modifier": _record(
        "one modifier of an item",
        {**_PLACED, "total_value": _integer("price of all of them")},
    ),
    "Item": _record(
        "one line of an order",
        {
            **_PLACED,
            "total_unit_value": _integer("price of one with its modifiers"),
            "total_value": _integer("price of all of them"),
            "instructions": _string("wish of the customer"),
            "modifiers": _list("modifiers of one", "Modifier"),
        },
    ),
    "PushedOrder": _record(
        "an order as its push holds it; money has two decimals folded in",
        {
            "external_id": _string("id at the delivery platform"),
            "created_at": _string("when it was placed there"),
            "total": _integer("cost of all items; the discount is not subtracted"),
            "customer": _string("name of the customer"),
            "external_store_id": _string("store"),
            "store_id": _string("store, under its other name; not in the documented order"),
            "order_number": _string("what it is called in the kitchen"),
            "instructions": _string("wish of the customer"),
            "items": _list("what was ordered", "Item"),
            "discount_value": _integer("discount"),
            "delivery_id": _integer("delivery platform"),
        },
        optional=("store_id",),
    ),
    "OrderSummary": _record("an order in short", _ORDER_SUMMARY),
    "Orders": _record("orders", {"orders": _list("in order of arrival", "OrderSummary")}),
    "Order": _record(
        "an order with its content, its pushes and what happened to it",
        {
            **_ORDER_SUMMARY,
            "order": {"$ref": "#/components/schemas/PushedOrder"},
            "pushes": _list("its pushes", "Push"),
            "timeline": _list("its life, its pushes and the calls that name it", "Entry"),
        },
    ),
    "Burst": _record(
        "what was begun",
        {"count": _id("how many orders"), "per_second": _number("how many a second")},
    ),
    "Push": _record("a push in short", _PUSH),
    "Pushes": _record("pushes", {"pushes": _list("the oldest first", "Push")}),
    "Try": _record(
        "one request to a receiver and what came back",
        {
            "at": _time("when it was sent"),
            "status": _or_null(_status("the receiver's HTTP status"), "without an answer"),
            "error": _or_null(_string("what went wrong"), "when an answer came"),
            "milliseconds": _number("how long it took"),
            "answer": _string("beginning of the answer's body"),
            "faults": _FAULTS_STRUCK,
        },
    ),
    "WholePush": _record(
        "a push with its body and every try",
        {**_PUSH, "body": _string("exactly what is sent"), "tries": _list("in order", "Try")},
    ),
    "Menu": _record(
        "the last menu that was answered for a store at a URL",
        {
            "account": _string("name of the store's account"),
            "store_id": _string("store"),
            "url": _string("webhook that answered"),
            "at": _time("when it was answered"),
            "push_id": _id("push that asked for it"),
            "menu": {"description": "the answer: any JSON, or text if it was none"},
        },
    ),
    "Menus": _record("menus", {"menus": _list("the last of each store and URL", "Menu")}),
    "FaultKind": _record(
        "one kind of fault",
        {
            "kind": _one_of("what it is called", faults.KINDS),
            "on": _one_of("what it strikes: calls of the POS, or pushes to it", ("call", "push")),
            "text": _string("what happens, in one line"),
            "fields": _list(
                "what can be said of it beside account and times",
                _one_of("an argument", ("operation", "status", "message", "seconds")),
            ),
        },
    ),
    "DocumentedError": _record(
        "an error that the platform documents",
        {
            "operation": _OPERATION,
            "status": _status("HTTP status"),
            "messages": _list("every message of that status", {"type": "string"}),
        },
    ),
    "FaultKinds": _record(
        "what can go wrong on purpose",
        {
            "kinds": _list("kinds of faults", "FaultKind"),
            "errors": _list("what a fault of kind error can answer", "DocumentedError"),
        },
    ),
    "Fault": _record(
        "something that goes wrong on purpose",
        {
            "id": _id("its number"),
            "kind": _one_of("what goes wrong", faults.KINDS),
            "account": _string("name of the account that it is for"),
            "times": _or_null(_id("how often it strikes yet"), "until it is removed"),
            "operation": _or_null(_OPERATION, "for any"),
            "status": _or_null(_status("status of an error"), "for other kinds"),
            "message": _or_null(_string("message of an error"), "for the first, or none"),
            "seconds": _or_null(_number("how long it takes"), "for other kinds"),
        },
    ),
    "Faults": _record("faults", {"faults": _list("in order of setting", "Fault")}),
    "Removed": _record("what was removed", {"removed": _count("how many faults")}),
    "Clock": _record(
        "the mock's clock",
        {
            "now": _time("what it shows"),
            "ahead_seconds": _number("by how much it was set ahead of the machine's"),
        },
    ),
    "Entry": _record("something that happened", _ENTRY),
    "Journal": _record(
        "what happened",
        {
            "entries": _list("the oldest first", "Entry"),
            "last": _count("number of the newest entry, whether it is listed or not"),
            "dropped": _count("entries that gave way to newer ones"),
        },
    ),
    "Violation": _record(
        "how a call departs from the platform's documents",
        {
            "rule": _string("name of the rule"),
            "message": _string("what was sent and where"),
            "remedy": _string("what to send instead"),
        },
    ),
    "CallDetail": _record(
        "a call of the platform's API; what the client proved itself with is hidden everywhere",
        {
            "method": _string("HTTP method"),
            "path": _string("path, decoded"),
            "query": _string("query string"),
            "headers": _HEADERS,
            "body": _string("beginning of the body"),
            "operation": _or_null(_OPERATION, "for none"),
            "answer": _string("beginning of the answer's body"),
            "violations": _list("departures from the documents", "Violation"),
            "faults": _FAULTS_STRUCK,
        },
    ),
    "PushDetail": _record(
        "a try to send a push",
        {
            "url": _string("where it was sent to"),
            "attempt": _id("which try it was"),
            "headers": _HEADERS,
            "body": _string("beginning of what was sent"),
            "answer_headers": _HEADERS,
            "answer": _string("beginning of the answer's body"),
            "error": _or_null(_string("what went wrong"), "when an answer came"),
            "faults": _FAULTS_STRUCK,
        },
    ),
    "NoDetail": _record("nothing more is known of other entries", {}),
    "WholeEntry": _record(
        "something that happened, with headers and bodies",
        {
            **_ENTRY,
            "detail": {
                "description": "more about a call or a push",
                "oneOf": [
                    {"$ref": f"#/components/schemas/{name}"}
                    for name in ("CallDetail", "PushDetail", "NoDetail")
                ],
            },
        },
    ),
    "Error": _record(
        "why it was refused",
        {"error": _string("value, place and remedy; one line, more where a wait ends in vain")},
    ),
}
"""The schemas by name."""
