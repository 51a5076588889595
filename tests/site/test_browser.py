"""The site in a real browser: quiet, accessible in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.browser import DESKTOP, PHONE, visit
from tests.site.support import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser import Visit

MESSAGE = "This webhook already exists"
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in (DESKTOP, PHONE)]


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    """Serve the site and return its address."""
    with served(site) as address:
        yield address


def find(seen: Visit, words: str) -> list[str]:
    """Search as a reader does, and return where the results lead."""
    box = seen.page.locator("input[name=q]")
    box.fill(words)
    box.press("Enter")
    seen.page.wait_for_selector("#search-results p.search-summary, #search-results li a")
    seen.page.wait_for_function("!document.querySelector('#search-progress')?.textContent")
    links = seen.page.locator("#search-results li a").all()
    return [str(link.get_attribute("href")) for link in links]


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_every_page_is_quiet_accessible_and_fits(
    browser: Browser,
    site: Path,
    url: str,
    scheme: Literal["dark", "light"],
    size: tuple[int, int],
) -> None:
    """No page complains, asks for anything outside, breaks a rule of axe, or is too wide."""
    names = sorted(path.name for path in site.glob("*.html"))
    found = dict[str, object]()
    with visit(browser, f"{url}/index.html", scheme=scheme, size=size) as seen:
        for name in names:
            seen.page.goto(f"{url}/{name}")
            bad = (seen.violations(), seen.overflow())
            if bad != ([], 0):
                found[name] = bad

    assert len(names) > 20
    assert ({}, [], []) == (found, seen.complaints, seen.outside)


def test_search_finds_a_message(browser: Browser, url: str) -> None:
    """The words of an answer lead to its entry in the catalogue, and to the operation."""
    with visit(browser, f"{url}/index.html") as seen:
        found = find(seen, MESSAGE)

    assert {"createWebhook.html", "errors.html#this-webhook-already-exists"} <= set(found)
    assert ([], []) == (seen.complaints, seen.outside)


def test_search_works_from_a_file(browser: Browser, site: Path) -> None:
    """Opened without any server, search finds the same."""
    context = browser.new_context()
    try:
        page = context.new_page()
        complaints = list[str]()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((site / "index.html").as_uri())
        page.locator("input[name=q]").fill(MESSAGE)
        page.locator("input[name=q]").press("Enter")
        link = page.locator('#search-results a[href="errors.html#this-webhook-already-exists"]')
        link.click()
        page.wait_for_url("**/errors.html#this-webhook-already-exists")

        assert MESSAGE in page.locator("#this-webhook-already-exists h3").inner_text()
        assert [] == complaints
    finally:
        context.close()


def test_a_page_is_read_without_scripts(browser: Browser, url: str) -> None:
    """Fields, answers and pushes are text of the pages."""
    with visit(browser, f"{url}/createWebhook.html", scripts=False) as seen:
        assert MESSAGE in seen.page.locator("article").inner_text()
        seen.page.goto(f"{url}/pushes.html")
        assert "Signature-Webhook" in seen.page.locator("article").inner_text()


def test_dark_is_dark_and_light_is_light(browser: Browser, url: str) -> None:
    """The page, and the words in its diagrams, follow what the reader prefers."""
    shades = "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
    with visit(browser, f"{url}/orders.html", scheme="dark") as seen:
        dark = seen.page.locator("body").evaluate(shades)
        words = "e => getComputedStyle(e).fill.match(/\\d+/g).slice(0, 3).map(Number)"
        text = seen.page.locator("figure text").first.evaluate(words)
    with visit(browser, f"{url}/orders.html") as seen:
        light = seen.page.locator("body").evaluate(shades)

    assert min(dark) > 180
    assert min(text) > 180
    assert max(light) < 80


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_the_mock_serves_the_reference(
    browser: Browser, scheme: Literal["dark", "light"], size: tuple[int, int]
) -> None:
    """The mock's own page is as quiet and as accessible, under the policy that it is sent with."""
    with (
        running(create_app(fresh_state())) as base_url,
        visit(browser, f"{base_url}/_mock/docs", scheme=scheme, size=size) as seen,
    ):
        text = seen.page.locator("main").inner_text()

    assert MESSAGE in text
    assert '"Unauthorized."' in text
    assert "Signature-Webhook" in text
    with (
        running(create_app(fresh_state())) as base_url,
        visit(
            browser, f"{base_url}/_mock/docs", scheme=scheme, size=size, bypass_policy=True
        ) as seen_by_axe,
    ):
        found = (seen_by_axe.violations(), seen_by_axe.overflow())

    assert ([], 0) == found
    assert ([], []) == (seen.complaints, seen.outside)
