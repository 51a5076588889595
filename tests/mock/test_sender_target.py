"""URLs: which a push can be sent to, and the Host header that they lead to."""

from __future__ import annotations

import pytest

from mipos_mock.sending.target import Target
from tests.mock.sending import push


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "127.0.0.1",
        "http://",
        "http:///x",
        "http://user:secret@127.0.0.1/",
        "http://127.0.0.1:x/",
        "http://127.0.0.1 /",
        "http://127.0.0.1/\u00e9",
        "http://127.0.0.1/\r\nX: y",
        "http://[::1/",
        "http://.test/",
        "http://" + "x" * 254 + "/",
        "",
    ],
)
def test_what_is_no_url_is_told(url: str) -> None:
    """A URL that cannot be sent to is an error that does not repeat it."""
    reply = push(url)

    assert (
        None,
        "the URL is no http:// or https:// URL in plain ASCII, without a user",
    ) == (reply.status, reply.error)


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_impossible_port_is_told(port: int) -> None:
    """A port beyond what TCP has is an error."""
    assert f"port {port} is no port: use one from 1 to 65535" == push(f"http://a.test:{port}").error


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://a.test", "a.test"),
        ("http://A.test:80/", "a.test"),
        ("http://a.test:443/", "a.test:443"),
        ("http://a.test:8080/", "a.test:8080"),
        ("http://[::1]/", "[::1]"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_host_header_names_an_unusual_port(url: str, host: str) -> None:
    """The Host header has brackets around IPv6, and the port unless the scheme implies it."""
    assert host == Target.parse(url).authority
