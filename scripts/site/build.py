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

from scripts.catalogue import operations
from scripts.site import client_reference, contents, errors, evidence, reference, search
from scripts.site.accessible import accessible, missed
from scripts.site.captions import captioned
from scripts.site.diagrams import drawn
from scripts.site.links import FILES, published, rewritten

if TYPE_CHECKING:
    from scripts.catalogue import Node

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = "openapi.yaml"
# What Sphinx leaves for itself, or for other sites.
_LEFTOVERS = (
    *(".buildinfo", ".doctrees", "_sources", "objects.inv", "searchindex.js"),
    *(f"_static/{name}" for name in ("basic.css", "debug.css", "skeleton.css")),
    *(f"_static/{name}.png" for name in ("file", "minus", "plus")),
    *(f"_static/{name}.js" for name in ("base-stemmer", "english-stemmer", "language_data")),
    "_static/searchtools.js",
)
_SEARCH = Path("node_modules", "minisearch")


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
        pages[name] = drawn(captioned(text), name)
    calls = [each["operationId"] for _, _, each in operations(document)]
    for title, names in contents.navigation(set(pages), calls).items():
        listed = "\n".join(map(contents.entry, names))
        pages["index"] += f"\n```{{toctree}}\n:caption: {title}\n:hidden:\n\n{listed}\n```\n"
    for name, text in pages.items():
        (directory / f"{name}.md").write_text(text, "utf-8")
    for path in files:
        target = directory / "extra" / FILES / published(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)


def build(root: Path, site: Path) -> None:
    """Build the site in place of a directory.

    Raises:
        BuildError: Sphinx has something to say against a page, or the search is not installed.
        LinkError, DiagramError, AdviceError: As for `stage`.
    """
    program = _program()
    with TemporaryDirectory(prefix="mipos-docs-") as workshop:
        source, output = Path(workshop, "source"), Path(workshop, "site")
        source.mkdir()
        stage(root, source)
        for name in ("static", "templates"):
            shutil.copytree(ROOT / "scripts" / "site" / name, source / name)
        shutil.copyfile(ROOT / "scripts" / "site" / "conf.py", source / "conf.py")
        _run(source, output)
        _finish(output, program)
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


def _finish(site: Path, program: str) -> None:
    """Add to the pages what Sphinx leaves out, and what their search needs."""
    pages = {path.name: path.read_text("utf-8") for path in sorted(site.glob("*.html"))}
    if unknown := missed(pages.values()):
        raise BuildError(f"no page has {unknown[0]!r} any more; correct scripts/site/accessible.py")
    pages = {name: accessible(page) for name, page in pages.items()}
    for name, page in pages.items():
        (site / name).write_text(page, "utf-8")
    (site / "_static" / "sections.js").write_text(search.script(pages), "utf-8")
    (site / "_static" / "minisearch.js").write_text(program, "utf-8")


def _program() -> str:
    """Return the program of the search, with the terms that it is given under."""
    package = ROOT / _SEARCH
    if not package.is_dir():
        raise BuildError(f"{_SEARCH} is not there; install package-lock.json (npm ci)")
    terms = (package / "LICENSE.txt").read_text("utf-8").strip()
    program = (package / "dist" / "umd" / "index.js").read_text("utf-8")
    return f"/*\n{terms}\n*/\n{program.partition('//# sourceMappingURL=')[0]}"


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
