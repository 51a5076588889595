"""Calls at the same time do not get in each other's way."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from mipos_client import AsyncMipos, Attempt, ConflictError, Mipos, Retries
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.client.hostile.server import Answer, End, HostileServer, answer, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

CALLS: Final = 200
TOKENS: Final = ("mock-token-alpha", "mock-token-beta")
BASE_URL: Final = "http://127.0.0.1:8080"
PATIENT: Final = httpx.Timeout(60)
# Less than there are calls, so that they queue.
# Without expiry: httpcore may close an idle connection that a thread was given just then, which
# happens with 200 threads on a busy machine.
LIMITS: Final = httpx.Limits(max_connections=50, keepalive_expiry=None)


@pytest.fixture
def url() -> Generator[str]:
    """Serve a mock of its own for one test."""
    with running(create_app(fresh_state())) as url:
        yield url


def address(number: int) -> str:
    """Return the URL of the nth webhook, of which each account has every other one."""
    return f"https://pos.example/{number}"


def addresses(account: int) -> set[str]:
    """Return the URLs of all webhooks of an account."""
    return {address(number) for number in range(account, CALLS, len(TOKENS))}


def named(error: ConflictError) -> str:
    """Return the URL that the request of an error names."""
    sent: dict[str, str] = json.loads(error.request.body)
    return sent["url"]


def at_once(call: Callable[[int], str]) -> list[str]:
    """Return what a call returns for each number, all of them begun at the same time."""
    barrier = Barrier(CALLS)

    def begin(number: int) -> str:
        barrier.wait()
        return call(number)

    with ThreadPoolExecutor(CALLS) as pool:
        return list(pool.map(begin, range(CALLS)))


def test_threads_may_share_a_client(url: str) -> None:
    """Two accounts over one pool: each call has its own answer, each webhook its own account."""
    with httpx.Client(timeout=PATIENT, limits=LIMITS) as http:
        clients = [Mipos(token, base_url=url, http_client=http) for token in TOKENS]

        def create(number: int) -> str:
            client = clients[number % len(clients)]
            client.webhooks.create(url=address(number))
            with pytest.raises(ConflictError) as raised:
                client.webhooks.create(url=address(number))
            return named(raised.value)

        conflicts = at_once(create)
        listed = [[each.url for each in client.webhooks.list()] for client in clients]

    assert [address(number) for number in range(CALLS)] == conflicts
    assert [addresses(0), addresses(1)] == [set(each) for each in listed]
    assert [CALLS // 2] * 2 == [len(each) for each in listed]


def test_tasks_may_share_a_client(url: str) -> None:
    """The same holds for tasks of an event loop."""

    async def run() -> tuple[list[str], list[list[str]]]:
        async with httpx.AsyncClient(timeout=PATIENT, limits=LIMITS) as http:
            clients = [AsyncMipos(token, base_url=url, http_client=http) for token in TOKENS]

            async def create(number: int) -> str:
                client = clients[number % len(clients)]
                await client.webhooks.create(url=address(number))
                with pytest.raises(ConflictError) as raised:
                    await client.webhooks.create(url=address(number))
                return named(raised.value)

            conflicts = await asyncio.gather(*(create(number) for number in range(CALLS)))
            return conflicts, [
                [each.url for each in await client.webhooks.list()] for client in clients
            ]

    conflicts, listed = asyncio.run(run())

    assert [address(number) for number in range(CALLS)] == conflicts
    assert [addresses(0), addresses(1)] == [set(each) for each in listed]
    assert [CALLS // 2] * 2 == [len(each) for each in listed]


class Echo:
    """Answers each create with the URL and the time-out that it had."""

    def __init__(self) -> None:
        """Begin without a request."""
        self.seen = list[tuple[str, float]]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Remember a request, and answer it."""
        url: str = json.loads(request.content)["url"]
        self.seen.append((url, request.extensions["timeout"]["read"]))
        return httpx.Response(201, json={"message": url, "data": None})


