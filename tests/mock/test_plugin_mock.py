"""What the fixture gives to a test: orders, pushes, calls, faults and time."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast, get_args

import httpx
import pytest

from mipos_mock import faults
from mipos_mock.operations import OPERATIONS
from mipos_mock.scenarios import SCENARIOS
from mipos_mock.testing import (
    Engine,
    FaultKind,
    MiposMock,
    OperationName,
    Refused,
    Scenario,
    WaitError,
    Webhook,
    running_mock,
)
from tests.mock.plugin_support import (
    HOOK,
    ORIGIN,
    Pos,
    accepting,
    answer,
    bearer,
    list_webhooks,
    post,
)
from tests.mock.support import ACCEPT, BETA, CREATE, LIST

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import Receive, Scope, Send

MISTAKES: list[tuple[Callable[[MiposMock], object], str]] = [
    (lambda mock: mock.place_order(cast("Scenario", "simpel")), "simpel"),
    (lambda mock: mock.place_order(overrides={"custmer": "Ada"}), "'custmer' is no field"),
    (lambda mock: mock.place_order(store_id="4"), "store_id '4'"),
    (lambda mock: mock.pull_menu(), "no webhook of type Menu"),
    (lambda mock: mock.add_webhook("ftp://a"), "'ftp://a'.*The url format is invalid"),
    (lambda mock: list(map(mock.add_webhook, ["http://a", "http://a"])), "already exists"),
    (lambda mock: mock.fail_next(cast("Any", 404)), "status is 404: send one of 401, 409, 422"),
    (lambda mock: mock.fault("late"), "seconds is missing"),
    (lambda mock: mock.mount("pos.test", Pos()), "'pos.test' is no origin"),
]


def test_an_order_is_pushed_and_can_be_accepted(mipos_mock: MiposMock, pos: Pos) -> None:
    """What the order says is what the POS gets, and what accepts it is ready to post."""
    order = mipos_mock.place_order("discount")
    mipos_mock.wait_delivered(order)
    (pushed,) = pos.pushed

    assert order.payload == json.loads(pushed)
    assert (order.order_external_id, order.total, order.customer) == (
        order.payload["external_id"],
        order.payload["total"],
        order.payload["customer"],
    )
    assert "pending" == order.status
    assert 200 == post(mipos_mock, ACCEPT, order.accept_body).status_code
    (accepted,) = mipos_mock.orders
    assert ("accepted", order.id) == (accepted.status, accepted.id)
    assert accepted.accepted_at is not None
    assert accepted.accepted_at >= order.placed_at


def test_an_order_can_be_decided(mipos_mock: MiposMock) -> None:
    """Every part of an order can be given; the rest follows from the seed."""
    order = mipos_mock.place_order(
        "modifiers",
        seed=7,
        store_id=mipos_mock.stores[1],
        delivery_id="4",
        order_external_id="mine",
        overrides={"customer": "Ada", "items.0.name": "Soup"},
        push=False,
    )

    assert {"delivery_id": "4", "store_id": mipos_mock.stores[1], "order_external_id": "mine"} == (
        order.accept_body
    )
    assert ("modifiers", "Ada") == (order.scenario, order.customer)
    assert "Soup" == order.payload["items"][0]["name"]
    again = mipos_mock.place_order("modifiers", seed=7, push=False)
    assert order.payload["order_number"] != again.payload["order_number"]
    assert order.payload["items"][1:] == again.payload["items"][1:]
    assert [] == mipos_mock.pushes


def test_the_same_test_gets_the_same_orders(mipos_mock: MiposMock) -> None:
    """Two accounts that place the same orders get the same ones, their stores apart."""
    with running_mock() as other:
        first, second = (
            {**mock.place_order(push=False).payload, "created_at": ""}
            for mock in (mipos_mock, other)
        )

    assert first == second


def test_waiting_returns_the_accepted_order(mipos_mock: MiposMock) -> None:
    """The order that was placed does not change; the one that is returned is accepted."""
    mipos_mock.mount(ORIGIN, accepting(mipos_mock))
    mipos_mock.add_webhook(HOOK)
    order = mipos_mock.place_order()

    assert ("accepted", "pending") == (mipos_mock.wait_accepted(order).status, order.status)


def test_an_order_that_is_not_accepted_fails_with_what_happened(
    mipos_mock: MiposMock, pos: Pos
) -> None:
    """The message holds the push, the call with a wrong token, and what is open."""
    assert [] == pos.pushed
    order = mipos_mock.place_order(order_external_id="mine")
    mipos_mock.wait_delivered(order)
    for _ in range(2):  # one violation, told once
        httpx.post(f"{mipos_mock.base_url}{ACCEPT}", json=order.accept_body)
    mipos_mock.fail_next(operation="accept_order")

    with pytest.raises(WaitError) as caught:
        mipos_mock.wait_accepted(order, timeout=0.01)

    head, *lines = str(caught.value).splitlines()
    store = mipos_mock.store_id
    assert (
        f"order mine (store {store}, delivery 1) was not accepted within 0.01 s. What happened:"
    ) == head
    happened = [line[2:].partition("  ")[2] for line in lines]
    assert [
        f"webhook {HOOK} (ORDER) registered",
        "order mine placed, pushed to 1 webhook",
        f"push {mipos_mock.pushes[0].id} (ORDER) to {HOOK}  200",
        f'POST {ACCEPT}  401  "Unauthorized."',
        f'POST {ACCEPT}  401  "Unauthorized."',
    ] == happened[:5]
    assert lines[6].startswith("  fault that did not strike: error, 409, for accept_order")
    assert lines[7].startswith(f"  violation: POST {ACCEPT}: there is no Authorization header: ")
    assert 8 == len(lines)


def test_a_timeline_is_no_longer_than_one_can_read(mipos_mock: MiposMock) -> None:
    """Of many things of one kind some are shown, and the rest is counted."""
    for _ in range(12):
        mipos_mock.fault("duplicate")

    lines = mipos_mock.timeline().splitlines()

    assert 10 == sum(line.startswith("fault that did not strike: ") for line in lines)
    assert "(2 more like these)" == lines[-1]


def test_waiting_ends_also_when_a_test_has_frozen_time(
    mipos_mock: MiposMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timeout is real time, whatever a test makes of Python's clocks."""
    order = mipos_mock.place_order(push=False)
    failures: list[WaitError] = []

    def wait() -> None:
        try:
            mipos_mock.wait_accepted(order, timeout=0.01)
        except WaitError as error:
            failures.append(error)

    monkeypatch.setattr(time, "monotonic", lambda: 0.0)
    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    thread.join(10)

    assert 1 == len(failures)


