"""Nothing is left behind: no connection, no file, no memory and no client."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from mipos_client import AsyncMipos, Mipos, MiposError, ResponseDecodeError
from tests.client.hostile.calls import BASE_URL, CALLS, CREATE
from tests.client.hostile.server import End, HostileServer, answer, reply

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.client.hostile.calls import Call

TOKEN: Final = "mock-token-alpha"
URL: Final = "https://pos.example/orders"
SUCCESS: Final = reply(201, CREATE.body)
# Longer than the bound that the tests of it set, and never at its end.
ENDLESS: Final = answer(b"HTTP/1.1 201 Created\r\n\r\n" + b" " * 2000, end=End.STALL)
ANSWERS: Final = (
    SUCCESS,
    reply(409, b'{"message": ["This webhook already exists"], "data": null}'),
    reply(201, b"<html>"),
    reply(302, b"", b"Location: /elsewhere"),
    reply(201, b"[]", b"Content-Encoding: gzip"),
    answer(),
    SUCCESS,
    answer(end=End.RESET),
    answer(b"garbage\r\n\r\n"),
    answer(b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n["),
    SUCCESS,
    answer(b"HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", end=End.KEEP),
    answer(b"HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]"),
)


@pytest.fixture
def no_collection() -> Generator[None]:
    """Let nothing be freed but what has no reference left."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def open_files() -> int:
    """Return the number of files and sockets that this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_connections_are_closed_and_used_again() -> None:
    """Calls of every outcome leave one connection at most, and none after the end of the block."""
    left = list[int]()

    with HostileServer(*ANSWERS * 5, SUCCESS) as server:
        before = open_files()
        with Mipos(TOKEN, base_url=server.url) as mipos:
            for _ in ANSWERS * 5:
                with suppress(MiposError):
                    mipos.webhooks.create(url=URL)
            mipos.webhooks.create(url=URL)
            left.append(server.open_connections())

        assert server.is_idle()
        assert before == open_files()
        assert len(ANSWERS) * 5 + 1 == len(server.requests)
    assert [1] == left


def test_awaited_connections_are_closed_and_used_again() -> None:
    """The same holds for calls that are awaited, one after the other and many at once."""

    async def run(url: str) -> None:
        async with AsyncMipos(TOKEN, base_url=url) as mipos:
            for _ in ANSWERS:
                with suppress(MiposError):
                    await mipos.webhooks.create(url=URL)
            calls = (mipos.webhooks.create(url=URL) for _ in ANSWERS * 4)
            await asyncio.gather(*calls, return_exceptions=True)

    with HostileServer(*ANSWERS * 5, SUCCESS) as server:
        before = open_files()
        asyncio.run(run(server.url))

        assert server.is_idle()
        assert before == open_files()
        assert len(ANSWERS) * 5 == len(server.requests)


def test_cancelled_tasks_close_their_connections() -> None:
    """Before an answer or within a body, what was cancelled is closed at once."""
    silent = (
        answer(end=End.STALL),
        answer(b"HTTP/1.1 201 Created\r\n\r\n[", end=End.STALL),
    )

    async def run(server: HostileServer) -> None:
        async with AsyncMipos(TOKEN, base_url=server.url) as mipos:
            tasks = [asyncio.create_task(mipos.webhooks.create(url=URL)) for _ in range(20)]
            assert await asyncio.to_thread(server.received, 20)
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert [asyncio.CancelledError] * 20 == [type(each) for each in results]
            assert await asyncio.to_thread(server.is_idle)
            await mipos.webhooks.create(url=URL)

    with HostileServer(*silent * 10, SUCCESS) as server:
        before = open_files()
        asyncio.run(run(server))

        assert server.is_idle()
        assert before == open_files()


@pytest.mark.usefixtures("no_collection")
def test_a_body_that_is_given_up_closes_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long is not read to its end, and the client that stays open lets go of it."""
    monkeypatch.setattr("mipos_client._runtime.sending.MAX_BODY", 1000)

    with HostileServer(ENDLESS, SUCCESS) as server, Mipos(TOKEN, base_url=server.url) as mipos:
        with pytest.raises(ResponseDecodeError, match="the body is longer than"):
            mipos.webhooks.create(url=URL)

        assert server.is_idle()
        mipos.webhooks.create(url=URL)


