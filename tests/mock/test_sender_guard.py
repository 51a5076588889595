"""Where a push may go, whatever its host is called and whatever that name resolves to."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from tests.mock.receiver import Connection, Received, receiving
from tests.mock.sending import (
    BODY,
    HEADERS,
    Resolver,
    connections,
    push,
    using,
)

if TYPE_CHECKING:
    from mipos_mock.sending.sender import Reply, Sender

REFUSED = "is not allowed: start the mock with --allow-push-to"


def tried(monkeypatch: pytest.MonkeyPatch, url: str) -> tuple[Reply, list[str]]:
    """Sends one push, and returns the reply and the addresses that it connected to."""

    async def use(sender: Sender) -> tuple[Reply, list[str]]:
        addresses = connections(monkeypatch)
        return await sender.send(url, HEADERS, BODY), addresses

    return using(use)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_loopback_is_reached_in_any_spelling(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """Numeric hosts are what the system reads them as, without a look-up."""
    resolver = Resolver(monkeypatch, {})
    with receiving() as receiver:
        reply = push(f"http://{host}:{receiver.port}/")

    assert (200, []) == (reply.status, resolver.asked)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("10.0.0.5", "10.0.0.5"),
        ("167772165", "10.0.0.5"),
        ("0x0a.5", "10.0.0.5"),
        ("012.0.0.5", "10.0.0.5"),
        ("169.254.169.254", "169.254.169.254"),
        ("0.0.0.0", "0.0.0.0"),  # noqa: S104 - nothing is bound
        ("0", "0.0.0.0"),  # noqa: S104 - nothing is bound
        ("[::ffff:10.0.0.5]", "10.0.0.5"),
        ("[::]", "::"),
        ("[fd00::5]", "fd00::5"),
        ("[64:ff9b::7f00:1]", "64:ff9b::7f00:1"),
    ],
)
def test_other_addresses_are_refused_in_any_spelling(
    monkeypatch: pytest.MonkeyPatch, host: str, address: str
) -> None:
    """The refusal names host, address and remedy, and nothing is connected to."""
    reply, addresses = tried(monkeypatch, f"http://{host}/")

    host = host.strip("[]")
    of = "" if host == address else f" of {host}"
    assert (None, f"the address {address}{of} {REFUSED} {address}") == (reply.status, reply.error)
    assert [] == addresses


@pytest.mark.parametrize(
    ("host", "found", "socket_address"),
    [
        ("10.0.0.5", ("10.0.0.5", 0), ("10.0.0.5", 81)),
        ("pos.test", ("10.0.0.5", 0), ("10.0.0.5", 81)),
        ("pos.test", ("fe80::5", 0, 0, 7), ("fe80::5", 81, 0, 7)),
    ],
)
def test_allowed_address_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    found: tuple[str | int, ...],
    socket_address: tuple[str | int, ...],
) -> None:
    """Values of the option open their addresses, which are connected to with port and zone."""
    tried: list[tuple[str | int, ...]] = []

    async def refuse(_sock: socket.socket, address: tuple[str | int, ...]) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    async def use(sender: Sender) -> Reply:
        monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", refuse)
        return await sender.send(f"http://{host}:81/", HEADERS, BODY)

    family = socket.AF_INET6 if ":" in str(found[0]) else socket.AF_INET

    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", found)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    reply = using(use, allow=["10.0.0.0/8", "fe80::/10"])

    place = f"[{found[0]}]:81" if ":" in str(found[0]) else f"{found[0]}:81"
    assert (f"connection refused at {place}", [socket_address]) == (reply.error, tried)


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A proxy that the environment names does not lead a push elsewhere."""
    with receiving() as proxy, receiving() as receiver:
        monkeypatch.setenv(name, proxy.url)
        reply = push(receiver.url)

    assert (200, []) == (reply.status, proxy.received)


def test_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A push goes to the address that was checked, and not to that of a second look-up."""
    resolver = Resolver(monkeypatch, {"pos.test": [["127.0.0.1"], ["10.0.0.5"]]})
    with receiving() as receiver:
        reply, addresses = tried(monkeypatch, f"http://pos.test:{receiver.port}/")
        (received,) = receiver.received

    assert (200, ["127.0.0.1"], ["pos.test"]) == (reply.status, addresses, resolver.asked)
    assert f"pos.test:{receiver.port}" == received.header("Host")


def test_name_that_changes_its_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was harmless at first is held against the policy at each new connection."""
    Resolver(monkeypatch, {"pos.test": [["127.0.0.1"], ["10.0.0.5"]]})

    def close(connection: Connection, _received: Received) -> None:
        connection.answer(headers=[("Connection", "close")])
        connection.end()

    with receiving(close) as receiver:
        url = f"http://pos.test:{receiver.port}/"

        async def twice(sender: Sender) -> tuple[Reply, Reply, list[str]]:
            addresses = connections(monkeypatch)
            first = await sender.send(url, HEADERS, BODY)
            return first, await sender.send(url, HEADERS, BODY), addresses

        first, second, addresses = using(twice)

    assert (200, ["127.0.0.1"]) == (first.status, addresses)
    assert f"the address 10.0.0.5 of pos.test {REFUSED} 10.0.0.5" == second.error


def test_only_allowed_addresses_of_a_name_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a name with several addresses those that are not allowed are passed over."""
    Resolver(monkeypatch, {"pos.test": [["10.0.0.5", "::ffff:10.0.0.6", "127.0.0.1", "10.0.0.7"]]})
    with receiving() as receiver:
        reply, addresses = tried(monkeypatch, f"http://pos.test:{receiver.port}/")

    assert (200, ["127.0.0.1"]) == (reply.status, addresses)


def test_next_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that refuses leaves the others."""
    Resolver(monkeypatch, {"pos.test": [["127.0.0.2", "127.0.0.1"]]})
    with receiving() as receiver:
        reply, addresses = tried(monkeypatch, f"http://pos.test:{receiver.port}/")

    assert (200, ["127.0.0.2", "127.0.0.1"]) == (reply.status, addresses)


def test_every_address_that_failed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no address accepts, the error tells of each."""
    Resolver(monkeypatch, {"pos.test": [["127.0.0.2", "::1"]]})
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        reply = push(f"http://pos.test:{port}/")

    error = str(reply.error)
    assert error.startswith(f"connection refused at 127.0.0.2:{port}; ")
    assert f"[::1]:{port}" in error