def test_waiting_without_time_still_sees_what_is_there(mipos_mock: MiposMock) -> None:
    """A timeout of 0 asks whether it has happened."""
    order = mipos_mock.place_order(push=False)
    post(mipos_mock, ACCEPT, order.accept_body)

    assert "accepted" == mipos_mock.wait_accepted(order, timeout=0).status


def test_a_push_that_is_not_taken_waits_for_its_next_try(mipos_mock: MiposMock) -> None:
    """The message of a push that is late says how to send it now, and that does."""
    statuses = [500, 200]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await receive()
        await answer(send, statuses.pop(0))

    mipos_mock.mount(ORIGIN, app)
    mipos_mock.add_webhook(HOOK)
    order = mipos_mock.place_order()
    mipos_mock.advance(1)

    with pytest.raises(WaitError, match=r"try: advance\(4\) sends it now"):
        mipos_mock.wait_delivered(order, timeout=0)
    mipos_mock.advance(4)
    (push,) = mipos_mock.wait_delivered(order, timeout=0)
    assert [500, 200] == [each.status for each in push.tries]
    assert push.tries[1].at - push.tries[0].at >= timedelta(seconds=5)


def test_a_push_that_is_given_up_is_not_delivered(mipos_mock: MiposMock) -> None:
    """Once all tries are over, waiting ends at once."""
    mipos_mock.add_webhook("http://pos.invalid/orders")
    order = mipos_mock.place_order()
    mipos_mock.advance(600)

    with pytest.raises(WaitError, match=r"to http://pos\.invalid/orders is given up\. What"):
        mipos_mock.wait_delivered(order)


def test_an_order_is_delivered_without_the_others(mipos_mock: MiposMock, pos: Pos) -> None:
    """Waiting for one order is not waiting for another one."""
    assert [] == pos.pushed
    first = mipos_mock.place_order()
    mipos_mock.fault("late", seconds=60)
    mipos_mock.wait_delivered(first)
    mipos_mock.place_order()

    assert [first.id] == [push.order_id for push in mipos_mock.wait_delivered(first)]


def test_an_order_that_was_pushed_nowhere_is_not_delivered(mipos_mock: MiposMock) -> None:
    """Waiting for what cannot happen ends at once, and the timeline says why."""
    with pytest.raises(WaitError, match=r"no push(.|\n)*has no ORDER webhook"):
        mipos_mock.wait_delivered(mipos_mock.place_order())


def test_a_push_can_be_sent_again(mipos_mock: MiposMock, pos: Pos) -> None:
    """A replay has the same bytes, and is a push of its own."""
    (push,) = mipos_mock.wait_delivered(mipos_mock.place_order())

    again = mipos_mock.replay(push)
    mipos_mock.wait_delivered(again)

    assert (push.id, push.body, push.order_id) == (again.replay_of, again.body, again.order_id)
    assert [push.body, push.body] == pos.pushed


