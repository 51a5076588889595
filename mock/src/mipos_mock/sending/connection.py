"""One HTTP/1.1 connection to a receiver."""

import asyncio
import select
import sys
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, cast

import h11

from mipos_mock.sending.answer import Answer
from mipos_mock.sending.failure import SendError

HEAD_MAX: Final = 64 * 1024
"""Bytes that the names and values of an answer's headers may have together."""

INTERIM_MAX: Final = 10
"""Interim answers, such as ``100 Continue``, that are read before the answer itself."""

_LONG_HEAD = f"the headers of the answer are over {HEAD_MAX} bytes"

Headers = Sequence[tuple[str, str]]


class Connection(asyncio.Protocol):
    """Carries one request at a time; one that fails or is cancelled leaves it unusable."""

    def __init__(self, place: str) -> None:
        """Prepares for a receiver that messages call by this place, its host and port."""
        self._place = place
        self._http = h11.Connection(h11.CLIENT, HEAD_MAX)
        self._transport: asyncio.Transport
        self._news = asyncio.Event()
        self._gone = asyncio.Event()
        self._failure: Exception | None = None
        self._idle = True
        self._ended = False
        self._answered = False

    @property
    def usable(self) -> bool:
        """Whether a request can be sent: the last one went well, and the receiver is there."""
        if not self._idle or self._ended or self._transport.get_write_buffer_size():
            return False  # with a buffer: it was answered before all of it was taken
        return not _readable(self._transport)

    async def post(self, path: str, headers: Headers, body: bytes, answer: Answer) -> None:
        """Sends a request and waits for the head of its answer; ``read`` reads the rest.

        Args:
            path: Path and query.
            headers: All headers, ``Host`` and ``Content-Length`` included.
            body: The whole body.
            answer: Where the head goes.

        Raises:
            SendError: The receiver left, or its answer is not HTTP.
            ValueError: A header cannot be sent.
        """
        self._transport.write(self._head(path, headers) + body)
        self._http.send(h11.Data(body))
        self._http.send(h11.EndOfMessage())
        interim = 0
        while not isinstance(event := await self._event(), h11.Response):
            interim += 1
            if interim > INTERIM_MAX:
                raise SendError(f"the receiver sends more than {INTERIM_MAX} interim answers")
        self._answered = True
        raw = event.headers.raw_items()
        if sum(len(name) + len(value) for name, value in raw) > HEAD_MAX:
            raise SendError(_LONG_HEAD)
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
        answer.begin(event.status_code, headers)

    async def read(self, answer: Answer, limit: int) -> None:
        """Reads the body of the answer, up to a limit in bytes.

        Raises:
            SendError: It is longer, ends early, or is not HTTP; what came is in the answer.
        """
        while isinstance(event := await self._event(), h11.Data):
            answer.body += event.data
            if len(answer.body) > limit:
                del answer.body[limit:]
                raise SendError(f"the answer is over {limit} bytes")
        answer.complete = True
        done = self._http.our_state is self._http.their_state is h11.DONE
        if done and not self._http.trailing_data[0]:
            self._http.start_next_cycle()
            self._idle = True

    async def break_off(self, path: str, headers: Headers, part: bytes) -> None:
        """Sends the head of a request and part of its body, then ends the connection.

        Raises:
            SendError: The receiver left before.
            ValueError: A header cannot be sent.
        """
        self._transport.write(self._head(path, headers) + part)
        self._transport.close()
        await self._gone.wait()
        if self._failure is not None:
            raise SendError(self._left())

    async def aclose(self) -> None:
        """Ends the connection at once and returns when nothing is left of it."""
        self.abort()
        await self._gone.wait()

    def abort(self) -> None:
        """Ends the connection at once."""
        self._idle = False
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Takes bytes of an answer. While there is no request there can be none."""
        if self._idle:
            self.abort()
            return
        self._http.receive_data(data)
        self._news.set()

    def eof_received(self) -> None:
        """Notes that the receiver sends no more; the transport then closes."""
        self._ended = True
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Notes that the connection is gone."""
        self._ended, self._failure = True, exc
        self._news.set()
        self._gone.set()

    def _head(self, path: str, headers: Headers) -> bytes:
        self._idle = self._answered = False
        try:
            request = h11.Request(method="POST", target=path, headers=list(headers))
            return self._http.send(request) or b""
        except h11.LocalProtocolError:
            # Its message would repeat the value, which may be a secret.
            raise ValueError("a header of the push cannot be sent over HTTP") from None

    async def _event(self) -> object:
        told = False
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                # Its message would repeat what the receiver sent.
                if error.error_status_hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
                    raise SendError(_LONG_HEAD) from None
                raise SendError(self._left() if told else "the answer is not HTTP") from None
            if event is not h11.NEED_DATA:
                return event
            if not self._ended:
                self._news.clear()
                await self._news.wait()
            elif self._failure is not None:
                raise SendError(self._left())
            else:
                # Not before all else is read: what is wrong after this is that the end came.
                self._http.receive_data(b"")
                told = True

    def _left(self) -> str:
        how = "closed" if self._failure is None else "reset"
        before = "its answer was complete" if self._answered else "it answered"
        return f"{self._place} {how} the connection before {before}"


def _readable(transport: asyncio.BaseTransport) -> bool:
    """Tells whether there is something to read that the loop has not noticed: the end, mostly."""
    number: int = transport.get_extra_info("socket").fileno()
    if sys.platform == "win32":
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))
