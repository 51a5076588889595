"""Build what a release consists of into dist/: twice, and only if both are the same.

Usage: python scripts/release.py [--output DIR]

dist/ then holds the three wheels, the document as YAML and JSON and in its 3.0 rendition, the
documentation as an archive, a bill of materials (CycloneDX) of what the wheels need to run, and
SHA256SUMS. Everything has the version of the document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import downgrade

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PACKAGES = ("mock", "generated", "contract_tests")
# What the packages need at run time, with the versions that the tests ran with.
LOCK = ROOT / "requirements" / "contract.txt"
# The earliest date that an archive can hold, as hatchling writes it.
_DATE = (2020, 2, 2, 0, 0, 0)


class ReleaseError(Exception):
    """Nothing was released; the message names the part and the remedy."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Build a release, twice, and compare.")
    parser.add_argument("--output", type=Path, default=DIST, help="the directory; by default dist/")
    options = parser.parse_args(arguments)
    try:
        release(options.output)
    except (ReleaseError, OSError) as error:
        print(f"{options.output.name}/ is left as it was: {error}", file=sys.stderr)
        return 1
    for line in (options.output / "SHA256SUMS").read_text("utf-8").splitlines():
        print(line)
    return 0


def release(output: Path) -> None:
    """Build twice, compare, and put the result in place of `output`.

    Raises:
        ReleaseError: A part cannot be built, or differs between the two builds.
    """
    with TemporaryDirectory(prefix=".dist-", dir=output.parent) as workshop:
        first, second = Path(workshop, "first"), Path(workshop, "second")
        for directory in (first, second):
            directory.mkdir()
            build(directory)
        if names := differing(first, second):
            raise ReleaseError(
                f"two builds differ in {', '.join(names)}; find what depends on time or machine"
            )
        if output.exists():
            shutil.rmtree(output)
        first.rename(output)


def differing(first: Path, second: Path) -> list[str]:
    """Return the names of the files that are not the same in both directories."""
    one, two = (
        {path.name: path.read_bytes() for path in directory.iterdir()}
        for directory in (first, second)
    )
    return sorted(name for name in one | two if one.get(name) != two.get(name))


def build(directory: Path) -> None:
    """Build every part into an empty directory.

    Raises:
        ReleaseError: A part cannot be built.
    """
    for package in PACKAGES:
        _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(directory), place=ROOT / package)
    source = ROOT / "openapi.yaml"
    shutil.copyfile(source, directory / "openapi.yaml")
    document = yaml.safe_load(source.read_bytes())
    (directory / "openapi.json").write_text(as_json(document), "utf-8", newline="\n")
    downgrade.write(directory, source)
    site = directory / "site"
    _run("scripts/build_docs.py", "--output", str(site), place=ROOT)
    archive(site, directory / f"mipos-docs-{document['info']['version']}.zip")
    shutil.rmtree(site)
    bill_of_materials(directory / "sbom.cdx.json")
    check_versions(directory, str(document["info"]["version"]))
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(directory.iterdir())
    ]
    (directory / "SHA256SUMS").write_text("".join(sums), "utf-8", newline="\n")


def as_json(document: object) -> str:
    """Return the document as JSON, in its own order."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def archive(directory: Path, file: Path) -> None:
    """Pack a directory, in order of names and without dates of its own."""
    with zipfile.ZipFile(file, "w") as packed:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(directory).as_posix(), _DATE)
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def bill_of_materials(file: Path) -> None:
    """Write what the lock holds as CycloneDX.

    Raises:
        ReleaseError: The tool refused the lock.
    """
    _run(
        *("-m", "cyclonedx_py", "requirements", str(LOCK.relative_to(ROOT))),
        *("--output-reproducible", "--of", "JSON", "-o", str(file)),
        place=ROOT,
    )


def check_versions(directory: Path, version: str) -> None:
    """Return if each wheel has the version of the document.

    Raises:
        ReleaseError: One has another.
    """
    for wheel in sorted(directory.glob("*.whl")):
        found = re.fullmatch(r"[^-]+-([^-]+)-.*", wheel.name)
        if found is None or found[1] != version:
            raise ReleaseError(
                f"{wheel.name} has not the version {version} of openapi.yaml; let its "
                "pyproject.toml take it from there"
            )


def _run(*arguments: str, place: Path) -> None:
    done = subprocess.run(  # noqa: S603  every command stands above
        [sys.executable, *arguments], cwd=place, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise ReleaseError(f"`python {' '.join(arguments)}` failed:\n{said}")


if __name__ == "__main__":
    sys.exit(main())
