"""The checks of a page notice what they are there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>'
    "<main><h1>A page</h1>{}</main></html>"
)


@pytest.fixture
def url(tmp_path: Path) -> Callable[[str], str]:
    """Return what makes a page with some content, and gives its address."""

    def written(content: str) -> str:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(content), "utf-8")
        return path.as_uri()

    return written


def test_a_good_page_has_no_findings(browser: Browser, url: Callable[[str], str]) -> None:
    """Data within the page is the page's own."""
    content = '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p>Text</p>'
    with visit(browser, url(content)) as seen:
        assert ([], 0) == (seen.violations(), seen.overflow())

    assert ([], []) == (seen.complaints, seen.outside)


@pytest.mark.parametrize("asked", ["https://outside.example/x.png", "file:///etc/hostname"])
def test_a_request_is_noticed(browser: Browser, url: Callable[[str], str], asked: str) -> None:
    """Any address but the page's own counts, and is not reached."""
    with visit(browser, url(f'<img alt="" src="{asked}">')) as seen:
        pass

    assert [asked] == seen.outside


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("console.error('planted')", "error: planted"),
        ("console.warn('planted')", "warning: planted"),
        ("throw new Error('planted')", "planted"),
    ],
)
def test_a_complaint_is_noticed(
    browser: Browser, url: Callable[[str], str], script: str, expected: str
) -> None:
    """Errors and warnings on the console count, and what a script does not catch."""
    with visit(browser, url(f"<script>{script}</script>")) as seen:
        pass

    assert [expected] == seen.complaints


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ('<p style="color: #999; background: #fff">pale</p>', "color-contrast"),
        ("<button></button>", "button-name"),
    ],
)
def test_a_violation_is_noticed(
    browser: Browser, url: Callable[[str], str], content: str, rule: str
) -> None:
    """The rule and the element are named."""
    with visit(browser, url(content)) as seen:
        (violation,) = seen.violations()

    assert rule == violation.partition(":")[0]
    assert violation.endswith(content[1:].partition(" ")[0].partition(">")[0])


def test_a_wide_page_is_noticed(browser: Browser, url: Callable[[str], str]) -> None:
    """What sticks out to the right is measured."""
    with visit(browser, url('<p style="width: 500px">wide</p>'), size=(360, 740)) as seen:
        assert seen.overflow() > 140
