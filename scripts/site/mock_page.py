"""The reference as one page of HTML that needs nothing else: what the mock serves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from markdown_it import MarkdownIt

from scripts.site import errors, evidence, reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from scripts.catalogue import Node

PAGE = "mock/src/mipos_mock/control/docs/reference.html"
_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
</head>
<body>
"""


def write(root: Path) -> None:
    """Write the page."""
    (root / PAGE).write_text(_of(root), "utf-8")


def is_current(root: Path) -> bool:
    """Return whether the page is what the document gives."""
    page = root / PAGE
    return page.is_file() and page.read_text("utf-8") == _of(root)


def _of(root: Path) -> str:
    return html(yaml.safe_load((root / "openapi.yaml").read_text("utf-8")))


def html(document: Node) -> str:
    """Return the reference, the error catalogue and the evidence as one page."""
    pages = {
        **reference.pages(document),
        "errors": errors.page(document),
        "evidence": evidence.page(document),
    }
    markdown = MarkdownIt("commonmark", {"html": True})
    entries = [
        f'<li><a href="#{name}">{markdown.renderInline(_title(text))}</a></li>'
        for name, text in pages.items()
    ]
    title = document["info"]["title"]
    sections = [_section(markdown, name, text, set(pages)) for name, text in pages.items()]
    return (
        _HEAD.format(title=title)
        + f'<header><p>{title}</p><p><a href="./">Console</a></p></header>\n'
        + '<nav aria-label="Contents"><ul>\n'
        + "\n".join(entries)
        + "\n</ul></nav>\n<main>\n"
        + f"<h1>{title}</h1>\n"
        + "\n".join(sections)
        + "\n</main>\n</body>\n</html>\n"
    )


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")


def _section(markdown: MarkdownIt, name: str, text: str, names: set[str]) -> str:
    # A heading is one level below that of a page of its own.
    tokens = markdown.parse(text)
    taken = set[str]()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            slug = name if token.tag == "h1" else f"{name}-{_slug(tokens[index + 1].content)}"
            if slug not in taken:
                token.attrSet("id", slug)
            taken.add(slug)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{int(token.tag[1:]) + 1}"
        if token.children:
            token.children = list(_linked(token.children, names))
    body = markdown.renderer.render(tokens, markdown.options, {})
    body = body.replace("<pre>", '<pre tabindex="0">')
    return f'<section aria-labelledby="{name}">\n{body}</section>'


def _slug(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def _linked(tokens: Sequence[Token], names: set[str]) -> Iterator[Token]:
    """Yield a text with its links within the page; what the page lacks is no link."""
    dropped = False
    for token in tokens:
        if token.type == "link_open":
            page, _, anchor = str(token.attrGet("href")).partition("#")
            name = page.removesuffix(".md")
            dropped = name != page and name not in names
            if name in names:
                token.attrSet("href", f"#{name}-{anchor}" if anchor else f"#{name}")
        if not (dropped and token.type in {"link_open", "link_close"}):
            yield token
        dropped = dropped and token.type != "link_close"
