"""The report of a run: an HTML page, Markdown for a CI summary, and SARIF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mipos_contract.reports.html import render as render_html
from mipos_contract.reports.markdown import render as render_markdown
from mipos_contract.reports.sarif import render as render_sarif

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mipos_contract.record import Record

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


def write(record: Record, directory: Path, document: str) -> None:
    """Write `contract.html`, `contract.md` and `contract.sarif`.

    Args:
        record: the finished run.
        directory: where to; made if it is not there.
        document: the text of `openapi.yaml`.

    Raises:
        OSError: a file cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "contract.html").write_text(render_html(record, document), encoding="utf-8")
    (directory / "contract.md").write_text(render_markdown(record), encoding="utf-8")
    (directory / "contract.sarif").write_text(render_sarif(record), encoding="utf-8")


def summarize(record: Record, environ: Mapping[str, str]) -> None:
    """Add the Markdown to the summary of the CI step that runs this, if one does.

    Args:
        record: the finished run.
        environ: of the process; `GITHUB_STEP_SUMMARY` names the file.

    Raises:
        OSError: the file cannot be written.
    """
    if name := environ.get(STEP_SUMMARY):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(render_markdown(record))
