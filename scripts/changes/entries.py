"""The gate of CHANGELOG.md: what changed for others has an entry."""

from __future__ import annotations

import re

HEADING = re.compile(r"^## +\[?([^\]\s]+)\]?.*$", re.MULTILINE)
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
    titles = ("Unreleased", version)
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
    """Return the entries of each version, each on one line."""
    parts = HEADING.split(text)
    return {
        title: [
            " ".join(entry.split()) for entry in re.split(r"^[-*] ", body, flags=re.MULTILINE)[1:]
        ]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
