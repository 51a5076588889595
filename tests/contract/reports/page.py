"""The elements and the text of an HTML page, as a parser finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"img", "link", "meta", "path", "circle"})


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes, and the pieces of text in it."""

    name: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        """All text in the element."""
        return "".join(self.parts)


@dataclass(slots=True)
class Page:
    """The elements of a page in its order."""

    elements: list[Element] = field(default_factory=list[Element])

    def named(self, name: str) -> list[Element]:
        """Return the elements with a name."""
        return [element for element in self.elements if element.name == name]

    def by_id(self, identifier: str) -> Element:
        """Return the one element with an id."""
        (found,) = (each for each in self.elements if each.attributes.get("id") == identifier)
        return found

    def values(self, attribute: str) -> list[str]:
        """Return every value of an attribute."""
        return [
            element.attributes[attribute]
            for element in self.elements
            if attribute in element.attributes
        ]


def parsed(html: str) -> Page:
    """Return what a page holds."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.page


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in {element.name for element in self._open}:
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)
