"""The ``mipos-mock`` command."""

import sys
from collections.abc import Sequence
from typing import Final

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as shells have it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code.

    Args:
        argv: The arguments after the command's name; by default those of the process.
    """
    try:
        # In here, so that Ctrl-C is quiet while it is imported, too.
        from mipos_mock.cli.program import run  # noqa: PLC0415 - see above

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED
