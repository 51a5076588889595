"""Run the suite against faults and variants, and say what became of each run.

A fault that no document forbids is judged as the mock, which the suite starts itself; every other
fault and each variant as a deployment with writes.
"""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mipos_mock.server import running
from tests.contract.faults import FAULTS, Fault
from tests.contract.suite import LIVE, ROOT, WRITES, Run, command, environment
from tests.contract.transport import counted
from tests.contract.variants import VARIANTS, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Seconds that a run may take, and then that it may take to clean up.
LIMIT = 180.0
GRACE = 60.0
# What the text of every violation has.
SIGN = "  document: "

Verdict = Literal["caught", "missed", "passed", "failed", "hung", "broken"]

HEADINGS = ("name", "family", "seed", "verdict", "requests", "seconds", "test")
_REPAIRS: dict[Verdict, str] = {
    "missed": "Make the suite catch it, in contract_tests/, or take the fault out.",
    "failed": "Make the suite leave it alone, unless a page forbids it.",
    "hung": "Bound what the suite waits for.",
    "broken": "Mend the fault: it must raise no error, and let the run begin.",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One run to make: against what, and with which seed."""

    subject: Fault | Variant
    seed: int


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a run.

    Attributes:
        trial: what was run.
        verdict: a fault is caught or missed, a variant passes or fails; a run hangs; a fault is
            broken that raises an error of its own, or that keeps the run from being made.
        test: the first test that failed, empty if none did.
        requests: API requests that the server got, up to the end of the run.
        seconds: how long the run took.
        output: what it printed.
    """

    trial: Trial
    verdict: Verdict
    test: str
    requests: int
    seconds: float
    output: str

    @property
    def is_good(self) -> bool:
        """Whether a fault was caught, or a variant passed."""
        return self.verdict in {"caught", "passed"}

    def __str__(self) -> str:
        """Return the row as a line of a table."""
        name, family, seed, verdict, requests, seconds, test = self.cells()
        numbers = f"{seed:>4}  {verdict:<7}{requests:>9}{seconds:>9}"
        return f"{name:<52}{family:<17}{numbers}  {test}".rstrip()

    def cells(self) -> tuple[str, ...]:
        """Return what stands under `HEADINGS`."""
        subject = self.trial.subject
        family = subject.family if isinstance(subject, Fault) else "variant"
        figures = str(self.requests), f"{self.seconds:.1f}"
        return subject.name, family, str(self.trial.seed), self.verdict, *figures, self.test

    def repair(self) -> str:
        """Return what to do about a row that is not good."""
        name, seed = self.trial.subject.name, self.trial.seed
        return f"{name}, seed {seed}: {self.verdict}. {_REPAIRS[self.verdict]}"


def trials(names: Iterable[str], seeds: Iterable[int], variant_seeds: Iterable[int]) -> list[Trial]:
    """Return the runs that names ask for, seed by seed.

    Args:
        names: of faults, families or variants, `faults` or `variants`; none for everything.
        seeds: of faults.
        variant_seeds: of variants.

    Raises:
        LookupError: a name is none of these. The text is one line that says what there is.
    """
    wanted = set(names) or {"faults", "variants"}
    groups = {"faults", "variants", *(fault.family for fault in FAULTS.values())}
    if unknown := wanted - FAULTS.keys() - VARIANTS.keys() - groups:
        raise LookupError(
            f"{min(unknown)!r} is no fault, family or variant: give the name of one, or"
            f" {', '.join(sorted(groups))}"
        )
    faults = [each for each in FAULTS.values() if wanted & {each.name, each.family, "faults"}]
    variants = [each for each in VARIANTS.values() if wanted & {each.name, "variants"}]
    return [
        *(Trial(fault, seed) for seed in seeds for fault in faults),
        *(Trial(variant, seed) for seed in variant_seeds for variant in variants),
    ]


def judge_all(planned: Iterable[Trial], jobs: int) -> Iterator[Row]:
    """Make the runs, some at a time, and yield what became of each as it ends."""
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(judge, trial) for trial in planned]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def judge(trial: Trial, *, limit: float = LIMIT) -> Row:
    """Run the suite against a fault or a variant, up to its first failure.

    Args:
        trial: what to run.
        limit: seconds that it may take.
    """
    subject, variables = trial.subject, dict[str, str]()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        tally, report = Path(name, "requests"), Path(name, "junit.xml")
        tally.touch()
        options = ["-x", "-q", "--seed", str(trial.seed), "--junitxml", str(report)]
        if isinstance(subject, Fault) and subject.assumed:
            serve = [sys.executable, "-m", "tests.contract.serve", subject.name, str(tally)]
            options += ["--mock-command", shlex.join(serve)]
        else:
            file = stack.enter_context(tally.open("ab", buffering=0))
            base_url = stack.enter_context(running(counted(subject.build(), file.write)))
            variables = {**LIVE, **WRITES, "MIPOS_BASE_URL": base_url}
        start = time.monotonic()
        finished = _run(options, variables, limit)
        seconds = time.monotonic() - start
        marks = tally.read_bytes()
        return Row(
            trial,
            verdict(subject, finished, raised=b"!" in marks),
            _first_failure(report),
            marks.count(b"."),
            seconds,
            finished.output if finished else f"no end after {limit:.0f} s",
        )


def verdict(subject: Fault | Variant, finished: Run | None, *, raised: bool) -> Verdict:
    """Return what a run says of its subject.

    Args:
        subject: what was run.
        finished: the run, None if it did not end in time.
        raised: whether the server itself raised an error.
    """
    if finished is None:
        return "hung"
    if raised:
        return "broken"
    if isinstance(subject, Variant):
        return "failed" if finished.status else "passed"
    if finished.status == 0:
        return "missed"
    # A fault counts as caught only if the reader is told what the document says of it.
    return "caught" if finished.status == 1 and SIGN in finished.output else "broken"


def totals(rows: Iterable[Row]) -> str:
    """Return how many rows have which verdict."""
    counts = Counter(row.verdict for row in rows)
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())


def markdown(rows: Iterable[Row]) -> str:
    """Return the table as Markdown, the totals below it."""
    kept = list(rows)
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(row.cells() for row in kept)]
    table = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([*table, "", f"{totals(kept)}.", ""])


def _run(options: list[str], variables: dict[str, str], limit: float) -> Run | None:
    with subprocess.Popen(  # noqa: S603 - the command is ours
        command(*options),
        cwd=ROOT,
        env=environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            # As its user would end it, so that it stops the mock that it has started.
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            return None
    return Run(process.returncode, output)


def _first_failure(report: Path) -> str:
    if not report.is_file():
        return ""
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - written by our own run
    failed = (case for case in cases if {child.tag for child in case} & {"failure", "error"})
    first = next(failed, None)
    return "" if first is None else f"{first.get('classname')}::{first.get('name')}"
