"""What is told about bodies that depart from the published pages."""

import json

import pytest

from mipos_mock.operations import OPERATIONS
from mipos_mock.violations import Violation, find
from tests.mock.support import ALPHA, JSON

HEADERS = [(b"authorization", ALPHA.encode()), (b"content-type", JSON.encode())]
IDS = {"delivery_id": "1", "store_id": "3", "order_external_id": "x"}


def told(operation: str, body: object) -> list[Violation]:
    """The violations of a call with a body: bytes as they are, or a value as JSON."""
    at = OPERATIONS[operation]
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return find(at.method, at.path, b"", HEADERS, sent, at)


@pytest.mark.parametrize(
    ("body", "rule", "message"),
    [
        (b"", "missing-body", "the body is empty"),
        (b" \r\n\t", "missing-body", "the body is empty"),
        (b'{"url": "\xff"}', "body-not-utf-8", "the body is not UTF-8 at byte 9 of 12"),
        (
            b'{"url" "x"}',
            "malformed-json",
            "the body is not JSON: Expecting ':' delimiter (line 1, column 8)",
        ),
        (b'{"url": NaN}', "malformed-json", "the body is not JSON: NaN is no JSON value"),
        (
            b'{"url":' * 100_000,
            "malformed-json",
            "the body is not JSON: it is nested too deep to be read",
        ),
        (b'["url"]', "body-not-object", "the body is a list"),
        (b"null", "body-not-object", "the body is null"),
        (b"true", "body-not-object", "the body is true"),
        (b"1e5", "body-not-object", "the body is the number 1e5"),
        (b'"url"', "body-not-object", "the body is the string 'url'"),
    ],
    ids=lambda part: repr(part[:30]),
)
def test_body_is_a_json_object(body: bytes, rule: str, message: str) -> None:
    """Whatever is no JSON object in UTF-8 is told alone, with the place or the kind."""
    violation, *rest = told("delete_webhook", body)

    assert [] == rest
    assert (rule, message) == (violation.rule, violation.message)


def test_byte_order_mark_hides_nothing_else() -> None:
    """A byte order mark is told, and what follows it is read."""
    with_mark = [told("delete_webhook", b"\xef\xbb\xbf" + rest) for rest in (b"{}", b"")]

    assert [["byte-order-mark", "missing-field"], ["byte-order-mark", "missing-body"]] == [
        [each.rule for each in violations] for violations in with_mark
    ]


def test_comments_are_no_json() -> None:
    """A comment is malformed JSON, for an update too (assumption)."""
    body = b'{"current_url": "https://a", "new_url": "https://b"} // moved'

    assert ["malformed-json"] == [each.rule for each in told("update_webhook", body)]


@pytest.mark.parametrize(
    ("value", "rule", "message"),
    [
        (None, "missing-field", "store_id is null"),
        ("", "missing-field", "store_id is blank: ''"),
        (" \t", "missing-field", "store_id is blank: ' \\t'"),
        (3, "wrong-type", "store_id is the number 3"),
        (-1.50, "wrong-type", "store_id is the number -1.5"),
        (False, "wrong-type", "store_id is false"),
        ([], "wrong-type", "store_id is a list"),
        ({}, "wrong-type", "store_id is an object"),
        ({"id": "3"}, "wrong-type", "store_id is an object"),
        (" 3", "blanks-around-id", "store_id has blanks around it: ' 3'"),
        ("3\n", "blanks-around-id", "store_id has blanks around it: '3\\n'"),
    ],
)
def test_ids_are_strings_as_they_were_pushed(value: object, rule: str, message: str) -> None:
    """An id that is null, blank, no string or has blanks around it is told once."""
    violation, *rest = told("accept_order", {**IDS, "store_id": value})

    assert [] == rest
    assert (rule, message) == (violation.rule, violation.message)


def test_missing_fields_are_told_one_by_one() -> None:
    """Every required field that is missing is told, in documented order."""
    assert [
        Violation("missing-field", f"{name} is missing in the body", f"send {name} as a string")
        for name in IDS
    ] == told("accept_order", {})


