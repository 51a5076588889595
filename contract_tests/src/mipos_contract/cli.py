"""The `mipos-contract` command."""

from __future__ import annotations

import math
import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mipos_contract import cleanup, connection, document, plan, reports
from mipos_contract.confinement import Confinement
from mipos_contract.deviations import Deviations, DeviationsError, load
from mipos_contract.options import Options, OptionsError, parse
from mipos_contract.rehearsal import Rehearsal
from mipos_contract.settings import BASE_URL, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUITE = Path(__file__).resolve().parent / "suite"
_REPORTS = ("contract.html", "contract.md", "contract.sarif", "contract.xml")
_INTERRUPTED = 2
_CANNOT_RUN = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: those after the command's name; by default the process's.

    Returns:
        0 if everything that was run holds, 1 if something does not, 2 if the run was interrupted,
        4 if it could not be made.
    """
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments, os.environ)
        known = Deviations("") if options.deviations is None else load(options.deviations)
        return _do(options, known)
    except (OptionsError, SettingsError, DeviationsError) as error:
        sys.stderr.write(f"ERROR: {error}\n")
    except OSError as error:
        sys.stderr.write(f"ERROR: the reports cannot be written: {error}\n")
    except KeyboardInterrupt:
        # Before pytest took over, or while the reports were written.
        return _INTERRUPTED
    return _CANNOT_RUN


def _do(options: Options, known: Deviations) -> int:
    if options.cleanup is not None:
        return _clean_up(options)
    if options.plan:
        return _plan(options)
    if options.reports:
        # Found out before the run, not after it.
        options.reports.mkdir(parents=True, exist_ok=True)
        # A run that cannot even start must not leave the last one's reports behind.
        for name in _REPORTS:
            (options.reports / name).unlink(missing_ok=True)
    return _run(options, known)


def _run(options: Options, known: Deviations, rehearsal: Rehearsal | None = None) -> int:
    # Both take a while, which a mistake on the command line need not wait for.
    import pytest  # noqa: PLC0415 - see above

    from mipos_contract.plugin import Plugin  # noqa: PLC0415 - see above

    # Hypothesis keeps files of its own, by default in the directory that the command is run in.
    with TemporaryDirectory(prefix="mipos-contract-") as scratch:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
        # The suite's own configuration, or a pytest.ini in that directory would be taken.
        configuration = ["-c", str(_SUITE / "pytest.ini"), "-p", "no:cacheprovider"]
        # The summary tells of failures, each kind once, and of what was not run.
        quiet = ["-q", "--no-header", "--tb=no", "-rN"]
        junit = []
        if options.reports and rehearsal is None:
            junit = [f"--junitxml={options.reports / 'contract.xml'}"]
        arguments = [str(_SUITE), *configuration, *quiet, *junit, *options.pytest]
        plugin = Plugin(options, known, rehearsal)
        status = int(pytest.main(arguments, [plugin]))
    if status == pytest.ExitCode.NO_TESTS_COLLECTED:
        sys.stderr.write("ERROR: no test was selected: see -k and what else went to pytest.\n")
        return _CANNOT_RUN
    if plugin.record is not None and rehearsal is None:
        reports.summarize(plugin.record, os.environ)
        if options.reports:
            reports.write(plugin.record, options.reports, document.PATH.read_text("utf-8"))
    return status


def _plan(options: Options) -> int:
    chosen = options.settings
    if chosen is None:
        sys.stdout.write(
            f"{BASE_URL} is not set: the run would start the mock on this machine, and send"
            " requests to nothing else.\n"
        )
        return 0
    tokens = [chosen.token, *([chosen.other_token] if chosen.other_token else [])]
    rehearsal = Rehearsal.of(
        (token.reveal() for token in tokens), chosen.store_id, chosen.pending_orders
    )
    said = StringIO()
    with redirect_stdout(said):
        status = _run(options, Deviations(""), rehearsal)
    if status:
        sys.stderr.write(f"{said.getvalue()}\nERROR: the rehearsal failed; nothing was sent.\n")
        return status
    found = plan.lines(chosen, rehearsal, examples=options.examples, seed=options.seed)
    sys.stdout.write("\n".join(found) + "\n")
    return 0


def _clean_up(options: Options) -> int:
    assert options.settings is not None
    run = options.cleanup
    try:
        target = connection.to_deployment(options.settings, Confinement(allow_writes=True))
    except connection.UnusableTargetError as error:
        sys.stderr.write(f"ERROR: {error}\n")
        return _CANNOT_RUN
    try:
        removed = cleanup.remove(
            target,
            lambda url: (found := Confinement.run_of(url)) is not None and run in {"", found},
            math.inf,
        )
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: what was not removed yet is still there.\n")
        return _INTERRUPTED
    finally:
        target.close()
    what = f"https://{run or 'mipos-contract-*'}.invalid/"
    sys.stdout.write("\n".join(removed.lines(what)) + "\n")
    return 1 if removed.left or removed.unsure else 0
