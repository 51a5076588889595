"""What can go wrong on purpose, in answers to the POS and in pushes to it.

A fault belongs to one account, so that tests which run side by side do not meet each other's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mipos_mock import messages
from mipos_mock.exchange import Answer, conflict
from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.refusal import Refused, choices, shorten
from mipos_mock.state import Fault, State
from mipos_mock.validation import required

SECONDS_MAX: Final = 3600.0
"""The longest that a fault may take."""

TIMES_MAX: Final = 1_000_000
"""How often a fault may strike at the most, unless it strikes until it is removed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault.

    Attributes:
        name: What it is called.
        on: What it strikes: ``call`` or ``push``.
        text: What happens, in one line.
        fields: What can be said of it beside account and times.
    """

    name: str
    on: str
    text: str
    fields: tuple[str, ...] = ()


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "error",
            "call",
            "a documented error is answered, and nothing is done",
            ("operation", "status", "message"),
        ),
        Kind("latency", "call", "the answer takes this much longer", ("operation", "seconds")),
        Kind(
            "bad-gateway", "call", "a proxy answers 502 with a page in HTML instead", ("operation",)
        ),
        Kind("drop", "call", "the connection ends without an answer", ("operation",)),
        Kind("duplicate", "push", "the push is sent twice"),
        Kind("late", "push", "the push is sent this much later", ("seconds",)),
        Kind("truncated", "push", "the connection ends in the middle of the body"),
        Kind("wrong-signature", "push", "the signature is that of another secret"),
        Kind("out-of-order", "push", "the push is sent after the one that follows it"),
    )
}
"""The kinds by name. Each strike uses up one of a fault's times: one call, or one try of a push."""

_EVERYWHERE: Final = (messages.USER_NOT_AUTHENTICATED, messages.USER_NOT_FOUND)
_CONFLICTS: Final[Mapping[str, tuple[str, ...]]] = {
    "create_webhook": (messages.WEBHOOK_EXISTS, messages.WEBHOOK_NOT_CREATED),
    "update_webhook": (
        messages.WEBHOOK_MISSING,
        messages.NEW_WEBHOOK_EXISTS,
        messages.WEBHOOK_NOT_UPDATED,
    ),
    "delete_webhook": (messages.WEBHOOK_MISSING, messages.WEBHOOK_NOT_REMOVED),
    "list_webhooks": (),
    "accept_order": (
        messages.STORE_NOT_AVAILABLE,
        messages.ORDER_NOT_FOUND,
        messages.DELIVERY_NOT_CONFIGURED,
        messages.DELIVERY_WITHOUT_TOKEN,
        messages.DELIVERY_UNREACHABLE,
    ),
}


def documented(operation: Operation) -> dict[int, tuple[str, ...]]:
    """Returns the messages that the pages document for an operation, by status."""
    conflicts = (*_EVERYWHERE, *_CONFLICTS[operation.name])
    errors: dict[int, tuple[str, ...]] = {401: (messages.UNAUTHORIZED,), 409: conflicts}
    missing = tuple(each for texts in _missing(operation).values() for each in texts)
    return {**errors, 422: missing} if missing else errors


def take(state: State, account: str, on: str, operation: str | None = None) -> list[Fault]:
    """Returns what strikes now, at most one fault of each kind, and uses each up by one.

    Of answers that exclude each other (``error``, ``bad-gateway``, ``drop``) one strikes: that
    which was set first.

    Args:
        state: Whose faults they are.
        account: The name of the account whose call or push it is.
        on: ``call`` or ``push``.
        operation: The name of the operation that is called, None for a push.
    """
    struck: dict[str, Fault] = {}
    for fault in list(_matching(state, account, on, operation)):
        slot = "latency" if fault.kind == "latency" else "answer" if on == "call" else fault.kind
        if slot not in struck:
            struck[slot] = fault
            _use_up(state, fault)
    return list(struck.values())


