"""A line that tells how far a run is, on a terminal and nowhere else."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    import pytest

_SECONDS_BETWEEN = 0.1
# Requests that a test is expected to send, roughly: only their proportions matter.
_USUAL, _A_SCHEMA_TEST, _OPERATIONS, _A_CASE_OF_THE_MODEL = 3, 40, 5, 60
# The client is driven through so many times fewer and shorter cases.
_LESS_OFTEN = 8


def terminal() -> TextIO | None:
    """Return what reaches the terminal even while pytest captures output; None without one."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        return None
    return os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")


class Progress:
    """Keeps one line up to date: phase, tests, requests, and about how long it still takes."""

    def __init__(self, terminal: TextIO, examples: int, sent: Callable[[], int]) -> None:
        """Prepare.

        Args:
            terminal: where to write.
            examples: generated cases a property.
            sent: tells how many requests have been sent.
        """
        self._terminal = terminal
        self._examples = examples
        self._sent = sent
        self._weights: dict[str, int] = {}
        self._done = self._tests = self._sent_before = 0
        self._current, self._phase = "", ""
        self._began = self._shown_at = time.monotonic()

    def collected(self, items: list[pytest.Item]) -> None:
        """Take note of the tests that will run."""
        self._began = time.monotonic()
        self._weights = {
            item.nodeid: self._weight(item.path.stem)
            for item in items
            if not item.get_closest_marker("skip")
        }

    def expand(self, item: pytest.Item, tests: list[pytest.Item]) -> None:
        """Take note that a test turned out to be several."""
        weight = self._weights.pop(item.nodeid, 0)
        self._weights |= {test.nodeid: weight // len(tests) for test in tests}

    def start(self, item: pytest.Item) -> None:
        """Take note that a test begins."""
        self._current, self._phase = item.nodeid, item.path.stem.removeprefix("test_")
        self._sent_before = self._sent()
        self.show()

    def finish(self, nodeid: str) -> None:
        """Take note that a test has ended."""
        if nodeid in self._weights:
            self._done += self._weights[nodeid]
            self._tests += 1
        self._current = ""

    def show(self) -> None:
        """Write the line anew, if the last one is not too recent."""
        now = time.monotonic()
        if now - self._shown_at < _SECONDS_BETWEEN:
            return
        self._shown_at = now
        width = shutil.get_terminal_size().columns - 1
        self._terminal.write(f"\r\x1b[2K{self.text(now - self._began)[:width]}")
        self._terminal.flush()

    def clear(self) -> None:
        """Take the line away."""
        self._terminal.write("\r\x1b[2K")
        self._terminal.flush()

    def text(self, seconds: float) -> str:
        """Return the line.

        Args:
            seconds: since the first test began.
        """
        total = sum(self._weights.values())
        within = self._weights.get(self._current, 0)
        done = self._done + min(within, self._sent() - self._sent_before)
        left = f", about {_duration(seconds / done * (total - done))} left" if done else ""
        return (
            f"{self._phase}: {self._tests} of {len(self._weights)} tests,"
            f" {self._sent()} requests{left}"
        )

    def _weight(self, module: str) -> int:
        if module == "test_model":
            return _A_CASE_OF_THE_MODEL * self._examples
        if module == "test_client_model":
            return _A_CASE_OF_THE_MODEL * self._examples // _LESS_OFTEN
        if module == "schema_driven":
            return _OPERATIONS * (_A_SCHEMA_TEST + self._examples)
        return _USUAL


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
