"""Accounts through the control interface: adding, deleting, and resetting one or all."""

import asyncio

import pytest

from mipos_mock.sending.sender import Reply as Answered
from tests.mock.control_client import HOOK, MENU_HOOK, PATIENCE, Client, Json, play
from tests.mock.fakes import Post, answered
from tests.mock.support import ALPHA, BETA, LIST, Reply

BETA_HOOK = "http://127.0.0.1:9000/beta"
LONG = "x" * 300
BAD_ACCOUNTS: list[tuple[Json, int, str, str]] = [
    ({"name": ""}, 400, "name is ''", "send 1 to 64 lower-case letters"),
    ({"name": "Gamma"}, 400, "name is 'Gamma'", "send 1 to 64 lower-case letters"),
    ({"name": "-a"}, 400, "name is '-a'", "the first no hyphen"),
    ({"name": LONG}, 400, f"name is '{LONG[:200]}...'", "send 1 to 64"),
    ({"name": "alpha"}, 409, "account 'alpha' is there already", "take another name"),
    ({"stores": [""]}, 400, "store ''", "send 1 to 255 visible ASCII"),
    ({"stores": ["a b"]}, 400, "store 'a b'", "send 1 to 255 visible ASCII"),
    ({"stores": ["3"]}, 409, "store '3' belongs to an account already", "take another"),
    ({"stores": ["7", "7"]}, 409, "store '7' belongs to an account already", "take another"),
    ({"stores": [str(n) for n in range(500, 601)]}, 400, "stores are 101", "send at most 100"),
]


@pytest.mark.parametrize(
    ("values", "status", "named", "remedy"), BAD_ACCOUNTS, ids=lambda value: ascii(value)[:40]
)
def test_bad_accounts_are_refused(values: Json, status: int, named: str, remedy: str) -> None:
    """A bad account is named with its value and the remedy, and is not added."""

    async def run(client: Client) -> Reply:
        before = await client.shown()
        reply = await client.post("accounts", values)
        assert before == await client.shown()
        return reply

    reply = play(run)

    assert status == reply.status
    assert named in reply.json["error"]
    assert remedy in reply.json["error"]


def test_account_needs_nothing_to_be_said() -> None:
    """Name, token, secret and store are made up, and are its own."""

    async def run(client: Client) -> list[Json]:
        return [(await client.post("accounts")).json for _ in range(3)]

    accounts = play(run)

    for field in ("name", "token", "secret"):
        assert 3 == len({each[field] for each in accounts}), field
    assert 3 == len({store for each in accounts for store in each["stores"]})


def test_made_up_name_is_no_taken_one() -> None:
    """Whatever the accounts are called that there are, another one can be made up."""

    async def run(client: Client) -> list[int]:
        names = [{"name": f"account-{number}"} for number in (5, 6, 7)]
        return [(await client.post("accounts", each)).status for each in [*names, {}, {}]]

    assert [201] * 5 == play(run)


def test_added_account_can_be_used() -> None:
    """Its token speaks for it, and its stores take orders."""

    async def run(client: Client) -> tuple[Reply, Json, Reply]:
        account = (await client.post("accounts", {"name": "gamma", "stores": ["7", "8"]})).json
        listed = await client.api("GET", LIST, token=f"Bearer {account['token']}")
        return listed, account, await client.post("orders", {"store_id": "8"})

    listed, account, placed = play(run)

    assert ("gamma", ["7", "8"], "active") == (
        account["name"],
        account["stores"],
        account["status"],
    )
    assert (200, []) == (listed.status, listed.json)
    assert (201, "gamma") == (placed.status, placed.json["account"])


def test_deleted_account_is_gone_with_all_its_own() -> None:
    """Token, orders, pushes, faults, menus and its part of the journal go; others stay."""

    async def run(client: Client) -> tuple[int, Json, Json, list[Json]]:
        await populate(client)
        before = await client.shown()
        reply = await client.delete("accounts/alpha")
        assert (200, {"deleted": "alpha"}) == (reply.status, reply.json)
        unauthorized = await client.api("GET", LIST)
        journal: list[Json] = (await client.get("journal")).json["entries"]
        return unauthorized.status, before, await client.shown(), journal

    status, before, after, journal = play(run)

    assert 401 == status
    assert others(before) == others(after) == everything(after)
    assert "alpha" not in {each["account"] for each in journal}
    assert "beta" in {each["account"] for each in journal}


