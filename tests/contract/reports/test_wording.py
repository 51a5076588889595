"""The sentences that all forms of the report share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract.reports import wording
from tests.contract.reports.examples import (
    DEVIATING,
    DEVIATIONS,
    FAILING,
    FAILURES,
    INTERRUPTED,
    PASSING,
)

if TYPE_CHECKING:
    from mipos_contract.record import Record


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (PASSING, "Passed: everything that was run holds."),
        (DEVIATING, "Passed: everything that was run holds, but for 1 known deviation."),
        (FAILING, "4 things do not hold."),
        (replace(FAILING, failures=()), "1 thing does not hold."),
        (
            replace(PASSING, outcome="failed", left=2),
            "Failed: something is, or may be, left behind on the target.",
        ),
        (
            replace(PASSING, outcome="failed"),
            "Failed, for a reason that only the output of the run gives.",
        ),
        (INTERRUPTED, "Interrupted: the run is not complete."),
        (
            replace(INTERRUPTED, failures=FAILURES[:2]),
            "Interrupted: the run is not complete; until then, 2 things did not hold.",
        ),
    ],
)
def test_the_verdict_is_one_sentence(record: Record, expected: str) -> None:
    """It says whether the run passed, and how much does not hold."""
    assert expected == wording.verdict(record)


def test_a_deviation_that_was_not_met_is_no_exception() -> None:
    """The verdict counts the entries that the run met."""
    record = replace(DEVIATING, deviations=(replace(DEVIATIONS[0], met=0),))

    assert "Passed: everything that was run holds." == wording.verdict(record)


def test_tests_are_counted() -> None:
    """Those that held, did not, met known deviations, and did not run."""
    assert "161 tests held" == wording.tests(PASSING)
    assert "84 tests held, 5 did not, 2 met only known deviations, 63 did not run" == (
        wording.tests(FAILING)
    )


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.04, "0.0 s"),
        (41.26, "41.3 s"),
        (59.96, "60.0 s"),
        (60, "1 min 0 s"),
        (119.6, "2 min 0 s"),
    ],
)
def test_durations_are_short(seconds: float, expected: str) -> None:
    """Below a minute with a tenth, then in whole seconds."""
    assert expected == wording.duration(seconds)


def test_what_was_seen_is_counted() -> None:
    """Answers and messages, of those that are documented."""
    assert "17 of 19 documented answers were seen, and 56 of 60 messages." == (
        wording.share(FAILING)
    )


def test_what_was_not_seen_is_grouped_by_its_reason() -> None:
    """Of a status that was not seen, the messages go without saying."""
    assert {
        "nothing in this run brought it about": [
            ("createWebhook", 401, ""),
            ("createWebhook", 409, "User not found."),
        ],
        "needs an account whose session has ended": [
            ("createWebhook", 409, "User not authenticated.")
        ],
        "needs MIPOS_ALLOW_WRITES=1": [("updateWebhook", 200, "")],
    } == {
        reason: [(each.operation, each.status, each.message) for each in entries]
        for reason, entries in wording.unseen(FAILING).items()
    }


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 tests"), (1, "1 test"), (2, "2 tests"), (1200, "1,200 tests")]
)
def test_one_is_singular(number: int, expected: str) -> None:
    """Any other number takes the plural."""
    assert expected == wording.counted(number, "test")
