"""Run the contract suite as its users do: a process, with the target in its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
LIVE = {
    "MIPOS_ACCESS_TOKEN": "mock-token-alpha",
    "MIPOS_OTHER_ACCESS_TOKEN": "mock-token-beta",
    "MIPOS_STORE_ID": "3",
    # A server of our own need not be spared.
    "MIPOS_RATE": "1000000",
}
WRITES = {
    "MIPOS_ALLOW_WRITES": "1",
    # The mock holds the first; the tests that use the others add them.
    "MIPOS_PENDING_ORDERS": "1/3/01f1b8ce-a65d-4876-a72f-8f549f3566b7",
}
# The command imports Hypothesis before pytest does, of which pytest warns in vain.
STRICT = ("-W", "error", "-W", "ignore:Module already imported")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: its exit status, and everything that it printed."""

    status: int
    output: str


def command(*arguments: str) -> list[str]:
    """Return the command that `nox -s contract` runs, without its reports."""
    return [sys.executable, "-m", "mipos_contract", "run", *STRICT, *arguments]


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with these MIPOS_ variables and no others."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MIPOS_")}
    return {**clean, **variables}


def run(*arguments: str, variables: Mapping[str, str] | None = None) -> Run:
    """Run the suite to its end."""
    process = subprocess.run(  # noqa: S603 - the command is ours
        command(*arguments),
        cwd=ROOT,
        env=environment(variables or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(process.returncode, process.stdout + process.stderr)
