"""The error catalogue: every message, when it comes, what to do, how to provoke it on the mock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.catalogue import operations, resolve
from scripts.site import facts
from scripts.site.advice import Advice, advice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Message, Node

GROUPS = {
    "401": ("Refused for the token", "The body is a bare JSON string. Nothing was done."),
    "409": (
        "Refused for the state of the account",
        """\
The body is `message`, an array of what applied, and `data`, which is null. What was asked for was
not done.""",
    ),
    "422": (
        "Refused for a field",
        """\
The body is a map from each field that failed to its messages. Nothing was done.""",
    ),
    "2": ("Successes", "The message of a success is for people; the status says it all."),
}
_INTRODUCTION = f"""\
# Error catalogue

Every message that an answer can hold, by status; those of successes stand at the end. A client must
tolerate another wording. {facts.MARK} stands where no page of the platform shows the message.

The calls below are for a fresh [mock](mock.md), as `mipos-mock serve` starts it and
`mipos-mock reset` makes it again. A message that a page shows can also be forced, on any call with
a valid token whose operation can answer it, by a [fault](mock-cli.md#mipos-mock-fault-set):
`mipos-mock fault set error --status 409 --message 'Unable to get token.'`"""


def page(document: Node) -> str:
    """Return the error catalogue in Markdown."""
    parts = [_INTRODUCTION]
    told = advice(document)
    for status, (title, about) in GROUPS.items():
        label = f" ({status})" if len(status) > 1 else ""
        parts += [f"## {title}{label}", about]
        for each in told:
            if each.message.places[0][1].startswith(status):
                parts += _entry(document, each)
    return "\n\n".join(parts) + "\n"


def _entry(document: Node, each: Advice) -> Iterator[str]:
    message = each.message
    yield f"### {message.text}"
    if message.assumed:
        yield f"{facts.MARK} No page shows this message."
    operations = [f"[{name}]({name}.md)" for name, _ in message.places]
    statuses = sorted({status for _, status in message.places})
    lines = [
        f"- **Where:** {', '.join(statuses)} of {', '.join(operations)}",
        f"- **When:** {each.when}",
        f"- **What to do:** {each.do}",
    ]
    if not message.assumed:
        lines.append(f"- **Documented in:** {'; '.join(_sources(document, message))}")
    yield "\n".join(lines)
    if each.brief:
        yield f"On the mock: {each.provoke[-1].operation} with {each.brief}."
        return
    yield "On the mock:"
    yield "```sh\n" + "\n".join(call.curl() for call in each.provoke) + "\n```"


def _sources(document: Node, message: Message) -> list[str]:
    """Return the pages whose answers hold a message, each with its sections."""
    pages: dict[str, list[str]] = {}
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            if (operation["operationId"], status) in message.places:
                for each in facts.sources(document, resolve(document, response)):
                    sections = pages.setdefault(f"[{each.title}]({each.url})", [])
                    sections += [each.section] if each.section not in sections else []
    return [
        f"{page}, {', '.join(f'“{each}”' for each in sections)}" for page, sections in pages.items()
    ]
