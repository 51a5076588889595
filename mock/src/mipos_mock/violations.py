"""Where a call departs from what the published pages state, however tolerant the stand-in is.

Only what the pages state counts, and the standards that they build on (JSON). What is merely
assumed, such as the form of a URL or the length of an id, is never a violation.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, NoReturn, cast
from urllib.parse import parse_qsl

from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.validation import Field, required

_SHOWN = 80  # characters of something sent that a message repeats
_NAMES_SHOWN = 3
_BODY_TYPES: Final = {"update_webhook": ("application/jsonc", "application/json")}
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_LEADING_SCHEME: Final = re.compile(r"\A\s*bearer", re.IGNORECASE)
_BYTE_ORDER_MARK = "\ufeff"

_OTHER_PAGES: Final = (
    "/api/oauth/",
    "/api/v1/integration/order/deny",
    "/api/v1/inventory/",
    "/api/v1/logistic/",
    "/api/v1/menus/",
    "/api/v1/orders/",
    "/delivery_data/",
    "/third_party/",
)

_TYPES: Final = ("ORDER", "Menu")
_TYPE_SPELLINGS: Final = {
    "order": "write 'ORDER', in capitals",
    "menu": "write 'Menu', as webhook management does; webhook content alone writes 'MENU'",
}

_PUSHED_AS: Final = {"external_id": "order_external_id", "external_store_id": "store_id"}


@dataclass(frozen=True, slots=True)
class Violation:
    """One departure from the pages.

    Attributes:
        rule: Which rule it breaks, in kebab-case.
        message: What was sent and where, in one line and without any token.
        remedy: What to send instead, in one line.
    """

    rule: str
    message: str
    remedy: str


def find(  # noqa: PLR0913, PLR0917 - these are the parts of a request
    method: str,
    path: str,
    query: bytes,
    headers: Sequence[tuple[bytes, bytes]],
    body: bytes,
    operation: Operation | None,
) -> list[Violation]:
    """Returns the violations of a call: path, query, ``Authorization``, ``Content-Type``, body.

    It never raises. A path that another page of the platform documents is no violation, and
    nothing further is known of such a call. For the update of a webhook the pages document
    ``application/jsonc``; ``application/json``, as everywhere else, is let pass, since the
    former is probably a slip of the page. Comments in JSON are a violation all the same
    (assumption): no page shows or mentions them.

    Args:
        method: The HTTP method as it was sent.
        path: The path, decoded.
        query: The query string as it was sent.
        headers: Names in lower case, and values.
        body: The whole body as it was sent.
        operation: What was reached, None for nothing: a wrong path or method.
    """
    text = _Text(headers)
    expected = operation or _operation_at(path.rstrip("/"))
    if expected is None:
        return list(_unknown_path(method, path, text))
    violations = [
        *_route(method, path, expected, text),
        *_query(query, expected, text),
        *_authorization(headers),
    ]
    if method != expected.method:
        return violations
    if expected.fields:
        violations += [*_content_type(headers, expected, text), *_body(body, expected, text)]
    elif body:
        message = f"{expected.method} {expected.path} has a body"
        violations.append(Violation("unexpected-body", message, "send no body"))
    return violations


class _Text:
    """Shows what was sent in one short line, with stars where the token would be."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        words = {
            word
            for value in _values(headers, b"authorization")
            for word in _LEADING_SCHEME.sub("", value).split()
        }
        self._secrets = sorted(words, key=len, reverse=True)

    def plain(self, sent: str) -> str:
        return _clip(self._starred(sent))

    def quoted(self, sent: str) -> str:
        return _clip(repr(self._starred(sent)))

    def names(self, names: Sequence[str]) -> str:
        shown = ", ".join(self.quoted(name) for name in names[:_NAMES_SHOWN])
        more = len(names) - _NAMES_SHOWN
        return f"{shown} and {more} more" if more > 0 else shown

    def _starred(self, sent: str) -> str:
        for secret in self._secrets:
            sent = sent.replace(secret, "***")
        return sent


