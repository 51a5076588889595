"""What a control request may say: declared once, for reading requests and for the document."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from urllib.parse import parse_qsl

from mipos_mock.refusal import Refused, choices, shorten

Place = Literal["path", "query", "header", "body"]
Type = Literal["string", "integer", "number", "boolean", "object", "strings"]

# What int() and float() take beyond these, such as blanks, 1_000 and nan, is no number in JSON.
_INTEGER: Final = re.compile(r"-?[0-9]+")
_NUMBER: Final = re.compile(r"[-+.0-9eE]+")

_CLASSES: Final[Mapping[Type, type | tuple[type, ...]]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "strings": list,
}
_WORDS: Final[Mapping[Type, str]] = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "strings": "a list of strings",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One value of a request.

    Attributes:
        name: What it is called.
        text: What it means, in one line.
        type: Its JSON type; ``strings`` is an array of strings.
        place: Where it stands.
        default: What is taken when it is absent.
        least: The least that a number may be.
        most: The most that a number may be.
        choices: The only values that it may have, if there are any.
        nullable: Whether null is a value of its own.
        required: Whether it must be there. What stands in the path always is.
    """

    name: str
    text: str
    type: Type = "string"
    place: Place = "body"
    default: object = None
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] | tuple[int, ...] = ()
    nullable: bool = False
    required: bool = False

    def check(self, value: object) -> object:
        """Returns a value that a request holds.

        Raises:
            Refused: It is none that the argument may have.
        """
        if value is None and self.nullable:
            return None
        read = value
        if self.place != "body":
            read = self._read(str(value))
        elif self.type == "integer" and isinstance(value, float) and value.is_integer():
            read = int(value)  # to JSON, 10.0 is a whole number
        if not self._fits(read) or (self.choices and read not in self.choices):
            raise Refused(f"{self.name} is {_shown(value)}: send {self.wanted()}")
        return read

    def wanted(self) -> str:
        """Returns what has to be sent, for a message."""
        if self.choices:
            return f"one of {choices(self.choices)}"
        limits = [f"from {self.least:.10g}"] if self.least is not None else []
        limits += [f"to {self.most:.10g}"] if self.most is not None else []
        return " ".join([_WORDS[self.type], *limits])

    def _read(self, text: str) -> object:
        try:
            if self.type == "integer" and _INTEGER.fullmatch(text):
                return int(text)
            if self.type == "number" and _NUMBER.fullmatch(text):
                return float(text)
        except ValueError:  # such as "--", and thousands of digits
            pass
        return text

    def _fits(self, value: object) -> bool:
        if isinstance(value, bool) or self.type == "boolean":
            return isinstance(value, bool) and self.type == "boolean"
        if not isinstance(value, _CLASSES[self.type]):
            return False
        if isinstance(value, list):
            return all(isinstance(one, str) for one in cast("list[object]", value))
        return self._within(value) if isinstance(value, int | float) else True

    def _within(self, value: float) -> bool:
        least = self.least is None or value >= self.least
        return least and (self.most is None or value <= self.most)


def read(
    arguments: Iterable[Argument],
    path: Mapping[str, str],
    query: bytes,
    body: Mapping[str, object],
) -> dict[str, Any]:
    """Returns the values of a request by name, defaults included.

    Args:
        arguments: What the route declares. Headers are not looked at.
        path: The values in the path.
        query: The query string.
        body: The JSON object of the body.

    Raises:
        Refused: A value is not one that its argument may have, is missing, is there twice, or
            nothing declares it.
    """
    declared = {(each.place, each.name): each for each in arguments}
    values = {each.name: each.default for each in declared.values()}
    given: list[tuple[Place, str, object]] = [
        *(("path", name, value) for name, value in path.items()),
        *(("query", name, value) for name, value in _pairs(query)),
        *(("body", name, value) for name, value in body.items()),
    ]
    for place, name, value in given:
        argument = declared.get((place, name))
        if argument is None:
            known = choices(each for where, each in declared if where == place)
            raise Refused(f"{place} has no {shorten(name)!r}: there is {known}")
        values[name] = argument.check(value)
    there = {name for _, name, _ in given}
    for each in declared.values():
        if each.required and each.name not in there:
            raise Refused(f"{each.name} is missing in the {each.place}: send {each.wanted()}")
    return values


def _pairs(query: bytes) -> list[tuple[str, str]]:
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise Refused(f"query has {shorten(name)!r} {times} times: send it once")
    return pairs


def _shown(value: object) -> str:
    try:
        return shorten(json.dumps(value))
    except RecursionError:
        return "nested too deep"
