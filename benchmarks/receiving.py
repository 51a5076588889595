"""The harness's side of the receiver: starts it and asks it what arrived."""

import json
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final, TypedDict

from benchmarks.children import started
from benchmarks.errors import NotMeasuredError
from benchmarks.http_client import Client
from benchmarks.server import free_port

_PATIENCE: Final = 30.0
_ASK_EVERY: Final = 0.02


class Arrival(TypedDict):
    """One push that arrived: when (ns of the monotonic clock), at which path, which order."""

    at: int
    path: str
    order: str


class Receiver:
    """A receiver that runs in a process of its own.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, port: int, client: Client) -> None:
        self.port = port
        self._client = client

    def url(self, *path: str) -> str:
        """Returns the address of a webhook at it."""
        return f"http://127.0.0.1:{self.port}/{'/'.join(path)}"

    def arrived(self) -> list[Arrival]:
        """Returns what has arrived since the last call."""
        arrivals: list[Arrival] = json.loads(self._client.expect(200, "GET", "/arrived"))
        return arrivals

    def wait(self, count: int, wanted: Callable[[Arrival], bool]) -> list[Arrival]:
        """Returns the wanted arrivals once there are so many of them.

        Raises:
            NotMeasuredError: They are fewer after half a minute without a new one.
        """
        found: list[Arrival] = []
        deadline = time.monotonic() + _PATIENCE
        while len(found) < count:
            new = [each for each in self.arrived() if wanted(each)]
            found += new
            if new:
                deadline = time.monotonic() + _PATIENCE
            elif time.monotonic() > deadline:
                raise NotMeasuredError(f"{len(found)} of {count} pushes arrived")
            time.sleep(_ASK_EVERY)
        return found


@contextmanager
def receiving(core: int) -> Generator[Receiver, None, None]:
    """Runs a receiver, pinned to a core, while the block runs.

    Raises:
        NotMeasuredError: It does not come up.
    """
    port = free_port()
    with started([sys.executable, "-m", "benchmarks.receiver", str(port)], core) as process:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with Client(port) as client:
                    client.expect(200, "GET", "/arrived")
                    yield Receiver(port, client)
                    return
            except ConnectionRefusedError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise NotMeasuredError("the receiver of pushes did not come up") from None
            time.sleep(0.005)
