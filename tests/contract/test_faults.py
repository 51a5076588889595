"""The catalogue of faults, and a sample of it: each fails the suite with a text that leads to it.

`scripts/faults.py` runs all of them.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

from mipos_mock.server import running
from tests.contract.faults import FAMILIES, FAULTS
from tests.contract.kill_table import Row, Trial, judge, markdown, trials, verdict
from tests.contract.suite import Run
from tests.contract.variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
SAMPLE = [name for name, fault in FAULTS.items() if fault.sampled]


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Row]]]:
    """Run the suite against the sample, some at a time, and return what each run will say."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield {name: pool.submit(judge, Trial(FAULTS[name], seed=1)) for name in SAMPLE}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_fault_is_caught(runs: dict[str, Future[Row]], name: str) -> None:
    """The suite fails with a violation of the contract, and says how to repeat it."""
    row = runs[name].result()

    assert row.verdict == "caught", row.output
    assert row.requests > 0
    assert "  document: " in row.output
    assert "  request:  curl " in row.output
    assert "mock-token" not in row.output


def test_there_are_many_faults() -> None:
    """Eighty at least, of every family, of both kinds."""
    assert len(FAULTS) >= 80
    assert set(FAMILIES) == {fault.family for fault in FAULTS.values()}
    assert {True, False} == {fault.assumed for fault in FAULTS.values()}


def test_every_family_is_sampled() -> None:
    """CI runs one or two faults of each family."""
    counts = Counter(FAULTS[name].family for name in SAMPLE)

    assert set(FAMILIES) == counts.keys()
    assert {} == {family: count for family, count in counts.items() if count > 2}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_says_what_is_wrong(name: str) -> None:
    """Its docstring is one line with a full stop."""
    text = FAULTS[name].text

    assert text.endswith(".")
    assert "\n" not in text


def test_each_build_counts_for_itself() -> None:
    """The seventeenth answer is that of one server, whatever another has answered."""
    fault = FAULTS["every_seventeenth_answer_is_a_bad_gateway"]
    statuses = list[int]()
    for calls in (16, 17):
        with running(fault.build()) as base_url, httpx.Client(base_url=base_url) as client:
            statuses += [
                client.get("/api/v1/integration/webhooks").status_code for _ in range(calls)
            ]

    assert [401] * 32 + [502] == statuses


@pytest.mark.parametrize(
    ("status", "output", "raised", "expected"),
    [
        (1, "  document: 201", False, "caught"),
        (0, "", False, "missed"),
        (1, "Traceback", False, "broken"),
        (4, "ERROR: MIPOS_BASE_URL", False, "broken"),
        (1, "  document: 201", True, "broken"),
    ],
)
def test_a_run_has_a_verdict(status: int, output: str, *, raised: bool, expected: str) -> None:
    """Caught is a run that says what the document says, of a server that does what it means to."""
    fault = FAULTS["create_answers_200"]

    assert expected == verdict(fault, Run(status, output), raised=raised)


def test_a_run_without_an_end_is_ended() -> None:
    """A run that takes longer than it may is said to hang."""
    row = judge(Trial(FAULTS["malformed_json_is_400"], seed=1), limit=0.5)

    assert row.verdict == "hung"
    assert not row.is_good


def test_names_choose_what_is_run() -> None:
    """A family, a fault and a variant, each with the seeds of its kind."""
    planned = trials(["isolation", "create_answers_200", "as_the_mock"], [1, 2], [3])
    isolation = sum(fault.family == "isolation" for fault in FAULTS.values())

    assert 2 * (isolation + 1) + 1 == len(planned)
    assert Trial(VARIANTS["as_the_mock"], 3) == planned[-1]
    with pytest.raises(LookupError, match="'isolatoin' is no fault, family or variant"):
        trials(["isolatoin"], [1], [1])


def test_the_table_can_be_read_by_people_and_as_markdown() -> None:
    """A row names its fault, and what to do if it was missed."""
    trial = Trial(FAULTS["create_answers_200"], seed=2)
    row = Row(trial, "missed", "test_a::test_b[x|y]", 7, 1.25, "")

    assert "create_answers_200 " in str(row)
    assert row.repair().startswith("create_answers_200, seed 2: missed. Make the suite catch it")
    assert [
        "| name | family | seed | verdict | requests | seconds | test |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        r"| create_answers_200 | status | 2 | missed | 7 | 1.2 | test_a::test_b[x\|y] |",
        "",
        "1 missed.",
    ] == markdown([row]).splitlines()
