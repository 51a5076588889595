"""Model-based: sequences of calls leave a server in the state that the documents say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import errors, settings
from hypothesis.stateful import run_state_machine_as_test

from mipos_contract.model import PlatformModel
from mipos_contract.violation import ContractError, NoAnswerError, steps_note

if TYPE_CHECKING:
    from mipos_contract.target import Target

STEPS = 25


@pytest.mark.writes
def test_the_target_behaves_as_the_model(target: Target) -> None:
    """What is created, changed, deleted and accepted stays so, and accounts do not meet."""
    violations: list[tuple[ContractError | NoAnswerError, list[str]]] = []

    class ModelOfTarget(PlatformModel):
        def __init__(self) -> None:
            super().__init__(target)

        def teardown(self) -> None:
            error = sys.exception()
            if isinstance(error, ContractError | NoAnswerError):
                violations.append((error, self.sent))
            super().teardown()

    try:
        run_state_machine_as_test(ModelOfTarget, settings=settings(stateful_step_count=STEPS))
    except (ContractError, NoAnswerError, errors.Flaky):
        if not violations:
            raise
        # The last is the smallest. A server that is not always the same may pass its replay.
        error, sent = violations[-1]
        error.add_note(steps_note(sent))
        raise error from None
