"""Plots of the film: curves and points in axes whose limits move as a camera does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from scenes.protons import is_dark

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """What of the axes is seen: from left to right, and from bottom to top."""

    left: float
    right: float
    bottom: float
    top: float

    def towards(self, other: Limits, way: float) -> Limits:
        """Return limits a share of the way, 0..1, to others."""
        return Limits(
            self.left + (other.left - self.left) * way,
            self.right + (other.right - self.right) * way,
            self.bottom + (other.bottom - self.bottom) * way,
            self.top + (other.top - self.top) * way,
        )


class Plot:
    """Two arrows, and what is drawn between them."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage, self.box = stage, box
        muted = hex_rgb(stage.theme.muted)
        self.axes: list[mn.VMobject] = [
            stage.put(fill_shape(arrow(box.at(0, 0), box.at(*end), 0.05, 0.26)), muted) for end in ((1, 0), (0, 1))
        ]
        self._edge: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), hex_rgb(stage.theme.faint))

    def at(self, x: ArrayLike, y: ArrayLike, limits: Limits) -> Points:
        """Return points, shape (n, 3); what is higher than the axes is drawn at their end."""
        across = (np.asarray(x, dtype=float) - limits.left) / (limits.right - limits.left)
        up = np.clip((np.asarray(y, dtype=float) - limits.bottom) / (limits.top - limits.bottom), 0.0, 1.15)
        at_x, at_y = self.box.left + self.box.width * across, self.box.bottom + self.box.height * up
        return np.stack([at_x, at_y, np.zeros_like(at_x)], axis=-1)

    def lay(self, limits: Limits, seen: float, edge: float = 0.0) -> None:
        """Show the axes, and a line at an abscissa: the edge of the well."""
        for axis in self.axes:
            axis.fill_rgbas[:, 3] = seen
        there = limits.left < edge < limits.right
        self._edge.points = (
            corners(self.at([edge, edge], [limits.bottom, limits.top], limits)) if there else np.zeros((0, 3))
        )
        self._edge.stroke_rgbas[:, 3] = seen


class PlotCurve:
    """A curve in a plot, with a light at its end."""

    def __init__(self, stage: Stage[Any], hotness: float | None, width: float = 8.0) -> None:
        self._rgb = hex_rgb(stage.theme.ink) if hotness is None else stage.hotness_rgb(hotness)
        self._line: mn.VMobject = stage.put(line(np.zeros((0, 3)), width), self._rgb, bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._balls: Sprites = stage.put(Sprites(ball), bleeds=True)

    def lay(
        self,
        plot: Plot,
        x: Points,
        y: Points,
        limits: Limits,
        end: float,
        seen: float,
        dots: float = 0.0,
        lit: float | None = None,
    ) -> None:
        """Show the part up to the abscissa `end`.

        `dots` is the radius of a ball at each point, `lit` where its light is: at most at its end, as by default.
        """
        nothing = np.zeros((0, 3))
        inside = (x <= end) & (x <= limits.right + 0.02 * (limits.right - limits.left)) & (x >= limits.left)
        if seen <= 0 or inside.sum() < 1:
            self._line.points = nothing
            self._light.lay(nothing, 0.1, self._rgb)
            self._balls.lay(nothing, 0.1, self._rgb)
            return
        points = plot.at(x[inside], y[inside], limits)
        if end < x[-1] and inside.sum() < len(x) and end > x[inside][-1]:
            tip = plot.at([end], [float(np.interp(end, x, y))], limits)
            points = np.concatenate([points, tip]) if end <= limits.right else points
        self._line.points = corners(points) if len(points) > 1 else nothing
        self._line.stroke_rgbas[:, 3] = seen
        reach = (
            float(points[-1, 0])
            if lit is None
            else min(float(plot.at([lit], [0.0], limits)[0, 0]), float(points[-1, 0]))
        )
        tip = np.array([[reach, float(np.interp(reach, points[:, 0], points[:, 1])), 0.0]])
        self._light.lay(tip, 0.9, self._rgb, 0.6 * seen)
        self._balls.lay(points if dots else nothing, dots or 0.1, self._rgb, seen)
