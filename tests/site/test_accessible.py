"""What Sphinx leaves out for readers with a keyboard or a screen reader is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.site.accessible import accessible, missed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<pre>x</pre>", '<pre tabindex="0">x</pre>'),
        ('<div class="table-wrapper x">', '<div class="table-wrapper x" tabindex="0">'),
        ('<th class="head"></th>', "<td></td>"),
        ('<th class="head"><p>a</p></th>', '<th class="head"><p>a</p></th>'),
        (
            '<p class="caption" role="heading">',
            '<p class="caption" role="heading" aria-level="2">',
        ),
        (
            '<a class="current reference internal" href="#">',
            '<a class="current reference internal" href="#" aria-current="page">',
        ),
        ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="This page">'),
    ],
)
def test_each_kind_is_added(written: str, expected: str) -> None:
    """What scrolls has the focus, what heads has a level, and what is empty heads nothing."""
    assert expected == accessible(written)


def test_a_theme_that_writes_otherwise_is_noticed() -> None:
    """Each pattern that no page has any more is named, for the build to end."""
    assert {"<pre>", '<aside class="toc-drawer">'} <= set(missed(["<p>planted</p>"]))
    assert "<pre>" not in missed(["<pre>x</pre>", ""])


def test_no_page_lacks_any(site: Path) -> None:
    """A theme that writes its pages otherwise would show here first."""
    pages = [path.read_text("utf-8") for path in site.glob("*.html")]

    assert pages
    for page in pages:
        assert 'role="heading">' not in page
        assert "<pre>" not in page
        assert '<th class="head"></th>' not in page
