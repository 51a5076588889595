"""The site, built once, and what stands in its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from scripts.site.build import build
from tests.site.support import ROOT, Page, read

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.catalogue import Node


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the built site."""
    directory = tmp_path_factory.mktemp("docs") / "site"
    build(ROOT, directory)
    return directory


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Return what stands in each page, by the name of its file."""
    return {path.name: read(path.read_text("utf-8")) for path in sorted(site.glob("*.html"))}


@pytest.fixture(scope="session")
def document() -> Node:
    """Return the document, as loaded."""
    loaded: Node = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
    return loaded
