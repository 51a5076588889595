"""Host names: which are looked up, and that a slow one is in nobody's way."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from mipos_mock.sending import names as sending_names
from tests.mock.receiver import PATIENCE, receiving
from tests.mock.sending import (
    BODY,
    HEADERS,
    Loop,
    Resolver,
    both_loops,
    only_while_there_is_no,
    push,
    using,
)

if TYPE_CHECKING:
    from mipos_mock.sending.sender import Reply, Sender


@pytest.mark.parametrize(
    "host", ["pos.example", "POS.Example", "pos.example.", "example", "a.b.invalid", "invalid"]
)
def test_reserved_names_are_never_looked_up(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """Names that RFC 2606 reserves fail without a look-up."""
    resolver = Resolver(monkeypatch, {host.lower(): [["127.0.0.1"]]})

    reply = push(f"https://{host}/orders")

    assert (f"the host {host.lower()} never resolves", []) == (reply.error, resolver.asked)


@pytest.mark.parametrize("host", ["example.test", "invalid.test", "notexample"])
def test_similar_names_are_looked_up(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """A name that only contains a reserved one is looked up."""
    Resolver(monkeypatch, {host: [["127.0.0.1"]]})
    with receiving() as receiver:
        reply = push(f"http://{host}:{receiver.port}/")

    assert 200 == reply.status


@both_loops
def test_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """A name without an address is named, with the system's reason."""
    Resolver(monkeypatch, {})

    reply = push("http://nowhere.test/", loop)

    assert "the host nowhere.test does not resolve: Name or service not known" == reply.error


def test_impossible_name_is_told() -> None:
    """A name that no system takes is an error like any other."""
    reply = push(f"http://{'x' * 64}.test/")

    assert str(reply.error).startswith(f"the host {'x' * 64}.test does not resolve: ")


class Stuck:
    """A look-up that waits until it is let go, for every name but one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, quick: str) -> None:
        """Stands in for the system's look-up."""
        self.asked: list[str] = []
        self.begun = threading.Event()
        self.free = threading.Event()
        self._quick = quick
        self._system = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: str, port: int | None, **options: int) -> object:
        if options["flags"] & socket.AI_NUMERICHOST:
            return self._system(host, port, **options)
        self.asked.append(host)
        self.begun.set()
        if host != self._quick:
            self.free.wait(PATIENCE)
        return self._system("127.0.0.1", port, **options)


@both_loops
def test_slow_names_do_not_hold_up_others(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """While many pushes wait for slow names, another name is looked up."""
    stuck = Stuck(monkeypatch, "quick.test")
    slow = [f"slow-{number}.test" for number in range(sending_names.AT_ONCE_MAX - 1)]

    with receiving() as receiver:

        async def use(sender: Sender) -> tuple[Reply, list[Reply], int]:
            # Of each slow name three pushes, which share one look-up. Tasks start in order.
            *slow_pushes, quick = [
                asyncio.ensure_future(sender.send(f"http://{host}:{receiver.port}/", HEADERS, BODY))
                for host in [*slow * 3, "quick.test"]
            ]
            reply = await quick
            waiting = sum(not push.done() for push in slow_pushes)
            stuck.free.set()
            return reply, await asyncio.gather(*slow_pushes), waiting

        reply, others, waiting = using(use, loop)

    assert (200, len(slow) * 3) == (reply.status, waiting)
    assert sorted([*slow, "quick.test"]) == sorted(stuck.asked)
    assert {200} == {other.status for other in others}


@both_loops
def test_look_ups_are_limited(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """Beyond the limit a name waits for another's look-up."""
    monkeypatch.setattr(sending_names, "AT_ONCE_MAX", 1)
    stuck = Stuck(monkeypatch, "quick.test")

    with receiving() as receiver:

        async def use(sender: Sender) -> tuple[list[str], list[Reply]]:
            pushes = [
                asyncio.ensure_future(sender.send(f"http://{host}:{receiver.port}/", HEADERS, BODY))
                for host in ("slow.test", "quick.test")
            ]
            await asyncio.wait(pushes, timeout=0.1)
            asked = list(stuck.asked)
            stuck.free.set()
            return asked, await asyncio.gather(*pushes)

        asked, replies = using(use, loop)

    assert ["slow.test"] == asked
    assert [200, 200] == [reply.status for reply in replies]


@both_loops
def test_slow_name_is_given_up(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """A look-up without an end ends with the attempt's time, and says that it was the look-up."""
    only_while_there_is_no(monkeypatch, "address")
    stuck = Stuck(monkeypatch, "")

    reply = push("http://slow.test/", loop, timeout=0.1)
    stuck.free.set()

    assert "no address of slow.test within 0.1 s" == reply.error


@both_loops
def test_close_ends_a_look_up(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """A push whose host is being looked up while the sender closes fails at once."""
    stuck = Stuck(monkeypatch, "")

    async def use(sender: Sender) -> Reply:
        push = asyncio.ensure_future(sender.send("http://slow.test/", HEADERS, BODY))
        await asyncio.to_thread(stuck.begun.wait, PATIENCE)
        await sender.aclose()
        return await push

    reply = using(use, loop)
    stuck.free.set()

    assert "the host slow.test does not resolve: the look-up was called off" == reply.error
