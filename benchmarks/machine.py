"""On what and with what the figures were made."""

import os
import platform
import re
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

from benchmarks.roster import MOCK, first_line, node, roster


class Machine(TypedDict):
    """The machine: the processor's name, how many cores are usable, the kernel, the memory."""

    cpu: str
    cores: int
    kernel: str
    memory_gib: int


def machine() -> Machine:
    """Returns what /proc says about this machine; nothing in it names the machine."""
    return Machine(
        cpu=parse_cpu(Path("/proc/cpuinfo").read_text("utf-8")),
        cores=len(os.sched_getaffinity(0)),
        kernel=f"{platform.system()} {parse_release(platform.release())}",
        memory_gib=parse_memory(Path("/proc/meminfo").read_text("utf-8")),
    )


def versions(*, compared: bool, loaded: bool) -> dict[str, str]:
    """Returns the version of what was measured and measured with, by name.

    Args:
        compared: Whether more than the mock was measured.
        loaded: Whether wrk made the load.
    """
    names = (MOCK, "uvicorn", "httptools", "uvloop")
    found = {name: version(name) for name in names} | {"Python": platform.python_version()}
    programs = [("wrk", shutil.which("wrk"), "-v")] if loaded else []
    if compared:
        found |= {each.program: each.version for each in roster() if each.version}
        programs += [("Node.js", node(), "--version"), ("Java", shutil.which("java"), "-version")]
    for name, program, flag in programs:
        number = re.search(r"\d+(\.\w+)+", first_line(program, flag)) if program else None
        found |= {name: number[0]} if number else {}
    return found


def parse_cpu(cpuinfo: str) -> str:
    """Returns the name of the first processor from the text of ``/proc/cpuinfo``."""
    name = re.search(r"^model name\s*: (.+)$", cpuinfo, re.MULTILINE)
    return " ".join(name[1].split()) if name else platform.machine()


def parse_release(release: str) -> str:
    """Returns the kernel's version without what its builder added: ``6.1.0`` of ``6.1.0-9``."""
    return re.split(r"[^\d.]", release)[0].rstrip(".")


def parse_memory(meminfo: str) -> int:
    """Returns the memory in GiB, rounded, from the text of ``/proc/meminfo``."""
    total = re.search(r"^MemTotal:\s+(\d+) kB$", meminfo, re.MULTILINE)
    return round(int(total[1]) / 1024**2) if total else 0
