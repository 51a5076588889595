"""Read files of the repository as they were at a revision."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import yaml

from scripts.changes.tree import Document, as_json, canonical
from scripts.changes.versions import VERSION

if TYPE_CHECKING:
    from pathlib import Path

# Tags of releases: `v1.2.3` or `1.2.3`.
TAG = re.compile(f"v?{VERSION.pattern}")
COMMIT = re.compile("[0-9a-f]+")


class RevisionError(Exception):
    """What stands in the way of a comparison, with its remedy, on one line."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is compared with.

    Attributes:
        revision: A revision of git.
        is_release: Whether its version is one that others may have; without a tag, nobody knows.
    """

    revision: str
    is_release: bool


def base(root: Path, revision: str | None) -> Base | None:
    """Return what to compare with: a revision by name, else the latest tag, else the last commit.

    Returns nothing if there is no commit before this one.

    Raises:
        RevisionError: git does not know the revision, or the clone is too shallow to tell.
    """
    _git(root, "rev-parse", "--git-dir")
    if revision is not None:
        if _commit(root, revision) is None:
            raise RevisionError(_unknown(root, revision))
        return Base(revision, is_release=True)
    tags = (_try(root, "tag", "--merged", "HEAD") or "").split()
    # They have no character that a pattern of git would take for another one.
    patterns = [f"--match={tag}" for tag in tags if TAG.fullmatch(tag)]
    tag = _try(root, "describe", "--tags", "--abbrev=0", *patterns) if patterns else None
    if tag is not None:
        return Base(tag.strip(), is_release=True)
    if _is_shallow(root):
        raise RevisionError(_unknown(root, "the latest tag"))
    if _commit(root, "HEAD~1") is None or read(root, "HEAD~1", "openapi.yaml") is None:
        return None
    return Base("HEAD~1", is_release=False)


def read(root: Path, revision: str, name: str) -> str | None:
    """Return a file at a revision; nothing if it was not there."""
    # The repository may be a directory of a bigger one.
    return _try(root, "show", f"{revision}:./{name}")


def document(root: Path, revision: str) -> Document:
    """Return openapi.yaml as it was at a revision.

    Raises:
        RevisionError: it was not there, or is no document.
    """
    text = read(root, revision, "openapi.yaml")
    if text is None:
        raise RevisionError(
            f"{revision} has no openapi.yaml. Remedy: name a revision that has one; "
            "`git log --oneline -- openapi.yaml` lists them."
        )
    return loaded(text, f"openapi.yaml at {revision}", "name another revision")


class Loader(yaml.SafeLoader):
    """A loader that takes no key twice, of which the first would be silent."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the signature of PyYAML
        """Return a mapping.

        Raises:
            ConstructorError: a key stands there twice.
        """
        known = set[str]()
        for key, _ in node.value:
            # `200` and `'200'` are one key of JSON.
            held: object = self.construct_object(key, deep=True)  # pyright: ignore[reportUnknownMemberType] - PyYAML's stub names no type
            name = str(held)
            if name in known:
                problem = f"the key {name!r} stands there twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            known.add(name)
        return super().construct_mapping(node, deep)


def loaded(text: str, name: str, remedy: str) -> Document:
    """Return a document of YAML.

    Raises:
        RevisionError: the text is no YAML, or no mapping.
    """
    try:
        value = as_json(yaml.load(text, Loader))  # noqa: S506 - a safe one, see above
        # What has no text cannot be shown: a number of thousands of digits.
        canonical(value)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RevisionError(
            f"{name}:{line}: not YAML: {error.problem}. Remedy: {remedy}."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RevisionError(f"{name}: not YAML: {reason}. Remedy: {remedy}.") from None
    if not isinstance(value, dict):
        kind = type(value).__name__
        held = "nothing" if value is None else f"a {kind}"
        raise RevisionError(f"{name}: holds {held} and no mapping. Remedy: {remedy}.")
    return cast("Document", value)


def _unknown(root: Path, revision: str) -> str:
    if _is_shallow(root):
        return (
            f"this clone is shallow and lacks {revision}. Remedy: "
            "`git fetch --unshallow --tags`; in a workflow, `fetch-depth: 0` at the checkout."
        )
    return (
        f"git knows no revision {revision!r}. Remedy: name a tag, branch or commit; "
        "`git tag` and `git log --oneline` list them."
    )


def _commit(root: Path, revision: str) -> str | None:
    found = _try(*(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"))
    # `^HEAD` is no commit, but what has to be left out.
    return found if found and COMMIT.fullmatch(found.strip()) else None


def _is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def _try(root: Path, *arguments: str) -> str | None:
    done = _run(root, arguments)
    return done.stdout if done.returncode == 0 else None


def _git(root: Path, *arguments: str) -> str:
    done = _run(root, arguments)
    if done.returncode:
        reason = (done.stderr.splitlines() or ["git failed"])[0]
        raise RevisionError(f"{reason}. Remedy: run this in a clone of the repository.")
    return done.stdout


def _run(root: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - no shell, and options end before what users give
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the git of who calls
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise RevisionError("there is no command git. Remedy: install git.") from None
