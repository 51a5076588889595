"""The `mipos-contract` command."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mipos_contract.options import Options, OptionsError, parse
from mipos_contract.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUITE = Path(__file__).resolve().parent / "suite"
_CANNOT_RUN = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: those after the command's name; by default the process's.

    Returns:
        0 if everything that was run holds, 1 if something does not, 2 if the run was interrupted,
        4 if it could not be made.
    """
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments, os.environ)
    except (OptionsError, SettingsError) as error:
        sys.stderr.write(f"ERROR: {error}\n")
        return _CANNOT_RUN
    return _run(options)


def _run(options: Options) -> int:
    # Both take a while, which a mistake on the command line need not wait for.
    import pytest  # noqa: PLC0415 - see above

    from mipos_contract.plugin import Plugin  # noqa: PLC0415 - see above

    # Hypothesis keeps files of its own, by default in the directory that the command is run in.
    with TemporaryDirectory(prefix="mipos-contract-") as scratch:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = scratch
        # The suite's own configuration, or a pytest.ini in that directory would be taken.
        configuration = ["-c", str(_SUITE / "pytest.ini"), "-p", "no:cacheprovider"]
        return pytest.main([str(_SUITE), *configuration, *options.pytest], [Plugin(options)])
