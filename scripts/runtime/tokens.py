"""An access token that no text shows."""

import re
from typing import Final, NoReturn
from urllib.parse import quote

import msgspec

from .errors import UNDECODABLE, ConfigurationError
from .requests import HIDDEN

_VISIBLE: Final = re.compile(r"[!-~]+")


class Token:
    """An access token; `reveal` alone returns it.

    Raises:
        ConfigurationError: It is empty, or has a character that no header can carry.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
            raise ConfigurationError(
                f"the token is of type {type(value).__name__}; give the access token as a str"
            )
        if not value:
            raise ConfigurationError("the token is empty; give the access token of the account")
        if value.lower().startswith("bearer "):
            raise ConfigurationError(
                'the token begins with "Bearer "; give the access token alone, without the scheme'
            )
        if not _VISIBLE.fullmatch(value):
            raise ConfigurationError(
                "the token holds a blank, a line break or a character beyond ASCII, which a bearer "
                "token cannot; if it was read from a file, strip it"
            )
        self._value = value

    def reveal(self) -> str:
        """Return the token, for the header that carries it."""
        return self._value

    def hide_in(self, text: str) -> str:
        """Return the text with asterisks for the token, also where it is escaped or quoted."""
        for form in self._forms():
            text = text.replace(form, HIDDEN)
        return text

    def hide_in_name(self, name: str) -> str:
        """Return the name of a header, or asterisks if it holds the token in any case."""
        return HIDDEN if self._value.lower() in name.lower() else name

    def hide_in_bytes(self, body: bytes) -> bytes:
        """Return the bytes with asterisks for the token, also where it is escaped or quoted.

        JSON that spells the token with escapes of its own is returned without such escapes.
        """
        hidden = self._masked(body)
        try:
            spelt_out = msgspec.json.encode(msgspec.json.decode(hidden))
        except UNDECODABLE:
            return hidden
        masked = self._masked(spelt_out)
        return hidden if masked == spelt_out else masked

    def _masked(self, body: bytes) -> bytes:
        for form in self._forms():
            body = body.replace(form.encode(), HIDDEN.encode())
        return body

    def _forms(self) -> list[str]:
        plain = self._value
        forms = {plain, quote(plain), quote(plain, safe="")}
        # Escaped once, as in JSON, and twice, as in JSON within JSON.
        for _ in range(2):
            forms |= {_escaped(form) for form in forms}
            forms |= {form.replace("/", "\\/") for form in forms}
        return sorted(forms, key=len, reverse=True)

    def __repr__(self) -> str:
        """Return asterisks."""
        return f"Token({HIDDEN})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or pickled, which would write the token down.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a token is not pickled or copied; make a client where it is needed")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
