"""Server-sent events: what happens, as it happens, and what was missed."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from mipos_mock import journal
from mipos_mock.control import events
from tests.mock.control_client import PATIENCE, Client, Json, Listener, play, scope_of
from tests.mock.support import ACCEPT, ALPHA, BETA, LIST

if TYPE_CHECKING:
    from mipos_mock.asgi import Message


async def happen(client: Client, *tokens: str) -> None:
    """Calls the API once with each token."""
    for token in tokens:
        await client.api("GET", LIST, token=token)


async def ids(listener: Listener, count: int) -> list[int]:
    """The numbers of so many events."""
    return [(await listener.event())["id"] for _ in range(count)]


def test_entries_arrive_as_they_happen() -> None:
    """Each is sent at once, as the journal has it."""

    async def run(client: Client) -> tuple[list[Json], list[Json]]:
        async with client.listening() as listener:
            await client.hook()
            first = [await listener.event()]
            order = await client.order(order_external_id="one")
            await client.accept(order)
            rest = [await listener.event() for _ in range(4)]
        listed: list[Json] = (await client.get("journal")).json["entries"]
        return [*first, *rest], listed

    sent, listed = play(run)

    assert listed == sent
    assert {"call", "order", "push"} == {each["kind"] for each in sent}
    assert f"POST {ACCEPT}" in {each["title"] for each in sent}


def test_answer_is_a_stream_that_nobody_keeps() -> None:
    """Content type, no caching, and the mark; no length, for it does not end."""

    async def run(client: Client) -> dict[str, str]:
        async with client.listening() as listener:
            return listener.headers

    assert {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-mipos-mock": "control",
    } == play(run)


def test_without_a_number_only_what_is_new_is_sent() -> None:
    """Who listens for the first time has the journal for what was before."""

    async def run(client: Client) -> list[int]:
        await happen(client, ALPHA, ALPHA)
        async with client.listening() as listener:
            await happen(client, ALPHA)
            return await ids(listener, 1)

    assert [3] == play(run)


@pytest.mark.parametrize(
    ("target", "headers", "expected"),
    [
        ("events?after=0", {}, [1, 2, 3, 4]),
        ("events?after=2", {}, [3, 4]),
        ("events?after=3", {}, [4]),
        ("events?after=99", {}, [4]),
        ("events?after=-5", {}, [1, 2, 3, 4]),
        ("events", {"Last-Event-ID": "1"}, [2, 3, 4]),
        ("events?after=0", {"Last-Event-ID": "2"}, [3, 4]),
        ("events?after=0&account=beta", {}, [2, 4]),
        ("events?account=beta", {"Last-Event-ID": "3"}, [4]),
    ],
)
def test_what_was_missed_comes_first(
    target: str, headers: dict[str, str], expected: list[int]
) -> None:
    """From the number on that the client names, then what is new; each once, in order."""

    async def run(client: Client) -> list[int]:
        await happen(client, ALPHA, BETA, ALPHA)
        async with client.listening(target, headers) as listener:
            await happen(client, BETA)
            return await ids(listener, len(expected))

    assert expected == play(run)


def test_what_happens_while_the_past_is_sent_comes_once() -> None:
    """Nothing is lost or doubled between what was missed and what is new."""

    async def run(client: Client) -> list[int]:
        await happen(client, *[ALPHA] * 3)
        sent: list[str] = []
        gone = asyncio.Event()

        async def receive() -> "Message":
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: "Message") -> None:
            if message.get("body", b"").startswith((b":", b"id: 1", b"id: 3")):
                await happen(client, ALPHA)  # between the answer's beginning and its events
            sent.append(message.get("body", b"").decode())
            if len(sent) == 8:
                gone.set()

        scope = scope_of("GET", "/_mock/events?after=0", {})
        await asyncio.wait_for(client.app(scope, receive, send), PATIENCE)
        return [int(each.split("\n")[0][4:]) for each in sent if each.startswith("id: ")]

    assert [1, 2, 3, 4, 5, 6] == play(run)


def test_only_an_account_s_own_is_sent() -> None:
    """Entries of others, and of nobody, are left out."""

    async def run(client: Client) -> list[Any]:
        async with client.listening("events?account=beta") as listener:
            await happen(client, ALPHA, "Bearer nobody", BETA, ALPHA, BETA)
            return [(await listener.event())["account"] for _ in range(2)]

    assert ["beta", "beta"] == play(run)


def test_two_listeners_get_the_same() -> None:
    """Neither takes anything from the other."""

    async def run(client: Client) -> tuple[list[int], list[int]]:
        async with client.listening() as first, client.listening() as second:
            await happen(client, ALPHA, BETA)
            return await ids(first, 2), await ids(second, 2)

    first, second = play(run)

    assert [1, 2] == first == second


def test_silence_is_filled_with_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign of life comes while nothing happens, and events after it."""
    monkeypatch.setattr(events, "PING", 0.01)

    async def run(client: Client) -> tuple[str, list[int]]:
        async with client.listening() as listener:
            comment = await listener.block()
            await happen(client, ALPHA)
            while (block := await listener.block()).startswith(":"):
                pass
            return comment, [int(block.split("\n")[0][4:])]

    assert (": ping\n\n", [1]) == play(run)


