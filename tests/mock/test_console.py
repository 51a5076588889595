"""What a developer does with the console, against a mock that pushes to a real receiver."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.mock.console_page import Mock, opened
from tests.mock.receiver import Connection, Received, answering, receiving
from tests.mock.support import ACCEPT, CREATE, LIST

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.mock.console_fixtures"]


def test_an_order_is_placed_and_watched(browser: Browser, mock: Mock) -> None:
    """The form's order reaches the receiver, and list and timeline show it without a reload."""
    with mock.heard() as receiver, opened(browser, mock.url) as console:
        console.page.get_by_label("Scenario").select_option("modifiers")
        console.button("Place order").click()
        (received,) = receiver.wait_for(1)
        name = json.loads(received.body)["external_id"]

        assert f"Placed: order {name}." == console.told("#place", text=name)
        console.order(name, "modifiers", "delivered").wait_for()
        console.entry(f"order {name} placed").wait_for()
        console.entry("push 1 (ORDER)", "200").wait_for()
        assert ([], []) == (console.seen.complaints, console.seen.outside)


def test_every_field_of_the_form_is_sent(browser: Browser, mock: Mock) -> None:
    """Seed, delivery platform, id and overrides decide the order; it is not pushed if so asked."""
    with opened(browser, mock.url) as console:
        page = console.page
        page.locator("#place summary").click()
        page.get_by_label("Store").first.select_option("10")
        page.get_by_label("Seed").fill("7")
        page.get_by_label("Delivery platform").fill("4")
        page.get_by_label("Order id").fill("mine")
        page.get_by_label("Overrides").fill('{"total": 123456789}')
        page.get_by_label("Push it").uncheck()
        console.button("Place order").click()
        console.order("mine", "1,234,567.89", "not pushed").wait_for()
        order = mock.control("GET", "orders/mine")

    assert ("10", "4", 123456789) == (order["store_id"], order["delivery_id"], order["total"])
    assert mock.place(store_id="10", seed=7, push=False)["customer"] == order["customer"]


def test_a_burst_is_placed(browser: Browser, mock: Mock) -> None:
    """More orders than one come at the rate that was asked for."""
    with mock.heard() as receiver, opened(browser, mock.url) as console:
        console.page.locator("#place summary").click()
        console.page.get_by_label("Orders", exact=True).first.fill("3")
        console.page.get_by_label("a second").fill("500")
        console.button("Place order").click()

        assert "3 orders come, 500 a second." == console.told("#place", text="come")
        receiver.wait_for(3)


def test_what_is_refused_is_said_where_it_was_asked(browser: Browser, mock: Mock) -> None:
    """The form shows the interface's words, and its own where nothing could be sent."""
    with opened(browser, mock.url) as console:
        console.page.locator("#place summary").click()
        overrides = console.page.get_by_label("Overrides")
        overrides.fill('{"totl": 1}')
        console.button("Place order").click()
        refused = console.told("#place", text="totl")
        overrides.fill("{")
        console.button("Place order").click()
        unread = console.told("#place", text="no JSON")
        overrides.fill("")
        console.button("Place order").click()
        console.told("#place", text="Placed")

    assert mock.place(overrides={"totl": 1})["error"] == refused
    assert unread.startswith("Overrides are no JSON: ")
    assert [] == console.complaints


def test_an_order_is_accepted_as_a_pos_would(browser: Browser, mock: Mock) -> None:
    """The button calls the platform's API with the token of the order's account."""
    order = mock.place(account="beta")
    with opened(browser, mock.url) as console:
        console.button(f"Accept order {order['order_external_id']}").click()
        console.order(order["order_external_id"], "accepted").wait_for()
        console.entry(f"POST {ACCEPT}", "beta", "200").wait_for()

    assert "accepted" == mock.control("GET", f"orders/{order['id']}")["status"]


def test_a_refused_acceptance_is_said_in_its_row(browser: Browser, mock: Mock) -> None:
    """The platform's words stand below the order."""
    with opened(browser, mock.url) as console:
        console.button("Accept order order-no-token").click()
        row = console.order("order-no-token", "Unable to get token.")
        row.wait_for()

        assert "409: Unable to get token." == row.locator(".told").inner_text()


def test_a_push_is_replayed(browser: Browser, mock: Mock) -> None:
    """The receiver gets the same bytes again, and the list says what is a replay of what."""
    with mock.heard() as receiver, opened(browser, mock.url) as console:
        mock.place()
        receiver.wait_for(1)
        console.page.get_by_role("tab", name="Pushes").click()
        console.button("Replay push 1").click()
        one, other = receiver.wait_for(2)
        console.push("2: ", "replay of 1").wait_for()

    assert one.body == other.body


def test_a_webhook_is_registered_and_removed(browser: Browser, mock: Mock) -> None:
    """The form speaks to the platform's API, and shows its words, refusals included."""
    with receiving() as receiver, opened(browser, mock.url) as console:
        form = "form[aria-label='Register a webhook for alpha']"
        words: list[str] = []
        for said in ("created", "exists"):
            console.page.locator(f"{form} input").fill(receiver.url)
            console.page.locator(f"{form} button").click()
            words.append(console.told(form, text=said))
        console.entry(f"POST {CREATE}", "201").wait_for()
        console.button(f"Remove webhook {receiver.url}").click()
        words.append(console.told(form, text="removed"))

    assert [
        "Webhook successfully created",
        "409: This webhook already exists",
        "Webhook successfully removed",
    ] == words
    assert [] == mock.control("GET", "state?account=alpha")["accounts"][0]["webhooks"]


