"""One push and its answer, against a real receiver, under both event loops."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.mock.receiver import (
    PATIENCE,
    Connection,
    Received,
    answering,
    receiving,
    sending,
    silent,
)
from tests.mock.sending import (
    BODY,
    HEADERS,
    SIGNATURE,
    Loop,
    both_loops,
    only_while_there_is_no,
    push,
    using,
)

if TYPE_CHECKING:
    from mipos_mock.sending.sender import Reply, Sender

pytestmark = both_loops


def broken_off(url: str, loop: Loop, body: bytes = BODY) -> Reply:
    """Sends half of a push."""
    return using(lambda sender: sender.send(url, HEADERS, body, truncate=True), loop)


def test_push_arrives_byte_for_byte(loop: Loop) -> None:
    """The receiver gets one POST of path and query with the exact body."""
    with receiving() as receiver:
        push(f"{receiver.url}/orders?store=3&x=%20#part", loop)

        (received,) = receiver.received

    assert ("POST /orders?store=3&x=%20 HTTP/1.1", BODY) == (received.line, received.body)


def test_headers_are_the_callers_and_three_more(loop: Loop) -> None:
    """The sender adds host, length and the wish for no compression, and nothing else."""
    with receiving() as receiver:
        push(receiver.url, loop)

        (received,) = receiver.received

    assert [
        ("Host", f"127.0.0.1:{receiver.port}"),
        *HEADERS,
        ("Accept-Encoding", "identity"),
        ("Content-Length", str(len(BODY))),
    ] == received.headers


def test_reply_is_what_was_answered(loop: Loop) -> None:
    """Status, headers and body come back as they were sent, compressed bytes included."""
    headers = (("X-Pos", "caf\xe9"), ("Content-Encoding", "gzip"))
    with receiving(
        sending(
            b"HTTP/1.1 201 Created\r\nX-Pos: caf\xe9\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x00"
        )
    ) as receiver:
        reply = push(receiver.url, loop)

    assert (201, headers, b"\x1f\x8b\x00") == (reply.status, reply.headers, reply.body)
    assert (True, None) == (reply.complete, reply.error)
    assert reply.milliseconds > 0


@pytest.mark.parametrize("status", [204, 302, 404, 503])
def test_any_status_is_an_answer(loop: Loop, status: int) -> None:
    """A status that is no success is no error of the sending."""
    with receiving(answering(status)) as receiver:
        reply = push(receiver.url, loop)

    assert (status, True, None) == (reply.status, reply.complete, reply.error)


def test_body_in_chunks_is_put_together(loop: Loop) -> None:
    """An answer of chunks is read to its last chunk."""
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
    with receiving(lambda connection, _: connection.send(answer)) as receiver:
        reply = push(receiver.url, loop)

    assert (200, b"abcd", True) == (reply.status, reply.body, reply.complete)


def test_interim_answers_are_skipped(loop: Loop) -> None:
    """A 100 before the answer is not taken for it."""
    answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    with receiving(lambda connection, _: connection.send(answer)) as receiver:
        reply = push(receiver.url, loop)

    assert (200, b"ok") == (reply.status, reply.body)


def test_too_many_interim_answers_are_told(loop: Loop) -> None:
    """A receiver that only ever announces an answer does not keep the sender busy."""
    answer = b"HTTP/1.1 100 Continue\r\n\r\n" * 11 + b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    with receiving(lambda connection, _: connection.send(answer)) as receiver:
        reply = push(receiver.url, loop)

    assert (None, "the receiver sends more than 10 interim answers") == (reply.status, reply.error)


def test_refused_connection_is_told(loop: Loop) -> None:
    """Where nothing listens the error names the place."""
    with socket.socket() as bound:  # and does not listen
        bound.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{bound.getsockname()[1]}"
        reply = push(f"http://{place}/", loop)

    assert (None, f"connection refused at {place}") == (reply.status, reply.error)


def test_silent_receiver_is_given_up(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """Without any answer the attempt ends after its time."""
    only_while_there_is_no(monkeypatch, "answer")
    with receiving(silent) as receiver:
        reply = push(receiver.url, loop, timeout=0.1)

    assert (None, "no answer within 0.1 s") == (reply.status, reply.error)


def test_time_bounds_the_whole_attempt(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> None:
    """A body that never stops coming, byte by byte, ends with the attempt's time."""
    only_while_there_is_no(monkeypatch, "end of the answer")

    def drip(connection: Connection, _received: Received) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
        for _ in range(500):
            connection.send(b"x")
            if connection.closing.wait(0.01):
                break

    with receiving(drip) as receiver:
        reply = push(receiver.url, loop, timeout=0.3)

    assert (200, False, "no end of the answer within 0.3 s") == (
        reply.status,
        reply.complete,
        reply.error,
    )
    assert reply.body == b"x" * len(reply.body)
    assert len(reply.body) < 500


def test_endless_body_is_clipped(loop: Loop) -> None:
    """Of an answer without end, as much as the limit is read, then the connection is ended."""

    def endless(connection: Connection, _received: Received) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not connection.closing.is_set() and connection.send(b"x" * 65536):
            pass
        connection.end()

    with receiving(endless) as receiver:
        reply = push(receiver.url, loop)
        (connection,) = receiver.connections
        ended = connection.ended.wait(10)

    assert (200, b"x" * 65536, False) == (reply.status, reply.body, reply.complete)
    assert ("the answer is over 65536 bytes", True) == (reply.error, ended)


