"""The sections of the site, as the script of its search reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What begins a part that has a name of its own: a section, or an object of the client.
_HEADS = "h1, h2, h3, h4, dt.sig"
# What says most about a word, and what only repeats it: by how much a page's sections count.
_WEIGHTS = {
    "errors.html": 3,
    "pushes.html": 2,
    "changelog.html": 0.3,
    "changes.html": 0.3,
    "client-reference.html": 0.3,
    "evidence.html": 0.2,
    "schemas.html": 0.3,
}
_SILENT = "a.headerlink, script, style, svg"


def script(pages: Mapping[str, str]) -> str:
    """Return a script that holds the sections of some pages.

    Args:
        pages: The pages in HTML, by the names of their files.
    """
    found = [section for name in sorted(pages) for section in sections(name, pages[name])]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in found)
    # A script, because a page that was opened from a file may fetch nothing else.
    return f"const SECTIONS = [\n{lines}\n];\n"


def sections(name: str, page: str) -> Iterator[dict[str, str | float]]:
    """Return the sections of a page, each with its own text alone, in their order."""
    soup = BeautifulSoup(page, "html.parser")
    article = soup.find("article")
    title = soup.find("h1")
    if not (isinstance(article, Tag) and isinstance(title, Tag)):
        return
    for each in article.select(_SILENT):
        each.decompose()
    heads = [each for each in article.select(_HEADS) if each.parent]
    for head in heads:
        yield {
            "href": name if head is title else f"{name}#{_anchor(head)}",
            "page": _text(title),
            "weight": _WEIGHTS.get(name, 1),
            "title": _anchor(head) if head.name == "dt" else _text(head),
            "names": _names(name, article) if head is title else "",
            "text": _own_text(head),
        }


def _anchor(head: Tag) -> str:
    holder = head if head.name == "dt" else head.parent
    return str(holder.get("id", "")) if holder else ""


def _names(name: str, article: Tag) -> str:
    """Return what else a page is called: its file, and the path of its operation."""
    operation = article.select_one(".operation")
    return " ".join([name.removesuffix(".html"), *([_text(operation)] if operation else [])])


def _own_text(head: Tag) -> str:
    """Return the words after a heading, up to the next."""
    texts = list[str]()
    inside = set(map(id, head.descendants))
    for each in head.next_elements:
        if id(each) in inside:
            continue
        if isinstance(each, Tag):
            if each.name in {"h1", "h2", "h3", "h4", "footer"} or "sig" in (
                each.get("class") or ""
            ):
                break
        else:
            texts.append(str(each))
    return " ".join("".join(texts).split())


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())
