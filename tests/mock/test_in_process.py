"""The platform's API as an application in this process, called from any loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.mock.plugin_support import bearer, client
from tests.mock.support import ACCEPT, CREATE, LIST

if TYPE_CHECKING:
    import httpx

    from mipos_mock.asgi import Message, Scope
    from mipos_mock.testing import MiposMock

SCOPE: Scope = {
    "type": "http",
    "method": "GET",
    "path": LIST,
    "query_string": b"",
    "headers": [],
}


def call(mock: MiposMock, *messages: Message, scope: Scope = SCOPE) -> list[Message]:
    """Calls the application as a server does, and returns what it sends."""
    incoming = list(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return incoming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    async def main() -> None:
        await mock.app(scope, receive, send)

    asyncio.run(main())
    return sent


def test_a_client_in_another_loop_is_answered(mipos_mock: MiposMock) -> None:
    """What one request stores in one loop, another one sees in the next."""

    async def create() -> int:
        async with client(mipos_mock) as api:
            return (await api.post(CREATE, json={"url": "https://a"})).status_code

    async def shown() -> object:
        async with client(mipos_mock) as api:
            return (await api.get(LIST)).json()

    assert 201 == asyncio.run(create())
    assert [{"url": "https://a"}] == asyncio.run(shown())


def test_requests_side_by_side_each_have_their_answer(mipos_mock: MiposMock) -> None:
    """A slow answer holds up no other, and none is mixed up."""
    mipos_mock.fault("latency", seconds=0.05, operation="list_webhooks", times=5)

    async def main() -> list[int]:
        async with client(mipos_mock) as api:
            lists = [api.get(LIST) for _ in range(5)]
            creates = [api.post(CREATE, json={"url": f"https://a{n}"}) for n in range(5)]
            answers = await asyncio.gather(*lists, *creates)
        return [answer.status_code for answer in answers]

    assert [200] * 5 + [201] * 5 == asyncio.run(main())


def test_no_server_is_started_for_it(mipos_mock: MiposMock) -> None:
    """The control interface is not there: the object is in its place."""

    async def main() -> httpx.Response:
        async with client(mipos_mock) as api:
            return await api.get("/_mock/state")

    answer = asyncio.run(main())

    assert 404 == answer.status_code
    assert "Nothing is at GET /_mock/state" in answer.json()["message"]


def test_a_body_in_parts_is_read_whole(mipos_mock: MiposMock) -> None:
    """The messages of a request are put together."""
    scope: Scope = {
        **SCOPE,
        "method": "POST",
        "path": CREATE,
        "headers": [
            (b"Authorization", bearer(mipos_mock)["Authorization"].encode()),
            (b"Content-Type", b"application/json"),
        ],
    }
    body = b'{"url": "https://a"}'

    sent = call(
        mipos_mock,
        {"type": "http.request", "body": body[:5], "more_body": True},
        {"type": "http.request", "body": body[5:]},
        scope=scope,
    )

    assert 201 == sent[0]["status"]


def test_a_client_that_left_is_not_answered(mipos_mock: MiposMock) -> None:
    """Half of a request is no call."""
    sent = call(
        mipos_mock,
        {"type": "http.request", "body": b"x", "more_body": True},
        {"type": "http.disconnect"},
    )

    assert [] == sent
    assert [] == mipos_mock.calls


def test_it_takes_part_in_a_lifespan(mipos_mock: MiposMock) -> None:
    """Who begins and ends it, as a test client does, is answered, and ends nothing."""
    sent = call(
        mipos_mock,
        {"type": "lifespan.startup"},
        {"type": "lifespan.shutdown"},
        scope={"type": "lifespan"},
    )

    assert ["lifespan.startup.complete", "lifespan.shutdown.complete"] == [
        message["type"] for message in sent
    ]
    assert [] == mipos_mock.webhooks


def test_a_dropped_connection_is_an_error(mipos_mock: MiposMock) -> None:
    """Without a connection, its end is told by an exception."""
    mipos_mock.fault("drop")

    async def main() -> None:
        async with client(mipos_mock) as api:
            await api.get(LIST)

    with pytest.raises(ConnectionResetError, match="by a fault of kind drop"):
        asyncio.run(main())
    assert [None] == [each.status for each in mipos_mock.calls]


def test_who_runs_no_asyncio_is_told_so(mipos_mock: MiposMock) -> None:
    """Another library's loop, such as trio's, is refused in words."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(_message: Message) -> None:
        raise AssertionError

    async def main() -> None:
        await mipos_mock.app(SCOPE, receive, send)

    with pytest.raises(RuntimeError, match="needs asyncio"):
        main().send(None)


def test_a_test_in_a_loop_waits_without_blocking_it(mipos_mock: MiposMock) -> None:
    """The one that accepts runs in the loop in which the test waits."""

    async def main() -> str:
        order = mipos_mock.place_order()
        async with client(mipos_mock) as api:
            waiting = asyncio.ensure_future(mipos_mock.aio.wait_accepted(order))
            await asyncio.sleep(0)
            await api.post(ACCEPT, json=order.accept_body)
        return (await waiting).status

    assert "accepted" == asyncio.run(main())


@pytest.mark.parametrize("name", ["wait_accepted", "wait_delivered", "advance", "burst"])
def test_blocking_a_loop_is_refused(mipos_mock: MiposMock, name: str) -> None:
    """What would block the caller's loop names what to await instead."""
    argument = 1 if name in {"advance", "burst"} else mipos_mock.place_order()

    async def main() -> None:
        getattr(mipos_mock, name)(argument)

    with pytest.raises(RuntimeError, match=rf"await mipos_mock\.aio\.{name}\("):
        asyncio.run(main())
