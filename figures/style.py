"""The look of the figures: the film's palette and type, set in one place.

Colour means coldness, as in the film: blue and dark for large positive beta, through the middle at beta = 0, to
bright yellow for large negative beta. What has no coldness is drawn in ink or grey and told apart by dashes and marks.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import ArrayLike

from explainer.stage.look import Theme
from explainer.stage.palette import coldness_rgb
from figures.words import Ticks, Words

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """The neutral colours of a theme, the theme itself for the coldness map, and the words of a language."""

    theme: Theme
    words: Words
    ink: str
    muted: str
    faint: str
    background: str

    def colour(self, hotness: float) -> Colour:
        """Give the colour of one coldness: 0 is coldest, 0.5 is beta = 0, 1 is hottest."""
        r, g, b = coldness_rgb(hotness, self.theme)
        return float(r), float(g), float(b)

    def say(self, id: str, **values: str) -> str:
        """Give a text of the figures by its id, with values filled in."""
        return self.words.say(id, **values)

    def number(self, value: float, unit: str = "", *, signed: bool = False) -> str:
        """Give a number to three figures as the language writes it."""
        return self.words.number(value, unit, signed=signed)

    def trace(self, ax: Axes, x: ArrayLike, y: ArrayLike, hotness: ArrayLike, width: float = 2.4) -> None:
        """Draw a curve whose colour follows the coldness along it."""
        points = np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
        segments = np.stack([points[:-1], points[1:]], axis=1)
        shade = np.asarray(hotness, dtype=float)
        colours = coldness_rgb(0.5 * (shade[1:] + shade[:-1]), self.theme)
        ax.add_collection(LineCollection(list(segments), colors=colours, linewidths=width, capstyle="round"))
        ax.autoscale_view()


def look(theme: Theme, words: Words) -> Look:
    """Give the look of a theme, with the words of a language."""
    return Look(theme, words, theme.ink, theme.muted, theme.faint, theme.background)


def finished(figure: Figure, chosen: Look) -> Figure:
    """Give a drawn figure the language's decimal mark at its ticks."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(Ticks(axis.get_major_formatter(), chosen.words.decimal_mark))
    return figure


def described(figure: Figure) -> str:
    """Tell what is drawn over what, picture by picture, for readers who do not see the figure."""
    told = []
    for ax in figure.axes:
        axes = " / ".join(part for part in (ax.get_ylabel(), ax.get_xlabel()) if part)
        told.append(": ".join(part for part in (ax.get_title("left"), axes) if part))
    return "; ".join(part for part in told if part)


def applied(chosen: Look) -> AbstractContextManager[None]:
    """Give a context in which matplotlib draws in this look."""
    settings: Any = {
        "axes.edgecolor": chosen.muted,
        "axes.facecolor": chosen.background,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.labelcolor": chosen.ink,
        "axes.labelsize": 11,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": chosen.ink,
        "axes.titlelocation": "left",
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "figure.dpi": 150,
        "figure.facecolor": chosen.background,
        "font.family": list(dict.fromkeys((chosen.words.language.font, "Inter", "DejaVu Sans"))),
        "font.size": 10.5,
        "grid.alpha": 0.55,
        "grid.color": chosen.faint,
        "grid.linewidth": 0.5,
        "legend.frameon": False,
        "legend.labelcolor": chosen.ink,
        "lines.linewidth": 2.0,
        "mathtext.fontset": "dejavusans",
        "savefig.facecolor": chosen.background,
        "svg.fonttype": "path",
        "svg.hashsalt": "negative temperature",
        "text.color": chosen.ink,
        "xtick.color": chosen.muted,
        "xtick.labelcolor": chosen.ink,
        "ytick.color": chosen.muted,
        "ytick.labelcolor": chosen.ink,
    }
    return matplotlib.rc_context(settings)


def sheet(rows: int = 1, columns: int = 1, height: float = 4.8, **axes: Any) -> tuple[Figure, list[Axes]]:
    """Make a figure 9.6 inches wide with a grid of axes, read row by row."""
    spacing = ConstrainedLayoutEngine(w_pad=0.08, h_pad=0.08, wspace=0.04, hspace=0.05)
    figure = Figure(figsize=(9.6, height), layout=spacing)
    grid = figure.subplots(rows, columns, squeeze=False, **axes)
    return figure, [ax for row in grid for ax in row]


def note(ax: Axes, x: float, y: float, text: str, colour: Any, **placing: Any) -> None:
    """Write a remark at data coordinates."""
    ax.annotate(text, (x, y), color=colour, fontsize=9.5, **placing)
