"""A receiver of pushes on a loopback port, whose behaviour a test scripts.

What it does with a request is a function, the script: it is called in a thread of the connection
with the connection and the request. It may answer, wait for an event, or end the connection.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator, Sequence

    Script = Callable[["Connection", "Received"], object]

PATIENCE = 10
"""Seconds after which what a test waits for is taken to never come."""


@dataclass(frozen=True)
class Received:
    """One request, exactly as it came.

    Attributes:
        connection: The number of its connection, from 1.
        head: Request line and headers, with the empty line after them.
        body: What came of the body.
        complete: Whether that is all of it.
    """

    connection: int
    head: bytes
    body: bytes
    complete: bool

    @property
    def line(self) -> str:
        """The request line."""
        return self.head.decode().partition("\r\n")[0]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Names and values in order."""
        lines = self.head.decode().split("\r\n")[1:-2]
        return [(name, value) for name, _, value in (line.partition(": ") for line in lines)]

    def header(self, name: str) -> str:
        """The value of a header that occurs once."""
        (value,) = [value for each, value in self.headers if each.lower() == name.lower()]
        return value


class Connection:
    """A connection, for scripts."""

    def __init__(self, number: int, sock: socket.socket, closing: threading.Event) -> None:
        """Speaks through a socket until the receiver closes."""
        self.number = number
        self.closing = closing
        self.ended = threading.Event()
        """Set once the socket is closed, whoever closed it."""
        self._sock = sock
        self._unread = b""

    def answer(
        self,
        status: int = 200,
        body: bytes = b'{"message":"stored"}',
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Sends a whole answer with a Content-Length."""
        every = [*headers, ("Content-Length", str(len(body)))]
        lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in every)]
        self.send("\r\n".join([*lines, "", ""]).encode() + body)

    def send(self, data: bytes) -> bool:
        """Sends bytes as they are, and tells whether the sender was there."""
        try:
            self._sock.sendall(data)
        except OSError:
            return False
        return True

    def wait(self, event: threading.Event) -> None:
        """Waits for an event, or for the receiver to close."""
        while not event.wait(0.02) and not self.closing.is_set():
            pass

    def end(self, *, reset: bool = False) -> None:
        """Ends the connection, with a TCP reset if so asked."""
        if reset:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            with suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()
        self.ended.set()

    def read(self) -> Received | None:
        """Reads the next request, as far as it comes; None if nothing comes, or no HTTP."""
        while b"\r\n\r\n" not in self._unread:
            part = self._receive()
            if not part:
                head, self._unread = self._unread, b""
                return Received(self.number, head, b"", complete=False) if head else None
            self._unread += part
            if not self._unread[:1].isalpha():  # no HTTP, but TLS
                self.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return None
        head, end, body = self._unread.partition(b"\r\n\r\n")
        received = Received(self.number, head + end, b"", complete=False)
        length = int(received.header("Content-Length"))
        while len(body) < length and (part := self._receive()):
            body += part
        self._unread = body[length:]
        return Received(self.number, head + end, body[:length], complete=len(body) >= length)

    def _receive(self) -> bytes:
        try:
            return self._sock.recv(65536)
        except OSError:
            return b""


def stored(connection: Connection, _received: Received) -> None:
    """Answers 200."""
    connection.answer()


def silent(connection: Connection, _received: Received) -> None:
    """Never answers."""
    connection.closing.wait()


def answering(status: int, body: bytes = b"", headers: Sequence[tuple[str, str]] = ()) -> Script:
    """The script that answers so."""
    return lambda connection, _: connection.answer(status, body, headers)


def sending(data: bytes) -> Script:
    """The script that sends bytes as they are and ends the connection."""

    def script(connection: Connection, _received: Received) -> None:
        connection.send(data)
        connection.end()

    return script


class Receiver:
    """What came so far, and where to send more."""

    def __init__(self, listener: socket.socket, script: Script, scheme: str) -> None:
        """Follows a script; it can be changed between requests."""
        self.script = script
        self.port: int = listener.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.connections: list[Connection] = []
        self._received: list[Received] = []
        self._changed = threading.Condition()

    @property
    def received(self) -> list[Received]:
        """The requests so far, also those that were cut off."""
        with self._changed:
            return list(self._received)

    def wait_for(self, count: int) -> list[Received]:
        """Returns the requests once there are so many."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self._received) >= count, PATIENCE)
            assert enough, f"{len(self._received)} of {count} requests came"
            return list(self._received)

    def serve(self, connection: Connection) -> None:
        """Reads requests from a connection and follows the script, until one of both ends."""
        while not connection.ended.is_set() and (received := connection.read()):
            with self._changed:
                self._received.append(received)
                self._changed.notify_all()
            if received.complete:
                self.script(connection, received)
        connection.end()


@contextmanager
def receiving(
    script: Script = stored, *, tls: ssl.SSLContext | None = None
) -> Generator[Receiver, None, None]:
    """Runs a receiver for the length of the block.

    Args:
        script: What it does with each whole request.
        tls: The server's side of TLS; without it the receiver speaks plain HTTP.
    """
    closing = threading.Event()
    threads: list[threading.Thread] = []
    sockets: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(listener, script, "https" if tls else "http")

        def serve(number: int, sock: socket.socket) -> None:
            sock.settimeout(PATIENCE if tls else None)
            try:
                sock = tls.wrap_socket(sock, server_side=True) if tls else sock
            except OSError:
                sock.close()  # the sender does not trust the certificate, or does not speak TLS
                return
            sock.settimeout(None)
            connection = Connection(number, sock, closing)
            receiver.connections.append(connection)
            receiver.serve(connection)

        def accept() -> None:
            while not closing.is_set():
                sock, _ = listener.accept()
                sockets.append(sock)
                thread = threading.Thread(target=serve, args=(len(sockets), sock))
                threads.append(thread)
                thread.start()

        acceptor = threading.Thread(target=accept)
        acceptor.start()
        try:
            yield receiver
        finally:
            closing.set()
            with socket.socket() as last:  # wakes the thread that accepts
                last.connect(("127.0.0.1", receiver.port))
            acceptor.join()
            # Whatever a thread reads, or waits for, ends now.
            for connection in receiver.connections:
                connection.end()
            for sock in sockets:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()
