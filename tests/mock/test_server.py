"""Serving an application from a thread, and the socket it listens on."""

import socket
from urllib.parse import urlsplit

import pytest

from mipos_mock.app import create_app
from mipos_mock.server import running
from mipos_mock.sockets import listen, url_of
from mipos_mock.state import State
from tests.mock.support import fetch


def test_server_runs_in_a_thread(state: State) -> None:
    """An application answers at the URL that the block is given."""
    with running(create_app(state)) as url:
        reply = fetch(url, "GET", "/_mock/")

    assert 200 == reply.status


def test_server_stops_with_its_block(state: State) -> None:
    """After the block nothing listens any more."""
    with running(create_app(state)) as url:
        pass

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((urlsplit(url).hostname, urlsplit(url).port))


def test_two_servers_run_side_by_side(state: State) -> None:
    """Port 0 gives every server a port of its own."""
    with running(create_app(state)) as one, running(create_app(state)) as other:
        assert one != other


def test_socket_names_its_protocol() -> None:
    """The socket says TCP, without which the plain asyncio loop delays small answers."""
    with listen("127.0.0.1", 0) as sock:
        assert socket.IPPROTO_TCP == sock.proto


def test_port_in_use_is_an_error() -> None:
    """A port that something listens on cannot be listened on again."""
    with listen("127.0.0.1", 0) as sock, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", sock.getsockname()[1])


def test_url_has_brackets_around_ipv6() -> None:
    """An IPv6 address stands in brackets, an IPv4 address does not."""

    class Fake(socket.socket):
        def getsockname(self) -> tuple[str, int, int, int]:
            return "::1", 8080, 0, 0

    with Fake() as six, listen("127.0.0.1", 0) as four:
        port = four.getsockname()[1]

        assert ("http://[::1]:8080", f"http://127.0.0.1:{port}") == (url_of(six), url_of(four))
