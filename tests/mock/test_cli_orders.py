"""`mipos-mock order`, against a mock and a POS that runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.mock.cli_support import (
    accept,
    rows,
    run,
)

if TYPE_CHECKING:
    from tests.mock.receiver import Receiver


def test_placed_order_is_waited_for(loop: tuple[str, Receiver]) -> None:
    """Placing with --wait ends once the POS has accepted, and shows the way there."""
    url, receiver = loop
    finished = run("order", "place", "--wait", "10", url=url)
    as_json = run("order", "place", "--wait", "10", "--json", url=url)

    assert (0, 0) == (finished.code, as_json.code)
    assert ["/orders", "/orders"] == [each.line.split()[1] for each in receiver.received]
    assert " accepted" in finished.out.splitlines()[1]
    assert re.search(r"push 1 \(ORDER\) to \S+/orders  200 ", finished.out)
    assert (6, "accepted") == (as_json.json["id"], as_json.json["status"])


def test_order_has_what_was_asked_for(url: str) -> None:
    """Each option of an order reaches the mock; values are JSON where they can be."""
    finished = run(
        *("order", "place", "--json", "--scenario", "notes", "--seed", "7", "--store", "10"),
        *("--account", "alpha", "--delivery-id", "5", "--external-id", "mine", "--no-push"),
        *("--set", "customer=Ana = Bea", "--set", "items.0.quantity=3", "--set", 'instructions=""'),
        url=url,
    )
    again = run("order", "place", "--json", "--scenario", "notes", "--seed", "7", url=url)
    of_beta = run("order", "place", "--json", "--account", "beta", url=url)
    order = finished.json

    assert ("beta", "4") == (of_beta.json["account"], of_beta.json["store_id"])
    assert ("notes", "10", "5", "mine", "alpha") == (
        order["scenario"],
        order["store_id"],
        order["delivery_id"],
        order["order_external_id"],
        order["account"],
    )
    assert ("Ana = Bea", 3, "") == (
        order["order"]["customer"],
        order["order"]["items"][0]["quantity"],
        order["order"]["instructions"],
    )
    assert again.json["order"]["items"][0]["name"] == order["order"]["items"][0]["name"]
    assert "not pushed, as asked" in order["timeline"][0]["title"]


@pytest.mark.parametrize("value", ["NaN", "[" * 100_000, "9" * 5000, "{x}"])
def test_value_that_is_no_json_is_text(url: str, value: str) -> None:
    """A value that cannot be read as JSON is taken as it stands."""
    finished = run("order", "place", "--json", "--set", f"customer={value}", url=url)

    assert value == finished.json["order"]["customer"]


def test_many_orders_are_placed(loop: tuple[str, Receiver]) -> None:
    """With --count so many orders are placed, at the rate that was asked for."""
    url, receiver = loop
    finished = run("order", "place", "--count", "3", "--rate", "100", url=url)
    receiver.wait_for(3)

    assert (0, "placing 3 orders, 100 a second\n") == (finished.code, finished.out)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["place", "--rate", "5"], "--rate goes with --count"),
        (["place", "--count", "2", "--wait", "5"], "--wait is for one order"),
        (["place", "--count", "2", "--wait", "0"], "--wait is for one order"),
        (["place", "--count", "2", "--no-push"], "--no-push is for one order"),
        (["place", "--count", "2", "--external-id", "x"], "--external-id is for one order"),
        (["place", "--set", "customer"], "--set: 'customer' sets nothing"),
        (["place", "--set", "=1"], "--set: '=1' sets nothing"),
        (["wait", "1", "--timeout", "-1"], "--timeout: '-1' is no length of time"),
        (["list", "--status", "lost"], "--status: 'lost' is not one of"),
    ],
)
def test_options_of_orders_that_cannot_be(arguments: list[str], told: str) -> None:
    """Options that contradict each other or say nothing are told in one line, with code 2."""
    finished = run("order", *arguments)

    assert (2, 1) == (finished.code, len(finished.err.splitlines()))
    assert finished.err.startswith(f"mipos-mock: {told}")


def test_orders_are_listed(url: str) -> None:
    """Orders stand in a table, money with two decimals, and can be chosen by store and status."""
    accept(url, "1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7")
    run("order", "place", "--store", "10", url=url)
    everything = run("order", "list", url=url)
    pending = run("order", "list", "--status", "pending", "--store", "3", url=url)
    newest = run("order", "list", "--limit", "1", "--account", "alpha", url=url)
    none = run("order", "list", "--account", "beta", url=url)

    assert ["ID", "STATUS", "PLACED", "ACCOUNT", "STORE", "DELIVERY", "TOTAL"] == (
        everything.out.split()[:7]
    )
    assert ["1", "accepted", "-", "alpha", "3", "1", "258.00"] == rows(everything.out)[0][:7]
    assert ["2", "3", "4"] == [row[0] for row in rows(pending.out)]
    assert ["5"] == [row[0] for row in rows(newest.out)]
    assert "no order\n" == none.out


def test_order_is_shown_by_number_and_by_id(url: str) -> None:
    """Either name of an order shows its content, with modifiers and money."""
    by_number = run("order", "show", "1", url=url)
    by_id = run("order", "show", "01f1b8ce-a65d-4876-a72f-8f549f3566b7", url=url)

    assert (0, by_id.out) == (by_number.code, by_number.out)
    assert "  total     258.00, discount 8.00" in by_number.out.splitlines()
    assert re.search(r"^ {5}2 x .+  258\.00$", by_number.out, re.MULTILINE)
    assert re.search(r"^ {9}\+ 1 x .+  20\.00$", by_number.out, re.MULTILINE)


@pytest.mark.parametrize("name", ["a?b#c", "100%25", "a&b=c+d", ".."])
def test_order_is_found_whatever_its_id_is(url: str, name: str) -> None:
    """Characters that mean something in a URL mean nothing in an id."""
    run("order", "place", "--external-id", name, url=url)
    shown = run("order", "show", name, "--json", url=url)
    pushes = run("push", "list", "--order", name, url=url)

    assert name == shown.json["order_external_id"]
    assert "no push\n" == pushes.out


def test_items_of_a_big_order_are_cut(url: str) -> None:
    """Ten items of a hundred are shown, and how many are left."""
    finished = run("order", "place", "--scenario", "big", url=url)

    assert "         90 more" in finished.out.splitlines()


def test_accepted_order_need_not_be_waited_for(url: str) -> None:
    """Waiting for an order that is accepted ends at once and shows it."""
    accept(url, "1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7")
    finished = run("order", "wait", "1", "--timeout", "0", url=url)

    assert 0 == finished.code
    assert finished.out.startswith("order 1  01f1b8ce-a65d-4876-a72f-8f549f3566b7  accepted\n")
