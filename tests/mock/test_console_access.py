"""Who may use the console, and what it does when the mock is gone."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mipos_mock.access import Access
from mipos_mock.app import application, create_app
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.sender import Sender
from mipos_mock.server import running
from tests.mock.console_page import Mock, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytest_plugins = ["tests.mock.console_fixtures"]


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The address of a mock that wants a secret."""
    sandbox = Sandbox(fresh_state(), Sender(AddressPolicy()))
    with running(application(sandbox, access=Access("open-sesame"))) as url:
        yield url


def test_a_secret_in_the_address_is_used_and_hidden(browser: Browser, guarded: str) -> None:
    """The address bar shows it no longer, and a reload needs it no more."""
    with opened(browser, f"{guarded}#secret=open-sesame") as console:
        console.button("Place order").click()
        console.entry("placed").wait_for()
        address = console.page.url
        console.page.reload()
        console.live()

        assert f"{guarded}/_mock/" == address
        assert ([], []) == (console.seen.complaints, console.seen.outside)


def test_a_secret_is_asked_for(browser: Browser, guarded: str) -> None:
    """A wrong one is told so in the interface's words; the right one opens the console."""
    with opened(browser, guarded, bypass_policy=True, connected=False) as console:
        field, button = console.page.get_by_label("Secret"), console.button("Open the console")
        field.fill("wrong")
        button.click()
        told = console.told("#unlock", text="wrong")
        found = console.seen.violations()
        useless = console.button("Reset…").count()
        field.fill("open-sesame")
        button.click()
        console.live()
        shown = console.page.locator("#locked").is_visible()

    assert "X-Mipos-Mock-Secret is wrong: send the secret that the stand-in printed" in told
    assert ([], 0) == (found, useless)
    assert not shown
    assert [] == console.complaints


def test_a_lost_connection_is_said_and_taken_up_again(browser: Browser) -> None:
    """While the mock is gone the page says so; what happens once it is back shows."""
    with ExitStack() as stack:
        with running(create_app(fresh_state())) as url:
            console = stack.enter_context(opened(browser, url))
            Mock(url).place(order_external_id="before")
            console.entry("order before placed").wait_for()
        banner = console.page.locator("#lost").filter(
            has_text="The connection to the mock is lost."
        )
        banner.wait_for()
        lost = console.page.locator("#connection").inner_text()
        with running(create_app(fresh_state()), port=urlsplit(url).port or 0):
            Mock(url).place(order_external_id="meanwhile")
            # The page may be back by itself, so the button may be hidden.
            console.page.locator("#lost-retry").dispatch_event("click")
            console.live()
            console.entry("order meanwhile placed").wait_for()
            console.order("meanwhile").wait_for()
            console.entry("order before placed").wait_for(state="detached")
            Mock(url).place(order_external_id="after")
            console.entry("order after placed").wait_for()

            assert ("Not connected", False) == (lost, banner.is_visible())
            assert [] == console.complaints
