"""What `scripts/breaking.py` prints of odd documents, and in odd places."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from scripts import breaking
from tests.changes.plants import MAKE, SCHEMAS, Node, base, edit
from tests.changes.repositories import commit, git, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
ODD = "a\n# H1\n\x1b[31m``<b>|\u202e\x85"


def property_name(document: Node) -> None:
    """Plant a property with an odd name."""
    edit(document, f"{SCHEMAS}/Wish/properties", {ODD: {}, **WISH["properties"]})


def content_type(document: Node) -> None:
    """Plant a content type with an odd name."""
    edit(document, f"{MAKE}/responses/409/content", {ODD: {}})


def path(document: Node) -> None:
    """Plant a path with an odd name."""
    document["paths"][ODD] = {"get": {"operationId": ODD}}


def address(document: Node) -> None:
    """Plant an address with an odd name."""
    edit(document, "#/servers/-", {"url": ODD})


def operation(document: Node) -> None:
    """Plant an operation with an odd name."""
    edit(document, f"{MAKE}/operationId", ODD)


def version(document: Node) -> None:
    """Plant an odd version."""
    edit(document, "#/info/version", ODD)


WISH = base()["components"]["schemas"]["Wish"]


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("plant", [property_name, content_type, path, address, operation, version])
def test_odd_name_stays_on_its_line(
    plant: Callable[[Node], None],
    form: str,
    repository: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing of a name is a line, a heading, a tag of HTML, or a command to a terminal."""
    document = base()
    plant(document)
    write(repository, document)

    breaking.main(["--format", form], repository)

    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert [] == [letter for letter in printed.replace("\n", "") if not letter.isprintable()]
    assert [] == [line for line in lines if line.startswith("# H1")]
    assert [] == [line for line in lines if form == "markdown" and "<b>" in outside_code(line)]
    assert {5} >= {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}


def outside_code(line: str) -> str:
    """Return what of a line of Markdown is no code."""
    parts = line.split("```")
    parts = parts if len(parts) > 1 else line.split("`")
    return "".join(parts[::2])


def test_letter_that_the_output_lacks_is_escaped(repository: Path, tmp_path: Path) -> None:
    """Neither half a letter nor an output of ASCII ends the comparison."""
    document = base()
    edit(document, f"{MAKE}/summary", "\ud800 é")
    (repository / "openapi.yaml").write_text(yaml.safe_dump(document, allow_unicode=False), "utf-8")
    file = tmp_path / "report.md"
    command = (
        "import pathlib, sys; from scripts import breaking; "
        "sys.exit(breaking.main(sys.argv[2:], pathlib.Path(sys.argv[1])))"
    )

    done = subprocess.run(  # noqa: S603 - the arguments are ours
        [sys.executable, "-c", command, str(repository), "--markdown", str(file)],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="ascii",
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert r"\ud800 \xe9" in done.stdout
    assert r"\ud800 é" in file.read_text("utf-8")


@pytest.mark.parametrize("tag", ["2026-snapshot", "v2-rc", "v1.2.4-rc.1", "1.2", "9.9.9x"])
def test_only_tags_of_versions_are_releases(
    tag: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tag that merely begins with a number names no release."""
    git(repository, "commit", "--allow-empty", "-m", "more")
    git(repository, "tag", tag)

    assert 0 == breaking.main([], repository)
    assert "since v1.2.3: no change." in capsys.readouterr().out


def test_repository_may_hold_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files are those of the directory, not of the whole repository."""
    git(tmp_path, "init")
    root = tmp_path / "kit"
    root.mkdir()
    commit(root, "openapi.yaml", yaml.safe_dump(base()))
    commit(root, "CHANGELOG.md", "")
    document = base()
    edit(document, f"{MAKE}/summary", "Make it")
    write(root, document)

    assert 0 == breaking.main(["HEAD"], root)
    assert "since HEAD: 1 text." in capsys.readouterr().out


def test_report_that_cannot_be_written_is_named(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk is told with the file, not with the name of nothing."""
    assert 2 == breaking.main(["--markdown", "/dev/full"], repository)
    assert capsys.readouterr().err.startswith("breaking: /dev/full: No space left on device.")


def test_odd_version_is_refused_before_the_first_release(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That nothing was released excuses a version that stays, and none that is no version."""
    git(repository, "tag", "-d", "v1.2.3")
    git(repository, "commit", "--allow-empty", "-m", "more")
    document = base()
    edit(document, "#/info/version", "draft")
    write(repository, document)

    assert 1 == breaking.main([], repository)
    assert "info.version is 'draft', which is no version" in capsys.readouterr().out


def test_document_nested_too_deep_is_named(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document deeper than the comparison can follow is told as such."""
    for kind in ("string", "integer"):
        document = base()
        for level in range(1000):
            schema = {"items": {"$ref": f"{SCHEMAS}/L{level + 1}"}}
            edit(document, f"{SCHEMAS}/L{level}", schema)
        edit(document, f"{SCHEMAS}/L1000", {"type": kind})
        edit(document, f"{SCHEMAS}/Wish/properties/deep", {"$ref": f"{SCHEMAS}/L0"})
        commit(repository, "openapi.yaml", yaml.safe_dump(document))

    assert 2 == breaking.main(["HEAD~1"], repository)
    assert capsys.readouterr().err.startswith("breaking: openapi.yaml: nested too deep. Remedy: ")
