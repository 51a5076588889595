"""What is told about calls that depart from the published pages."""

import json
from typing import NamedTuple

import pytest

from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.violations import Violation, find
from tests.mock.support import ACCEPT, ALPHA, CREATE, DELETE, JSON, LIST, UPDATE

IDS = {"delivery_id": "1", "store_id": "3", "order_external_id": "x"}
BODIES = {
    CREATE: {"url": "https://a"},
    UPDATE: {"current_url": "https://a", "new_url": "https://b"},
    DELETE: {"url": "https://a"},
    ACCEPT: IDS,
}
AT = {each.path: each for each in OPERATIONS.values()}

Header = tuple[bytes, bytes]
AUTHORIZATION: Header = (b"authorization", ALPHA.encode())
CONTENT_TYPE: Header = (b"content-type", JSON.encode())


def told(  # noqa: PLR0913 - these are the parts of a request
    path: str = ACCEPT,
    body: object = None,
    *,
    method: str | None = None,
    headers: tuple[Header, ...] = (AUTHORIZATION, CONTENT_TYPE),
    query: bytes = b"",
    operation: Operation | None = None,
) -> list[Violation]:
    """The violations of a call that is as documented but for what is given.

    Args:
        path: Where it goes.
        body: Bytes as they are, or a value to be sent as JSON; None for a documented body.
        method: None for the documented one.
        headers: All of them.
        query: The query string.
        operation: What was reached; None for what has this path and method.
    """
    at = AT.get(path)
    method = method or (at.method if at else "POST")
    reached = operation or (at if at and at.method == method else None)
    if body is None:
        body = BODIES.get(path, b"")
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return find(method, path, query, headers, sent, reached)


def rules(violations: list[Violation]) -> list[str]:
    """The names of the rules that were broken."""
    return [each.rule for each in violations]


class Case(NamedTuple):
    """What is told: the one rule, message and remedy."""

    rule: str
    message: str
    remedy: str


@pytest.mark.parametrize("path", AT)
def test_documented_call_has_no_violation(path: str) -> None:
    """A call with the documented method, headers and fields departs from nothing."""
    assert [] == told(path)


def test_order_type_may_be_spelled_out() -> None:
    """Both documented types may be sent."""
    bodies = [{"url": "https://a", "type": kind} for kind in ("ORDER", "Menu")]

    assert [[], []] == [told(CREATE, body) for body in bodies]


@pytest.mark.parametrize(
    ("method", "path", "remedy"),
    [
        ("POST", "/api/v1/webhook/create", f"use POST {CREATE}"),
        ("GET", f"{LIST}/3", f"use GET {LIST}"),
        ("POST", f"{ACCEPT}\n", f"use POST {ACCEPT}"),
        ("PUT", "/", f"use one of {', '.join(AT)}"),
    ],
)
def test_unknown_path(method: str, path: str, remedy: str) -> None:
    """A path that no page has is told alone, with the operation that is nearest to it."""
    message = f"{method!r} {path!r} is no documented operation"

    assert [Violation("unknown-path", message, remedy)] == told(path, method=method, query=b"a=1")


@pytest.mark.parametrize(
    "path",
    ["/api/v1/integration/order/deny", "/api/v1/orders/3", "/api/oauth/token", "/third_party/v1/x"],
)
def test_paths_of_other_pages_are_let_pass(path: str) -> None:
    """A path that another page of the platform documents is no violation."""
    assert [] == told(path)


def test_wrong_method_is_told_without_the_body() -> None:
    """A wrong method is told with the documented one; the body says nothing then."""
    expected = Violation("wrong-method", f"the method at {CREATE} is 'GET'", f"use POST {CREATE}")

    assert [expected] == told(CREATE, b"", method="GET", headers=(AUTHORIZATION,))


def test_head_is_a_wrong_method() -> None:
    """HEAD is no documented method, even where it reaches the operation that lists."""
    assert ["wrong-method"] == rules(told(LIST, method="HEAD", operation=AT[LIST]))


def test_trailing_slash_hides_nothing_else() -> None:
    """A slash at the end is told, and the rest is held against the operation that was meant."""
    expected = Violation(
        "trailing-slash", f"the path '{CREATE}/' ends in a slash", f"use POST {CREATE}"
    )

    assert expected == told(f"{CREATE}/", {})[0]
    assert ["trailing-slash", "missing-field"] == rules(told(f"{CREATE}/", {}))


def test_query_string_is_told_without_its_values() -> None:
    """A query string is told with the names of its parameters only."""
    violation, *rest = told(query=b"store_id=3&access%20key=hush&alone")

    assert [] == rest
    assert Case(
        "query-string",
        "the path has a query string with 'store_id', 'access key'",
        "send the fields as JSON in the body",
    ) == (violation.rule, violation.message, violation.remedy)


