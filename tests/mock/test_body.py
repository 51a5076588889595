"""From bytes and content type to the fields of a request."""

import pytest

from mipos_mock.body import read_input, read_object

OBJECT = b'{"url": "https://a"}'


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/jsonc",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "text/json",
        "application/vnd.api+json",
    ],
)
def test_json_content_types_count(content_type: str) -> None:
    """A body counts when its content type contains /json or +json, in any case."""
    assert {"url": "https://a"} == read_input(content_type, OBJECT)


@pytest.mark.parametrize(
    "content_type",
    [None, "", "json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"],
)
def test_other_content_types_count_as_empty(content_type: str | None) -> None:
    """A JSON text under another content type, or none, is not read."""
    assert {} == read_input(content_type, OBJECT)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'url': 1}",
        b'{"url": 1,}',
        b'{"url": 1} x',
        b'{"url": "a\nb"}',
        b"[]",
        b'["url"]',
        b'"url"',
        b"1",
        b"true",
        b"null",
        b'{"url": NaN}',
        b'{"url": Infinity}',
        b'{"url": -Infinity}',
        b"\xef\xbb\xbf" + OBJECT,
        b'{"url": "\xff"}',
        b'{"url": "\xed\xa0\x80"}',
        OBJECT.decode().encode("utf-16"),
        b"url=https://a",
        b"[" * 100_000,
        b'{"x":' * 100_000,
        b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_anything_but_a_json_object_counts_as_empty(body: bytes) -> None:
    """Whatever is not a JSON object in UTF-8 leaves no fields."""
    assert {} == read_input("application/json", body)


def test_no_object_is_told_from_an_empty_one() -> None:
    """An empty object is an object; a list is none."""
    assert ({}, None) == (read_object(b"{}"), read_object(b"[]"))


@pytest.mark.parametrize("number", [b"9" * 5000, b"-" + b"9" * 5000, b"1e99999"])
def test_long_numbers_leave_the_body_readable(number: bytes) -> None:
    """A number too long for an int does not make the other fields unreadable."""
    fields = read_input("application/json", b'{"x": ' + number + b', "url": "https://a"}')

    assert "https://a" == fields["url"]


def test_numbers_are_no_strings() -> None:
    """An integer stays something else than a string."""
    assert not isinstance(read_input("application/json", b'{"url": 5}')["url"], str)


def test_last_of_duplicate_keys_wins() -> None:
    """A key that occurs twice has its last value."""
    assert {"url": "b"} == read_input("application/json", b'{"url": "a", "url": "b"}')


def test_strange_strings_are_read() -> None:
    """Escaped NUL and lone surrogates, and a megabyte of text, are strings like others."""
    fields = read_input("application/json", rb'{"x": "\u0000\ud800", "y": "' + b"z" * 10**6 + b'"}')

    assert {"x": "\0\ud800", "y": "z" * 10**6} == fields
