"""A value that must never be printed."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

HIDDEN = "***"


class Secret:
    """An access token that shows itself only when asked to with `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value, for the one place that puts it into a header."""
        return self._value

    def hide_in(self, text: str) -> str:
        """Return the text with asterisks for the value, also where it is escaped or encoded."""
        escaped = json.dumps(self._value)[1:-1]
        forms = {
            self._value,
            escaped,
            escaped.replace("/", "\\/"),
            quote(self._value),
            quote(self._value, safe=""),
            html.escape(self._value),
        }
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(form, HIDDEN)
        return text

    def __eq__(self, other: object) -> bool:
        """Compare by value, so that two settings can be told apart without printing them."""
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        """Hash by value."""
        return hash(self._value)

    def __repr__(self) -> str:
        """Return asterisks."""
        return f"Secret({HIDDEN})"
