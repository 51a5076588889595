"""Hold the client against the document and the wire: what it sends, returns and raises.

The server is judged before, by the oracle of its answers; what is wrong here is the client's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import httpx

from mipos_client import (
    AuthenticationError,
    ConflictError,
    MiposError,
    ResponseError,
    ValidationError,
)
from mipos_contract import document
from mipos_contract.exchange import shortened
from mipos_contract.violation import Asked, ClientError

if TYPE_CHECKING:
    from mipos_contract.document import Node
    from mipos_contract.exchange import Exchange

ERRORS: dict[int, type[ResponseError]] = {
    401: AuthenticationError,
    409: ConflictError,
    422: ValidationError,
}


def check_request(asked: Asked, request: httpx.Request) -> None:
    """Check what the client is about to send against what it was asked for.

    Args:
        asked: the call.
        request: what the client made of it, with its body.

    Raises:
        ClientError: they differ. The text shows no token.
    """
    call, headers = asked.call, request.headers
    url, method = asked.base_url + call.operation.path, call.operation.method
    if (request.method, request.url) != (method, httpx.URL(url)):
        seen = f"{request.method} {request.url}"
        raise ClientError("calls another address.", f"{method} {url}.", seen, asked)
    if headers.get("Authorization") != call.credentials.header:
        seen = "another value" if "Authorization" in headers else "no such header"
        says = f"`Authorization: {call.credentials.shown}`."
        raise ClientError("proves itself otherwise.", says, seen, asked)
    for name, value in (("Content-Type", call.content_type), ("Accept", "application/json")):
        if headers.get(name) != value:
            says = f"`{name}: {value}`." if value else f"no body, and so no `{name}`."
            raise ClientError(f"sends another {name}.", says, f"{name}: {headers.get(name)}", asked)
    if "Cookie" in headers:
        raise ClientError("sends a cookie.", "no operation has one.", "a cookie", asked)
    _check_fields(asked, request.content)


def _check_fields(asked: Asked, body: bytes) -> None:
    call = asked.call
    seen = shortened(body.decode("utf-8", errors="backslashreplace")) or "no body"
    if call.body is None:
        if body:
            raise ClientError("sends a body.", "no body.", seen, asked)
        return
    fields: dict[str, Any] = json.loads(call.body)
    # An optional field may be left out or have the value that stands for leaving it out.
    defaults = {
        name: node["default"] for name, node in call.operation.body.items() if "default" in node
    }
    try:
        sent: object = json.loads(body.decode())
    except ValueError:
        sent = None
    if sent not in (fields, {**defaults, **fields}):
        says = f"the fields {json.dumps(fields)}."
        raise ClientError("sends other fields.", says, seen, asked)


def check_returned(exchange: Exchange, value: object) -> None:
    """Check what the client returned against the answer.

    Raises:
        ClientError: it is no success, or the value differs from the body.
    """
    status, operation = exchange.answer.status, exchange.call.operation
    if status != operation.success:
        says = f"{status} is no success, but {_named(ERRORS.get(status))}."
        raise _error(exchange, f"returns a value for a {status}.", says, repr(value))
    schema = operation.responses[status].schema
    if difference := _difference(schema, value, exchange.value):
        says = f"{exchange.answer}."
        raise _error(exchange, f"reads a success otherwise: {difference}.", says, repr(value))


def check_raised(exchange: Exchange, error: Exception) -> None:
    """Check what the client raised against the answer.

    Raises:
        ClientError: the answer is a success, or its error is another one.
    """
    status, seen = exchange.answer.status, f"{type(error).__name__}: {error}"
    if not isinstance(error, MiposError):
        raise _error(exchange, "raises what is no MiposError.", "a MiposError or a value.", seen)
    if status == exchange.call.operation.success:
        says = f"{status} is a success: {exchange.answer}."
        raise _error(exchange, f"raises an error for a {status}.", says, seen)
    kind = ERRORS.get(status)
    if type(error) is not kind or not isinstance(error, ResponseError):
        says = f"{status} is {_named(kind)}."
        raise _error(exchange, f"raises another error for a {status}.", says, seen)
    expected: dict[str, object] = {"operation": exchange.call.operation.id, "status": status}
    token = str(exchange.call.credentials.header).removeprefix("Bearer ")
    # Where an answer repeats the token, the client hides it.
    if token.encode() not in exchange.answer.body:
        expected |= {"messages": _texts(exchange.value), "body": exchange.answer.body}
        expected |= {"errors": exchange.value} if status == 422 else {}
    for name, right in expected.items():
        found: object = getattr(error, name)
        if found != right:
            headline = f"raises an error with other {name} than the answer has."
            raise _error(exchange, headline, f"{right!r}.", f"{found!r}")
    if token in f"{error} {error!r} {vars(error)}":
        raise _error(exchange, "raises an error that holds the token.", "a secret.", "the token")


def _difference(schema: Node, value: object, body: object) -> str:
    """Return how a value differs from the body that it was read from; empty if it does not."""
    node = document.resolve(schema)
    if node.get("type") == "array":
        return _difference_of_items(node["items"], value, cast("list[object]", body))
    if node.get("type") == "object":
        name = schema["$ref"].rpartition("/")[2]
        if type(value).__name__ != name:
            return f"{type(value).__name__} in place of {name}"
        members = cast("Node", body)
        for each, part in node["properties"].items():
            found = getattr(value, each)
            if difference := _difference(part, found, members.get(each)):
                return f"{each}: {difference}"
        return ""
    return "" if value == body else f"{value!r} in place of {body!r}"


def _difference_of_items(schema: Node, value: object, body: list[object]) -> str:
    if not isinstance(value, list):
        return f"{type(value).__name__} in place of a list"
    items = cast("list[object]", value)
    if len(items) != len(body):
        return f"{len(items)} items in place of {len(body)}"
    found = (_difference(schema, *pair) for pair in zip(items, body, strict=True))
    return next(filter(None, found), "")


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - the answer's JSON, whose shape is documented
    if isinstance(value, str):
        return [value]
    # An envelope has `data`; in a map of fields, one of them can be called `message`.
    lists = [value["message"]] if "data" in value else value.values()
    return [text for texts in lists for text in texts]


def _named(kind: type[ResponseError] | None) -> str:
    return f"a {kind.__name__}" if kind else "an UnexpectedStatusError"


def _error(exchange: Exchange, headline: str, says: str, seen: str) -> ClientError:
    asked = Asked(exchange.call, exchange.base_url, exchange.answer.status)
    return ClientError(headline, says, f"{shortened(seen)}, for {exchange.answer}", asked)
