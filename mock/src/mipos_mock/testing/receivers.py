"""Where pushes go: to applications in this process, and else over the network."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, Protocol

from mipos_mock.courier import Sends
from mipos_mock.refusal import shorten
from mipos_mock.sending.answer import Answer
from mipos_mock.sending.failure import Deadline, SendError
from mipos_mock.sending.sender import BODY_MAX, Reply
from mipos_mock.sending.target import Origin, Target

TIMEOUT: Final = 10.0
"""Seconds of real time that an application has to answer, as a receiver on the network."""

PATIENCE: Final = 5.0
"""Seconds that an application has to end what it is at when it is unmounted."""

log: Final = logging.getLogger("mipos_mock")
"""Tells what an application raised, as a server would."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One request to an application.

    Attributes:
        target: The URL.
        headers: All of them, with those that an HTTP client adds.
        body: What there is of the body.
        size: The bytes that the whole body would have.
    """

    target: Target
    headers: Sequence[tuple[str, str]] = field(repr=False)
    body: bytes
    size: int

    @property
    def truncated(self) -> bool:
        """Whether the connection ends in the middle of the body."""
        return len(self.body) < self.size


class Receiver(Protocol):
    """An application, wherever it runs."""

    def post(self, posted: Posted, answer: Answer) -> Future[None]:
        """Starts a request and returns at once; the answer is there when the future is done.

        The future raises `SendError` when there is no answer, or not the whole.

        Raises:
            SendError: The application has ended.
        """
        ...

    def close(self) -> None:
        """Ends the application and what it is at.

        Raises:
            RuntimeError: It does not end.
        """
        ...


class Receivers:
    """Sends pushes to the application that is mounted at their origin, or over the network."""

    def __init__(self, network: Sends) -> None:
        """Sends with a sender what is for nobody in this process."""
        self._network = network
        self._mounted: dict[Origin, Receiver] = {}

    def mount(self, origin: Origin, receiver: Receiver) -> bool:
        """Adds an application, and says whether its origin was free."""
        return self._mounted.setdefault(origin, receiver) is receiver

    def unmount(self, origin: Origin) -> None:
        """Removes an application."""
        del self._mounted[origin]

    async def send(
        self,
        url: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        truncate: bool = False,
        body_limit: int | None = None,
    ) -> Reply:
        """Posts a body once and returns what came of it; see `Sender.send`."""
        target = _parse(url)
        receiver = self._mounted.get(target.origin) if target else None
        if target is None or receiver is None:
            return await self._network.send(
                url, headers, body, truncate=truncate, body_limit=body_limit
            )
        framed = [
            ("Host", target.authority),
            *headers,
            ("Accept-Encoding", "identity"),
            ("Content-Length", str(len(body))),
        ]
        part = body[: len(body) // 2] if truncate else body
        posted = Posted(target, framed, part, len(body))
        return await _post(receiver, posted, BODY_MAX if body_limit is None else body_limit)

    async def aclose(self) -> None:
        """Ends every connection. Applications are closed by who mounted them."""
        await self._network.aclose()


def _parse(url: str) -> Target | None:
    try:
        return Target.parse(url)
    except SendError:  # told by who sends over the network
        return None


async def _post(receiver: Receiver, posted: Posted, limit: int) -> Reply:
    answer, error = Answer(), None
    started = perf_counter()
    try:
        async with Deadline(TIMEOUT).bounding("answer"):
            await asyncio.wrap_future(receiver.post(posted, answer))
    except SendError as failure:
        error = str(failure)
    if len(answer.body) > limit:
        error = f"the answer is over {limit} bytes"
    if posted.truncated:
        ended = f"the connection was ended on purpose after {len(posted.body)} of {posted.size}"
        answer, error = Answer(), f"{ended} bytes"
    taken = (perf_counter() - started) * 1000
    complete = answer.complete and len(answer.body) <= limit
    body = bytes(answer.body[:limit])
    return Reply(answer.status, answer.headers, body, complete, error, taken)


def crash(error: Exception, posted: Posted, answer: Answer) -> SendError:
    """Answers 500 for an application that raised, as a server would, and returns what to tell.

    The traceback is logged.
    """
    log.error("The application at %s raised", posted.target.place, exc_info=error)
    if answer.status is None:
        answer.begin(500, ())
        answer.complete = True
    lines = str(error).splitlines() or [""]
    return SendError(f"the application raised {type(error).__name__}: {shorten(lines[0])}")


def finish(done: Future[None], failure: SendError | None = None) -> None:
    """Ends a request, unless it has ended already or nobody waits for it any more."""
    with suppress(InvalidStateError):
        if failure is None:
            done.set_result(None)
        else:
            done.set_exception(failure)
