"""The control interface as an OpenAPI document, made from what its routes declare."""

import json
from collections.abc import Iterable
from typing import Any, Final

from mipos_mock import __version__
from mipos_mock.access import SECRET_HEADER
from mipos_mock.control import events
from mipos_mock.control.arguments import Argument
from mipos_mock.control.examples import ERRORS, EXAMPLES
from mipos_mock.control.routes import ROUTES, Route
from mipos_mock.control.schemas import SCHEMAS

Node = dict[str, Any]

_DESCRIPTION: Final = f"""\
What a test needs of the mock and the platform does not offer: orders, pushes, faults, the clock,
and what happened.

- Bodies are JSON. A POST needs `Content-Type: application/json`; without arguments its body is
  `{{}}` or empty. Names that are not listed here are refused.
- An error is `{{"error": "..."}}`: one line that names the value, the place and the remedy.
- Every answer has the header `X-Mipos-Mock: control`: none is to be taken for the platform's.
- A server that only this machine reaches wants no secret, but `Host` has to be a loopback name.
  One that is bound beyond loopback wants the header `{SECRET_HEADER}`, with what it printed when it
  started; the console's own files are exempt.
- A request with an `Origin` other than the server's own is refused: pages of other origins have no
  business here.
- Another method than the listed ones is answered with 405 and `Allow`; HEAD goes where GET does.
- Times are in UTC of the mock's own clock, which can be set ahead.

A browser gets the console at `/_mock/`, a page that uses this interface.
"""

_TAGS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "Overview": ("What this is, what it remembers, and back to the start.", ("state", "reset")),
    "Accounts": ("Users of the platform, each with its own stores and webhooks.", ("accounts",)),
    "Orders": ("Orders to place, to look at and to wait for.", ("orders", "bursts")),
    "Pushes": ("What was sent to webhooks, and how it went.", ("pushes",)),
    "Menus": ("The menus that a POS answers when it is asked.", ("menus",)),
    "Faults": ("What goes wrong on purpose, for one account.", ("faults",)),
    "Clock": ("The mock's own time, which decides when a push is tried again.", ("clock",)),
    "Journal": ("What happened, the newest last.", ("journal", "events")),
}

_ERRORS: Final[dict[int, tuple[str, str]]] = {
    400: ("BadRequest", "A value cannot be, is missing, or has no place here."),
    401: ("Unauthorized", "The secret is missing or wrong."),
    403: ("Forbidden", "The request comes from a page of another origin, or to another host."),
    404: ("NotFound", "What is named is not there."),
    409: ("Conflict", "What is there already stands against it."),
    413: ("TooLarge", "The body is too large."),
    500: ("NotKept", "The state file cannot be written; nothing is kept any more."),
    504: ("InVain", "It did not happen in time; the error tells what did happen."),
}
_ALWAYS: Final = (400, 401, 403)
_ON_CHANGE: Final = (413, 500)


def build() -> Node:
    """Returns the document: OpenAPI 3.1, as JSON values."""
    paths: dict[str, Node] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    paths[events.PATH] = {"get": _events()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "MiPOS mock, control interface",
            "version": __version__,
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "the mock that this was read from"}],
        "security": [{}, {"secret": []}],
        "tags": [{"name": name, "description": text} for name, (text, _) in _TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "secret": {
                    "type": "apiKey",
                    "in": "header",
                    "name": SECRET_HEADER,
                    "description": "wanted only by a server that is bound beyond loopback",
                }
            },
            "headers": {
                "Mark": {
                    "description": "tells the answer from one of the platform",
                    "schema": {"type": "string", "const": "control"},
                }
            },
            "responses": {
                name: _answer(text, "Error", {"error": ERRORS[status]})
                for status, (name, text) in _ERRORS.items()
            },
            "schemas": SCHEMAS,
        },
    }


def _operation(route: Route) -> Node:
    success = _answer(SCHEMAS[route.schema]["description"], route.schema, EXAMPLES[route.schema])
    if route.path == "/_mock/":
        success["content"]["text/html"] = {
            "schema": {"type": "string", "description": "the console, for a browser"}
        }
    body = [each for each in route.arguments if each.place == "body"]
    return {
        "operationId": route.name,
        "summary": _sentence(route.summary),
        "tags": [_tag(route.path)],
        "parameters": [_parameter(each) for each in route.arguments if each.place != "body"],
        **({"requestBody": _body(body)} if route.method == "POST" else {}),
        "responses": {
            str(route.status): success,
            **_errors(_ALWAYS, route.errors, () if route.method == "GET" else _ON_CHANGE),
        },
    }


def _events() -> Node:
    example = EXAMPLES["Entry"]
    return {
        "operationId": "listenToEvents",
        "summary": _sentence(events.SUMMARY),
        "description": "The answer goes on until the client goes away. A comment comes every "
        f"{events.PING:g} seconds while nothing happens. A client that is too far behind is cut "
        "off; with `Last-Event-ID` it gets what it has missed and is still there.",
        "tags": [_tag(events.PATH)],
        "parameters": [_parameter(each) for each in events.ARGUMENTS],
        "responses": {
            "200": {
                "description": "Entries of the journal, one an event.",
                "headers": {"X-Mipos-Mock": {"$ref": "#/components/headers/Mark"}},
                "content": {
                    "text/event-stream": {
                        "schema": {
                            "type": "string",
                            "description": "`id` is the number of the entry, `data` the entry as "
                            "JSON in one line: see the schema Entry",
                            "x-event-data": {"$ref": "#/components/schemas/Entry"},
                        },
                        "example": f"id: {example['id']}\ndata: {json.dumps(example)}\n\n",
                    }
                },
            },
            **_errors(_ALWAYS, (404,)),
        },
    }


def _answer(text: str, schema: str, example: Node) -> Node:
    return {
        "description": _sentence(text),
        "headers": {"X-Mipos-Mock": {"$ref": "#/components/headers/Mark"}},
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{schema}"},
                "example": example,
            }
        },
    }


def _errors(*statuses: Iterable[int]) -> Node:
    every = sorted(status for some in statuses for status in some)
    return {str(each): {"$ref": f"#/components/responses/{_ERRORS[each][0]}"} for each in every}


def _parameter(argument: Argument) -> Node:
    return {
        "name": argument.name,
        "in": argument.place,
        "description": argument.text,
        "required": argument.place == "path" or argument.required,
        "schema": _schema(argument),
    }


def _body(arguments: Iterable[Argument]) -> Node:
    arguments = list(arguments)
    required = [each.name for each in arguments if each.required]
    schema = {
        "type": "object",
        "properties": {
            each.name: {**_schema(each), "description": each.text} for each in arguments
        },
        "required": required,
        "additionalProperties": False,
    }
    return {"required": bool(required), "content": {"application/json": {"schema": schema}}}


def _schema(argument: Argument) -> Node:
    schema: Node = {"type": "array" if argument.type == "strings" else argument.type}
    if argument.type == "strings":
        schema["items"] = {"type": "string"}
    values: list[object] = list(argument.choices)
    if argument.nullable:
        schema["type"] = [schema["type"], "null"]
        values += [None] if values else []
    limits = {
        "enum": values or None,
        "default": argument.default,
        "minimum": argument.least,
        "maximum": argument.most,
    }
    return {**schema, **{name: value for name, value in limits.items() if value is not None}}


def _tag(path: str) -> str:
    first = path.split("/")[2]
    return next((name for name, (_, places) in _TAGS.items() if first in places), "Overview")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
