"""The rules that a field must meet."""

import pytest

from mipos_mock.validation import Field, identifier, one_of, required, string, url, validate

URL = (url("url"),)
TYPE = (Field("type", (one_of("ORDER", "Menu"),)),)
STORE = (identifier("store_id"),)

REQUIRED = {"url": ["The url field is required."]}
FORMAT = {"url": ["The url format is invalid."]}
TOO_LONG = {"url": ["The url may not be greater than 2048 characters."]}
NO_STRING = {"url": ["The url must be a string."]}


@pytest.mark.parametrize("value", [None, "", " ", "\t\n\r\0\x0b ", [], {}], ids=repr)
def test_empty_values_are_missing(value: object) -> None:
    """A value that is null, empty or nothing but PHP's blanks fails as required."""
    failures = validate(URL, {"url": value})

    assert REQUIRED == failures


def test_absent_field_is_missing() -> None:
    """A field that is not there fails as required."""
    failures = validate(URL, {})

    assert REQUIRED == failures


@pytest.mark.parametrize("value", ["\x0c", "\xa0", "\u2003", "x "])
def test_other_blanks_are_not_missing(value: str) -> None:
    """Blanks that PHP's trim leaves alone are content, which then fails by its format."""
    failures = validate(URL, {"url": value})

    assert FORMAT == failures


@pytest.mark.parametrize("value", [0, 1, 1.5, True, False, ["x"], {"x": 1}])
def test_other_types_must_be_strings(value: object) -> None:
    """A present value of another JSON type must be a string; zero and false are present."""
    failures = validate(URL, {"url": value})

    assert NO_STRING == failures


def test_url_may_have_2048_characters() -> None:
    """The longest allowed URL passes."""
    failures = validate(URL, {"url": "https://a/".ljust(2048, "x")})

    assert {} == failures


def test_url_of_2049_characters_is_too_long() -> None:
    """One character more fails by its length."""
    failures = validate(URL, {"url": "https://a/".ljust(2049, "x")})

    assert TOO_LONG == failures


def test_length_comes_before_format() -> None:
    """A value that is both too long and ill-formed is told its length."""
    failures = validate(URL, {"url": "\u00e9" * 2049})

    assert TOO_LONG == failures


def test_length_counts_characters() -> None:
    """Length counts characters, not bytes."""
    failures = validate(URL, {"url": "\u00e9" * 2048})

    assert FORMAT == failures


@pytest.mark.parametrize(
    "value",
    [
        "http://a",
        "https://pos.example",
        "https://pos.example/",
        "https://pos.example:8443/hooks//orders/",
        "https://127.0.0.1:1",
        "https://pos.example:99999",
        "https://a-b.c.example?x=1&y=/?",
        "https://pos.example/?",
        "https://pos.example/a%20b/~user;v=1,(2)!$&'*+=:@-._",
        "http://A9.Example/%C3%a9",
    ],
)
def test_urls_that_pass(value: str) -> None:
    """An absolute http or https URL of ASCII characters passes."""
    failures = validate(URL, {"url": value})

    assert {} == failures


@pytest.mark.parametrize(
    "value",
    [
        "pos.example",
        "//pos.example",
        "HTTPS://pos.example",
        "ftp://pos.example",
        "https:/pos.example",
        "https://",
        "https:///path",
        "https://-a",
        "https://a-",
        "https://.a",
        "https://a.",
        "https://a_b",
        "https://a:",
        "https://a:123456",
        "https://a:1x",
        "https://a:\u0661",
        "https://user@a",
        "https://user:secret@a",
        "https://a/#part",
        "https://a#part",
        "https://[::1]/",
        "https://a/b c",
        'https://a/"',
        "https://a/[1]",
        "https://a/%",
        "https://a/%4",
        "https://a/%zz",
        "https://a?[",
        "https://caf\u00e9.example",
        "https://a/\u00e9",
        "https://\u0661",
        "https://a/\n",
        "https://a\n",
        "https://a?\n",
        " https://a",
        "https://a ",
        "https://a/\0",
        "https://a/\ud800",
        "https://a/\\",
    ],
    ids=ascii,
)
def test_urls_that_fail(value: str) -> None:
    """Anything else, a newline at the end included, fails by its format."""
    failures = validate(URL, {"url": value})

    assert FORMAT == failures


@pytest.mark.parametrize("value", ["1", "!", "~", "x" * 255, "01f1b8ce-a65d", "\\\"'"])
def test_ids_that_pass(value: str) -> None:
    """One to 255 visible ASCII characters pass."""
    failures = validate(STORE, {"store_id": value})

    assert {} == failures


@pytest.mark.parametrize("value", ["a b", " a", "a ", "a\n", "\u00e9", "\x7f", "\x1f", "a\0"])
def test_ids_that_fail(value: str) -> None:
    """Blanks, control characters and characters beyond ASCII fail by their format."""
    failures = validate(STORE, {"store_id": value})

    assert {"store_id": ["The store id format is invalid."]} == failures


def test_id_of_256_characters_is_too_long() -> None:
    """An id of more than 255 characters fails by its length."""
    failures = validate(STORE, {"store_id": "x" * 256})

    assert {"store_id": ["The store id may not be greater than 255 characters."]} == failures


@pytest.mark.parametrize("values", [{}, {"type": "ORDER"}, {"type": "Menu"}])
def test_types_that_pass(values: dict[str, object]) -> None:
    """A type that is missing or one of the documented two passes."""
    failures = validate(TYPE, values)

    assert {} == failures


@pytest.mark.parametrize(
    "value",
    [None, "", " ", "order", "MENU", "ORDER\n", 0, False, 1, [], ["ORDER"], {}, {"ORDER": 1}],
)
def test_types_that_fail(value: object) -> None:
    """Any other type, whatever its JSON type, is an invalid selection."""
    failures = validate(TYPE, {"type": value})

    assert {"type": ["The selected type is invalid."]} == failures


def test_every_failing_field_is_told_in_documented_order() -> None:
    """Failing fields, and only those, are told in the order of the fields, not of the input."""
    fields = (identifier("delivery_id"), identifier("store_id"), identifier("order_external_id"))

    failures = validate(fields, {"order_external_id": 1, "store_id": "3", "extra": 1})

    expected = [
        ("delivery_id", ["The delivery id field is required."]),
        ("order_external_id", ["The order external id must be a string."]),
    ]

    assert expected == list(failures.items())


def test_first_failing_rule_wins() -> None:
    """A field is told one message, that of its first failing rule."""
    failures = validate((Field("url", (string, required)),), {"url": None})

    assert NO_STRING == failures
