"""The journal through the control interface: what it tells, what is chosen, what gives way."""

import pytest

from mipos_mock import journal
from tests.mock.control_client import HOOK, Client, Json, play
from tests.mock.fakes import answered, failed
from tests.mock.support import ACCEPT, ALPHA, BETA, CREATE, LIST, Reply

UNKNOWN = "Bearer nobody"


async def entries(client: Client, query: str = "") -> list[Json]:
    """The entries that a query chooses."""
    found: list[Json] = (await client.get(f"journal?{query}")).json["entries"]
    return found


async def happen(client: Client) -> None:
    """Has something of each kind happen to alpha, and a call to beta and to nobody."""
    await client.hook()
    order = await client.order(order_external_id="one")
    await client.settle()
    await client.accept(order)
    await client.api("GET", LIST, token=BETA)
    await client.api("GET", LIST, token=UNKNOWN)
    await client.post("faults", {"kind": "drop"})


def test_journal_tells_what_happened_in_order() -> None:
    """Calls, pushes, the life of orders and what the control interface did, the oldest first."""

    async def run(client: Client) -> list[Json]:
        await happen(client)
        return await entries(client)

    told = play(run)
    shown = [(each["kind"], each["account"], each["title"], each["outcome"]) for each in told]

    assert [
        ("call", "alpha", f"POST {CREATE}", "201"),
        ("order", "alpha", "order one placed, pushed to 1 webhook", ""),
        ("push", "alpha", f"push 1 (ORDER) to {HOOK}", "200"),
        ("control", None, "clock set ahead by 0 s", ""),
        ("order", "alpha", "order one accepted", ""),
        ("call", "alpha", f"POST {ACCEPT}", "200"),
        ("call", "beta", f"GET {LIST}", "200"),
        ("call", None, f"GET {LIST}", "401"),
        ("control", "alpha", "fault set: drop, for calls of alpha, once", ""),
    ] == shown
    assert list(range(1, 10)) == [each["id"] for each in told]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("account=beta", [7]),
        ("account=alpha", [1, 2, 3, 5, 6, 9]),
        ("kind=push", [3]),
        ("kind=order", [2, 5]),
        ("kind=control", [4, 9]),
        ("kind=call&account=alpha", [1, 6]),
        ("after=7", [8, 9]),
        ("after=9", []),
        ("after=-1&limit=2", [8, 9]),
        ("limit=1&kind=call", [8]),
    ],
)
def test_entries_are_chosen_by(query: str, expected: list[int]) -> None:
    """Account, kind and number choose; the limit leaves the newest."""

    async def run(client: Client) -> list[int]:
        await happen(client)
        return [each["id"] for each in await entries(client, query)]

    assert expected == play(run)


def test_numbers_tell_how_far_it_has_come() -> None:
    """The newest number is told even where nothing is listed, and is that of the state."""

    async def run(client: Client) -> tuple[Json, Json]:
        await happen(client)
        reply = await client.get("journal?account=deleted")
        return reply.json, (await client.get("state")).json["journal"]

    listed, state = play(run)

    assert {"entries": [], "last": 9, "dropped": 0} == listed
    assert {"last": 9, "dropped": 0} == state


def test_call_is_shown_with_headers_and_bodies() -> None:
    """What was sent, what was answered, and the operation that it reached."""

    async def run(client: Client) -> Json:
        await client.api("POST", f"{CREATE}?a=1", {"url": HOOK}, headers={"X-Pos": "till 1"})
        detail: Json = (await client.get("journal/1")).json["detail"]
        return detail

    detail = play(run)

    assert ("POST", CREATE, "a=1") == (detail["method"], detail["path"], detail["query"])
    assert f'{{"url": "{HOOK}"}}' == detail["body"]
    assert '{"message":"Webhook successfully created","data":null}' == detail["answer"]
    assert "create_webhook" == detail["operation"]
    assert ["x-pos", "till 1"] in detail["headers"]
    assert ["authorization", "(hidden)"] in detail["headers"]


def test_push_is_shown_with_headers_and_bodies() -> None:
    """What was sent, the signature included, and what came back."""

    async def run(client: Client) -> tuple[Json, str]:
        await client.hook()
        client.sender.reply = lambda _post: answered(503, b"starting")
        await client.order()
        await client.settle()
        entry: Json = (await client.get("journal/3")).json
        return entry, client.sender.posts[0].body.decode()

    entry, body = play(run)
    detail = entry["detail"]

    assert (503, True) == (entry["status"], entry["problem"])
    assert (HOOK, 1, body, "starting", None) == tuple(
        detail[name] for name in ("url", "attempt", "body", "answer", "error")
    )
    assert "Signature-Webhook" in dict(detail["headers"])


