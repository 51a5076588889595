"""Run the model against a target, and tell the calls that led to a violation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hypothesis import errors, settings
from hypothesis.stateful import run_state_machine_as_test

from mipos_contract.model import PlatformModel
from mipos_contract.violation import ClientError, ContractError, NoAnswerError, steps_note

if TYPE_CHECKING:
    from mipos_contract.model import Request
    from mipos_contract.target import Target

_VIOLATIONS = ContractError, NoAnswerError, ClientError


def run_model(target: Target, request: Request, cases: settings) -> None:
    """Compare the target with the model, over sequences of calls.

    Args:
        target: the server.
        request: sends each call to it.
        cases: how many sequences, and how long they are.

    Raises:
        ClientError: a call does not go as it must, with the calls before it as a note.
        ContractError: the same, of an answer.
        NoAnswerError: the same, if there is none.
    """
    violations: list[tuple[ContractError | NoAnswerError | ClientError, list[str]]] = []

    class ModelOfTarget(PlatformModel):
        def __init__(self) -> None:
            super().__init__(target, request)

        def teardown(self) -> None:
            error = sys.exception()
            if isinstance(error, _VIOLATIONS):
                violations.append((error, self.sent))
            super().teardown()

    try:
        run_state_machine_as_test(ModelOfTarget, settings=cases)
    except (*_VIOLATIONS, errors.Flaky):
        if not violations:
            raise
        # The last is the smallest. A server that is not always the same may pass its replay.
        error, sent = violations[-1]
        error.add_note(steps_note(sent))
        raise error from None
