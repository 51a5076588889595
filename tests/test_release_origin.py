"""A release is of one commit, whose parts that are made are up to date."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts import generate
from scripts.releasing import ROOT, ReleaseError, fresh, origin
from scripts.site import mock_page
from scripts.site.advice import AdviceError
from tests.releases import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def git(directory: Path, *arguments: str) -> str:
    """Run git in a directory and return what it says."""
    settings = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    done = subprocess.run(  # noqa: S603 - the command is ours
        ["git", *settings, *arguments],  # noqa: S607 - wherever it is installed
        cwd=directory,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with one commit."""
    root = fill(tmp_path / "checkout", **{"a": "1", ".gitignore": "/dist/\n"})
    fill(root / "mock", b="1")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "a")
    return root


def test_a_clean_checkout_has_its_commit(checkout: Path) -> None:
    """What git ignores by the repository's own rules is no change."""
    fill(checkout / "dist", a="built")

    assert git(checkout, "rev-parse", "HEAD") == origin.commit(checkout)


DIRTY: dict[str, Callable[[Path], object]] = {
    "a": lambda root: fill(root, a="2"),
    "mock/b": lambda root: (root / "mock" / "b").unlink(),
    "mock/new/c": lambda root: fill(root / "mock" / "new", c="1"),
    "new": lambda root: fill(root, new="1"),
    "mock/mine": lambda root: ignored(fill(root / "mock", mine="1"), root),
}


def ignored(directory: Path, root: Path) -> Path:
    """Let git ignore a file on this machine alone."""
    fill(root / ".git" / "info", exclude="mine\n")
    return directory


@pytest.mark.parametrize("name", DIRTY)
def test_what_no_commit_has_is_not_released(name: str, checkout: Path) -> None:
    """A file that is changed, removed, new or ignored by one machine is named, with the remedy."""
    DIRTY[name](checkout)
    # As those set it for whom git is slow.
    git(checkout, "config", "status.showUntrackedFiles", "no")

    with pytest.raises(ReleaseError, match=rf"^not as committed: {name}\. Commit.*--allow-dirty"):
        origin.commit(checkout)


def test_only_the_first_of_many_files_are_named(checkout: Path) -> None:
    """The message stays one that can be read."""
    fill(checkout, **{f"x{number}": "" for number in range(9)})

    with pytest.raises(ReleaseError, match=r": x0, x1, x2, x3, x4 and 4 more\. Commit"):
        origin.commit(checkout)


def test_a_trial_names_no_commit(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --allow-dirty the files are named, and nobody is told that a commit gives this."""
    fill(checkout, a="2")

    assert "" == origin.commit(checkout, allow_dirty=True)

    assert ["Not as committed, so the release will name no commit: a"] == (
        capsys.readouterr().err.splitlines()
    )


def test_sources_without_git_are_released(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says that no commit is known."""
    assert "" == origin.commit(tmp_path)

    assert ["No git checkout: the release will name no commit."] == (
        capsys.readouterr().err.splitlines()
    )


def test_a_checkout_that_git_cannot_read_is_refused(tmp_path: Path) -> None:
    """What git says is shown: whether anything is uncommitted is not known."""
    (tmp_path / ".git").write_text("gitdir: nowhere\n", "utf-8")

    with pytest.raises(ReleaseError, match=r"`git status` failed.*not a git repository"):
        origin.commit(tmp_path)


def plant(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one part that is made be stale, or not be made."""

    def differences(*_: object) -> list[str]:
        if fault == "generator":
            raise generate.GenerationError("ruff is not installed")
        return ["changed: x"] if fault == "client" else []

    def is_current(_: object) -> bool:
        if fault == "advice":
            raise AdviceError("no advice")
        return fault != "page"

    monkeypatch.setattr(generate, "differences", differences)
    monkeypatch.setattr(mock_page, "is_current", is_current)


def test_what_is_up_to_date_is_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said if the client and the mock's reference are what the document gives."""
    plant("nothing", monkeypatch)

    fresh.require_fresh(ROOT)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("client", r"generated/ is not .* \(changed: x\)\. Repair: nox -s generate"),
        ("page", r"reference\.html is not what .* gives\. Repair: nox -s docs"),
        ("generator", r"ruff is not installed"),
        ("advice", r"no advice"),
    ],
)
def test_what_is_stale_is_not_released(
    fault: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names what is stale, and what repairs it."""
    plant(fault, monkeypatch)

    with pytest.raises(ReleaseError, match=said):
        fresh.require_fresh(ROOT)


def test_a_document_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    """The place is named."""
    fill(tmp_path, **{"openapi.yaml": "a: [1\nb: 2\n"})

    with pytest.raises(ReleaseError, match=r"(?s)openapi\.yaml is no YAML.*line 2"):
        fresh.require_fresh(tmp_path)
