"""The site: its sources put together, given to Sphinx, and what it leaves put in order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from scripts.site import client_reference, contents, errors, evidence, reference
from scripts.site.accessible import accessible
from scripts.site.diagrams import drawn
from scripts.site.links import FILES, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.catalogue import Node

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = "openapi.yaml"
# What Sphinx leaves for itself, or for other sites.
_LEFTOVERS = (".buildinfo", ".doctrees", "_sources", "objects.inv")


class BuildError(Exception):
    """There is no site. The text says what Sphinx said."""


def generated(document: Node) -> dict[str, str]:
    """Return the pages that are made, by their names."""
    return {
        **reference.pages(document),
        "errors": errors.page(document),
        "evidence": evidence.page(document),
        "client-reference": client_reference.page(),
    }


def stage(root: Path, directory: Path) -> None:
    """Write the sources of the site into an empty directory.

    Raises:
        LinkError: A link of a page leads nowhere.
        DiagramError: A diagram cannot be drawn.
        AdviceError: The error catalogue is not complete.
    """
    document: Node = yaml.safe_load((root / DOCUMENT).read_text("utf-8"))
    sources = contents.sources(root)
    pages = generated(document)
    files = {DOCUMENT}
    for path, name in sources.items():
        text, found = rewritten((root / path).read_text("utf-8"), path, sources, root)
        files |= found
        pages[name] = drawn(text, name)
    for title, names in contents.navigation(set(pages)).items():
        listed = "\n".join(names)
        pages["index"] += f"\n```{{toctree}}\n:caption: {title}\n:hidden:\n\n{listed}\n```\n"
    for name, text in pages.items():
        (directory / f"{name}.md").write_text(text, "utf-8")
    for path in files:
        target = directory / "extra" / FILES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)


def build(root: Path, site: Path) -> None:
    """Build the site in place of a directory.

    Raises:
        BuildError: Sphinx has something to say against a page.
        LinkError, DiagramError, AdviceError: As for `stage`.
    """
    with TemporaryDirectory(prefix="mipos-docs-") as workshop:
        source, output = Path(workshop, "source"), Path(workshop, "site")
        source.mkdir()
        stage(root, source)
        shutil.copytree(ROOT / "scripts" / "site" / "static", source / "static")
        shutil.copyfile(ROOT / "scripts" / "site" / "conf.py", source / "conf.py")
        _run(source, output)
        for page in _pages(output):
            page.write_text(accessible(page.read_text("utf-8")), "utf-8")
        for name in _LEFTOVERS:
            _remove(output / name)
        _drop_maps(output)
        _remove(site)
        shutil.copytree(output, site)


def _run(source: Path, output: Path) -> None:
    command = [
        *(sys.executable, "-m", "sphinx", "--builder", "html", "--quiet", "--fail-on-warning"),
        *("--fresh-env", str(source), str(output)),
    ]
    # Nothing of the environment decides what is written.
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    environment = {**kept, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - the command stands above
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode and "No module named sphinx" in done.stderr:
        raise BuildError("Sphinx is not installed here; run `nox -s docs`")
    if done.returncode:
        said = (done.stderr or done.stdout).replace(f"{source}{os.sep}", "").strip()
        raise BuildError(f"Sphinx refuses a page; correct it where it says.\n{said}")


def _pages(site: Path) -> Iterator[Path]:
    yield from sorted(site.glob("*.html"))


def _drop_maps(site: Path) -> None:
    """Remove what only developers of the theme need, and the lines that name it."""
    for path in sorted(site.rglob("*.map")):
        path.unlink()
        named = path.with_suffix("")
        lines = named.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "sourceMappingURL=" not in line]
        named.write_text("".join(kept), "utf-8")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
