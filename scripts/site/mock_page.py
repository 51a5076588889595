"""The reference as one page of HTML that needs nothing else: what the mock serves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scripts.site import contents, errors, evidence, reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scripts.catalogue import Node

FILE = "openapi.yaml"
# Of which pages the contents list further headings, and of which level.
LISTED = {"pushes": 2, "schemas": 2, "errors": 3}
_MARKDOWN = MarkdownIt("commonmark", {"html": True})
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level, where it is, and its text in HTML."""

    level: int
    slug: str
    text: str

    def link(self) -> str:
        """The heading as a link to it."""
        return f'<a href="#{self.slug}">{self.text}</a>'


@dataclass(frozen=True, slots=True)
class Section:
    """A page as a part of the whole: its heading, what the contents list of it, and its HTML."""

    heading: Heading
    listed: tuple[Heading, ...]
    html: str

    def entry(self) -> str:
        """The line of the contents."""
        if not self.listed:
            return f"<li>{self.heading.link()}</li>"
        inner = "".join(f"<li>{each.link()}</li>" for each in self.listed)
        more = f"<details><summary>{len(self.listed)} entries</summary><ul>{inner}</ul></details>"
        return f"<li>{self.heading.link()}{more}</li>"


def write(root: Path) -> None:
    """Write the page."""
    (root / PAGE).write_text(_of(root), "utf-8")


def is_current(root: Path) -> bool:
    """Return whether the page is what the document gives."""
    page = root / PAGE
    return page.is_file() and page.read_text("utf-8") == _of(root)


def _of(root: Path) -> str:
    return html(yaml.safe_load((root / "openapi.yaml").read_text("utf-8")), root)


def html(document: Node, root: Path) -> str:
    """Return the reference, the error catalogue and the evidence as one page.

    Args:
        document: The document, as loaded.
        root: The repository, whose pages are named where the page has no link to give.
    """
    pages = {
        **reference.pages(document),
        "errors": errors.page(document),
        "evidence": evidence.page(document),
    }
    elsewhere = {name: path for path, name in contents.sources(root).items()}
    title = document["info"]["title"]
    sections = [_section(name, text, set(pages), elsewhere) for name, text in pages.items()]
    entries = [each.entry() for each in sections]
    return (
        _HEAD.format(title=title)
        + '<header><p><a href="./">Console</a></p></header>\n'
        + '<nav id="contents" aria-label="Contents"><ul>\n'
        + "\n".join(entries)
        + "\n</ul></nav>\n<main>\n"
        + f"<h1>{title}</h1>\n"
        + "\n".join(each.html for each in sections)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(name: str, text: str, names: set[str], elsewhere: Mapping[str, str]) -> Section:
    # A heading is one level below that of a page of its own.
    tokens = _MARKDOWN.parse(text.replace(reference.DOCUMENT, f"`{FILE}`"))
    headings = list[Heading]()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            inline = tokens[index + 1]
            slug = f"{name}-{_slug(inline.content)}" if headings else name
            if slug not in {each.slug for each in headings}:
                token.attrSet("id", slug)
            shown = _MARKDOWN.renderInline(inline.content)
            headings.append(Heading(int(token.tag[1:]), slug, shown))
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{int(token.tag[1:]) + 1}"
        if token.children:
            token.children = list(_linked(token.children, names, elsewhere))
    body = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    body = body.replace("<pre>", '<pre tabindex="0">')
    back = '<p><a href="#contents">Back to the contents</a></p>'
    return Section(
        headings[0],
        tuple(each for each in headings if each.level == LISTED.get(name)),
        f'<section aria-labelledby="{name}">\n{body}{back}\n</section>',
    )


def _slug(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def _linked(
    tokens: Sequence[Token], names: set[str], elsewhere: Mapping[str, str]
) -> Iterator[Token]:
    """Yield a text with its links within the page; of another page, the file is named instead."""
    file = ""
    for token in tokens:
        if token.type == "link_open":
            page, _, anchor = str(token.attrGet("href")).partition("#")
            name = page.removesuffix(".md")
            file = elsewhere.get(name, "") if name != page and name not in names else ""
            if name in names:
                token.attrSet("href", f"#{name}-{anchor}" if anchor else f"#{name}")
        if not file or token.type not in {"link_open", "link_close"}:
            yield token
        elif token.type == "link_close":
            yield Token("text", "", 0, content=f" ({file})")
            file = ""
