"""Texts for a person: tables, money, times, and words in colour."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

import click

_COLOURS: Final = {
    "accepted": "green",
    "active": "green",
    "delivered": "green",
    "pending": "yellow",
    "queued": "yellow",
    "sending": "yellow",
    "waiting": "yellow",
    "cancelled": "red",
    "given up": "red",
}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NUMBER: Final = re.compile(r"-|[0-9]+(\.[0-9]+)?")


def plain(value: object) -> str:
    """Returns a value as one line of text; what would steer a terminal is shown as an escape."""
    text = "-" if value is None else str(value)
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)


def money(amount: int) -> str:
    """Returns an amount that has its two decimals folded in, with a point: 1150 is ``11.50``."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02}"


def moment(iso: str | None) -> str:
    """Returns a time of the interface without its fraction, ``-`` for none and for 1970."""
    if iso is None or iso.startswith("1970-"):
        return "-"  # the orders of a fresh server were never placed
    return iso[:19].replace("T", " ")


def clock(iso: str) -> str:
    """Returns the time of day of a time of the interface, with milliseconds."""
    return iso[11:23]


def painted(word: str, *, padded: str | None = None) -> str:
    """Returns a status in its colour, or what it was padded to."""
    text = word if padded is None else padded
    colour = _COLOURS.get(word)
    return text if colour is None else click.style(text, fg=colour)


def heading(text: str) -> str:
    """Returns a text that stands over others."""
    return click.style(plain(text), bold=True)


def alarm(text: str) -> str:
    """Returns a text that says what is wrong."""
    return click.style(text, fg="red")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], indent: str = "") -> list[str]:
    """Returns a table as lines; columns of numbers are aligned right.

    Args:
        heads: What stands over the columns. What is under ``STATUS`` is coloured.
        rows: The cells.
        indent: What each line begins with.
    """
    texts = [[plain(cell) for cell in row] for row in rows]
    columns = list(zip(heads, *texts, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [bool(texts) and all(map(_NUMBER.fullmatch, column[1:])) for column in columns]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        ]
        padded[-1] = padded[-1].rstrip()
        shown = [
            painted(cell, padded=text) if head == "STATUS" else text
            for cell, text, head in zip(cells, padded, heads, strict=True)
        ]
        return f"{indent}{'  '.join(shown)}".rstrip()

    return [heading(line(heads)), *map(line, texts)] if texts else []


def fields(pairs: Iterable[tuple[str, object]], indent: str = "  ") -> list[str]:
    """Returns names and values, one a line, the values under each other."""
    pairs = list(pairs)
    width = max((len(name) for name, _ in pairs), default=0)
    return [f"{indent}{name:<{width}}  {plain(value)}".rstrip() for name, value in pairs]


def document(value: object, indent: str = "  ") -> list[str]:
    """Returns a JSON value over several lines."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return [f"{indent}{plain(line)}" for line in text.split("\n")]


def body(text: str, indent: str = "  ") -> list[str]:
    """Returns the body of a message: laid out if it is JSON, else line by line."""
    try:
        return document(json.loads(text), indent)
    except (RecursionError, ValueError):
        return [f"{indent}{plain(line)}" for line in text.splitlines()]
