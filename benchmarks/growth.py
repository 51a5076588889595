"""What a call costs when one account has ten, a thousand, a hundred thousand webhooks."""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from benchmarks import proc
from benchmarks.children import cores, pinned
from benchmarks.figures import MEGABYTE, Growth
from benchmarks.http_client import API, Client
from benchmarks.roster import mock
from benchmarks.server import running
from benchmarks.settings import Settings

_CALLS: Final = 200
"""Calls of each operation in one repetition."""
_LISTED: Final = 1_000_000
"""Webhooks that one repetition's lists hold together at most, but for five lists."""


@dataclass(slots=True)
class _Account:
    """The account of one server, which has a size of its own.

    Attributes:
        processes: The processes of the server.
        client: A connection to it.
        urls: Its webhooks.
        named: How many names were given.
        cpu: The figures: CPU µs a call by operation.
    """

    processes: list[int]
    client: Client
    urls: list[str] = field(default_factory=list[str])
    named: int = 0
    cpu: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def name(self) -> str:
        """Returns a URL that no webhook has or had."""
        self.named += 1
        return f"https://pos.example/{self.named}"


def measure(settings: Settings) -> list[Growth]:
    """Returns the figures of each size. One connection sends, a call at a time.

    Every size has a server of its own, and they take turns.
    """
    server_core, load_core = cores()
    with ExitStack() as stack:
        stack.enter_context(pinned({load_core}))
        accounts: list[_Account] = []
        for webhooks in settings.webhooks:
            up = stack.enter_context(running(mock(), server_core))
            account = _Account(up.processes(), stack.enter_context(Client(up.port)))
            accounts.append(account)
            print(f"  creates {webhooks} webhooks", file=sys.stderr)
            for _ in range(webhooks):
                account.urls.append(account.name())
                account.client.create_webhook(account.urls[-1])
        for number in range(settings.repetitions + 1):
            print(f"  round {number} of {settings.repetitions}", file=sys.stderr)
            for account in accounts:
                for operation, spend in _SPENT.items():
                    seconds = spend(account)
                    if number > 0:  # the first round fills caches
                        account.cpu.setdefault(operation, []).append(seconds * 1e6)
        return [
            Growth(
                webhooks=len(account.urls),
                cpu_us=account.cpu,
                resident_mb=proc.resident_bytes(account.processes) / MEGABYTE,
            )
            for account in accounts
        ]


def _create(account: _Account) -> float:
    """Creates ten or a tenth more at a time, and deletes them again without measuring that."""
    batch = max(10, min(_CALLS, len(account.urls) // 10))
    batches = _CALLS // batch
    seconds = 0.0
    for _ in range(batches):
        urls = [account.name() for _ in range(batch)]
        before = proc.cpu_seconds(account.processes)
        for url in urls:
            account.client.create_webhook(url)
        seconds += proc.cpu_seconds(account.processes) - before
        for url in urls:
            body = json.dumps({"url": url})
            account.client.expect(200, "POST", f"{API}/webhook/delete", body)
    return seconds / (batch * batches)


def _list(account: _Account) -> float:
    calls = max(5, min(_CALLS, _LISTED // len(account.urls)))
    before = proc.cpu_seconds(account.processes)
    for _ in range(calls):
        account.client.expect(200, "GET", f"{API}/webhooks")
    return (proc.cpu_seconds(account.processes) - before) / calls


def _update(account: _Account) -> float:
    """Changes URLs from all over the list."""
    total = len(account.urls)
    before = proc.cpu_seconds(account.processes)
    for number in range(_CALLS):
        place = number * total // _CALLS
        new = account.name()
        body = json.dumps({"current_url": account.urls[place], "new_url": new})
        account.client.expect(200, "POST", f"{API}/webhook/update", body)
        account.urls[place] = new
    return (proc.cpu_seconds(account.processes) - before) / _CALLS


_SPENT: Final[dict[str, Callable[[_Account], float]]] = {
    "create": _create,
    "list": _list,
    "update": _update,
}
"""From an account to the CPU seconds that one call costs its server."""
