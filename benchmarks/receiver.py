"""A receiver of pushes that costs next to nothing: it notes when each arrived.

Run it with a port as its argument. What it does depends on the first part of the path that is
posted to: ``/slow`` is answered after a second, ``/dead`` never, everything else at once. GET
``/webhooks`` and the like are answered with what has arrived since the last time: a JSON array of
objects with ``path``, ``order`` (its external id) and ``at`` (ns of the monotonic clock, which
all processes of a machine share).
"""

import asyncio
import json
import sys
import time
from typing import Final, NamedTuple, cast

import httptools

SLOW: Final = "slow"
DEAD: Final = "dead"
SLOW_SECONDS: Final = 1.0

_TAKEN: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nOK"


class Push(NamedTuple):
    """What arrived: when (ns), where, and the body."""

    at: int
    path: str
    body: bytes


class Receiver(asyncio.Protocol):
    """One connection. All connections share what has arrived."""

    def __init__(self, arrived: list[Push]) -> None:
        self._arrived = arrived
        self._parser = httptools.HttpRequestParser(self)
        self._path = ""
        self._body = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps what answers are written to."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name
        """Forgets what answers were written to."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Parses what came; the parser calls the methods below."""
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        """A request begins."""
        self._path = url.decode("ascii")
        self._body = b""

    def on_body(self, body: bytes) -> None:
        """A part of the body came."""
        self._body += body

    def on_message_complete(self) -> None:
        """A request is complete: answers it, or does as the path says."""
        if self._parser.get_method() == b"GET":
            self._answer(report(self._arrived))
            self._arrived.clear()
            return
        self._arrived.append(Push(time.monotonic_ns(), self._path, self._body))
        behaviour = self._path.split("/")[1]
        if behaviour == SLOW:
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._answer, _TAKEN)
        elif behaviour != DEAD:
            self._answer(_TAKEN)

    def _answer(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


def report(arrived: list[Push]) -> bytes:
    """Returns the answer that tells what has arrived."""
    text = json.dumps(
        [
            {"at": push.at, "path": push.path, "order": json.loads(push.body)["external_id"]}
            for push in arrived
        ]
    ).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\nContent-Type: application/json"
    return f"{head}\r\n\r\n".encode() + text


async def serve(port: int) -> None:
    """Listens on this machine until the process is ended."""
    arrived: list[Push] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiver(arrived), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
