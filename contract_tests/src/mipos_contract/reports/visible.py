"""Texts of a target, made safe to show: what cannot be seen is spelled out."""

from __future__ import annotations

import json
import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\n\t")


def visible(text: str) -> str:
    r"""Return the text with each character that shows nothing, or moves others, as `\uXXXX`.

    That is a control or format character (those that turn the direction of writing among them), a
    line separator or half a surrogate pair; line feed and tab stay. The notation is that of JSON,
    so that a JSON text in a string keeps its meaning.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(character) for character in text)


def one_line(text: str) -> str:
    """Return the visible text with each run of white space as one space."""
    return " ".join(visible(text).split())


def shortened(text: str, limit: int) -> str:
    """Return the text, cut off after `limit` characters, with a word on how many are missing."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} [... {len(text) - limit:,} characters left out]"


def _spelled(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _UNSEEN:
        return character
    return json.dumps(character)[1:-1]
