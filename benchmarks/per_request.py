"""The server's CPU time a request: the mock, the limits of its stack, and other mock servers."""

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from benchmarks import proc, wrk
from benchmarks.children import cores
from benchmarks.errors import StartError
from benchmarks.figures import MEGABYTE, PerRequest, Repetitions
from benchmarks.http_client import Client
from benchmarks.operations import COMPARED, Operation
from benchmarks.server import Running, Server, running
from benchmarks.settings import Settings

_LISTED: Final = 3
"""Webhooks that the mock has before a load: as many as the document's example, and so as many
as those servers list that answer with it."""


@dataclass(slots=True)
class _Measured:
    server: Server
    running: Running
    idle: int
    repetitions: dict[str, Repetitions] = field(default_factory=dict[str, Repetitions])


def measure(settings: Settings, servers: Iterable[Server]) -> list[PerRequest]:
    """Returns the figures of every server, also of those that did not run.

    All servers are up at once, on one core, and take turns: what else the machine does falls on
    all alike. An operation that a server does not answer with the documented status is not
    measured.

    Raises:
        NotMeasuredError: The mock did not run, or the load could not be made.
    """
    figures: list[PerRequest] = []
    measured: list[_Measured] = []
    server_core, _ = cores()
    with ExitStack() as stack:
        for server in servers:
            figure = PerRequest(server=server.name, note="", operations={}, idle_mb=0, loaded_mb=0)
            figures.append(figure)
            try:
                up = stack.enter_context(running(server, server_core))
            except StartError as error:
                if server.keeps_state:
                    raise
                figure["note"] = f"not run: {error}"
                print(f"  {server.name}: {error}", file=sys.stderr)
                continue
            one = _Measured(server, up, proc.resident_bytes(up.processes()), figure["operations"])
            measured.append(one)
            for operation in COMPARED:
                one.repetitions[operation.name] = _unmeasured(one, operation)
        # The first round fills caches and lets compilers at run time do their work.
        for number in range(settings.repetitions + 1):
            print(f"  round {number} of {settings.repetitions}", file=sys.stderr)
            for operation in COMPARED:
                for one in measured:
                    _repeat(one, operation, settings, keep=number > 0)
        loaded = {one.server.name: proc.resident_bytes(one.running.processes()) for one in measured}
        idle = {one.server.name: one.idle for one in measured}
    for figure in figures:
        figure["idle_mb"] = idle.get(figure["server"], 0) / MEGABYTE
        figure["loaded_mb"] = loaded.get(figure["server"], 0) / MEGABYTE
    return figures


def _unmeasured(one: _Measured, operation: Operation) -> Repetitions:
    """Returns an empty figure, with a note if the server answers with another status."""
    wanted = one.server.status(operation)
    with Client(one.running.port) as client:
        status, _ = client.send(operation.method, operation.path, operation.filled("first", 0))
    note = "" if status == wanted else f"answers {status}"
    return Repetitions(cpu_us=[], per_second=[], note=note)


def _repeat(one: _Measured, operation: Operation, settings: Settings, *, keep: bool) -> None:
    repetitions = one.repetitions[operation.name]
    if repetitions["note"]:
        return
    if one.server.keeps_state:
        _renew(one.running.port)
    _, load_core = cores()
    before = proc.cpu_seconds(one.running.processes())
    load = wrk.run(one.running.port, [operation], settings.seconds, settings.connections, load_core)
    seconds = proc.cpu_seconds(one.running.processes()) - before
    unexpected = load.unexpected(one.server.status(operation))
    if unexpected or not load.requests:
        repetitions["note"] = f"under load: {unexpected or 'no answer'}"
    elif keep:
        repetitions["cpu_us"].append(seconds * 1e6 / load.requests)
        repetitions["per_second"].append(load.requests / load.seconds)


def _renew(port: int) -> None:
    with Client(port) as client:
        client.control("reset")
        for number in range(_LISTED):
            client.create_webhook(f"https://pos.example/listed/{number}")
