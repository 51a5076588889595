"""Connections: kept, dropped, never mixed up, and no receiver in the way of another."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from mipos_mock.sending import pool as sending_pool
from mipos_mock.sending import sender as sender_module
from tests.mock.receiver import PATIENCE, Connection, Received, receiving, silent, stored
from tests.mock.sending import (
    BODY,
    HEADERS,
    SIGNATURE,
    Loop,
    both_loops,
    only_while_there_is_no,
    using,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.sending.sender import Reply, Sender

pytestmark = both_loops


def one_after_another(
    url: str, loop: Loop, between: Callable[[], object] = bool
) -> tuple[Reply, Reply]:
    """Sends two pushes, and blocks the loop between them while a function runs."""

    async def use(sender: Sender) -> tuple[Reply, Reply]:
        first = await sender.send(url, HEADERS, BODY)
        between()
        return first, await sender.send(url, HEADERS, BODY)

    return using(use, loop)


def test_connection_is_used_again(loop: Loop) -> None:
    """Pushes that follow each other go over one connection."""
    with receiving() as receiver:
        first, second = one_after_another(receiver.url, loop)

    assert [1, 1] == [received.connection for received in receiver.received]
    assert (200, 200) == (first.status, second.status)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Not asked for\r\n\r\n",
    ],
    ids=["HTTP/1.0", "close", "more than asked for"],
)
def test_connection_that_ends_with_its_answer_is_not_used_again(loop: Loop, answer: bytes) -> None:
    """A receiver that says so, or that sends too much, gets a new connection."""
    with receiving(lambda connection, _: connection.send(answer)) as receiver:
        first, second = one_after_another(receiver.url, loop)

    assert [1, 2] == [received.connection for received in receiver.received]
    assert (200, 200) == (first.status, second.status)


def test_connection_that_the_receiver_closed_is_not_used_again(loop: Loop) -> None:
    """A connection that ended while it was idle costs no push, even if the loop was busy."""

    def close(connection: Connection, _received: Received) -> None:
        connection.answer()
        connection.end()

    with receiving(close) as receiver:
        _, second = one_after_another(
            receiver.url, loop, lambda: receiver.connections[0].ended.wait(PATIENCE)
        )

    assert (200, None) == (second.status, second.error)
    assert [1, 2] == [received.connection for received in receiver.received]


def test_bytes_that_nobody_asked_for_are_no_answer(loop: Loop) -> None:
    """What a receiver sends between two pushes is not taken for the answer to the second."""
    more = threading.Event()
    sent = threading.Event()

    def script(connection: Connection, received: Received) -> None:
        stored(connection, received)
        if connection.number == 1:
            connection.wait(more)
            connection.send(b"HTTP/1.1 500 Not asked for\r\nContent-Length: 0\r\n\r\n")
            sent.set()

    with receiving(script) as receiver:

        async def use(sender: Sender) -> Reply:
            await sender.send(receiver.url, HEADERS, BODY)
            more.set()
            await asyncio.to_thread(sent.wait, PATIENCE)
            return await sender.send(receiver.url, HEADERS, BODY)

        reply = using(use, loop)

    assert 200 == reply.status
    assert [1, 2] == [received.connection for received in receiver.received]


def test_push_is_never_sent_again_by_itself(loop: Loop) -> None:
    """A kept connection that breaks once the push was sent is an error, not a second push."""

    def script(connection: Connection, received: Received) -> None:
        if len(receiver.received) == 1:
            stored(connection, received)
        else:
            connection.end()

    with receiving(script) as receiver:
        _, second = one_after_another(receiver.url, loop)

    place = f"127.0.0.1:{receiver.port}"
    assert f"{place} closed the connection before it answered" == second.error
    assert [1, 1] == [received.connection for received in receiver.received]


def test_connection_is_not_kept_for_long(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection without a push is ended by the sender, so that a receiver can stop."""
    monkeypatch.setattr(sending_pool, "IDLE_MAX", 0)
    with receiving() as receiver:

        async def use(sender: Sender) -> bool:
            await sender.send(receiver.url, HEADERS, BODY)
            return await asyncio.to_thread(receiver.connections[0].ended.wait, PATIENCE)

        ended = using(use, loop)

    assert ended


