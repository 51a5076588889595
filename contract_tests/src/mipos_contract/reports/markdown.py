"""The report as Markdown, short enough for the summary of a CI step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mipos_contract.reports import wording
from mipos_contract.reports.visible import one_line, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mipos_contract.record import Failure, KnownDeviation, Record

# Together they keep the summary below the 1 MiB that a step of GitHub Actions may write.
MAX_ENTRIES = 20
_MAX_TEXT = 500
_MAX_BLOCK = 2000
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&@$]")


def render(record: Record) -> str:
    """Return the report; of failures and other lists, the first `MAX_ENTRIES` are in it."""
    lines = [
        f"## {wording.verdict(record)}",
        "",
        (
            f"{_code(record.target)} ({wording.target_kind(record)}), {wording.started(record)}, "
            f"{wording.duration(record.seconds)}, {record.requests:,} requests, seed {record.seed}"
        ),
        "",
        f"{wording.tests(record)}. {wording.share(record)}",
        "",
    ]
    if record.stopped:
        lines += [f"Stopped early: {_plain(record.stopped)}", ""]
    lines += _failures(record)
    lines += _matrix(record)
    lines += _deviations(record)
    lines += _not_verified(record)
    if record.cleanup:
        lines += ["### Cleaning up", ""]
        lines += _capped([f"- {_plain(line)}" for line in record.cleanup], "lines")
        lines.append("")
    return "\n".join(lines)


def _failures(record: Record) -> Iterator[str]:
    problems = wording.problems(record)
    if not record.failures and not problems:
        return
    yield from ("### What does not hold", "")
    for number, failure in enumerate(record.failures[:MAX_ENTRIES], 1):
        yield from _failure(number, failure)
    if (left_out := len(record.failures) - MAX_ENTRIES) > 0:
        yield from (f"And {left_out:,} more, listed in `contract.html`.", "")
    yield from _capped([_problem(each) for each in problems], "entries")
    yield ""


def _failure(number: int, failure: Failure) -> Iterator[str]:
    yield from (f"#### {number}. {_plain(failure.headline)}", "")
    line = f"`openapi.yaml`, line {failure.line}"
    says = f"The document says: {_plain(failure.says)} ({line})" if failure.says else line
    yield f"- {says}"
    if failure.seen:
        yield f"- The answer: {_code(failure.seen)}"
    if failure.tests:
        first, *others = failure.tests
        more = f" and {len(others):,} more" if others else ""
        yield f"- Found by {_code(first)}{more}"
    yield f"- Kind: {_code(failure.rule)}"
    if failure.steps:
        yield f"- Calls before: {len(failure.steps)}, listed in `contract.html`"
    yield ""
    if failure.request:
        yield from (_block(failure.request, "sh"), "")
    if failure.detail:
        yield from (_block(failure.detail, "text"), "")


def _problem(deviation: KnownDeviation) -> str:
    return (
        f"- {_plain(deviation.operation)} {deviation.status}, a known deviation: "
        f"{_plain(deviation.problem)} ({_code(f'{deviation.file}, line {deviation.line}')})"
    )


def _matrix(record: Record) -> Iterator[str]:
    if not record.rows:
        return
    yield from (
        "### Answers seen",
        "",
        "| Operation | Status | Seen | Messages seen |",
        "|---|---:|---:|---:|",
    )
    for row in record.rows:
        seen = f"{row.seen:,}" if row.seen else "**not seen**"
        messages = sum(message.seen > 0 for message in row.messages)
        share = f"{messages} of {len(row.messages)}" if row.messages else "-"
        yield f"| {_plain(row.operation)} | {row.status} | {seen} | {share} |"
    yield ""


def _deviations(record: Record) -> Iterator[str]:
    if not record.deviations:
        return
    yield from ("### Known deviations", "")
    yield from _capped(
        [
            f"- {_plain(each.operation)} {each.status}: {_plain(each.differs)}. "
            f"{_plain(each.reason)} Met {wording.counted(each.met, 'time')}, "
            f"since {_plain(each.since)}, until {_plain(each.expires)}."
            for each in record.deviations
        ],
        "entries",
    )
    yield ""


def _not_verified(record: Record) -> Iterator[str]:
    unseen = wording.unseen(record)
    if not record.not_verified and not unseen:
        return
    yield from ("### What was not verified", "")
    yield from _capped(
        [
            f"- {wording.counted(each.tests, 'test')}: {_plain(each.reason)}"
            for each in record.not_verified
        ],
        "reasons",
    )
    yield from _capped(
        [
            f"- {_plain(entry.operation)} {entry.status}"
            f"{f' {_code(entry.message)}' if entry.message else ''}: {_plain(reason)}"
            for reason, entries in unseen.items()
            for entry in entries
        ],
        "answers and messages",
    )
    yield ""


def _capped(lines: Sequence[str], what: str) -> Iterable[str]:
    if len(lines) <= MAX_ENTRIES:
        return lines
    more = f"- and {len(lines) - MAX_ENTRIES:,} more {what}, listed in `contract.html`"
    return [*lines[:MAX_ENTRIES], more]


def _plain(text: str) -> str:
    """Return the text so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\g<0>", shortened(one_line(text), _MAX_TEXT))


def _code(text: str) -> str:
    """Return the text as a code span, outside of tables."""
    shown = shortened(one_line(text), _MAX_TEXT)
    fence = _fence(shown, 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`"


def _block(text: str, language: str) -> str:
    """Return the text as a block of code."""
    shown = shortened(visible(text), _MAX_BLOCK)
    fence = _fence(shown, 3)
    return f"{fence}{language}\n{shown}\n{fence}"


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
