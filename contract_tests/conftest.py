"""The run: its options, its target, its cleaning up, and the table at its end."""

from __future__ import annotations

import logging
import os
import shlex
from typing import TYPE_CHECKING, cast

import pytest

from contract_tests import connection, generation, report, settings
from contract_tests.cleanup import Cleanup, interrupt_once, remove_leftovers
from contract_tests.mock_process import DEFAULT_COMMAND, MockError, MockProcess
from contract_tests.oracle import ContractError
from contract_tests.target import NoAnswerError, Target

if TYPE_CHECKING:
    from collections.abc import Generator


SETTINGS = pytest.StashKey[settings.Settings | None]()
TARGET = pytest.StashKey[Target]()
CLEANUP = pytest.StashKey[Cleanup]()

EXAMPLES_ON_MOCK = 50
EXAMPLES_ELSEWHERE = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that `nox -s contract -- ...` passes on."""
    group = parser.getgroup("contract")
    group.addoption(
        "--examples",
        type=int,
        metavar="N",
        help=f"generated cases a property (default {EXAMPLES_ON_MOCK} on the mock,"
        f" {EXAMPLES_ELSEWHERE} elsewhere)",
    )
    group.addoption("--seed", type=int, default=1, metavar="S", help="seed of the run (default 1)")
    group.addoption(
        "--mock-command",
        default=shlex.join(DEFAULT_COMMAND),
        metavar="COMMAND",
        help="what to start, with `serve --port 0` added, when MIPOS_BASE_URL is not set",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Read the environment and set up generation.

    Raises:
        pytest.UsageError: a variable or an option is missing or wrong.
    """
    config.addinivalue_line("markers", "writes: changes the target; needs MIPOS_ALLOW_WRITES=1")
    config.addinivalue_line("markers", "mock_only(reason): says nothing about other targets")
    config.addinivalue_line("markers", "two_accounts: needs MIPOS_OTHER_ACCESS_TOKEN")
    # A large failing case is shown shortened, in its curl line; the warning would hide the failure.
    config.addinivalue_line("filterwarnings", "ignore:Generating overly large repr")
    try:
        config.stash[SETTINGS] = settings.from_environment(os.environ)
    except settings.SettingsError as error:
        raise pytest.UsageError(str(error)) from None
    on_mock = config.stash[SETTINGS] is None
    examples: int | None = config.getoption("examples")
    if examples is not None and examples < 1:
        raise pytest.UsageError(f"--examples is {examples}: expected 1 or more.")
    # Read by Hypothesis's own plugin, which configures itself after this hook.
    config.option.hypothesis_seed = str(config.getoption("seed"))
    generation.configure(
        seed=cast("int", config.getoption("seed")),
        examples=examples or (EXAMPLES_ON_MOCK if on_mock else EXAMPLES_ELSEWHERE),
        # Elsewhere every case is a request to somebody's server, so failures are not minimised.
        shrink=on_mock,
    )
    interrupt_once()
    for name in ("httpcore", "httpx"):
        # Their debug lines hold headers as they came and went.
        logging.getLogger(name).setLevel(logging.WARNING)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the mock or reach the target.

    Raises:
        pytest.UsageError: the mock does not start, or the target refuses what the environment says.
    """
    config = session.config
    chosen = config.stash[SETTINGS]
    try:
        if chosen is None:
            mock = MockProcess(shlex.split(str(config.getoption("mock_command"))))
            config.add_cleanup(mock.stop)
            target = connection.to_mock(mock.base_url)
        else:
            target = connection.to_deployment(chosen)
    except (connection.UnusableTargetError, MockError, OSError) as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[TARGET] = target
    config.add_cleanup(target.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this target cannot show, each with its reason, and put the overall check last."""
    target = config.stash[TARGET]
    no_writes = target.confinement.foreign and not target.confinement.allow_writes
    for item in items:
        mock_only = item.get_closest_marker("mock_only")
        reasons = (
            no_writes and item.get_closest_marker("writes") and "MIPOS_ALLOW_WRITES=1 is not set",
            target.other_account is None
            and item.get_closest_marker("two_accounts")
            and "MIPOS_OTHER_ACCESS_TOKEN is not set",
            mock_only and not target.is_mock and mock_only.args[0],
        )
        for reason in filter(None, reasons):
            item.add_marker(pytest.mark.skip(reason=str(reason)))
    # The client comes last but one: what it stumbles over, the others explain better.
    last = ("test_client.py", "test_complete.py")
    items.sort(key=lambda item: last.index(item.path.name) if item.path.name in last else -1)


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> Target:
    """Return the server under test."""
    return pytestconfig.stash[TARGET]


@pytest.fixture
def pending_order(target: Target) -> settings.OrderKey:
    """Return an order that this test alone may accept."""
    if target.is_mock:
        name = f"{target.confinement.run}-{len(target.pending_orders)}"
        placed = settings.OrderKey("1", target.store_id, name)
        target.place_order(placed)
        return placed
    order = next((each for each in target.pending_orders if each not in target.used_orders), None)
    if order is None:
        pytest.skip("MIPOS_PENDING_ORDERS names no further order")
    target.used_orders.append(order)
    return order


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show a violation as its own text, without the machinery that found it, and no token ever."""
    result = yield
    hide = item.config.stash[TARGET].hide
    result.sections = [(title, hide(content)) for title, content in result.sections]
    if call.excinfo is None or not result.failed:
        return result
    error = call.excinfo.value
    if any(isinstance(each, NoAnswerError) and each.gone for each in report.leaves(error)):
        item.session.shouldstop = "the target takes no connections any more"
    text = report.violations(error, (ContractError, NoAnswerError))
    # A traceback shows arguments, and the generated client has its token in its repr.
    result.longrepr = hide(text or result.longreprtext)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove what the run created; also after a failure or Ctrl-C."""
    target = session.config.stash.get(TARGET, None)
    if target is None or not target.confinement.foreign or not target.confinement.allow_writes:
        return
    cleanup = remove_leftovers(target)
    session.config.stash[CLEANUP] = cleanup
    if cleanup.left or cleanup.unsure:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Print what was seen, why the rest was not, and anything that is left behind."""
    target = config.stash.get(TARGET, None)
    if target is None:
        return
    kind = "the mock, started by this run" if target.is_mock else "a target of its own"
    terminalreporter.section(
        f"contract: {target.base_url} ({kind}), seed {config.getoption('seed')}"
    )
    writes = target.is_mock or target.confinement.allow_writes
    for line in target.tally.table(assumptions=target.is_mock):
        terminalreporter.line(line)
    if writes and exitstatus != pytest.ExitCode.INTERRUPTED:
        for line in target.tally.unseen_messages(assumptions=target.is_mock):
            terminalreporter.line(line)
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in report.reasons(skipped):
        terminalreporter.line(f"not run: {reason}")
    cleanup = config.stash.get(CLEANUP, None)
    if cleanup is not None:
        for line in cleanup.lines(target.confinement.prefix):
            terminalreporter.line(line)
