"""Build site/, the documentation, and the reference that the mock serves.

Usage: python scripts/build_docs.py [--check | --output DIR]

The result depends on nothing but files of this repository and the pinned tools: not on the machine,
the directory, the time or the environment. `--check` compares the mock's reference with what it has
to be, and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.site import mock_page
from scripts.site.advice import AdviceError
from scripts.site.build import ROOT, BuildError, build
from scripts.site.diagrams import DiagramError
from scripts.site.links import LinkError

SITE = ROOT / "site"
REPAIR = "nox -s docs"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Build the documentation.")
    parser.add_argument("--check", action="store_true", help="compare the mock's reference only")
    parser.add_argument("--output", type=Path, default=SITE, help="the directory; by default site/")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            return check()
        mock_page.write(ROOT)
        build(ROOT, options.output)
    except (AdviceError, BuildError, DiagramError, LinkError, OSError) as error:
        print(f"{options.output.name}/ is left as it was: {error}", file=sys.stderr)
        return 1
    files = [path for path in options.output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"{options.output.name}/index.html is the first of {len(files)} files, {size:,} bytes.")
    return 0


def check() -> int:
    """Compare the mock's reference with what it has to be, and return the exit code."""
    if mock_page.is_current(ROOT):
        print("The mock's reference is what openapi.yaml gives.")
        return 0
    print(f"{mock_page.PAGE} is not what openapi.yaml gives. Repair: {REPAIR}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
