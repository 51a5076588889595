"""`--plan`: what would be sent is said, and nothing is."""

from __future__ import annotations

import re

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE, WRITES, run
from tests.contract.transport import Seen, on_request

NOWHERE = "http://127.0.0.1:9"


def total(output: str) -> int:
    """Return the number of requests that a plan or a run speaks of."""
    match = re.search(r"^all +(\d+)$|^sent: (\d+) requests", output, re.MULTILINE)
    assert match is not None, output
    return int(match[1] or match[2])


def test_a_plan_sends_nothing() -> None:
    """It does not even need the target to be there."""
    finished = run("--plan", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": NOWHERE})

    assert 0 == finished.status, finished.output
    assert "Nothing was sent." in finished.output
    assert re.search(r"^ +\d+ webhooks created$", finished.output, re.MULTILINE)
    assert "Orders: 1 may be accepted" in finished.output
    assert "mock-token" not in finished.output


def test_a_plan_says_what_a_run_sends() -> None:
    """A run against a server that behaves sends what the plan counts, and removes the rest."""
    seen: list[Seen] = []

    def record(request: Seen) -> Seen:
        seen.append(request)
        return request

    with running(on_request(create_app(fresh_state()), record)) as base_url:
        variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        planned = run("--plan", variables=variables)
        assert [] == seen
        finished = run(variables=variables)

    assert 0 == finished.status, finished.output
    assert len(seen) == total(finished.output)
    # The mock refuses odd values that the rehearsal takes, so the deletes at the end differ.
    assert abs(total(planned.output) - len(seen)) <= len(seen) // 10


def test_a_plan_without_writes_has_none() -> None:
    """The line names the variable that would allow for them."""
    finished = run("--plan", variables={**LIVE, "MIPOS_BASE_URL": NOWHERE})

    assert 0 == finished.status, finished.output
    assert "Writes: none, as MIPOS_ALLOW_WRITES=1 is not set." in finished.output
    assert re.search(r"^createWebhook +\d+ +\d+ +\d+ +0$", finished.output, re.MULTILINE)


def test_a_plan_of_a_part_counts_what_the_part_sends() -> None:
    """An operation that no chosen test calls has a line with noughts."""
    variables = {**LIVE, "MIPOS_BASE_URL": NOWHERE}
    finished = run("--plan", "-k", "client", variables=variables)

    assert 0 == finished.status, finished.output
    assert re.search(r"^acceptOrder +0 +0 +0 +0$", finished.output, re.MULTILINE)


def test_a_plan_says_when_the_budget_is_too_small() -> None:
    """And how long the run would take at the rate."""
    variables = {**LIVE, "MIPOS_BASE_URL": NOWHERE, "MIPOS_RATE": "1", "MIPOS_BUDGET": "20"}
    finished = run("--plan", variables=variables)

    assert "At 1 requests a second (MIPOS_RATE) it takes at least" in finished.output
    assert "more than the budget of 20 requests (MIPOS_BUDGET)" in finished.output


def test_a_plan_of_a_run_on_the_mock_says_so() -> None:
    """Without a deployment there is nobody to spare."""
    finished = run("--plan")

    assert 0 == finished.status
    assert finished.output.startswith("MIPOS_BASE_URL is not set: the run would start the mock")
