"""Redirects: not followed, unless the sender is told to, and never to where no push may go."""

from __future__ import annotations

import pytest

from tests.mock.receiver import Connection, Received, answering, receiving, stored
from tests.mock.sending import BODY, SIGNATURE, Loop, both_loops, push

REFUSED = "is not allowed: start the mock with --allow-push-to"

pytestmark = both_loops


def redirecting(status: int, location: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Status, body and headers of a redirect."""
    return status, b"moved", [("Location", location)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_an_answer_like_any_other(loop: Loop, status: int) -> None:
    """Unless told to, the sender goes nowhere else."""
    with receiving() as other, receiving(answering(*redirecting(status, other.url))) as receiver:
        reply = push(receiver.url, loop)

    assert (status, b"moved", None) == (reply.status, reply.body, reply.error)
    assert [] == other.received


@pytest.mark.parametrize("status", [301, 302, 303])
def test_redirect_that_may_change_the_method_is_not_followed(loop: Loop, status: int) -> None:
    """What clients answer with a GET is left alone even then."""
    with receiving() as other, receiving(answering(*redirecting(status, other.url))) as receiver:
        reply = push(receiver.url, loop, follow_redirects=True)

    assert (status, []) == (reply.status, other.received)


@pytest.mark.parametrize("status", [307, 308])
def test_redirect_is_followed_with_the_same_push(loop: Loop, status: int) -> None:
    """Told to, the sender posts the same body and signature to the other place."""
    with receiving() as other:
        location = f"{other.url}/new?x=1#part"
        with receiving(answering(*redirecting(status, location))) as receiver:
            reply = push(receiver.url, loop, follow_redirects=True)
        (received,) = other.received

    assert (200, b'{"message":"stored"}', True) == (reply.status, reply.body, reply.complete)
    assert ("POST /new?x=1 HTTP/1.1", BODY) == (received.line, received.body)
    assert f"127.0.0.1:{other.port}" == received.header("Host")
    assert SIGNATURE == received.header("Signature-Webhook")


def test_relative_redirect_stays_with_the_receiver(loop: Loop) -> None:
    """A Location that is a path is one of the same receiver, over the same connection."""

    def script(connection: Connection, received: Received) -> None:
        if received.line == "POST /a/old HTTP/1.1":
            connection.answer(*redirecting(307, "../b/new"))
        else:
            stored(connection, received)

    with receiving(script) as receiver:
        reply = push(f"{receiver.url}/a/old", loop, follow_redirects=True)

    assert 200 == reply.status
    assert [("POST /a/old HTTP/1.1", 1), ("POST /b/new HTTP/1.1", 1)] == [
        (received.line, received.connection) for received in receiver.received
    ]


@pytest.mark.parametrize(
    ("location", "error"),
    [
        (
            "http://10.0.0.5/",
            f"the address 10.0.0.5 {REFUSED} 10.0.0.5",
        ),
        (
            "//0xa9.0xfe.0xa9.0xfe/latest",
            f"the address 169.254.169.254 of 0xa9.0xfe.0xa9.0xfe {REFUSED} 169.254.169.254",
        ),
        ("https://pos.example/", "the host pos.example never resolves"),
        (
            f"file:///{SIGNATURE}",
            "the URL is no http:// or https:// URL in plain ASCII, without a user",
        ),
        ("http://[x/", "the URL is no http:// or https:// URL in plain ASCII, without a user"),
        ("http://127.0.0.1:0/", "port 0 is no port: use one from 1 to 65535"),
    ],
    ids=lambda value: value[:20],
)
def test_redirect_to_where_no_push_may_go_ends_there(loop: Loop, location: str, error: str) -> None:
    """The guard holds for each hop; the reply keeps the redirect, and the error tells why."""
    with receiving(answering(*redirecting(307, location))) as receiver:
        reply = push(receiver.url, loop, follow_redirects=True)

    assert (307, b"moved", f"redirect 1: {error}") == (reply.status, reply.body, reply.error)


def test_redirect_without_a_location_is_an_answer(loop: Loop) -> None:
    """There is nothing to follow without a Location."""
    with receiving(answering(307)) as receiver:
        reply = push(receiver.url, loop, follow_redirects=True)

    assert (307, None) == (reply.status, reply.error)


def test_loop_of_redirects_ends(loop: Loop) -> None:
    """After five redirects the sixth is not followed."""
    with receiving(answering(*redirecting(308, "/again"))) as receiver:
        reply = push(receiver.url, loop, follow_redirects=True)

    assert (308, "the receiver redirects more than 5 times") == (reply.status, reply.error)
    assert 6 == len(receiver.received)


def test_five_redirects_are_followed(loop: Loop) -> None:
    """A push that arrives with the fifth redirect is delivered."""

    def script(connection: Connection, received: Received) -> None:
        count = int(received.line.split("/")[1].split()[0])
        if count < 5:
            connection.answer(*redirecting(307, f"/{count + 1}"))
        else:
            stored(connection, received)

    with receiving(script) as receiver:
        reply = push(f"{receiver.url}/0", loop, follow_redirects=True)

    assert (200, None) == (reply.status, reply.error)


def test_time_bounds_all_redirects_together(loop: Loop) -> None:
    """A receiver that redirects slowly, time and again, does not get its time anew."""

    def script(connection: Connection, _received: Received) -> None:
        connection.closing.wait(0.2)
        connection.answer(*redirecting(307, "/again"))

    with receiving(script) as receiver:
        reply = push(receiver.url, loop, timeout=0.3, follow_redirects=True)

    assert str(reply.error).endswith(" within 0.3 s")
