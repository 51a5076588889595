"""The load: runs wrk and reads its figures."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from benchmarks.children import ROOT, pinned
from benchmarks.errors import NotMeasuredError
from benchmarks.http_client import TOKEN
from benchmarks.operations import Operation

MISSING: Final = "wrk is not on PATH; apt-get install wrk"

_MARK: Final = "figures "
_RUNS = itertools.count()


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of wrk came to.

    Attributes:
        requests: The requests that were answered in time.
        seconds: How long it took.
        broken: Connections that failed, broke or timed out.
        statuses: How many answers had each status.
    """

    requests: int
    seconds: float
    broken: int
    statuses: dict[str, int]

    def unexpected(self, status: int) -> str:
        """Returns what was not answered with this status, in words; empty for nothing."""
        others = [
            f"{count} times {other}"
            for other, count in sorted(self.statuses.items())
            if other != str(status)
        ]
        return ", ".join([*others, *([f"{self.broken} broken"] if self.broken else [])])


def parse(output: str) -> Load:
    """Returns the figures that load.lua printed among what wrk prints.

    Raises:
        NotMeasuredError: They are not there.
    """
    for line in output.splitlines():
        if line.startswith(_MARK):
            figures = cast("dict[str, int]", json.loads(line.removeprefix(_MARK)))
            return Load(
                requests=figures["requests"],
                seconds=figures["microseconds"] / 1e6,
                broken=figures["broken"],
                statuses=cast("dict[str, int]", figures["statuses"]),
            )
    raise NotMeasuredError(f"wrk printed no figures: {output.strip()[-200:]}")


def run(
    port: int, operations: Sequence[Operation], seconds: int, connections: int, core: int
) -> Load:
    """Sends the operations in turn, over and over, and returns the figures.

    Every run and every turn in it has names of its own, so that a create always creates.

    Args:
        port: The server's port on this machine.
        operations: What is sent; more than one only over one connection keep their order.
        seconds: How long.
        connections: How many connections send at the same time.
        core: The core that wrk is pinned to.

    Raises:
        NotMeasuredError: wrk is missing, or failed.
    """
    program = shutil.which("wrk")
    if program is None:
        raise NotMeasuredError(MISSING)
    name = str(next(_RUNS))
    lines = [f"{each.method} {each.path} {each.body.replace('{run}', name)}" for each in operations]
    with pinned({core}):
        done = subprocess.run(  # noqa: S603 - every part of the command stands here
            [
                *(program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"),
                *("-s", str(ROOT / "benchmarks" / "load.lua"), f"http://127.0.0.1:{port}/"),
                *("--", TOKEN, *lines),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + 60,
        )
    if done.returncode:
        raise NotMeasuredError(f"wrk failed: {(done.stderr or done.stdout).strip()[-200:]}")
    return parse(done.stdout)
