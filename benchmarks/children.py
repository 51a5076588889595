"""Child processes that are pinned to a core and that end with the block that started them."""

import os
import signal
import subprocess
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

ROOT: Final = Path(__file__).resolve().parent.parent
"""The repository; every child runs in it."""

_PATIENCE: Final = 5.0
"""Seconds that a child has to end by itself once it was told to."""


def cores() -> tuple[int, int]:
    """Returns the core for the server and the core for the load; the same where there is one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextmanager
def pinned(to: Iterable[int]) -> Generator[None, None, None]:
    """Runs the block, and what it starts, on these cores only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, to)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def started(
    command: Sequence[str], core: int | None = None, errors: IO[bytes] | None = None
) -> Generator[subprocess.Popen[bytes], None, None]:
    """Runs a command while the block runs, in a process group of its own, and then ends all of it.

    Args:
        command: The program and its arguments.
        core: The core that it is pinned to from its first instruction; None for all.
        errors: Where its standard error goes; None for nowhere. Standard output goes nowhere.

    Raises:
        OSError: The program cannot be run.
    """
    # A child takes over the affinity of the thread that starts it, before any thread of its own.
    with pinned({core} if core is not None else os.sched_getaffinity(0)):
        process = subprocess.Popen(  # noqa: S603 - the commands are the harness's own
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors or subprocess.DEVNULL,
            # Its own session: Ctrl-C reaches the harness alone, which then ends the whole group.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        try:
            _tell(process, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
        finally:
            _tell(process, signal.SIGKILL)
            process.wait()


def _tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
