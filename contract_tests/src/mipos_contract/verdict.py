"""What each test's end means: a failure, a known deviation, or nothing to say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from mipos_contract import lines
from mipos_contract.exchange import shortened
from mipos_contract.record import Failure
from mipos_contract.violation import (
    BudgetError,
    ClientError,
    ContractError,
    NoAnswerError,
    steps,
    steps_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from mipos_contract.deviations import Deviations
    from mipos_contract.target import Target

# What these find depends on what was sent before.
_OF_STATE = {
    "no-success",
    "missing-conflict",
    "other-conflict",
    "webhook-lost",
    "webhook-too-much",
    "foreign-webhook-lost",
    "other-list",
    "refused-request-has-effect",
    "race",
}
# So many tests may fail for each different failure that the run may have.
_TESTS_A_FAILURE = 2


class Verdict:
    """Judges the tests of a run as they end.

    Attributes:
        stopped_at: how many tests ended at a known deviation, by what it is.
        stopped: why the run shall end; empty if it shall not.
    """

    def __init__(self, target: Target, deviations: Deviations, max_failures: int) -> None:
        """Prepare to judge.

        Args:
            target: the server under test, which hides its secrets.
            deviations: what is put up with.
            max_failures: how many different failures end the run, 0 for no limit.
        """
        self._target = target
        self._deviations = deviations
        self._max_failures = max_failures
        self._failures: dict[tuple[str, str | None, int | None], Failure] = {}
        self._met_before = 0
        self._failed = 0
        self.stopped_at: Counter[str] = Counter()
        self.stopped = ""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The different failures, in the order in which they were met."""
        return tuple(self._failures.values())

    def begin(self) -> None:
        """Take note that a test begins."""
        self._met_before = self._deviations.met
        self._target.sent.clear()

    def judge(self, name: str, error: BaseException, result: pytest.TestReport) -> None:
        """Word the report of a test that failed, or make it one that was not run to its end.

        Args:
            name: of the test.
            error: what it raised.
            result: the report, which is changed.
        """
        found = list(_leaves(error))
        if any(isinstance(each, BudgetError) for each in found):
            self.stopped = str(next(each for each in found if isinstance(each, BudgetError)))
            _skip(result, self.stopped)
            return
        if reason := self._known(found):
            self.stopped_at[reason] += 1
            _skip(result, reason)
            # pytest's mark for a failure that was expected.
            result.wasxfail = reason
            return
        if any(isinstance(each, NoAnswerError) and each.gone for each in found):
            self.stopped = "the target takes no connections any more"
        texts = [self._add(name, each, result) for each in found]
        result.longrepr = "\n\n".join(dict.fromkeys(texts))
        self._failed += 1
        limit = self._max_failures
        if limit and not self.stopped:
            if len(self._failures) >= limit:
                plural = "s" if limit > 1 else ""
                self.stopped = f"{limit} different failure{plural} (--max-failures)"
            elif self._failed >= limit * _TESTS_A_FAILURE:
                self.stopped = f"{self._failed} tests failed (--max-failures)"

    def _known(self, found: list[BaseException]) -> str:
        """Return the deviation that explains the errors; empty if none does."""
        met = self._deviations.met > self._met_before
        for each in found:
            if isinstance(each, ContractError):
                if not self._deviations.tolerates(each):
                    return ""
            # What was put up with earlier in the test may be what it stumbled over now.
            elif isinstance(each, NoAnswerError | ClientError) or not met:
                return ""
        return "the test ended at a known deviation"

    def _add(self, name: str, error: BaseException, result: pytest.TestReport) -> str:
        failure = self._failure(name, error, result)
        key = failure.rule, failure.operation, failure.status
        first = self._failures.get(key)
        if first is None:
            self._failures[key] = failure
            # A traceback shows arguments, and some of them hold a token.
            listed = ["  steps:", *(f"    {step}" for step in failure.steps)]
            text = failure.detail or "\n".join([str(error), *(listed if failure.steps else [])])
            return self._target.hide(text)
        self._failures[key] = replace(first, tests=(*first.tests, name))
        return f"{failure.headline}\n  the same kind of failure as in {first.tests[0]}"

    def _is_met(self, violation: ContractError) -> bool:
        exchange = violation.exchange
        key = violation.rule, exchange.call.operation.id, exchange.answer.status
        return key in self._failures

    def _failure(self, name: str, error: BaseException, result: pytest.TestReport) -> Failure:
        hide = self._target.hide
        if isinstance(error, ContractError):
            exchange = error.exchange
            operation, status = exchange.call.operation.id, exchange.answer.status
            of_state = error.rule in _OF_STATE or operation == "listWebhooks"
            sent = steps(self._target.sent) if of_state else []
            # What Hypothesis ran has been cleaned up by now, and a race is not repeated.
            known = steps_of(error)
            is_settled = known or error.rule == "race" or self._is_met(error)
            after = () if is_settled else self._target.afterwards(exchange)
            return Failure(
                rule=error.rule,
                headline=hide(error.headline),
                says=hide(error.says),
                seen=hide(str(exchange.answer)),
                request=hide(exchange.call.curl(exchange.base_url)),
                operation=operation,
                status=status,
                line=lines.of_answer(operation, status),
                steps=tuple(hide(step) for step in (*(known or sent), *after)),
                tests=(name,),
            )
        if isinstance(error, NoAnswerError):
            operation = error.call.operation.id
            return Failure(
                rule="no-answer",
                headline=hide(error.headline),
                says="every request gets an answer.",
                seen="",
                request=hide(error.call.curl(error.base_url)),
                operation=operation,
                status=None,
                line=lines.of_answer(operation),
                steps=tuple(hide(step) for step in steps_of(error)),
                tests=(name,),
            )
        if isinstance(error, ClientError):
            asked = error.asked
            operation = asked.call.operation.id
            return Failure(
                rule=error.rule,
                headline=hide(error.headline),
                says=hide(error.says),
                seen=hide(error.seen),
                request=hide(asked.call.curl(asked.base_url)),
                operation=operation,
                status=asked.status,
                line=lines.of_answer(operation, asked.status),
                steps=tuple(hide(step) for step in steps_of(error)),
                tests=(name,),
            )
        what = f"{name}: {type(error).__name__}: {error}".splitlines()[0]
        return Failure(
            rule="error",
            headline=shortened(hide(what)),
            says="",
            seen="",
            request="",
            operation=None,
            status=None,
            line=1,
            steps=(),
            tests=(name,),
            detail=hide(result.longreprtext),
        )


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception itself, or those in it if it is a group."""
    if isinstance(error, BaseExceptionGroup):
        for member in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            yield from _leaves(member)
    else:
        yield error


def _skip(result: pytest.TestReport, reason: str) -> None:
    result.outcome = "skipped"
    result.longrepr = (result.location[0], result.location[1] or 0, reason)
