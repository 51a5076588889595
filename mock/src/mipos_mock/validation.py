"""The rules a field must meet, in the manner of Laravel's validator.

A field is told its first failing rule only, and a message names it with ``_`` turned to a
blank. The ``required`` message is documented. The wording of the others is an assumption: it
is that of sibling pages of the MiPOS API and of the framework they point to.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mipos_mock import messages

Rule = Callable[[str, object], str | None]
"""From an attribute's name and value (None when missing) to the message if the rule fails."""

URL_MAX: Final = 2048
"""Characters that a webhook URL may have (assumption)."""

IDENTIFIER_MAX: Final = 255
"""Characters that an id may have (assumption)."""

_PHP_BLANKS = " \t\n\r\0\x0b"
_PCHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"

URL: Final = re.compile(
    r"https?://"
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
    r"(?::[0-9]{1,5})?"
    rf"(?:/(?:{_PCHAR}|/)*)?"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?"
)
"""An absolute http or https URL in ASCII, without user, fragment or IPv6 literal (assumption)."""

IDENTIFIER: Final = re.compile(r"[\x21-\x7e]+")
"""One or more visible ASCII characters (assumption)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a request and the rules it must meet, the most basic first."""

    name: str
    rules: tuple[Rule, ...]


def validate(fields: Iterable[Field], values: Mapping[str, object]) -> dict[str, list[str]]:
    """Returns the 422 body: the first failing message of every failing field, in field order.

    Args:
        fields: The fields that the operation documents.
        values: What the request holds; fields that are not documented are ignored.
    """
    failures: dict[str, list[str]] = {}
    for field in fields:
        if field.name not in values and required not in field.rules:
            continue
        attribute, value = field.name.replace("_", " "), values.get(field.name)
        for rule in field.rules:
            message = rule(attribute, value)
            if message is not None:
                failures[field.name] = [message]
                break
    return failures


def required(attribute: str, value: object) -> str | None:
    """Fails a value that is missing, null, empty or a string of nothing but blanks."""
    blank = value.strip(_PHP_BLANKS) == "" if isinstance(value, str) else value in (None, [], {})
    return messages.field_required(attribute) if blank else None


def string(attribute: str, value: object) -> str | None:
    """Fails a value that is not a JSON string."""
    return None if isinstance(value, str) else f"The {attribute} must be a string."


def at_most(limit: int) -> Rule:
    """Returns the rule that fails a string of more than so many characters."""

    def rule(attribute: str, value: object) -> str | None:
        if isinstance(value, str) and len(value) > limit:
            return f"The {attribute} may not be greater than {limit} characters."
        return None

    return rule


def matching(pattern: re.Pattern[str]) -> Rule:
    """Returns the rule that fails a string which a pattern does not match from end to end."""

    def rule(attribute: str, value: object) -> str | None:
        if isinstance(value, str) and pattern.fullmatch(value) is None:
            return f"The {attribute} format is invalid."
        return None

    return rule


def one_of(*choices: str) -> Rule:
    """Returns the rule that fails a value which is none of the choices."""

    def rule(attribute: str, value: object) -> str | None:
        return None if value in choices else f"The selected {attribute} is invalid."

    return rule


def url(name: str) -> Field:
    """Returns the field of a webhook URL."""
    return Field(name, (required, string, at_most(URL_MAX), matching(URL)))


def identifier(name: str) -> Field:
    """Returns the field of an id."""
    return Field(name, (required, string, at_most(IDENTIFIER_MAX), matching(IDENTIFIER)))
