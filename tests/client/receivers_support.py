"""The receivers of the page on pushes, run as the page says, beside a mock."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from mipos_client import pushes
from mipos_mock.signature import sign

if TYPE_CHECKING:
    from collections.abc import Generator

    from mipos_mock.testing import MiposMock, Order

PAGE = (Path(__file__).parents[2] / "docs" / "receiving-pushes.md").read_text("utf-8")
CODE: dict[str, str] = dict(
    re.findall(r"^```python (\w+)\.py\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
)
LEFT_OVER = "left-over"

_PATIENCE = 30  # seconds
_PORT = "9000"
_LISTENING = re.compile(r"(?:[Rr]unning on|server at) (http://127\.0\.0\.1:[1-9]\d*)")


@dataclass(frozen=True)
class Receiver:
    """A POS that runs.

    Attributes:
        mock: The platform that pushes to it.
        url: Where it takes orders.
        directory: Where it runs.
    """

    mock: MiposMock
    url: str
    directory: Path

    def post(self, body: bytes, signature: str | None) -> httpx.Response:
        """Push to it as anybody could."""
        headers = {} if signature is None else {pushes.SIGNATURE_HEADER: signature}
        return httpx.post(self.url, content=body, headers=headers)

    def post_signed(self, body: bytes) -> httpx.Response:
        """Push to it as the platform could."""
        return self.post(body, sign(body, self.mock.secret))

    def stored(self, name: str) -> list[tuple[bytes, str | None]]:
        """Return each body that it has stored under an order's id, and what accepting it gave."""
        return [
            (body, answer)
            for key, body, answer in self.sql("SELECT key, body, answer FROM orders")
            if json.loads(key)["order_external_id"] == name
        ]

    def sql(self, statement: str, *values: object) -> list[Any]:
        """Run a statement on its database."""
        with closing(sqlite3.connect(self.directory / "orders.db")) as database, database:
            return database.execute(statement, values).fetchall()

    def acceptances(self, order: Order) -> list[int | None]:
        """Return what each of its calls to accept an order was answered."""
        return [call.status for call in self.mock.calls if call.json == order.accept_body]

    def settle(self) -> None:
        """Wait until all is accepted that was stored before.

        It accepts in the order of arrival, so that another order comes last.
        """
        self.mock.wait_accepted(self.mock.place_order())


def command(name: str) -> list[str]:
    """Return what the page says to type to run a receiver, with any free port."""
    (line,) = re.findall(rf"^((?:\w+ )+.*\b{name}\b.* {_PORT}.*)$", PAGE, re.MULTILINE)
    program, *arguments = shlex.split(line.replace(_PORT, "0"))
    module = [] if program == "python" else ["-m", program]
    return [sys.executable, *module, *arguments]


@contextmanager
def running_receiver(
    name: str, mock: MiposMock, directory: Path
) -> Generator[Receiver, None, None]:
    """Run a receiver of the page on a mock that has an order left over for it from before."""
    (directory / f"{name}.py").write_text(CODE[name], "utf-8")
    (create,) = re.findall(r'"(CREATE TABLE [^"]+)"', CODE[name])
    left = mock.place_order(order_external_id=LEFT_OVER, push=False)
    receiver = Receiver(mock, "", directory)
    receiver.sql(create)
    receiver.sql("INSERT INTO orders VALUES (?, ?, NULL)", json.dumps(left.accept_body), b"{}")
    settings = {
        "MIPOS_TOKEN": mock.token,
        "MIPOS_SECRET": mock.secret,
        "MIPOS_BASE_URL": mock.base_url,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen(  # noqa: S603 - the page's command
        command(name),
        cwd=directory,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        guard = threading.Timer(_PATIENCE, process.kill)
        guard.start()
        try:
            url = f"{_address(process)}/orders"
            # Before there is a webhook, since a push would have it accepted as well.
            mock.wait_accepted(left)
            mock.add_webhook(url)
            yield Receiver(mock, url, directory)
        finally:
            guard.cancel()
            guard.join()
            process.terminate()
            print(process.communicate()[0])  # noqa: T201 - pytest shows it with a failure


def _address(process: subprocess.Popen[str]) -> str:
    """Wait until a server says where it listens."""
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        found = _LISTENING.search(line)
        if found is not None:
            return found[1]
    raise AssertionError("".join(said))
