"""The chart that the landscape turns into: temperature over energy, from a floor at zero up, and lit curves on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.sprites import Sprites, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from scenes.confinement import tables
from scenes.confinement.landscape import floor_y
from scenes.protons import is_dark

Points = NDArray[np.float64]

_SHADES = 9
_NAME_SHARE = 0.45
"""Of the width of the safe area, what the name of an axis may take."""
_NOTHING = np.zeros((0, 3))


@dataclass(frozen=True)
class Look:
    """What a chart shows: energies from left to right, and temperatures from zero to the top, in hartree."""

    left: float
    right: float
    top: float

    def towards(self, other: Look, way: float) -> Look:
        """Return the look a share of the way to another."""
        ours, theirs = (np.array([each.left, each.right, each.top]) for each in (self, other))
        left, right, top = (ours + way * (theirs - ours)).tolist()
        return Look(left, right, top)


@dataclass(frozen=True)
class Plot:
    """A rectangle of the frame as a chart, in scene units; its lower edge is zero."""

    left: float
    right: float
    bottom: float
    top: float

    def at(self, E: ArrayLike, T: ArrayLike, look: Look) -> Points:
        """Return where energies and temperatures are, shape (n, 3)."""
        x = self.left + (np.asarray(E, dtype=float) - look.left) / (look.right - look.left) * (self.right - self.left)
        y = self.bottom + np.asarray(T, dtype=float) / look.top * (self.top - self.bottom)
        x, y = np.broadcast_arrays(x, y)
        return np.stack([x, y, np.zeros(x.shape)], axis=-1)

    def towards(self, other: Plot, way: float) -> Plot:
        """Return the rectangle a share of the way to another."""
        pairs = ((getattr(self, side), getattr(other, side)) for side in ("left", "right", "bottom", "top"))
        return Plot(*(ours + way * (theirs - ours) for ours, theirs in pairs))


def full_plot(stage: Stage[Any]) -> Plot:
    """Return the chart that fills the frame."""
    return Plot(stage.frame.left + 0.2, stage.frame.right - 0.2, floor_y(stage), stage.area.top - 0.1)


def within(table: tables.Table, look: Look) -> tuple[Points, Points]:
    """Return the energies and temperatures of a table that a look shows, and a little beyond."""
    shown = int(np.searchsorted(table.E, look.right + 0.04 * (look.right - look.left))) + 1
    return table.E[:shown], table.T[:shown]


class LitCurve:
    """A curve that glows, coloured by the temperature of each height, and the light under it."""

    def __init__(self, stage: Stage[Any], width: float = 5.0, filled: float = 0.3, colour: str = "") -> None:
        self._stage, self._filled = stage, filled
        self._own = hex_rgb(getattr(stage.theme, colour)) if colour else None
        self._fill = stage.put(fill_shape(_NOTHING), bleeds=True)
        self._halo = stage.put(line(_NOTHING, 3.6 * width), bleeds=True)
        self._core = stage.put(line(_NOTHING, width), bleeds=True)
        for part in (self._fill, self._halo, self._core):
            part.sheen_direction = mn.UP

    def lay(self, points: Points, temperatures: ArrayLike, floor: float, opacity: float = 1.0) -> None:
        """Show it through points, shape (n, 3), which have these temperatures, above a floor."""
        if opacity <= 0.004 or len(points) < 2:
            self._fill.points = self._halo.points = self._core.points = _NOTHING
            return
        T = np.asarray(temperatures, dtype=float)
        self._core.points = self._halo.points = corners(points)
        ends = np.array([[points[-1, 0], floor, 0], [points[0, 0], floor, 0], points[0]])
        self._fill.points = corners(np.concatenate([points, ends])) if self._filled else _NOTHING
        self._fill.fill_rgbas = self._shades(0.0, float(T.max()), self._filled * opacity)
        self._core.stroke_rgbas = self._shades(float(T.min()), float(T.max()), opacity)
        self._halo.stroke_rgbas = self._shades(float(T.min()), float(T.max()), 0.22 * opacity)

    def _shades(self, low: float, high: float, opacity: float) -> Points:
        if self._own is not None:
            return np.array([[*self._own, opacity]])
        rgb = self._stage.hotness_rgb(tables.hotness(np.linspace(low, high, _SHADES)))
        return np.column_stack([rgb, np.full(_SHADES, opacity)])


class Lights:
    """Lights in the colours of their temperatures."""

    def __init__(self, stage: Stage[Any], sharp: bool = False) -> None:
        self._stage = stage
        self._sprites: Sprites = stage.put(Sprites(spark if sharp else glow, additive=is_dark(stage.theme)), None, True)

    def lay(self, places: ArrayLike, temperatures: ArrayLike, radius: ArrayLike, opacity: ArrayLike = 1.0) -> None:
        """Show one at each place, shape (n, 3)."""
        at = np.asarray(places, dtype=float).reshape(-1, 3)
        self._sprites.lay(at, radius, self._stage.hotness_rgb(tables.hotness(temperatures)).reshape(-1, 3), opacity)


def dot_radii(points: Points, largest: float) -> NDArray[np.float64]:
    """Return radii for lights on points in a row, smaller where these are close to one another."""
    apart = np.linalg.norm(np.diff(points, axis=0), axis=1)
    nearest = np.minimum(np.append(apart, np.inf), np.insert(apart, 0, np.inf))
    return np.asarray(np.clip(0.9 * nearest, 0.05, largest))


def along(points: Points, shares: Sequence[float] | NDArray[np.float64]) -> tuple[Points, NDArray[np.float64]]:
    """Return the places at shares of the way along a curve, and where they are among its points."""
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    wanted = np.asarray(shares) * length[-1]
    index = np.interp(wanted, length, np.arange(len(points)))
    columns = [np.interp(wanted, length, column) for column in points.T]
    return np.stack(columns, axis=1), index


def runners(count: int, passes: float) -> NDArray[np.float64]:
    """Return how far along, 0..1, lights are that follow one another the way energy is added."""
    return (np.arange(count) / count + passes) % 1.0


def vertical_name(stage: Stage[Any], label: str) -> Any:
    """Add the name of the vertical axis, in the upper left corner of the safe area, however tall its script is."""
    area = stage.area
    place = [area.left, area.top - 0.24, 0]
    name = stage.text(label, place, BODY, "ink", mn.LEFT, widest=_NAME_SHARE * area.width)
    return name.shift(mn.DOWN * max(0.0, name.get_top()[1] - area.top))


class AxisNames:
    """The names of the axes, and the zero at which the axis of temperature ends."""

    def __init__(self, stage: Stage[Any], vertical: str = "confinement.temperature", zero: bool = True) -> None:
        area, plot = stage.area, full_plot(stage)
        wide = _NAME_SHARE * area.width
        self.vertical = vertical_name(stage, vertical)
        below = [area.right, plot.bottom - 0.4, 0]
        size, room = (BODY, wide) if stage.is_wide else (SMALL, 0.17 * area.width)
        self.horizontal = stage.text("confinement.energy", below, size, "ink", mn.RIGHT, widest=room, largest=34.0)
        self.parts = [self.vertical, self.horizontal]
        if zero:
            self.zero = stage.readout("zero", [area.left, plot.bottom - 0.55, 0], BODY)
            self.zero.write(stage.quantity("count", 0))
            self.parts.append(self.zero)
