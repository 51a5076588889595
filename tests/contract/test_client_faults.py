"""What the client does wrong fails the suite, with a text that names the client."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.contract.client_faults import CLIENT_FAULTS
from tests.contract.kill_table import SIGN
from tests.contract.suite import ROOT, STRICT, Run, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
OPTIONS = ("-x", "-k", "client", "--examples", "5")


def run_with(name: str) -> Run:
    """Run the part of the suite that drives the client, with a fault in it."""
    arguments = [sys.executable, "-m", "tests.contract.client_faults", name, "run", *STRICT]
    process = subprocess.run(  # noqa: S603 - the command is ours
        [*arguments, *OPTIONS],
        cwd=ROOT,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(process.returncode, process.stdout + process.stderr)


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Run]]]:
    """Run the suite with each fault, some at a time, and return what each run will say."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield {name: pool.submit(run_with, name) for name in CLIENT_FAULTS}


@pytest.mark.parametrize("name", CLIENT_FAULTS)
def test_a_fault_of_the_client_is_caught(runs: dict[str, Future[Run]], name: str) -> None:
    """The first failure is the client's, says what is wrong, and shows no token."""
    finished = runs[name].result()

    assert 1 == finished.status, finished.output
    assert re.search(r"^1\. \w+: the client ", finished.output, re.MULTILINE), finished.output
    assert SIGN in finished.output
    assert "mock-token" not in finished.output


@pytest.mark.parametrize("name", CLIENT_FAULTS)
def test_a_fault_of_the_client_says_what_is_wrong(name: str) -> None:
    """Its docstring is one line with a full stop."""
    text = CLIENT_FAULTS[name].__doc__ or ""

    assert text.endswith(".")
    assert "\n" not in text
