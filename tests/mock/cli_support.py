"""What the tests of the command share: running it, a mock to ask, and a POS that accepts."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from mipos_mock.app import create_app
from mipos_mock.cli import main
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.mock.receiver import Connection, Received, Receiver, receiving
from tests.mock.support import ACCEPT, CREATE, fetch

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

COMMAND = [sys.executable, "-m", "mipos_mock"]
MENU = {"menus": [{"name": "Almuerzo", "price": 1150}]}

_PATIENCE = 30  # seconds

# With this variable set, output that is never flushed would arrive all the same.
_UNWANTED = {"PYTHONUNBUFFERED", "MIPOS_MOCK_URL", "MIPOS_MOCK_SECRET", "NO_COLOR", "TERM"}


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of this process without what the command reads, and with these."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return {**kept, "COLUMNS": "100", **(variables or {})}


@dataclass(frozen=True)
class Finished:
    """What a run of the command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a JSON value can be anything
        """The output as JSON."""
        return json.loads(self.out)


class _Stream(io.TextIOWrapper):
    """Standard output or standard error."""

    def __init__(self, *, terminal: bool = False) -> None:
        """Holds what is written; it may be taken for a terminal."""
        super().__init__(io.BytesIO(), "utf-8", newline="", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        """Says what it was made for."""
        return self._terminal

    def text(self) -> str:
        """What was written."""
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


def run(
    *arguments: str, url: str = "", terminal: bool = False, env: Mapping[str, str] | None = None
) -> Finished:
    """Runs the command in this process.

    Args:
        arguments: What is typed after its name.
        url: The mock's address, for MIPOS_MOCK_URL.
        terminal: Whether standard output is to be taken for a terminal.
        env: Variables of the environment.
    """
    variables = {**({"MIPOS_MOCK_URL": url} if url else {}), **(env or {})}
    out, err = _Stream(terminal=terminal), _Stream()
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with (
            patch.dict(os.environ, environment(variables), clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(arguments)
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    return Finished(code, out.text(), err.text())


@contextmanager
def started(
    *arguments: str, command: list[str] | None = None, env: Mapping[str, str] | None = None
) -> Generator[subprocess.Popen[str], None, None]:
    """Starts the command as a process of its own, and kills it after the block.

    It is killed earlier if it goes on for so long that what a test waits for can never come.
    """
    with subprocess.Popen(  # noqa: S603 - the command under test
        [*(command or COMMAND), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(env),
    ) as process:
        alarm = threading.Timer(_PATIENCE, process.kill)
        alarm.start()
        try:
            yield process
        finally:
            alarm.cancel()
            process.kill()


@contextmanager
def serving(
    *arguments: str, env: Mapping[str, str] | None = None
) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """Starts a server on a free port and gives the process and its first line."""
    with started("serve", "--port", "0", *arguments, env=env) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline()


def url_in(line: str) -> str:
    """The URL at the end of the first line."""
    return line.removeprefix("MiPOS mock listening on ").removesuffix("\n")


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for the end and gives the exit code and what is left of output and errors."""
    assert process.stdout is not None
    assert process.stderr is not None
    return process.wait(10), process.stdout.read(), process.stderr.read()


@contextmanager
def mock() -> Generator[str, None, None]:
    """Serves a fresh mock and gives its address."""
    with running(create_app(fresh_state())) as url:
        yield url


@contextmanager
def closed_loop() -> Generator[tuple[str, Receiver], None, None]:
    """Serves a fresh mock and a POS that accepts every order, and answers with its menu."""

    def script(connection: Connection, received: Received) -> None:
        if " /menu " in received.line:
            connection.answer(body=json.dumps(MENU).encode())
            return
        connection.answer()
        order = json.loads(received.body)
        accept(url, str(order["delivery_id"]), order["store_id"], order["external_id"])

    with mock() as url, receiving(script) as receiver:
        register(url, f"{receiver.url}/orders")
        register(url, f"{receiver.url}/menu", "Menu")
        yield url, receiver


def register(url: str, webhook: str, kind: str = "ORDER") -> None:
    """Registers a webhook for alpha."""
    body = json.dumps({"url": webhook, "type": kind}).encode()
    assert 201 == fetch(url, "POST", CREATE, body).status


def accept(url: str, delivery_id: str, store_id: str, order_external_id: str) -> None:
    """Accepts an order as alpha; one that is accepted already is left as it is."""
    body = {
        "delivery_id": delivery_id,
        "store_id": store_id,
        "order_external_id": order_external_id,
    }
    fetch(url, "POST", ACCEPT, json.dumps(body).encode())


def rows(text: str) -> list[list[str]]:
    """The words of each line of a table but its head."""
    return [line.split() for line in text.splitlines()[1:]]
