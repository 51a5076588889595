"""Sends one push over HTTP, to an address that is allowed, within a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakValueDictionary

from mipos_mock.sending.answer import Answer
from mipos_mock.sending.failure import Deadline, SendError
from mipos_mock.sending.target import Origin, Target

if TYPE_CHECKING:
    from mipos_mock.sending.addresses import AddressPolicy
    from mipos_mock.sending.pool import Pool

BODY_MAX: Final = 64 * 1024
"""Bytes of an answer's body that are read unless the caller says otherwise."""

AT_ONCE_MAX: Final = 100
"""Pushes that are sent at once to one scheme, host and port.

Others to it wait, and begin their time when their turn comes. It keeps a receiver that does not
answer from taking every file descriptor; to others it makes no difference.
"""

REDIRECTS_MAX: Final = 5
"""Redirects that one push follows, where any are followed."""

_REDIRECTS = (307, 308)  # the ones that keep method and body


@dataclass(frozen=True, slots=True)
class Reply:
    """What one attempt came to.

    Attributes:
        status: The HTTP status, None if no head of an answer came.
        headers: The answer's headers in order, as they were sent.
        body: The answer's body, clipped at the limit, as it was sent.
        complete: Whether the whole answer was read.
        error: What went wrong, in one line, also after a status came; None if nothing did.
        milliseconds: From the look-up of the host to the end of the answer.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    complete: bool
    error: str | None
    milliseconds: float


class _Push(NamedTuple):
    headers: Sequence[tuple[str, str]]
    body: bytes
    limit: int

    def head(self, target: Target) -> list[tuple[str, str]]:
        return [
            ("Host", target.authority),
            *self.headers,
            ("Accept-Encoding", "identity"),
            ("Content-Length", str(len(self.body))),
        ]


class Sender:
    """Sends pushes, many at once, from one event loop.

    It reads no proxies from the environment, keeps no cookies and never sends a push again. Of
    TLS it demands what Python's default context does (which certificates it trusts is what
    OpenSSL was told, also by ``SSL_CERT_FILE``).
    """

    def __init__(
        self,
        policy: "AddressPolicy",
        *,
        timeout: float = 10.0,
        body_limit: int = BODY_MAX,
        follow_redirects: bool = False,
    ) -> None:
        """Opens nothing yet.

        Args:
            policy: Which addresses may be connected to.
            timeout: Seconds of real time that an attempt has, from the look-up to the end.
            body_limit: Bytes of an answer's body that are read.
            follow_redirects: Whether 307 and 308 are followed; each target is held against the
                policy, too.
        """
        self._policy = policy
        self._timeout = timeout
        self._body_limit = body_limit
        self._follow = follow_redirects
        self._pool: Pool | None = None
        self._turns: WeakValueDictionary[Origin, asyncio.Semaphore] = WeakValueDictionary()

    async def send(
        self,
        url: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        truncate: bool = False,
        body_limit: int | None = None,
    ) -> Reply:
        """Posts a body once and returns what came of it.

        Trouble with URL, network or receiver is told in the reply, not raised.

        Args:
            url: An http or https URL.
            headers: All headers but ``Host``, ``Accept-Encoding`` and ``Content-Length``.
            body: The body; with ``truncate`` at least one byte.
            truncate: Whether to announce the whole body, send the first half, and end the
                connection. No answer is read then.
            body_limit: Bytes of the answer's body that are read, instead of the sender's.

        Raises:
            ValueError: A header cannot be sent over HTTP.
        """
        push = _Push(headers, body, self._body_limit if body_limit is None else body_limit)
        answer, error = Answer(), None
        started = perf_counter()
        try:
            target = Target.parse(url)
            turn = self._turns.setdefault(target.origin, asyncio.Semaphore(AT_ONCE_MAX))
            async with turn:
                pool = self._connections()
                started = perf_counter()
                if truncate:
                    await self._break_off(pool, target, push)
                else:
                    await self._deliver(pool, target, push, answer)
        except SendError as failure:
            error = str(failure)
        taken = (perf_counter() - started) * 1000
        return Reply(
            answer.status, answer.headers, bytes(answer.body), answer.complete, error, taken
        )

    async def aclose(self) -> None:
        """Ends every connection, so that sends under way fail, and forgets every look-up."""
        if self._pool is not None:
            await self._pool.aclose()

    async def _break_off(self, pool: "Pool", target: Target, push: _Push) -> None:
        deadline = Deadline(self._timeout)
        size, half = len(push.body), len(push.body) // 2
        connection = await pool.take(target, deadline)
        try:
            async with deadline.bounding("room for half of the push"):
                await connection.break_off(target.path, push.head(target), push.body[:half])
        finally:
            connection.abort()
        raise SendError(f"the connection was ended on purpose after {half} of {size} bytes")

    async def _deliver(self, pool: "Pool", target: Target, push: _Push, answer: Answer) -> None:
        deadline = Deadline(self._timeout)
        location: str | None = None
        for hop in range(REDIRECTS_MAX + 1):
            try:
                if location is not None:
                    target = target.redirected(location)
                await _exchange(pool, target, push, answer, deadline)
            except SendError as error:
                raise SendError(f"redirect {hop}: {error}" if hop else str(error)) from None
            location = answer.header("Location")
            if not self._follow or answer.status not in _REDIRECTS or location is None:
                return
        raise SendError(f"the receiver redirects more than {REDIRECTS_MAX} times")

    def _connections(self) -> "Pool":
        if self._pool is None:
            # Starting up is not to take longer because something may be sent later.
            from mipos_mock.sending.pool import Pool  # noqa: PLC0415 - see above

            self._pool = Pool(self._policy)
        return self._pool


async def _exchange(
    pool: "Pool", target: Target, push: _Push, answer: Answer, deadline: Deadline
) -> None:
    connection = await pool.take(target, deadline)
    try:
        async with deadline.bounding("answer"):
            await connection.post(target.path, push.head(target), push.body, answer)
        async with deadline.bounding("end of the answer"):
            await connection.read(answer, push.limit)
    finally:
        pool.give_back(target, connection)
