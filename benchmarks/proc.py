"""CPU time and resident memory of a process and of all that it started (Linux)."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")

_KIBIBYTE: Final = 1024


def parse_parent(stat: str) -> int:
    """Returns the parent's id from the text of ``/proc/PID/stat``.

    The second field, the command in brackets, may itself hold blanks and brackets (proc(5)).
    """
    return int(stat.rpartition(")")[2].split()[1])


def parse_resident(status: str) -> int:
    """Returns the resident memory in bytes from the text of ``/proc/PID/status``.

    It is 0 for a process that has ended and is not yet waited for: its line ``VmRSS`` is gone.
    """
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * _KIBIBYTE
    return 0


def descendants(root: int, parents: Iterable[tuple[int, int]]) -> list[int]:
    """Returns the ids of a process and of all that descend from it, in ascending order.

    Args:
        root: The id of the process.
        parents: Pairs of an id and its parent's id, in any order.
    """
    children: dict[int, list[int]] = {}
    for process, parent in parents:
        children.setdefault(parent, []).append(process)
    found: list[int] = []
    waiting = [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += children.get(process, [])
    return sorted(found)


def tree(root: int) -> list[int]:
    """Returns the ids of a process and of all that descend from it now, in ascending order."""
    ids = [int(path.name) for path in PROC.iterdir() if path.name.isdecimal()]
    parents: list[tuple[int, int]] = []
    for process in ids:
        parents += [(process, parse_parent(text)) for text in _texts([process], "stat")]
    return descendants(root, parents)


def cpu_seconds(processes: Iterable[int]) -> float:
    """Returns the CPU time that some processes have used, all their threads, in seconds.

    It is the sum of utime and stime in ``/proc/PID/stat``, read from the clock of each process,
    which has nanoseconds where the file has hundredths of a second.
    """
    return sum(map(_cpu_clock, processes))


def resident_bytes(processes: Iterable[int]) -> int:
    """Returns the resident memory of some processes, in bytes; shared pages count in each."""
    return sum(map(parse_resident, _texts(processes, "status")))


def _texts(processes: Iterable[int], name: str) -> Iterator[str]:
    for process in processes:
        try:
            yield (PROC / str(process) / name).read_text("utf-8", "replace")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended since it was listed


def _cpu_clock(process: int) -> float:
    # How Linux numbers the CPU clock of another process: clock_getcpuclockid(3).
    try:
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return 0.0  # it has ended since it was listed