@pytest.mark.usefixtures("no_collection")
def test_an_awaited_body_that_is_given_up_closes_its_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same holds for a client to await."""
    monkeypatch.setattr("mipos_client._runtime.sending.MAX_BODY", 1000)

    async def run(server: HostileServer) -> None:
        async with AsyncMipos(TOKEN, base_url=server.url) as mipos:
            with pytest.raises(ResponseDecodeError, match="the body is longer than"):
                await mipos.webhooks.create(url=URL)
            assert await asyncio.to_thread(server.is_idle)
            await mipos.webhooks.create(url=URL)

    with HostileServer(ENDLESS, SUCCESS) as server:
        asyncio.run(run(server))

        assert server.is_idle()


def test_a_copy_leaves_no_connection() -> None:
    """Copies share the connection of the original, which closes it."""
    with HostileServer(SUCCESS) as server:
        with Mipos(TOKEN, base_url=server.url) as mipos:
            for _ in range(50):
                with mipos.with_options(timeout=5, retries=0) as copy:
                    copy.webhooks.create(url=URL)
            left = server.open_connections()

        assert server.is_idle()
    assert 1 == left


def mixed() -> httpx.MockTransport:
    """Return what answers with a success, an error, and a body that is none, in turn."""
    given = ((201, CREATE.body), (409, b'{"message": ["x"]}'), (201, b"<html>"), (500, b"x" * 999))
    count = [0]

    def handler(_request: httpx.Request) -> httpx.Response:
        count[0] += 1
        status, body = given[count[0] % len(given)]
        return httpx.Response(status, stream=httpx.ByteStream(body))

    return httpx.MockTransport(handler)


def test_memory_does_not_grow_with_the_calls() -> None:
    """After 2,000 calls there is as much as after the first few."""
    mipos = Mipos(TOKEN, base_url=BASE_URL, http_client=httpx.Client(transport=mixed()))

    def call(times: int) -> int:
        for _ in range(times):
            with suppress(MiposError):
                mipos.webhooks.create(url=URL)
            with suppress(MiposError):
                mipos.with_options(timeout=5).webhooks.delete(url=URL)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        few = call(50)
        many = call(1000)
    finally:
        tracemalloc.stop()

    assert many - few < 50_000


def test_awaited_calls_do_not_let_memory_grow() -> None:
    """The same holds for calls that are awaited."""

    async def run() -> list[int]:
        http = httpx.AsyncClient(transport=mixed())
        mipos = AsyncMipos(TOKEN, base_url=BASE_URL, http_client=http)
        sizes = list[int]()
        for times in (50, 1000):
            for _ in range(times):
                with suppress(MiposError):
                    await mipos.webhooks.create(url=URL)
                with suppress(MiposError):
                    await mipos.with_options(timeout=5).webhooks.delete(url=URL)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
        return sizes

    tracemalloc.start()
    try:
        few, many = asyncio.run(run())
    finally:
        tracemalloc.stop()

    assert many - few < 50_000


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("status", [0, 200, 201, 302, 401, 409, 422, 500])
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_client_is_freed_with_its_last_reference(call: Call, status: int) -> None:
    """No value and no error keeps it in a cycle, which a collector would have to find."""

    def handler(_request: httpx.Request) -> httpx.Response:
        if status == 0:
            raise httpx.ConnectError("refused")
        return httpx.Response(status, stream=httpx.ByteStream(call.body))

    http = httpx.Client(transport=httpx.MockTransport(handler))
    mipos = Mipos(TOKEN, base_url=BASE_URL, http_client=http, retries=0)
    freed = weakref.ref(mipos)
    with suppress(MiposError):
        call.sync(mipos)
    del mipos

    assert freed() is None


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("status", [0, 201, 409, 500])
def test_an_awaited_client_is_freed_with_its_last_reference(status: int) -> None:
    """The same holds for a client to await."""

    def handler(_request: httpx.Request) -> httpx.Response:
        if status == 0:
            raise httpx.ReadError("reset")
        return httpx.Response(status, stream=httpx.ByteStream(CREATE.body))

    async def run() -> weakref.ref[AsyncMipos]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
        mipos = AsyncMipos(TOKEN, base_url=BASE_URL, http_client=http, retries=0)
        with suppress(MiposError):
            await mipos.webhooks.create(url=URL)
        return weakref.ref(mipos)

    freed = asyncio.run(run())

    assert freed() is None


@pytest.mark.usefixtures("no_collection")
def test_an_error_that_is_kept_keeps_no_client() -> None:
    """Without its traceback, which shows where it was raised, an error holds plain data alone."""
    http = httpx.Client(
        transport=httpx.MockTransport(lambda _request: httpx.Response(409, content=b"[]"))
    )
    mipos = Mipos(TOKEN, base_url=BASE_URL, http_client=http)
    freed = weakref.ref(mipos)
    kept = list[MiposError]()
    try:
        mipos.webhooks.create(url=URL)
    except MiposError as error:
        kept.append(error.with_traceback(None))
    del mipos

    assert freed() is None
    assert 1 == len(kept)
