"""Run the contract suite against every planted fault and every correct variant.

A fault must be caught, a variant must pass. Prints a line a run, then the totals and what to do.
Exits with 1 if one was not what it must be.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.contract import kill_table


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status: 0 all as it must be, 1 not, 2 wrong usage."""
    options = parse(arguments)
    try:
        planned = kill_table.trials(options.names, options.seeds, options.variant_seeds)
    except LookupError as error:
        print(f"faults: {error.args[0]}", file=sys.stderr)
        return 2
    rows: list[kill_table.Row] = []
    for row in kill_table.judge_all(planned, options.jobs):
        rows.append(row)
        print(f"{len(rows):>4}/{len(planned)} {row}", flush=True)
        if options.outputs is not None:
            options.outputs.mkdir(parents=True, exist_ok=True)
            file = options.outputs / f"{row.trial.subject.name}-{row.trial.seed}.txt"
            file.write_text(row.output, "utf-8")
    if options.markdown is not None:
        options.markdown.parent.mkdir(parents=True, exist_ok=True)
        options.markdown.write_text(kill_table.markdown(rows), "utf-8")
    bad = [row for row in rows if not row.is_good]
    print(f"\n{kill_table.totals(rows)}.")
    for row in bad:
        print(row.repair())
    return 1 if bad else 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options; ends the process with a message where one is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="faults, families, variants (default: all)")
    for option, seeds, kind in (
        ("--seeds", range(1, 4), "faults"),
        ("--variant-seeds", range(1, 11), "variants"),
    ):
        parser.add_argument(
            option, nargs="+", type=int, default=[*seeds], metavar="S", help=f"of {kind}"
        )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time (2)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table there too")
    parser.add_argument("--outputs", type=Path, metavar="DIR", help="keep what each run printed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
