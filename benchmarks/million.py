"""The mock's memory after a million calls, its journal included."""

import sys

from benchmarks import proc, wrk
from benchmarks.children import cores
from benchmarks.errors import NotMeasuredError
from benchmarks.figures import MEGABYTE, Million
from benchmarks.operations import CREATE, DELETE, LIST, UPDATE
from benchmarks.roster import mock
from benchmarks.server import running
from benchmarks.settings import Settings

_CYCLE = (CREATE, LIST, UPDATE, DELETE)
"""What is called in turn. It ends with what it began with, so only what is remembered of calls
can grow."""


def measure(settings: Settings) -> list[Million]:
    """Returns the memory after each load until that many calls were made, over one connection.

    Raises:
        NotMeasuredError: A call was not answered with 200 or 201.
    """
    server_core, load_core = cores()
    with running(mock(), server_core) as up:
        figures = [Million(calls=0, resident_mb=proc.resident_bytes(up.processes()) / MEGABYTE)]
        calls = 0
        while calls < settings.calls:
            load = wrk.run(up.port, _CYCLE, settings.seconds, 1, load_core)
            wrong = load.requests - load.statuses.get("200", 0) - load.statuses.get("201", 0)
            if wrong > 0 or load.broken:
                raise NotMeasuredError(f"the cycle of calls was answered {load.statuses}")
            calls += load.requests
            resident = proc.resident_bytes(up.processes()) / MEGABYTE
            figures.append(Million(calls=calls, resident_mb=resident))
            print(f"  {calls} calls, {resident:.1f} MB", file=sys.stderr)
        return figures
