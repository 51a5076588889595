"""What the console shows: details, filters, and whatever others sent, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.mock.console_page import Mock, opened
from tests.mock.receiver import answering
from tests.mock.support import ACCEPT, BETA, CREATE, LIST

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.mock.console_fixtures"]

MARKUP = "<img src=x onerror=\"document.title='taken'\">"
ENTRIES_MAX = 500


def test_a_call_is_shown_with_what_is_wrong_with_it(browser: Browser, mock: Mock) -> None:
    """Its details hold violations with their remedies, headers without the token, and bodies."""
    mock.platform("POST", ACCEPT, {"delivery_id": 1, "store_id": "3", "order_external_id": "x"})
    with opened(browser, mock.url) as console:
        console.entry(f"POST {ACCEPT}", "422", "1 violation").get_by_role("button").click()
        details = console.details()
        details.get_by_text("7 headers").or_(details.get_by_text("6 headers")).click()
        details.get_by_text("Raw, as sent").first.click()
        text = details.inner_text()

    entry = mock.control("GET", "journal?kind=call")["entries"][0]
    (violation,) = mock.control("GET", f"journal/{entry['id']}")["detail"]["violations"]
    assert violation["message"] in text
    assert violation["remedy"] in text
    assert '{"delivery_id": 1, "store_id": "3", "order_external_id": "x"}' in text
    assert '"delivery_id": 1,\n' in text
    assert "The delivery id must be a string." in text
    assert "(hidden)" in text


def test_a_push_is_shown_with_every_try(browser: Browser, mock: Mock) -> None:
    """Each has its status and answer, and leads to its headers and back."""
    with mock.heard(answering(503, b"out of paper")), opened(browser, mock.url) as console:
        mock.place()
        console.order("waiting").wait_for()
        console.page.get_by_role("tab", name="Pushes").click()
        console.push("waiting").get_by_role("button").first.click()
        details = console.details()
        details.get_by_role("button", name="Try now").click()
        details.locator(".tries > li").nth(1).wait_for()
        tries = [
            " ".join(each.split()) for each in details.locator(".tries > li").all_inner_texts()
        ]
        details.get_by_role("button", name="headers").nth(1).click()
        details.get_by_role("heading", name="try 2").wait_for()
        details.get_by_text("3 headers").click()
        signed = details.get_by_text("Signature-Webhook", exact=True).count()
        console.button("Back").click()
        details.get_by_role("heading", name="Push 1").wait_for()

    assert [True, True] == ["503" in each and "out of paper" in each for each in tries]
    assert 1 == signed


def test_an_order_is_shown_with_its_story(browser: Browser, mock: Mock) -> None:
    """Its details follow it, and say how a POS accepts it."""
    with mock.heard(), opened(browser, mock.url) as console:
        order = mock.place(order_external_id="it's mine".replace(" ", "-"))
        console.order("it's-mine", "delivered").get_by_role("button").first.click()
        details = console.details()
        line = details.get_by_text("curl -sS").inner_text()
        details.get_by_role("button", name="Accept").click()
        details.locator("dd").filter(has_text="accepted").wait_for()
        story = details.locator(".entries .title").all_inner_texts()

    assert f"'{mock.url}{ACCEPT}'" in line
    assert "it'\\''s-mine" in line
    assert [
        "order it's-mine placed, pushed to 1 webhook",
        f"push 1 (ORDER) to {order['pushes'][0]['url']}",
        "order it's-mine accepted",
        f"POST {ACCEPT}",
    ] == story


def test_the_timeline_is_filtered(browser: Browser, mock: Mock) -> None:
    """By account, by kind, and to what needs a look; what comes later is filtered too."""
    mock.platform("GET", LIST, {})
    mock.platform("GET", LIST, {}, BETA)
    mock.place(account="beta")
    with opened(browser, mock.url) as console:
        page = console.page
        page.locator("#kinds").get_by_text("Calls").click()
        console.entry("order").wait_for(state="detached")
        calls = console.entry().count()
        page.get_by_label("Account").first.select_option("beta")
        console.entry("alpha").wait_for(state="detached")
        mock.platform("GET", LIST, {})
        mock.place(account="beta")
        mock.platform("POST", ACCEPT, {}, BETA)
        console.entry("422").wait_for()
        of_beta = console.entry().count()
        page.get_by_label("Problems only").check()
        problems = console.entry().all_inner_texts()

        assert (2, 2) == (calls, of_beta)
        assert 1 == len(problems)
        assert ["4 · beta"] == page.get_by_label("Store").first.locator("option").all_inner_texts()


def test_the_timeline_is_bounded(browser: Browser, mock: Mock) -> None:
    """Of more entries than it shows, the oldest give way, also to those that come later."""
    for number in range(ENTRIES_MAX):
        mock.platform("GET", f"/{number}", {})
    with opened(browser, mock.url) as console:
        mock.platform("GET", "/late", {})
        console.entry("GET /late").wait_for()

        assert ENTRIES_MAX == console.entry().count()
        assert 0 == console.page.get_by_text("GET /0", exact=True).count()
        assert console.page.get_by_text("The newest 500 at most are shown.").is_visible()


def test_markup_is_text(browser: Browser, mock: Mock) -> None:
    """Whatever an order, a receiver or a path says, it makes no element and runs nothing."""
    with (
        mock.heard(answering(500, MARKUP.encode(), [("X-Markup", MARKUP)])),
        opened(browser, mock.url) as console,
    ):
        mock.platform("POST", "/%3Cimg%20src=x%3E", {"x": MARKUP})
        mock.place(overrides={"customer": MARKUP, "items.0.name": MARKUP})
        console.order(MARKUP, "waiting").get_by_role("button").first.click()
        console.details().get_by_text(MARKUP).first.wait_for()
        console.page.keyboard.press("Escape")
        console.entry("push 1").get_by_role("button").click()
        for text in console.details().get_by_text("headers").all():
            text.click()
        console.details().get_by_text(MARKUP, exact=True).first.wait_for()
        console.page.keyboard.press("Escape")
        console.entry("<img src=x>").get_by_role("button").click()
        console.details().get_by_text(MARKUP.replace('"', '\\"')).first.wait_for()

        assert 0 == console.page.locator("img").count()
        assert "taken" != console.page.title()
        assert ([], []) == (console.complaints, console.seen.outside)


def test_a_fresh_mock_says_what_to_do(browser: Browser) -> None:
    """The empty timeline has the line that registers a webhook here; what is missing is offered."""
    with running(create_app(fresh_state())) as url, opened(browser, url) as console:
        line = console.page.locator("#entries-none pre").inner_text()
        hint = console.page.locator("#unheard").inner_text()
        console.button("Register one").click()
        field = console.page.evaluate("document.activeElement.name")

    assert f"curl -sS '{url}{CREATE}'" in line
    assert "Authorization: Bearer mock-token-alpha" in line
    assert hint.startswith("alpha has no ORDER webhook yet, so its orders are pushed nowhere.")
    assert "url" == field


def test_a_token_is_copied(browser: Browser, mock: Mock) -> None:
    """The clipboard has it, and the reader is told."""
    with opened(browser, mock.url) as console:
        console.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        console.button("Copy token of alpha").click()
        console.page.locator("#status").filter(has_text="Copied").wait_for(state="attached")

        assert "mock-token-alpha" == console.page.evaluate("navigator.clipboard.readText()")


def test_what_is_gone_is_said_so(browser: Browser, mock: Mock) -> None:
    """The details of an entry that was forgotten name it; a lost account gives way to all."""
    account = mock.control("POST", "accounts", {"name": "short-lived"})
    with opened(browser, mock.url) as console:
        console.page.get_by_label("Account").first.select_option(account["name"])
        mock.platform("GET", LIST, {}, f"Bearer {account['token']}")
        row = console.entry(LIST)
        row.wait_for()
        mock.control("DELETE", f"accounts/{account['name']}")
        row.get_by_role("button").click()
        details = console.details()
        text = details.inner_text()
        console.page.keyboard.press("Escape")
        console.page.evaluate("document.dispatchEvent(new Event('mock:changed'))")
        row.wait_for(state="detached")

        assert "" == console.page.get_by_label("Account").first.input_value()
    assert "Not there" in text
    assert "is unknown: GET /_mock/journal lists them" in text
