"""A release is the same each time, and of one version."""

import json
import os
import zipfile
from pathlib import Path

import pytest
import yaml

from scripts import release
from tests.wheels import build


def test_an_archive_does_not_tell_when_it_was_made(tmp_path: Path) -> None:
    """Two directories with the same files give the same bytes, whatever their dates and order."""
    for name, files, date in (("a", ("x", "y/z"), 1), ("b", ("y/z", "x"), 2_000_000_000)):
        for file in files:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"text of {file}", "utf-8")
            os.utime(path, (date, date))
        release.archive(tmp_path / name, tmp_path / f"{name}.zip")

    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert ["x", "y/z"] == packed.namelist()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("fault", ["different", "missing", "extra"])
def test_builds_that_differ_are_found(fault: str, tmp_path: Path) -> None:
    """A file that is not the same in both builds is named."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_text("text", "utf-8")
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
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_text("text", "utf-8")

    assert [] == release.differing(tmp_path / "first", tmp_path / "second")


def test_a_wheel_of_another_version_is_refused(tmp_path: Path) -> None:
    """The message names the wheel, both versions' source and the remedy."""
    (tmp_path / "mipos_mock-0.1.0-py3-none-any.whl").touch()

    with pytest.raises(release.ReleaseError, match=r"mock-0\.1\.0.* 0\.2\.0 of openapi"):
        release.check_versions(tmp_path, "0.2.0")


def test_every_package_takes_its_version_from_the_document(tmp_path: Path) -> None:
    """The wheels that the packages give are of the version that the document has."""
    version = str(yaml.safe_load((release.ROOT / "openapi.yaml").read_bytes())["info"]["version"])
    for package in release.PACKAGES:
        build(release.ROOT / package, tmp_path)

    release.check_versions(tmp_path, version)

    assert 3 == len(list(tmp_path.glob(f"*-{version}-*.whl")))


def test_the_document_as_json_is_the_document() -> None:
    """Nothing is lost or reordered."""
    document = {"openapi": "3.1.0", "info": {"title": "Menú", "version": "1"}, "a": [1, None]}

    text = release.as_json(document)

    assert list(document) == list(json.loads(text))
    assert document == json.loads(text)
    assert "Menú" in text


def test_a_part_that_cannot_be_built_leaves_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what failed, exits with 1, and touches nothing."""
    output = tmp_path / "dist"
    output.mkdir()
    (output / "kept").touch()
    monkeypatch.setattr(release, "PACKAGES", ("tests/data",))

    assert 1 == release.main(["--output", str(output)])

    assert ["kept"] == [path.name for path in output.iterdir()]
    assert "dist/ is left as it was: `python -m hatchling build" in capsys.readouterr().err
