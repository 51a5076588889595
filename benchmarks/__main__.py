"""The command: ``python -m benchmarks``."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from benchmarks import bursts, growth, isolation, million, per_request, startup
from benchmarks.arguments import count
from benchmarks.children import ROOT
from benchmarks.errors import NotMeasuredError
from benchmarks.figures import PARTS, save
from benchmarks.roster import roster
from benchmarks.settings import QUICK, Settings

_APART: Final = "million"
"""The part that is measured only when it is asked for: it takes minutes."""

_MEASURE: Final[dict[str, Callable[[Settings], Sequence[Any]]]] = {
    "requests": lambda settings: per_request.measure(settings, roster()),
    "startup": lambda settings: startup.measure(settings, roster()),
    "growth": growth.measure,
    "pushes": bursts.measure,
    "isolation": isolation.measure,
    "million": million.measure,
}

_METHOD: Final = {
    "requests": ("seconds", "repetitions", "connections"),
    "startup": ("repetitions",),
    "growth": ("repetitions",),
    "pushes": ("repetitions",),
    "isolation": ("repetitions",),
    "million": ("seconds",),
}
"""Which settings matter to a part."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code: 0, 1 if a part could not be measured, 130.

    Args:
        arguments: By default those of the process.
    """
    options = parser().parse_args(arguments)
    if sys.platform != "linux":
        print("the benchmarks read /proc and pin to cores: run them on Linux", file=sys.stderr)
        return 2
    # To be ended as by Ctrl-C also when told to end, and where Ctrl-C is ignored, as it is in a
    # background job: what was started must be ended.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    settings = QUICK if options.quick else Settings()
    for name in ("seconds", "repetitions"):
        if getattr(options, name) is not None:
            settings = replace(settings, **{name: getattr(options, name)})
    parts: list[str] = options.only or [part for part in PARTS if part != _APART]
    parts += [_APART] if options.million and _APART not in parts else []
    failed = False
    try:
        for part in parts:
            print(f"{part}:", file=sys.stderr)
            try:
                figures = _MEASURE[part](settings)
            except (NotMeasuredError, OSError, HTTPException) as error:
                print(f"{part}: not measured: {error}", file=sys.stderr)
                failed = True
            else:
                save(options.into, part, settings.named(*_METHOD[part]), figures)
    except KeyboardInterrupt:
        print("stopped; nothing that was started is left running", file=sys.stderr)
        return 130
    # Takes seconds to import, in which a signal would not yet end the run as it should.
    from benchmarks.report import write  # noqa: PLC0415 - see above

    for path in write(options.into):
        print(path)
    return int(failed)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    # Once: what was started is being ended then, which a second signal must not keep from its end.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def parser() -> argparse.ArgumentParser:
    """Returns what reads the command line."""
    found = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the mock.")
    found.add_argument(
        "--only",
        type=_parts,
        metavar="PART,...",
        help=f"measure only these of {', '.join(PARTS)}",
    )
    found.add_argument(
        "--million", action="store_true", help="also the memory after that many calls"
    )
    found.add_argument("--quick", action="store_true", help="only see that everything runs")
    found.add_argument("--seconds", type=count, help=f"of one load ({Settings().seconds})")
    found.add_argument(
        "--repetitions", type=count, help=f"of everything ({Settings().repetitions})"
    )
    found.add_argument(
        "--into",
        type=Path,
        default=ROOT / "reports" / "benchmarks",
        metavar="DIRECTORY",
        help="where the results go (reports/benchmarks)",
    )
    return found


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"{part!r} is no part: give some of {','.join(PARTS)}")
    return parts


if __name__ == "__main__":
    sys.exit(main())
