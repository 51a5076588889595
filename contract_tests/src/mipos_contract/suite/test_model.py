"""Model-based: sequences of calls leave a server in the state that the documents say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from mipos_contract.model_run import run_model

if TYPE_CHECKING:
    from mipos_contract.target import Target

STEPS = 25


@pytest.mark.writes
def test_the_target_behaves_as_the_model(target: Target) -> None:
    """What is created, changed, deleted and accepted stays so, and accounts do not meet."""
    run_model(target, target.request, settings(stateful_step_count=STEPS))
