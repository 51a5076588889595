"""The mock as a process of its own, for runs that name no target."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BANNER = "MiPOS mock listening on "
STOP_TIMEOUT = 10.0


class MockError(Exception):
    """The mock did not start. The text is one line with what it said."""


class MockProcess:
    """A running `mipos-mock serve` on a free port of the loopback interface."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it and wait for its address.

        Raises:
            MockError: it ended, or said something else first.
        """
        if "mipos_mock" in command and find_spec("mipos_mock") is None:
            raise MockError(
                "the mock, mipos-mock, is not installed: install it, or name a deployment in"
                " MIPOS_BASE_URL (--base-url)."
            )
        # A session of its own: Ctrl-C is for the suite, which still needs the mock to clean up.
        self._process = subprocess.Popen(  # noqa: S603 - the command is the suite's own
            [*command, "serve", "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline()
        except BaseException:
            # Ctrl-C before there is anything that could be stopped.
            self._process.kill()
            self._process.communicate()
            raise
        if not line.startswith(BANNER):
            self._process.kill()
            rest, errors = self._process.communicate()
            said = " ".join(f"{line}{rest}{errors}".split())
            raise MockError(
                f"the mock did not start ({' '.join(command)}): {said or 'no output'}; see"
                " --mock-command"
            )
        self.base_url = line.removeprefix(BANNER).strip()

    def stop(self) -> None:
        """End the process; kill it when it does not end by itself."""
        self._process.terminate()
        try:
            self._process.communicate(timeout=STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
