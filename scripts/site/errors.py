"""The error catalogue: every message, when it comes, what to do, how to provoke it on the mock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.site import facts
from scripts.site.advice import Advice, advice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Node

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

Every message that an answer can hold, by status. A client must tolerate another wording.
{facts.MARK} stands beside a message that no page of the platform shows.

Each `curl` call below is for a fresh [mock](mock.md), as `mipos-mock serve` starts it. Any message
of 401, 409 and 422 can also be forced, whatever the call says, by a
[fault](mock-cli.md#mipos-mock-fault-set):
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
                parts += _entry(each)
    return "\n\n".join(parts) + "\n"


def _entry(each: Advice) -> Iterator[str]:
    message = each.message
    yield f"### {message.text}"
    operations = [f"[{name}]({name}.md)" for name, _ in message.places]
    statuses = sorted({status for _, status in message.places})
    mark = f" {facts.MARK}" if message.assumed else ""
    yield (
        f"- **Where:** {', '.join(statuses)} of {', '.join(operations)}{mark}\n"
        f"- **When:** {each.when}\n"
        f"- **What to do:** {each.do}"
    )
    if each.brief:
        yield f"On the mock: {each.provoke[-1].operation} with {each.brief}."
        return
    yield "On the mock:"
    yield "```sh\n" + "\n".join(call.curl() for call in each.provoke) + "\n```"