def test_delivery_id_as_it_is_pushed_is_no_string() -> None:
    """The number that a push has as delivery_id is told with the reason for the difference."""
    remedy = (
        "send delivery_id as a string, in quotes: "
        "a push carries it as a number, accept takes it as a string"
    )

    assert [Violation("wrong-type", "delivery_id is the number 1", remedy)] == told(
        "accept_order", {**IDS, "delivery_id": 1}
    )


def test_type_may_be_missing() -> None:
    """The type is optional; a null is another JSON type than the documented one."""
    url = {"url": "https://a"}

    assert [] == told("create_webhook", url)
    assert [Violation("wrong-type", "type is null", "send type as a string, in quotes")] == told(
        "create_webhook", {**url, "type": None}
    )


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("order", "write 'ORDER', in capitals"),
        ("MENU", "write 'Menu', as webhook management does; webhook content alone writes 'MENU'"),
        (" Menu", "write 'Menu', as webhook management does; webhook content alone writes 'MENU'"),
        ("", "send 'ORDER' or 'Menu'; without type it is 'ORDER'"),
        ("STATUS", "send 'ORDER' or 'Menu'; without type it is 'ORDER'"),
    ],
)
def test_unknown_type(kind: str, remedy: str) -> None:
    """Any type but the two that the page names, in its spelling, is told."""
    assert [Violation("unknown-type", f"type is {kind!r}", remedy)] == told(
        "create_webhook", {"url": "https://a", "type": kind}
    )


def test_assumed_limits_are_no_violation() -> None:
    """What no page states, such as the form of a URL and lengths, is not told."""
    ids = {**IDS, "store_id": "caf\u00e9 3", "order_external_id": "x" * 1000}

    assert [] == told("delete_webhook", {"url": "pos.example"})
    assert [] == told("accept_order", ids)


def test_undocumented_fields_are_told_together() -> None:
    """Fields that are not documented are told in one violation, three by name."""
    body = {"url": "https://a", **{f"x{number}": 1 for number in range(5)}}

    assert [
        Violation(
            "undocumented-field",
            "the body has fields that are not documented: 'x0', 'x1', 'x2' and 2 more",
            "send only url",
        )
    ] == told("delete_webhook", body)


def test_pushed_names_are_told_with_those_of_accept() -> None:
    """A field that a push names otherwise than accept does is told with the name to use."""
    violations = told("accept_order", {**IDS, "external_id": "x", "external_store_id": "3"})

    assert ["undocumented-field"] == [each.rule for each in violations]
    assert (
        "send only delivery_id, store_id, order_external_id"
        "; external_id of a push is sent as order_external_id"
        "; external_store_id of a push is sent as store_id"
    ) == violations[0].remedy


def test_repeated_fields_are_told() -> None:
    """A field that occurs twice is told, and its last value is the one that is looked at."""
    body = b'{"url": 1, "url": "https://a", "x": {"y": 1, "y": 2}}'
    violations = told("delete_webhook", body)

    assert ["undocumented-field", "repeated-field"] == [each.rule for each in violations]
    assert "the body has fields more than once: 'url'" == violations[1].message


def test_what_was_sent_is_clipped() -> None:
    """A long value is repeated up to 80 characters, a long number too."""
    named = told("create_webhook", {"url": "https://a", "type": "x" * 1000})
    numbered = told("delete_webhook", b'{"url": ' + b"9" * 5000 + b"}")

    assert ["type is '" + "x" * 76 + "..."] == [each.message for each in named]
    assert ["url is the number " + "9" * 77 + "..."] == [each.message for each in numbered]


def test_control_characters_are_escaped() -> None:
    """Line ends, escapes, directions and lone surrogates are shown by their codes."""
    violations = told("create_webhook", {"url": "https://a", "type": "\r\n\x1b\u2028\u202e\ud800"})

    assert [r"type is '\r\n\x1b\u2028\u202e\ud800'"] == [each.message for each in violations]
