"""The gates of the version and of the changelog."""

from __future__ import annotations

import pytest

from scripts.changes import entries, versions
from scripts.changes.rules import Change

CLIENTS, SERVERS = Change.CLIENTS, Change.SERVERS
ADDITIVE, TEXT = Change.ADDITIVE, Change.TEXT


@pytest.mark.parametrize(
    ("least", "old", "changes"),
    [
        ("0.3.0", "0.2.5", {CLIENTS, TEXT}),
        ("0.3.0", "0.2.5", {SERVERS}),
        ("0.2.6", "0.2.5", {ADDITIVE}),
        ("0.2.5", "0.2.5", {TEXT}),
        ("2.0.0", "1.2.5", {CLIENTS, ADDITIVE}),
        ("2.0.0", "1.2.5", {SERVERS}),
        ("1.3.0", "1.2.5", {ADDITIVE, TEXT}),
        ("1.2.5", "1.2.5", {TEXT}),
        ("1.2.5", "1.2.5", set[Change]()),
    ],
)
def test_version_moves_as_far_as_the_gravest_change(
    least: str, old: str, changes: set[Change]
) -> None:
    """The lowest version that is enough passes, and so does a higher one."""
    assert ["", "", ""] == [
        versions.problem(old, new, changes) for new in (least, "3.0.0", "10.0.0")
    ]


@pytest.mark.parametrize(
    ("least", "old", "new", "changes"),
    [
        ("0.3.0", "0.2.5", "0.2.6", {CLIENTS}),
        ("0.2.6", "0.2.5", "0.2.5", {ADDITIVE}),
        ("2.0.0", "1.2.5", "1.3.0", {SERVERS}),
        ("1.3.0", "1.2.5", "1.2.6", {ADDITIVE}),
        ("1.2.5", "1.2.5", "1.2.4", {TEXT}),
    ],
)
def test_version_that_moved_too_little_is_refused(
    least: str, old: str, new: str, changes: set[Change]
) -> None:
    """The message names the version and the lowest that would do."""
    problem = versions.problem(old, new, changes)

    assert problem.startswith(f"info.version is {new}; it was {old}, and ")
    assert f"Repair: write {least} or more" in problem


@pytest.mark.parametrize(
    "new",
    [
        "1.2",
        "v1.2.3",
        "1.2.3-rc.1",
        "01.2.3",
        pytest.param(f"1.2.{'9' * 5000}", id="long"),
        1,
        None,
    ],
)
def test_other_versions_are_refused(new: object) -> None:
    """What is not three numbers is named, with the repair."""
    problem = versions.problem("1.0.0", new, set[Change]())

    assert problem.startswith(f"info.version is {new!r}, ")
    assert "Repair: " in problem


def test_odd_old_version_demands_nothing() -> None:
    """From what was no version, every version is a step."""
    assert "" == versions.problem("draft", "0.1.0", {CLIENTS})


OLD = """# Changelog

## [Unreleased]

- The API changed: old.

## [1.0.0] - 2020-01-01

- First.
"""


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("old.\n", "old.\n- The API changed: `name` can be\n  longer.\n"),
        OLD.replace("- The API changed: old.", "- `name`: the document was wrong."),
        "## [Unreleased]\n\n## [1.1.0] - 2020-02-02\n\n### Added\n\n* The API changed: new.\n",
        "## 1.1.0\n- The API\n  changed: new.\n",
        "## v1.1.0\n+ The API changed: new.\n",
        "## [unreleased]\n\n### Changed\n\n  - The API changed: new.\n",
        "## [Unreleased]\n\n- First:\n  - The API changed: new.\n",
        OLD.replace("## [1.0.0]", "## [Unreleased]\n\n- The API changed: new.\n\n## [1.0.0]"),
        "<!-- a comment -->\n## [Unreleased]\n\n```\ncode\n```\n\n- The API changed: new.\n",
    ],
)
def test_new_entry_is_found(text: str) -> None:
    """An entry under Unreleased or the new version that says what happened is enough."""
    assert "" == entries.problem(OLD, text, "1.1.0")


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        "",
        OLD.replace("old.\n", "old.\n- The mock has a new fault.\n"),
        OLD.replace("- First.", "- The API changed: in the past."),
        OLD.replace("## [Unreleased]", "## [1.1.0]"),
        OLD.replace("API changed: old.", "API changed:\n  old."),
        OLD.replace("old.\n", "old.\n<!--\n- The API changed: new.\n-->\n"),
        OLD.replace("old.\n", "old.\n\n```md\n- The API changed: new.\n```\n"),
        OLD.replace("old.\n", "old.\n\n~~~\n- The API changed: new.\n"),
    ],
    ids=[
        *("none", "empty", "not about the contract", "another version", "moved", "wrapped"),
        *("comment", "code", "code without end"),
    ],
)
def test_missing_entry_is_named(text: str) -> None:
    """An entry that was there before, stands elsewhere, or speaks of something else is none."""
    problem = entries.problem(OLD, text, "1.1.0")

    assert problem.startswith("CHANGELOG.md has no new entry about the contract ")
    assert "[1.1.0]. Repair: add `- The API changed: " in problem


def test_without_an_earlier_changelog_each_entry_is_new() -> None:
    """The first changelog of a repository has an entry."""
    assert "" == entries.problem("", OLD, "1.1.0")