def answer(fault: Fault, operation: Operation) -> Answer:
    """Returns what an ``error`` fault answers to an operation: as documented, one message.

    A 422 without a message holds that of every required field.
    """
    if fault.status == 401:  # noqa: PLR2004 - an HTTP status
        return Answer(401, messages.UNAUTHORIZED)
    if fault.status == 422:  # noqa: PLR2004 - an HTTP status
        missing = _missing(operation)
        return Answer(
            422,
            {
                name: texts
                for name, texts in missing.items()
                if fault.message is None or fault.message in texts
            },
        )
    return conflict(fault.message or documented(operation)[409][0])


def text(fault: Fault) -> str:
    """Returns a fault in one line."""
    told = [fault.kind]
    told += [str(each) for each in (fault.status, fault.message) if each is not None]
    if fault.seconds is not None:
        told.append(f"{fault.seconds:g} s")
    struck = fault.operation or {"call": "calls", "push": "pushes"}[KINDS[fault.kind].on]
    told.append(f"for {struck} of {fault.account}")
    times = "once" if fault.times == 1 else f"{fault.times} times"
    told.append("until removed" if fault.times is None else times)
    return ", ".join(told)


def check(fault: Fault) -> None:
    """Refuses a fault that cannot be.

    Raises:
        Refused: The kind is unknown, a field does not belong to it or lacks, or the message is
            not documented for the status.
    """
    kind = KINDS.get(fault.kind)
    if kind is None:
        raise Refused(f"kind {shorten(fault.kind)!r} is unknown: send one of {choices(KINDS)}")
    for name in ("operation", "status", "message", "seconds"):
        if getattr(fault, name) is not None and name not in kind.fields:
            raise Refused(f"{name} does not go with {kind.name!r}: leave it out")
    if fault.operation is not None and fault.operation not in OPERATIONS:
        raise Refused(
            f"operation {shorten(fault.operation)!r} is unknown: send one of {choices(OPERATIONS)}"
        )
    if fault.times is not None and not 1 <= fault.times <= TIMES_MAX:
        raise Refused(f"times is {fault.times}: send 1 to {TIMES_MAX}, or null for until removed")
    if "seconds" in kind.fields and not 0 < (fault.seconds or 0) <= SECONDS_MAX:
        raise Refused(
            f"seconds is {_given(fault.seconds)}: send more than 0, at most {SECONDS_MAX:g}"
        )
    if kind.name == "error":
        _check_error(fault)


def _check_error(fault: Fault) -> None:
    operations = [each for each in OPERATIONS.values() if fault.operation in {None, each.name}]
    errors = [documented(each) for each in operations]
    statuses = sorted({status for each in errors for status in each})
    if fault.status not in statuses:
        raise Refused(f"status is {_given(fault.status)}: send one of {choices(statuses)}")
    texts = dict.fromkeys(text for each in errors for text in each.get(fault.status, ()))
    if fault.message is not None and fault.message not in texts:
        raise Refused(
            f"message {shorten(fault.message)!r} is not documented for {fault.status}"
            f"{f' of {fault.operation}' if fault.operation else ''}: "
            f"send one of {choices(map(repr, texts))}"
        )


def _given(value: float | None) -> str:
    return "missing" if value is None else f"{value:g}"


def _missing(operation: Operation) -> dict[str, list[str]]:
    return {
        field.name: [messages.field_required(field.name.replace("_", " "))]
        for field in operation.fields
        if required in field.rules
    }


def _matching(state: State, account: str, on: str, operation: str | None) -> Iterator[Fault]:
    for fault in state.faults.values():
        if fault.account != account or KINDS[fault.kind].on != on:
            continue
        if operation is not None and not strikes(fault, OPERATIONS[operation]):
            continue
        yield fault


def strikes(fault: Fault, operation: Operation) -> bool:
    """Says whether a fault strikes an operation: its own, and one that documents its message."""
    if fault.operation not in {None, operation.name}:
        return False
    if fault.kind != "error" or fault.status is None:
        return True
    texts = documented(operation).get(fault.status, ())
    return bool(texts) if fault.message is None else fault.message in texts


def _use_up(state: State, fault: Fault) -> None:
    if fault.times is None:
        return
    fault.times -= 1
    if fault.times:
        state.keeper.save(fault)
    else:
        del state.faults[fault.id]
        state.keeper.drop(fault)
