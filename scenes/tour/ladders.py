"""Levels of one kind of nuclei, each with a row of them as long as its population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from physics.spins import FLUORINE_19, Nucleus, projections
from scenes.protons import Crowd

_ROW = 5.2  # nuclei on a level, were they all alike
_PRECESSION_PER_S = 2.6  # about the field, in radians
_HEIGHT = 0.7  # of its box, that the levels of fluorine take


class Ladder:
    """The levels of a nucleus, from the lowest, to one scale of energy for all kinds."""

    def __init__(self, stage: Stage[Any], nucleus: Nucleus) -> None:
        self._m = projections(nucleus.spin)[::-1]
        # To the scale of fluorine's, between whose levels lies 2 mu B.
        self._energy = -self._m / nucleus.spin * nucleus.mu_J_per_T / FLUORINE_19.mu_J_per_T / 2
        self._lean = np.arccos(self._m / np.sqrt(nucleus.spin * (nucleus.spin + 1)))
        self._rungs = stage.put(line(np.zeros((0, 3)), 4.0), hex_rgb(stage.theme.muted), bleeds=True)
        self._crowd = Crowd(stage, bleeds=True)

    def rows(self, box: Box, turned: float) -> NDArray[np.float64]:
        """Return how high each level's row lies, from the first, in a box; turned over they have changed places."""
        middle = box.bottom + box.height / 2
        heights: NDArray[np.float64] = middle + _HEIGHT * box.height * self._energy * np.cos(np.pi * turned)
        return heights

    def lay(
        self, box: Box, shares: Sequence[float], turned: float, rgb: NDArray[np.float64], time_s: float, there: float
    ) -> None:
        """Show the rows.

        Args:
            box: that it fills.
            shares: drawn population of each level, from the lowest, 1 in the mean.
            turned: how far it is turned over, 0..1.
            rgb: colour of its coldness.
            time_s: by which each nucleus goes on precessing about the field.
            there: opacity.
        """
        pitch = box.width / (1.65 * _ROW)
        radius = min(0.68 * pitch, 0.14 * box.height)
        places, angles, opacity, shine = [], [], [], []
        lines = []
        heights = self.rows(box, turned)
        for level, (y, share) in enumerate(zip(heights.tolist(), shares, strict=True)):
            lines.append(corners([[box.left, y - radius, 0], [box.right, y - radius, 0]]))
            number = share * _ROW
            whole = np.arange(int(np.ceil(number)))
            size = np.clip(number - whole, 0, 1)
            phase = _PRECESSION_PER_S * time_s + 1.7 * whole + level
            leaning = np.arctan2(np.sin(self._lean[level]) * np.cos(phase), np.cos(self._lean[level]))
            places.append(np.stack([box.left + pitch * (whole + 0.6), np.full(len(whole), y)], axis=1))
            angles.append(leaning + np.pi * turned)
            opacity.append(size)
            shine.append(np.full(len(whole), level / (len(shares) - 1)))
        seen = np.concatenate(opacity)
        up = np.concatenate(shine) * (1 - turned) + (1 - np.concatenate(shine)) * turned
        self._rungs.points = np.concatenate(lines)
        self._rungs.stroke_rgbas[:, 3] = 0.8 * there
        spots = np.concatenate(places)
        self._crowd.lay(spots, radius * np.sqrt(seen), up, rgb, np.concatenate(angles), 1.0, there)
