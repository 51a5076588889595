"""When each message comes, what to do about it, and which calls provoke it on a fresh mock."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from scripts.catalogue import Message, Node, body_schema, messages, operations, resolve
from scripts.site.samples import Call, calls

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITTEN = Path(__file__).with_name("messages.yaml")
# How a message about a field names its rule, and what to do about it.
RULES = {
    "field is required.": (
        "`{field}` is missing; on the mock also where it is null, blank or empty (assumption).",
        "Send it.",
    ),
    "must be a string.": (
        "`{field}` is no JSON string, such as a number.",
        "Send it as a string.",
    ),
    "characters.": (
        "`{field}` has more than {most} characters.",
        "Shorten it.",
    ),
    "format is invalid.": (
        "`{field}` is not in the form that the reference shows.",
        "Compare it with the pattern.",
    ),
}


class AdviceError(Exception):
    """A message has no advice, or advice no message. The text names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the catalogue says about one message.

    Attributes:
        message: The message and its places.
        when: When it comes.
        do: What to do.
        provoke: The calls, the last of which is answered with it by a fresh mock.
        brief: What stands in the last call, if a line would be too long to show it.
    """

    message: Message
    when: str
    do: str
    provoke: tuple[Call, ...]
    brief: str = ""


def advice(document: Node, written: Mapping[str, Node] | None = None) -> list[Advice]:
    """Return the advice on every message of the document, in its order.

    Args:
        document: The document, as loaded.
        written: What is said about messages that no rule explains; by default messages.yaml.

    Raises:
        AdviceError: A message has none, or a text is not the document's.
    """
    entries: Mapping[str, Node] = written or yaml.safe_load(WRITTEN.read_text("utf-8"))
    found = [_advice(document, each, entries) for each in messages(document)]
    stray = set(entries) - {each.message.text for each in found}
    if stray:
        raise AdviceError(
            f"{WRITTEN.name}: {min(stray)!r} is no message of openapi.yaml; remove or correct it"
        )
    return found


def _advice(document: Node, message: Message, written: Mapping[str, Node]) -> Advice:
    entry = written.get(message.text)
    if entry is not None:
        steps = tuple(_step(document, each) for each in entry["provoke"])
        return Advice(message, entry["when"], entry["do"], steps)
    for ending, (when, do) in RULES.items():
        if message.text.endswith(ending):
            return _ruled(document, message, when, do)
    raise AdviceError(
        f"{message.text!r} has no advice: add when, do and provoke to scripts/site/{WRITTEN.name}"
    )


def _step(document: Node, step: Node) -> Call:
    call = calls(document)[step["operation"]]
    changes = {key: step[key] for key in ("body", "token") if key in step}
    return dataclasses.replace(call, **changes)


def _ruled(document: Node, message: Message, when: str, do: str) -> Advice:
    operation = message.places[0][0]
    call = calls(document)[operation]
    field = _field(message.text, call)
    schema = _request_field(document, operation, field)
    most = int(schema["maxLength"])
    wrong: dict[str, object] = {
        "must be a string.": 1,
        "characters.": "https://pos.example/".ljust(most + 1, "a"),
        "format is invalid.": "a b",
    }
    body = dict(call.body or {})
    brief = ""
    for ending, value in wrong.items():
        if message.text.endswith(ending):
            body[field] = value
            brief = f"`{field}` of {most + 1} characters" if ending == "characters." else ""
    if message.text.endswith("field is required."):
        del body[field]
    step = dataclasses.replace(call, body=body)
    return Advice(message, when.format(field=field, most=f"{most:,}"), do, (step,), brief)


def _field(text: str, call: Call) -> str:
    words = re.match(r"The ([a-z ]+?) (?:field|must|may|format)", text)
    name = words[1].replace(" ", "_") if words else ""
    if name not in (call.body or {}):
        raise AdviceError(f"{text!r} names no field of {call.operation}; add it to {WRITTEN.name}")
    return name


def _request_field(document: Node, operation: str, field: str) -> Node:
    for _, _, each in operations(document):
        if each["operationId"] == operation:
            body = body_schema(document, each["requestBody"])
            return resolve(document, body["properties"][field])
    raise AdviceError(f"{operation} is no operation of openapi.yaml")
