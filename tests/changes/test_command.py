"""`scripts/breaking.py` in a repository: what it compares, prints, and returns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts import breaking
from scripts.changes import table
from tests.changes.plants import MAKE, SCHEMAS, Node, base, edit
from tests.changes.repositories import LOG, commit, git, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def added(document: Node) -> None:
    """Plant an additive change."""
    edit(document, f"{SCHEMAS}/Thing/properties/new", {"type": "string"})


def removed(document: Node) -> None:
    """Plant a breaking change."""
    edit(document, f"{SCHEMAS}/Thing/required", [])


def reworded(document: Node) -> None:
    """Plant a change of text."""
    edit(document, f"{MAKE}/summary", "Make it")


def change(root: Path, plant: Callable[[Node], None], version: str, entry: str = "") -> None:
    """Change the document, its version and the changelog in the working tree."""
    document = base()
    plant(document)
    edit(document, "#/info/version", version)
    write(root, document)
    (root / "CHANGELOG.md").write_text(LOG + entry, "utf-8")


ENTRY = "- The API changed: second.\n"


@pytest.mark.parametrize(
    ("status", "plant", "version", "entry", "options"),
    [
        (0, reworded, "1.2.3", "", ()),
        (0, added, "1.3.0", ENTRY, ()),
        (1, added, "1.2.4", ENTRY, ()),
        (1, added, "1.3.0", "", ()),
        (1, removed, "2.0.0", ENTRY, ()),
        (0, removed, "2.0.0", ENTRY, ("--allow", "declared")),
        (0, removed, "2.0.0", ENTRY, ("--allow", "clients")),
        (0, removed, "2.0.0", ENTRY, ("--allow", "received-required-removed")),
        (1, removed, "2.0.0", ENTRY, ("--allow", "servers")),
        (1, removed, "1.3.0", ENTRY, ("--allow", "declared")),
        (1, removed, "2.0.0", "", ("--allow", "declared")),
    ],
)
def test_status_says_whether_something_is_to_be_done(  # noqa: PLR0913, PLR0917 - a table's columns
    status: int,
    plant: Callable[[Node], None],
    version: str,
    entry: str,
    options: tuple[str, ...],
    repository: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Breaking changes that are not allowed, and gates that are not met, give 1 and a repair."""
    change(repository, plant, version, entry)

    assert status == breaking.main(["v1.2.3", *options], repository)
    assert bool(status) == ("Repair: " in capsys.readouterr().out)


