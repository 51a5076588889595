"""How fast and how often a run sends, by a clock that the test moves."""

from __future__ import annotations

import pytest

from mipos_contract import pace
from mipos_contract.pace import Pace
from mipos_contract.violation import BudgetError


class Clock:
    """Stands in for the module `time`, and never waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the module."""
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def test_requests_are_spaced_evenly(clock: Clock) -> None:
    """At four a second, a quarter of a second lies between two."""
    four = Pace(4, None)
    for _ in range(3):
        four.wait()

    assert [0, 0.25, 0.25] == clock.slept


def test_time_that_passes_by_itself_counts(clock: Clock) -> None:
    """A slow answer needs no waiting after it."""
    four = Pace(4, None)
    four.wait()
    clock.now += 60
    four.wait()

    assert [0, 0] == clock.slept


def test_a_burst_is_paid_for_before_it(clock: Clock) -> None:
    """Five at once wait for as long as four single ones would have taken."""
    five = Pace(5, None)
    five.wait(5)
    five.wait()

    assert [pytest.approx(0.8), pytest.approx(0.2)] == clock.slept
    assert 6 == five.sent


def test_without_a_rate_nothing_waits(clock: Clock) -> None:
    """The mock gets everything at once."""
    free = Pace(None, None)
    for _ in range(100):
        free.wait()

    assert {0.0} == set(clock.slept)


def test_the_budget_is_kept() -> None:
    """The request after the last one is refused, with the variable that allows for more."""
    two = Pace(None, 2)
    two.wait()
    two.wait()

    with pytest.raises(BudgetError, match=r"the budget of 2 requests is used up: .*MIPOS_BUDGET"):
        two.wait()
    assert 2 == two.sent


def test_a_burst_that_the_budget_does_not_hold_is_refused_whole() -> None:
    """No part of it is counted."""
    two = Pace(None, 2)

    with pytest.raises(BudgetError):
        two.wait(3)
    assert 0 == two.sent


def test_cleaning_up_goes_beyond_the_budget() -> None:
    """What was created is removed in any case."""
    none_left = Pace(None, 1)
    none_left.wait()
    none_left.wait(beyond_budget=True)

    assert 2 == none_left.sent
