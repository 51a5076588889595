"""The end of a run in the terminal."""

from __future__ import annotations

from dataclasses import replace

from mipos_contract import summary
from mipos_contract.record import Message, Row
from tests.contract.reports.examples import DEVIATING, FAILING, FAILURES, INTERRUPTED, PASSING


def row(seen: int, note: str, *messages: Message) -> Row:
    """Return the conflict of `listWebhooks`."""
    return Row("listWebhooks", "GET", "/webhooks", 409, 1, seen, note, messages)


def test_a_row_counts_answers_and_messages() -> None:
    """One of its two messages was seen, in one answer."""
    messages = Message("User not found.", 1), Message("User not authenticated.", 0)

    table = summary.table((row(1, "", *messages),))

    assert "listWebhooks       409        1  1 of 2" == table[1]


def test_a_row_that_cannot_be_seen_says_why() -> None:
    """It does not pretend to be missing by accident."""
    table = summary.table((row(0, "needs an account that cannot be used"),))

    assert table[1].endswith("0  - (not observable here: needs an account that cannot be used)")


def test_messages_that_cannot_be_seen_are_told_from_those_that_were_not() -> None:
    """Each has its operations, the first ones their reason too."""
    messages = Message("User not found.", 0, "needs a deleted account"), Message("Gone", 0)
    record = replace(PASSING, rows=(row(0, "", *messages),))

    lines = summary.lines(record)

    assert "  User not found. (listWebhooks): needs a deleted account" in lines
    assert lines.index("messages not seen:") + 1 == lines.index("  listWebhooks 409: Gone")


def test_an_interrupted_run_does_not_list_what_it_had_no_time_for() -> None:
    """Nor does one that ended early."""
    record = replace(INTERRUPTED, rows=(row(0, "", Message("Gone", 0)),), writes=True)

    assert "messages not seen:" not in summary.lines(record)
    assert "messages not seen:" not in summary.lines(
        replace(record, outcome="failed", stopped="5 different failures")
    )


def test_a_failure_has_all_its_parts() -> None:
    """Number, headline, document, answer, request, rule with line, and tests."""
    lines = summary.lines(FAILING)

    first = FAILURES[0]
    assert [
        f"1. {first.headline}",
        f"  document: {first.says}",
        f"  seen:     {first.seen}",
        f"  request:  {first.request}",
        f"  rule:     {first.rule}, openapi.yaml:{first.line}",
        f"  tests:    {first.tests[0]} and {len(first.tests) - 1} more",
    ] == lines[:6]


def test_the_calls_that_led_to_a_failure_follow_it() -> None:
    """Indented, in their order."""
    lines = summary.lines(FAILING)

    start = lines.index("  steps:") + 1
    steps = FAILURES[1].steps
    assert [f"    {step}" for step in steps] == lines[start : start + len(steps)]


def test_a_known_deviation_is_told_with_its_reason() -> None:
    """And how often it was met."""
    (known,) = DEVIATING.deviations

    assert any(
        line.startswith(f"known deviation: {known.operation} {known.status}")
        and line.endswith(f"met {known.met} times: {known.reason}")
        for line in summary.lines(DEVIATING)
    )


def test_what_was_not_run_is_counted_in_grammatical_words() -> None:
    """One test, two tests."""
    lines = summary.lines(PASSING)

    assert [
        f"not run: {each.tests} test{'s' if each.tests > 1 else ''}: {each.reason}"
        for each in PASSING.not_verified
    ] == [line for line in lines if line.startswith("not run: ")]


def test_the_end_says_what_was_sent() -> None:
    """Second tries are told where there were any."""
    record = replace(PASSING, requests=7, seconds=2.4, retried=0)

    assert "sent: 7 requests in 2 s" in summary.lines(record)
    assert "sent: 7 requests in 2 s, 1 of them again after a broken connection" in summary.lines(
        replace(record, retried=1)
    )
