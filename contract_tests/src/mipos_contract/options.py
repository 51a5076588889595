"""What a run was asked to do, on the command line and in the environment."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mipos_contract import settings
from mipos_contract.confinement import Confinement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT_MOCK_COMMAND = (sys.executable, "-m", "mipos_mock")
EXAMPLES_ON_MOCK = 50
EXAMPLES_ELSEWHERE = 10

_DESCRIPTION = """\
Hold a running server against openapi.yaml. Without an address the mock is started and tested.
The access tokens come from MIPOS_ACCESS_TOKEN and MIPOS_OTHER_ACCESS_TOKEN, and from nowhere else;
every other variable has an option here. What is not listed goes to pytest: -x, -k NAME, -q."""
_EXAMPLE = """\
example:
  mipos-contract run
  MIPOS_ACCESS_TOKEN=... mipos-contract run --base-url https://pos.example --store-id 3 --plan
"""
# From the option to the variable that it stands for.
_VARIABLES = {
    "--base-url": (settings.BASE_URL, "URL", "address of the deployment to test"),
    "--store-id": (settings.STORE_ID, "ID", "a store of the account"),
    "--pending-orders": (settings.PENDING_ORDERS, "LIST", "orders that may be accepted"),
    "--rate": (settings.RATE, "N", f"requests a second, default {settings.DEFAULT_RATE:g}"),
    "--budget": (settings.BUDGET, "N", f"requests in all, default {settings.DEFAULT_BUDGET}"),
    "--timeout": (settings.TIMEOUT, "S", f"seconds, default {settings.DEFAULT_TIMEOUT:g}"),
}


class OptionsError(Exception):
    """An option is wrong. The text is one line that names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """A run.

    Attributes:
        settings: the deployment to test, None for the mock.
        examples: generated cases a property.
        seed: the same seed gives the same cases.
        mock_command: what starts the mock, with `serve --port 0` added.
        plan: whether to say what would be sent, and send nothing.
        cleanup: remove what earlier runs left, and test nothing: of the run with this name, or of
            every run if it is empty. None to test.
        reports: the directory for the reports, None for none.
        deviations: the file of known deviations, None for none.
        max_failures: how many different failures end the run, 0 for no limit.
        pytest: arguments that go to pytest as they are.
    """

    settings: settings.Settings | None
    examples: int
    seed: int
    mock_command: tuple[str, ...]
    plan: bool
    cleanup: str | None
    reports: Path | None
    deviations: Path | None
    max_failures: int
    pytest: tuple[str, ...]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionsError(f"{message} (try: {self.prog} --help)")


def parse(arguments: Sequence[str], environ: Mapping[str, str]) -> Options:
    """Return what the arguments and the environment ask for.

    Raises:
        OptionsError: an option is wrong.
        SettingsError: a variable is missing or wrong.
    """
    parser = _Parser(
        prog="mipos-contract",
        description="Contract tests of the MiPOS public API.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {metadata.version('mipos-contract')}"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run",
        help="test a deployment, or the mock",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        # pytest has options of its own, which must not be taken for ours.
        allow_abbrev=False,
        usage="%(prog)s [OPTION ...] [PYTEST OPTION ...]",
    )
    _add_options(run)
    parsed, rest = parser.parse_known_args(arguments)
    given = {
        variable: getattr(parsed, option.strip("-").replace("-", "_"))
        for option, (variable, _, _) in _VARIABLES.items()
    }
    given[settings.ALLOW_WRITES] = "1" if parsed.allow_writes else None
    chosen = settings.from_environment(
        {**environ, **{name: value for name, value in given.items() if value is not None}}
    )
    usual = EXAMPLES_ON_MOCK if chosen is None else EXAMPLES_ELSEWHERE
    return Options(
        settings=chosen,
        examples=usual if parsed.examples is None else parsed.examples,
        seed=parsed.seed,
        mock_command=tuple(shlex.split(parsed.mock_command)),
        plan=parsed.plan,
        cleanup=_cleanup(parsed.cleanup, chosen),
        reports=parsed.reports,
        deviations=parsed.deviations,
        max_failures=parsed.max_failures,
        pytest=tuple(rest),
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    for option, (variable, metavar, text) in _VARIABLES.items():
        parser.add_argument(option, metavar=metavar, help=f"{text} ({variable})")
    parser.add_argument(
        "--allow-writes",
        action="store_true",
        help=f"create, change and delete webhooks, accept orders ({settings.ALLOW_WRITES}=1)",
    )
    parser.add_argument(
        "--examples",
        type=_positive,
        metavar="N",
        help=f"generated cases a property ({EXAMPLES_ON_MOCK} on the mock, {EXAMPLES_ELSEWHERE}"
        " elsewhere)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed (%(default)s)")
    parser.add_argument(
        "--max-failures",
        type=_count,
        default=5,
        metavar="N",
        help="end the run after N different failures, 0 for no limit (%(default)s)",
    )
    parser.add_argument(
        "--plan", action="store_true", help="say what would be sent, and send nothing"
    )
    parser.add_argument(
        "--cleanup",
        nargs="?",
        const="",
        metavar="RUN",
        help="test nothing; delete the webhooks that a killed run left, or that all of them left",
    )
    parser.add_argument("--deviations", type=Path, metavar="FILE", help="known deviations, as YAML")
    parser.add_argument(
        "--reports", type=Path, metavar="DIR", help="write contract.html, .xml, .md and .sarif"
    )
    parser.add_argument(
        "--mock-command",
        default=shlex.join(DEFAULT_MOCK_COMMAND),
        metavar="COMMAND",
        help="what starts the mock, with `serve --port 0` added",
    )


def _cleanup(run: str | None, chosen: settings.Settings | None) -> str | None:
    if run is None:
        return None
    if run and not Confinement.is_run(run):
        raise OptionsError(
            f"--cleanup has {run!r}: expected the name of a run, such as"
            " mipos-contract-0123456789ab, or nothing for every run."
        )
    if chosen is None:
        raise OptionsError(f"--cleanup needs a deployment: set {settings.BASE_URL}.")
    if not chosen.allow_writes:
        raise OptionsError(f"--cleanup deletes webhooks: allow it with {settings.ALLOW_WRITES}=1.")
    return run


def _positive(text: str) -> int:
    number = _count(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected 1 or more")
    return number


def _count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text) is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number, such as 10")
    return int(text)
