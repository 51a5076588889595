"""Which message a field that failed gets: one, that of the first rule that it breaks.

Only the message of an absent field is documented. The others are assumptions, as the catalogues in
the document mark them.
"""

from __future__ import annotations

from functools import cache

from mipos_contract import document

# What the framework that the texts point to cuts off before it calls a text empty.
_BLANKS = " \t\n\r\0\x0b"


def message(name: str, value: object, *, absent: bool) -> str:
    """Return the message for a field that failed.

    Args:
        name: the field, as the request names it.
        value: what the request holds; of no account if absent.
        absent: whether the field is not there.
    """
    shown = name.replace("_", " ")
    if name == "type":
        return f"The selected {shown} is invalid."
    if absent or _is_blank(value):
        return f"The {shown} field is required."
    if not isinstance(value, str):
        return f"The {shown} must be a string."
    limit = _limit(name)
    if len(value) > limit:
        return f"The {shown} may not be greater than {limit} characters."
    return f"The {shown} format is invalid."


def _is_blank(value: object) -> bool:
    return value.strip(_BLANKS) == "" if isinstance(value, str) else value in (None, [], {})


@cache
def _limit(name: str) -> int:
    """Return the length that the document gives a field, which is the same wherever it stands."""
    schemas = [
        document.resolve(each)
        for operation in document.operations().values()
        if name in operation.body
        for each in (operation.body[name], *operation.body[name].get("allOf", ()))
    ]
    return next(int(each["maxLength"]) for each in schemas if "maxLength" in each)
