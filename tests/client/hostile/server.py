"""A server that puts whatever bytes it is told on the wire."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import Self

_LENGTH: Final = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
# No test waits this long, unless it fails.
PATIENCE: Final = 20.0


class End(Enum):
    """What becomes of the connection after the last part of an answer."""

    CLOSE = "it is closed"
    KEEP = "it takes the next request"
    RESET = "it is reset"
    STALL = "it stays open and silent"


@dataclass(frozen=True)
class Answer:
    """Parts that are sent one by one, and what comes after them."""

    parts: Iterable[bytes]
    end: End = End.CLOSE


def answer(*parts: bytes, end: End = End.CLOSE) -> Answer:
    """Return an answer of these bytes."""
    return Answer(parts, end)


def reply(status: int | str, body: bytes = b"", *headers: bytes) -> Answer:
    """Return an answer that is sound HTTP, and keeps its connection."""
    lines = [
        b"HTTP/1.1 %s Reason" % str(status).encode(),
        *headers,
        b"Content-Length: %d" % len(body),
    ]
    return answer(b"\r\n".join([*lines, b"", body]), end=End.KEEP)


class HostileServer:
    """Gives the nth request the nth answer, and the last answer from then on.

    Attributes:
        url: Where it is.
        requests: Each request as it arrived, head and body.
    """

    def __init__(self, *answers: Answer) -> None:
        """Begin to accept connections."""
        self._answers = answers
        self.requests = list[bytes]()
        self._changed = threading.Condition()
        self._open = set[socket.socket]()
        self._threads = list[threading.Thread]()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def __enter__(self) -> Self:
        """Return the server, which is gone after the block."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close every connection and end every thread."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def is_idle(self) -> bool:
        """Return whether every connection was closed, and wait a while for it."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, PATIENCE)

    def received(self, count: int) -> bool:
        """Return whether that many requests arrived, and wait a while for them."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.requests) >= count, PATIENCE)

    def open_connections(self) -> int:
        """Return the number of connections that are open now."""
        with self._changed:
            return len(self._open)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._changed:
                self._open.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        # The client may leave at any point.
        with contextlib.suppress(OSError):
            while request := _received(connection):
                with self._changed:
                    chosen = self._answers[min(len(self.requests), len(self._answers) - 1)]
                    self.requests.append(request)
                    self._changed.notify_all()
                for part in chosen.parts:
                    connection.sendall(part)
                if chosen.end is End.STALL:
                    connection.recv(1)
                if chosen.end is End.RESET:
                    # To close without lingering is to reset.
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                if chosen.end is not End.KEEP:
                    break
        with self._changed:
            self._open.discard(connection)
            connection.close()
            self._changed.notify_all()


@contextlib.contextmanager
def refusing() -> Generator[str]:
    """Yield the address of a port at which nobody listens, and nobody else begins to."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def _received(connection: socket.socket) -> bytes:
    """Return the next request, head and body; nothing if the client left."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
        missing -= len(chunk)
    return data
