"""The results: their shapes, and the JSON files that hold them."""

import json
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Generic, TypedDict, TypeVar, cast

from benchmarks.machine import Machine, machine, versions

PARTS: Final = ("requests", "startup", "growth", "pushes", "isolation", "million")
"""What can be measured; each has a file of its own, since each can be measured apart."""

COMPARED: Final = ("requests", "startup")
"""The parts that measure other servers too."""

LOADED: Final = ("requests", "million")
"""The parts whose load wrk makes."""

MEGABYTE: Final = 1_000_000

FiguresT = TypeVar("FiguresT")


class Repetitions(TypedDict):
    """One operation of one server, one value a repetition.

    ``cpu_us`` is the CPU time of the server's processes in µs a request; ``per_second`` the
    requests answered a second. ``note`` says what was not answered as it should be.
    """

    cpu_us: list[float]
    per_second: list[float]
    note: str


class PerRequest(TypedDict):
    """One server under load; resident memory in MB after its first answer and after its loads.

    ``note`` says why it did not run; then there is nothing else.
    """

    server: str
    note: str
    operations: dict[str, Repetitions]
    idle_mb: float
    loaded_mb: float


class Startup(TypedDict):
    """The starts of one server: seconds to its first answer, resident memory in MB after it.

    ``note`` says why it did not run; then there is nothing else.
    """

    server: str
    note: str
    seconds: list[float]
    idle_mb: list[float]


class Growth(TypedDict):
    """The mock with this many webhooks in one account: CPU µs a request by operation."""

    webhooks: int
    cpu_us: dict[str, list[float]]
    resident_mb: float


class Pushes(TypedDict):
    """Bursts of orders to one receiver that answers at once: CPU µs a push, pushes a second.

    ``webhooks`` is how many webhooks at the receiver get each order.
    """

    webhooks: int
    pushes: int
    cpu_us: list[float]
    per_second: list[float]


class Isolation(TypedDict):
    """Milliseconds from placing an order to its arrival at a receiver that answers at once.

    ``whose`` is the account that the other webhook belongs to, ``other`` what its receiver does.
    """

    whose: str
    other: str
    milliseconds: list[float]


class Million(TypedDict):
    """Resident memory of the mock in MB after so many calls."""

    calls: int
    resident_mb: float


class Result(TypedDict, Generic[FiguresT]):
    """One file: its figures, and on what, with what and how they were made."""

    part: str
    measured: str
    machine: Machine
    versions: dict[str, str]
    method: dict[str, float]
    figures: list[FiguresT]


def save(
    directory: Path, part: str, method: dict[str, float], figures: Sequence[FiguresT]
) -> Result[FiguresT]:
    """Writes the results of a part into ``PART.json`` in a directory, and returns them."""
    taking_part = versions(compared=part in COMPARED, loaded=part in LOADED)
    return write(directory, part, method, figures, taking_part)


def write(
    directory: Path,
    part: str,
    method: dict[str, float],
    figures: Sequence[FiguresT],
    taking_part: dict[str, str],
) -> Result[FiguresT]:
    """Writes results, with the versions of all that takes part, and returns them."""
    result = Result[FiguresT](
        part=part,
        measured=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        versions=taking_part,
        method=method,
        figures=list(figures),
    )
    directory.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_rounded(result), indent=1, ensure_ascii=False)
    (directory / f"{part}.json").write_text(f"{text}\n", "utf-8")
    return result


def load(directory: Path, part: str) -> Result[Any] | None:
    """Returns the results of a part from a directory, None where they are not there."""
    path = directory / f"{part}.json"
    if not path.is_file():
        return None
    return cast("Result[Any]", json.loads(path.read_text("utf-8")))


def best(values: Sequence[float]) -> float:
    """Returns the lowest of the repetitions: other work on the machine only ever adds."""
    return min(values)


def ratio(values: Sequence[float], to: Sequence[float]) -> float:
    """Returns how many times the best of the one is the best of the other."""
    return best(values) / best(to)


def quantile(values: Sequence[float], percent: int) -> float:
    """Returns the percentile of some values; the value itself of a single one."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _rounded(value: object) -> object:
    """Rounds every float to four significant digits, more than a repetition repeats."""
    match value:
        case float():
            return float(f"{value:.4g}")
        case dict():
            return {key: _rounded(each) for key, each in cast("dict[str, object]", value).items()}
        case list():
            return [_rounded(each) for each in cast("list[object]", value)]
        case _:
            return value
