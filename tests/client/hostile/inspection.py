"""What an error shows, and what it holds."""

from __future__ import annotations

import json
import pickle
import traceback
from collections.abc import Iterator, Mapping
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

if TYPE_CHECKING:
    from mipos_client import MiposError

# An excerpt of 300 characters, each of which may be written as ten, and the request.
_LONGEST: Final = 3500
_CODE: Final = (BuiltinFunctionType, FunctionType, MethodType, ModuleType, TracebackType, type)


def forms(token: str) -> list[str]:
    """Return the ways in which an answer may repeat a token."""
    escaped = json.dumps(token)[1:-1]
    return [token, escaped, escaped.replace("/", "\\/"), quote(token), quote(token, safe="")]


def flaws(error: MiposError, token: str) -> list[str]:
    """Return what is wrong with an error, whatever the answer was."""
    found = list[str]()
    shown = {"str": str(error), "repr": repr(error)}
    for name, text in shown.items():
        if not text.isprintable():
            found.append(f"its {name} has control characters or more than one line: {text!r}")
        if len(text) > _LONGEST:
            found.append(f"its {name} has {len(text)} characters")
    copy = cast("object", pickle.loads(pickle.dumps(error)))  # noqa: S301  written in this line
    if (type(copy), str(copy), repr(copy)) != (type(error), *shown.values()):
        found.append(f"it is pickled as {copy!r}")
    printed = "".join(traceback.format_exception(error))
    for held in (*shown.values(), printed, *texts_in(error)):
        found.extend(f"it holds the token: {held!r}" for form in forms(token) if form in held)
    return found


def texts_in(value: object) -> list[str]:
    """Return every text that can be reached from a value through what it holds."""
    return list(_texts_in(value, {}))


def _texts_in(value: object, seen: dict[int, object]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes | bytearray):
        yield value.decode("latin-1")
    elif id(value) not in seen and not isinstance(value, _CODE):
        # Kept, lest another object get its id.
        seen[id(value)] = value
        for each in _held(value):
            yield from _texts_in(each, seen)


def _held(value: object) -> Iterator[object]:
    yield from _items(value)
    if isinstance(value, BaseException):
        yield from (value.args, value.__cause__, value.__context__)
    yield from getattr(value, "__dict__", {}).values()
    for kind in type(value).__mro__:
        slots = cast("str | tuple[str, ...]", getattr(kind, "__slots__", ()))
        for name in (slots,) if isinstance(slots, str) else slots:
            yield getattr(value, name, None)


def _items(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from cast("Mapping[object, object]", value).items()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from cast("list[object]", value)
