"""Keeps what a client proves itself with out of what is shown of its call."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

from mipos_mock.access import SECRET_HEADER

HIDDEN: Final = "(hidden)"
"""Stands where something is kept out."""

PROOFS: Final = frozenset(
    {b"authorization", b"cookie", b"proxy-authorization", SECRET_HEADER.lower().encode()}
)
"""The headers, in lower case, by which a client proves who it is."""

_LEAST: Final = 8
"""Characters that a word of a proof needs to count: to hide `null` everywhere helps nobody."""

_CUT: Final = 16
"""Characters by which a word is known where a text cuts it off."""

_SCHEME: Final = re.compile(r"\A\s*bearer", re.IGNORECASE)


class Mask:
    """Hides the words of a call's proofs wherever they stand: in its path, query, body, answer."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Looks for them in the call's headers, whose names are in lower case."""
        words = {
            word
            for name, value in headers
            if name in PROOFS
            for word in _words(name, value.decode("latin-1"))
            if len(word) >= _LEAST
        }
        self._spellings = sorted({each for word in words for each in _spellings(word)}, key=len)

    def __call__(self, text: str) -> str:
        """Returns a text without them."""
        for spelling in reversed(self._spellings):
            text = _without(text, spelling)
        return text


def _words(name: bytes, value: str) -> Iterator[str]:
    if name == b"cookie":
        parts = (pair.partition("=") for pair in value.split(";"))
        yield from ((value if equals else name).strip(' "') for name, equals, value in parts)
    else:
        yield from (word.strip("\"',;") for word in _SCHEME.sub("", value).split())


@lru_cache(maxsize=256)
def _spellings(word: str) -> frozenset[str]:
    """Returns a word as it is, and as a query or JSON holds it."""
    encoded = {quote(word), quote_plus(word)}
    lower = {re.sub("%..", lambda found: found[0].lower(), each) for each in encoded}
    escaped = json.dumps(word)[1:-1]
    return frozenset({word, *encoded, *lower, escaped, escaped.replace("/", "\\/")})


def _without(text: str, word: str) -> str:
    start, parts = 0, list[str]()
    while (at := text.find(word[:_CUT], start)) >= 0:
        end = at + min(len(word), _CUT)
        while end < len(text) and end - at < len(word) and text[end] == word[end - at]:
            end += 1
        parts += [text[start:at], HIDDEN]
        start = end
    return "".join([*parts, text[start:]])
