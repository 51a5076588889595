"""The control interface as a whole: where it is, how it refuses, and what it shows of the state."""

import json

import pytest

from mipos_mock import __version__
from mipos_mock.app import create_app
from mipos_mock.control.routes import ROUTES
from mipos_mock.seed import fresh_state
from tests.mock.control_answers import operation_at
from tests.mock.control_client import HOOK, MENU_HOOK, Client, play
from tests.mock.fakes import answered
from tests.mock.support import ALPHA, JSON, LIST, Reply


def test_root_tells_its_routes() -> None:
    """The root names every route, the events and the reference included."""
    routes = [f"{each.method} {each.path}" for each in ROUTES]
    routes += ["GET /_mock/events", "GET /_mock/docs"]

    async def run(client: Client) -> Reply:
        return await client.get("")

    reply = play(run)

    assert (200, routes) == (reply.status, list(reply.json["routes"]))
    assert ("MiPOS mock, control interface", __version__) == (
        reply.json["name"],
        reply.json["version"],
    )


REQUESTS: list[tuple[str, str, object]] = [
    ("GET", "/_mock/", None),
    ("GET", "/_mock/openapi.json", None),
    ("POST", "/_mock/accounts", {"name": "gamma"}),
    ("DELETE", "/_mock/accounts/gamma", None),
    ("POST", "/_mock/orders", {"scenario": "modifiers"}),
    ("POST", "/_mock/bursts", {"count": 1}),
    ("GET", "/_mock/orders", None),
    ("GET", "/_mock/orders/5", None),
    ("GET", "/_mock/orders/5/wait", None),
    ("GET", "/_mock/pushes", None),
    ("GET", "/_mock/pushes/1", None),
    ("GET", "/_mock/pushes/1/wait", None),
    ("POST", "/_mock/pushes/1/replay", {}),
    ("POST", "/_mock/menus/pull", {}),
    ("GET", "/_mock/menus", None),
    ("GET", "/_mock/faults/kinds", None),
    ("POST", "/_mock/faults", {"kind": "error", "status": 401}),
    ("GET", "/_mock/faults", None),
    ("GET", "/_mock/state", None),
    ("GET", "/_mock/journal", None),
    ("GET", "/_mock/journal/4", None),
    ("GET", "/_mock/clock", None),
    ("POST", "/_mock/clock/advance", {"seconds": 1}),
    ("DELETE", "/_mock/faults", None),
    ("POST", "/_mock/reset", {}),
]


def test_every_route_succeeds() -> None:
    """Each is answered with its documented success, where there is something of everything."""

    async def run(client: Client) -> list[tuple[str, int]]:
        await client.hook()
        await client.hook(MENU_HOOK, "Menu")
        client.sender.reply = lambda _post: answered(200, b'{"items":[]}')
        await client.accept(await client.order())
        await client.post("menus/pull")
        await client.settle()
        done: list[tuple[str, int]] = []
        for method, path, values in REQUESTS:
            body = b"" if values is None else json.dumps(values).encode()
            reply = await client.send(method, path, body, {"Content-Type": JSON})
            operation = operation_at(method, path)
            assert operation is not None
            done.append((operation["operationId"], reply.status))
        return done

    assert {(route.name, route.status) for route in ROUTES} == set(play(run))


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/_mock/"), ("GET", "/_mock/none"), ("PUT", "/_mock/state"), ("GET", "/_mock")],
)
def test_control_answers_are_marked(method: str, path: str) -> None:
    """Every answer under the prefix carries the mark, errors included."""

    async def run(client: Client) -> Reply:
        return await client.send(method, path)

    assert "control" == play(run).headers["x-mipos-mock"]


@pytest.mark.parametrize("path", [LIST, "/none", "/_mocks", "/_moc"])
def test_other_answers_are_not_marked(path: str) -> None:
    """No answer outside the prefix carries the mark."""

    async def run(client: Client) -> Reply:
        return await client.send("GET", path)

    assert "x-mipos-mock" not in play(run).headers


def test_a_missing_slash_is_told() -> None:
    """The prefix without its slash is 404, and the message says what to add."""

    async def run(client: Client) -> Reply:
        return await client.send("GET", "/_mock")

    reply = play(run)

    assert 404 == reply.status
    assert "add a slash at its end, use GET /_mock/" in reply.json["error"]


@pytest.mark.parametrize("path", ["state/", "orders/", "orders/1/", "events/"])
def test_a_slash_too_many_is_told(path: str) -> None:
    """A known path with a slash at its end is 404, and the message says what to leave out."""

    async def run(client: Client) -> Reply:
        return await client.get(path)

    reply = play(run)

    assert 404 == reply.status
    assert "leave out the slash at its end" in reply.json["error"]