@pytest.mark.parametrize("name", ["gamma", "Alpha", "a%2Fb"])
def test_unknown_account_cannot_be_deleted(name: str) -> None:
    """The message lists those that there are."""

    async def run(client: Client) -> Reply:
        return await client.delete(f"accounts/{name}")

    reply = play(run)
    known = "there are alpha, beta, signed-out, deleted, read-only"

    assert 404 == reply.status
    assert f"account {name.replace('%2F', '/')!r} is unknown: {known}" == reply.json["error"]


@pytest.mark.parametrize(
    "target",
    [f"{each}?account=gamma" for each in ("state", "orders", "pushes", "menus", "faults")]
    + ["journal?account=gamma", "events?account=gamma"],
)
def test_an_account_that_is_not_there_is_told(target: str) -> None:
    """A slip in the name is 404 everywhere, rather than an empty list."""

    async def run(client: Client) -> Reply:
        return await client.get(target)

    reply = play(run)

    assert 404 == reply.status
    assert "account 'gamma' is unknown: there are alpha, beta" in reply.json["error"]


async def populate(client: Client) -> None:
    """Gives alpha and beta two webhooks, an order, pushes, a fault and a menu each."""
    for name, token, hook in (("alpha", ALPHA, HOOK), ("beta", BETA, BETA_HOOK)):
        await client.hook(hook, token=token)
        await client.hook(f"{hook}/menu", "Menu", token)
        await client.order(account=name)
        await client.post("menus/pull", {"account": name})
        await client.settle()
        await client.post("faults", {"kind": "drop", "account": name})


def everything(state: Json) -> Json:
    """What belongs to accounts."""
    return {kind: state[kind] for kind in ("accounts", "orders", "pushes", "faults", "menus")}


def others(state: Json, name: str = "alpha") -> Json:
    """What belongs to other accounts."""
    return {
        kind: [each for each in values if name not in {each.get("account"), each.get("name")}]
        for kind, values in everything(state).items()
    }


def test_reset_restores_what_a_fresh_server_holds() -> None:
    """All accounts, the clock and the journal begin anew; numbers of entries go on."""

    async def run(client: Client) -> tuple[Json, Json, list[Json], int]:
        fresh = await client.shown()
        await populate(client)
        await client.post("accounts")
        await client.post("clock/advance", {"seconds": 60})
        last = (await client.get("journal")).json["last"]
        reply = await client.post("reset")
        assert (200, {"reset": True}) == (reply.status, reply.json)
        entries: list[Json] = (await client.get("journal")).json["entries"]
        return fresh, await client.shown(), entries, last

    fresh, after, entries, last = play(run)
    fresh["journal"] = after["journal"]

    assert fresh == after
    assert [(last + 1, "control", "reset")] == [
        (each["id"], each["kind"], each["title"]) for each in entries
    ]


def test_reset_of_an_account_leaves_the_others_alone() -> None:
    """It has the webhooks and orders of a fresh server again, and nothing else has changed."""

    async def run(client: Client) -> tuple[Json, Json, Json, list[Json]]:
        fresh = await client.shown()
        await populate(client)
        await client.post("clock/advance", {"seconds": 60})
        before = await client.shown()
        await client.post("reset", {"account": "alpha"})
        journal: list[Json] = (await client.get("journal?account=alpha")).json["entries"]
        return fresh, before, await client.shown(), journal

    fresh, before, after, journal = play(run)
    names = [each["order_external_id"] for each in fresh["orders"]]

    assert others(before) == others(after)
    assert [fresh["accounts"][0]] == [each for each in after["accounts"] if each["name"] == "alpha"]
    assert names == [
        each["order_external_id"] for each in after["orders"] if each["account"] == "alpha"
    ]
    for kind in ("pushes", "faults", "menus"):
        assert {"beta"} == {each["account"] for each in after[kind]}, kind
    assert ["reset"] == [each["title"] for each in journal]
    assert before["clock"] == after["clock"]