def test_a_menu_is_asked_for_and_kept(mipos_mock: MiposMock) -> None:
    """What the POS answers to a Menu push is the menu of the store."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        store = json.loads((await receive())["body"])["store_id"]
        await answer(send, body=json.dumps({"of": store}).encode())

    mipos_mock.mount(ORIGIN, app)
    mipos_mock.add_webhook(f"{ORIGIN}/menu", type="Menu")
    for push in [*mipos_mock.pull_menu(), *mipos_mock.pull_menu(mipos_mock.stores[1])]:
        mipos_mock.wait_delivered(push)

    assert [(store, {"of": store}, f"{ORIGIN}/menu") for store in mipos_mock.stores] == [
        (menu.store_id, menu.menu, menu.url) for menu in mipos_mock.menus
    ]


def test_webhooks_are_those_of_the_api(mipos_mock: MiposMock) -> None:
    """One that the API creates is seen, and one that is added here the API lists."""
    post(mipos_mock, CREATE, {"url": "https://a", "type": "Menu"})
    mipos_mock.add_webhook("https://b")

    assert [Webhook("https://a", "Menu"), Webhook("https://b", "ORDER")] == mipos_mock.webhooks
    assert [{"url": "https://a"}, {"url": "https://b"}] == list_webhooks(mipos_mock).json()


def test_calls_are_seen_as_they_came(mipos_mock: MiposMock) -> None:
    """A call has what was sent, what was answered, and nothing that proves who sent it."""
    url = f"{mipos_mock.base_url}{CREATE}?a=b"
    headers = {**bearer(mipos_mock), "X-Mine": "yes", "Cookie": "secret"}
    httpx.post(url, json={"url": 5}, headers=headers)
    (call,) = mipos_mock.calls

    assert ("POST", CREATE, "a=b", "create_webhook", 422, {"url": 5}) == (
        call.method,
        call.path,
        call.query,
        call.operation,
        call.status,
        call.json,
    )
    assert b'{"url":["The url must be a string."]}' == call.answer
    assert "yes" == call.headers["x-mine"]
    assert {"authorization", "cookie"}.isdisjoint(call.headers)
    assert ["query-string", "wrong-type"] == sorted(each.rule for each in call.violations)
    assert list(call.violations) == mipos_mock.violations


def test_calls_of_nobody_count_as_this_tests(mipos_mock: MiposMock) -> None:
    """A client with a wrong token is most likely the one under test."""
    for token in ("Bearer wrong", f"bearer {mipos_mock.token}"):
        httpx.get(f"{mipos_mock.base_url}{LIST}", headers={"Authorization": token})

    assert [401, 401] == [call.status for call in mipos_mock.calls]
    assert ["wrong-scheme"] == [each.rule for each in mipos_mock.violations]


def test_calls_of_others_are_not_seen(mipos_mock: MiposMock) -> None:
    """Neither those of another account, nor those with the token of a test that is over."""
    url = f"{mipos_mock.base_url}{LIST}"
    with running_mock() as other:
        httpx.get(f"{other.base_url}{LIST}", headers={"Authorization": "Bearer unknown"})
    httpx.get(url, headers={"Authorization": BETA})

    assert [] == mipos_mock.calls


def test_tests_do_not_meet() -> None:
    """An account has tokens, stores, orders and time of its own, and all of it goes with it."""
    with Engine() as engine:
        with MiposMock(engine) as first:
            first.add_webhook("http://pos.invalid")
            first.place_order()
            first.fault("latency", seconds=0.01, times=None)
            first.advance(3600)
            list_webhooks(first)
        with MiposMock(engine) as second:
            answered = list_webhooks(first)
            order = second.place_order()

            assert 401 == answered.status_code
            assert first.token != second.token
            assert first.secret != second.secret
            assert ([], []) == (second.calls, second.webhooks)
            assert [order] == second.orders
            assert order.placed_at < datetime.now(UTC) + timedelta(minutes=30)
            assert [] == second.pushes
            assert "latency" not in second.timeline()


def test_mocks_side_by_side_do_not_meet() -> None:
    """Two accounts of one engine have stores of their own, and see nothing of each other."""
    with Engine() as engine, MiposMock(engine) as first, MiposMock(engine) as second:
        first.mount(ORIGIN, Pos())
        first.add_webhook(f"{ORIGIN}/menu", type="Menu")
        first.add_webhook("http://pos.invalid/orders")
        order = first.place_order()
        for push in first.pull_menu():
            first.wait_delivered(push)

        assert set() == set(first.stores) & set(second.stores)
        assert ([order], 2, 1) == (first.orders, len(first.pushes), len(first.menus))
        assert ([], [], []) == (second.orders, second.pushes, second.menus)
        assert "still open: push 1 to http://pos.invalid/orders" in first.timeline()
        assert "nothing happened" == second.timeline()
        with pytest.raises(Refused, match=rf"send one of {', '.join(second.stores)}"):
            second.place_order(store_id=first.store_id)


def test_time_goes_on_after_it_was_set_ahead(mipos_mock: MiposMock, pos: Pos) -> None:
    """What is almost due then comes by itself, as soon as it is."""
    mipos_mock.fault("late", seconds=60)
    order = mipos_mock.place_order()
    mipos_mock.advance(59.9)

    mipos_mock.wait_delivered(order)
    assert 1 == len(pos.pushed)


def test_a_burst_is_placed_whole(mipos_mock: MiposMock, pos: Pos) -> None:
    """All of its orders are there when it returns, each another one."""
    orders = mipos_mock.burst(5, per_second=100, scenario="notes")
    for order in orders:
        mipos_mock.wait_delivered(order)

    assert orders == mipos_mock.orders
    assert {"notes"} == {order.scenario for order in orders}
    assert 5 == len({*pos.pushed})
    assert orders[4].placed_at - orders[0].placed_at > timedelta(seconds=0.02)


def test_it_may_be_used_from_threads(mipos_mock: MiposMock) -> None:
    """Threads of one test place and wait side by side."""
    mipos_mock.mount(ORIGIN, accepting(mipos_mock))
    mipos_mock.add_webhook(HOOK)
    together = threading.Barrier(4)

    def accepted(number: int) -> str:
        together.wait(10)
        return mipos_mock.wait_accepted(
            mipos_mock.place_order(order_external_id=f"order-{number}")
        ).order_external_id

    with ThreadPoolExecutor(4) as threads:
        names = set(threads.map(accepted, range(4)))

    assert {f"order-{number}" for number in range(4)} == names


@pytest.mark.parametrize(("mistake", "told"), MISTAKES)
def test_mistakes_are_told(
    mipos_mock: MiposMock, mistake: Callable[[MiposMock], object], told: str
) -> None:
    """What cannot be is refused in one line, and the traceback shows nothing of the mock."""
    with pytest.raises(Refused, match=told) as caught:
        mistake(mipos_mock)

    assert 1 == len(str(caught.value).splitlines())
    shown = [entry for entry in caught.traceback if not entry.ishidden(caught)]
    assert {__file__} == {str(entry.path) for entry in shown}


def test_a_mock_that_has_ended_refuses_to_go_on() -> None:
    """What a former test left behind cannot disturb a later one."""
    with Engine() as engine:
        with MiposMock(engine) as mock:
            order = mock.place_order()
        for use in (
            lambda: mock.orders,
            lambda: mock.advance(1),
            lambda: mock.wait_accepted(order),
            lambda: mock.mount(ORIGIN, Pos()),
        ):
            with pytest.raises(RuntimeError, match="has ended with its test"):
                use()


def test_an_engine_that_has_ended_refuses_to_go_on() -> None:
    """A client in this process that goes on is told so."""
    with running_mock() as mock:
        pass

    with pytest.raises(RuntimeError, match="the mock's engine has ended"):
        mock.base_url  # noqa: B018 - it is what raises


def test_secrets_are_not_shown(mipos_mock: MiposMock) -> None:
    """A repr holds neither token nor secret."""
    shown = repr(mipos_mock)

    assert mipos_mock.account in shown
    assert mipos_mock.token not in shown
    assert mipos_mock.secret not in shown


def test_the_names_in_the_types_are_the_mocks() -> None:
    """A type checker knows every scenario, operation and fault that there is, and no other."""
    kinds = set(faults.KINDS) - {"error"}  # that one is `fail_next`

    assert (set(SCENARIOS), set(OPERATIONS), kinds) == (
        set(get_args(Scenario)),
        set(get_args(OperationName)),
        set(get_args(FaultKind)),
    )


def test_a_script_can_run_one() -> None:
    """Without pytest there is the same mock, and nothing is left of it."""
    before = set(threading.enumerate())

    with running_mock() as mock:
        assert 200 == list_webhooks(mock).status_code

    assert set() == set(threading.enumerate()) - before


def test_a_reset_of_everything_does_not_break_the_end_of_a_test() -> None:
    """Who resets over HTTP takes the account away, and is told when it is used."""
    with running_mock() as mock:
        httpx.post(f"{mock.base_url}/_mock/reset", json={})

        with pytest.raises(Refused, match="is unknown"):
            mock.place_order()
