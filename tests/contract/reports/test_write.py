"""The files of a report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mipos_contract import reports
from mipos_contract.reports import html, markdown, sarif
from tests.contract.reports.examples import DOCUMENT, FAILING, HOSTILE, PASSING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_report_is_three_files(tmp_path: Path) -> None:
    """They are in the directory, which need not be there."""
    directory = tmp_path / "a" / "reports"
    reports.write(FAILING, directory, DOCUMENT)

    assert {
        "contract.html": html.render(FAILING, DOCUMENT),
        "contract.md": markdown.render(FAILING),
        "contract.sarif": sarif.render(FAILING),
    } == {file.name: file.read_text("utf-8") for file in directory.iterdir()}


def test_a_later_report_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    """Nothing of the first run stays."""
    reports.write(FAILING, tmp_path, DOCUMENT)
    reports.write(PASSING, tmp_path, DOCUMENT)

    assert markdown.render(PASSING) == (tmp_path / "contract.md").read_text("utf-8")


def test_the_summary_of_a_step_is_added_to(tmp_path: Path) -> None:
    """What other commands of the step wrote stays."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    reports.summarize(PASSING, {"GITHUB_STEP_SUMMARY": str(summary)})

    assert f"before\n{markdown.render(PASSING)}" == summary.read_text("utf-8")


def test_no_summary_is_written_without_a_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty variable is none."""
    monkeypatch.chdir(tmp_path)
    reports.summarize(PASSING, {"GITHUB_STEP_SUMMARY": ""})

    assert [] == list(tmp_path.iterdir())


def test_any_text_can_be_written(tmp_path: Path) -> None:
    """Half a surrogate pair, which UTF-8 does not have, does no harm."""
    reports.write(HOSTILE, tmp_path, DOCUMENT)

    assert json.loads((tmp_path / "contract.sarif").read_text("utf-8"))["runs"]