@pytest.mark.parametrize("path", ["none", "orders/1/none", "orders//wait", "state/state", "-/-"])
def test_unknown_path_is_not_found(path: str) -> None:
    """An unknown path is 404, names itself and says where to look."""

    async def run(client: Client) -> Reply:
        return await client.get(path)

    reply = play(run)

    assert 404 == reply.status
    assert f"Nothing is at GET /_mock/{path}: GET /_mock/ lists" in reply.json["error"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "reset", "POST"),
        ("DELETE", "reset", "POST"),
        ("PUT", "orders", "POST, GET, HEAD"),
        ("POST", "state", "GET, HEAD"),
        ("GET", "accounts/alpha", "DELETE"),
        ("PATCH", "faults", "POST, GET, HEAD, DELETE"),
        ("OPTIONS", "clock", "GET, HEAD"),
        ("POST", "events", "GET"),
        ("HEAD", "events", "GET"),
    ],
)
def test_wrong_method_is_not_allowed(method: str, path: str, allow: str) -> None:
    """A wrong method is 405, names itself and says which ones there are."""

    async def run(client: Client) -> Reply:
        return await client.send(method, f"/_mock/{path}")

    reply = play(run)

    assert (405, allow) == (reply.status, reply.headers["allow"])
    assert f"{method} is not allowed at /_mock/{path}: use {allow}." == reply.json["error"]


@pytest.mark.parametrize("path", ["state", "orders", "clock", "openapi.json"])
def test_head_is_answered_as_get(path: str) -> None:
    """HEAD goes where GET goes."""

    async def run(client: Client) -> Reply:
        return await client.send("HEAD", f"/_mock/{path}")

    assert 200 == play(run).status


@pytest.mark.parametrize("path", [each.path for each in ROUTES if each.method == "POST"])
@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"],
)
def test_posts_of_other_types_are_refused(path: str, content_type: str) -> None:
    """What a page of another origin can send without asking changes nothing."""

    async def run(client: Client) -> tuple[Reply, bool]:
        await client.hook()
        await client.order()
        await client.settle()
        before = await client.shown()
        target = path.replace("{id}", "1")
        reply = await client.send("POST", target, b"{}", {"Content-Type": content_type})
        return reply, before == await client.shown()

    reply, unchanged = play(run)
    remedy = f"the Content-Type is {content_type!r}: send application/json"

    assert (400, {"error": remedy}, True) == (reply.status, reply.json, unchanged)


def test_parameters_of_the_content_type_do_not_matter() -> None:
    """A charset after the content type is fine, in any case; a body need not be there."""

    async def run(client: Client) -> Reply:
        headers = {"Content-Type": "Application/JSON; x=y"}
        return await client.send("POST", "/_mock/reset", headers=headers)

    assert 200 == play(run).status


@pytest.mark.parametrize(
    "body", [b"[]", b"1", b"null", b'"x"', b"{", b'{"x":NaN}', b"\xff", b"\xef\xbb\xbf{}"]
)
@pytest.mark.parametrize(("method", "path"), [("POST", "reset"), ("DELETE", "faults")])
def test_bodies_that_are_no_object_are_refused(method: str, path: str, body: bytes) -> None:
    """Whatever is no JSON object is 400 and changes nothing."""

    async def run(client: Client) -> tuple[Reply, int]:
        await client.post("faults", {"kind": "drop"})
        reply = await client.send(method, f"/_mock/{path}", body, {"Content-Type": JSON})
        return reply, len((await client.get("faults")).json["faults"])

    reply, faults = play(run)

    assert (400, 1) == (reply.status, faults)
    assert "the body is no JSON object: send one, {} for nothing" == reply.json["error"]


def test_what_a_body_says_is_not_passed_over() -> None:
    """A body where none is read is refused: who sends one means something by it."""

    async def run(client: Client) -> tuple[Reply, int]:
        await client.post("faults", {"kind": "drop"})
        reply = await client.send("DELETE", "/_mock/faults", b'{"account":"beta"}')
        return reply, len((await client.get("faults")).json["faults"])

    reply, faults = play(run)

    assert (400, 1) == (reply.status, faults)
    assert "body has no 'account': there is none" == reply.json["error"]


def test_too_large_a_body_is_refused() -> None:
    """The limit is in the message."""

    async def run(client: Client) -> Reply:
        body = b'{"account":"' + b"x" * 1024 * 1024 + b'"}'
        return await client.send("POST", "/_mock/reset", body, {"Content-Type": JSON})

    reply = play(run)

    assert 413 == reply.status
    assert "the body has over 1048576 bytes: send less" == reply.json["error"]


