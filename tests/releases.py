"""Directories that tests of releases fill and look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def fill(directory: Path, **files: str) -> Path:
    """Make a directory that holds these files, and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / name).write_text(text, "utf-8")
    return directory


def content(directory: Path) -> dict[str, str]:
    """Return the names and texts of a directory."""
    return {path.name: path.read_text("utf-8") for path in directory.iterdir()}


def released(directory: Path, text: str = "old") -> Path:
    """Make a directory that looks like a release, and return it."""
    names = ("openapi.yaml", "openapi-3.0.yaml", "sbom.cdx.json")
    sums = "".join(f"{'0' * 64}  {name}\n" for name in names)
    return fill(directory, **dict.fromkeys(names, text), SHA256SUMS=sums)
