"""Build what a release consists of into dist/: twice, and only if both are the same.

Usage: python scripts/release.py [--output DIR] [--allow-dirty]

dist/ then holds the three wheels, the document as YAML and JSON and in its 3.0 rendition, the
documentation as an archive, a bill of materials (CycloneDX) of the wheels and what they need to
run, and SHA256SUMS. Everything has the version of the document, and comes from one commit.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.releasing import ROOT, ReleaseError, tools
from scripts.releasing.fresh import require_fresh
from scripts.releasing.origin import commit
from scripts.releasing.place import SUMS, put, require_free


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Build a release, twice, and compare.")
    parser.add_argument(
        "--output", type=Path, default=ROOT / "dist", help="the directory; by default dist/"
    )
    parser.add_argument(
        "--allow-dirty", action="store_true", help="try it out with what is not committed"
    )
    options = parser.parse_args(arguments)
    # The tools that build run elsewhere.
    output: Path = options.output.resolve()
    try:
        release(output, allow_dirty=options.allow_dirty)
    except (ReleaseError, OSError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    print((output / SUMS).read_text("utf-8"), end="")
    return 0


def release(output: Path, *, allow_dirty: bool = False) -> None:
    """Build twice, compare, and put the result in place of `output`.

    Raises:
        ReleaseError: Something is not fit for a release, or differs between the two builds.
        OSError: A file cannot be read or written.
    """
    require_free(output, ROOT)
    of = commit(ROOT, allow_dirty=allow_dirty)
    require_fresh(ROOT)
    output.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that putting it in place is a rename and never a half-done copy.
    with TemporaryDirectory(prefix=".dist-", dir=output.parent) as workshop:
        first, second = Path(workshop, "first"), Path(workshop, "second")
        for directory, seed in ((first, "1"), (second, "2")):
            directory.mkdir()
            build(directory, of, seed)
        if names := differing(first, second):
            raise ReleaseError(
                f"two builds differ in {', '.join(names)}; find what depends on time or machine"
            )
        put(first, output)


def build(directory: Path, of: str, seed: str) -> None:
    """Build every part into an empty directory, in a process of its own.

    Raises:
        ReleaseError: A part cannot be built.
    """
    command = ("-m", "scripts.releasing.parts", str(directory), "--commit", of)
    if said := tools.failure(*command, place=ROOT, seed=seed):
        raise ReleaseError(said)


def differing(first: Path, second: Path) -> list[str]:
    """Return the names of the files that are not the same in both directories."""
    one, two = (
        {path.name: path.read_bytes() for path in directory.iterdir()}
        for directory in (first, second)
    )
    return sorted(name for name in one | two if one.get(name) != two.get(name))


if __name__ == "__main__":
    sys.exit(main())
