"""The results: their shapes, and the JSON files that hold them."""

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, TypedDict, TypeVar

from benchmarks.figures import Result, write

PARTS: Final = ("client-calls", "client-footprint")
"""What is measured; each has a file of its own."""
MODES: Final = ("sync", "async")
CANNED: Final = "no network"
MOCK: Final = "the mock"
TARGETS: Final = (CANNED, MOCK)

_PACKAGES: Final = (
    *("mipos-client", "mipos-mock", "httpx", "httpcore", "attrs", "msgspec"),
    *("openapi-python-client", "openapi-generator-cli", "pydantic", "urllib3", "uvicorn"),
)
FiguresT = TypeVar("FiguresT")


class Call(TypedDict):
    """One operation of one client, one value a round: µs a call.

    ``cpu_us`` is the CPU time of the client's process, ``elapsed_us`` the time that passed.
    ``note`` says why it was not measured; then there is nothing else.
    """

    client: str
    mode: str
    over: str
    operation: str
    cpu_us: list[float]
    elapsed_us: list[float]
    note: str


class Footprint(TypedDict):
    """What a client takes before its first call, one value a round.

    ``import_ms`` and ``import_mb`` are the time to import it, and the resident memory that this
    adds, once httpx and attrs are there; for raw httpx they are those of httpx and attrs
    themselves. ``client_kb`` is the memory of one more client that has made a call and blocks.
    """

    client: str
    import_ms: list[float]
    import_mb: list[float]
    client_kb: list[float]
    note: str


def rounded(value: float) -> float:
    """Returns four significant digits, more than a round repeats."""
    return float(f"{value:.4g}")


def save(
    directory: Path, part: str, method: dict[str, float], figures: Sequence[FiguresT]
) -> Result[FiguresT]:
    """Writes the results of a part into ``PART.json`` in a directory, and returns them."""
    return write(directory, part, method, figures, versions())


def versions() -> dict[str, str]:
    """Returns the version of all that takes part, by name; what is absent is left out."""
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found | {"Python": platform.python_version()}
