"""Orders through the control interface: placing, listing, bursts, and waiting for acceptance."""

import asyncio
from typing import Any

import pytest

from mipos_mock.scenarios import SCENARIOS
from tests.mock.control_client import HOOK, PATIENCE, Client, Json, play
from tests.mock.support import ACCEPT, BETA, Reply

LONG = "x" * 300
BAD_ORDERS: list[tuple[Json, int, str, str]] = [
    ({"delivery_id": ""}, 400, "delivery_id is ''", "send 1 to 18 digits"),
    ({"delivery_id": "01"}, 400, "delivery_id is '01'", "send 1 to 18 digits"),
    ({"delivery_id": "٣"}, 400, "delivery_id is '٣'", "send 1 to 18 digits"),
    ({"delivery_id": "1" * 19}, 400, f"delivery_id is '{'1' * 19}'", "send 1 to 18 digits"),
    ({"store_id": "5"}, 400, "store_id '5' is no account's", "send one of 3, 10, 4"),
    ({"store_id": "4", "account": "alpha"}, 400, "'4' is not 'alpha''s", "send one of 3, 10"),
    ({"account": "gamma"}, 404, "account 'gamma' is unknown", "there are alpha, beta"),
    ({"account": "deleted"}, 400, "account 'deleted' has no store", "name one that has"),
    ({"order_external_id": ""}, 400, "order_external_id is ''", "1 to 255 visible ASCII"),
    ({"order_external_id": "a b"}, 400, "order_external_id is 'a b'", "1 to 255 visible ASCII"),
    ({"order_external_id": LONG}, 400, f"is '{LONG[:200]}...'", "1 to 255 visible ASCII"),
    ({"order_external_id": "\ud800"}, 400, "is '\\ud800'", "1 to 255 visible ASCII"),
    ({"order_external_id": "order-no-token", "delivery_id": "3"}, 409, "pending already", "accept"),
    ({"overrides": {"customr": "x"}}, 400, "'customr' is no field of an order", "send one of"),
    ({"overrides": {"total": "x"}}, 400, "total is 'x'", "send an integer"),
    ({"overrides": {"store_id": "10"}}, 400, "store_id names the order", "send store_id beside"),
    ({"overrides": {"customer": "x" * 300_000}}, 400, "the order is 300", "override less"),
]


@pytest.mark.parametrize(
    ("values", "status", "named", "remedy"), BAD_ORDERS, ids=lambda value: ascii(value)[:40]
)
def test_bad_orders_are_refused(values: Json, status: int, named: str, remedy: str) -> None:
    """A bad order is named with its value and the remedy, in one line, and is not added."""

    async def run(client: Client) -> Reply:
        before = await client.shown()
        reply = await client.post("orders", values)
        assert before == await client.shown()
        return reply

    reply = play(run)
    error: str = reply.json["error"]

    assert (status, 1) == (reply.status, len(error.splitlines()))
    assert named in error
    assert remedy in error


def test_order_needs_nothing_to_be_said() -> None:
    """By default it is for the first store of the first account, from platform 1, and simple."""

    async def run(client: Client) -> Json:
        return await client.order()

    order = play(run)
    shown = [order[name] for name in ("account", "store_id", "delivery_id", "scenario", "status")]

    assert ["alpha", "3", "1", "simple", "pending"] == shown
    assert order["order"]["external_id"] == order["order_external_id"]
    assert (order["order"]["total"], order["order"]["customer"]) == (
        order["total"],
        order["customer"],
    )


def test_order_is_what_was_asked_for() -> None:
    """Store, platform, id and overrides are those of the request; the account is the store's."""
    values = {
        "store_id": "4",
        "delivery_id": "9",
        "order_external_id": "new",
        "overrides": {"customer": "Ana", "items.0.quantity": 3},
    }

    async def run(client: Client) -> Json:
        return await client.order(**values)

    order = play(run)
    named = ("account", "store_id", "delivery_id", "order_external_id", "customer")

    assert ["beta", "4", "9", "new", "Ana"] == [order[name] for name in named]
    assert (9, 3) == (order["order"]["delivery_id"], order["order"]["items"][0]["quantity"])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_can_be_placed(scenario: str) -> None:
    """The answer to each of them is as documented, and the same seed gives the same order."""

    async def run(client: Client) -> list[Json]:
        orders: list[Json] = []
        for _ in range(2):
            order = await client.order(scenario=scenario, seed=7)
            orders.append({**order["order"], "created_at": ""})
            assert 200 == (await client.accept(order)).status
        return orders

    first, second = play(run)

    assert first == second


