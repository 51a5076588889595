"""What each form of the report says in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mipos_contract.record import KnownDeviation, Record

_DID_NOT_COME_UP = "nothing in this run brought it about"


@dataclass(frozen=True, slots=True)
class Unseen:
    """A documented status that no answer had, or a message that stood in none.

    Attributes:
        operation: the `operationId`.
        status: the documented status.
        line: where `openapi.yaml` documents the status, counted from 1.
        message: the message; empty where not even the status was seen.
    """

    operation: str
    status: int
    line: int
    message: str


def verdict(record: Record) -> str:
    """Return the sentence that a reader is to see first."""
    count = len(record.failures) + len(problems(record))
    things = counted(count, "thing")
    if record.outcome == "interrupted":
        until = f"; until then, {things} did not hold" if count else ""
        return f"Interrupted: the run is not complete{until}."
    if record.outcome == "passed":
        return f"Passed: everything that was run holds{_exceptions(record)}."
    if count:
        holds = "does" if count == 1 else "do"
        return f"{things} {holds} not hold."
    if record.left:
        return "Failed: something is, or may be, left behind on the target."
    return "Failed, for a reason that only the output of the run gives."


def problems(record: Record) -> list[KnownDeviation]:
    """Return the entries of the deviations file that fail the run."""
    return [deviation for deviation in record.deviations if deviation.problem]


def target_kind(record: Record) -> str:
    """Return what kind of target it is, and what the run was allowed to do there."""
    if record.is_mock:
        return "the mock, started by this run"
    return "a deployment, with writes" if record.writes else "a deployment, read only"


def tests(record: Record) -> str:
    """Return how many tests held, did not, and did not run."""
    parts = [f"{counted(record.passed, 'test')} held"]
    if record.failed:
        parts.append(f"{record.failed:,} did not")
    if record.known:
        parts.append(f"{record.known:,} met only known deviations")
    if skipped := sum(each.tests for each in record.not_verified):
        parts.append(f"{skipped:,} did not run")
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return the number with the noun, which takes an s for all but one."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def started(record: Record) -> str:
    """Return the date and the minute at which the run began, in UTC."""
    return f"{record.started.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def duration(seconds: float) -> str:
    """Return a duration in seconds or in minutes and seconds."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def requests(record: Record) -> str:
    """Return how many requests were sent, and how many of them again."""
    return f"{record.requests:,}" + (
        f", {record.retried:,} of them again after a broken connection" if record.retried else ""
    )


def share(record: Record) -> str:
    """Return how many of the documented answers and messages were seen."""
    answers = sum(row.seen > 0 for row in record.rows)
    texts = [message.seen > 0 for row in record.rows for message in row.messages]
    return (
        f"{answers} of {len(record.rows)} documented answers were seen, "
        f"and {sum(texts)} of {len(texts)} messages."
    )


def unseen(record: Record) -> dict[str, list[Unseen]]:
    """Return what was documented and not seen, by the reason, in the document's order."""
    found: dict[str, list[Unseen]] = {}
    for row in record.rows:
        if not row.seen:
            entry = Unseen(row.operation, row.status, row.line, "")
            found.setdefault(row.note or _DID_NOT_COME_UP, []).append(entry)
            continue
        for message in row.messages:
            if not message.seen:
                entry = Unseen(row.operation, row.status, row.line, message.text)
                found.setdefault(message.note or _DID_NOT_COME_UP, []).append(entry)
    return found


def _exceptions(record: Record) -> str:
    met = sum(deviation.met > 0 for deviation in record.deviations)
    if not met:
        return ""
    return f", but for {counted(met, 'known deviation')}"
