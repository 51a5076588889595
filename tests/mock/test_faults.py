"""Faults of calls: every documented error can be provoked, for one account, as often as asked."""

import asyncio
import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from mipos_mock.app import create_app
from mipos_mock.faults import KINDS
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.state import Fault
from tests.mock.control_client import HOOK, PATIENCE, Client, Json, play
from tests.mock.support import ACCEPT, ALPHA, BETA, CREATE, DELETE, LIST, UPDATE, Reply

CALLS: dict[str, tuple[str, str, Json | None]] = {
    "create_webhook": ("POST", CREATE, {"url": "https://pos.example/new"}),
    "update_webhook": ("POST", UPDATE, {"current_url": HOOK, "new_url": "https://pos.example/2"}),
    "delete_webhook": ("POST", DELETE, {"url": HOOK}),
    "list_webhooks": ("GET", LIST, None),
    "accept_order": (
        "POST",
        ACCEPT,
        {"delivery_id": "1", "store_id": "3", "order_external_id": "one"},
    ),
}
"""A call of each operation that succeeds once `prepare` was called."""

ANYWHERE = ["User not authenticated.", "User not found."]
CONFLICTS = {
    "create_webhook": ["This webhook already exists", "Unable to set up the webhook URL."],
    "update_webhook": [
        "This webhook does not exist",
        "This new webhook already exists",
        "Unable to update the webhook URL.",
    ],
    "delete_webhook": ["This webhook does not exist", "Unable to remove the webhook URL."],
    "list_webhooks": [],
    "accept_order": [
        "You don't have this store available.",
        "Order not found.",
        "Microservice does not have this integration configured.",
        "Unable to get token.",
        "Error sending the acceptance to the delivery platform.",
    ],
}
REQUIRED = {
    "create_webhook": ["url"],
    "update_webhook": ["current_url", "new_url"],
    "delete_webhook": ["url"],
    "list_webhooks": [],
    "accept_order": ["delivery_id", "store_id", "order_external_id"],
}


def required(field: str) -> str:
    """The message of a field that is missing."""
    return f"The {field.replace('_', ' ')} field is required."


def errors() -> Iterator[tuple[str, int, str, object]]:
    """Gives operation, status, message and body of every error that the pages document."""
    for operation in CALLS:
        yield operation, 401, "Unauthorized.", "Unauthorized."
        for text in [*ANYWHERE, *CONFLICTS[operation]]:
            yield operation, 409, text, {"message": [text], "data": None}
        for field in REQUIRED[operation]:
            yield operation, 422, required(field), {field: [required(field)]}


async def prepare(client: Client) -> None:
    """Makes every call of `CALLS` one that succeeds."""
    await client.hook()
    await client.order(order_external_id="one", push=False)


async def set_fault(client: Client, **values: object) -> Json:
    """Sets a fault."""
    reply = await client.post("faults", values)
    assert 201 == reply.status, reply.body
    fault: Json = reply.json
    return fault


async def call(client: Client, operation: str = "list_webhooks", token: str = ALPHA) -> Reply:
    """Calls an operation."""
    method, path, values = CALLS[operation]
    return await client.api(method, path, values, token)


@pytest.mark.parametrize(("operation", "status", "message", "body"), [*errors()])
def test_every_documented_error_can_be_provoked(
    operation: str, status: int, message: str, body: object
) -> None:
    """It comes as documented, once, changes nothing, and then the call succeeds."""

    async def run(client: Client) -> tuple[Reply, bool, int]:
        await prepare(client)
        before = await client.shown()
        values = {"kind": "error", "operation": operation, "status": status, "message": message}
        await set_fault(client, **values)
        failed = await call(client, operation)
        after = await client.shown()
        del before["journal"], after["journal"]
        return failed, before == after, (await call(client, operation)).status

    failed, unchanged, then = play(run)

    assert (status, body) == (failed.status, failed.json)
    assert "application/json" == failed.headers["content-type"]
    assert (True, True) == (unchanged, then in {200, 201})


@pytest.mark.parametrize("operation", [each for each, fields in REQUIRED.items() if fields])
def test_422_without_a_message_is_that_of_an_empty_body(operation: str) -> None:
    """Every required field is told, as if nothing had been sent."""

    async def run(client: Client) -> tuple[Reply, Reply]:
        method, path, _ = CALLS[operation]
        real = await client.api(method, path, {})
        await set_fault(client, kind="error", status=422)
        return real, await call(client, operation)

    real, made = play(run)

    assert (real.status, real.headers, real.body) == (made.status, made.headers, made.body)


@pytest.mark.parametrize(("status", "first"), [(401, "Unauthorized."), (409, ANYWHERE[0])])
def test_error_without_a_message_is_the_first_documented_one(status: int, first: str) -> None:
    """Nothing has to be said but the status."""

    async def run(client: Client) -> Reply:
        await set_fault(client, kind="error", status=status)
        return await call(client)

    answer = play(run).json

    assert first == (answer if status == 401 else answer["message"][0])


