"""What happened, the newest last, in bounded memory."""

import asyncio
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mipos_mock.clock import Clock

if TYPE_CHECKING:
    from mipos_mock.violations import Violation

ENTRIES_MAX: Final = 4_000
"""Entries that are remembered."""

BYTES_MAX: Final = 24 * 1024 * 1024
"""Bytes of headers and bodies that are remembered in all."""

BODY_MAX: Final = 16 * 1024
"""Bytes of one body that are remembered."""

_OF_HEADER = 150  # bytes that Python takes for a header beside its text
_WATCH_MAX = 10_000  # entries that a watcher may be behind


@dataclass(slots=True)
class Call:
    """A request to the platform's API and its answer.

    Attributes:
        method: The HTTP method.
        path: The path, decoded.
        query: The query string as it was sent.
        headers: Names in lower case, and values. The token is among them: never shown.
        body: The beginning of the body.
        operation: The name of the operation that was reached, None for none.
        status: The HTTP status of the answer, None when the connection was ended instead.
        answer: The beginning of the answer's body.
        milliseconds: How long the answer took.
        faults: The kinds of the faults that struck.
        violations: What it did against the documents, if that was looked for at once; None when
            it can be looked for later since the whole body is there.
    """

    method: str
    path: str
    query: bytes
    headers: list[tuple[bytes, bytes]] = field(repr=False)
    body: bytes
    operation: str | None
    status: int | None
    answer: bytes
    milliseconds: float
    faults: tuple[str, ...] = ()
    violations: "list[Violation] | None" = None

    def size(self) -> int:
        """Returns about how many bytes it takes."""
        size = len(self.path) + len(self.query) + len(self.body) + len(self.answer)
        for name, value in self.headers:
            size += len(name) + len(value) + _OF_HEADER
        return size


@dataclass(slots=True)
class Sent:
    """One try to send a push.

    Attributes:
        push_id: The push.
        order_id: The order that it is about, None for a Menu push.
        kind: ``ORDER`` or ``Menu``.
        url: Where it was sent to.
        attempt: Which try it was, from 1.
        headers: What was sent, the signature included.
        body: The beginning of what was sent.
        status: The receiver's status, None without an answer.
        error: What went wrong, None when an answer came.
        answer_headers: What the receiver answered.
        answer: The beginning of the answer's body.
        milliseconds: How long the answer took.
        faults: The kinds of the faults that struck.
    """

    push_id: int
    order_id: int | None
    kind: str
    url: str
    attempt: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int | None
    error: str | None
    answer_headers: tuple[tuple[str, str], ...]
    answer: bytes
    milliseconds: float
    faults: tuple[str, ...] = ()

    def size(self) -> int:
        """Returns about how many bytes it takes."""
        headers = (*self.headers, *self.answer_headers)
        size = sum(len(name) + len(value) + _OF_HEADER for name, value in headers)
        return size + len(self.url) + len(self.body) + len(self.answer)


@dataclass(slots=True)
class Note:
    """Something else that happened: in the life of an order, or by the control interface.

    Attributes:
        kind: ``order``, ``push`` or ``control``.
        title: What happened, in one line.
        problem: Whether it is one.
        order_id: The order that it is about, None for none.
        push_id: The push that it is about, None for none.
    """

    kind: str
    title: str
    problem: bool = False
    order_id: int | None = None
    push_id: int | None = None

    def size(self) -> int:
        """Returns about how many bytes it takes."""
        return len(self.title)


Event = Call | Sent | Note


@dataclass(slots=True)
class Entry:
    """One line of the journal.

    Attributes:
        id: Its number, from 1.
        at: Seconds since 1970 of the stand-in's clock.
        account: The name of the account that it is about, None for none.
        event: What happened.
        size: About how many bytes it takes.
    """

    id: int
    at: float
    account: str | None
    event: Event
    size: int


class Journal:
    """The last things that happened. The oldest give way once there are too many.

    Attributes:
        dropped: How many gave way.
        last: The number of the newest entry, 0 before the first.
    """

    def __init__(self, clock: Clock) -> None:
        """Starts empty, with a clock to read the time from."""
        self.dropped = 0
        self.last = 0
        self._clock = clock
        self._entries: deque[Entry] = deque()
        self._bytes = 0
        self._watchers: set[asyncio.Queue[Entry]] = set()

    def add(self, account: str | None, event: Event) -> None:
        """Adds what happened just now."""
        self.last += 1
        size = event.size()
        entry = Entry(self.last, self._clock.now(), account, event, size)
        self._entries.append(entry)
        self._bytes += size
        while len(self._entries) > ENTRIES_MAX or self._bytes > BYTES_MAX:
            self._bytes -= self._entries.popleft().size
            self.dropped += 1
        for watcher in self._watchers:
            if watcher.qsize() < _WATCH_MAX:
                watcher.put_nowait(entry)

    def __iter__(self) -> Iterator[Entry]:
        """Gives the entries, the oldest first."""
        return iter(self._entries)

    def clear(self, account: str | None = None) -> None:
        """Forgets everything, or what is about one account. Numbers go on."""
        kept = deque(
            each for each in self._entries if account is not None and each.account != account
        )
        self._entries = kept
        self._bytes = sum(each.size for each in kept)

    @contextmanager
    def watch(self) -> Generator["asyncio.Queue[Entry]"]:
        """Gives a queue into which each new entry is put while the block runs."""
        queue: asyncio.Queue[Entry] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.remove(queue)
