"""What a test raises when the target does not do as the document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mipos_contract.exchange import Call, Exchange

STEPS = "  steps:\n"
_MAX_STEPS = 40


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
        super().__init__(f"{self.headline}\n  request:  {call.curl(base_url)}")


class BudgetError(AssertionError):
    """The run may send no further request."""


def steps_note(sent: list[str]) -> str:
    """Return a note for an exception: the calls that led to it, the last ones if many."""
    first = max(0, len(sent) - _MAX_STEPS)
    left_out = [f"({first} before)"] if first else []
    return STEPS + "\n".join(f"    {line}" for line in [*left_out, *sent[first:]])


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
