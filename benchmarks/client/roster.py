"""The clients that are measured, and where the generated ones are."""

import importlib
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.client import openapi_generator, stock
from benchmarks.client.contender import Contender
from benchmarks.client.ours import OURS
from benchmarks.client.raw import RAW
from benchmarks.errors import NotMeasuredError

_MADE: Final = (stock.PACKAGE, *openapi_generator.PACKAGES)


@contextmanager
def generated() -> Generator[tuple[Path, list[Contender]], None, None]:
    """Makes what is generated, and lets it be imported while the block runs.

    Yields:
        A directory with the packages, and every client, in the order of the tables; those that
        cannot be measured say why.
    """
    with TemporaryDirectory(prefix="benchmarks-") as name:
        directory = Path(name)
        contenders = [
            RAW,
            OURS,
            _made(stock.STOCK, stock.generate, directory),
            _made(openapi_generator.contender(), openapi_generator.generate, directory),
        ]
        sys.path.insert(0, name)
        importlib.invalidate_caches()
        try:
            yield directory, contenders
        finally:
            sys.path.remove(name)
            for module in [each for each in sys.modules if each.partition(".")[0] in _MADE]:
                del sys.modules[module]


def _made(contender: Contender, make: Callable[[Path], None], directory: Path) -> Contender:
    if contender.absent:
        return contender
    try:
        make(directory)
    except NotMeasuredError as error:
        return replace(contender, absent=str(error))
    return contender
