"""Atoms of a gas in a box: straight ways between reflecting walls, at speeds that are Maxwellian at its temperature."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from scenes.protons import is_dark

_TRAIL = 7  # pictures of an atom's way behind it
_TRAIL_S = 0.017  # between two of them


def travelled(T: ArrayLike, fps: float) -> NDArray[np.float64]:
    """Return the way of an atom of unit speed up to each frame, shape (frames,), as its speed follows the temperature.

    Args:
        T: temperature at each frame, in a unit at which the speed is one.
        fps: frames a second.

    >>> travelled([1.0, 4.0, 4.0], 2.0).tolist()
    [0.0, 1.0, 2.0]
    """
    steps = np.sqrt(np.asarray(T, dtype=float)) / fps
    return np.concatenate([[0.0], np.cumsum(steps[1:])])


class Atoms:
    """A gas in a box on the stage."""

    def __init__(self, stage: Stage[Any], number: int, box: Box, pace: float, radius: float, seed: int) -> None:
        """Put it there.

        Args:
            stage: that it is put on.
            number: of atoms.
            box: whose walls reflect them.
            pace: most probable speed along a side at unit temperature, in scene units a second.
            radius: of an atom.
            seed: the same seed gives the same gas.
        """
        rng = np.random.default_rng(seed)
        self._size = np.array([box.width, box.height]) - 2 * radius
        self._corner, self._radius, self._box = np.array([box.left, box.bottom]) + radius, radius, box
        self._start = rng.uniform(0, 1, (number, 2)) * self._size
        self._velocity = pace * rng.standard_normal((number, 2))
        self._ground = hex_rgb(stage.theme.background)
        edges = [[box.left, box.bottom, 0], [box.right, box.bottom, 0], [box.right, box.top, 0], [box.left, box.top, 0]]
        self._wall_points = corners([*edges, edges[0]])
        self.walls = stage.put(line(self._wall_points, 7.0), hex_rgb(stage.theme.muted), bleeds=True)
        dark = is_dark(stage.theme)
        self._glow = 0.5 if dark else 0.22
        self._light: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._bodies: Sprites = stage.put(Sprites(ball), bleeds=True)

    def at(self, way: float) -> NDArray[np.float64]:
        """Return where the atoms are, shape (N, 2), when one of unit speed has gone a way."""
        run = np.mod(self._start + way * self._velocity, 2 * self._size)
        return self._corner + np.where(run > self._size, 2 * self._size - run, run)

    def lay(
        self, way: float, T: float, rgb: NDArray[np.float64], opacity: float, aside: ArrayLike = (0.0, 0.0)
    ) -> None:
        """Show the gas in a colour; what is faster draws a longer trail of light, and what hits a wall turns back."""
        speed, shift = float(np.sqrt(T)), np.asarray(aside, dtype=float)
        trail = np.concatenate([self.at(way - speed * _TRAIL_S * step) for step in range(_TRAIL, 0, -1)]) + shift
        now = self.at(way) + shift
        share = np.repeat(np.linspace(0.1, 0.6, _TRAIL), len(now))
        places = np.concatenate([trail, now])
        sizes = self._radius * np.concatenate([0.7 + 0.9 * share, np.full(len(now), 2.6)])
        lights = np.concatenate([0.7 * share, np.full(len(now), 1.0)])
        self._light.lay(places, sizes, rgb, self._glow * lights * opacity)
        self._bodies.lay(now, self._radius, rgb, opacity)
        self.walls.points = self._wall_points + [*shift, 0.0]
        self.walls.stroke_rgbas[:, 3] = opacity
