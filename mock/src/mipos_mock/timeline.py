"""One line for each thing that happened."""

from collections.abc import Iterable, Iterator
from typing import Final

from mipos_mock.body import read_object
from mipos_mock.clock import iso
from mipos_mock.journal import Call, Entry, Event, Note, Sent
from mipos_mock.masking import Mask
from mipos_mock.operations import OPERATIONS
from mipos_mock.state import Order
from mipos_mock.violations import Violation, find

_LINES_MAX: Final = 30
_ANSWER_SHOWN: Final = 200
_FAILED: Final = 400  # statuses from here on are errors


def title(event: Event) -> str:
    """Returns what happened, without when and for how long, and without a token."""
    match event:
        case Call():
            return f"{event.method} {Mask(event.headers)(event.path)}"
        case Sent():
            again = f", try {event.attempt}" if event.attempt > 1 else ""
            return f"push {event.push_id} ({event.kind}) to {event.url}{again}"
        case Note():
            return event.title


def outcome(event: Event) -> str:
    """Returns how it ended: the status, or what went wrong; empty for a note."""
    match event:
        case Note():
            return ""
        case Sent(error=str() as error):
            return error
        case Call(status=None):
            return "connection ended on purpose"
        case _:
            return str(event.status)


def is_problem(event: Event) -> bool:
    """Says whether it is something to look at: an error, in either direction."""
    match event:
        case Note():
            return event.problem
        case Sent():
            return event.error is not None or event.status is None or event.status >= _FAILED
        case Call():
            return event.status is None or event.status >= _FAILED


def violations_of(call: Call) -> list[Violation]:
    """Returns where a call departs from the documents."""
    if call.violations is not None:
        return call.violations
    operation = OPERATIONS.get(call.operation or "")
    return find(call.method, call.path, call.query, call.headers, call.body, operation)


def of_order(entries: Iterable[Entry], order: Order, account: str) -> Iterator[Entry]:
    """Gives the entries about an order: its life, its pushes, and calls that name it."""
    for entry in entries:
        if entry.account != account:
            continue
        match entry.event:
            case Call():
                if _names(entry.event, order):
                    yield entry
            case Sent() | Note():
                if entry.event.order_id == order.id:
                    yield entry


def lines(entries: Iterable[Entry]) -> list[str]:
    """Returns the last entries as lines: time, what happened, how it ended."""
    shown = [_line(entry) for entry in entries]
    left_out = len(shown) - _LINES_MAX
    return shown if left_out <= 0 else [f"({left_out} earlier)", *shown[left_out:]]


def _names(call: Call, order: Order) -> bool:
    operation = OPERATIONS.get(call.operation or "")
    if operation is None or not operation.names_order:
        return False
    given = (read_object(call.body) or {}).get("order_external_id")
    return given == order.key.order_external_id


def _line(entry: Entry) -> str:
    event = entry.event
    parts = [iso(entry.at)[11:23], title(event), outcome(event)]
    if isinstance(event, Call) and is_problem(event):
        answer = Mask(event.headers)(event.answer.decode("utf-8", "replace"))
        parts.append(answer[:_ANSWER_SHOWN])
    return "  ".join(part for part in parts if part)