def test_kinds_list_every_documented_error() -> None:
    """What can be provoked is told, by operation and status."""
    expected = {
        (operation, status): [
            text for each, code, text, _ in errors() if (each, code) == (operation, status)
        ]
        for operation, status, _, _ in errors()
    }

    async def run(client: Client) -> Json:
        kinds: Json = (await client.get("faults/kinds")).json
        return kinds

    kinds = play(run)

    assert expected == {
        (each["operation"], each["status"]): each["messages"] for each in kinds["errors"]
    }
    assert [*KINDS] == [each["kind"] for each in kinds["kinds"]]


@pytest.mark.parametrize("kind", ["error", "bad-gateway"])
def test_other_accounts_do_not_notice(kind: str) -> None:
    """A fault strikes its account alone, and no call without an account."""

    async def run(client: Client) -> list[int]:
        more = {"status": 401} if kind == "error" else {}
        await set_fault(client, kind=kind, account="beta", **more)
        tokens = [ALPHA, "Bearer nobody", BETA, BETA]
        return [(await call(client, token=each)).status for each in tokens]

    assert [200, 401, 401 if kind == "error" else 502, 200] == play(run)


def test_it_is_for_alpha_unless_said_otherwise() -> None:
    """What was set is answered in full, with what was left open."""

    async def run(client: Client) -> Json:
        return await set_fault(client, kind="drop")

    assert play(run) == {
        "id": 1,
        "kind": "drop",
        "account": "alpha",
        "times": 1,
        "operation": None,
        "status": None,
        "message": None,
        "seconds": None,
    }


def test_bad_gateway_is_a_page_of_a_proxy() -> None:
    """A 502 in HTML, nothing of the platform's; and nothing is done."""

    async def run(client: Client) -> tuple[Reply, list[Json]]:
        await set_fault(client, kind="bad-gateway")
        reply = await call(client, "create_webhook")
        return reply, (await call(client)).json

    reply, webhooks = play(run)

    assert (502, "text/html") == (reply.status, reply.headers["content-type"])
    assert b"<title>502 Bad Gateway</title>" in reply.body
    assert [] == webhooks


def test_dropped_connection_is_told_in_process() -> None:
    """Where there is no connection to end, the application raises instead."""

    async def run(client: Client) -> Json:
        await set_fault(client, kind="drop")
        with pytest.raises(ConnectionResetError, match="by a fault of kind drop"):
            await call(client)
        entry: Json = (await client.get("journal")).json["entries"][-1]
        return entry

    entry = play(run)

    assert (None, True, "connection ended on purpose") == (
        entry["status"],
        entry["problem"],
        entry["outcome"],
    )


def test_dropped_connection_ends_without_an_answer() -> None:
    """Over HTTP not a byte comes back, and the next connection is fine."""
    state = fresh_state()
    state.faults[1] = Fault(1, "drop", "alpha")

    with running(create_app(state)) as url:
        with pytest.raises(http.client.RemoteDisconnected):
            fetch(url)
        status = fetch(url)

    assert 200 == status


def fetch(url: str) -> int:
    """The status of a list of webhooks over a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", LIST, headers={"Authorization": ALPHA})
        return connection.getresponse().status
    finally:
        connection.close()


def test_latency_comes_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call takes as long as it was told, and is then answered as ever."""
    slept: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        slept.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", note)

    async def run(client: Client) -> list[int]:
        await set_fault(client, kind="latency", seconds=2.5)
        return [(await call(client, each)).status for each in ("create_webhook", "list_webhooks")]

    assert [201, 200] == play(run)
    assert [2.5] == [each for each in slept if each]


def test_latency_holds_up_nobody_else() -> None:
    """While one call waits, another one of the account is answered."""

    async def run(client: Client) -> tuple[bool, int]:
        await set_fault(client, kind="latency", seconds=3600)
        slow = asyncio.create_task(call(client))
        await asyncio.sleep(0)
        status = (await call(client)).status
        early = slow.done()
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        return early, status

    assert (False, 200) == play(run)


@pytest.mark.parametrize("operation", CALLS)
def test_operation_chooses_what_is_struck(operation: str) -> None:
    """Calls of other operations pass and use up nothing."""

    async def run(client: Client) -> dict[str, int]:
        await prepare(client)
        await set_fault(client, kind="bad-gateway", operation=operation)
        return {each: (await call(client, each)).status for each in CALLS}

    assert [operation] == [each for each, status in play(run).items() if status == 502]


def test_error_strikes_the_operation_that_documents_its_message() -> None:
    """Without an operation, calls that cannot have the message pass."""

    async def run(client: Client) -> dict[str, bytes]:
        await prepare(client)
        await set_fault(client, kind="error", status=409, message="Unable to get token.")
        return {each: (await call(client, each)).body for each in CALLS}

    assert ["accept_order"] == [each for each, body in play(run).items() if b"get token" in body]


