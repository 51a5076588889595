"""The command: ``python -m benchmarks.client``."""

import argparse
import os
import sys
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Final

from benchmarks.arguments import count
from benchmarks.children import ROOT
from benchmarks.client import calls, figures, footprint
from benchmarks.client.roster import generated
from benchmarks.errors import NotMeasuredError

_ROUNDS: Final = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code: 0, 1 if it could not be measured, 130.

    Args:
        arguments: By default those of the process.
    """
    options = parser().parse_args(arguments)
    if sys.platform != "linux":
        print("the benchmarks read /proc and pin to cores: run them on Linux", file=sys.stderr)
        return 2
    # What else the machine does matters to the time that passes, less to the CPU time.
    busy = round(os.getloadavg()[0], 1)
    method: dict[str, float] = {"rounds": options.rounds, "load average before": busy}
    try:
        with generated() as (directory, contenders):
            print("footprint:", file=sys.stderr)
            taken = footprint.measure(contenders, directory, options.rounds)
            figures.save(options.into, "client-footprint", method, taken)
            print("calls:", file=sys.stderr)
            costs = calls.measure(contenders, options.rounds)
            figures.save(options.into, "client-calls", method, costs)
    except (NotMeasuredError, OSError, HTTPException) as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; nothing that was started is left running", file=sys.stderr)
        return 130
    from benchmarks.client.report import write  # noqa: PLC0415 - the plots take seconds to import

    print(write(options.into))
    return 0


def parser() -> argparse.ArgumentParser:
    """Returns what reads the command line."""
    found = argparse.ArgumentParser(
        prog="python -m benchmarks.client", description="Measure the Python client."
    )
    found.add_argument("--rounds", type=count, default=_ROUNDS, help=f"of all ({_ROUNDS})")
    found.add_argument(
        "--into",
        type=Path,
        default=ROOT / "reports" / "benchmarks",
        metavar="DIRECTORY",
        help="where the results go (reports/benchmarks)",
    )
    return found


if __name__ == "__main__":
    sys.exit(main())
