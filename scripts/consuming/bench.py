"""Where the tools are, how they are run, and what they are run against."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
NPM = Path(__file__).resolve().parent / "npm"
TOKEN = "mock-token-alpha"  # noqa: S105 - public by design
API = "/api/v1/integration"
# Seconds that a tool or the start of a server may take on a busy machine.
PATIENCE = 300.0
# No tool asks the network for its version, tells of its use, or takes a newer Go.
QUIET = {
    "GOFLAGS": "-mod=mod",
    "GOPROXY": "off",
    "GOTELEMETRY": "off",
    "GOTOOLCHAIN": "local",
    "NO_COLOR": "1",
    "OPENAPI_TS_TELEMETRY": "0",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "REDOCLY_TELEMETRY": "off",
}


class FailureError(Exception):
    """A consumer does not work with the document. The text says what went wrong."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One trial: the document to try, an empty directory, and where the npm packages are."""

    document: Path
    directory: Path
    npm: Path = NPM

    @property
    def log(self) -> Path:
        """The file with what a server printed."""
        return self.directory / "server.log"

    def run(
        self, *command: str, cwd: Path | None = None, variables: Mapping[str, str] | None = None
    ) -> str:
        """Run a command, with variables added to its environment, and return what it printed.

        Raises:
            FailureError: it cannot be run, takes too long, or fails.
        """
        try:
            done = subprocess.run(  # noqa: S603 - the commands are those of the trials
                command,
                cwd=cwd or ROOT,
                env={
                    **os.environ,
                    **QUIET,
                    "GOCACHE": str(self.directory.parent / "go-cache"),
                    **(variables or {}),
                },
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FailureError(f"{command[0]}: {error}") from None
        said = f"{done.stdout}{done.stderr}"
        if done.returncode:
            raise FailureError(f"{command[0]} ended with {done.returncode}: {said[-2000:].strip()}")
        return said

    def script(self, name: str) -> list[str]:
        """Return the command that runs a program of the npm packages."""
        return ["node", str((self.npm / "node_modules" / ".bin" / name).resolve())]

    @contextmanager
    def serving(self, *command: str) -> Generator[str]:
        """Run a server, with `--port` added, while the block runs, and yield its address.

        Raises:
            FailureError: it does not listen.
        """
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        with self.log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - the commands are those of the trials
                [*command, "--port", str(port)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of its own, since servers start further processes.
                start_new_session=True,
            )
        try:
            _await(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise FailureError("the server does not listen")


@contextmanager
def mock() -> Generator[str]:
    """Serve a fresh mock while the block runs, and yield its address."""
    with running(create_app(fresh_state())) as url:
        yield url


def call(
    url: str, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
) -> tuple[int, bytes]:
    """Send one request and return status and body.

    Raises:
        FailureError: no answer comes.
    """
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise FailureError(f"{method} {path}: {error}") from None
    finally:
        connection.close()


def generator(arguments: Sequence[str]) -> list[str]:
    """Return the command that runs openapi-generator."""
    return [str(Path(sys.executable).parent / "openapi-generator-cli"), "generate", *arguments]
