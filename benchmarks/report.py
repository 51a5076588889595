"""Draws the plots and writes the page of the results: ``python -m benchmarks.report``."""

import argparse
from pathlib import Path
from typing import Final

from benchmarks.children import ROOT
from benchmarks.plots import draw
from benchmarks.tables import page

RESULTS: Final = ROOT / "benchmarks" / "results"


def write(directory: Path) -> list[Path]:
    """Writes plots and page beside the JSON files of a directory, and returns the files."""
    directory.mkdir(parents=True, exist_ok=True)
    readme = directory / "README.md"
    readme.write_text(page(directory), "utf-8")
    return [*draw(directory), readme]


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument(
        "directory",
        type=Path,
        nargs="?",
        default=RESULTS,
        help="with JSON files (benchmarks/results)",
    )
    for path in write(parser.parse_args().directory):
        print(path)


if __name__ == "__main__":
    main()