def test_reset_gives_a_special_account_its_own_back() -> None:
    """The webhook of the read-only account is there again; it cannot be made by the API."""

    async def run(client: Client) -> tuple[Json, Json]:
        before = await client.shown()
        client.box.state.accounts["read-only"].webhooks.clear()
        await client.post("reset", {"account": "read-only"})
        return before, await client.shown()

    before, after = play(run)

    assert before["accounts"] == after["accounts"]


def test_unknown_account_cannot_be_reset() -> None:
    """The message lists those that there are, and nothing is reset."""

    async def run(client: Client) -> Reply:
        await client.order()
        before = await client.shown()
        reply = await client.post("reset", {"account": "gamma"})
        assert before == await client.shown()
        return reply

    assert 404 == play(run).status


@pytest.mark.parametrize("way", ["reset", "reset-account", "delete-account"])
def test_pushes_under_way_are_stopped(way: str) -> None:
    """What waits and what is being sent ends; nothing is sent or noted of it afterwards."""

    async def run(client: Client) -> tuple[int, Json, list[Json]]:
        await client.hook()
        gate = client.hold()
        await client.order()
        await client.order()
        await gate.reached()
        match way:
            case "reset":
                await client.post("reset")
            case "reset-account":
                await client.post("reset", {"account": "alpha"})
            case _:
                await client.delete("accounts/alpha")
        gate.set()
        await client.post("clock/advance", {"seconds": 3600})
        pushes = (await client.get("pushes")).json
        return len(client.sender.posts), pushes, (await client.get("journal?kind=push")).json

    sent, pushes, journal = play(run)

    assert (1, []) == (sent, pushes["pushes"])
    assert [] == journal["entries"]  # type: ignore[call-overload]


def test_pushes_of_other_accounts_go_on() -> None:
    """A reset of one account stops no other's push, whether it is sent or waits."""

    async def run(client: Client) -> list[str]:
        await client.hook(BETA_HOOK, token=BETA)
        await client.hook(f"{BETA_HOOK}/2", token=BETA)
        client.sender.reply = first_fails
        gates = [client.hold(url) for url in (BETA_HOOK, f"{BETA_HOOK}/2")]
        await client.order(account="beta")
        for gate in gates:
            await gate.reached()
        gates[1].set()  # this one fails and waits; the other one is being sent
        with client.box.journal.watch() as entries:
            await asyncio.wait_for(entries.get(), PATIENCE)
        await client.post("reset", {"account": "alpha"})
        gates[0].set()
        await client.post("clock/advance", {"seconds": 60})
        return [each["status"] for each in (await client.get("pushes")).json["pushes"]]

    failed: set[str] = set()

    def first_fails(post: Post) -> Answered:
        status = 200 if post.url in failed else 500
        failed.add(post.url)
        return answered(status)

    assert ["delivered", "delivered"] == play(run)


def test_burst_of_another_account_goes_on() -> None:
    """A reset, or the end, of one account stops its own burst alone."""

    async def run(client: Client) -> list[int]:
        for name in ("alpha", "beta"):
            await client.post("bursts", {"count": 3, "per_second": 50, "account": name})
        await client.post("reset", {"account": "alpha"})
        with client.box.journal.watch() as entries:
            for _ in range(3):
                await asyncio.wait_for(entries.get(), PATIENCE)
        found = (await client.get("orders")).json["orders"]
        return [sum(each["account"] == name for each in found) for name in ("alpha", "beta")]

    assert [4, 3] == play(run)


def test_an_order_that_comes_during_a_reset_is_pushed() -> None:
    """What a reset stops is what was there before: a new order is not among it."""

    async def run(client: Client) -> Json:
        await client.hook()
        gate = client.hold()
        await client.order()
        await gate.reached()
        reset = asyncio.create_task(client.post("reset"))
        await asyncio.sleep(0)
        client.sender.gates.clear()
        await client.hook(MENU_HOOK)
        order = await client.order()
        await reset
        await client.settle()
        found: Json = (await client.get(f"orders/{order['id']}")).json
        return found

    assert ["delivered"] == [each["status"] for each in play(run)["pushes"]]
