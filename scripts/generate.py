"""Write generated/, the Python client, from openapi.yaml, or check that it is up to date.

Usage: python scripts/generate.py [--check]

scripts/render.py makes the package, with openapi-python-client and the templates of
scripts/templates/; the files around it are filled in here. The result depends on nothing but files
of this repository and the pinned tools: not on the machine, the directory or the environment.
"""

import argparse
import difflib
import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import yaml

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "openapi.yaml"
GENERATED = ROOT / "generated"
TEMPLATES = ROOT / "scripts" / "templates"
LICENSE = ROOT / "LICENSE"
LOCK = ROOT / "requirements" / "generate.txt"
REPAIR = "nox -s generate"
MAX_DIFF_LINES = 80


class GenerationError(Exception):
    """Nothing was generated; the message names the place and the remedy."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Write generated/ from openapi.yaml.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            write(DOCUMENT, GENERATED)
            print("generated/ is written.")
            return 0
        found = differences(DOCUMENT, GENERATED)
    except (GenerationError, OSError) as error:
        print(f"generated/ is left as it was: {error}", file=sys.stderr)
        return 1
    if found:
        print("\n".join(found), file=sys.stderr)
        print(f"generated/ is not what openapi.yaml gives. Repair: {REPAIR}", file=sys.stderr)
        return 1
    print("generated/ is what openapi.yaml gives.")
    return 0


def write(document: Path, generated: Path) -> None:
    """Make the client of `document` and put it in place of the directory `generated`, whole.

    Raises:
        GenerationError: The document or a tool is unfit; `generated` is as it was.
    """
    # Beside the target, so that putting it in place is a rename and never a half-done copy.
    with TemporaryDirectory(prefix=".generated-", dir=generated.parent) as workshop:
        new, old = Path(workshop, "new"), Path(workshop, "old")
        render(document, new)
        if not generated.exists():
            new.rename(generated)
            return
        generated.rename(old)
        try:
            new.rename(generated)
        except BaseException:
            old.rename(generated)
            raise


def differences(document: Path, generated: Path) -> list[str]:
    """Return what `compare` finds between what `document` gives and `generated`.

    Raises:
        GenerationError: The document or a tool is unfit.
    """
    with TemporaryDirectory() as workshop:
        render(document, Path(workshop, "new"))
        return compare(Path(workshop, "new"), generated)


def compare(new: Path, generated: Path) -> list[str]:
    """Return what differs between two directories, as lines to print; none if nothing does.

    The lines name each missing, extra and changed file, then show a unified diff of the changed
    ones, cut after `MAX_DIFF_LINES`.
    """
    wanted, found = _files(new), _files(generated)
    names, diff = list[str](), list[str]()
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            names.append(f"missing: generated/{name}")
        elif name not in wanted:
            names.append(f"extra: generated/{name}")
        elif wanted[name] != found[name]:
            names.append(f"changed: generated/{name}")
            before, after = (
                content.decode("utf-8", "replace").splitlines()
                for content in (found[name], wanted[name])
            )
            diff += difflib.unified_diff(
                before, after, f"generated/{name}", "what openapi.yaml gives", lineterm=""
            )
    if len(diff) > MAX_DIFF_LINES:
        diff[MAX_DIFF_LINES:] = [f"... and {len(diff) - MAX_DIFF_LINES} more lines"]
    return names + diff


def render(document: Path, target: Path) -> None:
    """Make the client of `document` in the new directory `target`.

    Raises:
        GenerationError: The document or a tool is unfit; what `target` then holds is of no use.
    """
    _require_pinned_tools()
    package = target / "mipos_client"
    target.mkdir()
    run_generator(document, package)
    source = document.read_bytes()
    values = {
        "version": _package_version(source),
        "sha256": hashlib.sha256(source).hexdigest(),
    }
    for file in (target / "pyproject.toml", target / "README.md"):
        template = Template((TEMPLATES / f"{file.name}.in").read_text("utf-8"))
        file.write_text(template.substitute(values), "utf-8", newline="\n")
    # What is built from a directory holds no file above it.
    (target / LICENSE.name).write_bytes(LICENSE.read_bytes())
    (package / "py.typed").touch()
    for name, content in _files(target).items():
        # A template of the generator that forgets to escape a text prints its wrapper instead.
        if b"UntrustedString" in content:
            raise GenerationError(
                f"the generator leaked an UntrustedString into {name} in place of a text of "
                f"{document.name}; reword that text or leave it out"
            )


def _require_pinned_tools() -> None:
    pins = dict(re.findall(r"^([a-z-]+)==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE))
    for tool in ("openapi-python-client", "ruff"):
        try:
            installed = version(tool)
        except PackageNotFoundError:
            installed = "none"
        if installed != pins.get(tool):
            raise GenerationError(
                f"{tool} {installed} is installed, requirements/{LOCK.name} pins {pins.get(tool)}; "
                f"run `{REPAIR}`, which installs the pinned one"
            )


def run_generator(document: Path, package: Path) -> None:
    """Make the bare package of `document` in the new directory `package`.

    Raises:
        GenerationError: The generator refused the document or could not express all of it.
    """
    command = [sys.executable, "-m", "scripts.render", str(document.resolve()), str(package)]
    # Only what the tools need. The post hooks find ruff beside this interpreter.
    environment = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ
    } | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(  # noqa: S603  every part of the command stands above
        command,
        cwd=package.parent,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        report = done.stderr.partition("If you believe this was a mistake")[0].strip()
        if "Traceback" in report:
            report = report.splitlines()[-1]
        raise GenerationError(f"the client cannot express {document.name}:\n{report}")


def _package_version(document: bytes) -> str:
    text = str(yaml.safe_load(document)["info"]["version"])
    if not re.fullmatch(r"\d+(\.\d+)*((a|b|rc)\d+)?", text, re.ASCII):
        raise GenerationError(
            f"info.version {text!r} is not a version of a Python package; write one like 1.2.3"
        )
    return text


def _files(directory: Path) -> dict[str, bytes]:
    """Return the content of each file by its relative path with forward slashes."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


if __name__ == "__main__":
    sys.exit(main())
