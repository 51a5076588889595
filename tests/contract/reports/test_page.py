"""The page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from mipos_contract.lines import of_answer
from mipos_contract.reports import html
from tests.browser import DESKTOP, PHONE, visit
from tests.contract.reports.examples import DOCUMENT, EVERY, FAILING, FAILURES, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

Scheme = Literal["dark", "light"]

# The line that the first failure speaks against.
LINE = f"#L{of_answer('createWebhook')}"


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the address of each example's page."""
    directory = tmp_path_factory.mktemp("pages")
    found: dict[str, str] = {}
    for name, record in EVERY.items():
        path = directory / f"{name}.html"
        path.write_text(html.render(record, DOCUMENT), "utf-8")
        found[name] = path.as_uri()
    return found


def stops(page: Page, most: int) -> Iterator[str]:
    """Yield the text of what has the focus, after each press of the Tab key."""
    for _ in range(most):
        page.keyboard.press("Tab")
        text: str = page.evaluate("document.activeElement.innerText")
        yield " ".join(text.split())


def in_window(page: Page, selector: str) -> bool:
    """Return whether an element is within the window from top to bottom."""
    box = page.locator(selector).bounding_box()
    height: int = page.evaluate("innerHeight")
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", EVERY)
def test_the_page_is_quiet_and_fits(
    browser: Browser, urls: dict[str, str], name: str, size: tuple[int, int]
) -> None:
    """It asks for nothing, complains of nothing, and needs no scrolling sideways."""
    with visit(browser, urls[name], size=size) as seen:
        seen.page.locator("#source").evaluate("element => element.open = true")
        overflow = seen.overflow()

    assert ([], [], 0) == (seen.complaints, seen.outside, overflow)


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [
        *((name, DESKTOP, "light") for name in EVERY),
        *((name, PHONE, "dark") for name in EVERY),
        ("failing", DESKTOP, "dark"),
        ("failing", PHONE, "light"),
    ],
)
def test_readers_with_disabilities_are_served(
    browser: Browser, urls: dict[str, str], name: str, size: tuple[int, int], scheme: Scheme
) -> None:
    """Axe finds nothing: neither in names, roles and order, nor in the contrast of colours."""
    with visit(browser, urls[name], size=size, scheme=scheme, bypass_policy=True) as seen:
        seen.page.evaluate(
            "document.querySelectorAll('article details').forEach(e => e.open = true)"
        )
        violations = seen.violations()

    assert [] == violations


def test_the_document_is_readable_by_all(browser: Browser, urls: dict[str, str]) -> None:
    """With its lines shown and one of them marked, axe finds nothing either."""
    with visit(browser, f"{urls['passing']}#L86", scheme="dark", bypass_policy=True) as seen:
        opened = seen.page.locator("#source").get_attribute("open")
        violations = seen.violations()

    assert ("", []) == (opened, violations)


def test_the_reader_sees_the_verdict_first(browser: Browser, urls: dict[str, str]) -> None:
    """Verdict, target and time are in the window of a phone, before any scrolling."""
    with visit(browser, urls["failing"], size=PHONE) as seen:
        page = seen.page

        assert "4 things do not hold." == page.locator("h1").inner_text()
        assert in_window(page, "h1")
        assert in_window(page, "main > .figures >> text=https://integrations.mipos.shop")
        assert in_window(page, "time")


