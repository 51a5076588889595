"""What a state file holds is what the stand-in remembers."""

import asyncio
import copy
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mipos_mock.app import application
from mipos_mock.asgi import ASGIApp
from mipos_mock.placing import Wish
from mipos_mock.pushes import PushStatus
from mipos_mock.rows import Ledger, restore
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.state import State
from mipos_mock.store import Change, Store, StoreError
from tests.mock.fakes import FakeSender, answered
from tests.mock.support import ACCEPT, CREATE, DELETE, JSON, LIST, UPDATE

HOOKS = [f"http://127.0.0.1/{name}" for name in "abc"]
URLS = st.sampled_from(HOOKS)
NAMES = st.sampled_from(["one", "two"])


def posts(path: str, **values: "st.SearchStrategy[Any]") -> "st.SearchStrategy[tuple[str, Any]]":
    """Requests to a path with these values."""
    return st.tuples(st.just(path), st.fixed_dictionaries(values))


STEPS = st.lists(
    st.one_of(
        posts(CREATE, url=URLS, type=st.sampled_from(["ORDER", "Menu"])),
        posts(UPDATE, current_url=URLS, new_url=URLS),
        posts(DELETE, url=URLS),
        posts("/_mock/orders", order_external_id=NAMES, store_id=st.just("3")),
        posts(ACCEPT, delivery_id=st.just("1"), store_id=st.just("3"), order_external_id=NAMES),
        posts("/_mock/menus/pull"),
        posts(
            "/_mock/faults",
            kind=st.sampled_from(["duplicate", "truncated", "bad-gateway"]),
            times=st.just(2),
        ),
        posts("/_mock/accounts", name=st.just("extra")),
        posts("/_mock/reset", account=st.just("alpha")),
        posts("/_mock/reset"),
        st.tuples(st.just("advance"), st.sampled_from([0, 10, 1000])),
        st.tuples(st.just("delete-account"), st.just("extra")),
    ),
    max_size=25,
)


def restored(path: Path) -> State:
    """What a new process would remember."""
    state = State()
    with Store.open(path) as store:
        restore(store.load(), state)
    return state


def kept(path: Path, sender: FakeSender | None = None) -> tuple[Sandbox, Store]:
    """A sandbox whose state is kept in a file."""
    state, store = fresh_state(), Store.open(path)
    state.keeper = Ledger(store)
    state.keeper.begin_anew(state)
    return Sandbox(state, sender or FakeSender()), store


async def send(app: ASGIApp, method: str, path: str, values: object) -> int:
    """Sends a request as account alpha in the running loop and returns the status."""
    statuses: list[int] = []
    headers = [
        (b"authorization", b"Bearer mock-token-alpha"),
        (b"content-type", b"application/json"),
    ]
    scope = {"type": "http", "method": method, "path": path, "query_string": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(values).encode()}

    async def keep(message: Any) -> None:  # noqa: ANN401 - what ASGI sends
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app({**scope, "headers": headers}, receive, keep)
    return statuses[0]


async def act(box: Sandbox, app: ASGIApp, step: tuple[Any, ...]) -> None:
    """Does one thing that changes the state, or is refused."""
    match step:
        case "advance", seconds:
            await box.advance(seconds)
        case "delete-account", name:
            await send(app, "DELETE", f"/_mock/accounts/{name}", {})
        case path, values:
            await send(app, "POST", path, values)
        case _:
            raise ValueError(step)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_the_file_follows_every_change(steps: list[tuple[Any, ...]]) -> None:
    """After whatever was done, the file holds exactly what is remembered."""
    with TemporaryDirectory() as directory:
        path = Path(directory, "state")
        sender = FakeSender()
        sender.reply = lambda _post: answered(500 if len(sender.posts) % 3 == 0 else 200, b"[]")
        box, store = kept(path, sender)

        async def run() -> State:
            app = application(box)
            for step in steps:
                await act(box, app, step)
            await box.advance(0)
            state = copy.copy(box.state)
            await box.close()
            return state

        with store:
            state = asyncio.run(run())

        again = restored(path)

    assert state == again
    assert [*state.accounts] == [*again.accounts]
    assert state.clock.ahead == again.clock.ahead
    for name, account in state.accounts.items():
        places = {url: account.webhooks.place(url) for url in account.webhooks}
        other = again.accounts[name].webhooks
        assert list(places.items()) == [(url, other.place(url)) for url in other]


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    """No order of a new process has the number of a former one."""
    box, store = kept(tmp_path / "state")
    with store:
        number = asyncio.run(place(box)).id

    assert number + 1 == restored(tmp_path / "state").number("order")


