"""The plugin in a run of pytest of its own, as who tests a POS sees it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

pytest_plugins = "pytester"

LOADED = """
import sys
import pytest
before = set(sys.modules)
import mipos_mock.pytest_plugin
print(*sorted(set(sys.modules) - before))
"""

THREADS = """
import threading

def pytest_unconfigure():
    print("left:", *(each.name for each in threading.enumerate()))
"""

ALONE = """
import json
import urllib.request
import pytest

SEEN = []

@pytest.mark.parametrize("number", range(6))
def test_alone(mipos_mock, number):
    assert [] == mipos_mock.orders + mipos_mock.pushes + mipos_mock.calls + mipos_mock.webhooks
    assert "nothing happened" == mipos_mock.timeline()
    assert mipos_mock.token not in SEEN
    SEEN.append(mipos_mock.token)
    mipos_mock.add_webhook("http://pos.invalid/orders")
    order = mipos_mock.place_order(order_external_id="the-same-in-each")
    mipos_mock.fail_next(times=None)
    mipos_mock.advance(3600)
    assert ["given up"] == [push.status for push in mipos_mock.pushes]
    request = urllib.request.Request(
        mipos_mock.base_url + "/api/v1/integration/order/accept",
        json.dumps(order.accept_body).encode(),
        {"Authorization": f"Bearer {mipos_mock.token}", "Content-Type": "application/json"},
    )
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request)
    error.value.close()
    assert 409 == error.value.code
"""


def run(pytester: pytest.Pytester, test: str, *options: str) -> pytest.RunResult:
    """Runs a module of tests in a process of its own, with warnings as errors."""
    pytester.makepyfile(test)
    with pytest.MonkeyPatch.context() as patch:
        # Some of the plugins that are installed beside this one take seconds to load.
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        return pytester.runpytest_subprocess(
            "-W", "error", "-p", "mipos_mock.pytest_plugin", *options
        )


def section(lines: Sequence[str]) -> list[str]:
    """The lines of the plugin's section in a report, without their times."""
    start = next(number for number, line in enumerate(lines) if "- mipos-mock -" in line)
    shown: list[str] = []
    for line in lines[start + 1 :]:
        if line.startswith(("-", "=", "_")):
            break
        shown.append(line.partition("  ")[2] or line)
    return shown


