"""Build the parts of a release, once.

Usage: python -m scripts.releasing.parts DIRECTORY [--commit COMMIT]

scripts/release.py runs this twice, each time as a process of its own, and compares.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import zipfile
from pathlib import Path

import yaml

from scripts import downgrade
from scripts.releasing import PACKAGES, ROOT, ReleaseError, bill, tools
from scripts.releasing.place import SUMS
from scripts.site import build as site
from scripts.site.advice import AdviceError
from scripts.site.diagrams import DiagramError
from scripts.site.links import LinkError

# The earliest date that an archive can hold, as hatchling writes it.
_DATE = (2020, 2, 2, 0, 0, 0)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Build the parts of a release, once.")
    parser.add_argument("directory", type=Path, help="an empty directory")
    parser.add_argument("--commit", default="", help="the commit that the parts are of")
    options = parser.parse_args(arguments)
    try:
        build(options.directory.resolve(), options.commit)
    except (ReleaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build(directory: Path, commit: str) -> None:
    """Build every part into an empty directory.

    Raises:
        ReleaseError: A part cannot be built.
        OSError: A file cannot be read or written.
    """
    for package in PACKAGES:
        wheel(ROOT / package, directory)
    source = ROOT / "openapi.yaml"
    try:
        version = documents(source, directory)
        documentation(directory, version)
    except (downgrade.DowngradeError, yaml.YAMLError) as error:
        raise ReleaseError(f"{source.name}: {error}") from error
    except (AdviceError, DiagramError, LinkError, site.BuildError) as error:
        raise ReleaseError(f"the documentation cannot be built: {error}") from error
    check_wheels(directory, version)
    bill.write(directory, version, commit)
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(directory.iterdir())
    ]
    (directory / SUMS).write_text("".join(sums), "utf-8", newline="\n")


def wheel(project: Path, directory: Path) -> None:
    """Build the wheel of a project into a directory.

    Raises:
        ReleaseError: It cannot be built.
    """
    tools.python("-m", "hatchling", "build", "-t", "wheel", "-d", str(directory), place=project)


def documents(source: Path, directory: Path) -> str:
    """Write every form of the document, and return its version.

    Raises:
        downgrade.DowngradeError: It has something that has no form in 3.0.
        yaml.YAMLError: It is no YAML.
    """
    shutil.copyfile(source, directory / "openapi.yaml")
    document = yaml.safe_load(source.read_bytes())
    (directory / "openapi.json").write_text(as_json(document), "utf-8", newline="\n")
    downgrade.write(directory, source)
    return str(document["info"]["version"])


def as_json(document: object) -> str:
    """Return the document as JSON, in its own order."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def documentation(directory: Path, version: str) -> None:
    """Build the documentation and pack it.

    Raises:
        AdviceError, BuildError, DiagramError, LinkError: It cannot be built.
    """
    pages = directory / "site"
    site.build(ROOT, pages)
    archive(pages, directory / f"mipos-docs-{version}.zip")
    shutil.rmtree(pages)


def archive(directory: Path, file: Path) -> None:
    """Pack a directory, in order of names and without dates of its own."""
    with zipfile.ZipFile(file, "w") as packed:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(directory).as_posix(), _DATE)
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def check_wheels(directory: Path, version: str) -> None:
    """Return if there is one wheel of each package, of the version of the document.

    Raises:
        ReleaseError: One is missing, or of another version.
    """
    wanted = {
        f"{name}-{version}-py3-none-any.whl"
        for name in ("mipos_client", "mipos_contract", "mipos_mock")
    }
    found = {path.name for path in directory.glob("*.whl")}
    if found != wanted:
        raise ReleaseError(
            f"the wheels are {sorted(found)}, not {sorted(wanted)}; let each pyproject.toml take "
            "its version from openapi.yaml"
        )


if __name__ == "__main__":
    sys.exit(main())
