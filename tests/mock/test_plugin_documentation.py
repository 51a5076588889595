"""What the page about the plugin shows works as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from mipos_mock.pushes import RETRY_AFTER
from mipos_mock.testing import FaultKind, MiposMock, Scenario

pytest_plugins = "pytester"

PAGE = (Path(__file__).parents[2] / "docs" / "mock-pytest.md").read_text("utf-8")

ANYIO = """
import pytest

@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"
"""


def blocks(fence: str) -> list[str]:
    """The blocks that begin with a fence."""
    found: list[str] = re.findall(rf"^```{fence}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return found


def run(pytester: pytest.Pytester, tests: list[str]) -> pytest.RunResult:
    """Runs tests of the page beside its `conftest.py`, each in a file of its own."""
    (conftest,) = blocks(r"python conftest\.py")
    pytester.makeconftest(conftest)
    pytester.makepyfile(backend=ANYIO)
    pytester.makepyfile(**{f"test_{number}": text for number, text in enumerate(tests)})
    plugins = [f"-p{name}" for name in ("mipos_mock.pytest_plugin", "anyio", "backend")]
    with pytest.MonkeyPatch.context() as patch:
        # Some of the plugins that are installed beside this one take seconds to load.
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        return pytester.runpytest_subprocess("-W", "error", *plugins, "-o", "anyio_mode=auto")


def timeless(line: str) -> str:
    """A line of a report without what differs from run to run."""
    line = re.sub(r"\d\d:\d\d:\d\d\.\d\d\d", "12:00:00.000", line)
    return re.sub(r"waits \d\.\d s", "waits 4.5 s", line)


def test_the_pages_tests_pass(pytester: pytest.Pytester) -> None:
    """Every test that is meant to pass does, with warnings as errors."""
    tests = [*blocks("python test"), *blocks("python test async")]

    result = run(pytester, tests)

    assert len(tests) >= 6
    result.assert_outcomes(passed="".join(tests).count("def test_"))


def test_the_pages_failure_is_the_one_shown(pytester: pytest.Pytester) -> None:
    """The test that is meant to fail does so with the shown message."""
    (shown,) = blocks("text")

    result = run(pytester, blocks("python fails"))

    result.assert_outcomes(failed=1)
    told = "\n".join(
        timeless(line.removeprefix("E").strip(" "))
        for line in result.outlines
        if line.startswith("E  ")
    ).removeprefix("mipos_mock.testing.desk.")
    assert [line.strip() for line in shown.splitlines()] == told.splitlines()


def test_the_page_names_what_there_is() -> None:
    """Everything that the mock offers is in the table, and nothing else."""
    table = PAGE.partition("## What a test can do")[2].partition("`mipos_mock.testing` has")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"`(\w+)", cell)}
    offered = {name for name in (*dir(MiposMock), "token", "secret", "stores") if name[0] != "_"}

    assert offered - {"closed"} == named


def test_the_page_lists_scenarios_faults_and_retries() -> None:
    """The lists are complete."""
    scenarios = re.search(r"from a scenario \((.*?)\)", PAGE, re.DOTALL)
    retries = re.search(r"again after (.*?) seconds", PAGE)
    assert scenarios is not None
    assert retries is not None

    assert list(get_args(Scenario)) == re.findall(r"`([\w-]+)`", scenarios[1])
    kinds = re.findall(r"^\| `([\w-]+)` \| (?:call|push)", PAGE, re.MULTILINE)
    assert list(get_args(FaultKind)) == kinds
    assert list(RETRY_AFTER) == [float(each) for each in re.findall(r"\d+", retries[1])]
