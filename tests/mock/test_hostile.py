"""Bytes that no client should send, over real sockets."""

import logging
import socket
from urllib.parse import urlsplit

import pytest

from tests.mock.support import ALPHA, DELETE

HEAD = (
    f"POST {DELETE} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n"
    f"Authorization: {ALPHA}\r\nContent-Type: application/json\r\n"
).encode()
MISSING = b'{"url":["The url field is required."]}'
REFUSED = b'{"message":["This webhook does not exist"],"data":null}'


def connect(base_url: str) -> socket.socket:
    """Opens a connection to a server."""
    url = urlsplit(base_url)
    return socket.create_connection((url.hostname, url.port), timeout=10)


def exchange(base_url: str, data: bytes) -> tuple[bytes, bytes, bytes]:
    """Sends bytes and returns status, headers and body of what comes back."""
    with connect(base_url) as sock:
        sock.sendall(data)
        received = b"".join(iter(lambda: sock.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, _, headers = head.partition(b"\r\n")
    return status.split()[1], headers, body


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"x":' * 100_000,
        b'{"url": "\xed\xa0\x80"}',
        b"\xef\xbb\xbf{}",
        b"{" + b"x" * 1_000_000,
        b'{"url": NaN}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_unreadable_bodies_lack_every_field(base_url: str, body: bytes) -> None:
    """A body that is no JSON object is answered as an empty one."""
    data = HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body

    status, headers, answer = exchange(base_url, data)

    assert (b"422", MISSING) == (status, answer)
    assert b"content-type: application/json" in headers.lower()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (rb"\ud800", b"The url format is invalid."),
        (rb"https://a/\u0000", b"The url format is invalid."),
        (b"x" * 1_000_000, b"The url may not be greater than 2048 characters."),
    ],
    ids=["surrogate", "nul", "megabyte"],
)
def test_strange_strings_are_invalid(base_url: str, url: bytes, message: bytes) -> None:
    """Strings that are JSON but no URL are answered by the rule they fail."""
    body = b'{"url": "' + url + b'"}'

    status, _, answer = exchange(base_url, HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    assert (b"422", b'{"url":["%s"]}' % message) == (status, answer)


def test_number_of_many_digits_does_not_hide_the_url(base_url: str) -> None:
    """A field beside an enormous number is read."""
    body = b'{"x": ' + b"9" * 100_000 + b', "url": "https://a"}'

    status, _, answer = exchange(base_url, HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    assert (b"409", REFUSED) == (status, answer)


def test_chunked_bodies_are_read(base_url: str) -> None:
    """A body sent in chunks is put together."""
    chunks = b'9\r\n{"url": "\r\nb\r\nhttps://a"}\r\n0\r\n\r\n'

    status, _, answer = exchange(base_url, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)

    assert (b"409", REFUSED) == (status, answer)


def test_header_bytes_beyond_ascii_are_unauthorized(base_url: str) -> None:
    """A token of arbitrary bytes is an unknown token."""
    data = HEAD.replace(ALPHA.encode(), b"Bearer \xff\xe9") + b"Content-Length: 0\r\n\r\n"

    assert (b"401", b'"Unauthorized."') == exchange(base_url, data)[::2]


def test_client_that_leaves_mid_body_causes_no_error(
    base_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A connection lost in the middle of a body is forgotten without a logged error."""
    caplog.set_level(logging.ERROR)
    with connect(base_url) as sock:
        sock.sendall(HEAD + b"Content-Length: 100\r\n\r\nabc")
        sock.shutdown(socket.SHUT_WR)
        received = sock.recv(1)

    assert (b"", []) == (received, caplog.records)
