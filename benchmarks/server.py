"""A server to measure: how it is started, and when it is ready."""

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from benchmarks import proc
from benchmarks.children import started
from benchmarks.errors import StartError
from benchmarks.http_client import Client
from benchmarks.operations import LIST, Operation

_PATIENCE: Final = 60.0
"""Seconds that a server has until its first answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server to measure.

    Attributes:
        name: What the results call it.
        program: The name of what is run.
        version: Its version; empty where it is absent.
        command: From an empty directory of its own and a free port to what starts it.
        absent: Why it cannot be started here, and the remedy; empty if it can.
        fixed: Whether it answers everything with the same bytes and status 200.
        keeps_state: Whether it has the mock's control interface and must be reset between loads.
    """

    name: str
    program: str
    version: str
    command: Callable[[Path, int], list[str]]
    absent: str = ""
    fixed: bool = False
    keeps_state: bool = False

    def status(self, operation: Operation) -> int:
        """Returns the status that it must answer."""
        return 200 if self.fixed else operation.status


@dataclass(frozen=True, slots=True)
class Running:
    """A server that has given its first answer.

    Attributes:
        port: Where it listens.
        pid: The id of its first process.
        first_answer: Seconds from the start of the process to the end of the first answer.
    """

    port: int
    pid: int
    first_answer: float

    def processes(self) -> list[int]:
        """Returns the ids of all its processes."""
        return proc.tree(self.pid)


@contextmanager
def running(server: Server, core: int | None = None) -> Generator[Running, None, None]:
    """Starts a server, waits for its first answer, and ends it with the block.

    Args:
        server: What to start.
        core: The core that it is pinned to; None for all.

    Raises:
        StartError: It is absent, has ended, or does not answer the list of webhooks with 200.
    """
    if server.absent:
        raise StartError(server.absent)
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryFile() as errors:
        port = free_port()
        command = server.command(Path(directory), port)
        begin = time.perf_counter()
        with started(command, core, errors) as process:
            try:
                _wait(process, port, begin + _PATIENCE)
            except StartError:
                _show_end(server.name, errors)
                raise
            yield Running(port, process.pid, time.perf_counter() - begin)


def _wait(process: subprocess.Popen[bytes], port: int, deadline: float) -> None:
    while not _answers(port):
        if process.poll() is not None:
            raise StartError(f"it ended with code {process.returncode} at its start")
        if time.perf_counter() > deadline:
            raise StartError(f"it gave no list of webhooks in {_PATIENCE:.0f} s")
        time.sleep(0.001)


def _answers(port: int) -> bool:
    try:
        with Client(port) as client:
            status, _ = client.send(LIST.method, LIST.path)
    except (OSError, http.client.HTTPException):
        return False
    return status == LIST.status


def free_port() -> int:
    """Returns a port of this machine that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


def _show_end(name: str, errors: IO[bytes]) -> None:
    errors.seek(0)
    for line in errors.read().decode("utf-8", "replace").splitlines()[-5:]:
        print(f"  {name}: {line}", file=sys.stderr)