def test_loading_it_loads_nothing_else() -> None:
    """A run that never uses it pays for two small modules."""
    finished = subprocess.run(  # noqa: S603 - the code is ours
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    assert ["mipos_mock", "mipos_mock.pytest_plugin"] == finished.stdout.split()


def test_a_run_that_does_not_use_it_loads_no_mock(pytester: pytest.Pytester) -> None:
    """Even a failure costs nothing then, and its report has no section."""
    result = run(
        pytester,
        """
        import sys

        def test_it():
            assert "mipos_mock.pytest_plugin" in sys.modules
            assert "mipos_mock.testing" not in sys.modules
            assert False
        """,
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E       assert False"])
    result.stdout.no_fnmatch_line("*mipos-mock -*")


def test_no_server_is_started_unless_asked_for(pytester: pytest.Pytester) -> None:
    """A test without a socket does not wait for what serves one."""
    result = run(
        pytester,
        """
        import sys

        def test_it(mipos_mock):
            mipos_mock.place_order()
            mipos_mock.app
            assert "uvicorn" not in sys.modules
            assert mipos_mock.base_url.startswith("http://127.0.0.1:")
        """,
    )

    result.assert_outcomes(passed=1)


def test_each_test_is_alone(pytester: pytest.Pytester) -> None:
    """No test sees anything of another one, and nothing is left when all are over."""
    pytester.makeconftest(THREADS)

    result = run(pytester, ALONE, "-rA")

    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines(["left: MainThread"])
    result.stdout.no_fnmatch_line("*- mipos-mock -*")  # nothing is told of tests that pass


def test_each_test_is_alone_under_xdist(pytester: pytest.Pytester) -> None:
    """Tests in processes side by side do not meet either."""
    run(pytester, ALONE, "-p", "xdist.plugin", "-n", "2").assert_outcomes(passed=6)


def test_a_failed_test_shows_what_happened(pytester: pytest.Pytester) -> None:
    """The report of a failure has the timeline of the test's account."""
    result = run(
        pytester,
        """
        import pytest

        @pytest.fixture
        def pos(mipos_mock):
            mipos_mock.add_webhook("http://pos.invalid/orders")

        def test_it(mipos_mock, pos):
            mipos_mock.place_order(order_external_id="mine")
            mipos_mock.advance(1)
            assert not mipos_mock.pushes
        """,
    )

    result.assert_outcomes(failed=1)
    lines = section(result.outlines)
    assert [
        "webhook http://pos.invalid/orders (ORDER) registered",
        "order mine placed, pushed to 1 webhook",
        "push 1 (ORDER) to http://pos.invalid/orders  the host pos.invalid never resolves",
        "clock set ahead by 1 s",
    ] == lines[:4]
    assert "still open: push 1 to http://pos.invalid/orders waits " in lines[4]


def test_a_fixture_that_fails_shows_what_happened(pytester: pytest.Pytester) -> None:
    """So has the report of a fixture that fails before the test begins."""
    result = run(
        pytester,
        """
        import pytest

        @pytest.fixture
        def order(mipos_mock):
            mipos_mock.place_order(order_external_id="mine")
            raise KeyError("x")

        def test_it(order):
            pass
        """,
    )

    result.assert_outcomes(errors=1)
    (line,) = section(result.outlines)
    assert line.startswith("order mine placed, pushed nowhere: account-")


def test_a_failure_after_the_end_is_reported_as_it_is(pytester: pytest.Pytester) -> None:
    """A fixture that fails when the account is gone is reported, without the account."""
    result = run(
        pytester,
        """
        import pytest

        @pytest.fixture
        def outer():
            yield
            raise KeyError("x")

        def test_it(outer, mipos_mock):
            pass
        """,
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.no_fnmatch_line("*mipos-mock -*")


def test_a_failed_wait_is_told_once_and_where_the_test_waits(pytester: pytest.Pytester) -> None:
    """The failure shows the test's own line and the timeline, and neither frames nor a copy."""
    result = run(
        pytester,
        """
        def test_it(mipos_mock):
            order = mipos_mock.place_order(order_external_id="mine", push=False)
            mipos_mock.wait_accepted(order, timeout=0.01)
        """,
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       mipos_mock.wait_accepted(order, timeout=0.01)",
            "E       *WaitError: order mine (store *) was not accepted within 0.01 s. What *:",
            "E         *  order mine placed, not pushed, as asked",
            "test_*.py:3: WaitError",
        ],
    )
    result.stdout.no_fnmatch_line("*engine.py*")
    result.stdout.no_fnmatch_line("*mipos-mock -*")


def test_coroutines_wait_in_their_loop(pytester: pytest.Pytester) -> None:
    """A test and a fixture that are coroutines share their loop with the POS."""
    result = run(
        pytester,
        """
        import asyncio
        import pytest

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.fixture
        async def lock():
            return asyncio.Lock()

        @pytest.mark.anyio
        async def test_it(mipos_mock, lock):
            async def pos(scope, receive, send):
                async with lock:
                    await asyncio.sleep(0)
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": b""})

            mipos_mock.mount("http://pos.test", pos)
            mipos_mock.add_webhook("http://pos.test/orders")
            async with lock:
                order = mipos_mock.place_order()
                await asyncio.sleep(0)
            await mipos_mock.aio.wait_delivered(order)
            await mipos_mock.aio.wait_accepted(order, timeout=0.01)
        """,
        "-p",
        "anyio",
    )

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       await mipos_mock.aio.wait_accepted(order, timeout=0.01)",
            "E       *WaitError: *",
            "E         *  push 1 (ORDER) to http://pos.test/orders  200",
        ]
    )
    result.stdout.no_fnmatch_line("*engine.py*")


def test_it_is_listed_with_what_it_is_for(pytester: pytest.Pytester) -> None:
    """Who lists fixtures sees one, with the type to annotate it with."""
    result = pytester.runpytest_subprocess("--fixtures")

    result.stdout.fnmatch_lines(["mipos_mock *", "*`mipos_mock.testing.MiposMock`*"])
    result.stdout.no_fnmatch_line("_mipos*")
