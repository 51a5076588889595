# matplotlib leaves its keyword arguments untyped.
# pyright: reportUnknownMemberType=false
"""The plots, one function each, from the results alone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.axes import Axes

from benchmarks.figures import (
    Growth,
    Isolation,
    Million,
    PerRequest,
    Result,
    Startup,
    best,
    load,
    quantile,
)
from benchmarks.operations import COMPARED
from benchmarks.roster import FIXED, MOCK, NGINX
from benchmarks.style import INK, LIMIT, LINE, MUTED, PEER, Colour, Plot, log_scale, save, styled
from benchmarks.style import MOCK as MOCK_COLOUR
from benchmarks.targets import IDLE_MB, MILLION_MB, START_SECONDS
from benchmarks.wording import number

_ROW: Final = 26  # pixels


def requests(result: Result[PerRequest]) -> Plot:
    """Draws the CPU time a request of every server, operation by operation."""
    figures = result["figures"]
    plot = Plot("Server CPU a request, µs (less is better)", _height(len(figures)), result)
    panels = plot.axes(len(COMPARED), sharex=True, sharey=True)
    for axes, operation in zip(panels, COMPARED, strict=True):
        _rows(axes, [each["server"] for each in figures])
        log_scale(axes, "x")
        axes.set_title(operation.name, loc="left")
        axes.set_xlabel("µs a request, log scale")
        for row, figure in enumerate(figures):
            measured = figure["operations"].get(operation.name)
            if measured is None:
                _aside(axes, row, "not run")
            elif measured["cpu_us"]:
                _dots(axes, row, measured["cpu_us"], _colour(figure["server"]))
            else:
                _aside(axes, row, measured["note"])
        axes.margins(x=0.25)
    return plot


def memory(result: Result[PerRequest]) -> Plot:
    """Draws the memory of every server after its first answer and after its loads."""
    figures = result["figures"]
    plot = Plot(
        "Resident memory, MB: ○ after the first answer, ● after all loads",
        _height(len(figures)),
        result,
    )
    (axes,) = plot.axes(1)
    _rows(axes, [each["server"] for each in figures])
    for row, figure in enumerate(figures):
        if not figure["operations"]:
            _aside(axes, row, "not run")
            continue
        colour = _colour(figure["server"]).light
        idle, loaded = figure["idle_mb"], figure["loaded_mb"]
        axes.plot([idle, loaded], [row, row], color=colour, linewidth=1.5)
        axes.plot([idle], [row], "o", color=colour, markerfacecolor="none")
        axes.plot([loaded], [row], "o", color=colour)
        text = f"{number(idle)} → {number(loaded)}"
        _label(axes, loaded, row, text, colour)
    _target(axes, IDLE_MB, f"idle target {IDLE_MB} MB")
    axes.set_xlim(0, max([IDLE_MB, *(each["loaded_mb"] for each in figures)]) * 1.2)
    axes.set_xlabel("MB")
    return plot


def startup(result: Result[Startup]) -> Plot:
    """Draws the seconds from start to first answer of every server."""
    figures = result["figures"]
    plot = Plot("From start to first answer, s (less is better)", _height(len(figures)), result)
    (axes,) = plot.axes(1)
    _rows(axes, [each["server"] for each in figures])
    log_scale(axes, "x")
    for row, figure in enumerate(figures):
        if figure["seconds"]:
            _dots(axes, row, figure["seconds"], _colour(figure["server"]))
        else:
            _aside(axes, row, "not run")
    _target(axes, START_SECONDS, f"target {START_SECONDS} s")
    axes.margins(x=0.15)
    axes.set_xlabel("seconds, log scale")
    return plot


def growth(result: Result[Growth]) -> Plot:
    """Draws what a call costs by how many webhooks the account has."""
    plot = Plot("Server CPU a call as one account grows, µs", 320, result)
    (axes,) = plot.axes(1)
    log_scale(axes, "xy")
    sizes = [each["webhooks"] for each in result["figures"]]
    for operation, colour in zip(
        ("list", "update", "create"), (PEER, MOCK_COLOUR, INK), strict=True
    ):
        values = [best(each["cpu_us"][operation]) for each in result["figures"]]
        axes.plot(sizes, values, "o-", color=colour.light, linewidth=1.5)
        _label(axes, sizes[-1], values[-1], f"{operation} {number(values[-1])}", colour.light)
    axes.set_xticks(sizes)
    axes.margins(x=0.2, y=0.15)
    axes.set_xlabel("webhooks of the account, log scale")
    axes.set_ylabel("µs a call, log scale")
    return plot


def isolation(result: Result[Isolation]) -> Plot:
    """Draws the delay of a healthy receiver's pushes by what another receiver does."""
    figures = result["figures"]
    plot = Plot(
        "Delay of pushes to a healthy receiver, ms, by what another receiver does",
        _height(len(figures)),
        result,
    )
    (axes,) = plot.axes(1)
    _rows(axes, [f"{each['whose']}: {each['other']}" for each in figures])
    most = 0.0
    for row, figure in enumerate(figures):
        values = figure["milliseconds"]
        middle, late = quantile(values, 50), quantile(values, 95)
        most = max(most, late)
        axes.plot([middle, late], [row, row], color=LINE.light, linewidth=3)
        axes.plot([late], [row], "|", color=MUTED.light, markersize=9)
        axes.plot([middle], [row], "o", color=MOCK_COLOUR.light)
        _label(axes, late, row, f"{number(middle)}, 95 %: {number(late)}", INK.light)
    axes.set_xlim(0, most * 1.3)
    axes.set_xlabel("ms: ● median, | 95th percentile")
    return plot


