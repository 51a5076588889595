"""Diagrams are drawn when the site is built, and can be read without seeing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.site.diagrams import DiagramError, drawn
from tests.site.support import outside, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.support import Page

GOOD = """\
```mermaid
sequenceDiagram
  accTitle: A & B
  accDescr: A asks B.
  A->>B: ask
```
"""


def test_every_diagram_of_a_page_is_drawn(site: Path, pages: dict[str, Page]) -> None:
    """The page on orders has its four diagrams as pictures, and no Mermaid is left."""
    html = (site / "orders.html").read_text("utf-8")

    assert 4 == html.count('<figure class="diagram"') == html.count("</svg>\n</figure>")
    assert len(pages["orders.html"].ids) == len(set(pages["orders.html"].ids))
    assert not [name for name in pages if "mermaid" in (site / name).read_text("utf-8")]


def test_a_picture_has_its_text_and_no_colours_of_its_own() -> None:
    """The title and the text are in the picture; colours and fonts come from the style sheet."""
    picture = drawn(f"Before\n\n{GOOD}\nAfter\n", "x")

    assert '<title id="x-diagram-1-title">A &amp; B</title>' in picture
    assert '<desc id="x-diagram-1-text">A asks B.</desc>' in picture
    assert 'role="img" aria-labelledby="x-diagram-1-title x-diagram-1-text"' in picture
    assert [] == outside({"x": read(picture)})
    assert [] == re.findall("<style|#[0-9A-Fa-f]{6}|accTitle", picture)
    assert "\n\n" not in picture.partition("<figure")[2].partition("</figure>")[0]
    assert picture.startswith("Before\n\n<figure")
    assert picture.endswith("</figure>\n\nAfter\n")


def test_a_picture_has_no_wide_margin() -> None:
    """The first box of a life begins close to the edge of its picture."""
    life = "stateDiagram-v2\n  accTitle: A\n  accDescr: A.\n  one --> two\n"
    places = re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', drawn(f"```mermaid\n{life}```\n", "x"))

    assert places
    assert min(map(float, places)) < 20


@pytest.mark.parametrize("missing", ["accTitle", "accDescr"])
def test_a_diagram_without_a_text_is_refused(missing: str) -> None:
    """Either of the two lines is missed."""
    lines = [line for line in GOOD.splitlines(keepends=True) if missing not in line]

    with pytest.raises(DiagramError, match="x: the diagram 'sequenceDiagram' has no accTitle"):
        drawn("".join(lines), "x")


def test_a_diagram_that_cannot_be_drawn_is_named() -> None:
    """The renderer's words are passed on, with the page and without a traceback."""
    with pytest.raises(DiagramError, match=r"^x: a diagram cannot be drawn: .*Error") as caught:
        drawn(GOOD.replace("sequenceDiagram", "nothing known"), "x")

    assert 1 == len(str(caught.value).splitlines())