def test_copies_that_threads_use_have_their_own_options() -> None:
    """Each copy keeps its time-out, and the original has the one that it was made with."""
    echo = Echo()
    http = httpx.Client(transport=httpx.MockTransport(echo))
    mipos = Mipos(TOKENS[0], base_url=BASE_URL, timeout=1000, http_client=http)

    def create(number: int) -> str:
        copy = mipos.with_options(timeout=number + 1, retries=number)
        first = copy.webhooks.create(url=address(number)).message
        mipos.webhooks.create(url="https://pos.example/original")
        assert first == copy.webhooks.create(url=address(number)).message
        return first

    messages = at_once(create)
    of_copies = [(address(number), number + 1.0) for number in range(CALLS) for _ in range(2)]

    assert [address(number) for number in range(CALLS)] == messages
    assert sorted([*of_copies, *[("https://pos.example/original", 1000.0)] * CALLS]) == sorted(
        echo.seen
    )


def test_copies_that_tasks_use_have_their_own_options() -> None:
    """The same holds for copies to await."""
    echo = Echo()

    async def run() -> list[str]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(echo))
        mipos = AsyncMipos(TOKENS[0], base_url=BASE_URL, timeout=1000, http_client=http)

        async def create(number: int) -> str:
            copy = mipos.with_options(timeout=number + 1)
            await asyncio.sleep(0)
            created = await copy.webhooks.create(url=address(number))
            await mipos.webhooks.create(url="https://pos.example/original")
            return created.message

        return await asyncio.gather(*(create(number) for number in range(CALLS)))

    messages = asyncio.run(run())
    of_copies = [(address(number), number + 1.0) for number in range(CALLS)]

    assert [address(number) for number in range(CALLS)] == messages
    assert sorted([*of_copies, *[("https://pos.example/original", 1000.0)] * CALLS]) == sorted(
        echo.seen
    )


@pytest.mark.parametrize(
    "begun",
    [
        answer(end=End.STALL),
        answer(b"HTTP/1.1 200 OK\r\nContent-", end=End.STALL),
        answer(b"HTTP/1.1 200 OK\r\n\r\n[", end=End.STALL),
    ],
    ids=["before the answer", "within the headers", "within the body"],
)
def test_a_task_that_is_cancelled_leaves_the_client_usable(begun: Answer) -> None:
    """Its connection is closed and gives its place, the only one of the pool, to the next call."""

    async def run(server: HostileServer) -> int:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(limits=limits) as http:
            mipos = AsyncMipos(TOKENS[0], base_url=server.url, http_client=http)
            task = asyncio.create_task(mipos.webhooks.list())
            assert await asyncio.to_thread(server.received, 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.is_idle)
            await mipos.webhooks.list()
            await mipos.webhooks.list()
            return server.open_connections()

    with HostileServer(begun, reply(200, b"[]")) as server:
        left = asyncio.run(run(server))

        assert server.is_idle()
        assert 3 == len(server.requests)
    assert 1 == left


def test_a_task_that_is_cancelled_in_a_pause_sends_nothing_more() -> None:
    """The call ends where it waits for its next try, and the client goes on."""
    heard = list[Attempt]()

    async def run(server: HostileServer) -> None:
        paused = asyncio.Event()

        def hear(attempt: Attempt) -> None:
            heard.append(attempt)
            paused.set()

        async with AsyncMipos(
            TOKENS[0], base_url=server.url, retries=Retries(budget=600), hook=hear
        ) as mipos:
            task = asyncio.create_task(mipos.webhooks.list())
            await paused.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await mipos.webhooks.list()

    with HostileServer(reply(429, b"[]", b"Retry-After: 500"), reply(200, b"[]")) as server:
        asyncio.run(run(server))

        assert 2 == len(server.requests)
    assert [429, 200] == [each.status for each in heard]


def test_one_task_that_fails_leaves_the_others_alone() -> None:
    """A connection that is reset breaks the call that it carries and no other."""
    lost = 7

    def is_lost(result: object) -> bool:
        return isinstance(result, Exception)

    async def run(server: HostileServer) -> list[object]:
        async with AsyncMipos(TOKENS[0], base_url=server.url, retries=0) as mipos:
            calls = (mipos.webhooks.list() for _ in range(50))
            return await asyncio.gather(*calls, return_exceptions=True)

    answers = [answer(end=End.RESET)] * lost + [reply(200, b"[]")]
    with HostileServer(*answers) as server:
        results = asyncio.run(run(server))

    assert lost == sum(is_lost(each) for each in results)
    assert 50 - lost == results.count([])
