"""Whether one receiver's trouble delays the pushes to another receiver."""

import sys
import time
from collections.abc import Iterator
from typing import Final

from benchmarks.children import cores, pinned
from benchmarks.figures import Isolation
from benchmarks.http_client import Client
from benchmarks.receiver import DEAD, SLOW
from benchmarks.receiving import Receiver, receiving
from benchmarks.roster import mock
from benchmarks.server import free_port, running
from benchmarks.settings import Settings

SAME: Final = "the same account"
ANOTHER: Final = "another account"

HEALTHY: Final = "answers at once"
_OTHERS: Final = {
    HEALTHY: "healthy",
    "answers after 1 s": SLOW,
    "never answers": DEAD,
    "refuses connections": "",
}
"""What the other receiver does, and its path; an empty one stands for a closed port."""

_OTHER_TOKEN: Final = "mock-token-beta"  # noqa: S105 - the mock's tokens are public by design
_MEASURED: Final = "measured"
_PAUSE: Final = 0.02
"""Seconds between two orders."""


def measure(settings: Settings) -> list[Isolation]:
    """Returns the figures of every pair of receivers.

    An order that is placed every 20 ms is pushed to the receiver that is measured, which answers
    at once. As many are pushed at the same time to another webhook: of the same account, which
    gets the same orders, or of another one, which gets a burst of its own. Only what that other
    receiver does differs from figure to figure; the one that answers at once is what the rest is
    compared with.
    """
    server_core, load_core = cores()
    figures = [
        Isolation(whose=whose, other=other, milliseconds=[])
        for whose in (SAME, ANOTHER)
        for other in _OTHERS
    ]
    with (
        pinned({load_core}),
        running(mock(), server_core) as up,
        receiving(load_core) as receiver,
        Client(up.port) as client,
    ):
        for number in range(settings.repetitions + 1):
            print(f"  round {number} of {settings.repetitions}", file=sys.stderr)
            for place, figure in enumerate(figures):
                run = f"{number}-{place}"
                delays = list(_delays(client, receiver, figure, run, settings))
                if number > 0:  # the first round fills caches
                    figure["milliseconds"] += delays
    return figures


def _delays(
    client: Client, receiver: Receiver, figure: Isolation, run: str, settings: Settings
) -> Iterator[float]:
    """Yields the milliseconds of each order from the call that places it to its arrival."""
    orders = max(1, settings.orders // 10)
    path = _OTHERS[figure["other"]]
    url = receiver.url(path, run) if path else f"http://127.0.0.1:{free_port()}/closed"
    client.control("reset")
    client.create_webhook(receiver.url(_MEASURED, run))
    if figure["whose"] == SAME:
        client.create_webhook(url)
    else:
        with Client(client.port, _OTHER_TOKEN) as other:
            other.create_webhook(url)
        rate = round(1 / _PAUSE)
        client.control("bursts", 202, account="beta", count=orders, per_second=rate)
    placed: dict[str, int] = {}
    for number in range(orders):
        time.sleep(_PAUSE)
        order = f"{run}-{number}"
        placed[order] = time.monotonic_ns()
        client.control("orders", 201, order_external_id=order)
    here = f"/{_MEASURED}/{run}"
    for arrival in receiver.wait(orders, lambda each: each["path"] == here):
        yield (arrival["at"] - placed[arrival["order"]]) / 1e6
