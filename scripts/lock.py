"""Lock the dependency groups of pyproject.toml, or check the locks.

Usage: python scripts/lock.py [--upgrade | --check]

Each group of `LOCKED` has one file, requirements/<group>.txt: every package that the group needs
on any platform with Python 3.11 or later, each pinned and with the hashes of its files. No file
names an address, so the same locks work with any index or mirror.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKED = (
    *("nox", "lock", "benchmarks", "benchmarks-client", "consumers", "contract", "docs"),
    *("generate", "lowest", "release", "tests", "lint"),
)
REPAIR = "nox -s lock"
PIN = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+"
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Lock the dependency groups, or check the locks.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    mode.add_argument("--check", action="store_true", help="compare only; needs no network")
    options = parser.parse_args(arguments)
    if not options.check:
        return lock(ROOT, upgrade=options.upgrade)
    problems = [*python_problems(ROOT), *npm_problems(ROOT)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"Repair: {REPAIR}", file=sys.stderr)
        return 1
    print(f"The locks of {len(LOCKED)} groups and of npm agree with their requirements.")
    return 0


def lock(root: Path, *, upgrade: bool) -> int:
    """Write the locks with uv and return the exit code of the first run that fails, else 0.

    Pins that stand in a lock and still satisfy its group are kept unless `upgrade`.
    """
    (root / "requirements").mkdir(exist_ok=True)
    for group in LOCKED:
        # Run at the root with relative paths: uv writes the paths it is given into the file.
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config"),
            *("--group", f"pyproject.toml:{group}"),
            *("--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url"),
            *("--custom-compile-command", REPAIR),
            *("--output-file", f"requirements/{group}.txt"),
            *(["--upgrade"] if upgrade else []),
        ]
        # S603: every part of the command stands above.
        done = subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode:
            print(f"requirements/{group}.txt: uv could not lock it (see above)", file=sys.stderr)
            return done.returncode
        print(f"requirements/{group}.txt")
    return 0


def python_problems(root: Path) -> Iterator[str]:
    """Yield one line for each way in which requirements/ falls short of pyproject.toml.

    Only direct requirements are compared: what those need in turn is for the installer to find.
    """
    groups = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    for group in LOCKED:
        place = f"requirements/{group}.txt"
        try:
            text = (root / place).read_text("utf-8")
        except FileNotFoundError:
            yield f"{place}: missing"
            continue
        if "://" in text:
            yield f"{place}: names an address"
        pins: dict[str, list[str]] = {}
        for line in _logical_lines(text):
            pin = PIN.fullmatch(line)
            if pin:
                pins.setdefault(canonicalize_name(pin["name"]), []).append(pin["version"])
            else:
                yield f"{place}: {line!r} is not NAME==VERSION with hashes"
        for wanted in _requirements(groups, group):
            versions = pins.get(canonicalize_name(wanted.name), [])
            if not versions:
                yield f"{place}: {wanted.name} is not pinned"
            yield from (
                f"{place}: {wanted.name} {version} is outside {wanted.specifier}"
                for version in versions
                if not wanted.specifier.contains(version, prereleases=True)
            )


def npm_problems(root: Path) -> Iterator[str]:
    """Yield one line for each way in which package-lock.json falls short of package.json."""
    try:
        wanted = json.loads((root / "package.json").read_text("utf-8"))
        packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    except FileNotFoundError as error:
        yield f"{Path(error.filename).name}: missing"
        return
    if wanted["devDependencies"] != packages[""].get("devDependencies"):
        yield "package-lock.json: its devDependencies are not those of package.json"
    for name, package in packages.items():
        if name and "integrity" not in package:
            yield f"package-lock.json: {name} has no integrity hash"
        if "resolved" in package:
            yield f"package-lock.json: {name} names an address"


def _requirements(groups: dict[str, Any], group: str) -> Iterator[Requirement]:
    for item in groups[group]:
        if isinstance(item, str):
            yield Requirement(item)
        else:
            yield from _requirements(groups, item["include-group"])


def _logical_lines(text: str) -> Iterator[str]:
    for line in text.replace("\\\n", " ").splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield " ".join(content.split())


if __name__ == "__main__":
    sys.exit(main())
