"""Writes the page of the client's results again: ``python -m benchmarks.client.report``."""

import argparse
from pathlib import Path

from benchmarks.client.tables import page
from benchmarks.report import RESULTS


def write(directory: Path) -> Path:
    """Writes the page beside the JSON files of a directory, and returns it."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "client.md"
    path.write_text(page(directory), "utf-8")
    return path


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client.report", description=__doc__)
    parser.add_argument(
        "directory", type=Path, nargs="?", default=RESULTS, help="(benchmarks/results)"
    )
    print(write(parser.parse_args().directory))


if __name__ == "__main__":
    main()
