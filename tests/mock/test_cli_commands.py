"""What the commands but `order` and `journal` do, against a mock and a POS that runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mipos_mock.faults import KINDS
from mipos_mock.operations import OPERATIONS
from mipos_mock.scenarios import SCENARIOS
from tests.mock.cli_reference import help_of
from tests.mock.cli_support import (
    MENU,
    mock,
    register,
    rows,
    run,
)
from tests.mock.receiver import Connection, Received, receiving
from tests.mock.support import DELETE, LIST, fetch

if TYPE_CHECKING:
    from tests.mock.receiver import Receiver


def test_pushes_are_listed_shown_and_sent_again(loop: tuple[str, Receiver]) -> None:
    """A push can be found, looked at and sent again, with the same bytes."""
    url, receiver = loop
    order = run("order", "place", "--wait", "10", "--json", url=url).json
    listed = run("push", "list", "--order", order["order_external_id"], url=url)
    of_another = run("push", "list", "--order", "1", url=url)
    replayed = run("push", "replay", "1", "--wait", "10", url=url)
    queued = run("push", "replay", "1", "--json", url=url)
    shown = run("push", "show", "2", url=url)
    first, again, _ = receiver.wait_for(3)

    assert "no push\n" == of_another.out
    assert [["1", "delivered", "ORDER", "alpha", "3", "5", "1", "-"]] == [
        row[:8] for row in rows(listed.out)
    ]
    assert "push 1 is sent again as push 2" == replayed.out.splitlines()[0]
    assert (0, 3, 1) == (replayed.code, queued.json["id"], queued.json["replay_of"])
    assert first.body == again.body
    assert "  replay of  1" in shown.out.splitlines()
    assert f'      "total": {order["total"]},' in shown.out.splitlines()


def test_push_that_is_pending_is_not_waited_for_in_vain(url: str) -> None:
    """When the time for a push is over the exit code is 1."""
    register(url, "http://127.0.0.1:9/orders")
    run("order", "place", url=url)
    finished = run("push", "wait", "1", "--timeout", "0", url=url)

    assert (1, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))
    assert finished.err.startswith("mipos-mock: push 1 to http://127.0.0.1:9/orders is ")


def test_menu_is_pulled_and_shown(loop: tuple[str, Receiver]) -> None:
    """Pulling shows what the POS answered, as JSON too, and the list has it."""
    url, receiver = loop
    pulled = run("menu", "pull", "--store", "10", url=url)
    as_json = run("menu", "pull", "--account", "alpha", "--json", url=url)
    listed = run("menu", "list", url=url)
    asked = run("menu", "pull", "--wait", "0", url=url)

    assert f"menu of store 10 from {receiver.url}/menu" == pulled.out.splitlines()[0]
    assert MENU == json.loads("\n".join(pulled.out.splitlines()[1:]))
    assert [("3", MENU)] == [(each["store_id"], each["menu"]) for each in as_json.json["menus"]]
    assert ["10", "3"] == [row[1] for row in rows(listed.out)]
    assert json.dumps(MENU)[:50] in listed.out
    assert (0, "Menu") == (asked.code, rows(asked.out)[0][2])


def test_menu_of_nobody_is_refused(url: str) -> None:
    """Without a Menu webhook the exit code is 1."""
    finished = run("menu", "pull", url=url)

    assert (1, "", 1) == (finished.code, finished.out, len(finished.err.splitlines()))


def test_menu_that_never_comes() -> None:
    """When the push for the menu is cancelled the exit code is 1."""

    def refuse(connection: Connection, _received: Received) -> None:
        connection.answer(500)
        fetch(url, "POST", DELETE, json.dumps({"url": receiver.url}).encode())
        fetch(url, "POST", "/_mock/clock/advance", b'{"seconds": 10}')

    with mock() as url, receiving(refuse) as receiver:
        register(url, receiver.url, "Menu")
        finished = run("menu", "pull", "--wait", "10", url=url)

    assert (1, "") == (finished.code, finished.out)
    assert f"push 1 to {receiver.url} is cancelled: " in finished.err


def test_menu_that_does_not_come_in_time(url: str) -> None:
    """When the POS does not answer in time the exit code is 1."""
    register(url, "http://127.0.0.1:9/menu", "Menu")
    finished = run("menu", "pull", "--wait", "0.001", url=url)

    assert (1, "") == (finished.code, finished.out)
    assert finished.err.startswith("mipos-mock: push 1 to http://127.0.0.1:9/menu is ")


def test_fault_strikes_until_it_is_removed(url: str) -> None:
    """A fault that was set is listed, strikes, and is gone once it was removed."""
    message = "Unable to get token."
    run("fault", "set", "error", "--status", "409", "--times", "forever", url=url)
    other = run(
        *("fault", "set", "error", "--status", "409", "--message", message, "--json"),
        *("--operation", "accept_order", "--account", "beta", "--times", "2"),
        url=url,
    )
    late = run("fault", "set", "late", "--seconds", "2m", "--json", url=url)
    listed = run("fault", "list", url=url)
    struck = [fetch(url, "GET", LIST).status for _ in range(2)]
    removed = run("fault", "remove", "1", url=url)
    missing = run("fault", "remove", "1", url=url)
    of_beta = run("fault", "remove", "--account", "beta", "--json", url=url)
    rest = run("fault", "remove", "--all", url=url)

    assert ["1", "error", "alpha", "forever", "-", "409", "-", "-"] == rows(listed.out)[0]
    assert {
        "id": 2,
        "kind": "error",
        "account": "beta",
        "times": 2,
        "operation": "accept_order",
        "status": 409,
        "message": message,
        "seconds": None,
    } == other.json
    assert 120 == late.json["seconds"]
    assert [409, 409] == struck
    assert (0, "removed 1 fault\n") == (removed.code, removed.out)
    assert (1, "mipos-mock: fault 1 is not set: ") == (missing.code, missing.err[:32])
    assert {"removed": 1} == of_beta.json
    assert "removed 1 fault\n" == rest.out
    assert 200 == fetch(url, "GET", LIST).status


@pytest.mark.parametrize(
    "arguments",
    [
        ("fault", "remove"),
        ("fault", "remove", "1", "--all"),
        ("fault", "remove", "--account", "alpha", "--all"),
        ("fault", "remove", "0"),
        ("fault", "set", "drop", "--times", "0"),
        ("fault", "list", "--kinds", "--account", "alpha"),
    ],
)
def test_options_of_faults_that_cannot_be(arguments: tuple[str, ...]) -> None:
    """What is to be removed or set has to be clear, else one line says so, with code 2."""
    finished = run(*arguments)

    assert (2, 1) == (finished.code, len(finished.err.splitlines()))


def test_help_names_every_kind_operation_and_scenario() -> None:
    """What can be chosen stands in the help, all of it."""
    fault = " ".join(help_of(("fault", "set")).split())
    scenarios = " ".join(help_of(("order", "place")).split())

    assert ", ".join(each.name for each in KINDS.values() if each.on == "call") in fault
    assert ", ".join(each.name for each in KINDS.values() if each.on == "push") in fault
    assert ", ".join(OPERATIONS) in fault
    assert ", ".join(SCENARIOS).replace("simple", "simple (default)") in scenarios


def test_kinds_of_faults_are_listed(url: str) -> None:
    """The list of kinds has every kind and every documented message."""
    finished = run("fault", "list", "--kinds", url=url)

    assert list(KINDS) == [row[0] for row in rows(finished.out)[: len(KINDS)]]
    assert "You don't have this store available." in finished.out


def test_accounts_are_added_listed_and_deleted(url: str) -> None:
    """An account comes with token, secret and stores, and goes with all its own."""
    added = run("account", "add", "till-7", "--store", "70", "--store", "71", url=url)
    made_up = run("account", "add", "--json", url=url)
    listed = run("account", "list", url=url)
    as_json = run("account", "list", "--json", url=url)
    deleted = run("account", "delete", "till-7", url=url)
    gone = run("account", "delete", "till-7", url=url)

    expected = ["till-7", "active", "mock-token-till-7", "mock-secret-till-7", "70,", "71"]
    assert [expected] == rows(added.out)
    assert "account-6" == made_up.json["name"]
    assert expected in rows(listed.out)
    assert ["read-only", "ORDER", "https://pos.example/read-only"] in rows(listed.out)
    assert ["till-7", "account-6"] == [each["name"] for each in as_json.json["accounts"]][-2:]
    assert (0, "account till-7 deleted\n") == (deleted.code, deleted.out)
    assert 1 == gone.code


def test_clock_is_set_ahead(url: str) -> None:
    """The clock can be set ahead by seconds and by longer units, and is shown."""
    first = run("clock", "advance", "90s", url=url)
    second = run("clock", "advance", "1h", "--json", url=url)
    shown = run("clock", "show", url=url)
    nonsense = run("clock", "advance", "soon", url=url)

    assert first.out.endswith(" UTC, 90 s ahead\n")
    assert 3690 == second.json["ahead_seconds"]
    assert shown.out.endswith(" UTC, 3690 s ahead\n")
    assert (2, "mipos-mock: seconds: 'soon' is no") == (nonsense.code, nonsense.err[:33])


def test_reset_undoes_everything_or_one_account(url: str) -> None:
    """After a reset there is what a fresh server holds, for all or for one account."""
    run("account", "add", url=url)
    run("order", "place", "--store", "4", url=url)
    one = run("reset", "--account", "beta", url=url)
    orders = run("order", "list", "--account", "beta", url=url)
    kept = run("account", "list", url=url)
    every = run("reset", "--json", url=url)

    assert (0, "account beta is as on a fresh server\n") == (one.code, one.out)
    assert "no order\n" == orders.out
    assert "account-6" in kept.out
    assert {"reset": True} == every.json
    assert "account-6" not in run("account", "list", url=url).out