def test_placed_order_can_be_accepted() -> None:
    """It is pending until the POS accepts it, and says when that was."""

    async def run(client: Client) -> tuple[Json, int, Json]:
        placed = await client.order(store_id="4")
        accepted = await client.accept(placed, BETA)
        return placed, accepted.status, (await client.get(f"orders/{placed['id']}")).json

    placed, status, after = play(run)

    assert (None, "pending") == (placed["accepted_at"], placed["status"])
    assert (200, "accepted") == (status, after["status"])
    assert after["accepted_at"] >= after["placed_at"]


def test_accepted_order_can_be_placed_again() -> None:
    """It is pending once more, under a new number."""

    async def run(client: Client) -> list[Json]:
        first = await client.order(order_external_id="new")
        await client.accept(first)
        second = await client.order(order_external_id="new")
        return [first, second, (await client.get("orders/new")).json]

    first, second, found = play(run)

    assert "pending" == second["status"]
    assert first["id"] < second["id"] == found["id"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["01f1b8ce-a65d-4876-a72f-8f549f3566b7", "order-not-configured", "order-no-token"]),
        ("account=beta", []),
        ("store_id=3", None),
        ("store_id=10", ["ten"]),
        ("status=accepted", ["ten"]),
        ("status=pending&store_id=10", []),
        ("account=alpha&status=accepted", ["ten"]),
        ("limit=1", ["ten"]),
    ],
)
def test_orders_are_listed_by(query: str, expected: list[str] | None) -> None:
    """Account, store and status choose among them; the newest are last."""

    async def run(client: Client) -> list[str]:
        order = await client.order(store_id="10", order_external_id="ten")
        await client.accept(order)
        orders: list[Json] = (await client.get(f"orders?{query}")).json["orders"]
        return [each["order_external_id"] for each in orders]

    found = play(run)

    if expected is None:
        assert "order-unreachable" == found[-1]
    else:
        assert expected == found[: len(expected) or None]


@pytest.mark.parametrize("path", ["orders/99", "orders/none", "orders/99/wait", "orders/ /wait"])
def test_unknown_order_is_not_found(path: str) -> None:
    """The message says where they are listed."""

    async def run(client: Client) -> Reply:
        return await client.get(path.replace(" ", "%20"))

    reply = play(run)
    name = path.split("/")[1]

    assert 404 == reply.status
    assert f"order {name!r} is unknown: GET /_mock/orders lists them" == reply.json["error"]


def test_order_tells_its_pushes_and_its_life() -> None:
    """Placing, each try, the calls that name it and its acceptance are its timeline."""

    async def run(client: Client) -> Json:
        await client.hook()
        order = await client.order(order_external_id="one")
        await client.order(order_external_id="other")
        await client.settle()
        await client.api("POST", ACCEPT, {"order_external_id": "one"})
        await client.accept(order)
        found: Json = (await client.get("orders/one")).json
        return found

    order = play(run)
    told = [(each["kind"], each["title"], each["outcome"]) for each in order["timeline"]]

    assert [("delivered", HOOK)] == [(each["status"], each["url"]) for each in order["pushes"]]
    assert [
        ("order", "order one placed, pushed to 1 webhook", ""),
        ("push", f"push 1 (ORDER) to {HOOK}", "200"),
        ("call", f"POST {ACCEPT}", "422"),
        ("order", "order one accepted", ""),
        ("call", f"POST {ACCEPT}", "200"),
    ] == told


def test_order_without_a_push_goes_nowhere() -> None:
    """Nothing is sent, and that is no problem since it was asked for."""

    async def run(client: Client) -> tuple[Json, int]:
        await client.hook()
        order = await client.order(push=False)
        await client.settle()
        return order, len(client.sender.posts)

    order, sent = play(run)

    assert ([], 0) == (order["pushes"], sent)
    assert [False] == [each["problem"] for each in order["timeline"]]


def test_burst_places_so_many_orders_of_an_account() -> None:
    """It is answered at once; the orders come while the mock runs."""

    async def run(client: Client) -> tuple[Reply, Json]:
        await client.hook(token=BETA)
        reply = await client.post("bursts", {"count": 5, "per_second": 1000, "account": "beta"})
        with client.box.journal.watch() as entries:
            while len(client.sender.posts) < 5:
                await asyncio.wait_for(entries.get(), PATIENCE)
        return reply, (await client.get("orders?account=beta")).json

    reply, listed = play(run)

    assert (202, {"count": 5, "per_second": 1000}) == (reply.status, reply.json)
    assert 5 == len({each["order_external_id"] for each in listed["orders"]})


