"""A release takes the place of a former one, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.releasing import PACKAGES, ReleaseError, place
from tests.releases import content, fill, released

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def refused(output: Path, root: Path) -> str:
    """Return why a release may not be put there."""
    with pytest.raises(ReleaseError) as caught:
        place.require_free(output, root)
    return str(caught.value)


@pytest.mark.parametrize("up", [0, 1, 2])
def test_the_repository_is_no_place_for_a_release(up: int, tmp_path: Path) -> None:
    """Neither is a directory that it is in, even if it looks like a release."""
    root = released(tmp_path / "a" / "b")

    assert "holds this repository" in refused([root, *root.parents][up], root)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_no_place_for_a_release(package: str, tmp_path: Path) -> None:
    """What lies there goes into its wheel."""
    assert "is inside a package" in refused(tmp_path / package / "src" / "dist", tmp_path)


FOREIGN: dict[str, Callable[[Path], object]] = {
    "notes": lambda output: fill(released(output), notes="mine"),
    "kept": lambda output: (released(output) / "kept").mkdir(),
    "openapi-3.0.json": lambda output: (released(output) / "openapi-3.0.json").mkdir(),
    "alone": lambda output: fill(output, alone="mine"),
    # Others publish such lists too.
    "SHA256SUMS": lambda output: fill(output, disk="mine", SHA256SUMS=f"{'0' * 64}  disk\n"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_release_is_not_removed(name: str, tmp_path: Path) -> None:
    """The message names what would have been lost."""
    output = tmp_path / "dist"
    FOREIGN[name](output)

    assert f"holds '{name}', which is of no former release" in refused(output, tmp_path / "root")


def test_a_file_is_no_place_for_a_release(tmp_path: Path) -> None:
    """It is not replaced by a directory."""
    (tmp_path / "dist").write_text("mine", "utf-8")

    assert "is no directory" in refused(tmp_path / "dist", tmp_path / "root")


def test_what_was_put_aside_is_not_lost(tmp_path: Path) -> None:
    """A release that was cut off between two renames has left the former one beside."""
    released(tmp_path / "dist.old")

    assert "dist.old is what a release that was cut off" in refused(
        tmp_path / "dist", tmp_path / "root"
    )


def test_the_last_release_comes_back_if_the_next_cannot_be_put(tmp_path: Path) -> None:
    """It is only put aside until the new one is in its place."""
    output = released(tmp_path / "dist")
    before = content(output)

    with pytest.raises(OSError, match="missing"):
        place.put(tmp_path / "missing", output)

    assert before == content(output)
    assert [output] == list(tmp_path.iterdir())


def test_a_last_release_that_stays_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says that the new one is in place, and does not claim the contrary."""
    output, new = released(tmp_path / "dist"), released(tmp_path / "new", "new")

    def failing(path: Path) -> None:
        raise PermissionError(f"not {path.name}")

    monkeypatch.setattr("shutil.rmtree", failing)

    with pytest.raises(ReleaseError, match=r"dist is the new release.*remove .*dist\.old: not"):
        place.put(new, output)

    assert "new" == content(output)["openapi.yaml"]
