"""Whatever a call holds, its violations are short lines, and the token is in none of them."""

import json
from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.violations import Violation, find
from tests.mock.support import ACCEPT, CREATE, JSON, LIST, UPDATE
from tests.mock.test_properties import bodies

LONGEST = 400  # characters of a message or a remedy

anything = st.text(st.characters())  # lone surrogates included
methods = st.sampled_from(["GET", "POST", "HEAD", "post"]) | anything
paths = st.sampled_from([CREATE, UPDATE, LIST, ACCEPT, f"{CREATE}/", "/", ""]) | anything
names = st.sampled_from([b"authorization", b"content-type"]) | st.binary()
values = (
    st.sampled_from([b"Bearer x", b"bearer  x", b"Basic x", JSON.encode(), b"text/plain"])
    | st.binary()
)
headers = st.lists(st.tuples(names, values), max_size=5)
operations = st.none() | st.sampled_from(list(OPERATIONS.values()))
tokens = st.from_regex(r"[A-Z0-9]{12,120}", fullmatch=True)


def texts(violations: list[Violation]) -> list[str]:
    """Everything that the violations say."""
    return [text for each in violations for text in astuple(each)]


@given(
    method=methods,
    path=paths,
    query=st.binary(),
    headers=headers,
    body=bodies,
    operation=operations,
)
def test_nothing_raises(  # noqa: PLR0913, PLR0917 - these are the parts of a request
    method: str,
    path: str,
    query: bytes,
    headers: list[tuple[bytes, bytes]],
    body: bytes,
    operation: Operation | None,
) -> None:
    """Any call at all is told about in short printable lines, and twice in the same way."""
    violations = find(method, path, query, headers, body, operation)

    assert [] == [text for text in texts(violations) if len(text) > LONGEST or not text]
    assert [] == [text for text in texts(violations) if not text.isprintable()]
    assert violations == find(method, path, query, headers, body, operation)


@given(
    token=tokens,
    form=st.sampled_from(["Bearer {}", "bearer  {}", "{}", "Bearer{}", "Basic {}", " Bearer {} y"]),
    place=st.sampled_from(["path", "query", "type", "body", "name", "value", "content-type", "id"]),
    around=st.sampled_from(["", "x" * 70]),
)
def test_the_token_is_never_repeated(token: str, form: str, place: str, around: str) -> None:
    """A token that is sent a second time in the wrong place is not repeated from there."""
    operation = OPERATIONS["accept_order" if place == "id" else "create_webhook"]
    spot = around + token
    path = f"/{spot}" if place == "path" else operation.path
    query = f"a={spot}&{spot}=1&{spot}".encode() if place == "query" else b""
    kind = spot if place == "content-type" else f"{spot}/json" if place == "type" else JSON
    sent: object = {
        "body": spot,
        "name": {spot: 1, "a": 2},
        "value": {"type": spot},
        "id": {"store_id": f" {spot}"},
    }.get(place, {})
    headers = [(b"authorization", form.format(token).encode()), (b"content-type", kind.encode())]
    reached = None if place == "path" else operation

    violations = find("POST", path, query, headers, json.dumps(sent).encode(), reached)

    assert violations
    assert [] == [text for text in texts(violations) if token[:6] in text]


def test_no_authorization_of_several_is_repeated() -> None:
    """The values of all Authorization headers stay out."""
    headers = [(b"authorization", b"Bearer secret-one"), (b"authorization", b"secret-two")]

    violations = find("POST", "/secret-one/secret-two", b"", headers, b"", None)

    assert ["'POST' '/***/***' is no documented operation"] == [each.message for each in violations]


def test_numeric_token_is_not_repeated_as_a_number() -> None:
    """A token of digits stays out where the body has it as a number."""
    headers = [(b"authorization", b"Bearer 918273645"), (b"content-type", JSON.encode())]
    body = b'{"url": 918273645}'

    violations = find("POST", CREATE, b"", headers, body, OPERATIONS["create_webhook"])

    assert ["url is the number ***"] == [each.message for each in violations]