def test_burst_with_a_seed_places_different_orders() -> None:
    """Its orders have consecutive seeds, so the same burst is the same orders."""

    async def run(client: Client) -> list[str]:
        with client.box.journal.watch() as entries:
            await client.post("bursts", {"count": 3, "per_second": 1000, "seed": 7})
            for _ in range(3):
                await asyncio.wait_for(entries.get(), PATIENCE)
        orders: list[Json] = (await client.get("orders?limit=3")).json["orders"]
        return [each["order_external_id"] for each in orders]

    async def one_by_one(client: Client) -> list[str]:
        return [(await client.order(seed=seed))["order_external_id"] for seed in (7, 8, 9)]

    assert play(one_by_one) == play(run)


def test_burst_that_cannot_begin_is_refused() -> None:
    """What is wrong with its orders is told at once."""

    async def run(client: Client) -> Reply:
        return await client.post("bursts", {"count": 3, "store_id": "5"})

    reply = play(run)

    assert 400 == reply.status
    assert "store_id '5' is no account's" in reply.json["error"]


def test_wait_for_an_accepted_order_returns_at_once() -> None:
    """With no time to wait it is there all the same."""

    async def run(client: Client) -> Reply:
        order = await client.order()
        await client.accept(order)
        return await client.get(f"orders/{order['id']}/wait?timeout=0")

    reply = play(run)

    assert (200, "accepted") == (reply.status, reply.json["status"])


def test_wait_is_woken_by_the_acceptance() -> None:
    """It answers once the POS has accepted, and not before."""

    async def run(client: Client) -> tuple[bool, Reply]:
        order = await client.order()
        waiting = asyncio.create_task(client.get(f"orders/{order['id']}/wait?timeout=60"))
        await client.watched()
        await client.order()
        early = waiting.done()
        await client.accept(order)
        return early, await asyncio.wait_for(waiting, PATIENCE)

    early, reply = play(run)

    assert (False, 200, "accepted") == (early, reply.status, reply.json["status"])


def test_wait_in_vain_shows_what_happened() -> None:
    """The 504 names the order and gives its timeline, one line for each entry."""

    async def run(client: Client) -> str:
        await client.hook()
        order = await client.order(order_external_id="one")
        await client.settle()
        values = {"delivery_id": "2", "store_id": "3", "order_external_id": "one"}
        assert 409 == (await client.api("POST", ACCEPT, values)).status
        reply = await client.get(f"orders/{order['id']}/wait?timeout=0")
        assert 504 == reply.status
        error: str = reply.json["error"]
        return error

    first, placed, pushed, refused = play(run).splitlines()

    assert first == ("order one (store 3, delivery 1) was not accepted within 0 s. What happened:")
    assert "order one placed, pushed to 1 webhook" in placed
    assert f"push 1 (ORDER) to {HOOK}  200" in pushed
    assert f"POST {ACCEPT}  409" in refused
    assert "Order not found." in refused


@pytest.mark.parametrize("path", ["accounts/alpha", "reset"])
def test_wait_for_an_order_that_goes_meanwhile_is_in_vain(path: str) -> None:
    """A reset, or the end of its account, does not break whoever waits for it."""

    async def run(client: Client) -> Reply:
        order = await client.order(order_external_id="one")
        waiting = asyncio.create_task(client.get(f"orders/{order['id']}/wait?timeout=0.05"))
        await client.watched()
        await (client.post(path) if path == "reset" else client.delete(path))
        return await asyncio.wait_for(waiting, PATIENCE)

    reply = play(run)

    assert 504 == reply.status
    assert "order one (store 3, delivery 1) was not accepted within 0.05 s" in reply.json["error"]


def test_orders_of_no_account_are_refused() -> None:
    """When every account is deleted, the message says that there is none."""

    async def run(client: Client) -> list[tuple[int, Any]]:
        for each in [*client.box.state.accounts]:
            await client.delete(f"accounts/{each}")
        replies = [await client.post(path) for path in ("orders", "bursts", "menus/pull")]
        return [(reply.status, reply.json["error"]) for reply in replies]

    assert [(404, "account 'alpha' is unknown: there are none")] * 3 == play(run)