def million(result: Result[Million]) -> Plot:
    """Draws the memory of the mock over its calls."""
    figures = result["figures"]
    plot = Plot("Resident memory of the mock over its calls, MB", 280, result)
    (axes,) = plot.axes(1)
    calls = [each["calls"] / 1000 for each in figures]
    resident = [each["resident_mb"] for each in figures]
    axes.plot(calls, resident, color=MOCK_COLOUR.light, linewidth=1.5)
    _label(axes, calls[-1], resident[-1], number(resident[-1]), MOCK_COLOUR.light)
    axes.axhline(MILLION_MB, color=MUTED.light, linewidth=1, linestyle="--")
    axes.annotate(
        *(f"target {MILLION_MB} MB", (0, MILLION_MB)),
        xytext=(0, 4),
        textcoords="offset points",
        color=MUTED.light,
    )
    axes.set_ylim(0, max(MILLION_MB, *resident) * 1.15)
    axes.margins(x=0.06)
    axes.set_xlabel("calls, thousands")
    axes.set_ylabel("MB")
    return plot


PLOTS: Final[dict[str, tuple[str, Callable[[Any], Plot]]]] = {
    "requests": ("requests", requests),
    "memory": ("requests", memory),
    "startup": ("startup", startup),
    "growth": ("growth", growth),
    "isolation": ("isolation", isolation),
    "million": ("million", million),
}
"""By the name of the file: the part that a plot is drawn from, and what draws it."""


def draw(directory: Path) -> list[Path]:
    """Draws what there are results for in a directory, beside them, and returns the files."""
    drawn: list[Path] = []
    for name, (part, plot) in PLOTS.items():
        result = load(directory, part)
        if result is not None:
            drawn.append(directory / f"{name}.svg")
            with styled():
                save(plot(result), drawn[-1])
    return drawn


def _height(rows: int) -> int:
    return 150 + rows * _ROW


def _colour(server: str) -> Colour:
    return {MOCK: MOCK_COLOUR, FIXED: LIMIT, NGINX: LIMIT}.get(server, PEER)


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=True, axis="x", color=LINE.light, linewidth=0.5)
    axes.set_axisbelow(True)


def _dots(axes: Axes, row: int, values: Sequence[float], colour: Colour) -> None:
    """Draws every repetition faintly, and the best one in full and with its figure."""
    axes.plot(values, [row] * len(values), "o", color=colour.light, markersize=4, alpha=0.35)
    axes.plot([best(values)], [row], "o", color=colour.light, markersize=6)
    _label(axes, max(values), row, number(best(values)), colour.light)


def _label(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    axes.annotate(
        text, (x, y), xytext=(7, 0), textcoords="offset points", va="center", color=colour
    )


def _aside(axes: Axes, row: int, text: str) -> None:
    axes.annotate(
        *(text, (0.02, row)),
        xycoords=axes.get_yaxis_transform(),
        va="center",
        color=MUTED.light,
    )


def _target(axes: Axes, value: float, text: str) -> None:
    _, top = axes.get_ylim()
    axes.set_ylim(top=top - 0.7)  # a row for the text
    axes.axvline(value, color=MUTED.light, linewidth=1, linestyle="--")
    axes.annotate(
        *(text, (value, 1)),
        xycoords=axes.get_xaxis_transform(),
        xytext=(4, -2),
        textcoords="offset points",
        va="top",
        fontsize=8,
        color=MUTED.light,
    )
