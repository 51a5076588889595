"""From a request's bytes and content type to the fields it holds."""

import json
from typing import NoReturn, cast


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_EXACT = json.JSONDecoder(parse_constant=_refuse_constant)
_LENIENT = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=float)


def read_object(body: bytes, *, integers: bool = False) -> dict[str, object] | None:
    """Returns the JSON object that a body holds, None when it holds anything else.

    Malformed JSON, ``NaN`` and ``Infinity``, text that is not UTF-8 or begins with a byte order
    mark, lists, scalars and nesting too deep to read are all "anything else". A key that
    occurs twice has its last value.

    Args:
        body: The body as it was sent.
        integers: Whether whole numbers are to be such. The API only ever tells numbers apart
            from strings, and Python refuses whole ones of thousands of digits.
    """
    try:
        value: object = (_EXACT if integers else _LENIENT).decode(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def read_input(content_type: str | None, body: bytes) -> dict[str, object]:
    """Returns the fields of an API request, none of them when the body does not count.

    A body counts when its content type contains ``/json`` or ``+json`` (``application/jsonc``
    does) and it holds a JSON object. The platform's framework is taken to be Lumen, which
    reads requests so; query strings and forms are not read (assumption).

    Args:
        content_type: The ``Content-Type`` header, None without one.
        body: The body as it was sent.
    """
    kind = (content_type or "").lower()
    if "/json" not in kind and "+json" not in kind:
        return {}
    return read_object(body) or {}
