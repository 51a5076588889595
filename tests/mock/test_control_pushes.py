"""Pushes, menus and the clock through the control interface."""

import asyncio
import json

import pytest

from mipos_mock.signature import HEADER
from tests.mock.control_client import HOOK, MENU_HOOK, PATIENCE, Client, Json, play
from tests.mock.fakes import answered, failed
from tests.mock.support import BETA, DELETE, Reply


def test_push_tells_what_was_sent_and_every_try() -> None:
    """The body is the exact one; each try has its time, its answer or what went wrong."""

    async def run(client: Client) -> tuple[Json, bytes]:
        await client.hook()
        replies = [failed("connection refused"), answered(503, b"starting"), answered(204)]
        client.sender.reply = lambda _post: replies[len(client.sender.posts) - 1]
        await client.order()
        await client.post("clock/advance", {"seconds": 60})
        return (await client.get("pushes/1")).json, client.sender.posts[0].body

    push, body = play(run)
    tries = [(each["status"], each["error"], each["answer"]) for each in push["tries"]]
    times = [each["at"] for each in push["tries"]]

    assert body.decode() == push["body"]
    assert [(None, "connection refused", ""), (503, None, "starting"), (204, None, "")] == tries
    assert ("delivered", 3, None) == (push["status"], push["attempts"], push["due_at"])
    assert sorted(set(times)) == times


def test_push_that_waits_says_until_when() -> None:
    """A try that failed is followed by a next one, at a time of the mock's clock."""

    async def run(client: Client) -> tuple[Json, str]:
        await client.hook()
        client.sender.reply = lambda _post: answered(500)
        await client.order()
        await client.settle()
        now: str = (await client.get("clock")).json["now"]
        return (await client.get("pushes/1")).json, now

    push, now = play(run)

    assert "waiting" == push["status"]
    assert push["due_at"] > now


def test_pushes_are_listed_by_account_and_order() -> None:
    """The oldest are first, and the limit leaves the newest."""

    async def run(client: Client) -> list[list[int]]:
        await client.hook()
        await client.hook(MENU_HOOK, "Menu")
        await client.hook("http://127.0.0.1:9000/beta", token=BETA)
        order = await client.order(order_external_id="one")
        await client.order(account="beta")
        await client.post("menus/pull")
        await client.settle()
        queries = ["", "account=alpha", "order=one", f"order={order['id']}", "limit=2"]
        lists = [(await client.get(f"pushes?{each}")).json["pushes"] for each in queries]
        return [[push["id"] for push in pushes] for pushes in lists]

    assert [[1, 2, 3], [1, 3], [1], [1], [2, 3]] == play(run)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "pushes/9"), ("GET", "pushes/9/wait"), ("POST", "pushes/9/replay")]
)
def test_unknown_push_is_not_found(method: str, path: str) -> None:
    """The message says where they are listed."""

    async def run(client: Client) -> Reply:
        return await (client.get(path) if method == "GET" else client.post(path))

    reply = play(run)

    assert 404 == reply.status
    assert "push 9 is unknown: GET /_mock/pushes lists them" == reply.json["error"]


def test_unknown_order_has_no_pushes() -> None:
    """A list by an order that is not there is 404, as the order itself."""

    async def run(client: Client) -> Reply:
        return await client.get("pushes?order=none")

    assert 404 == play(run).status


def test_wait_for_a_push_that_ended_returns_at_once() -> None:
    """With no time to wait it is there all the same."""

    async def run(client: Client) -> Reply:
        await client.hook()
        await client.order()
        await client.settle()
        return await client.get("pushes/1/wait?timeout=0")

    reply = play(run)

    assert (200, "delivered") == (reply.status, reply.json["status"])


@pytest.mark.parametrize(("status", "end"), [(200, "delivered"), (500, "given up")])
def test_wait_is_woken_when_a_push_ends(status: int, end: str) -> None:
    """It answers once the push is delivered or given up, and not before."""

    async def run(client: Client) -> tuple[bool, Reply]:
        await client.hook()
        gate = client.hold()
        client.sender.reply = lambda _post: answered(status)
        await client.order()
        waiting = asyncio.create_task(client.get("pushes/1/wait?timeout=60"))
        await client.watched()
        early = waiting.done()
        gate.set()
        await client.post("clock/advance", {"seconds": 3600})
        return early, await asyncio.wait_for(waiting, PATIENCE)

    early, reply = play(run)

    assert (False, 200, end) == (early, reply.status, reply.json["status"])


def test_wait_is_woken_when_a_push_is_cancelled() -> None:
    """A webhook that is deleted meanwhile ends it."""

    async def run(client: Client) -> Reply:
        await client.hook()
        client.sender.reply = lambda _post: answered(500)
        await client.order()
        await client.settle()
        await client.api("POST", DELETE, {"url": HOOK})
        waiting = asyncio.create_task(client.get("pushes/1/wait?timeout=60"))
        await client.watched()
        await client.post("clock/advance", {"seconds": 60})
        return await asyncio.wait_for(waiting, PATIENCE)

    assert "cancelled" == play(run).json["status"]


