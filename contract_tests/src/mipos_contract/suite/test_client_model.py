"""Model-based, through the client: the same calls lead to the same state as raw requests."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from mipos_contract.model_run import run_model

if TYPE_CHECKING:
    from mipos_contract.client_driver import ClientDriver
    from mipos_contract.target import Target

pytestmark = pytest.mark.skipif(
    find_spec("mipos_client") is None, reason="the generated client, mipos-client, is not installed"
)
# What the server does has been looked into by now; the client has fewer ways to go wrong.
LESS_OFTEN = 3
STEPS = 10


@pytest.mark.writes
def test_the_client_behaves_as_the_model(target: Target, client: ClientDriver) -> None:
    """What it creates, changes, deletes and accepts is so, and it tells the truth of each call."""
    examples = max(1, settings().max_examples // LESS_OFTEN)

    run_model(target, client.request, settings(max_examples=examples, stateful_step_count=STEPS))