def test_a_menu_is_pulled(browser: Browser, mock: Mock) -> None:
    """Without a Menu webhook the form says so; with one, the answer is listed and shown."""
    with opened(browser, mock.url) as console:
        console.page.get_by_role("tab", name="Menus").click()
        console.button("Pull menu").click()
        refused = console.told("#pull", text="webhook")
        with mock.heard(answering(200, b'{"dish": "Sopa"}'), "Menu"):
            console.button("Pull menu").click()
            console.page.locator("#menus button").click()
            content = console.details().get_by_text('"Sopa"')
            content.wait_for()

    assert (
        mock.control("POST", "menus/pull", {"account": "beta"})["error"].replace("beta", "alpha")
        == refused
    )


def test_a_fault_is_set_strikes_and_is_removed(browser: Browser, mock: Mock) -> None:
    """Kinds and messages are those of the interface, and a POS feels what was set."""
    with opened(browser, mock.url) as console:
        dialog = console.page.locator("#fault-dialog")
        console.button("Set a fault…").click()
        dialog.get_by_label("Operation").select_option("list_webhooks")
        dialog.get_by_label("Message").select_option("User not found.")
        dialog.get_by_label("Until it is removed").check()
        dialog.get_by_role("button", name="Set fault").click()
        console.fault("409 User not found. · list_webhooks · alpha · until removed").wait_for()
        assert 409 == mock.platform("GET", LIST, {})
        console.entry(f"GET {LIST}", "409").wait_for()
        console.button("Remove fault 1: error").click()
        console.fault().wait_for(state="detached")

        assert "Faults" == console.focus
    assert 200 == mock.platform("GET", LIST, {})


def test_a_refused_fault_is_said_in_the_dialog(browser: Browser, mock: Mock) -> None:
    """The dialog stays open with the interface's words."""
    with opened(browser, mock.url) as console:
        console.button("Set a fault…").click()
        console.page.locator("#fault-dialog").get_by_label("latency").check()
        console.page.get_by_label("Seconds").fill("-1")
        console.button("Set fault").click()
        refused = console.told("#fault", text="seconds")

    assert mock.control("POST", "faults", {"kind": "latency", "seconds": -1})["error"] == refused


def test_the_fields_of_a_fault_are_those_of_its_kind(browser: Browser, mock: Mock) -> None:
    """What does not go with the kind is not asked for."""
    with opened(browser, mock.url) as console:
        console.button("Set a fault…").click()
        shown: dict[str, list[str]] = {}
        for kind in ("error", "latency", "drop", "late", "duplicate"):
            console.page.locator(f"#fault input[value={kind}]").check()
            labels = console.page.locator("#fault-fields label:visible").all()
            shown[kind] = [str(label.get_attribute("data-field")) for label in labels]

    kinds = {each["kind"]: each["fields"] for each in mock.control("GET", "faults/kinds")["kinds"]}
    assert {kind: kinds[kind] for kind in shown} == shown


def test_the_clock_is_set_to_the_next_try(browser: Browser, mock: Mock) -> None:
    """A push that was not taken is sent again at once, and the header says how far ahead it is."""

    def second_time(connection: Connection, _received: Received) -> None:
        connection.answer(200 if len(receiver.received) > 1 else 500)

    with mock.heard(second_time) as receiver, opened(browser, mock.url) as console:
        mock.place()
        console.order("waiting").wait_for()
        console.button("Next try").click()
        console.order("delivered, 2 tries").wait_for()
        console.page.locator("#ahead").filter(has_text="s ahead").wait_for()
        console.button("Next try").click()
        console.page.locator("#clock-told").filter(has_text="No push waits").wait_for()
        console.button("+10 min").click()
        console.entry("clock set ahead by 600 s").wait_for()


def test_a_reset_asks_first(browser: Browser, mock: Mock) -> None:
    """Cancelled it changes nothing; confirmed, all lists are those of a fresh mock."""
    mock.place(order_external_id="mine")
    with opened(browser, mock.url) as console:
        console.button("Reset…").click()
        console.page.locator("#reset-cancel").click()
        kept = mock.control("GET", "orders/mine")["status"]
        console.button("Reset…").click()
        console.page.locator("#reset button[type=submit]").click()
        console.order("mine").wait_for(state="detached")
        console.entry("order mine placed").wait_for(state="detached")

    assert "pending" == kept
    assert 4 == len(mock.control("GET", "orders")["orders"])


def test_one_account_is_reset(browser: Browser, mock: Mock) -> None:
    """The other accounts keep what they have."""
    mock.place(order_external_id="of-alpha")
    mock.place(order_external_id="of-beta", account="beta")
    with opened(browser, mock.url) as console:
        console.button("Reset…").click()
        console.page.locator("#reset-account").select_option("beta")
        console.page.locator("#reset button[type=submit]").click()
        console.order("of-beta").wait_for(state="detached")

        assert 1 == console.order("of-alpha").count()
