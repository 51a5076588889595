"""Pushes to https URLs."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mock.receiver import PATIENCE, receiving
from tests.mock.sending import (
    BODY,
    HEADERS,
    Loop,
    both_loops,
    only_while_there_is_no,
    push,
    using,
)

if TYPE_CHECKING:
    from mipos_mock.sending.sender import Sender

CERTIFICATE = Path(__file__).parents[1] / "data" / "loopback.pem"

pytestmark = both_loops


def accept_and_close(listener: socket.socket) -> None:
    """Ends the next connection at once."""
    listener.accept()[0].close()


@pytest.fixture
def tls() -> ssl.SSLContext:
    """The receiver's side of TLS, for 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_trusted_receiver_is_sent_to(
    monkeypatch: pytest.MonkeyPatch, loop: Loop, tls: ssl.SSLContext
) -> None:
    """A certificate that the environment trusts is enough."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with receiving(tls=tls) as receiver:
        reply = push(receiver.url, loop)
        (received,) = receiver.received

    assert (200, None, BODY) == (reply.status, reply.error, received.body)


def test_connection_is_used_again(
    monkeypatch: pytest.MonkeyPatch, loop: Loop, tls: ssl.SSLContext
) -> None:
    """Pushes that follow each other share one handshake."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with receiving(tls=tls) as receiver:

        async def twice(sender: Sender) -> None:
            await sender.send(receiver.url, HEADERS, BODY)
            await sender.send(receiver.url, HEADERS, BODY)

        using(twice, loop)

    assert [1, 1] == [received.connection for received in receiver.received]


def test_truncated_push_is_half_of_itself(
    monkeypatch: pytest.MonkeyPatch, loop: Loop, tls: ssl.SSLContext
) -> None:
    """Half of a push arrives over TLS as well."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    body = b"x" * 1_000_000
    with receiving(tls=tls) as receiver:
        reply = using(lambda sender: sender.send(receiver.url, HEADERS, body, truncate=True), loop)
        (received,) = receiver.wait_for(1)

    assert (body[:500_000], False) == (received.body, received.complete)
    assert "the connection was ended on purpose after 500000 of 1000000 bytes" == reply.error


def test_receiver_that_nobody_trusts_is_told(loop: Loop, tls: ssl.SSLContext) -> None:
    """A certificate that was signed by nobody known ends the attempt before the push is sent."""
    with receiving(tls=tls) as receiver:
        reply = push(receiver.url, loop)

    place = f"127.0.0.1:{receiver.port}"
    assert (None, []) == (reply.status, receiver.received)
    assert f"TLS with {place} failed: self-signed certificate" == reply.error


def test_certificate_of_another_host_is_told(
    monkeypatch: pytest.MonkeyPatch, loop: Loop, tls: ssl.SSLContext
) -> None:
    """A certificate counts for its own host only."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with receiving(tls=tls) as receiver:
        reply = push(f"https://127.1:{receiver.port}/", loop)

    assert str(reply.error).startswith(f"TLS with 127.1:{receiver.port} failed: ")
    assert [] == receiver.received


def test_receiver_without_tls_is_told(loop: Loop) -> None:
    """An https URL of a plain HTTP receiver is a failure of TLS."""
    with receiving() as receiver:
        reply = push(f"https://127.0.0.1:{receiver.port}", loop)

    place = f"127.0.0.1:{receiver.port}"
    assert (None, f"TLS with {place} failed: wrong version number") == (reply.status, reply.error)


def test_handshake_without_end_is_told(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """A receiver that accepts and then is silent is given up in time."""
    only_while_there_is_no(monkeypatch, "TLS")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        place = f"127.0.0.1:{deaf.getsockname()[1]}"
        reply = push(f"https://{place}", loop, timeout=0.1)

    assert f"no TLS with {place} within 0.1 s" == reply.error


def test_handshake_that_is_broken_off_is_told(loop: Loop) -> None:
    """A receiver that closes at once, instead of speaking TLS, is told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=accept_and_close, args=(listener,))
        thread.start()
        reply = push(f"https://{place}", loop)
        thread.join()

    assert f"TLS with {place} failed: the receiver closed the connection" == reply.error
