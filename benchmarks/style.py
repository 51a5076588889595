# matplotlib leaves its keyword arguments untyped.
# pyright: reportUnknownMemberType=false
"""How the plots look, and how they are saved: the same data give the same bytes."""

from collections.abc import Generator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from textwrap import wrap
from typing import Any, Final, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, StrMethodFormatter

from benchmarks.figures import Result
from benchmarks.wording import made_with


class Colour(NamedTuple):
    """One colour, on a light and on a dark page."""

    light: str
    dark: str


INK: Final = Colour("#1f2328", "#e6edf3")
MUTED: Final = Colour("#59636e", "#9198a1")
LINE: Final = Colour("#d1d9e0", "#3d444d")
PAPER: Final = Colour("#ffffff", "#0d1117")
MOCK: Final = Colour("#0550ae", "#6cb6ff")
PEER: Final = Colour("#953800", "#f0883e")
LIMIT: Final = Colour("#57606a", "#a3adb8")
COLOURS: Final = (INK, MUTED, LINE, PAPER, MOCK, PEER, LIMIT)

_INCH: Final = 96  # CSS pixels
_FOOT_WIDTH: Final = 150  # characters

_SETTINGS: Final[dict[Any, Any]] = {
    "svg.hashsalt": "mipos",  # ids would else be drawn at random
    "svg.fonttype": "none",  # text stays text
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.edgecolor": LINE.light,
    "axes.labelcolor": MUTED.light,
    "axes.titlecolor": INK.light,
    "axes.titlesize": 10,
    "axes.facecolor": PAPER.light,
    "figure.facecolor": PAPER.light,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": LINE.light,
    "ytick.color": LINE.light,
    "xtick.labelcolor": MUTED.light,
    "ytick.labelcolor": INK.light,
    "xtick.minor.visible": False,
}


class Plot:
    """A figure under construction.

    Attributes:
        figure: matplotlib's.
        title: What it shows.
    """

    def __init__(self, title: str, height: float, result: Result[Any]) -> None:
        """Begins a figure.

        Args:
            title: What it shows, in one line.
            height: In CSS pixels; the width is always the same.
            result: What is drawn; it names machine and versions.
        """
        self.title = title
        foot = "\n".join(wrap(made_with(result), _FOOT_WIDTH))
        self.figure = Figure(figsize=(800 / _INCH, height / _INCH), layout="constrained")
        self.figure.suptitle(title, x=0.01, ha="left", fontsize=12, color=INK.light)
        self.figure.supxlabel(foot, x=0.01, ha="left", fontsize=7.5, color=MUTED.light)

    def axes(self, count: int, **shared: Any) -> list[Axes]:  # noqa: ANN401 - matplotlib's
        """Returns so many axes side by side."""
        found: list[Axes] = list(self.figure.subplots(1, count, squeeze=False, **shared)[0])
        return found


@contextmanager
def styled() -> Generator[None, None, None]:
    """Runs the block with the settings of all plots, and no other."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def log_scale(axes: Axes, axis: str) -> None:
    """Makes an axis logarithmic, with plain numbers at it."""
    for name in axis:
        getattr(axes, f"set_{name}scale")("log")
        each = getattr(axes, f"{name}axis")
        each.set_major_formatter(StrMethodFormatter("{x:,g}"))
        each.set_minor_formatter(NullFormatter())


def save(plot: Plot, path: Path) -> None:
    """Writes a figure as SVG that follows the page's light or dark scheme."""
    buffer = StringIO()
    plot.figure.savefig(
        buffer,
        format="svg",
        metadata={"Date": None, "Creator": None, "Title": plot.title},
    )
    path.write_text(with_dark_scheme(buffer.getvalue()), "utf-8")


def with_dark_scheme(svg: str) -> str:
    """Returns an SVG with rules that swap the colours where the reader's scheme is dark.

    The drawing itself stays light, for viewers that read no such rules.
    """
    rules = "\n".join(
        f'   [style*="{name}: {colour.light}"] {{ {name}: {colour.dark} !important }}'
        for colour in COLOURS
        for name in ("fill", "stroke")
    )
    style = f"<style>\n  @media (prefers-color-scheme: dark) {{\n{rules}\n  }}\n </style>"
    head, mark, tail = svg.partition("</metadata>")
    if not mark:
        raise ValueError("the SVG has no metadata to put the rules after")
    return f"{head}{mark}\n {style}{tail}"
