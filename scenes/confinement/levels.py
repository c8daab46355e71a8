"""The number of levels up to an energy, as steps; their logarithm, which is the entropy; and its slope, as a lever."""

from __future__ import annotations

from typing import Any

import numpy as np

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from scenes.confinement import tables
from scenes.confinement.chart import Lights, LitCurve, Look, Plot

_LEVER = 1.5  # half of its length in scene units
_SHOWN = 44  # levels that are counted


class LevelCount:
    """Steps over the axis of energy."""

    def __init__(self, stage: Stage[Any], bottom: float, top: float) -> None:
        self._bottom, self._top = bottom, top
        self._steps = LitCurve(stage, 5.0, filled=0.25)
        self._lever = stage.put(line(np.zeros((0, 3)), 8.0), hex_rgb(stage.theme.ink), True)
        self._foot = stage.put(line(np.zeros((0, 3)), 2.5), hex_rgb(stage.theme.muted), True)
        self._light = Lights(stage, sharp=True)

    def lay(self, look: Look, plot: Plot, there: float, logarithmic: float, n: float, lever: float) -> None:
        """Show the steps as far as they have come up, 0..1, and the lever at a level."""
        if there <= 0.01:
            self._steps.lay(np.zeros((0, 3)), np.zeros(0), self._bottom, 0.0)
            self._lever.points = self._foot.points = np.zeros((0, 3))
            self._light.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
            return
        E, T = tables.kinetic().E[:_SHOWN], tables.kinetic().T[:_SHOWN]
        height = self._heights(np.arange(1, _SHOWN + 1), logarithmic) * (self._top - self._bottom) * there
        x = plot.at(E, 0.0, look)[:, 0]
        before = np.concatenate([[0.0], height[:-1]])
        rows = np.stack([np.repeat(x, 2), np.stack([before, height], axis=1).ravel() + self._bottom], axis=1)
        points = np.column_stack([rows, np.zeros(len(rows))])
        self._steps.lay(points, np.repeat(np.linspace(T[0], 0.12, _SHOWN), 2), self._bottom, there)
        self._lay_lever(x, height, n, lever, plot, look)

    def _heights(self, count: np.ndarray, logarithmic: float) -> np.ndarray:
        return np.asarray((1 - logarithmic) * count / _SHOWN + logarithmic * np.log(count) / np.log(_SHOWN))

    def _lay_lever(self, x: np.ndarray, height: np.ndarray, n: float, lever: float, plot: Plot, look: Look) -> None:
        if lever <= 0:
            self._lever.points = self._foot.points = np.zeros((0, 3))
            self._light.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
            return
        index = np.arange(len(x))
        at = np.array([np.interp(n, index, x), np.interp(n, index, height) + self._bottom, 0.0])
        rise, run = height[2:] - height[:-2], x[2:] - x[:-2]
        slope = np.stack([run, rise], axis=1) / np.hypot(run, rise)[:, None]
        way = np.array([np.interp(n, index[1:-1], slope[:, 0]), np.interp(n, index[1:-1], slope[:, 1]), 0.0])
        way *= _LEVER * lever / np.linalg.norm(way)
        self._lever.points = corners([at - way, at + way])
        table = tables.counted()
        E, T = (float(np.interp(n, index[1:], column[: len(x) - 1])) for column in (table.E, table.T))
        foot = plot.at(E, T, look)
        self._foot.points = corners([at, foot])
        self._foot.stroke_rgbas[:, 3] = 0.6 * lever
        self._light.lay([at, foot], [0.1, T + 0.05], 0.5, lever)
