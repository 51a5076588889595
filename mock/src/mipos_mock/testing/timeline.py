"""What happened to one account, as a text for who reads why a test failed."""

from collections.abc import Container, Iterable, Iterator
from math import ceil

from mipos_mock import faults, timeline
from mipos_mock.asgi import header
from mipos_mock.journal import Call, Entry, Event
from mipos_mock.pushes import PushStatus
from mipos_mock.sandbox import Sandbox
from mipos_mock.state import Account

_SHOWN = 10  # lines of each kind after the timeline


def entries_of(
    entries: Iterable[Entry], account: Account, after: int, tokens: Iterable[str]
) -> Iterator[Entry]:
    """Gives what is about an account, and what is about none: the clock, and calls by nobody.

    Who sends no token, or a wrong one, is most likely the client under test. A token of a former
    test is that test's own affair.

    Args:
        entries: The journal.
        account: The account.
        after: The number of the last entry before the account was there.
        tokens: Those of former tests.
    """
    former = {f"Bearer {token}" for token in tokens}
    for entry in entries:
        if entry.account == account.name or (
            entry.id > after and entry.account is None and not _is_of(former, entry.event)
        ):
            yield entry


def text(sandbox: Sandbox, account: Account, entries: Iterable[Entry]) -> str:
    """Returns what happened, what is still open, and what the client did wrong, in lines."""
    entries = list(entries)
    happened = timeline.lines(entries) or ["nothing happened"]
    return "\n".join(
        [
            *happened,
            *_clipped(_open(sandbox, account)),
            *_clipped(_unspent(sandbox, account)),
            *_clipped(_violations(entries)),
        ]
    )


def _is_of(former: Container[str | None], event: Event) -> bool:
    return isinstance(event, Call) and header(event.headers, b"authorization") in former


def _open(sandbox: Sandbox, account: Account) -> Iterator[str]:
    now = sandbox.state.clock.now()
    for push in sandbox.state.pushes.values():
        if push.account != account.name or push.ended:
            continue
        if push.status is PushStatus.WAITING and push.due_at is not None:
            seconds = max(0.0, push.due_at - now)
            how = f"waits {seconds:.1f} s for its next try: advance({ceil(seconds)}) sends it now"
        elif push.status is PushStatus.SENDING:
            how = "is being sent, no answer yet"
        else:
            how = "waits for the push before it"
        yield f"still open: push {push.id} to {push.url} {how}"


def _unspent(sandbox: Sandbox, account: Account) -> Iterator[str]:
    for fault in sandbox.state.faults.values():
        if fault.account == account.name and fault.times is not None:
            yield f"fault that did not strike: {faults.text(fault)}"


def _violations(entries: Iterable[Entry]) -> Iterator[str]:
    told: set[str] = set()
    for entry in entries:
        if isinstance(entry.event, Call):
            for each in timeline.violations_of(entry.event):
                line = f"violation: {timeline.title(entry.event)}: {each.message}: {each.remedy}"
                if line not in told:
                    told.add(line)
                    yield line


def _clipped(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    more = len(every) - _SHOWN
    return every if more <= 0 else [*every[:_SHOWN], f"({more} more like these)"]
