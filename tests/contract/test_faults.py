"""Every planted fault fails the suite, with a text that leads to it; a sound server passes."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.faults import FAULTS, Fault
from tests.contract.suite import LIVE, WRITES, Run, run

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
QUICK = ("-x", "-q", "--examples", "10")


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Run]]]:
    """Run the suite against every fault, some at a time, and return what each run will say."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield {name: pool.submit(run_against, fault) for name, fault in FAULTS.items()}


def run_against(fault: Fault) -> Run:
    """Run the suite against a fault: as a deployment, or as the mock where no document forbids."""
    if fault.assumed:
        faulty = f"{sys.executable} -m tests.contract.serve {fault.name}"
        return run(*QUICK, "--mock-command", faulty)
    with running(fault.build()) as base_url:
        return run(*QUICK, variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(runs: dict[str, Future[Run]], name: str) -> None:
    """The suite fails with a violation of the contract, and says how to repeat it."""
    finished = runs[name].result()

    assert finished.status == 1, finished.output
    assert "  document: " in finished.output
    assert "  request:  curl " in finished.output
    assert "mock-token" not in finished.output


def test_a_sound_deployment_passes() -> None:
    """The same run against the unchanged mock, as a deployment, is green."""
    with running(create_app(fresh_state())) as base_url:
        finished = run("-q", variables={**LIVE, **WRITES, "MIPOS_BASE_URL": base_url})

    assert finished.status == 0, finished.output
