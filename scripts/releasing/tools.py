"""Running the tools that build, of whose environment nothing decides what they write."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from scripts.releasing import ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

# What a program needs to run at all. SOURCE_DATE_EPOCH is not in it: each tool has its own date
# without one, and the bytes of a wheel hold it.
_KEPT = ("HOME", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE")


def python(*arguments: str, place: Path) -> None:
    """Run Python in a directory; what it prints is shown only if it fails.

    Raises:
        ReleaseError: The command failed; the text is the command and what it said.
    """
    if said := failure(*arguments, place=place):
        raise ReleaseError(f"`python {' '.join(arguments)}` failed:\n{said}")


def failure(*arguments: str, place: Path, seed: str | None = None) -> str:
    """Run Python in a directory and return what it said if it failed, else nothing.

    Args:
        arguments: The command, without the interpreter.
        place: The directory.
        seed: That of the hashes of texts; by default the one that this process was given.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": seed or os.environ.get("PYTHONHASHSEED", "0"),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(  # noqa: S603 - every command stands where it is given
        [sys.executable, *arguments],
        cwd=place,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if not done.returncode:
        return ""
    said = (done.stderr or done.stdout).strip()
    return said or f"python ended with {done.returncode}"