async def place(box: Sandbox) -> Any:  # noqa: ANN401 - an order
    """Places an order and lets its pushes go."""
    order = box.place_order(Wish())
    await box.advance(0)
    return order


def test_a_push_under_way_is_sent_after_a_restart(tmp_path: Path) -> None:
    """What a process had no answer to when it ended is sent again."""
    sender = FakeSender()

    async def run() -> None:
        sender.gates[HOOKS[0]] = asyncio.Event()
        box, store = kept(tmp_path / "state", sender)
        with store:
            await send(application(box), "POST", CREATE, {"url": HOOKS[0]})
            box.place_order(Wish())
            await asyncio.sleep(0)
        again = FakeSender()
        second = Sandbox(restored(tmp_path / "state"), again)
        second.resume()
        await second.advance(0)
        assert 1 == len(again.posts)
        assert sender.posts == again.posts
        (push,) = second.state.pushes.values()
        assert PushStatus.DELIVERED == push.status
        await box.close()

    asyncio.run(run())


def test_what_cannot_be_kept_is_not_answered_with_success(tmp_path: Path) -> None:
    """Once the file cannot be written, every change fails, and whoever runs it is told once."""
    told: list[bool] = []
    box, store = kept(tmp_path / "state")
    box = Sandbox(box.state, FakeSender(), lambda: told.append(True))
    store._connection.execute("PRAGMA max_page_count = 1")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as on a full disk

    async def run() -> list[int]:
        app = application(box)
        bodies = [{"url": f"https://pos.example/{n}{'x' * 2000}"} for n in range(40)]
        statuses = [await send(app, "POST", CREATE, body) for body in bodies]
        statuses.append(await send(app, "POST", "/_mock/orders", {"push": False}))
        statuses.append(await send(app, "GET", LIST, {}))
        return statuses

    statuses = asyncio.run(run())
    store.close()
    created = statuses.count(201)
    alpha = restored(tmp_path / "state").accounts["alpha"]

    assert [201] * created + [500] * (len(statuses) - created) == statuses
    assert created == len(alpha.webhooks)
    assert [True] == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("account", "alpha", None), "no account has"),
        (("fault", "1", {"id": 1, "kind": "odd", "account": "alpha"}), "a fault is of a kind"),
        (("clock", "ahead", 1e300), "the clock is 1e"),
        (("clock", "ahead", -1), "the clock is -1"),
        (("webhook", "1 alpha", ["alpha", 1]), "not enough values"),
    ],
    ids=["store", "fault", "far ahead", "behind", "webhook"],
)
def test_rows_that_cannot_be_are_none_of_ours(tmp_path: Path, change: Change, told: str) -> None:
    """What no version of this program has written is not taken over."""
    _, store = kept(tmp_path / "state")
    with store:
        store.write([change])

    with Store.open(tmp_path / "state") as again, pytest.raises(ValueError, match=told):
        restore(again.load(), State())


def test_failed_reset_ends_it(tmp_path: Path) -> None:
    """A reset that cannot be kept fails like any other change: whoever runs it is told."""
    told: list[bool] = []
    first, store = kept(tmp_path / "state")
    box = Sandbox(first.state, FakeSender(), lambda: told.append(True))
    store._connection.execute("PRAGMA query_only = 1")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as where nothing can be written

    with pytest.raises(StoreError):
        box.reset()
    store.close()

    assert [True] == told


def test_a_call_that_outlives_its_account_keeps_nothing(tmp_path: Path) -> None:
    """A token whose account goes while the body comes speaks for nobody, and the file is whole."""
    box, store = kept(tmp_path / "state")
    alpha = box.state.accounts["alpha"]
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        box.delete_account(alpha)
        return {"type": "http.request", "body": json.dumps({"url": HOOKS[0]}).encode()}

    async def keep(message: Any) -> None:  # noqa: ANN401 - what ASGI sends
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [(b"authorization", b"Bearer mock-token-alpha"), (b"content-type", JSON.encode())]
    scope = {"type": "http", "method": "POST", "path": CREATE, "query_string": b""}

    async def call() -> None:
        await application(box)({**scope, "headers": headers}, receive, keep)

    with store:
        asyncio.run(call())

    assert [401] == statuses
    assert "alpha" not in restored(tmp_path / "state").accounts
