"""Stateless: a 422 names exactly the fields that failed, and no input breaks the server.

What may come back is derived from the request (`expectation`): of the mock, the very fields that
are absent or not valid; of another target, the absent ones, and for the rest any documented answer.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_contract.exchange import Call
from mipos_contract.suite.values import good_value
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from mipos_contract.document import Operation
    from mipos_contract.exchange import Exchange
    from mipos_contract.target import Target

WITH_BODY = [operation for operation in document.operations().values() if operation.body]
FIELDS = [(operation, name) for operation in WITH_BODY for name in operation.body]
ABSENCES = [
    (operation, absent)
    for operation in WITH_BODY
    for size in range(1, len(operation.required) + 1)
    for absent in itertools.combinations(operation.required, size)
]
VALUES = {
    "empty": "",
    "blank": " ",
    "blanks": " \t\r\n",
    "null": None,
    "zero": 0,
    "number": 1,
    "false": False,
    "true": True,
    "empty list": [],
    "list": ["https://pos.example/orders"],
    "empty object": {},
    "object": {"url": "https://pos.example/orders"},
    "text": "text",
    "blank inside": "https://pos.example/or ders",
    "line break at the end": "https://pos.example/orders\n",
    "blank before": " https://pos.example/orders",
    "NUL": "https://pos.example/\0",
    "only NUL": "\0",
    "astral": "https://pos.example/\U0001f355",
    "right to left": "https://pos.example/\u202eabc",
    "lone surrogate": "https://pos.example/\ud800",
    "quotes": "https://pos.example/\"'`\\<>|",
    "colon in the path": "https://pos.example/a:b@c;d='e'~!$&()*+,",
    "port": "https://pos.example:65535/",
    "port of six digits": "https://pos.example:123456/",
    "no path": "http://pos",
    "query without path": "https://pos.example?a=1?b",
    "upper-case host": "https://POS.example/",
    "upper-case scheme": "HTTPS://pos.example/",
    "underscore in the host": "https://pos_example/",
    "hyphen at the host's end": "https://pos-/",
    "IPv6": "https://[::1]/",
    "slash in an id": "a/b",
    "DEL": "a\x7f",
    "another type": "MENU",
    "a type in lower case": "order",
    "other scheme": "ftp://pos.example/orders",
    "user name": "https://user@pos.example/orders",
    "fragment": "https://pos.example/orders#top",
    "bad escape": "https://pos.example/%zz",
    "256 characters": "a" * 256,
    "255 characters": "a" * 255,
    "2,048 characters": "https://pos.example/".ljust(2_048, "a"),
    "2,049 characters": "https://pos.example/".ljust(2_049, "a"),
    "10,000 characters": "https://pos.example/".ljust(10_000, "a"),
}
BODIES = {
    "nothing": b"",
    "half an object": b'{"url": "URL"',
    "no JSON": b"url=URL",
    "null": b"null",
    "text": b'"URL"',
    "number": b"1",
    "list": b"[]",
    "list of an object": b'[{"url": 1}]',
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "not UTF-8 in a field": b'{"url": "URL\xff"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "not a number": b'{"a": NaN}',
    "many digits": b'{"a": ' + b"9" * 10_000 + b"}",
    "deep": b"[" * 10_000 + b"]" * 10_000,
    "deep in a field": b'{"url": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "unknown fields": b'{"id": 1, "": null, "__proto__": {}}',
}


def send(target: Target, operation: Operation, fields: dict[str, object]) -> Exchange | None:
    """Send a body with the documented content type, if it may be sent, and check the answer."""
    call = Call(operation, target.account, json.dumps(fields).encode(), operation.content_type)
    return target.send(call)


def expect_no_effect(target: Target, exchange: Exchange | None, before: list[str]) -> None:
    """Check that a request that failed validation left the account's webhooks alone."""
    if exchange is None or exchange.answer.status != 422:
        return
    after = target.webhooks()
    if sorted(after) != sorted(before):
        says = f"a 422 changes nothing; listed before: {before}; after: {after}."
        raise ContractError(
            "refused-request-has-effect",
            "a request that failed validation had an effect.",
            says,
            exchange,
        )


@pytest.mark.parametrize(
    ("operation", "absent"),
    ABSENCES,
    ids=[f"{operation.id}-without-{'-'.join(absent)}" for operation, absent in ABSENCES],
)
def test_absent_fields_are_named(
    target: Target, operation: Operation, absent: tuple[str, ...]
) -> None:
    """A 422 names each required field that is absent, in the documented words, and no other."""
    fields: dict[str, object] = {
        name: good_value(target, name) for name in operation.body if name not in absent
    }
    before = target.webhooks()

    exchange = send(target, operation, fields)

    expect_no_effect(target, exchange, before)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(
    ("operation", "name"), FIELDS, ids=[f"{operation.id}-{name}" for operation, name in FIELDS]
)
@pytest.mark.writes
def test_a_value_is_accepted_or_named(
    target: Target, operation: Operation, name: str, value: object
) -> None:
    """One odd value gets a documented answer; where it fails, its field alone is named."""
    fields: dict[str, object] = {each: good_value(target, each) for each in operation.required}

    send(target, operation, {**fields, name: value})


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("operation", WITH_BODY, ids=[operation.id for operation in WITH_BODY])
def test_a_body_that_says_nothing_counts_as_empty(
    target: Target, operation: Operation, body: bytes
) -> None:
    """A body that is no JSON object, or an object without a known field, gets a documented 422."""
    named = body.replace(b"URL", good_value(target, "url").encode())
    before = target.webhooks()

    exchange = target.send(Call(operation, target.account, named, operation.content_type))

    expect_no_effect(target, exchange, before)


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/xml", "a/b/json"])
@pytest.mark.parametrize("operation", WITH_BODY, ids=[operation.id for operation in WITH_BODY])
@pytest.mark.mock_only("no document says what another content type does")
def test_another_content_type_is_answered(
    target: Target, operation: Operation, content_type: str | None
) -> None:
    """A body counts where its type is some JSON, and else as an empty one."""
    fields = {name: good_value(target, name) for name in operation.required}

    target.send(Call(operation, target.account, json.dumps(fields).encode(), content_type))


@pytest.mark.parametrize(
    ("operation", "name"), FIELDS, ids=[f"{operation.id}-{name}" for operation, name in FIELDS]
)
@pytest.mark.mock_only("a deployment is not sent a megabyte")
def test_a_megabyte_is_answered(target: Target, operation: Operation, name: str) -> None:
    """A text of a million characters fails its field, not the server."""
    fields: dict[str, object] = {each: good_value(target, each) for each in operation.required}

    send(target, operation, {**fields, name: "https://pos.example/".ljust(1_000_000, "a")})
