"""Mermaid blocks of a page, made into pictures that need no script and have a text beside them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = Path(__file__).with_name("diagrams.mjs")
_BLOCK = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^\s*accTitle:\s*(.+)\n", re.MULTILINE)
_TEXT = re.compile(r"^\s*accDescr:\s*(.+)\n", re.MULTILINE)


class DiagramError(Exception):
    """A diagram cannot be drawn. The text names the page and the remedy."""


def drawn(text: str, page: str) -> str:
    """Return a page with its Mermaid blocks replaced by pictures.

    Args:
        text: The page, in Markdown.
        page: Its name, for errors.

    Raises:
        DiagramError: A block has no text alternative, or the renderer does not take it.
    """
    sources = [match[1] for match in _BLOCK.finditer(text)]
    if not sources:
        return text
    for source in sources:
        if not (_TITLE.search(source) and _TEXT.search(source)):
            first = source.strip().splitlines()[0]
            raise DiagramError(
                f"{page}: the diagram {first!r} has no accTitle or no accDescr; add a line of each"
            )
    pictures = iter(render([_TITLE.sub("", _TEXT.sub("", each)) for each in sources], page))
    number = iter(range(1, len(sources) + 1))
    return _BLOCK.sub(lambda match: _figure(next(pictures), match[1], page, next(number)), text)


def render(sources: list[str], page: str) -> list[str]:
    """Return the pictures of some Mermaid texts.

    Raises:
        DiagramError: The renderer is not there, or refuses one of them.
    """
    node = shutil.which("node")
    if node is None:
        raise DiagramError("there is no `node` on PATH to draw diagrams; run `nox -s docs`")
    done = subprocess.run(  # noqa: S603 - the program is ours
        [node, str(_SCRIPT)],
        cwd=ROOT,
        input=json.dumps(sources),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "Error" in line), done.stderr)
        raise DiagramError(
            f"{page}: a diagram cannot be drawn: {said}; see diagrams.mjs, or npm ci"
        )
    pictures: list[str] = json.loads(done.stdout)
    return pictures


def _figure(picture: str, source: str, page: str, number: int) -> str:
    """Return a picture in the colours of the site, with its text alternative."""
    name = f"{page}-diagram-{number}"
    texts = [_TITLE.search(source), _TEXT.search(source)]
    title, about = (html.escape(match[1].strip()) if match else "" for match in texts)
    # Colours and the font come from site.css; the renderer's own would ask a server for the font.
    picture = re.sub(r"<style>.*?</style>", "", picture, flags=re.DOTALL)
    picture = re.sub(r' style="--bg[^"]*"', "", picture, count=1)
    # Ids are those of the whole page, and each picture has the same.
    picture = re.sub(r'(id="|url\(#)([a-z-]+)', rf"\1{name}-\2", picture)
    labels = (
        f'role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-text">{about}</desc>'
    )
    picture = re.sub(r"(<svg [^>]*)>", lambda match: f"{match[1]} {labels}", picture, count=1)
    # An empty line would end the block of HTML in Markdown.
    picture = "\n".join(line for line in picture.splitlines() if line.strip())
    return f'<figure class="diagram" tabindex="0">\n{picture}\n</figure>'