def test_deep_nesting_is_refused_and_breaks_nothing() -> None:
    """However deep a value is nested, the answer is 400."""

    async def run(client: Client) -> set[int]:
        statuses: set[int] = set()
        for depth in [10, *range(850, 1000), 100_000]:
            body = b'{"account":' + b"[" * depth + b"]" * depth + b"}"
            reply = await client.send("POST", "/_mock/reset", body, {"Content-Type": JSON})
            statuses.add(reply.status)
        return statuses

    assert {400} == play(run)


def test_state_shows_what_a_fresh_server_holds() -> None:
    """Accounts, deliveries and orders are shown with their states; the rest is empty."""
    expected: dict[str, object] = {
        "version": __version__,
        "accounts": [
            ("alpha", "mock-token-alpha", "mock-secret-alpha", "active", False, ["3", "10"]),
            ("beta", "mock-token-beta", "mock-secret-beta", "active", False, ["4"]),
            (
                "signed-out",
                "mock-token-signed-out",
                "mock-secret-signed-out",
                "signed out",
                False,
                [],
            ),
            ("deleted", "mock-token-deleted", "mock-secret-deleted", "deleted", False, []),
            ("read-only", "mock-token-read-only", "mock-secret-read-only", "active", True, []),
        ],
        "deliveries": [
            {"id": "1", "status": "ready"},
            {"id": "2", "status": "not configured"},
            {"id": "3", "status": "no token"},
            {"id": "4", "status": "unreachable"},
        ],
        "orders": [
            ("1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7", "pending"),
            ("2", "3", "order-not-configured", "pending"),
            ("3", "3", "order-no-token", "pending"),
            ("4", "3", "order-unreachable", "pending"),
        ],
        "pushes": [],
        "faults": [],
        "menus": [],
        "clock": {"ahead_seconds": 0},
        "journal": {"last": 0, "dropped": 0},
    }

    async def run(client: Client) -> dict[str, object]:
        return await client.shown()

    state = play(run)
    accounts = ("name", "token", "secret", "status", "read_only", "stores")
    orders = ("delivery_id", "store_id", "order_external_id", "status")
    for name, fields in (("accounts", accounts), ("orders", orders)):
        values: list[dict[str, object]] = state[name]  # type: ignore[assignment]
        state[name] = [tuple(each[field] for field in fields) for each in values]

    assert expected == state


def test_state_shows_webhooks_with_their_type() -> None:
    """The type that the API does not return is shown here."""

    async def run(client: Client) -> list[dict[str, object]]:
        await client.hook(HOOK, "Menu")
        accounts: list[dict[str, object]] = (await client.get("state")).json["accounts"]
        return accounts

    alpha, *_ = play(run)

    assert [{"url": HOOK, "type": "Menu"}] == alpha["webhooks"]


def test_state_of_one_account_shows_only_its_own() -> None:
    """Accounts, orders, pushes, faults and menus of others are left out."""

    async def run(client: Client) -> dict[str, list[dict[str, object]]]:
        for name, token in (("alpha", ALPHA), ("beta", "Bearer mock-token-beta")):
            await client.hook(f"http://127.0.0.1/{name}", token=token)
            await client.hook(f"http://127.0.0.1/{name}/menu", "Menu", token)
            await client.order(account=name)
            await client.post("faults", {"kind": "drop", "account": name})
            await client.post("menus/pull", {"account": name})
        await client.settle()
        state: dict[str, list[dict[str, object]]] = (await client.get("state?account=beta")).json
        return state

    state = play(run)

    assert ["beta"] == [each["name"] for each in state["accounts"]]
    for kind in ("orders", "pushes", "faults", "menus"):
        assert {"beta"} == {each["account"] for each in state[kind]}, kind


def test_a_token_does_not_change_what_is_answered() -> None:
    """The control interface is no business of the platform's accounts."""

    async def run(client: Client) -> tuple[object, object]:
        with_token = await client.send("GET", "/_mock/orders", headers={"Authorization": ALPHA})
        return with_token.json, (await client.get("orders")).json

    first, second = play(run)

    assert first == second


def test_two_mocks_share_nothing() -> None:
    """An order in one is not in the other."""

    async def run(client: Client) -> bool:
        other = Client(client.box, client.sender, create_app(fresh_state()))
        before = await other.shown()
        await client.order()
        return before == await other.shown() != await client.shown()

    assert play(run)


def test_requests_in_json_are_read_as_utf_8() -> None:
    """Text beyond ASCII arrives as it was sent, escaped or not."""

    async def run(client: Client) -> list[str]:
        names: list[str] = []
        for ascii_only in (True, False):
            values = {"overrides": {"customer": "Peña 🍕"}}
            body = json.dumps(values, ensure_ascii=ascii_only).encode()
            reply = await client.send("POST", "/_mock/orders", body, {"Content-Type": JSON})
            names.append(reply.json["customer"])
        return names

    assert ["Peña 🍕"] * 2 == play(run)
