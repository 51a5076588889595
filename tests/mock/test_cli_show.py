"""Texts that the command makes for a person."""

import pytest

from mipos_mock.cli import show


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(0, "0.00"), (5, "0.05"), (1150, "11.50"), (-5, "-0.05"), (10**20, f"{10**18}.00")],
)
def test_money_has_two_decimals(amount: int, expected: str) -> None:
    """An amount with its decimals folded in is shown with a point."""
    assert expected == show.money(amount)


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2026-01-31T12:00:59.999Z", "2026-01-31 12:00:59"),
        ("1970-01-01T00:00:00.000Z", "-"),
        (None, "-"),
    ],
)
def test_moment_is_short(iso: str | None, expected: str) -> None:
    """A time is shown without its fraction; none, and that of a fresh order, is a hyphen."""
    assert expected == show.moment(iso)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b[31m\x7f\x9b", r"\x1b[31m\x7f\x9b"),
        ("abc\u202e\u2066\u2028", r"abc\u202e\u2066\u2028"),
        ("不要 👩‍🍳 é", "不要 👩‍🍳 é"),
        (None, "-"),
        (0, "0"),
    ],
)
def test_text_is_one_line_and_steers_nothing(value: object, expected: str) -> None:
    """Characters that move the cursor or turn the direction are shown as escapes, letters stay."""
    assert expected == show.plain(value)


def test_table_is_aligned() -> None:
    """Numbers end under each other, texts begin under each other, nothing trails."""
    table = show.table(("ID", "NAME", "NOTE"), [(9, "a", "x"), (10, "bcd", "")], "  ")

    assert ["  ID  NAME  NOTE", "   9  a     x", "  10  bcd"] == [
        line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in table
    ]


def test_table_without_rows_is_nothing() -> None:
    """There is no head without rows."""
    assert [] == show.table(("ID",), [])


def test_colour_does_not_move_columns() -> None:
    """A coloured status takes the room that its letters take."""
    table = show.table(("STATUS", "X"), [("accepted", "1"), ("no", "2")])

    assert ["\x1b[32maccepted\x1b[0m  1", "no        2"] == table[1:]


def test_body_that_is_no_json_is_shown_as_it_is() -> None:
    """A body is laid out if it is JSON, else its lines are shown."""
    assert ["  {", '    "a": "é"', "  }"] == show.body('{"a":"\\u00e9"}')
    assert ["  <p>", r"  \x1b"] == show.body("<p>\n\x1b")