def test_the_answer_ends_when_its_client_is_gone() -> None:
    """Nobody watches the journal any more, and no task is left."""

    async def run(client: Client) -> tuple[bool, int, int]:
        before = len(asyncio.all_tasks())
        async with client.listening() as listener:
            await happen(client, ALPHA)
            await listener.event()
        await asyncio.sleep(0)
        watchers = client.box.journal._watchers  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - nothing else tells
        return listener.ended.is_set(), len(watchers), len(asyncio.all_tasks()) - before

    assert (True, 0, 0) == play(run)


def test_the_answer_ends_with_the_server() -> None:
    """A server that stops cancels it, and no task is left."""

    async def run(client: Client) -> int:
        before = len(asyncio.all_tasks())
        listener = Listener()
        scope = scope_of("GET", "/_mock/events", {})
        task = asyncio.create_task(listener.run(client.app, scope))
        await listener.block()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0)
        return len(asyncio.all_tasks()) - before

    assert 0 == play(run)


def test_a_client_that_reads_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for it is bounded. It gets that, in order, and an end; then it may come again."""
    monkeypatch.setattr(journal, "_WATCH_MAX", 5)

    async def run(client: Client) -> tuple[int, list[int], bool, list[int]]:
        async with client.listening() as listener:
            listener.reading.clear()
            await happen(client, *[ALPHA] * 20)
            (queue,) = client.box.journal._watchers  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - nothing else tells
            waiting = queue.qsize()
            listener.reading.set()
            first = await ids(listener, 5)
            await happen(client, ALPHA)
            await asyncio.wait_for(listener.ended.wait(), PATIENCE)
        async with client.listening("events", {"Last-Event-ID": str(first[-1])}) as again:
            return waiting, first, listener.ended.is_set(), await ids(again, 16)

    waiting, first, ended, rest = play(run)

    assert (5, True) == (waiting, ended)
    assert list(range(1, 22)) == [*first, *rest]


def test_events_that_gave_way_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes again after long gets what is still there."""
    monkeypatch.setattr(journal, "ENTRIES_MAX", 3)

    async def run(client: Client) -> list[int]:
        await happen(client, *[ALPHA] * 9)
        async with client.listening("events?after=1") as listener:
            return await ids(listener, 3)

    assert [7, 8, 9] == play(run)


@pytest.mark.parametrize("value", ["x", "", "1_0", "1.5", "9" * 5000, "²", "1, 2"])
def test_a_last_event_that_is_no_number_is_refused(value: str) -> None:
    """The header is named, and what to send."""

    async def run(client: Client) -> tuple[int, str]:
        reply = await client.send("GET", "/_mock/events", headers={"Last-Event-ID": value})
        return reply.status, reply.json["error"]

    status, error = play(run)

    assert 400 == status
    assert error.startswith("Last-Event-ID is ")
    assert error.endswith(": send a whole number")