def test_the_colours_follow_the_reader(browser: Browser, urls: dict[str, str]) -> None:
    """The dark page is darker than the light one."""

    def ground(scheme: Scheme) -> str:
        with visit(browser, urls["passing"], scheme=scheme) as seen:
            colour: str = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
            return colour

    assert ("rgb(246, 247, 245)", "rgb(20, 24, 26)") == (ground("light"), ground("dark"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_link_to_a_line_shows_the_line(
    browser: Browser, urls: dict[str, str], *, scripts: bool
) -> None:
    """The document opens there, and the line is marked."""
    with visit(browser, urls["failing"], scripts=scripts) as seen:
        page = seen.page
        page.locator("#failure-1 a.line").click()
        page.wait_for_url(f"**{LINE}")
        page.locator(f"{LINE}:target").wait_for()

        assert in_window(page, LINE)
        assert not in_window(page, "#L300")
        assert [] == seen.complaints


def test_the_document_is_closed_until_it_is_asked_for(
    browser: Browser, urls: dict[str, str]
) -> None:
    """A line shows after its link, and again after the document was closed by hand."""
    with visit(browser, urls["failing"]) as seen:
        page = seen.page
        assert not page.locator(LINE).is_visible()
        for _ in range(2):
            page.locator("#failure-1 a.line").click()
            page.locator(LINE).wait_for()
            assert in_window(page, LINE)
            page.locator("#source > summary").click()
            page.locator(LINE).wait_for(state="hidden")


def test_a_browser_that_opens_nothing_by_itself_is_helped(
    browser: Browser, urls: dict[str, str]
) -> None:
    """Chromium unfolds what a link leads to; elsewhere the script does, at either event."""
    with visit(browser, f"{urls['failing']}{LINE}") as seen:
        page = seen.page
        link, source = page.locator("#failure-1 a.line"), page.locator("#source")
        link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
        for act in (
            lambda: page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))"),
            link.click,
        ):
            source.evaluate("element => element.open = false")
            act()
            assert page.locator(LINE).is_visible()


def test_the_keyboard_reaches_everything(browser: Browser, urls: dict[str, str]) -> None:
    """The first stop skips to the verdict; links, buttons and what is folded are stops too."""
    with visit(browser, urls["failing"]) as seen:
        page = seen.page
        page.keyboard.press("Tab")
        assert "Skip to the verdict" == page.evaluate("document.activeElement.innerText")
        assert in_window(page, ".skip")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'main'")

        assert [
            "What was removed and what was not",
            f"openapi.yaml, line {FAILURES[0].line}",
            "Copy the request of failure 1",
            "3 tests",
            f"openapi.yaml, line {FAILURES[1].line}",
            "Copy the request of failure 2",
            "2 calls led there",
        ] == list(stops(page, 7))


def test_a_curl_line_is_copied(browser: Browser, urls: dict[str, str]) -> None:
    """The clipboard has it as it is, and the reader is told."""
    with visit(browser, urls["failing"]) as seen:
        page = seen.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy the request of failure 1").press("Enter")
        page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")

        assert FAILURES[0].request == page.evaluate("navigator.clipboard.readText()")


def test_a_curl_line_is_selected_where_there_is_no_clipboard(
    browser: Browser, urls: dict[str, str]
) -> None:
    """A page from plain HTTP has no clipboard to write to."""
    with visit(browser, urls["failing"]) as seen:
        page = seen.page
        page.add_init_script("delete Navigator.prototype.clipboard")
        page.reload()
        page.get_by_role("button", name="Copy the request of failure 2").click()
        page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")

        assert FAILURES[1].request == page.evaluate("getSelection().toString()")


def test_without_scripts_no_button_is_shown(browser: Browser, urls: dict[str, str]) -> None:
    """What would do nothing is not there."""
    with visit(browser, urls["failing"], scripts=False) as seen:
        assert 0 == seen.page.get_by_role("button").count()


def test_markup_of_the_target_is_text(browser: Browser, urls: dict[str, str]) -> None:
    """It is on the page for all to read, and makes no element."""
    with visit(browser, urls["hostile"]) as seen:
        assert FAILING.failures[0].line == HOSTILE.failures[0].line
        assert (
            '<img src="https://outside.example/x.png"'
            in seen.page.locator("h3").nth(0).inner_text()
        )
        assert 0 == seen.page.locator("img").count()


@pytest.mark.parametrize(
    "slipped_in",
    [
        '<img alt="" src="https://outside.example/x.png">',
        "<script>document.title = 'taken'</script>",
        '<link rel="stylesheet" href="https://outside.example/x.css">',
        '<p style="position: fixed">over everything</p>',
    ],
)
def test_the_policy_stops_what_slips_in(browser: Browser, tmp_path: Path, slipped_in: str) -> None:
    """Markup that escaped the escaping could still load and run nothing; the browser says so."""
    page = tmp_path / "page.html"
    text = html.render(FAILING, DOCUMENT).replace("</main>", f"{slipped_in}</main>")
    page.write_text(text, "utf-8")
    with visit(browser, page.as_uri()) as seen:
        title = seen.page.title()

    assert [] == seen.outside
    assert title.startswith("4 things")
    assert "Content Security Policy" in " ".join(seen.complaints)
