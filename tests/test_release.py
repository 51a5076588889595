"""A release is the same each time, and of one version."""

from __future__ import annotations

import json
import os
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
import yaml

from scripts import downgrade, release
from scripts.releasing import PACKAGES, ROOT, ReleaseError, bill, parts, place
from tests.releases import content, fill, released
from tests.wheels import build

VERSION = str(yaml.safe_load((ROOT / "openapi.yaml").read_bytes())["info"]["version"])
NAMES = ("mipos_client", "mipos_contract", "mipos_mock")


@pytest.fixture
def fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be as a release needs it, and a build take no time."""

    def built(directory: Path, _of: str, _seed: str) -> None:
        released(directory, "new")

    def commit(_root: Path, *, allow_dirty: bool) -> str:
        return f"c0ffee {allow_dirty}"

    def require_fresh(_root: Path) -> None:
        pass

    monkeypatch.setattr(release, "commit", commit)
    monkeypatch.setattr(release, "require_fresh", require_fresh)
    monkeypatch.setattr(release, "build", built)


def test_an_archive_does_not_tell_when_it_was_made(tmp_path: Path) -> None:
    """Two directories with the same files give the same bytes, whatever their dates and order."""
    for name, files, date in (("a", ("x", "y/z"), 1), ("b", ("y/z", "x"), 2_000_000_000)):
        for file in files:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"text of {file}", "utf-8")
            os.utime(path, (date, date))
        parts.archive(tmp_path / name, tmp_path / f"{name}.zip")

    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert ["x", "y/z"] == packed.namelist()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("fault", ["different", "missing", "extra"])
def test_builds_that_differ_are_found(fault: str, tmp_path: Path) -> None:
    """A file that is not the same in both builds is named."""
    for name in ("first", "second"):
        fill(tmp_path / name, part="text")
    if fault == "different":
        (tmp_path / "second" / "part").write_text("other", "utf-8")
    elif fault == "missing":
        (tmp_path / "second" / "part").unlink()
    else:
        (tmp_path / "first" / "part").rename(tmp_path / "second" / "part2")

    assert "part" in release.differing(tmp_path / "first", tmp_path / "second")


def test_equal_builds_have_no_difference(tmp_path: Path) -> None:
    """What is the same is not named."""
    for name in ("first", "second"):
        fill(tmp_path / name, part="text")

    assert [] == release.differing(tmp_path / "first", tmp_path / "second")


@pytest.mark.parametrize(
    "versions",
    [("1.0", "1.0", "0.9"), ("1.0", "1.0"), (), ("1.0", "1.0", "1.0", "1.0")],
    ids=["another version", "one missing", "none", "one too many"],
)
def test_other_wheels_than_the_three_are_refused(versions: tuple[str, ...], tmp_path: Path) -> None:
    """The message names the wheels that are there and those that have to be."""
    for name, version in zip((*NAMES, "other"), versions, strict=False):
        (tmp_path / f"{name}-{version}-py3-none-any.whl").touch()

    with pytest.raises(ReleaseError, match=r"not .*'mipos_mock-1\.0-py3-none-any\.whl'"):
        parts.check_wheels(tmp_path, "1.0")


def test_every_package_takes_its_version_from_the_document(tmp_path: Path) -> None:
    """The wheels that the packages give are of the version that the document has."""
    for package in PACKAGES:
        parts.wheel(ROOT / package, tmp_path)

    parts.check_wheels(tmp_path, VERSION)

    assert len(PACKAGES) == len(list(tmp_path.iterdir()))


def test_the_environment_does_not_change_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date, as Debian and nixpkgs set one, is not in the bytes."""
    plain, dated = fill(tmp_path / "a"), fill(tmp_path / "b")
    parts.wheel(ROOT / "generated", plain)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    parts.wheel(ROOT / "generated", dated)

    assert [] == release.differing(plain, dated)
    assert [] != release.differing(plain, build(ROOT / "generated", fill(tmp_path / "c")).parent)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_wheel_holds_the_license(package: str, tmp_path: Path) -> None:
    """It is the repository's, where installers and scanners look for it."""
    terms = (ROOT / "LICENSE").read_bytes()
    with zipfile.ZipFile(build(ROOT / package, tmp_path)) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "LICENSE" in name}
        (said,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = Parser().parsestr(archive.read(said).decode())

    assert [terms] == list(held.values())
    assert [True] == [".dist-info/licenses/LICENSE" in name for name in held]
    assert ["LICENSE"] == metadata.get_all("License-File")
    assert terms == (ROOT / package / "LICENSE").read_bytes()


def test_the_document_as_json_is_the_document() -> None:
    """Nothing is lost or reordered."""
    document = {"openapi": "3.1.0", "info": {"title": "Menú", "version": "1"}, "a": [1, None]}

    text = parts.as_json(document)

    assert list(document) == list(json.loads(text))
    assert document == json.loads(text)
    assert "Menú" in text


@pytest.mark.usefixtures("fit")
def test_a_part_that_cannot_be_built_leaves_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what failed, exits with 1, and touches nothing."""
    output = released(tmp_path / "dist")
    before = content(output)

    def broken(directory: Path, _of: str, _seed: str) -> None:
        parts.wheel(ROOT / "tests" / "data", directory)

    monkeypatch.setattr(release, "build", broken)

    assert 1 == release.main(["--output", str(output)])

    assert before == content(output)
    assert [output] == list(tmp_path.iterdir())
    assert "release: `python -m hatchling build" in capsys.readouterr().err


@pytest.mark.usefixtures("fit")
@pytest.mark.parametrize("before", ["nothing", "an empty directory", "a release", "a rendition"])
def test_a_release_takes_the_place_of_the_last_one(
    before: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else is left, and the checksums are printed."""
    output = tmp_path / "a" / "dist"
    if before == "an empty directory":
        fill(output)
    elif before == "a release":
        released(output)
    elif before == "a rendition":
        fill(output, **dict.fromkeys(downgrade.FORMS, "old"))

    assert 0 == release.main(["--output", str(output)])

    assert "new" == content(output)["openapi.yaml"]
    assert [output] == list(output.parent.iterdir())
    assert content(output)["SHA256SUMS"] == capsys.readouterr().out


@pytest.mark.usefixtures("fit")
def test_a_directory_is_meant_as_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tool that builds is given the whole path, since it runs elsewhere."""
    given = list[Path]()

    def built(directory: Path, _of: str, _seed: str) -> None:
        given.append(directory)
        released(directory)

    monkeypatch.setattr(release, "build", built)
    monkeypatch.chdir(tmp_path)

    assert 0 == release.main(["--output", "dist"])

    assert [True, True] == [path.is_absolute() for path in given]
    assert (tmp_path / "dist" / "SHA256SUMS").is_file()


@pytest.mark.usefixtures("fit")
def test_what_is_stale_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says so before it begins, and exits with 1."""

    def require_fresh(_root: Path) -> None:
        raise ReleaseError("stale")

    monkeypatch.setattr(release, "require_fresh", require_fresh)

    assert 1 == release.main(["--output", str(tmp_path / "dist")])

    assert [] == list(tmp_path.iterdir())
    assert "release: stale\n" == capsys.readouterr().err


@pytest.mark.parametrize("dirty", [True, False])
@pytest.mark.usefixtures("fit")
def test_a_release_is_of_the_commit_that_was_looked_at(
    dirty: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both builds are told, and each hashes texts in its own way."""
    given = list[tuple[str, str]]()

    def built(directory: Path, of: str, seed: str) -> None:
        given.append((of, seed))
        released(directory)

    monkeypatch.setattr(release, "build", built)

    release.main(["--output", str(tmp_path / "dist"), *(["--allow-dirty"] if dirty else [])])

    assert [(f"c0ffee {dirty}", "1"), (f"c0ffee {dirty}", "2")] == given


def test_a_build_is_a_process_that_says_what_failed(tmp_path: Path) -> None:
    """Its own words are shown, and not the command that started it."""
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(ReleaseError, match=r"^`python -m hatchling build"):
        release.build(file, "", "1")


def test_the_tools_that_build_are_given_whole_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the parts are built by themselves."""
    given = list[tuple[Path, str]]()

    def built(directory: Path, commit: str) -> None:
        given.append((directory, commit))

    monkeypatch.setattr(parts, "build", built)
    monkeypatch.chdir(tmp_path)

    assert 0 == parts.main(["dist", "--commit", "c0ffee"])

    assert [(tmp_path / "dist", "c0ffee")] == given


@pytest.mark.usefixtures("fit")
def test_a_refused_place_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says why, exits with 1, and removes nothing."""
    output = fill(tmp_path / "photos", holiday="sea")

    assert 1 == release.main(["--output", str(output)])

    assert {"holiday": "sea"} == content(output)
    assert "holds 'holiday'" in capsys.readouterr().err


def test_a_keyword_without_a_form_in_3_0_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says where it stands, without a traceback."""
    document = yaml.safe_load((ROOT / "openapi.yaml").read_bytes())
    document["components"]["schemas"]["Webhook"]["prefixItems"] = []
    root = fill(tmp_path / "root", **{"openapi.yaml": yaml.safe_dump(document)})
    monkeypatch.setattr(parts, "ROOT", root)
    monkeypatch.setattr(parts, "PACKAGES", ())

    assert 1 == parts.main([str(fill(tmp_path / "dist"))])

    said = capsys.readouterr().err.splitlines()
    assert 1 == len(said)
    assert said[0].startswith("openapi.yaml: #/components/schemas/Webhook/prefixItems: no form")


def test_the_bill_comes_after_everything_that_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checksums are of every file, the bill included."""

    def written(directory: Path, version: str, commit: str) -> None:
        (directory / bill.FILE).write_text(f"{version} {commit}", "utf-8")

    def documentation(directory: Path, version: str) -> None:
        (directory / f"mipos-docs-{version}.zip").touch()

    monkeypatch.setattr(bill, "write", written)
    monkeypatch.setattr(parts, "documentation", documentation)

    parts.build(tmp_path, "c0ffee")

    names = {
        *("openapi.yaml", "openapi.json", *downgrade.FORMS, bill.FILE),
        *(f"{name}-{VERSION}-py3-none-any.whl" for name in NAMES),
        f"mipos-docs-{VERSION}.zip",
    }
    listed = (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()
    assert sorted(names) == [line.partition("  ")[2] for line in listed]
    assert {*names, "SHA256SUMS"} == {path.name for path in tmp_path.iterdir()}
    assert f"{VERSION} c0ffee" == (tmp_path / bill.FILE).read_text("utf-8")
    assert [] == place.foreign(tmp_path)
