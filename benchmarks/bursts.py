"""How many pushes a second the mock sends to one receiver that answers at once."""

import sys
from typing import Final

from benchmarks import proc
from benchmarks.children import cores, pinned
from benchmarks.figures import Pushes
from benchmarks.http_client import Client
from benchmarks.receiving import Receiver, receiving
from benchmarks.roster import mock
from benchmarks.server import Running, running
from benchmarks.settings import Settings

_WEBHOOKS: Final = (1, 8)
"""With one webhook a push waits for the answer to the one before; with more they overlap."""
_BURSTS: Final = 5
_PER_SECOND: Final = 1_000
"""The most that the mock lets one burst place; five at once are more than it can send."""


def measure(settings: Settings) -> list[Pushes]:
    """Returns a figure for each number of webhooks, all of one account and at one receiver.

    The rate is that of the arrivals, from the first to the last. Composing the orders is part of
    the mock's work. The receiver and the harness share the core that the mock does not have.
    """
    server_core, load_core = cores()
    figures = [Pushes(webhooks=each, pushes=0, cpu_us=[], per_second=[]) for each in _WEBHOOKS]
    with (
        pinned({load_core}),
        running(mock(), server_core) as up,
        receiving(load_core) as receiver,
        Client(up.port) as client,
    ):
        for number in range(settings.repetitions + 1):
            print(f"  round {number} of {settings.repetitions}", file=sys.stderr)
            for figure in figures:
                cpu_us, per_second = _repeat(figure, up, client, receiver, settings)
                if number > 0:  # the first round fills caches
                    figure["cpu_us"].append(cpu_us)
                    figure["per_second"].append(per_second)
    return figures


def _repeat(
    figure: Pushes, up: Running, client: Client, receiver: Receiver, settings: Settings
) -> tuple[float, float]:
    """Returns the CPU µs a push and the pushes a second of one round."""
    client.control("reset")
    for number in range(figure["webhooks"]):
        client.create_webhook(receiver.url("fast", str(number)))
    orders = max(1, settings.orders // figure["webhooks"] // _BURSTS)
    figure["pushes"] = orders * _BURSTS * figure["webhooks"]
    receiver.arrived()
    before = proc.cpu_seconds(up.processes())
    for _ in range(_BURSTS):
        client.control("bursts", 202, count=orders, per_second=_PER_SECOND)
    times = [each["at"] for each in receiver.wait(figure["pushes"], lambda _: True)]
    seconds = proc.cpu_seconds(up.processes()) - before
    return seconds * 1e6 / len(times), (len(times) - 1) / (max(times) - min(times)) * 1e9
