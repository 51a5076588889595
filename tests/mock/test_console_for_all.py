"""The console serves everybody: by keyboard, by screen reader, on a phone, by day and by night."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.browser import DESKTOP, PHONE
from tests.mock.console_page import WIDE_PHONE, Console, Mock, Scheme, opened
from tests.mock.receiver import answering
from tests.mock.support import ACCEPT, LIST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytest_plugins = ["tests.mock.console_fixtures"]

LONG = "an-id-of-some-length-" * 10


def fill(mock: Mock) -> None:
    """Lets one of everything happen that the console shows."""
    mock.place(scenario="rtl", order_external_id=LONG)
    mock.place(scenario="long-text")
    mock.control("POST", "menus/pull", {})
    mock.platform("POST", ACCEPT, {"delivery_id": 1})
    mock.platform("POST", ACCEPT, {"delivery_id": "1", "store_id": "3", "order_external_id": LONG})
    mock.control("POST", "faults", {"kind": "latency", "seconds": 2, "times": None})
    mock.control("POST", "faults", {"kind": "error", "status": 409})
    mock.platform("GET", LIST, {}, "Bearer wrong")
    mock.control("POST", "clock/advance", {"seconds": 60})


def states(console: Console) -> Iterator[str]:
    """Brings the console into one state after another, and names each."""
    page = console.page
    console.order().first.wait_for()
    page.locator("#place summary").click()
    yield "lists"
    for kind, row in (("order", console.order(LONG[:20])), ("call", console.entry("violation"))):
        row.get_by_role("button").first.click()
        for text in console.details().locator("summary").all():
            text.click()
        yield kind
        page.keyboard.press("Escape")
    for name in ("Menus", "Pushes"):
        page.get_by_role("tab", name=name).click()
        yield name
    console.push("waiting").get_by_role("button").first.click()
    console.details()
    yield "push"
    page.keyboard.press("Escape")
    for name in ("Set a fault…", "Reset…"):
        console.button(name).click()
        page.locator("dialog[open]").wait_for()
        yield name
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("scheme", "size", "most"),
    [
        ("light", DESKTOP, None),
        ("dark", WIDE_PHONE, None),
        # Colours depend on the one alone, and layout on the other.
        ("dark", DESKTOP, 2),
        ("light", WIDE_PHONE, 2),
    ],
)
def test_readers_with_disabilities_are_served(
    browser: Browser, mock: Mock, scheme: Scheme, size: tuple[int, int], most: int | None
) -> None:
    """Axe finds nothing in any state: neither in names, roles and order, nor in contrast."""
    with mock.heard(answering(500, b"{}")), mock.heard(kind="Menu"):
        fill(mock)
        with opened(browser, mock.url, scheme=scheme, size=size, bypass_policy=True) as console:
            found = [
                (state, violation)
                for state in islice(states(console), most)
                for violation in console.seen.violations()
            ]

    assert [] == found


def test_the_page_is_quiet_and_fits(browser: Browser, mock: Mock) -> None:
    """In no state and window does it complain, ask for something elsewhere, or scroll sideways."""
    with mock.heard(answering(500, b"{}")), mock.heard(kind="Menu"):
        fill(mock)
        with opened(browser, mock.url) as console:
            wide = [
                (state, size, part)
                for state in states(console)
                for size in (DESKTOP, (1024, 700), (768, 1024), WIDE_PHONE, PHONE)
                for part in too_wide(console, size)
            ]

    assert ([], [], []) == (wide, console.seen.complaints, console.seen.outside)


def too_wide(console: Console, size: tuple[int, int]) -> list[str]:
    """Which parts need scrolling sideways in a window of a size."""
    console.page.set_viewport_size({"width": size[0], "height": size[1]})
    found: list[str] = console.page.locator("html, dialog, .scroll, .do").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth)"
        ".map(one => one.id || one.className || one.tagName)"
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_console_serves_all(browser: Browser, scheme: Scheme) -> None:
    """A mock in which nothing has happened yet makes no finding and no sideways scrolling."""
    with (
        running(create_app(fresh_state())) as url,
        opened(browser, url, scheme=scheme, size=WIDE_PHONE, bypass_policy=True) as console,
    ):
        console.page.locator("#entries-none pre").wait_for()

        assert ([], 0) == (console.seen.violations(), console.seen.overflow())


def test_the_keyboard_is_enough(browser: Browser, mock: Mock) -> None:
    """An order is placed, found, shown and accepted, and the focus is never lost."""
    with mock.heard(), opened(browser, mock.url) as console:
        press = console.page.keyboard.press
        press("Tab")
        assert "Skip to the timeline" == console.focus
        console.page.get_by_label("Scenario").focus()
        stops: list[str] = []
        for _ in range(3):
            press("Tab")
            stops.append(console.focus)
        assert "Place order" == stops[-1]
        press("Enter")
        console.order("delivered").wait_for()

        console.page.get_by_role("tab", name="Orders").focus()
        press("Tab")
        assert "simple" in console.focus
        press("ArrowDown")
        assert "order-unreachable" in console.focus
        press("Home")
        press("Enter")
        console.details()
        press("Escape")
        console.page.locator("#details[open]").wait_for(state="detached")
        assert "simple" in console.focus
        press("Tab")
        assert console.focus.startswith("Accept order ")
        press("Enter")
        console.order("accepted").wait_for()
        assert "simple" in console.focus
        press("Tab")
        assert console.page.locator("#kinds input").first.evaluate(
            "input => input === document.activeElement"
        )


def test_the_skip_link_leads_to_the_timeline(browser: Browser, mock: Mock) -> None:
    """After it, Tab reaches the filter, and soon the newest entry; arrows move on from there."""
    mock.platform("GET", LIST, {})
    mock.place()
    with opened(browser, mock.url) as console:
        console.entry().first.wait_for()
        for key in ("Tab", "Enter", "Tab", "Tab", "Tab"):
            console.page.keyboard.press(key)
        newest = console.focus
        console.page.keyboard.press("ArrowDown")
        older = console.focus
        console.page.keyboard.press("End")
        oldest = console.focus

    assert "placed" in newest
    assert LIST in older
    assert "reset" in oldest


def test_tabs_follow_the_arrow_keys(browser: Browser, mock: Mock) -> None:
    """Right and left lead round the tabs, and each shows its list."""
    with opened(browser, mock.url) as console:
        console.page.get_by_role("tab", name="Orders").focus()
        shown: list[str] = []
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            console.page.keyboard.press(key)
            (panel,) = console.page.locator("[role=tabpanel]:visible").all()
            shown.append(str(panel.get_attribute("id")))

    assert ["pushes-panel", "menus-panel", "orders-panel", "menus-panel"] == shown


def test_focus_is_visible(browser: Browser, mock: Mock) -> None:
    """Whatever Tab reaches has an outline that shows, its own or that of its label."""
    outlined = (
        "[document.activeElement, document.activeElement.parentElement]"
        ".map(one => getComputedStyle(one))"
        ".some(look => look.outlineStyle !== 'none' && look.opacity !== '0')"
    )
    with opened(browser, mock.url) as console:
        console.entry().first.wait_for()
        console.page.keyboard.press("Tab")
        stops: list[tuple[str, bool]] = []
        while console.page.evaluate("document.activeElement !== document.body"):
            stops.append((console.focus, console.page.evaluate(outlined)))
            console.page.keyboard.press("Tab")

    assert [] == [name for name, shown in stops if not shown]
    assert 20 < len(stops) < 40


def test_news_do_not_take_the_focus(browser: Browser, mock: Mock) -> None:
    """Who is at a row stays there while others come before it."""
    mock.place(order_external_id="first")
    with opened(browser, mock.url) as console:
        row = console.order("first").get_by_role("button").first
        row.focus()
        mock.place(order_external_id="second")
        console.order("second").wait_for()

        assert console.focus.startswith("first")


def test_a_problem_is_read_out(browser: Browser, mock: Mock) -> None:
    """The status says which; what went well is not read out."""
    with mock.heard(answering(500)), opened(browser, mock.url) as console:
        status = console.page.locator("#status")
        mock.platform("GET", LIST, {})
        console.entry(LIST).wait_for()
        quiet = status.text_content()
        mock.place()
        status.filter(has_text="Problem: push 1 (ORDER)").wait_for(state="attached")

    assert "" == quiet


def test_nothing_moves_for_those_who_want_it_so(browser: Browser, mock: Mock) -> None:
    """With reduced motion asked for, no animation runs."""
    with opened(browser, mock.url) as console:
        mock.place()
        console.entry("placed").get_by_role("button").click()
        console.details()

        assert 0 == console.page.evaluate("document.getAnimations().length")
        console.page.emulate_media(reduced_motion="no-preference")
        assert 0 < console.page.evaluate("document.getAnimations().length")
