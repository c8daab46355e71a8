"""Ladders of levels, of which only one has a top: the weights of their levels, and a light that climbs each."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from scenes.axes import hotness
from scenes.protons import is_dark

_RUNGS, _LADDERS = 18, 3
_BOUNDED = 2
_UNIT = 0.72  # of energy, in scene units
_WIDEST, _LEAST = 0.44, 0.06  # half a rung's width, beside its column's, and in scene units
_STRUCK = 0.75  # of its light a ladder loses
_CLIMB_S = 1.6


def energies(ladder: int) -> NDArray[np.float64]:
    """Energies of the levels of an oscillator, of a particle in a box, and of a spin of two, in one unit."""
    rungs = np.arange(_RUNGS, dtype=np.float64)
    ladders: tuple[NDArray[np.float64], ...] = (0.62 * rungs, 0.16 * (rungs + 1) ** 2, 1.45 * rungs[:5])
    return ladders[ladder]


class Tops:
    """Rungs as long as the weights of their levels, as far as there is room."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage = stage
        area = stage.area
        width = area.width / _LADDERS
        self._columns = [
            Box(area.left + n * width, area.left + (n + 1) * width, area.bottom, area.top) for n in range(_LADDERS)
        ]
        self._rungs = [
            [stage.put(line(np.zeros((0, 3)), 13.0), bleeds=True) for _ in energies(n)] for n in range(_LADDERS)
        ]
        self._lights: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)
        self._strikes: list[mn.VMobject] = [
            stage.put(line(np.zeros((0, 3)), 11.0), hex_rgb(stage.theme.ink)) for _ in range(_LADDERS - 1)
        ]

    def lay(self, x: float, struck: float, time_s: float, seen: float) -> None:
        """Show it at coldness x, with the ladders that go on for ever struck out so far, 0..1."""
        shade = self._stage.hotness_rgb(float(hotness(2 * x)))
        lights = []
        for number, (column, rungs) in enumerate(zip(self._columns, self._rungs, strict=True)):
            levels, middle = energies(number), column.at(0.5, 0)[0]
            fullest = levels.max() if number == _BOUNDED and x < 0 else 0.0
            for rung, energy in zip(rungs, levels.tolist(), strict=True):
                half = min(_WIDEST * float(np.exp(-x * (energy - fullest))), _WIDEST) * column.width + _LEAST
                y = column.bottom + 0.1 + energy * _UNIT
                rung.points = corners([[middle - half, y, 0], [middle + half, y, 0]]) if seen > 0 else np.zeros((0, 3))
                rung.stroke_rgbas[:, :3] = shade
                rung.stroke_rgbas[:, 3] = seen * (1 - _STRUCK * (struck if number != _BOUNDED else 0.0))
            out = self._stage.frame.top + 0.5 - column.bottom
            top = levels.max() * _UNIT if number == _BOUNDED else out
            way = (time_s / _CLIMB_S + number / _LADDERS) % 1.0
            lights.append([middle, column.bottom + 0.1 + min(way * out, top)])
        self._lights.lay(np.array(lights), 0.8, shade, seen * np.array([1 - struck, 1 - struck, 1.0]))
        for strike, column in zip(self._strikes, self._columns, strict=False):
            centre, reach = column.at(0.5, 0.5), 0.42 * column.width * struck
            arms = [corners([centre + [-reach, -s * reach, 0], centre + [reach, s * reach, 0]]) for s in (1, -1)]
            strike.points = np.concatenate(arms) if seen * struck > 0 else np.zeros((0, 3))
            strike.stroke_rgbas[:, 3] = seen
