"""Building a package of the repository, as its users get it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def build(project: Path, directory: Path) -> Path:
    """Build the wheel of a project with what the environment has, and return its path."""
    before = set(directory.glob("*.whl"))
    subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)],
        cwd=project,
        capture_output=True,
        check=True,
    )
    (wheel,) = set(directory.glob("*.whl")) - before
    return wheel