def test_calls_that_reach_no_operation_use_up_nothing() -> None:
    """An unknown path or a wrong method is answered as ever."""

    async def run(client: Client) -> list[int]:
        await set_fault(client, kind="bad-gateway")
        replies = [
            await client.api("GET", "/none"),
            await client.api("DELETE", LIST),
            await call(client),
        ]
        return [each.status for each in replies]

    assert [404, 405, 502] == play(run)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_fault_strikes_as_often_as_set(times: int) -> None:
    """How often it still will is shown, and in the end it is gone."""

    async def run(client: Client) -> tuple[list[int], list[list[int]]]:
        await set_fault(client, kind="bad-gateway", times=times)
        statuses: list[int] = []
        left: list[list[int]] = []
        for _ in range(4):
            statuses.append((await call(client)).status)
            listed: list[Json] = (await client.get("faults")).json["faults"]
            left.append([each["times"] for each in listed])
        return statuses, left

    statuses, left = play(run)

    assert [502] * times + [200] * (4 - times) == statuses
    assert [[n] if n > 0 else [] for n in range(times - 1, times - 5, -1)] == left


def test_fault_without_a_number_strikes_until_it_is_removed() -> None:
    """It is shown with null times, and removing it ends it."""

    async def run(client: Client) -> tuple[list[int], object, Reply, int]:
        fault = await set_fault(client, kind="bad-gateway", times=None)
        statuses = [(await call(client)).status for _ in range(20)]
        (listed,) = (await client.get("faults")).json["faults"]
        removed = await client.delete(f"faults?id={fault['id']}")
        return statuses, listed["times"], removed, (await call(client)).status

    statuses, times, removed, then = play(run)

    assert ([502] * 20, None, 200) == (statuses, times, then)
    assert (200, {"removed": 1}) == (removed.status, removed.json)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", []),
        ("account=alpha", [3]),
        ("account=beta", [1, 2]),
        ("id=2", [1, 3]),
        ("id=3&account=alpha", [1, 2, 3]),
        ("id=9", [1, 2, 3]),
    ],
)
def test_faults_are_removed_by(query: str, left: list[int]) -> None:
    """All, those of an account, or the one with a number; the answer counts them."""

    async def run(client: Client) -> tuple[int, list[int]]:
        for name in ("alpha", "alpha", "beta"):
            await set_fault(client, kind="drop", account=name)
        removed: int = (await client.delete(f"faults?{query}")).json["removed"]
        return removed, [each["id"] for each in (await client.get("faults")).json["faults"]]

    assert (3 - len(left), left) == play(run)


def test_faults_are_listed_by_account() -> None:
    """In order of setting, those of others left out."""

    async def run(client: Client) -> list[int]:
        for name in ("beta", "alpha", "beta"):
            await set_fault(client, kind="drop", account=name)
        return [each["id"] for each in (await client.get("faults?account=beta")).json["faults"]]

    assert [1, 3] == play(run)


def test_of_several_answers_the_first_that_was_set_comes_first() -> None:
    """One call takes one of them; each has its turn, in order of setting."""

    async def run(client: Client) -> list[int]:
        await set_fault(client, kind="bad-gateway")
        await set_fault(client, kind="error", status=409, times=2)
        await set_fault(client, kind="error", status=401)
        await set_fault(client, kind="bad-gateway")
        return [(await call(client)).status for _ in range(6)]

    assert [502, 409, 409, 401, 502, 200] == play(run)


def test_latency_goes_with_another_fault() -> None:
    """A late answer can be an error, too; both are noted, in order of setting."""

    async def run(client: Client) -> tuple[int, list[str], list[Json]]:
        await set_fault(client, kind="error", status=401)
        await set_fault(client, kind="latency", seconds=0.001)
        await set_fault(client, kind="latency", seconds=0.002)
        status = (await call(client)).status
        last = (await client.get("journal")).json["last"]
        detail = (await client.get(f"journal/{last}")).json["detail"]
        return status, detail["faults"], (await client.get("faults")).json["faults"]

    status, struck, left = play(run)

    assert (401, ["error", "latency"], [0.002]) == (
        status,
        struck,
        [each["seconds"] for each in left],
    )


def test_faults_of_calls_do_not_strike_pushes_nor_the_other_way_round() -> None:
    """Each kind strikes what it is for."""

    async def run(client: Client) -> tuple[int, bool, list[str]]:
        await client.hook()
        await set_fault(client, kind="bad-gateway")
        await set_fault(client, kind="truncated")
        await client.order()
        await client.settle()
        left: list[Json] = (await client.get("faults")).json["faults"]
        return (
            (await call(client)).status,
            client.sender.posts[0].truncate,
            [each["kind"] for each in left],
        )

    assert (502, True, ["bad-gateway"]) == play(run)


def test_push_faults_that_struck_are_noted_with_the_try() -> None:
    """The try and the entry of the journal name their kinds."""

    async def run(client: Client) -> tuple[list[str], list[str]]:
        await client.hook()
        for kind in ("wrong-signature", "duplicate"):
            await set_fault(client, kind=kind)
        await client.order()
        await client.settle()
        first, _ = (await client.get("pushes/1")).json["tries"]
        (entry, _) = (await client.get("journal?kind=push")).json["entries"]
        detail = (await client.get(f"journal/{entry['id']}")).json["detail"]
        return first["faults"], detail["faults"]

    assert (["duplicate", "wrong-signature"],) * 2 == play(run)
