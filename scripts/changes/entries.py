"""The gate of CHANGELOG.md: what changed for others has an entry."""

from __future__ import annotations

import re

HEADING = re.compile(r"^## +\[?(?:v(?=[0-9]))?([^\]\s]+)\]?.*$", re.MULTILINE)
BULLET = re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE)
# What no reader sees as an entry: comments, and blocks of code.
HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|^[ \t]*(?P<fence>```+|~~~+).*?(?:^[ \t]*(?P=fence)|\Z)",
    re.MULTILINE | re.DOTALL,
)
# What an entry about the contract says, by the rule at the top of the changelog.
SAYS = re.compile(r"\b(API changed|document was wrong)\b", re.IGNORECASE)


def problem(old: str, new: str, version: str) -> str:
    """Return what the changelog lacks, and its repair; empty if nothing.

    Args:
        old: The changelog before the change; empty if there was none.
        new: The changelog now.
        version: `info.version` now.
    """
    known = {entry for texts in sections(old).values() for entry in texts}
    titles = ("unreleased", version.lower())
    if any(
        SAYS.search(entry) and entry not in known
        for title in titles
        for entry in sections(new).get(title, [])
    ):
        return ""
    return (
        f"CHANGELOG.md has no new entry about the contract under [Unreleased] or [{version}]. "
        "Repair: add `- The API changed: …` or `- The document was wrong: …`, in the words of "
        "those who use it."
    )


def sections(text: str) -> dict[str, list[str]]:
    """Return the entries of each version, by its name in small letters, each on one line."""
    parts = HEADING.split(HIDDEN.sub("", text))
    found = dict[str, list[str]]()
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        entries = found.setdefault(title.lower(), [])
        entries += [" ".join(entry.split()) for entry in BULLET.split(body)[1:]]
    return found
