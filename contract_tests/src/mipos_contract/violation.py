"""What a test raises when the target does not do as the document says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mipos_contract.exchange import Call, Exchange

# From each kind of defect, a short name in kebab case, to what it means.
RULES = {
    "server-error": "A status of 500 or more",
    "html-page": "An HTML page instead of JSON",
    "undocumented-status": "A status that the operation does not document",
    "unfitting-status": "A documented status that does not fit the request",
    "content-type": "Another content type than application/json",
    "invalid-json": "A body that is not JSON",
    "body-shape": "A body of another shape than the documented one",
    "undocumented-message": "A message that is not in the catalogue",
    "several-messages": "A conflict with several messages",
    "validation-field-missing": "A 422 that does not name a field that failed",
    "validation-field-added": "A 422 that names a field that did not fail",
    "validation-message": "Another message for a field that failed",
    "method-not-refused": "Another method that is not refused",
    "no-success": "A call that should have succeeded and did not",
    "missing-conflict": "A conflict that is not reported",
    "other-conflict": "A conflict with another message than the one that applies",
    "webhook-lost": "A webhook that is missing in the list",
    "webhook-too-much": "A webhook that should not be in the list",
    "foreign-webhook-lost": "A webhook from before the run that is gone",
    "other-list": "A list that differs from the webhooks that were registered",
    "refused-request-has-effect": "A request that was refused and had an effect",
    "race": "Simultaneous requests that do not add up",
    "example": "A documented example that is answered otherwise",
    "no-answer": "No answer, or none that can be read",
    "client-request": "A call of the client that is sent otherwise than the document says",
    "client-answer": "An answer that the client reads otherwise than it is",
    "error": "A test that could not judge the answer",
}
STEPS = "  steps:\n"
_MAX_STEPS = 20


class ContractError(AssertionError):
    """The server does what the document does not allow.

    The text says what is wrong, what the document says, what was seen, and the request as a curl
    line whose token is a variable.

    Attributes:
        rule: the kind of defect, a short name in kebab case.
        headline: what is wrong, one line that begins with the operation.
        says: what the document says.
        exchange: the call and its answer.
    """

    def __init__(self, rule: str, headline: str, says: str, exchange: Exchange) -> None:
        assert rule in RULES, rule
        self.rule = rule
        self.headline = f"{exchange.call.operation.id}: {headline}"
        self.says = says
        self.exchange = exchange
        lines = (
            self.headline,
            f"  document: {says}",
            f"  seen:     {exchange.answer}",
            f"  request:  {exchange.call.curl(exchange.base_url)}",
        )
        super().__init__("\n".join(lines))


class NoAnswerError(AssertionError):
    """No answer came. The text holds the request as a curl line.

    Attributes:
        headline: what went wrong, one line that begins with the operation.
        call: what was sent.
        base_url: where to.
        gone: whether not even a connection could be made, so that nothing was sent.
    """

    def __init__(self, reason: str, call: Call, base_url: str, *, gone: bool) -> None:
        self.headline = f"{call.operation.id}: no answer that can be read: {reason}"
        self.call = call
        self.base_url = base_url
        self.gone = gone
        documented = ", ".join(map(str, call.operation.responses))
        super().__init__(
            f"{self.headline}\n"
            f"  document: answers {documented}, as JSON.\n"
            f"  request:  {call.curl(base_url)}"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client was asked for.

    Attributes:
        call: as the document has it sent.
        base_url: where to.
        status: of the answer; None while there is none.
    """

    call: Call
    base_url: str
    status: int | None = None


class ClientError(AssertionError):
    """The client, and not the server, does what it must not.

    Attributes:
        rule: the kind of defect, a short name in kebab case.
        headline: what is wrong, one line that begins with the operation.
        says: what the document says, or the answer.
        seen: what the client did.
        asked: what it was asked for.
    """

    def __init__(self, headline: str, says: str, seen: str, asked: Asked) -> None:
        self.rule = "client-request" if asked.status is None else "client-answer"
        self.headline = f"{asked.call.operation.id}: the client {headline}"
        self.says = says
        self.seen = seen
        self.asked = asked
        lines = (
            self.headline,
            f"  document: {says}",
            f"  seen:     {seen}",
            f"  request:  {asked.call.curl(asked.base_url)}",
        )
        super().__init__("\n".join(lines))


class BudgetError(AssertionError):
    """The run may send no further request."""


def steps(sent: Sequence[str]) -> list[str]:
    """Return the calls of a test, equal neighbours as one, the last ones if many."""
    runs = [(line, len(list(equal))) for line, equal in groupby(sent)]
    first = max(0, len(runs) - _MAX_STEPS)
    left_out = [f"({sum(count for _, count in runs[:first])} before)"] if first else []
    shown = (line if count == 1 else f"{line} ({count} times)" for line, count in runs[first:])
    return [*left_out, *shown]


def steps_note(sent: Sequence[str]) -> str:
    """Return a note for an exception: the calls that led to it."""
    return STEPS + "\n".join(f"    {line}" for line in steps(sent))


def steps_of(error: BaseException) -> tuple[str, ...]:
    """Return the calls that a note of the exception lists; none without such a note."""
    # Hypothesis notes how it drew the case as well, which says less than what was sent.
    notes: list[str] = getattr(error, "__notes__", [])
    return tuple(
        line.strip()
        for note in notes
        if note.startswith(STEPS)
        for line in note.removeprefix(STEPS).splitlines()
    )
