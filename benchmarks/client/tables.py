# ruff: noqa: RUF001 - a reader knows the signs for times and for nothing
"""The results as a page, from the results alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.client.figures import MODES, PARTS, TARGETS, Call, Footprint
from benchmarks.client.operations import OPERATIONS, Operation
from benchmarks.client.ours import NAME as OURS
from benchmarks.client.raw import NAME as RAW
from benchmarks.figures import Result, best, load, quantile, ratio
from benchmarks.wording import made_with, number

NOTHING: Final = "–"
IMPORT_MS: Final = 25
"""What the import of our client is to stay under, beyond httpx and attrs."""
_HEAD: Final = """\
# Results of the Python client

Made by `python -m benchmarks.client.report` from the JSON files beside it; [how they are
measured and read](../README.md#the-python-client). Every figure is the best round unless a row says
otherwise.
"""


def page(directory: Path) -> str:
    """Returns the page of the results in a directory; a part that was not measured is named."""
    calls: Result[Call] | None = load(directory, PARTS[0])
    footprint: Result[Footprint] | None = load(directory, PARTS[1])
    sections = [_HEAD]
    sections += ["## Calls\n", _section(calls, [] if calls is None else _calls(calls["figures"]))]
    sections += [
        "## Import and memory\n",
        _section(footprint, [] if footprint is None else _footprint(footprint["figures"])),
    ]
    return "\n".join(sections)


def _section(
    result: Result[Call] | Result[Footprint] | None, lines: Iterator[str] | list[str]
) -> str:
    if result is None:
        return "Not measured: `python -m benchmarks.client`.\n"
    how = ", ".join(f"{name} {value:,g}" for name, value in result["method"].items())
    return "\n".join([*lines, "", f"{made_with(result)} ({how})", ""])


def _calls(figures: list[Call]) -> Iterator[str]:
    found = {
        (each["over"], each["mode"], each["client"], each["operation"]): each for each in figures
    }
    clients = list(dict.fromkeys(each["client"] for each in figures))
    names = [each.name for each in OPERATIONS]
    for over in TARGETS:
        for mode in MODES:
            yield from _header(
                f"{mode}, {over}: client CPU, µs a call",
                *names,
                f"× {RAW}",
                f"time passed, × {RAW}",
            )
            for client in clients:
                rows = [found[over, mode, client, name] for name in names]
                raw = [found[over, mode, RAW, name] for name in names]
                if rows[0]["note"]:
                    yield _row(client, rows[0]["note"], *[""] * (len(names) + 1))
                    continue
                pairs = list(zip(rows, raw, strict=True))
                yield _row(
                    client,
                    *(number(best(each["cpu_us"])) for each in rows),
                    " / ".join(number(ratio(one["cpu_us"], to["cpu_us"])) for one, to in pairs),
                    " / ".join(
                        number(ratio(one["elapsed_us"], to["elapsed_us"])) for one, to in pairs
                    ),
                )
            yield ""
    for operation in OPERATIONS:
        yield _verdict(operation, found)


def _verdict(operation: Operation, found: dict[tuple[str, str, str, str], Call]) -> str:
    """Returns whether our client costs little enough, where it costs most."""
    most, where = max(
        (
            ratio(
                found[over, mode, OURS, operation.name]["cpu_us"],
                found[over, mode, RAW, operation.name]["cpu_us"],
            ),
            f"{mode}, {over}",
        )
        for over in TARGETS
        for mode in MODES
    )
    word = "met" if most <= operation.most else "**missed**"
    return (
        f"- {operation.name}: CPU at most {operation.most:.2f} × {RAW}: {word} "
        f"({number(most)} at most: {where})."
    )


def _footprint(figures: list[Footprint]) -> Iterator[str]:
    yield from _header(
        "beyond httpx and attrs",
        *("import, ms: best", "median", "import, MB: median", "one more client, kB: median"),
    )
    for figure in figures:
        name = figure["client"]
        if figure["note"]:
            yield _row(name, figure["note"], "", "", "")
            continue
        yield _row(
            f"{name} (httpx and attrs themselves)" if name == RAW else name,
            number(best(figure["import_ms"])),
            number(quantile(figure["import_ms"], 50)),
            number(quantile(figure["import_mb"], 50)),
            number(quantile(figure["client_kb"], 50)),
        )
    yield ""
    for figure in figures:
        if figure["client"] == OURS:
            milliseconds = best(figure["import_ms"])
            word = "met" if milliseconds < IMPORT_MS else "**missed**"
            yield f"- Import under {IMPORT_MS} ms: {word} ({number(milliseconds)} ms)."


def _header(first: str, *others: str) -> Iterator[str]:
    yield _row(first, *others)
    yield _row("---", *["---:"] * len(others))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
