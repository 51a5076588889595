"""What pages lack for readers with a keyboard or a screen reader, added after Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPLACED = (
    # What scrolls can be reached without a mouse.
    (re.compile(r"<pre>"), '<pre tabindex="0">'),
    (re.compile(r'(<div class="table-wrapper[^"]*")>'), r'\1 tabindex="0">'),
    # An empty cell heads no column.
    (re.compile(r'<th class="head">(\s*(?:<p>\s*</p>)?\s*)</th>'), r"<td>\1</td>"),
    # A heading has a level, and a page has one of the first.
    (
        re.compile(r'<p class="caption" role="heading">'),
        '<p class="caption" role="heading" aria-level="2">',
    ),
    # Where the reader is, said as well as shown.
    (
        re.compile(r'<a class="current reference internal" href="#">'),
        '<a class="current reference internal" href="#" aria-current="page">',
    ),
    # Landmarks of one kind are told apart by their names.
    (
        re.compile(r'<aside class="sidebar-drawer">'),
        '<aside class="sidebar-drawer" aria-label="Pages">',
    ),
    (
        re.compile(r'<aside class="toc-drawer">'),
        '<aside class="toc-drawer" aria-label="This page">',
    ),
)


def missed(pages: Iterable[str]) -> list[str]:
    """Return the patterns that none of some pages of Sphinx matches: it writes them otherwise."""
    texts = list(pages)
    return [
        pattern.pattern
        for pattern, _ in _REPLACED
        if not any(pattern.search(text) for text in texts)
    ]


def accessible(page: str) -> str:
    """Return a page of HTML with what it lacks."""
    for pattern, replacement in _REPLACED:
        page = pattern.sub(replacement, page)
    return page
