"""The site in a real browser: quiet, accessible in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.browser import AXE, DESKTOP, PHONE, ROOT, visit
from tests.site.support import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as PlaywrightPage

MESSAGE = "This webhook already exists"
Scheme = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = [(scheme, size) for scheme in SCHEMES for size in (DESKTOP, PHONE)]
# What is searched for, and how the address of the wanted result begins.
WANTED = {
    "accept": "acceptOrder.html",
    "acceptOrder": "acceptOrder.html",
    "createWebhook": "createWebhook.html",
    "/webhook/create": "createWebhook.html",
    "Signature-Webhook": "pushes.html",
    "signature": "pushes.html",
    "Unauthorized": "errors.html#unauthorized",
    MESSAGE: "errors.html#this-webhook-already-exists",
    "MIPOS_BASE_URL": "contract-package.html",
    "401": "errors.html",
    "409": "errors.html",
    "422": "errors.html",
}
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SPLIT_WORDS = """() => {
  const found = [];
  for (const cell of document.querySelectorAll("article :is(td, th)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/\\w+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1) found.push(word[0]);
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    """Serve the site and return its address."""
    with served(site) as address:
        yield address


def find(page: PlaywrightPage, words: str) -> list[str]:
    """Search from the first field of a page, and return where the results lead, best first."""
    box = page.locator("input[name=q]").first
    box.fill(words)
    box.press("Enter")
    page.wait_for_function("document.querySelector('#search-status')?.textContent")
    links = page.locator("#search-results > li > a").all()
    return [str(link.get_attribute("href")) for link in links]


def violations(page: PlaywrightPage, *, colours_alone: bool) -> list[str]:
    """Return what axe, which is loaded with the page, finds wrong; all of it or of its colours."""
    rules = "runOnly: ['color-contrast', 'link-in-text-block'], " if colours_alone else ""
    options = f"{{{rules}resultTypes: ['violations']}}"
    found: list[str] = page.evaluate(
        f"async () => (await axe.run({options})).violations.map("
        "each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(', ')}`)"
    )
    return found


def test_every_page_is_quiet_accessible_and_fits(browser: Browser, site: Path, url: str) -> None:
    """No page complains, asks for anything outside, breaks a rule of axe, or is too wide."""
    names = sorted(path.name for path in site.glob("*.html"))
    found = dict[tuple[str, Scheme, tuple[int, int]], object]()
    with visit(browser, f"{url}/index.html") as seen:
        seen.page.add_init_script(path=ROOT / AXE)
        for name in names:
            seen.page.goto(f"{url}/{name}")
            for size in (DESKTOP, PHONE):
                seen.page.set_viewport_size({"width": size[0], "height": size[1]})
                # The page's own scripts answer to the new width within a frame.
                seen.page.evaluate(TWO_FRAMES)
                # What is not colour does not depend on it, and width does not depend on either.
                for scheme in SCHEMES:
                    seen.page.emulate_media(color_scheme=scheme)
                    bad = violations(seen.page, colours_alone=scheme == "dark")
                    if (bad, seen.overflow()) != ([], 0):
                        found[name, scheme, size] = (bad, seen.overflow())

    assert len(names) > 20
    assert ({}, [], []) == (found, seen.complaints, seen.outside)


def test_no_word_of_a_table_is_split(browser: Browser, site: Path, url: str) -> None:
    """A column is as wide as its longest word, on the desktop and on the phone."""
    found = dict[tuple[str, int], list[str]]()
    with visit(browser, f"{url}/index.html") as seen:
        for path in sorted(site.glob("*.html")):
            seen.page.goto(f"{url}/{path.name}")
            for size in (DESKTOP, PHONE):
                seen.page.set_viewport_size({"width": size[0], "height": size[1]})
                words: list[str] = seen.page.evaluate(SPLIT_WORDS)
                if words:
                    found[path.name, size[0]] = words

    assert {} == found


def test_search_finds_what_is_meant_first(browser: Browser, url: str) -> None:
    """For each of these words, one of the first three results is the one that is meant."""
    with visit(browser, f"{url}/search.html") as seen:
        found = {words: find(seen.page, words)[:3] for words in WANTED}

    assert {} == {
        words: found[words]
        for words, wanted in WANTED.items()
        if not any(each.startswith(wanted) for each in found[words])
    }
    assert {"pushes.html", "receiving-pushes.html"} <= set(found["signature"])
    assert ([], []) == (seen.complaints, seen.outside)


def test_a_result_shows_the_words_around_what_was_found(browser: Browser, url: str) -> None:
    """The excerpt has the word, marked, and the status says how many sections have it."""
    with visit(browser, f"{url}/search.html") as seen:
        find(seen.page, "Signature-Webhook")
        first = seen.page.locator("#search-results > li").first

        assert "Signature" in first.locator("b").all_inner_texts()
        assert "sections with each word of “Signature-Webhook”" in seen.page.inner_text(
            "#search-status"
        )


def test_a_misspelt_word_leads_to_its_nearest(browser: Browser, url: str) -> None:
    """The page says that the word is nowhere, and shows what is like it, if anything is."""
    with visit(browser, f"{url}/search.html") as seen:
        assert "createWebhook.html" in find(seen.page, "webhok")
        told = seen.page.inner_text("#search-status")
        assert told.startswith("No section has “webhok”. Shown is what has “webhook”")
        assert [] == find(seen.page, "zzqqxx")
        assert seen.page.inner_text("#search-status").startswith("Nothing here is like “zzqqxx”.")


def test_the_beginning_of_a_word_finds_it(browser: Browser, url: str) -> None:
    """Who does not know how a word ends finds what the whole word finds."""
    with visit(browser, f"{url}/search.html") as seen:
        assert "pushes.html" in find(seen.page, "signat")
        assert "sections with each word of “signat”" in seen.page.inner_text("#search-status")


def test_the_search_page_has_its_own_field(browser: Browser, url: str) -> None:
    """Without a word, on a phone, the field is there to be written in."""
    with visit(browser, f"{url}/search.html", size=PHONE) as seen:
        assert "search-words" == seen.page.evaluate("document.activeElement.id")
        assert seen.page.locator("#search-words").is_visible()


def test_search_works_from_a_file(browser: Browser, site: Path) -> None:
    """Opened without any server, search finds the same, with its excerpt."""
    context = browser.new_context()
    try:
        page = context.new_page()
        complaints = list[str]()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((site / "index.html").as_uri())
        target = "errors.html#this-webhook-already-exists"
        assert target == find(page, MESSAGE)[0]
        assert "409" in page.locator("#search-results > li").first.inner_text()
        page.locator(f'#search-results a[href="{target}"]').click()
        page.wait_for_url(f"**/{target}")

        assert MESSAGE in page.locator("#this-webhook-already-exists h3").inner_text()
        assert [] == complaints
    finally:
        context.close()


def test_code_is_copied_without_its_prompts(browser: Browser, url: str) -> None:
    """The button is reached and pressed with the keyboard, and copies what a reader types."""
    with visit(browser, f"{url}/mock-cli.html") as seen:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        box = seen.page.locator(".highlight", has=seen.page.locator(".gp")).first
        button = box.locator("button")
        button.focus()
        button.press("Enter")
        seen.page.wait_for_function("document.activeElement.textContent === 'Copied'")
        copied: str = seen.page.evaluate("navigator.clipboard.readText()")
        shown = box.locator("pre").inner_text()

    assert shown.startswith("$ ")
    assert [line.removeprefix("$ ") for line in shown.splitlines()] == copied.splitlines()


def test_only_what_scrolls_stops_the_tab_key(browser: Browser, url: str) -> None:
    """A block is a stop where it is wider than the window, and no more once it fits."""
    wrong = "each => each.filter(e => (e.tabIndex == 0) != (e.scrollWidth > e.clientWidth)).length"
    with visit(browser, f"{url}/errors.html", size=PHONE) as seen:
        blocks = seen.page.locator("article :is(pre, .table-wrapper, .diagram)")
        some = seen.page.locator("article pre[tabindex]")
        on_a_phone = some.count()
        assert 0 == blocks.evaluate_all(wrong)
        seen.page.set_viewport_size({"width": 1280, "height": 900})
        seen.page.wait_for_function(
            f"document.querySelectorAll('article pre[tabindex]').length < {on_a_phone}"
        )
        assert 0 == blocks.evaluate_all(wrong)


def test_the_menu_of_a_phone_is_not_there_until_it_is_opened(browser: Browser, url: str) -> None:
    """The Tab key passes over what is closed; its switch is a stop, and opens it."""
    with visit(browser, f"{url}/errors.html", size=PHONE) as seen:
        entry = seen.page.locator(".sidebar-tree a").first
        assert not entry.is_visible()
        stops = list[str]()
        while not stops or stops[-1] != "Pages":
            seen.page.keyboard.press("Tab")
            focused = "document.activeElement.ariaLabel ?? document.activeElement.innerText"
            stops.append(seen.page.evaluate(focused))
            assert len(stops) < 4
        seen.page.keyboard.press("Space")
        assert entry.is_visible()
        assert seen.page.evaluate("!!document.activeElement.closest('.sidebar-drawer')")
        assert "Five-minute start" not in stops


def test_the_menu_shows_where_the_reader_is(browser: Browser, url: str) -> None:
    """The entry of the page is said to be current, and is within the window."""
    with visit(browser, f"{url}/changelog.html") as seen:
        entry = seen.page.locator('.sidebar-tree a[aria-current="page"]')
        assert "Changelog" == entry.inner_text()
        box = entry.bounding_box()

    assert box
    assert box["y"] + box["height"] <= DESKTOP[1]


def test_a_link_within_a_page_does_not_fly(browser: Browser, url: str) -> None:
    """A reader who goes to a part of a page is there at once."""
    with visit(browser, f"{url}/errors.html") as seen:
        assert "auto" == seen.page.evaluate(
            "getComputedStyle(document.documentElement).scrollBehavior"
        )


def test_code_stands_out_in_the_light(browser: Browser, url: str) -> None:
    """A block has a ground of its own, and a line around it."""
    style = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).borderTopWidth]"
    with visit(browser, f"{url}/start.html") as seen:
        ground, line = seen.page.locator(".highlight").first.evaluate(style)
        assert seen.page.locator("body").evaluate(style)[0] != ground
    assert "1px" == line


def test_a_block_that_is_a_file_says_which(browser: Browser, url: str) -> None:
    """The name stands above the code; the words for our tests stand nowhere."""
    with visit(browser, f"{url}/mock-pytest.html") as seen:
        captions = seen.page.locator(".code-block-caption .caption-text").all_inner_texts()

    assert ["conftest.py"] == captions


def test_a_page_on_paper_is_whole(browser: Browser, url: str) -> None:
    """Printed by a reader who prefers the dark, it is light; no line of code is cut off."""
    with visit(browser, f"{url}/mock-control.html", scheme="dark", size=(700, 900)) as seen:
        seen.page.emulate_media(media="print", color_scheme="dark")
        cut = "each => each.filter(e => e.scrollWidth > e.clientWidth).length"
        assert 0 == seen.page.locator("article pre").evaluate_all(cut)
        for hidden in (".skip-to-content", ".copy >> nth=0"):
            assert not seen.page.locator(hidden).is_visible()
        assert "#fff1cc" == seen.page.evaluate(
            "getComputedStyle(document.body).getPropertyValue('--mark-ground')"
        )
        inside = "e => getComputedStyle(e).breakInside"
        assert "auto" == seen.page.locator("article table").first.evaluate(inside)


def test_a_page_is_read_without_scripts(browser: Browser, url: str) -> None:
    """Fields, answers and pushes are text of the pages."""
    with visit(browser, f"{url}/createWebhook.html", scripts=False) as seen:
        assert MESSAGE in seen.page.locator("article").inner_text()
        seen.page.goto(f"{url}/pushes.html")
        assert "Signature-Webhook" in seen.page.locator("article").inner_text()
        assert 0 == seen.page.locator(".copy").count()


def test_dark_is_dark_and_light_is_light(browser: Browser, url: str) -> None:
    """The page, the words in its diagrams and its marks follow what the reader prefers."""
    shades = "(e, of) => getComputedStyle(e)[of].match(/\\d+/g).slice(0, 3).map(Number)"
    with visit(browser, f"{url}/orders.html", scheme="dark") as seen:
        dark = seen.page.locator("body").evaluate(shades, "color")
        text = seen.page.locator("figure text").first.evaluate(shades, "fill")
        seen.page.goto(f"{url}/evidence.html")
        dark_mark = seen.page.locator("mark").first.evaluate(shades, "color")
    with visit(browser, f"{url}/evidence.html") as seen:
        light = seen.page.locator("body").evaluate(shades, "color")
        light_mark = seen.page.locator("mark").first.evaluate(shades, "color")

    assert min(dark) > 180
    assert min(text) > 180
    assert max(light) < 80
    assert sum(dark_mark) > 500
    assert sum(light_mark) < 200


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_the_mock_serves_the_reference(
    browser: Browser, scheme: Scheme, size: tuple[int, int]
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
