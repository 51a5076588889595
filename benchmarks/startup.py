"""The time from the start of a server's process to its first answer, and its memory then."""

import sys
import time
from collections.abc import Iterable
from typing import Final

from benchmarks import proc
from benchmarks.errors import StartError
from benchmarks.figures import MEGABYTE, Startup
from benchmarks.server import Server, running
from benchmarks.settings import Settings

_SETTLED: Final = 0.3
"""Seconds after the first answer at which the memory is read."""


def measure(settings: Settings, servers: Iterable[Server]) -> list[Startup]:
    """Returns the starts of every server, also of those that did not run.

    Each runs once unmeasured, which fills the file cache and writes the bytecode; then they take
    turns. They may use every core, as they would without us.

    Raises:
        StartError: The mock did not run.
    """
    figures = {
        server: Startup(server=server.name, note="", seconds=[], idle_mb=[]) for server in servers
    }
    for number in range(settings.repetitions + 1):
        print(f"  round {number} of {settings.repetitions}", file=sys.stderr)
        for server, figure in figures.items():
            if figure["note"]:
                continue
            try:
                with running(server) as up:
                    if number > 0:
                        time.sleep(_SETTLED)
                        figure["seconds"].append(up.first_answer)
                        figure["idle_mb"].append(proc.resident_bytes(up.processes()) / MEGABYTE)
            except StartError as error:
                if server.keeps_state:
                    raise
                figure["note"] = f"not run: {error}"
    return list(figures.values())
