"""Correct servers that differ from the mock pass; a sample here, all by `scripts/faults.py`."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.contract.faults import FAULTS
from tests.contract.kill_table import Row, Trial, judge
from tests.contract.variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
SAMPLE = ["as_the_mock", "a_malformed_url_conflicts", "json_is_written_as_php_writes_it"]


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Row]]]:
    """Run the suite against the sample, some at a time, and return what each run will say."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield {name: pool.submit(judge, Trial(VARIANTS[name], seed=1)) for name in SAMPLE}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_variant_passes(runs: dict[str, Future[Row]], name: str) -> None:
    """Nothing is demanded that no page says."""
    row = runs[name].result()

    assert row.verdict == "passed", row.output


def test_there_are_several_variants() -> None:
    """Eight at least, each with a name of its own and a line that says how it differs."""
    assert len(VARIANTS) >= 8
    assert set() == VARIANTS.keys() & FAULTS.keys()
    assert [] == [each.name for each in VARIANTS.values() if not each.text.endswith(".")]
