"""A crystal of lithium fluoride in perspective: fluorine and lithium nuclei by turns, each with its little magnet."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import line
from explainer.stage.sprites import Sprites, glow
from explainer.stage.stage import Stage
from scenes.protons import is_dark, shade, spin

TILT = 0.38
"""Angle in radians from which it is seen, above level."""

_DISTANCE = 15.0  # of the eye, in distances between neighbours
_FLUORINE, _LITHIUM = 0.46, 0.29  # radii, nearly as those of the ions are to each other
_NEAREST_LIGHT = 0.32  # of what is hindmost


class Crystal:
    """Rock salt: neighbours are always of the other kind."""

    def __init__(self, stage: Stage[Any], counts: tuple[int, int, int]) -> None:
        """Build it with so many nuclei across, upward and in depth."""
        self._stage = stage
        grid = np.indices(counts).reshape(3, -1).T
        self._nodes = grid - (np.array(counts) - 1) / 2
        self.fluorine: NDArray[np.bool_] = grid.sum(axis=1) % 2 == 0
        strides = np.array([counts[1] * counts[2], counts[2], 1])
        index = np.arange(len(grid))
        pairs = [
            np.stack([index[grid[:, axis] + 1 < counts[axis]]] * 2, axis=1) + [0, strides[axis]] for axis in range(3)
        ]
        self._pairs = np.concatenate(pairs)
        self._bonds = stage.put(line(np.zeros((0, 3)), 1.6), hex_rgb(stage.theme.faint), bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._bodies: Sprites = stage.put(Sprites(spin), bleeds=True)
        self.parts = (self._bonds, self._light, self._bodies)

    def seen(
        self, yaw: float, scale: float, centre: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return where its nuclei are seen, shape (n, 2), how large a neighbour's distance is there, and how deep."""
        x, y, z = self._nodes.T
        across, depth = x * np.cos(yaw) + z * np.sin(yaw), z * np.cos(yaw) - x * np.sin(yaw)
        up, behind = y * np.cos(TILT) + depth * np.sin(TILT), depth * np.cos(TILT) - y * np.sin(TILT)
        size = scale * _DISTANCE / (_DISTANCE + behind)
        return np.stack([across * size, up * size], axis=1) + np.asarray(centre)[:2], size, behind

    def lay(
        self,
        yaw: float,
        scale: float,
        centre: ArrayLike,
        angles: ArrayLike,
        rgb: ArrayLike,
        shining: ArrayLike = 0.0,
        there: float = 1.0,
    ) -> None:
        """Show it.

        Args:
            yaw: turn about the upright in radians.
            scale: distance of neighbours in scene units.
            centre: of the whole, in scene units.
            angles: of each nucleus' arrow, from upright.
            rgb: colours of fluorine and lithium, shape (2, 3).
            shining: how much each glows, 0..1.
            there: its opacity.
        """
        places, size, behind = self.seen(yaw, scale, centre)
        order = np.argsort(-behind)
        near = (behind.max() - behind) / np.ptp(behind)
        seen = _NEAREST_LIGHT + (1 - _NEAREST_LIGHT) * near
        colours = np.where(self.fluorine[:, None], *(np.asarray(rgb)[kind] for kind in (0, 1)))
        radius = size * np.where(self.fluorine, _FLUORINE, _LITHIUM)
        ends = np.concatenate([places, np.zeros((len(places), 1))], axis=1)[self._pairs]
        step = (ends[:, 1] - ends[:, 0]) / 3
        self._bonds.points = np.stack([ends[:, 0], ends[:, 0] + step, ends[:, 1] - step, ends[:, 1]], axis=1).reshape(
            -1, 3
        )
        self._bonds.stroke_rgbas[:, 3] = there
        lit = np.broadcast_to(shining, size.shape)
        self._light.lay(places[order], 2.3 * radius[order], colours[order], (0.5 * there * seen * lit)[order])
        bodies = shade(self._stage.theme, colours, seen)
        self._bodies.lay(places[order], radius[order], bodies[order], there, np.asarray(angles)[order])
