"""Spins on two levels in depth, in a field that may turn round and may be reversed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from scenes.protons import Crowd, is_dark

SPINS = 48
EXCESS = 2
"""Spins of the sample of which the lower level has more than the upper."""

_BACK, _FAR = 0.69, 0.72  # size and light of the hindmost row beside the foremost
_LINE_PITCH, _HEAD_PITCH, _HEAD = 1.4, 2.6, 0.44
_POLE_DEPTH = 0.52


class TurningField:
    """The lines of a field across the frame, and the poles between which it runs, in any direction."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._half = np.array([stage.frame.width / 2, stage.frame.height / 2])
        faint = hex_rgb(stage.theme.faint)
        nothing = np.zeros((0, 3))
        self._poles: Any = stage.put(fill_shape(nothing), faint, bleeds=True)
        self._lines: Any = stage.put(line(nothing, 3.5), faint, bleeds=True)
        self._heads: Any = stage.put(fill_shape(nothing), faint, bleeds=True)
        self.parts = (self._poles, self._lines, self._heads)

    def lay(self, angle: float, field: float, poles: float = 1.0) -> None:
        """Show the field.

        Args:
            angle: of its direction from upright in radians, anticlockwise.
            field: -1 to 1, along that direction.
            poles: how far the poles are there, 0..1.
        """
        along, side = np.array([-np.sin(angle), np.cos(angle)]), np.array([np.cos(angle), np.sin(angle)])
        reach, width = float(np.abs(along) @ self._half), float(np.abs(side) @ self._half)
        number = int(width / _LINE_PITCH)
        lines, heads = [], []
        for place in range(-number, number + 1):
            foot = place * _LINE_PITCH * side
            lines.append(corners(_flat([foot - reach * along, foot + reach * along])))
            offset = (place % 2) / 2
            for step in np.arange(-int(reach / _HEAD_PITCH), int(reach / _HEAD_PITCH) + 1) + offset:
                middle = foot + step * _HEAD_PITCH * along
                tip, back = middle + _HEAD * field * along, 0.5 * _HEAD * side
                heads.append(corners(_flat([middle - back, tip, middle + back, middle - back])))
        self._lines.points, self._heads.points = np.concatenate(lines), np.concatenate(heads)
        self._lines.stroke_rgbas[:, 3] = 0.5 * abs(field) * poles
        self._heads.fill_rgbas[:, 3] = 0.8 * abs(field) * poles
        blocks = []
        for sign in (-1, 1):
            inner, outer = (sign * (reach - share * _POLE_DEPTH * poles) * along for share in (1, -1))
            narrow, broad = 0.72 * width * side, 0.85 * width * side
            ring = [inner - narrow, inner + narrow, outer + broad, outer - broad, inner - narrow]
            blocks.append(corners(_flat(ring)))
        self._poles.points = np.concatenate(blocks)
        self._poles.fill_rgbas[:, 3] = 0.85 * poles


class Floors:
    """Two levels as planes in perspective, whose distance follows the field, and spins on them."""

    def __init__(self, stage: Stage[Any]) -> None:
        area, wide = stage.area, stage.is_wide
        columns = 16 if wide else 6 if area.height > 1.2 * area.width else 8
        rows = SPINS // columns
        self._half = 5.0 if wide else 0.49 * area.width
        self._x = self._half - stage.safe.right - 0.2 if wide else 0.0
        self._rise = 1.25 if wide else 0.19 * area.height
        self._gap = 2.9 if wide else 0.37 * area.height
        self._y = area.bottom + 0.2 + self._gap / 2 if wide else area.bottom + 0.1 + self._gap / 2
        row = np.arange(SPINS) // columns
        depth = 1 - row / (rows - 1)
        self._depth, self._size = depth, 1 - (1 - _BACK) * depth
        self._across = 2 * (np.arange(SPINS) % columns + 0.5) / columns - 1
        self._radius = 0.75 * 2 * self._half / columns if wide else 0.5 * 2 * self._half / columns
        front = SPINS - columns
        self.excess = np.array([front + columns // 3, front + 2 * columns // 3])
        muted, faint = hex_rgb(stage.theme.muted), hex_rgb(stage.theme.faint)
        nothing = np.zeros((0, 3))
        self._floors = [stage.put(fill_shape(nothing), faint, bleeds=True) for _ in range(2)]
        self._edges = [stage.put(line(nothing, 3.0), muted, bleeds=True) for _ in range(2)]
        self._crowd = Crowd(stage, bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)
        self.parts = (*self._floors, *self._edges, self._crowd.light, self._crowd.bodies, self._sparks)

    def right(self, sign: int, field: float) -> NDArray[np.float64]:
        """Return the right end of the near edge of the level that is lower (-1) or upper (1) in the first field."""
        return np.array([self._x + 1.03 * self._half, self._y + sign * field * self._gap / 2, 0.0])

    def far_left(self, sign: int, field: float) -> NDArray[np.float64]:
        """Return the left end of the far edge of a level."""
        return np.array([self._x - self._half * _BACK, self._y + sign * field * self._gap / 2 + 1.06 * self._rise, 0.0])

    def lay(
        self, turns: ArrayLike, angle: float, field: float, rgb: NDArray[np.float64], told: float, there: float
    ) -> None:
        """Show spins.

        Args:
            turns: half turns of each from along the direction that the field has followed, 0 to 1.
            angle: of that direction.
            field: along it, 1 to -1.
            rgb: colour of their coldness.
            told: how far the excess stands out from all others, 0..1.
            there: opacity.
        """
        half_turns = np.asarray(turns, dtype=float)
        energy = -np.cos(np.pi * half_turns) * field
        y = self._y + energy * self._gap / 2 + self._rise * self._depth + 0.72 * self._radius * self._size
        places = np.stack([self._x + self._half * self._across * self._size, y], axis=1)
        strength = (1 - (1 - _FAR) * self._depth) * there
        angles = angle + np.pi * half_turns
        self._crowd.lay(places, self._radius * self._size, (1 + energy) / 2, rgb, angles, strength, there)
        self._sparks.lay(places[self.excess], 1.5 * self._radius, rgb, 0.8 * told * there)
        for floor, edge, sign in zip(self._floors, self._edges, (-1, 1), strict=True):
            front = self._y + sign * field * self._gap / 2
            near, far, up = 1.03 * self._half, 1.03 * self._half * _BACK, 1.06 * self._rise
            ring = [[-near, 0], [near, 0], [far, up], [-far, up], [-near, 0]]
            floor.points = edge.points = corners(_flat(np.array(ring) + [self._x, front]))
            floor.fill_rgbas[:, 3] = 0.34 * there
            edge.stroke_rgbas[:, 3] = 0.85 * there


def _flat(points: ArrayLike) -> NDArray[np.float64]:
    at = np.asarray(points, dtype=float)
    return np.concatenate([at, np.zeros((len(at), 1))], axis=1)
