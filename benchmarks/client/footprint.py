"""What a client takes to be imported, and the memory of one, each in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.children import ROOT
from benchmarks.client import probe
from benchmarks.client.contender import Contender
from benchmarks.client.figures import Footprint, rounded
from benchmarks.errors import NotMeasuredError
from benchmarks.roster import mock
from benchmarks.server import running

# Nothing of the harness: a module that it has loaded already would cost the client nothing.
_TIMED: Final = """\
import time
{first}
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1])
memory, begin = resident(), time.perf_counter()
{imports}
print(time.perf_counter() - begin, resident() - memory)
"""
_BASE: Final = "import attrs, httpx"


def script(contender: Contender) -> str:
    """Returns a program that prints the seconds and the pages that its imports take."""
    if not contender.imports:
        return _TIMED.format(first="", imports=_BASE)
    return _TIMED.format(first=_BASE, imports=contender.imports)


def measure(contenders: Sequence[Contender], directory: Path, rounds: int) -> list[Footprint]:
    """Returns the figures of all clients, which take turns.

    Args:
        contenders: The clients.
        directory: Where the generated ones are.
        rounds: How often each is measured.

    Raises:
        NotMeasuredError: The mock did not run, or a client could not be imported.
    """
    figures = [
        Footprint(
            client=each.name,
            import_ms=[],
            import_mb=[],
            client_kb=[],
            note=f"not run: {each.absent}" if each.absent else "",
        )
        for each in contenders
    ]
    page = os.sysconf("SC_PAGE_SIZE")
    with running(mock()) as up:
        for number in range(rounds + 1):
            print(f"  round {number} of {rounds}", file=sys.stderr)
            for contender, figure in zip(contenders, figures, strict=True):
                if contender.absent:
                    continue
                seconds, pages = _run(directory, "-c", script(contender))
                (size,) = _run(directory, "-m", probe.__name__, contender.name, str(up.port))
                if number > 0:  # the first round compiles the modules
                    figure["import_ms"].append(rounded(seconds * 1e3))
                    figure["import_mb"].append(rounded(pages * page / 1e6))
                    figure["client_kb"].append(rounded(size / 1e3))
    return figures


def _run(directory: Path, *arguments: str) -> list[float]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(  # noqa: S603 - the harness's own programs
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": os.pathsep.join([str(directory), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasuredError((done.stderr.splitlines() or ["a client could not be imported"])[-1])
    return [float(word) for word in done.stdout.split()]
