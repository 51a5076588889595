"""The site comes out the same everywhere, and says why when it cannot."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts import build_docs
from scripts.site import contents, mock_page
from scripts.site.build import BuildError, build
from scripts.site.captions import captioned
from tests.site.support import ROOT, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.support import Page


def sums(directory: Path) -> dict[str, str]:
    """Return a checksum of each file."""
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def workshop(directory: Path) -> Path:
    """Return a copy of what the site is made from."""
    shutil.copytree(ROOT / "docs", directory / "docs")
    named = [*contents.ELSEWHERE, "openapi.yaml", "LICENSE", ".github", "CONTRIBUTING.md"]
    for name in [*named, "generated", "tests/data", mock_page.PAGE]:
        source, target = ROOT / name, directory / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return directory


def test_two_builds_are_equal(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another directory, time zone, language and hash seed change no byte."""
    for name, value in (("TZ", "Asia/Tokyo"), ("LANG", "de_DE"), ("PYTHONHASHSEED", "7")):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    build(ROOT, tmp_path / "elsewhere" / "docs")

    assert sums(site) == sums(tmp_path / "elsewhere" / "docs")


def test_no_file_names_the_machine(site: Path) -> None:
    """Neither the repository's directory nor the one that was built in is in any file."""
    told = [path.read_bytes() for path in site.rglob("*") if path.is_file()]

    assert told
    assert not any(str(ROOT).encode() in each or b"mipos-docs-" in each for each in told)


def test_every_page_of_docs_is_in_the_site_and_in_its_navigation(
    pages: dict[str, Page], site: Path
) -> None:
    """A new page of docs/ is taken in by itself, and can be reached from the first page."""
    names = [f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md")]

    assert "start.html" in names
    assert set() == set(names) - set(pages)
    assert set() == {path.name for path in site.glob("*.html")} - {
        "index.html",
        "search.html",
        *pages["index.html"].links,
    }


def test_a_page_that_no_section_names_comes_last() -> None:
    """Nobody has to be told about a new page."""
    sections = contents.navigation({"index", "start", "planted", "changelog"})

    assert {"Begin": ["start"], "More": ["planted", "changelog"]} == sections


def test_every_page_that_a_section_names_is_there(pages: dict[str, Page]) -> None:
    """A page that was renamed or removed leaves no name behind."""
    named = {name for section in contents.SECTIONS.values() for name in section}

    assert set() == {name for name in {*named, *contents.TITLES} if f"{name}.html" not in pages}


def test_a_page_is_named_for_what_it_is_for() -> None:
    """The name of a package is no entry of the menu."""
    assert ("Run the mock <mock>", "start") == (contents.entry("mock"), contents.entry("start"))


def test_a_block_is_a_file_where_its_fence_names_one() -> None:
    """Words that say how a block is tested are no name of a file."""
    text = "```python a/b.py\nx\n```\n```python test async\nx\n```\n```python fails\nx\n```\n"

    assert (
        text.replace("```python a/b.py\n", "```{code-block} python\n:caption: a/b.py\n\n")
    ) == captioned(text)


def test_an_operation_stands_in_the_reference_by_itself() -> None:
    """A new one comes in the document's order, and nobody has to be told about it."""
    sections = contents.navigation({"index", "reference", "planted", "pushes"}, ["planted"])

    assert {"The API": ["reference", "planted", "pushes"]} == sections


def test_what_sphinx_complains_about_ends_the_build(tmp_path: Path) -> None:
    """A link to a heading that is not there is an error, and the old site stays."""
    root = workshop(tmp_path / "root")
    (root / "docs" / "planted.md").write_text("# Planted\n\n[x](start.md#nowhere)\n", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "old").touch()

    with pytest.raises(BuildError, match=r"correct it where it says(.|\n)*planted\.md:3.*nowhere"):
        build(root, site)
    assert ["old"] == [path.name for path in site.iterdir()]


def test_without_its_search_there_is_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package of npm that is missing is named, with what installs it."""
    monkeypatch.setattr("scripts.site.build._SEARCH", tmp_path / "planted")

    with pytest.raises(BuildError, match=r"planted is not there; install package-lock.json"):
        build(ROOT, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_command_names_a_dead_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A user's mistake is one line that says where and what."""
    root = workshop(tmp_path / "root")
    (root / "docs" / "planted.md").write_text("# Planted\n\n[x](nowhere.md)\n", "utf-8")
    monkeypatch.setattr(build_docs, "ROOT", root)

    assert 1 == build_docs.main(["--output", str(tmp_path / "site")])
    assert (
        "site/ is left as it was: docs/planted.md: the link to 'nowhere.md' leads to no file or "
        "page; correct it there\n"
    ) == capsys.readouterr().err


def test_the_mocks_reference_is_what_the_document_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The page that is packed with the mock is current."""
    assert 0 == build_docs.main(["--check"])
    assert "The mock's reference is what openapi.yaml gives.\n" == capsys.readouterr().out


def test_a_stale_reference_of_the_mock_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A change of the document fails the check, which names the repair; writing repairs it."""
    root = workshop(tmp_path / "root")
    monkeypatch.setattr(build_docs, "ROOT", root)
    changed = (root / "openapi.yaml").read_text("utf-8").replace("Set up a webhook", "Planted", 1)
    (root / "openapi.yaml").write_text(changed, "utf-8")

    assert 1 == build_docs.main(["--check"])
    assert "Repair: nox -s docs\n" == capsys.readouterr().err[-len("Repair: nox -s docs\n") :]
    mock_page.write(root)
    assert 0 == build_docs.main(["--check"])


def test_the_mocks_reference_stands_alone() -> None:
    """It asks for its style sheet alone, and each of its links is a part of it."""
    page = read((ROOT / mock_page.PAGE).read_text("utf-8"))

    assert ["data:,", "docs.css"] == page.fetched
    assert [] == [each for each in page.links if each[0] == "#" and each[1:] not in page.ids]
    assert ["./"] == [each for each in page.links if not each.startswith(("#", "https://"))]
    assert len(page.ids) == len(set(page.ids))