@dataclass(frozen=True, slots=True)
class _Number:
    """A JSON number as it was written: int() refuses long ones, float() changes them."""

    digits: str


def _operation_at(path: str) -> Operation | None:
    return next((each for each in OPERATIONS.values() if each.path == path), None)


def _unknown_path(method: str, path: str, text: _Text) -> Iterator[Violation]:
    if path.startswith(_OTHER_PAGES):
        return
    paths = {each.path: f"{each.method} {each.path}" for each in OPERATIONS.values()}
    near = get_close_matches(path, paths, n=1)
    yield Violation(
        "unknown-path",
        f"{text.quoted(method)} {text.quoted(path)} is no documented operation",
        f"use {paths[near[0]]}" if near else f"use one of {', '.join(paths)}",
    )


def _route(method: str, path: str, operation: Operation, text: _Text) -> Iterator[Violation]:
    remedy = f"use {operation.method} {operation.path}"
    if method != operation.method:
        message = f"the method at {operation.path} is {text.quoted(method)}"
        yield Violation("wrong-method", message, remedy)
    if path != operation.path and path.rstrip("/") == operation.path:
        message = f"the path {text.quoted(path)} ends in a slash"
        yield Violation("trailing-slash", message, remedy)


def _query(query: bytes, operation: Operation, text: _Text) -> Iterator[Violation]:
    if not query:
        return
    # The values stay out: what is sent in a query string is often a token.
    names = [name for name, _ in parse_qsl(query.decode("latin-1"))]
    holding = f" with {text.names(names)}" if names else ""
    yield Violation(
        "query-string",
        f"the path has a query string{holding}",
        "send the fields as JSON in the body" if operation.fields else "leave it out",
    )


