"""Which commit a release is of, and that it holds nothing but that commit."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from scripts.releasing import PACKAGES, ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 5


def commit(root: Path, *, allow_dirty: bool = False) -> str:
    """Return the commit that a checkout is of, or nothing where it is not of one alone.

    Raises:
        ReleaseError: There are files that no commit has.
    """
    if not (root / ".git").exists():
        print("No git checkout: the release will name no commit.", file=sys.stderr)
        return ""
    changed = uncommitted(root)
    if not changed:
        return _git(root, "rev-parse", "HEAD").strip()
    more = len(changed) - _SHOWN
    named = ", ".join(changed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    if not allow_dirty:
        raise ReleaseError(
            f"not as committed: {named}. Commit it or put it away; to try a release out, add "
            "--allow-dirty"
        )
    print(f"Not as committed, so the release will name no commit: {named}", file=sys.stderr)
    return ""


def uncommitted(root: Path) -> list[str]:
    """Return the files of a checkout that are not as its commit has them.

    Raises:
        ReleaseError: git does not answer.
    """
    changed = _git(root, "status", "--porcelain", "--untracked-files=all").splitlines()
    # What the settings of one machine ignore goes into a wheel all the same.
    hidden = _git(
        *(root, "ls-files", "--others", "--exclude-per-directory=.gitignore", "--"),
        *(package for package in PACKAGES if (root / package).is_dir()),
    )
    return sorted({line[3:] for line in changed} | set(hidden.splitlines()))


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - every command stands above
            ["git", *arguments],  # noqa: S607 - wherever it is installed
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ReleaseError(f"git does not run: {error}; install it") from error
    if done.returncode:
        raise ReleaseError(f"`git {arguments[0]}` failed; correct what it says: {done.stderr}")
    return done.stdout
