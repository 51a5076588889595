"""The result of a comparison, as text and as Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.changes.rules import BREAKING, Change
from scripts.changes.tree import pointer, printable

if TYPE_CHECKING:
    from scripts.changes.comparison import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, and what the gates say.

    Attributes:
        base: The revision that was compared with.
        findings: Every change.
        problems: What the gates ask for, each with its repair.
        notes: What a reader should know besides.
        allowed: Rules, `clients`, `servers`, and `declared` for all whose gates are content.
    """

    base: str
    findings: list[Finding]
    problems: list[str]
    notes: list[str]
    allowed: frozenset[str]

    def breaking(self) -> list[Finding]:
        """Return the changes that break somebody and are not allowed."""
        # Where nothing announces them, the problems say so.
        if "declared" in self.allowed:
            return []
        classes = {Change.CLIENTS: "clients", Change.SERVERS: "servers"}
        return [
            one
            for one in self.findings
            if one.change in BREAKING and not {one.rule, classes[one.change]} & self.allowed
        ]

    @property
    def status(self) -> int:
        """The exit status: 1 where a change is breaking and not allowed, or a gate is not met."""
        return 1 if self.problems or self.breaking() else 0

    def closing(self) -> list[str]:
        """Return what is to be done, a line each."""
        lines = [*self.notes, *self.problems]
        if breaking := self.breaking():
            verb = "take it back" if len(breaking) == 1 else "take them back"
            lines.append(
                f"{len(breaking)} breaking. Repair: {verb}, or allow what is meant: "
                "`--allow RULE`, or `--allow declared` once version and changelog say so."
            )
        return lines or ["Nothing breaks, and nothing is to be done."]

    def heading(self, base: str) -> str:
        """Return how many changes there are since a base, as it is to be shown."""
        counts = ", ".join(
            f"{count} {change}"
            for change in Change
            if (count := sum(one.change is change for one in self.findings))
        )
        return f"openapi.yaml since {base}: {counts or 'no change'}."

    def text(self) -> str:
        """Return the result as lines for a terminal."""
        lines = [self.heading(printable(self.base))]
        for change in Change:
            found = [one for one in self.findings if one.change is change]
            if found:
                lines += ["", f"{change}:", *(f"  {one}" for one in found)]
        return "\n".join([*lines, "", *map(printable, self.closing())]) + "\n"

    def markdown(self) -> str:
        """Return the result as Markdown, for a review or the summary of a workflow."""
        lines = ["## Changes of the contract", "", self.heading(_code(self.base))]
        for change in Change:
            found = [one for one in self.findings if one.change is change]
            if found:
                lines += ["", f"### {change.capitalize()}", "", "| rule | place | change | where |"]
                lines += ["|---|---|---|---|", *(_row(one) for one in found)]
        return "\n".join([*lines, "", *map(_item, self.closing())]) + "\n"


def _row(finding: Finding) -> str:
    cells = (
        f"`{finding.rule}`",
        _code(pointer(finding.place)),
        _code(finding.message),
        ", ".join(_code(use) for use in finding.uses),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _code(text: str) -> str:
    """Return a text as code, which Markdown leaves as it is."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{printable(text)}{pad}{fence}"


def _item(line: str) -> str:
    return f"- {html.escape(printable(line), quote=False)}"