def test_wait_for_a_push_in_vain_says_why() -> None:
    """The 504 names the push, how its last try ended, and what to do."""

    async def run(client: Client) -> Reply:
        await client.hook()
        client.sender.reply = lambda _post: failed("connection refused")
        await client.order()
        await client.settle()
        return await client.get("pushes/1/wait?timeout=0")

    reply = play(run)

    assert 504 == reply.status
    assert reply.json["error"] == (
        f"push 1 to {HOOK} is waiting after 0 s, the last try ended with connection refused: "
        "mend the receiver, and set the clock ahead to the next try"
    )


def test_replay_sends_the_same_bytes_as_a_push_of_its_own() -> None:
    """It has a number of its own, names the first, and carries the same signature."""

    async def run(client: Client) -> tuple[Json, Json, bool]:
        await client.hook()
        await client.order()
        await client.settle()
        reply = await client.post("pushes/1/replay")
        assert 201 == reply.status
        await client.settle()
        first, second = client.sender.posts
        same = (first.body, first.headers[HEADER]) == (second.body, second.headers[HEADER])
        return reply.json, (await client.get("pushes/2")).json, same

    begun, ended, same = play(run)

    assert (2, 1, "queued") == (begun["id"], begun["replay_of"], begun["status"])
    assert ("delivered", True) == (ended["status"], same)


def test_replay_without_its_webhook_is_refused() -> None:
    """A push whose webhook is gone is 409, and the message says what to do."""

    async def run(client: Client) -> Reply:
        await client.hook()
        await client.order()
        await client.settle()
        await client.api("POST", DELETE, {"url": HOOK})
        return await client.post("pushes/1/replay")

    reply = play(run)

    assert 409 == reply.status
    assert "is no webhook any more: register it and place an order" in reply.json["error"]


def test_menu_is_asked_for_and_shown() -> None:
    """The answer names the pushes; the menu is shown once the POS has answered it."""

    async def run(client: Client) -> tuple[Reply, list[Json]]:
        await client.hook(MENU_HOOK, "Menu")
        client.sender.reply = lambda _post: answered(200, b'{"items":[{"id":"21"}]}')
        reply = await client.post("menus/pull", {"store_id": "10"})
        await client.settle()
        menus: list[Json] = (await client.get("menus")).json["menus"]
        return reply, menus

    reply, menus = play(run)
    shown = [(each["account"], each["store_id"], each["url"], each["menu"]) for each in menus]

    assert (201, ["Menu"]) == (reply.status, [each["kind"] for each in reply.json["pushes"]])
    assert [("alpha", "10", MENU_HOOK, {"items": [{"id": "21"}]})] == shown


@pytest.mark.parametrize(
    "answer", [b"", b"text", b"\xff", b"NaN", b'{"x":Infinity}', b"[1e999]", b"[" * 3000]
)
def test_menu_that_is_no_json_is_shown_as_text(answer: bytes) -> None:
    """Whatever the POS answers, what is shown is JSON."""

    async def run(client: Client) -> bytes:
        await client.hook(MENU_HOOK, "Menu")
        client.sender.reply = lambda _post: answered(200, answer)
        await client.post("menus/pull")
        await client.settle()
        return (await client.get("menus")).body

    def refuse(name: str) -> None:
        raise AssertionError(name)

    (menu,) = json.loads(play(run), parse_constant=refuse)["menus"]

    assert answer.decode("utf-8", "replace") == menu["menu"]


def test_menus_are_listed_by_account() -> None:
    """Those of others are left out."""

    async def run(client: Client) -> list[Json]:
        await client.hook(MENU_HOOK, "Menu")
        await client.hook(MENU_HOOK, "Menu", BETA)
        for name in ("alpha", "beta"):
            await client.post("menus/pull", {"account": name})
        await client.settle()
        menus: list[Json] = (await client.get("menus?account=beta")).json["menus"]
        return menus

    assert ["beta"] == [each["account"] for each in play(run)]


def test_menu_without_a_webhook_is_refused() -> None:
    """The message says which webhook to create."""

    async def run(client: Client) -> Reply:
        await client.hook()
        return await client.post("menus/pull")

    reply = play(run)

    assert 409 == reply.status
    assert "'alpha' has no webhook of type Menu: create one first" in reply.json["error"]


def test_clock_is_set_ahead_and_what_falls_due_is_done() -> None:
    """The answer comes when the tries that fell due are over."""

    async def run(client: Client) -> tuple[Json, Json, int]:
        await client.hook()
        client.sender.reply = lambda _post: answered(500)
        await client.order()
        before = (await client.get("clock")).json
        after = (await client.post("clock/advance", {"seconds": 30})).json
        return before, after, len(client.sender.posts)

    before, after, sent = play(run)

    assert 0 == before["ahead_seconds"]
    assert pytest.approx(30, abs=2) == after["ahead_seconds"]
    assert after["now"] > before["now"]
    assert 3 == sent  # at once, after 5 and after 15 more seconds


def test_clock_goes_on_from_where_it_was_set() -> None:
    """Two steps add up."""

    async def run(client: Client) -> float:
        await client.post("clock/advance", {"seconds": 60})
        ahead: float = (await client.post("clock/advance", {"seconds": 1.5})).json["ahead_seconds"]
        return ahead

    assert pytest.approx(61.5, abs=1) == play(run)
