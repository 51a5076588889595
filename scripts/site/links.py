"""Links of a page of the repository, made into links of the site."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from scripts.site.contents import INSTEAD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES = "files"
_FENCE = re.compile(r"(^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)\s*$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?P<label>!?\[(?:[^\[\]]|\[[^\]]*\])*\])\((?P<target>[^)\s]+)\)")


class LinkError(Exception):
    """A link leads nowhere. The text names the page, the link and the remedy."""


def published(path: str) -> str:
    """Return the path of a file in the site; many hosts leave out what begins with a dot."""
    return "/".join(part.lstrip(".") for part in path.split("/"))


def rewritten(text: str, page: str, pages: Mapping[str, str], root: Path) -> tuple[str, set[str]]:
    """Return a page with the links that it has in the site, and the files that it links to.

    Args:
        text: The page, in Markdown.
        page: Its path in the repository.
        pages: The names of all pages by their paths in the repository.
        root: The repository.

    Raises:
        LinkError: A link leads to nothing that is there.
    """
    files = set[str]()

    def replaced(match: re.Match[str]) -> str:
        label, target = match["label"], match["target"]
        if re.match(r"[a-z]+:|#", target):
            return match[0]
        path, hash_, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        name = pages.get(path) or INSTEAD.get(path)
        if name is not None:
            return f"{label}({name}.md{hash_}{anchor})"
        if not (root / path).is_file():
            raise LinkError(
                f"{page}: the link to {target!r} leads to no file or page; correct it there"
            )
        files.add(path)
        return f'<a href="{FILES}/{published(path)}">{label[1:-1]}</a>'

    # The text between the fences stands at every third place of what they split.
    parts = _FENCE.split(text)
    for index in range(0, len(parts), 3):
        parts[index] = _LINK.sub(replaced, parts[index])
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2), files  # noqa: PLR2004 - the third is the fence alone
