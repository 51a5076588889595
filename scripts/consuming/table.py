"""The page about consumers, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.consuming.roster import CONSUMERS, Consumer, version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INTRODUCTION = """\
<!-- Written by `nox -s consumers`; do not edit. -->

# Tools that read the contract

`nox -s consumers` runs these tools on `openapi.yaml` (OpenAPI 3.1) and on its rendition in 3.0, and
writes this page. A generator counts as working when its language takes what it made, not when it
ends without an error. `nox -s consumers -- NAME` tries one of them.

The rendition is made from `openapi.yaml`, never edited, by `nox -s downgrade`. It says
the same: each schema gives the same verdict on thousands of values, and the contract suite passes
on both.
"""
# Tried by hand; they are not part of the command.
NOT_RUN = """\
## Not run

- Maven and Gradle builds of the generated Java: they want a registry of their own.
- The tests that openapi-generator writes: their packages come from registries of the languages.
- Bruno (`@usebruno/cli` 4.1.0): when this was written it did not install from npm, since a package
  that it needs was not there in the version that it asks for.
- Mockoon (`@mockoon/cli` 9.9.0) as the second mock: it reads the document, and answers `""` where
  the contract says null.
"""


def page(results: Mapping[str, Sequence[bool]]) -> str:
    """Return the page for the results of each consumer on 3.1 and on 3.0."""
    rows = [_row(each, results[each.name]) for each in CONSUMERS]
    head = ["| Consumer | Version | What is done | 3.1 | 3.0 |", "|---|---|---|---|---|"]
    notes = [f"- **{each.name}**: {each.note}" for each in CONSUMERS if each.note]
    return "\n".join(
        [INTRODUCTION, *head, *rows, "", "## Notes", "", *notes, "", NOT_RUN.rstrip(), ""]
    )


def _row(consumer: Consumer, worked: Sequence[bool]) -> str:
    versions = ", ".join(f"{each} {version(each)}" for each in consumer.packages)
    versions = versions or "of this repository"
    said = ("works" if each else "fails" for each in worked)
    return f"| {consumer.name} | {versions} | {consumer.does} | {' | '.join(said)} |"
