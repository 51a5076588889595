"""Names of files that stand beside the language of a block, made into captions."""

from __future__ import annotations

import re

_NAMED = re.compile(r"^```(?P<language>\w+) (?P<file>[\w./-]+\.\w+)$", re.MULTILINE)


def captioned(text: str) -> str:
    """Return a page whose code says which file it is, where its fence names one.

    Args:
        text: The page, in Markdown.
    """
    return _NAMED.sub(r"```{code-block} \g<language>\n:caption: \g<file>\n", text)
