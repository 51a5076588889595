"""The gate of `info.version`: it moves as far as the changes demand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scripts.changes.rules import BREAKING, Change

if TYPE_CHECKING:
    from collections.abc import Collection

# More digits than anybody counts up to are no version.
VERSION = re.compile(r"\.".join([r"(0|[1-9][0-9]{0,8})"] * 3))
Version = tuple[int, int, int]


def parse(text: object) -> Version | None:
    """Return a version such as `1.2.3` as numbers; nothing for any other text."""
    match = VERSION.fullmatch(text) if isinstance(text, str) else None
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def least(old: Version, changes: Collection[Change]) -> Version:
    """Return the lowest version that the changes since an old version allow."""
    major, minor, patch = old
    if not BREAKING.isdisjoint(changes):
        return (major + 1, 0, 0) if major else (0, minor + 1, 0)
    if Change.ADDITIVE in changes:
        return (major, minor + 1, 0) if major else (0, minor, patch + 1)
    return old


def problem(old: object, new: object, changes: Collection[Change]) -> str:
    """Return what is wrong with the new version, and its repair; empty if nothing is."""
    after = parse(new)
    if after is None:
        return (
            f"info.version is {new!r}, which is no version of three numbers. "
            "Repair: write one like '1.2.3'."
        )
    before = parse(old)
    if before is None:
        return ""
    needed = least(before, changes)
    if after >= needed:
        return ""
    worst = next((change for change in Change if change in changes), Change.TEXT)
    why = f"it was {old}, and may not go back"
    if after >= before:
        why = f"it was {old}, and a change is {worst}"
    version = ".".join(map(str, needed))
    return (
        f"info.version is {new}; {why}. Repair: write {version} or more in openapi.yaml, then "
        "run `nox -s generate`."
    )
