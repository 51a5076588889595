"""The line that shows how far a run is."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from mipos_contract.progress import Progress
from tests.contract.suite import ROOT, command, environment, run


@dataclass
class Item:
    """As much of a collected test as the line needs."""

    nodeid: str
    skipped: bool = False

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.nodeid.partition("::")[0])

    def get_closest_marker(self, _name: str) -> object:
        """Return whether it is skipped."""
        return self.skipped or None


def test_the_line_has_phase_tests_requests_and_time_left() -> None:
    """Half of the tests in ten seconds leave another ten."""
    sent = 0
    progress = Progress(StringIO(), 10, lambda: sent)
    items = [Item(f"test_webhooks.py::{name}") for name in "ab"]
    skipped = Item("test_webhooks.py::c", skipped=True)
    progress.collected([*items, skipped])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - a stand-in
    progress.start(items[0])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - as above
    assert "webhooks: 0 of 2 tests, 0 requests" == progress.text(5)
    sent = 7
    progress.finish(items[0].nodeid)
    progress.finish(skipped.nodeid)

    assert "webhooks: 1 of 2 tests, 7 requests, about 10 s left" == progress.text(10)


def test_a_long_time_is_told_in_minutes() -> None:
    """The model weighs as much as hundreds of plain tests."""
    progress = Progress(StringIO(), 10, lambda: 0)
    items = [Item("test_webhooks.py::a"), Item("test_model.py::b")]
    progress.collected(items)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - stand-ins
    progress.finish(items[0].nodeid)

    assert progress.text(1).endswith(", about 3 min 20 s left")


def test_without_a_terminal_there_is_no_line() -> None:
    """A log has the dots, and no control characters."""
    finished = run("-k", "test_many_webhooks_last")

    assert "1 passed" in finished.output
    assert "\x1b" not in finished.output
    assert "\r" not in finished.output


def test_on_a_terminal_the_line_takes_the_place_of_the_dots() -> None:
    """It is written over and over, and taken away at the end."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - the command is ours
        # Seconds of work: the line is written ten times a second at the most.
        command("-k", "webhooks"),
        cwd=ROOT,
        env=environment({"COLUMNS": "100"}),
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    output = b""
    while True:
        try:
            output += os.read(leader, 65_536)
        except OSError:  # the other end is closed
            break
    os.close(leader)

    assert 0 == process.wait()
    lines = re.findall(rb"\r\x1b\[2K([^\r\x1b]*)", output)
    assert any(re.fullmatch(rb"webhooks: \d+ of \d+ tests, .* left", line) for line in lines)
    assert b"" == lines[-1].strip(b"\n")
    assert b"....." not in output