@pytest.mark.parametrize(("size", "complete"), [(10, True), (11, False)])
def test_limit_is_the_callers(loop: Loop, size: int, complete: bool) -> None:  # noqa: FBT001 - the expected value
    """An answer of just the limit is whole, one byte more is clipped."""
    with receiving(answering(200, b"x" * size)) as receiver:
        reply = using(lambda sender: sender.send(receiver.url, HEADERS, BODY, body_limit=10), loop)

    assert (b"x" * 10, complete) == (reply.body, reply.complete)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
    ],
    ids=["one header", "without end"],
)
def test_huge_headers_are_refused(loop: Loop, head: bytes) -> None:
    """Headers beyond the limit end the attempt, however they come."""
    with receiving(sending(head)) as receiver:
        reply = push(receiver.url, loop)

    assert (None, "the headers of the answer are over 65536 bytes") == (reply.status, reply.error)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x28",  # of TLS
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        f"{SIGNATURE}\r\n\r\n".encode(),
    ],
    ids=lambda answer: repr(answer[:30]),
)
def test_bytes_that_are_no_http_are_told(loop: Loop, answer: bytes) -> None:
    """What is no HTTP is told without repeating it."""
    with receiving(sending(answer)) as receiver:
        reply = push(receiver.url, loop)

    assert (None, "the answer is not HTTP") == (reply.status, reply.error)


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-"])
@pytest.mark.parametrize("how", ["closed", "reset"])
def test_connection_lost_before_the_answer_is_told(loop: Loop, how: str, begun: bytes) -> None:
    """A receiver that leaves without an answer is named, with the way it left."""

    def leave(connection: Connection, _received: Received) -> None:
        connection.send(begun)
        connection.end(reset=how == "reset")

    with receiving(leave) as receiver:
        reply = push(receiver.url, loop)

    place = f"127.0.0.1:{receiver.port}"
    assert (None, f"{place} {how} the connection before it answered") == (
        reply.status,
        reply.error,
    )


def test_connection_lost_within_the_answer_is_told(loop: Loop) -> None:
    """An answer that breaks off keeps its status and what came of the body."""
    with receiving(sending(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) as receiver:
        reply = push(receiver.url, loop)

    place = f"127.0.0.1:{receiver.port}"
    assert (200, b"abc", False) == (reply.status, reply.body, reply.complete)
    assert f"{place} closed the connection before its answer was complete" == reply.error


def test_reset_is_no_end_of_an_answer(loop: Loop) -> None:
    """An answer whose length nobody announced is not complete if its connection is reset."""

    def leave(connection: Connection, _received: Received) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\n\r\nabc")
        connection.end(reset=True)

    with receiving(leave) as receiver:
        reply = push(receiver.url, loop)

    assert not reply.complete
    assert f"127.0.0.1:{receiver.port} reset the connection before " in str(reply.error)


def test_answer_before_the_body_was_read_counts(loop: Loop) -> None:
    """A receiver that refuses a body while it is still sent is heard, on that connection once."""
    answer = b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"
    body = b"x" * 50_000_000
    done = threading.Event()

    def serve(listener: socket.socket) -> None:
        with listener.accept()[0] as first:
            first.recv(1)
            first.sendall(answer)
            with listener.accept()[0] as second:
                second.recv(1)
                second.sendall(answer)
                done.wait(PATIENCE)

    async def twice(sender: Sender) -> list[Reply]:
        first = await sender.send(url, HEADERS, body)
        return [first, await sender.send(url, HEADERS, BODY)]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        replies = using(twice, loop)
        done.set()
        thread.join()

    assert [413, 413] == [reply.status for reply in replies]


@pytest.mark.parametrize("size", [1, 41, 2_000_001])
def test_truncated_push_is_half_of_itself(loop: Loop, size: int) -> None:
    """Announced is the whole body, what comes is its first half, and then the end."""
    body = bytes(range(256)) * 8000
    with receiving() as receiver:
        reply = broken_off(receiver.url, loop, body[:size])
        (received,) = receiver.wait_for(1)

    assert (str(size), body[: size // 2]) == (received.header("Content-Length"), received.body)
    assert not received.complete
    assert f"the connection was ended on purpose after {size // 2} of {size} bytes" == reply.error
    assert (None, False) == (reply.status, reply.complete)


def test_truncated_push_to_nobody_is_told(loop: Loop) -> None:
    """Half of a push needs a receiver as a whole one does."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{bound.getsockname()[1]}"
        reply = broken_off(f"http://{place}/", loop)

    assert f"connection refused at {place}" == reply.error


def test_truncated_push_that_nobody_reads_ends_in_time(
    monkeypatch: pytest.MonkeyPatch, loop: Loop
) -> None:
    """A receiver that takes nothing does not hold up the sender, nor gets the rest later."""
    only_while_there_is_no(monkeypatch, "room")
    body = b"x" * 50_000_000

    def drain(listener: socket.socket) -> int:
        taken = 0
        with listener.accept()[0] as sock, suppress(OSError):  # the end may also be a reset
            sock.settimeout(2)
            while part := sock.recv(65536):
                taken += len(part)
        return taken

    with socket.create_server(("127.0.0.1", 0)) as deaf:

        async def use(sender: Sender) -> tuple[Reply, int]:
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
            reply = await sender.send(url, HEADERS, body, truncate=True)
            return reply, await asyncio.to_thread(drain, deaf)

        reply, taken = using(use, loop, timeout=0.3)

    assert "no room for half of the push within 0.3 s" == reply.error
    assert 0 < taken < len(body) // 2


def test_truncated_push_that_is_refused_is_told(loop: Loop) -> None:
    """A receiver that leaves before half of the push is sent is named."""

    def serve(listener: socket.socket) -> None:
        sock = listener.accept()[0]
        sock.recv(1)
        Connection(1, sock, threading.Event()).end(reset=True)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        reply = broken_off(f"http://{place}/", loop, b"x" * 50_000_000)
        thread.join()

    assert f"{place} reset the connection before it answered" == reply.error
