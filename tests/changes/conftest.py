"""The repository that the commands are tried in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.changes.plants import base
from tests.changes.repositories import LOG, commit, git

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a changelog, the small document, and the tag v1.2.3."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init")
    commit(root, "CHANGELOG.md", LOG)
    commit(root, "openapi.yaml", yaml.safe_dump(base()))
    git(root, "tag", "v1.2.3")
    return root
