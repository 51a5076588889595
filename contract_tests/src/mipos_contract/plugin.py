"""The run as a pytest plugin: its target, its cleaning up, and the table at its end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from mipos_contract import connection, generation, report
from mipos_contract.cleanup import Cleanup, interrupt_once, remove_leftovers
from mipos_contract.confinement import Confinement
from mipos_contract.mock_process import MockError, MockProcess
from mipos_contract.target import Target
from mipos_contract.violation import ContractError, NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Generator

    import httpx

    from mipos_contract.options import Options

TARGET = pytest.StashKey[Target]()


class Plugin:
    """One run of the suite."""

    def __init__(self, options: Options, rehearsal: httpx.BaseTransport | None = None) -> None:
        """Prepare a run.

        Args:
            options: what was asked for.
            rehearsal: what answers in place of the network, to see what would be sent.
        """
        self._options = options
        self._rehearsal = rehearsal
        self._target: Target | None = None
        self._cleanup: Cleanup | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Set up generation, before tests are imported."""
        # Read by Hypothesis's own plugin, which configures itself after this hook.
        config.option.hypothesis_seed = str(self._options.seed)
        generation.configure(
            seed=self._options.seed,
            examples=self._options.examples,
            # Elsewhere every case is a request to somebody's server, so failures stay as they are.
            shrink=self._options.settings is None,
        )
        interrupt_once()
        for name in ("httpcore", "httpx"):
            # Their debug lines hold headers as they came and went.
            logging.getLogger(name).setLevel(logging.WARNING)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Start the mock or reach the target.

        Raises:
            pytest.UsageError: the mock does not start, or the target refuses the settings.
        """
        config, chosen = session.config, self._options.settings
        try:
            if chosen is None:
                mock = MockProcess(self._options.mock_command)
                config.add_cleanup(mock.stop)
                target = connection.to_mock(mock.base_url)
            else:
                target = connection.to_deployment(
                    chosen, Confinement(allow_writes=chosen.allow_writes), self._rehearsal
                )
        except (connection.UnusableTargetError, MockError, OSError) as error:
            raise pytest.UsageError(str(error)) from None
        self._target = config.stash[TARGET] = target
        config.add_cleanup(target.close)

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Skip what this target cannot show, each with its reason, and order the tests."""
        target = config.stash[TARGET]
        no_writes = target.confinement.foreign and not target.confinement.allow_writes
        for item in items:
            mock_only = item.get_closest_marker("mock_only")
            reasons = (
                no_writes and item.get_closest_marker("writes") and "MIPOS_ALLOW_WRITES=1 not set",
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

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Show a violation as its own text, without the machinery that found it, and no token."""
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
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Remove what the run created; also after a failure or Ctrl-C."""
        target = self._target
        if target is None or not target.confinement.foreign or not target.confinement.allow_writes:
            return
        self._cleanup = remove_leftovers(target)
        if self._cleanup.left or self._cleanup.unsure:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, exitstatus: int
    ) -> None:
        """Print what was seen, why the rest was not, and anything that is left behind."""
        target = self._target
        if target is None:
            return
        kind = "the mock, started by this run" if target.is_mock else "a target of its own"
        terminalreporter.section(f"contract: {target.base_url} ({kind}), seed {self._options.seed}")
        writes = target.is_mock or target.confinement.allow_writes
        for line in target.tally.table(assumptions=target.is_mock):
            terminalreporter.line(line)
        if writes and exitstatus != pytest.ExitCode.INTERRUPTED:
            for line in target.tally.unseen_messages(assumptions=target.is_mock):
                terminalreporter.line(line)
        skipped = terminalreporter.stats.get("skipped", [])
        for reason in report.reasons(skipped):
            terminalreporter.line(f"not run: {reason}")
        if self._cleanup is not None:
            for line in self._cleanup.lines(target.confinement.prefix):
                terminalreporter.line(line)
