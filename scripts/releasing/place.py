"""Where a release is put: a directory of its own, in place of a former release at most."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from scripts import downgrade
from scripts.releasing import PACKAGES, ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "SHA256SUMS"
# By these a list of checksums is known as that of a release.
_MARKS = {"openapi.yaml", "openapi-3.0.yaml", "sbom.cdx.json"}


def require_free(output: Path, root: Path) -> None:
    """Return if a release may be put there.

    Raises:
        ReleaseError: Something would be lost that is no former release.
    """
    if root.is_relative_to(output):
        raise ReleaseError(f"{output} holds this repository; name a directory for the release")
    if any(output.is_relative_to(root / package) for package in PACKAGES):
        raise ReleaseError(f"{output} is inside a package; name a directory outside")
    if output.exists() and not output.is_dir():
        raise ReleaseError(f"{output} is no directory; name one")
    if output.is_dir() and (kept := foreign(output)):
        raise ReleaseError(
            f"{output} holds {kept[0]!r}, which is of no former release; remove it, or name "
            "another directory"
        )
    if _aside(output).exists():
        raise ReleaseError(
            f"{_aside(output)} is what a release that was cut off has put aside; look at it, then "
            "remove it"
        )


def foreign(directory: Path) -> list[str]:
    """Return the names of what no release, and no rendition in 3.0, has put into a directory."""
    listed = set[str]()
    if (directory / SUMS).is_file():
        text = (directory / SUMS).read_text("utf-8", "replace")
        listed = {SUMS, *re.findall(r"^[0-9a-f]{64}  (.+)$", text, re.MULTILINE)}
    known = {*downgrade.FORMS, *(listed if listed >= _MARKS else ())}
    return sorted(
        path.name for path in directory.iterdir() if path.name not in known or not path.is_file()
    )


def put(new: Path, output: Path) -> None:
    """Put a directory in place of another, which is gone only after that.

    Raises:
        ReleaseError: It is in place, but the former one cannot be removed.
        OSError: It cannot be put there; what was there is there.
    """
    if not output.exists():
        new.rename(output)
        return
    old = _aside(output)
    output.rename(old)
    try:
        new.rename(output)
    except BaseException:
        old.rename(output)
        raise
    try:
        shutil.rmtree(old)
    except OSError as error:
        raise ReleaseError(
            f"{output} is the new release, but the former one cannot be removed; remove {old}: "
            f"{error}"
        ) from error


def _aside(output: Path) -> Path:
    return output.with_name(f"{output.name}.old")
