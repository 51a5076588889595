"""What the tests of the site share: the built pages, what stands in them, and a server for them."""

from __future__ import annotations

import functools
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

ROOT = Path(__file__).resolve().parents[2]
# What a browser fetches by itself, by element and attribute.
_FETCHED = {
    *(("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset")),
    *(("object", "data"), ("script", "src"), ("source", "src"), ("source", "srcset")),
    *(("track", "src"), ("use", "href"), ("video", "poster"), ("video", "src")),
}
# Links that a browser does not fetch.
_NOT_FETCHED = {"author", "canonical", "license", "next", "prev", "search", "index"}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


@dataclass(slots=True)
class Page:
    """What stands in a page.

    Attributes:
        text: its words, blanks run together.
        ids: of its elements.
        fetched: what a browser asks for by itself.
        links: where a reader can go.
    """

    text: str = ""
    ids: list[str] = field(default_factory=list[str])
    fetched: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.page.ids.append(found["id"])
        if tag in {"script", "style"}:
            self._silent += 1
        if tag == "a" and "href" in found:
            self.page.links.append(found["href"])
        if tag == "link" and not set(found.get("rel", "").split()) & _NOT_FETCHED:
            self.page.fetched.append(found["href"])
        self.page.fetched += [
            found[name] for element, name in _FETCHED if tag == element and name in found
        ]
        self.page.fetched += addresses(found.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._silent:
            self.page.fetched += addresses(data) if self.lasttag == "style" else []
        else:
            self._texts.append(data)

    def close(self) -> None:
        super().close()
        self.page.text = " ".join("".join(self._texts).split())


def read(html: str) -> Page:
    """Return what stands in a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


def addresses(css: str) -> list[str]:
    """Return what a style sheet asks for."""
    return [url or imported for url, imported in _CSS_URL.findall(css)]


def outside(pages: Mapping[str, Page]) -> list[str]:
    """Return what pages ask of other places than their own."""
    return [
        f"{name}: {address}"
        for name, page in pages.items()
        for address in page.fetched
        if urlsplit(address).scheme not in {"", "data"} or address.startswith("//")
    ]


def dead(pages: Mapping[str, Page], site: Path) -> list[str]:
    """Return the links and the parts of pages that are not there."""
    found = list[str]()
    for name, page in pages.items():
        for address in (*page.links, *page.fetched):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = unquote(parts.path) or name
            if not (site / target).is_file():
                found.append(f"{name}: {address}")
            elif parts.fragment and target in pages:
                found += [f"{name}: {address}"] * (unquote(parts.fragment) not in pages[target].ids)
    return found


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base
        pass


@contextmanager
def served(directory: Path) -> Generator[str]:
    """Serve a directory as any web server does, and yield its address."""
    handler = functools.partial(_Quiet, directory=str(directory))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