def _authorization(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[Violation]:
    remedy = "send 'Authorization: Bearer ' and the access token"
    values = _values(headers, b"authorization")
    if not values:
        yield Violation("missing-authorization", "there is no Authorization header", remedy)
    if len(values) > 1:
        message = f"there are {len(values)} Authorization headers"
        yield Violation("repeated-authorization", message, "send one Authorization header")
    if len(values) != 1:
        return
    value = values[0]
    scheme, *rest = value.split() or [""]
    if scheme.lower() not in {"", "bearer"}:
        message = "Authorization does not begin with 'Bearer' and a blank"
        yield Violation("wrong-scheme", message, remedy)
        return
    if scheme not in {"", "Bearer"}:
        message = f"Authorization spells its scheme {scheme!r}"
        yield Violation("wrong-scheme", message, "write 'Bearer', with a capital B only")
    if not rest:
        yield Violation("missing-token", "Authorization holds no token", remedy)
        return
    if rest[0].lower() == "bearer":
        message = "Authorization names its scheme twice"
        yield Violation("wrong-scheme", message, "write 'Bearer' once, before the token")
    if value != f"{scheme} {value.removeprefix(scheme).strip()}":
        message = "Authorization has blanks other than the one after 'Bearer'"
        yield Violation("stray-blanks", message, "strip the token of blanks before sending it")


def _content_type(
    headers: Iterable[tuple[bytes, bytes]], operation: Operation, text: _Text
) -> Iterator[Violation]:
    documented = _BODY_TYPES.get(operation.name, ("application/json",))
    remedy = f"send 'Content-Type: {documented[0]}'"
    values = _values(headers, b"content-type")
    if not values:
        yield Violation("missing-content-type", "there is no Content-Type header", remedy)
    if len(values) > 1:
        message = f"there are {len(values)} Content-Type headers"
        yield Violation("repeated-content-type", message, "send one Content-Type header")
    if len(values) != 1:
        return
    kind = values[0].partition(";")[0].strip()
    if kind.lower() not in documented:
        # Not repeated otherwise: it could be another header's value, sent under this name.
        shown = text.quoted(kind) if _MEDIA_TYPE.fullmatch(kind) else "no media type"
        yield Violation("wrong-content-type", f"Content-Type is {shown}", remedy)


def _body(body: bytes, operation: Operation, text: _Text) -> Iterator[Violation]:
    names = ", ".join(field.name for field in operation.fields)
    remedy = f"send one JSON object with {names}"
    try:
        written = body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the body is not UTF-8 at byte {error.start} of {len(body)}"
        yield Violation("body-not-utf-8", message, "encode the JSON as UTF-8")
        return
    if written.startswith(_BYTE_ORDER_MARK):
        message = "the body begins with a byte order mark"
        yield Violation("byte-order-mark", message, "encode without one (in Python: 'utf-8')")
        written = written.removeprefix(_BYTE_ORDER_MARK)
    if not written.strip(" \t\r\n"):
        yield Violation("missing-body", "the body is empty", remedy)
        return
    try:
        value = _read(written)
    except ValueError as error:
        message = f"the body is not JSON: {text.plain(str(error))}"
        yield Violation("malformed-json", message, remedy)
        return
    if isinstance(value, tuple):
        yield from _fields(cast("tuple[tuple[str, object], ...]", value), operation, text)
    else:
        message = f"the body is {_described(value, text)}"
        yield Violation("body-not-object", message, remedy)


def _read(written: str) -> object:
    """Returns a JSON value, an object as the tuple of its pairs.

    Raises:
        ValueError: It is not JSON, or nested too deep to be read. The text says where.
    """
    try:
        return json.loads(
            written,
            object_pairs_hook=tuple,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deep to be read") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _fields(
    pairs: tuple[tuple[str, object], ...], operation: Operation, text: _Text
) -> Iterator[Violation]:
    values = dict(pairs)
    documented = [field.name for field in operation.fields]
    for field in operation.fields:
        if field.name in values:
            yield from _field(field, values[field.name], operation, text)
        elif required in field.rules:
            message = f"{field.name} is missing in the body"
            yield Violation("missing-field", message, f"send {field.name} as a string")
    others = [name for name in values if name not in documented]
    if others:
        hints = [
            f"; {name} of a push is sent as {_PUSHED_AS[name]}"
            for name in others
            if operation.names_order and name in _PUSHED_AS
        ]
        yield Violation(
            "undocumented-field",
            f"the body has fields that are not documented: {text.names(others)}",
            f"send only {', '.join(documented)}{''.join(hints)}",
        )
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if repeated:
        message = f"the body has fields more than once: {text.names(repeated)}"
        yield Violation("repeated-field", message, "send every field once")


def _field(field: Field, value: object, operation: Operation, text: _Text) -> Iterator[Violation]:
    name, needed = field.name, required in field.rules
    if value is None and needed:
        yield Violation("missing-field", f"{name} is null", f"send {name} as a string")
    elif not isinstance(value, str):
        remedy = f"send {name} as a string, in quotes"
        if operation.names_order and name == "delivery_id":
            remedy += ": a push carries it as a number, accept takes it as a string"
        yield Violation("wrong-type", f"{name} is {_described(value, text)}", remedy)
    elif needed and required(name, value):
        message = f"{name} is blank: {text.quoted(value)}"
        yield Violation("missing-field", message, f"send a {name}")
    elif name == "type" and value not in _TYPES:
        remedy = _TYPE_SPELLINGS.get(
            value.strip().lower(), "send 'ORDER' or 'Menu'; without type it is 'ORDER'"
        )
        yield Violation("unknown-type", f"type is {text.quoted(value)}", remedy)
    elif operation.names_order and value != value.strip():
        message = f"{name} has blanks around it: {text.quoted(value)}"
        yield Violation("blanks-around-id", message, f"send {name} exactly as it was pushed")


def _described(value: object, text: _Text) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _Number():
            return f"the number {text.plain(value.digits)}"
        case str():
            return f"the string {text.quoted(value)}"
        case list():
            return "a list"
        case _:
            return "an object"


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1") for each, value in headers if each == name]


def _clip(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
