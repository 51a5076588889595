"""Every link of the site leads somewhere, and nothing is fetched from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.site.links import LinkError, rewritten
from tests.site.support import ROOT, Page, addresses, dead, outside, read

if TYPE_CHECKING:
    from pathlib import Path


def test_no_page_asks_for_anything_outside(pages: dict[str, Page]) -> None:
    """Scripts, styles and pictures are the site's own."""
    assert len(pages) > 20
    assert [] == outside(pages)


def test_no_style_sheet_asks_for_anything_outside(site: Path) -> None:
    """What the style sheets load is within them or beside them."""
    sheets = sorted(site.rglob("*.css"))

    assert sheets
    for sheet in sheets:
        named = [each for each in addresses(sheet.read_text("utf-8")) if ":" not in each]
        assert [] == [
            each
            for each in addresses(sheet.read_text("utf-8"))
            if not each.startswith("data:") and each not in named
        ]
        assert [] == [each for each in named if not (sheet.parent / each).is_file()]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
        '<link rel="stylesheet" href="http://cdn.example/x.css">',
        "<style>@import 'https://fonts.example/x.css';</style>",
        '<p style="background: url(https://cdn.example/x.png)"></p>',
    ],
)
def test_a_request_to_elsewhere_is_found(html: str) -> None:
    """Each way in which a page can load something is seen."""
    assert 1 == len(outside({"x.html": read(html)}))


def test_no_link_is_dead(pages: dict[str, Page], site: Path) -> None:
    """Each link within the site is a file, and its anchor is in that page."""
    assert [] == dead(pages, site)


@pytest.mark.parametrize("target", ["missing.html", "x.html#missing", "#missing", "files/missing"])
def test_a_dead_link_is_found(target: str, tmp_path: Path) -> None:
    """A missing file and a missing anchor are both seen."""
    (tmp_path / "x.html").touch()
    page = read(f'<h1 id="there"></h1><a href="#there"></a><a href="{target}"></a>')

    assert [f"x.html: {target}"] == dead({"x.html": page}, tmp_path)


def test_links_between_pages_of_the_repository_become_links_of_the_site() -> None:
    """A page leads to a page, the document to the reference, and any other file to its copy."""
    text = (
        "[a](../mock/README.md#pushes) [b](../openapi.yaml) [`c`](../LICENSE)\n```\n[d](e)\n```\n"
    )

    result, files = rewritten(text, "docs/x.md", {"mock/README.md": "mock"}, ROOT)

    assert (
        '[a](mock.md#pushes) [b](reference.md) <a href="files/LICENSE">`c`</a>\n```\n[d](e)\n```\n'
    ) == result
    assert {"LICENSE"} == files


def test_no_file_of_the_site_is_hidden(site: Path, tmp_path: Path) -> None:
    """Hosts that leave out what begins with a dot leave out nothing."""
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "x.yml").touch()
    text, files = rewritten("[a](../.github/x.yml)", "docs/x.md", {}, tmp_path)

    assert ('<a href="files/github/x.yml">a</a>', {".github/x.yml"}) == (text, files)
    assert [] == [str(path) for path in site.rglob(".*")]


def test_a_link_to_nothing_is_refused() -> None:
    """The error names the page and the link."""
    with pytest.raises(LinkError, match=r"docs/x\.md: the link to '\.\./nowhere\.md'"):
        rewritten("[a](../nowhere.md)", "docs/x.md", {}, ROOT)
