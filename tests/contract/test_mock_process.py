"""The mock that a run starts ends with it."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from mipos_contract.mock_process import MockProcess

if TYPE_CHECKING:
    from pathlib import Path

# Says nothing, as a mock that still starts, and interrupts the run that waits for it.
SILENT = """\
import os, pathlib, signal, sys, time
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
os.kill(os.getppid(), signal.SIGINT)
time.sleep(600)
"""


def test_a_mock_that_still_starts_ends_with_an_interrupted_run(tmp_path: Path) -> None:
    """Ctrl-C while the run waits for its address leaves no process."""
    pid = tmp_path / "pid"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            MockProcess([sys.executable, "-c", SILENT, str(pid)])
    finally:
        signal.signal(signal.SIGINT, before)

    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text("utf-8")), 0)