def test_query_string_of_the_list() -> None:
    """The operation that lists has no fields, so its query string is to be left out."""
    expected = Violation("query-string", "the path has a query string", "leave it out")

    assert [expected] == told(LIST, query=b"x")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ["missing-token"]),
        ("Bearer", ["missing-token"]),
        ("Bearer ", ["missing-token"]),
        ("bearer", ["wrong-scheme", "missing-token"]),
        ("bearer some-token", ["wrong-scheme"]),
        ("BEARER some-token", ["wrong-scheme"]),
        ("some-token", ["wrong-scheme"]),
        ("Basic some-token", ["wrong-scheme"]),
        ("Bearersome-token", ["wrong-scheme"]),
        ("Bearer Bearer some-token", ["wrong-scheme"]),
        ("Bearer  some-token", ["stray-blanks"]),
        ("Bearer\tsome-token", ["stray-blanks"]),
        (" Bearer some-token", ["stray-blanks"]),
        ("Bearer some-token ", ["stray-blanks"]),
        ("bearer  some-token", ["wrong-scheme", "stray-blanks"]),
        ("Bearer some-token", []),
        ("Bearer some token", []),
    ],
)
def test_authorization(value: str, expected: list[str]) -> None:
    """The header is the word Bearer, one blank and a token; each departure has its rule."""
    headers = ((b"authorization", value.encode()), CONTENT_TYPE)

    assert expected == rules(told(headers=headers))


@pytest.mark.parametrize("value", ["Basic some-token", "some-token", "Bearersome-token"])
def test_scheme_is_not_repeated(value: str) -> None:
    """What stands in place of the scheme may be the token, so it is not repeated."""
    expected = Violation(
        "wrong-scheme",
        "Authorization does not begin with 'Bearer' and a blank",
        "send 'Authorization: Bearer ' and the access token",
    )

    assert [expected] == told(headers=((b"authorization", value.encode()), CONTENT_TYPE))


@pytest.mark.parametrize("path", [LIST, CREATE])
def test_authorization_is_there_once(path: str) -> None:
    """No header, and more than one, are told at every operation."""
    twice = (AUTHORIZATION, AUTHORIZATION, CONTENT_TYPE)

    assert ["missing-authorization"] == rules(told(path, headers=(CONTENT_TYPE,)))
    assert ["repeated-authorization"] == rules(told(path, headers=twice))


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (CREATE, "application/json; charset=utf-8", []),
        (CREATE, "Application/JSON;charset=utf-8", []),
        (UPDATE, "application/jsonc", []),
        (UPDATE, "application/json", []),
        (UPDATE, "text/json", ["wrong-content-type"]),
        (CREATE, "application/jsonc", ["wrong-content-type"]),
        (DELETE, "application/x-www-form-urlencoded", ["wrong-content-type"]),
        (ACCEPT, "application/json, application/json", ["wrong-content-type"]),
        (ACCEPT, "", ["wrong-content-type"]),
        (LIST, "text/plain", []),
    ],
)
def test_content_type(path: str, value: str, expected: list[str]) -> None:
    """It is the documented one, with or without parameters; JSON passes for an update too."""
    headers = (AUTHORIZATION, (b"content-type", value.encode()))

    assert expected == rules(told(path, headers=headers))


def test_content_type_is_told_with_the_documented_one() -> None:
    """A wrong content type is named, and so is the documented one of the operation."""
    plain = (AUTHORIZATION, (b"content-type", b"text/plain; charset=utf-8"))

    assert [
        Violation(
            "wrong-content-type", "Content-Type is 'text/plain'", f"send 'Content-Type: {kind}'"
        )
        for kind in ("application/jsonc", "application/json")
    ] == [*told(UPDATE, headers=plain), *told(CREATE, headers=plain)]


def test_content_type_that_is_none_is_not_repeated() -> None:
    """A value without the form of a media type may be a token, so it is not repeated."""
    mixed_up = (AUTHORIZATION, (b"content-type", b"Bearer other-token"))

    assert ["Content-Type is no media type"] == [each.message for each in told(headers=mixed_up)]


def test_content_type_is_there_once() -> None:
    """No header, and more than one, are told; the operation that lists needs none."""
    twice = (AUTHORIZATION, CONTENT_TYPE, CONTENT_TYPE)

    assert ["missing-content-type"] == rules(told(headers=(AUTHORIZATION,)))
    assert ["repeated-content-type"] == rules(told(headers=twice))
    assert [] == told(LIST, headers=(AUTHORIZATION,))


def test_list_takes_no_body() -> None:
    """A body is told at the operation for which the pages show none."""
    expected = Violation("unexpected-body", f"GET {LIST} has a body", "send no body")

    assert [expected] == told(LIST, {})


def test_all_parts_are_told_in_order() -> None:
    """Path, query, token, content type and body are told in this order."""
    violations = told(f"{CREATE}/", {"type": 1, "kind": 1}, headers=(), query=b"url=x")

    assert [
        "trailing-slash",
        "query-string",
        "missing-authorization",
        "missing-content-type",
        "missing-field",
        "wrong-type",
        "undocumented-field",
    ] == rules(violations)