def test_time_of_an_idle_connection_ends_with_its_use(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that carries a push again is not ended as an idle one."""
    monkeypatch.setattr(sending_pool, "IDLE_MAX", 0.01)

    def script(connection: Connection, received: Received) -> None:
        connection.closing.wait(0.05 * (len(receiver.received) - 1))
        stored(connection, received)

    with receiving(script) as receiver:
        _, second = one_after_another(receiver.url, loop)

    assert 200 == second.status
    assert [1, 1] == [received.connection for received in receiver.received]


def test_silent_receivers_do_not_hold_up_others(loop: Loop) -> None:
    """While many receivers do not answer, and one of them has many pushes, another is served."""
    with ExitStack() as stack, receiving() as receiver:
        deaf = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(50)]
        urls = [f"http://127.0.0.1:{listener.getsockname()[1]}/" for listener in deaf]
        urls += urls[:1] * (sender_module.AT_ONCE_MAX + 1)

        async def use(sender: Sender) -> tuple[Reply, set[bool]]:
            # Tasks start in order: the last one when all others are under way or wait.
            *pushes, last = [
                asyncio.ensure_future(sender.send(url, HEADERS, BODY))
                for url in [*urls, receiver.url]
            ]
            reply = await last
            ended = {push.done() for push in pushes}
            for push in pushes:
                push.cancel()
            await asyncio.gather(*pushes, return_exceptions=True)
            return reply, ended

        reply, ended = using(use, loop)

    assert (200, {False}) == (reply.status, ended)


def test_pushes_to_one_receiver_are_limited(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a push is not sent before another has ended."""
    monkeypatch.setattr(sender_module, "AT_ONCE_MAX", 2)
    answer = threading.Event()

    def script(connection: Connection, received: Received) -> None:
        connection.wait(answer)
        stored(connection, received)

    with receiving(script) as receiver:

        async def use(sender: Sender) -> tuple[int, list[Reply]]:
            pushes = [
                asyncio.ensure_future(sender.send(receiver.url, HEADERS, BODY)) for _ in range(3)
            ]
            await asyncio.to_thread(receiver.wait_for, 2)
            await asyncio.wait(pushes, timeout=0.1)
            begun = len(receiver.received)
            answer.set()
            return begun, await asyncio.gather(*pushes)

        begun, replies = using(use, loop)

    assert (2, [200] * 3) == (begun, [reply.status for reply in replies])


def test_time_begins_with_the_turn(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A push that had to wait for one without an answer still has all of its time."""
    monkeypatch.setattr(sender_module, "AT_ONCE_MAX", 1)

    def script(connection: Connection, received: Received) -> None:
        if connection.number > 1:
            stored(connection, received)

    with receiving(script) as receiver:

        async def use(sender: Sender) -> tuple[Reply, Reply]:
            return await asyncio.gather(
                sender.send(receiver.url, HEADERS, BODY), sender.send(receiver.url, HEADERS, BODY)
            )

        first, second = using(use, loop, timeout=1)

    assert ("no answer within 1 s", 200) == (first.error, second.status)


@pytest.mark.parametrize(
    ("begun", "missing"),
    [
        (b"", "answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "end of the answer"),
    ],
)
def test_failed_push_ends_its_connection(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, begun: bytes, missing: str
) -> None:
    """The receiver sees that nobody waits for its answer any more."""
    only_while_there_is_no(monkeypatch, missing)

    def script(connection: Connection, _received: Received) -> None:
        connection.send(begun)
        connection.read()
        connection.end()

    with receiving(script) as receiver:

        async def use(sender: Sender) -> tuple[Reply, bool]:
            reply = await sender.send(receiver.url, HEADERS, BODY)
            await asyncio.to_thread(receiver.wait_for, 1)
            return reply, await asyncio.to_thread(receiver.connections[0].ended.wait, PATIENCE)

        reply, ended = using(use, loop, timeout=0.1)

    assert (f"no {missing} within 0.1 s", True) == (reply.error, ended)


def test_cancelled_push_ends_its_connection(loop: Loop) -> None:
    """A push that is called off leaves nothing behind, and the next one is not mixed up with it."""
    with receiving(silent) as receiver:

        async def use(sender: Sender) -> Reply:
            push = asyncio.ensure_future(sender.send(receiver.url, HEADERS, BODY))
            await asyncio.to_thread(receiver.wait_for, 1)
            push.cancel()
            await asyncio.gather(push, return_exceptions=True)
            receiver.script = stored
            return await sender.send(receiver.url, HEADERS, BODY)

        reply = using(use, loop)

    assert 200 == reply.status
    assert [1, 2] == [received.connection for received in receiver.received]


def test_close_ends_idle_connections(loop: Loop) -> None:
    """The receiver of an earlier push sees the sender close."""
    with receiving() as receiver:

        async def use(sender: Sender) -> bool:
            await sender.send(receiver.url, HEADERS, BODY)
            await sender.aclose()
            return await asyncio.to_thread(receiver.connections[0].ended.wait, PATIENCE)

        ended = using(use, loop)

    assert ended


def test_close_ends_what_is_under_way(loop: Loop) -> None:
    """A push that is sent while the sender closes fails at once."""
    with receiving(silent) as receiver:

        async def use(sender: Sender) -> Reply:
            push = asyncio.ensure_future(sender.send(receiver.url, HEADERS, BODY))
            await asyncio.to_thread(receiver.wait_for, 1)
            await sender.aclose()
            return await push

        reply = using(use, loop)

    place = f"127.0.0.1:{receiver.port}"
    assert f"{place} closed the connection before it answered" == reply.error


def test_header_that_cannot_be_sent_is_a_mistake(loop: Loop) -> None:
    """A line break in a header is refused before anything is sent, without repeating it."""
    with receiving() as receiver:

        async def use(sender: Sender) -> Reply:
            return await sender.send(receiver.url, [("X", f"{SIGNATURE}\r\nY: z")], BODY)

        with pytest.raises(ValueError, match="a header") as caught:
            using(use, loop)

    assert SIGNATURE not in str(caught.value)
    assert [] == receiver.received
