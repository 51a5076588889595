"""The end of a run in the terminal, from its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_contract.reports.visible import visible

if TYPE_CHECKING:
    from mipos_contract.record import Record, Row


def title(record: Record) -> str:
    """Return the line above the summary."""
    kind = "the mock, started by this run" if record.is_mock else "a target of its own"
    return f"contract: {record.target} ({kind}), seed {record.seed}"


def lines(record: Record) -> list[str]:
    """Return the table of what was seen, what was not and why, and all that needs attention."""
    return [
        *_failures(record),
        *table(record.rows),
        *_messages(record),
        *(f"not run: {_counted(each.tests)}: {each.reason}" for each in record.not_verified),
        *_deviations(record),
        *_requests(record),
        *record.cleanup,
        *([f"STOPPED EARLY: {record.stopped}"] if record.stopped else []),
    ]


def _failures(record: Record) -> list[str]:
    found: list[str] = []
    for number, failure in enumerate(record.failures, start=1):
        parts = [
            ("document", failure.says),
            ("seen", failure.seen),
            ("request", failure.request),
            ("rule", f"{failure.rule}, openapi.yaml:{failure.line}"),
            ("tests", _tests(failure.tests)),
        ]
        found += [
            f"{number}. {failure.headline}",
            *(f"  {name + ':':<10}{text}" for name, text in parts if text),
            *(["  steps:", *(f"    {step}" for step in failure.steps)] if failure.steps else []),
            *failure.detail.splitlines(),
            "",
        ]
    # A target may send what moves the cursor.
    return [visible(line) for text in found for line in text.split("\n")]


def _tests(names: tuple[str, ...]) -> str:
    first, *others = names
    return f"{first} and {len(others)} more" if others else first


def table(rows: tuple[Row, ...]) -> list[str]:
    """Return a line for each documented answer: times seen, messages of its catalogue seen."""
    found = [f"{'operation':<16}{'status':>6}{'seen':>9}  messages of the catalogue seen"]
    for row in rows:
        seen = sum(bool(message.seen) for message in row.messages)
        share = f"{seen} of {len(row.messages)}" if row.messages else "-"
        hidden = f" (not observable here: {row.note})" if row.note and not row.seen else ""
        found.append(f"{row.operation:<16}{row.status:>6}{row.seen:>9}  {share}{hidden}")
    return found


def _messages(record: Record) -> list[str]:
    # A run that ended early misses most of them, and they would bury what it found.
    if not record.writes or record.outcome != "passed":
        return []
    unseen = [(row, each) for row in record.rows for each in row.messages if not each.seen]
    operations: dict[tuple[str, str], list[str]] = {}
    for row, each in unseen:
        if each.note:
            operations.setdefault((each.text, each.note), []).append(row.operation)
    hidden = [
        f"  {text} ({', '.join(names)}): {note}" for (text, note), names in operations.items()
    ]
    missed = [
        f"  {row.operation} {row.status}: {each.text}" for row, each in unseen if not each.note
    ]
    return [
        *(["messages not observable here:", *hidden] if hidden else []),
        *(["messages not seen:", *missed] if missed else []),
    ]


def _deviations(record: Record) -> list[str]:
    found: list[str] = []
    for each in record.deviations:
        what = f"{each.operation} {each.status} {each.differs}"
        found.append(f"known deviation: {what}: met {each.met} times: {each.reason}")
        if each.problem:
            found.append(f"  {each.file}:{each.line}: {each.problem}")
    return found


def _counted(tests: int) -> str:
    return f"{tests} test{'' if tests == 1 else 's'}"


def _requests(record: Record) -> list[str]:
    again = f", {record.retried} of them again after a broken connection" if record.retried else ""
    return [f"sent: {record.requests} requests in {record.seconds:.0f} s{again}"]