def test_text_names_class_rule_place_and_exchange(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A finding is a line below its class, and the gates end the text."""
    change(repository, removed, "1.2.3")

    breaking.main(["v1.2.3"], repository)

    assert (
        "openapi.yaml since v1.2.3: 1 breaking for clients.\n\n"
        "breaking for clients:\n"
        "  received-required-removed #/components/schemas/Thing/properties/name: "
        '"name" is no longer required. (makeThing 201)\n\n'
        "info.version is 1.2.3; it was 1.2.3, and a change is breaking for clients. "
        "Repair: write 2.0.0 or more in openapi.yaml, then run `nox -s generate`.\n"
        "CHANGELOG.md has no new entry about the contract under [Unreleased] or [1.2.3]. "
        "Repair: add `- The API changed: …` or `- The document was wrong: …`, in the words of "
        "those who use it.\n"
        "1 breaking. Repair: take it back, or allow what is meant: `--allow RULE`, or "
        "`--allow declared` once version and changelog say so.\n"
    ) == capsys.readouterr().out


def test_markdown_is_printed_and_written(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Markdown of both ways is the same, with a table for each class and bars escaped."""
    document = base()
    edit(document, f"{SCHEMAS}/Wish/properties/name/pattern", "a|b`c")
    write(repository, document)
    file = tmp_path / "reports" / "breaking.md"

    breaking.main(["--format", "markdown", "--markdown", str(file)], repository)

    printed = capsys.readouterr().out
    assert printed == file.read_text("utf-8")
    assert "### Breaking for clients\n\n| rule | place | change | where |\n|---|---|" in printed
    assert '| `` pattern added: "a\\|b`c". `` | `makeThing request` |\n' in printed


def test_without_a_revision_the_latest_tag_is_taken(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tags that name no version do not count."""
    git(repository, "commit", "--allow-empty", "-m", "more")
    git(repository, "tag", "nightly")

    assert 0 == breaking.main([], repository)
    assert "since v1.2.3: no change." in capsys.readouterr().out


def test_without_a_tag_the_last_commit_is_taken(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The version may stay as long as nothing was released; the changelog has an entry anyway."""
    git(repository, "tag", "-d", "v1.2.3")
    git(repository, "commit", "--allow-empty", "-m", "more")
    change(repository, added, "1.2.3", ENTRY)

    assert 0 == breaking.main([], repository)
    assert "No tag names a release, so info.version may stay" in capsys.readouterr().out

    change(repository, added, "1.2.3")

    assert 1 == breaking.main([], repository)


@pytest.mark.parametrize("commits", [0, 1, 2])
def test_first_document_has_nothing_to_be_compared_with(
    commits: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A repository whose last commit had no document before passes, and says so."""
    git(tmp_path, "init")
    for number in range(commits):
        commit(tmp_path, f"{number}.txt", "")
    write(tmp_path, base())

    assert 0 == breaking.main([], tmp_path)
    assert "nothing before this commit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("revision", "expected"),
    [
        ("v9", "git knows no revision 'v9'. Remedy: name a tag, branch or commit; "),
        ("^HEAD", "git knows no revision '^HEAD'. Remedy: name a tag, branch or commit; "),
        ("v1.2.3~1", "v1.2.3~1 has no openapi.yaml. Remedy: name a revision that has one; "),
        ("empty", "openapi.yaml at empty: holds nothing and no mapping. Remedy: "),
        ("broken", "openapi.yaml at broken:3: not YAML: "),
        ("list", "openapi.yaml at list: holds a list and no mapping. Remedy: "),
    ],
)
def test_revision_that_cannot_be_compared_is_named(
    revision: str, expected: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what is wrong with the revision, where, and what to do."""
    for name, text in (("broken", "a: b\nc: [d\n"), ("list", "- a\n"), ("empty", "\n")):
        commit(repository, "openapi.yaml", text)
        git(repository, "tag", name)
    write(repository, base())

    assert 2 == breaking.main([revision], repository)
    error = capsys.readouterr().err
    assert error.startswith(f"breaking: {expected}")
    assert 1 == len(error.splitlines())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a: [b", "openapi.yaml:1: not YAML: "),
        (b"a: \x07", "openapi.yaml: not YAML: "),
        (b"a: \xff", "openapi.yaml: not YAML: "),
        (b"a: 1\nb: 1\na: 2", "openapi.yaml:3: not YAML: the key 'a' stands there twice. "),
        (b"a: {200: 1, '200': 2}", "openapi.yaml:1: not YAML: the key '200' stands there twice. "),
        (b"a: 0x" + b"f" * 9999, "openapi.yaml: not YAML: Exceeds the limit"),
        (b"a: &a [*a]", "openapi.yaml: not YAML: "),
    ],
)
def test_document_that_is_no_yaml_is_named(
    text: bytes, expected: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The document of the working tree can be what is wrong."""
    (repository / "openapi.yaml").write_bytes(text)

    assert 2 == breaking.main(["v1.2.3"], repository)
    error = capsys.readouterr().err
    assert error.startswith(f"breaking: {expected}")
    assert error.endswith(" Remedy: mend it there.\n")


def test_missing_document_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a document in the working tree there is nothing to compare."""
    (repository / "openapi.yaml").unlink()

    assert 2 == breaking.main(["v1.2.3"], repository)
    error = capsys.readouterr().err
    assert "openapi.yaml: No such file or directory. Remedy: run this where " in error
    assert 1 == len(error.splitlines())


@pytest.mark.parametrize("arguments", [[], ["v1.2.3"]])
def test_shallow_clone_is_named(
    arguments: list[str], repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clone that lacks the revision because it is shallow says how to get the rest."""
    git(repository, "commit", "--allow-empty", "-m", "more")
    git(tmp_path, "clone", "--depth=1", "--no-tags", repository.as_uri(), "shallow")

    assert 2 == breaking.main(arguments, tmp_path / "shallow")
    error = capsys.readouterr().err
    assert error.startswith("breaking: this clone is shallow and lacks ")
    assert "`git fetch --unshallow --tags`" in error


def test_directory_without_git_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of a clone, git's own words and the remedy stand on one line."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert 2 == breaking.main([], tmp_path)
    error = capsys.readouterr().err
    assert error.endswith("Remedy: run this in a clone of the repository.\n")
    assert 1 == len(error.splitlines())


def test_machine_without_git_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without git there is one line and no traceback."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert 2 == breaking.main([], tmp_path)
    assert "breaking: there is no command git. Remedy: install git.\n" == capsys.readouterr().err


def test_option_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that does not exist cannot be allowed."""
    with pytest.raises(SystemExit, match="2"):
        breaking.main(["--allow", "everything"])

    assert "invalid choice: 'everything'" in capsys.readouterr().err


def test_page_has_the_table_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/changes.md shows each rule as it is; `--rules` prints the table for it."""
    assert 0 == breaking.main(["--rules"])
    printed = capsys.readouterr().out
    page = (ROOT / "docs" / "changes.md").read_text("utf-8")

    assert printed == table.markdown()
    assert printed in page, "Repair: python scripts/breaking.py --rules, into docs/changes.md"


def test_script_runs_as_it_is_called() -> None:
    """The script finds its modules when it is run by its path."""
    done = subprocess.run(
        [sys.executable, "scripts/breaking.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert "--allow WHAT" in done.stdout
