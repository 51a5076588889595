"""Model-based: sequences of calls leave a server in the state that the documents say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from mipos_contract.model import PlatformModel
from mipos_contract.violation import ContractError, NoAnswerError, steps_note

if TYPE_CHECKING:
    from mipos_contract.target import Target

STEPS = 25


@pytest.mark.writes
def test_the_target_behaves_as_the_model(target: Target) -> None:
    """What is created, changed, deleted and accepted stays so, and accounts do not meet."""
    models: list[PlatformModel] = []

    class ModelOfTarget(PlatformModel):
        def __init__(self) -> None:
            super().__init__(target)
            models[:] = [self]

    try:
        run_state_machine_as_test(ModelOfTarget, settings=settings(stateful_step_count=STEPS))
    except (ContractError, NoAnswerError) as error:
        # Hypothesis ends with a replay of the failure, so the last model is the one that failed.
        error.add_note(steps_note(models[0].sent))
        raise