def test_long_bodies_are_shown_from_their_beginning() -> None:
    """No more than 16 KiB of a body are kept, and what is wrong with all of it is told."""

    async def run(client: Client) -> Json:
        await client.api("POST", CREATE, {"url": HOOK, "more": "x" * 100_000})
        entry: Json = (await client.get("journal/1")).json
        return entry

    entry = play(run)

    assert journal.BODY_MAX == len(entry["detail"]["body"])
    assert ["undocumented-field"] == [each["rule"] for each in entry["detail"]["violations"]]
    assert 1 == entry["violations"]


@pytest.mark.parametrize("number", ["0", "9", "-1"])
def test_unknown_entry_is_not_found(number: str) -> None:
    """The message says where they are listed."""

    async def run(client: Client) -> Reply:
        await client.hook()
        return await client.get(f"journal/{number}")

    reply = play(run)

    assert 404 == reply.status
    assert f"entry {number} is unknown: GET /_mock/journal lists them" == reply.json["error"]


@pytest.mark.parametrize(
    ("status", "problem"), [(200, False), (399, False), (400, True), (503, True), (None, True)]
)
def test_pushes_that_fail_are_marked(status: int | None, problem: bool) -> None:  # noqa: FBT001 - a parameter
    """An error, or no answer, is something to look at."""

    async def run(client: Client) -> bool:
        await client.hook()
        reply = failed("timed out") if status is None else answered(status)
        client.sender.reply = lambda _post: reply
        await client.order()
        await client.settle()
        (entry,) = await entries(client, "kind=push")
        return bool(entry["problem"])

    assert problem == play(run)


@pytest.mark.parametrize(
    ("token", "path", "problem"), [(ALPHA, LIST, False), (UNKNOWN, LIST, True), (ALPHA, "/x", True)]
)
def test_calls_that_fail_are_marked(token: str, path: str, problem: bool) -> None:  # noqa: FBT001 - a parameter
    """A call that is answered with an error is something to look at."""

    async def run(client: Client) -> bool:
        await client.api("GET", path, token=token)
        (entry,) = await entries(client)
        return bool(entry["problem"])

    assert problem == play(run)


def test_push_that_is_given_up_is_told() -> None:
    """Its end has an entry of its own, which is a problem."""

    async def run(client: Client) -> Json:
        await client.hook()
        client.sender.reply = lambda _post: answered(500)
        await client.order()
        await client.post("clock/advance", {"seconds": 3600})
        return (await entries(client, "kind=push"))[-1]

    entry = play(run)

    assert f"push 1 to {HOOK} is given up: no answer of 2xx in 6 tries" == entry["title"]
    assert (True, 1, None) == (entry["problem"], entry["push_id"], entry["status"])


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"url": HOOK, "type": "ORDER"}, 0),
        ({"url": HOOK, "type": "order"}, 1),
        ({"url": 1, "type": "order", "x": 1}, 3),
    ],
)
def test_violations_are_counted(values: Json, count: int) -> None:
    """An entry tells how often a call departs from the pages; the detail says how, and a remedy."""

    async def run(client: Client) -> tuple[int, list[Json]]:
        await client.api("POST", CREATE, values)
        (entry,) = await entries(client)
        detail = (await client.get(f"journal/{entry['id']}")).json["detail"]
        return entry["violations"], detail["violations"]

    counted, shown = play(run)

    assert (count, count) == (counted, len(shown))
    assert all(each["message"] and each["remedy"] for each in shown)


def test_oldest_entries_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many are remembered; how many gave way is told."""
    monkeypatch.setattr(journal, "ENTRIES_MAX", 5)

    async def run(client: Client) -> tuple[Json, int]:
        for _ in range(8):
            await client.api("GET", LIST)
        return (await client.get("journal")).json, (await client.get("journal/3")).status

    shown, status = play(run)

    assert ([4, 5, 6, 7, 8], 8, 3) == (
        [each["id"] for each in shown["entries"]],
        shown["last"],
        shown["dropped"],
    )
    assert 404 == status


def test_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long bodies push older ones out before there are too many entries."""
    monkeypatch.setattr(journal, "BYTES_MAX", 40_000)

    async def run(client: Client) -> Json:
        for _ in range(5):
            await client.api("POST", CREATE, {"url": "x" * 20_000})
        shown: Json = (await client.get("journal")).json
        return shown

    shown = play(run)

    assert ([4, 5], 3) == ([each["id"] for each in shown["entries"]], shown["dropped"])


def test_control_calls_are_not_in_the_journal() -> None:
    """Looking changes nothing: what is asked of the control interface is no call."""

    async def run(client: Client) -> list[Json]:
        for target in ("state", "orders", "journal", "none", "faults/kinds"):
            await client.get(target)
        return await entries(client)

    assert [] == play(run)
