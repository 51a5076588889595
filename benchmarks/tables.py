# ruff: noqa: RUF001 - a reader knows the signs for times and for nothing
"""The results as a page of tables and plots, from the results alone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import (
    PARTS,
    Growth,
    Isolation,
    Million,
    PerRequest,
    Pushes,
    Result,
    Startup,
    best,
    load,
    quantile,
    ratio,
)
from benchmarks.isolation import HEALTHY
from benchmarks.operations import COMPARED
from benchmarks.roster import FIXED, MOCK, PRISM
from benchmarks.targets import IDLE_MB, MILLION_MB, START_SECONDS
from benchmarks.wording import made_with, number

NOTHING: Final = "–"
_HEAD: Final = """\
# Results

Made by `python -m benchmarks.report` from the JSON files beside it; [how they are measured and
read](../README.md). Every figure is the best repetition unless a row says otherwise.
"""


def page(directory: Path) -> str:
    """Returns the page of the results in a directory; a part that was not measured is named."""
    sections: list[str] = [_HEAD]
    for part in PARTS:
        result = load(directory, part)
        title, lines = _SECTIONS[part]
        sections.append(f"## {title}\n")
        if result is None:
            sections.append(f"Not measured: `nox -s benchmarks -- --only {part}`.\n")
        else:
            how = ", ".join(f"{name} {value:,g}" for name, value in result["method"].items())
            sections.append("\n".join([*lines(result), "", f"{made_with(result)} ({how})", ""]))
    return "\n".join(sections)


def _requests(result: Result[PerRequest]) -> Iterator[str]:
    figures = {each["server"]: each for each in result["figures"]}
    names = [operation.name for operation in COMPARED]
    yield "![Server CPU a request](requests.svg)"
    yield ""
    yield from _header(
        "server CPU, µs a request", *names, "× fixed bytes", "× Prism", "requests/s of list"
    )
    for server, figure in figures.items():
        if not figure["operations"]:
            yield _row(server, figure["note"], *[""] * (len(names) + 2))
            continue
        measured = figure["operations"]
        yield _row(
            server,
            *(
                number(best(measured[name]["cpu_us"]))
                if measured[name]["cpu_us"]
                else measured[name]["note"]
                for name in names
            ),
            _ratios(figure, figures.get(FIXED), names),
            _ratios(figure, figures.get(PRISM), names),
            number(max(measured[names[0]]["per_second"], default=0)),
        )
    yield ""
    yield "![Resident memory](memory.svg)"
    yield ""
    yield from _header("resident memory, MB", "after the first answer", "after all loads")
    for server, figure in figures.items():
        if figure["operations"]:
            yield _row(server, number(figure["idle_mb"]), number(figure["loaded_mb"]))
        else:
            yield _row(server, figure["note"], "")


def _ratios(figure: PerRequest, to: PerRequest | None, names: Sequence[str]) -> str:
    """Returns one ratio for each operation, as ``1.2 / 1.4 / 1.3``."""
    found: list[str] = []
    for name in names:
        one = figure["operations"][name]["cpu_us"]
        other = to["operations"][name]["cpu_us"] if to is not None and to["operations"] else []
        found.append(number(ratio(one, other)) if one and other else NOTHING)
    return " / ".join(found)


def _startup(result: Result[Startup]) -> Iterator[str]:
    seconds_of = {each["server"]: each["seconds"] for each in result["figures"]}
    fixed = seconds_of.get(FIXED)
    yield "![Seconds to the first answer](startup.svg)"
    yield ""
    yield from _header("start to first answer, s", "best", "median", "× fixed bytes", "memory, MB")
    for figure in result["figures"]:
        seconds = figure["seconds"]
        if not seconds:
            yield _row(figure["server"], figure["note"], "", "", "")
            continue
        yield _row(
            figure["server"],
            number(best(seconds)),
            number(quantile(seconds, 50)),
            number(ratio(seconds, fixed)) if fixed else NOTHING,
            number(quantile(figure["idle_mb"], 50)),
        )
    for figure in result["figures"]:
        if figure["server"] == MOCK and figure["seconds"]:
            yield ""
            yield _verdict("First answer", best(figure["seconds"]), START_SECONDS, "s")
            yield _verdict("Memory then", quantile(figure["idle_mb"], 50), IDLE_MB, "MB")


def _growth(result: Result[Growth]) -> Iterator[str]:
    first = result["figures"][0]
    operations = list(first["cpu_us"])
    yield "![Server CPU a call as one account grows](growth.svg)"
    yield ""
    yield from _header(
        "webhooks",
        *(f"{operation}, µs a call" for operation in operations),
        *(f"{operation}, × {first['webhooks']}" for operation in operations),
        "memory, MB",
    )
    for figure in result["figures"]:
        cpu = figure["cpu_us"]
        yield _row(
            f"{figure['webhooks']:,}",
            *(number(best(cpu[each])) for each in operations),
            *(number(ratio(cpu[each], first["cpu_us"][each])) for each in operations),
            number(figure["resident_mb"]),
        )


def _pushes(result: Result[Pushes]) -> Iterator[str]:
    yield from _header("webhooks at the receiver", "pushes", "pushes/s", "server CPU, µs a push")
    for figure in result["figures"]:
        yield _row(
            str(figure["webhooks"]),
            f"{figure['pushes']:,}",
            number(max(figure["per_second"])),
            number(best(figure["cpu_us"])),
        )


def _isolation(result: Result[Isolation]) -> Iterator[str]:
    healthy = {
        each["whose"]: quantile(each["milliseconds"], 50)
        for each in result["figures"]
        if each["other"] == HEALTHY
    }
    yield "![Delay of a healthy receiver's pushes](isolation.svg)"
    yield ""
    yield from _header(
        "the other receiver is of", "and", "median, ms", "95 %, ms", "median, × healthy other"
    )
    for figure in result["figures"]:
        values = figure["milliseconds"]
        middle = quantile(values, 50)
        yield _row(
            figure["whose"],
            figure["other"],
            number(middle),
            number(quantile(values, 95)),
            number(middle / healthy[figure["whose"]]),
        )


def _million(result: Result[Million]) -> Iterator[str]:
    first, last = result["figures"][0], result["figures"][-1]
    yield "![Resident memory over the calls](million.svg)"
    yield ""
    yield from _header("calls", "memory, MB")
    for figure in (first, last):
        yield _row(f"{figure['calls']:,}", number(figure["resident_mb"]))
    yield ""
    yield _verdict("Memory after the calls", last["resident_mb"], MILLION_MB, "MB")


def _verdict(what: str, value: float, target: float, unit: str) -> str:
    word = "met" if value < target else "**missed**"
    return f"- {what} under {target} {unit}: {word} ({number(value)} {unit})."


def _header(first: str, *others: str) -> Iterator[str]:
    yield _row(first, *others)
    yield _row("---", *["---:"] * len(others))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


_SECTIONS: Final[dict[str, tuple[str, Callable[[Any], Iterator[str]]]]] = {
    "requests": ("CPU and memory a server needs", _requests),
    "startup": ("Start", _startup),
    "growth": ("One growing account", _growth),
    "pushes": ("Pushes to one receiver", _pushes),
    "isolation": ("Isolation of receivers", _isolation),
    "million": ("A million calls", _million),
}
"""By part: the title of its section, and what writes its lines."""
