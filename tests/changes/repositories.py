"""Small repositories, made with git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.changes.plants import Node

LOG = "# Changelog\n\n## [Unreleased]\n\n- The API changed: first.\n"


def git(root: Path, *arguments: str) -> None:
    """Run git as somebody, wherever the tests run."""
    identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@pos.example")
    settings = ("-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false")
    subprocess.run(  # noqa: S603 - the arguments are ours
        ["git", *identity, *settings, *arguments],  # noqa: S607 - the git of the machine
        cwd=root,
        check=True,
        capture_output=True,
    )


def commit(root: Path, name: str, text: str) -> None:
    """Commit one file."""
    (root / name).write_text(text, "utf-8")
    git(root, "add", name)
    git(root, "commit", "-m", name)


def write(root: Path, document: Node) -> None:
    """Write the document into the working tree."""
    (root / "openapi.yaml").write_text(yaml.safe_dump(document), "utf-8")
