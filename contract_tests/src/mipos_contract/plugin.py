"""The run as a pytest plugin: its target, its verdicts, its cleaning up and its reports."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mipos_contract import connection, deferred, generation, progress, recording, summary
from mipos_contract.cleanup import Cleanup, interrupt_once, remove_leftovers
from mipos_contract.confinement import Confinement
from mipos_contract.deferred import Deferred, DeferredFile
from mipos_contract.mock_process import MockError, MockProcess
from mipos_contract.progress import Progress
from mipos_contract.target import Target
from mipos_contract.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    import httpx

    from mipos_contract.deviations import Deviations
    from mipos_contract.options import Options
    from mipos_contract.record import Record

TARGET = pytest.StashKey[Target]()
# What explains a defect best comes first; the client stumbles over whatever there is.
_ORDER = (
    "webhooks",
    "orders",
    "authentication",
    "examples",
    "validation",
    "messages",
    "identity",
    "concurrency",
    "model",
    "schema_driven",
    "client",
    "client_model",
    "complete",
)


class Plugin:
    """One run of the suite.

    Attributes:
        record: what is worth knowing of the run, once it has ended; None if it could not be made.
    """

    def __init__(
        self,
        options: Options,
        deviations: Deviations,
        rehearsal: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare a run.

        Args:
            options: what was asked for.
            deviations: what is put up with.
            rehearsal: what answers in place of the network, to see what would be sent.
        """
        self.record: Record | None = None
        self._options = options
        self._deviations = deviations
        self._rehearsal = rehearsal
        self._target: Target | None = None
        self._verdict: Verdict | None = None
        self._progress: Progress | None = None
        self._cleanup: Cleanup | None = None
        # Found now, before pytest begins to capture.
        self._terminal = None if rehearsal else progress.terminal()
        self._started = dt.datetime.now(dt.UTC)
        self._counts: Counter[str] = Counter()
        self._not_run: list[str] = []
        self._is_selection = False

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
        config.add_cleanup(target.close)
        target.tolerates = self._deviations.tolerates
        self._target = config.stash[TARGET] = target
        self._verdict = Verdict(target, self._deviations, self._options.max_failures)
        if self._terminal is not None:
            config.add_cleanup(self._terminal.close)
            pace = target.wire.pace
            self._progress = Progress(self._terminal, self._options.examples, lambda: pace.sent)
            pace.on_sent = self._progress.show

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> DeferredFile | None:
        """Collect the schema-driven tests as one, which is expanded when its turn comes."""
        if file_path.name != deferred.FILE:
            return None
        found: DeferredFile = DeferredFile.from_parent(parent, path=file_path)  # pyright: ignore[reportUnknownMemberType] - open in pytest
        return found

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Run the tests that a deferred one stands for."""
        if not isinstance(item, Deferred):
            return None
        tests = item.expand()
        item.session.testscollected += len(tests) - 1
        if self._progress:
            self._progress.expand(item, tests)
        for test, following in zip(tests, [*tests[1:], nextitem], strict=True):
            item.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            if item.session.shouldfail or item.session.shouldstop:
                break
        return True

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Skip what this target cannot show, each with its reason, and order the tests."""
        target = config.stash[TARGET]
        no_writes = target.confinement.foreign and not target.confinement.allow_writes
        for item in items:
            mock_only = item.get_closest_marker("mock_only")
            reasons = (
                no_writes
                and item.get_closest_marker("writes")
                and "MIPOS_ALLOW_WRITES=1 is not set",
                target.other_account is None
                and item.get_closest_marker("two_accounts")
                and "MIPOS_OTHER_ACCESS_TOKEN is not set",
                mock_only and not target.is_mock and mock_only.args[0],
            )
            for reason in filter(None, reasons):
                item.add_marker(pytest.mark.skip(reason=str(reason)))
        items.sort(key=lambda item: _ORDER.index(item.path.stem.removeprefix("test_")))

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Take note that this is not a whole run."""
        self._is_selection = bool(items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell the progress line what will run."""
        if self._progress:
            self._progress.collected(session.items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Take note that a test begins."""
        assert self._verdict is not None
        self._verdict.begin()
        if self._progress:
            self._progress.start(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Show a violation as its own text, without the machinery that found it, and no token."""
        result = yield
        assert self._verdict is not None
        hide = item.config.stash[TARGET].hide
        result.sections = [(title, hide(content)) for title, content in result.sections]
        if call.excinfo is not None and result.failed:
            self._verdict.judge(item.nodeid, call.excinfo.value, result)
            if self._verdict.stopped:
                item.session.shouldfail = self._verdict.stopped
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count how tests end."""
        if report.failed:
            self._counts["failed"] += 1
        elif hasattr(report, "wasxfail"):
            self._counts["known"] += 1
        elif report.skipped and isinstance(report.longrepr, tuple):
            self._not_run.append(report.longrepr[2].removeprefix("Skipped: "))
        elif report.when == "call":
            self._counts["passed"] += 1
        if self._progress and report.when == "teardown":
            self._progress.finish(report.nodeid)

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Print no letter for a test that holds where a line shows the progress."""
        quiet = report.passed or report.skipped
        return (report.outcome, "", "") if self._progress and quiet else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Remove what the run created, also after a failure or Ctrl-C, and write its record."""
        target, verdict = self._target, self._verdict
        if target is None or verdict is None:
            return
        if self._progress:
            self._progress.clear()
        if target.confinement.foreign and target.confinement.allow_writes:
            self._cleanup = remove_leftovers(target)
        complete = exitstatus == pytest.ExitCode.OK and not self._is_selection
        deviations = recording.known_deviations(self._deviations, target, complete=complete)
        if (self._cleanup and (self._cleanup.left or self._cleanup.unsure)) or any(
            each.problem for each in deviations
        ):
            exitstatus = session.exitstatus = pytest.ExitCode.TESTS_FAILED
        outcomes = {pytest.ExitCode.OK: "passed", pytest.ExitCode.INTERRUPTED: "interrupted"}
        not_begun = session.testscollected - sum(self._counts.values()) - len(self._not_run)
        self._not_run += ["the run ended before them"] * max(0, not_begun)
        self.record = recording.record(
            self._options,
            target,
            verdict,
            deviations,
            recording.Ending(
                started=self._started,
                outcome=outcomes.get(pytest.ExitCode(exitstatus), "failed"),
                counts=self._counts,
                not_run=self._not_run,
                cleanup=self._cleanup,
            ),
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was seen, why the rest was not, and all that needs attention."""
        if self.record is not None:
            terminalreporter.section(summary.title(self.record))
            for line in summary.lines(self.record):
                terminalreporter.line(line)
