"""A server that is killed under load, and what its clients know of it.

Imported by the fork server from which each server process comes, so that one starts in
milliseconds.
"""

import http.client
import json
import os
import random
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from mipos_mock.cli import banner, main, serve
from mipos_mock.server import server_of
from mipos_mock.state import Account, State
from tests.mock.support import ACCEPT, CREATE, DELETE, UPDATE

# What the command imports late is read before the fork, once for all.
BEFORE_THE_FORK = (banner, serve, server_of)

ACCOUNTS = {"alpha": "3", "beta": "4"}
RECEIVERS = ("http://127.0.0.1:9/one", "http://127.0.0.1:9/two")  # nobody listens there
JSON = {"Content-Type": "application/json"}


class Inherited(Protocol):
    """A file descriptor on its way to another process, as multiprocessing's ``DupFd`` makes."""

    def detach(self) -> int:
        """Returns it in the other process."""
        ...


def run(path: str, output: Inherited) -> None:
    """Runs the command as its users do, with its standard output put into a pipe."""
    sys.stdout = os.fdopen(output.detach(), "w", encoding="utf-8")
    main(["serve", "--port", "0", "--state", path])


@dataclass(frozen=True)
class Known:
    """What a client knows of one account: its webhooks with their types, and its orders.

    An order has its id, whether it is accepted, and how many pushes of it there are.
    """

    webhooks: tuple[tuple[str, str], ...] = ()
    orders: frozenset[tuple[str, bool, int]] = frozenset()


def seen(state: State, account: Account) -> Known:
    """What a state holds for an account, the orders of a fresh server aside."""
    pushes = [each.order_id for each in state.pushes.values()]
    return Known(
        tuple(account.webhooks.items()),
        frozenset(
            (key.order_external_id, order.status == "accepted", pushes.count(order.id))
            for key, order in state.orders.items()
            if key.store_id in account.stores and order.scenario != "documented"
        ),
    )


@dataclass
class Client:
    """Works on one account until the server is gone.

    Attributes:
        account: its name.
        random: decides what it does.
        known: what was answered with success.
        asked: what would hold if the last request was done too.
        answers: how many requests were answered.
        wanted: how many answers are still to come before the server may be killed.
        enough: is set once there are none.
    """

    account: str
    random: random.Random
    known: Known = field(default_factory=Known)
    asked: Known = field(default_factory=Known)
    answers: int = 0
    wanted: int = 0
    enough: threading.Event = field(default_factory=threading.Event)

    def work(self, address: str) -> None:
        """Sends one request after another."""
        connection = http.client.HTTPConnection(address, timeout=10)
        try:
            while True:
                path, body, after = self._next()
                self.asked = after
                headers = {**JSON, "Authorization": f"Bearer mock-token-{self.account}"}
                connection.request("POST", path, json.dumps(body), headers)
                response = connection.getresponse()
                text = response.read()
                assert response.status < 300, (path, body, response.status, text)
                self.known = after
                self.answers += 1
                self.wanted -= 1
                if self.wanted <= 0:
                    self.enough.set()
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _next(self) -> tuple[str, dict[str, Any], Known]:
        hooks, orders = dict(self.known.webhooks), self.known.orders
        missing = [url for url in RECEIVERS if url not in hooks]
        if missing:
            return (
                CREATE,
                {"url": missing[0]},
                self._with_hooks([*hooks.items(), (missing[0], "ORDER")]),
            )
        others = [url for url in hooks if url not in RECEIVERS]
        pending = sorted(name for name, accepted, _ in orders if not accepted)
        new = f"https://pos.example/{self.random.getrandbits(64):x}"
        match self.random.choice(["create", "create", "update", "delete", "place", "accept"]):
            case "update" if others:
                old = self.random.choice(others)
                moved = [(new if url == old else url, kind) for url, kind in hooks.items()]
                return UPDATE, {"current_url": old, "new_url": new}, self._with_hooks(moved)
            case "delete" if others:
                old = self.random.choice(others)
                return (
                    DELETE,
                    {"url": old},
                    self._with_hooks(pair for pair in hooks.items() if pair[0] != old),
                )
            case "place" if len(pending) < 3:
                name, store = new[-16:], ACCOUNTS[self.account]
                after = orders | {(name, False, len(RECEIVERS))}
                body = {"store_id": store, "order_external_id": name}
                return "/_mock/orders", body, Known(self.known.webhooks, after)
            case "accept" if pending:
                name, store = self.random.choice(pending), ACCOUNTS[self.account]
                after = orders - {(name, False, 2)} | {(name, True, 2)}
                body = {"delivery_id": "1", "store_id": store, "order_external_id": name}
                return ACCEPT, body, Known(self.known.webhooks, after)
            case _:
                body = {"url": new, "type": "Menu"}
                return CREATE, body, self._with_hooks([*hooks.items(), (new, "Menu")])

    def _with_hooks(self, hooks: Iterable[tuple[str, str]]) -> Known:
        return Known(tuple(hooks), self.known.orders)
