"""The band of the lattice: energy over momentum, with atoms as dots along it and their momenta above."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, dashed, fill_shape, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from physics.lattice import band_energy_J, quasimomentum_density
from scenes.protons import is_dark

DOTS = 100
"""Atoms that are shown as dots."""

TALLEST = 0.34
"""Density of momentum, for each unit of q d, at the top of the picture."""

_GRID = np.linspace(-np.pi, np.pi, 721)
_CURVE = np.linspace(-np.pi, np.pi, 145)
_GOLDEN = (5**0.5 - 1) / 2

Points = NDArray[np.float64]


def momenta(rank: ArrayLike, coldness: float) -> Points:
    """Return q d of atoms from their ranks among `DOTS`, so that they are distributed as at J/(kT) = coldness.

    >>> momenta([49.5], 0.4).round(9).tolist()
    [0.0]
    """
    density = quasimomentum_density(_GRID, coldness, 1.0)
    below = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    return np.asarray(np.interp((np.asarray(rank) + 0.5) / DOTS, below / below[-1], _GRID))


class Band:
    """The band as a bright line between its bottom and its top, dots along it, and the momenta over it."""

    def __init__(self, stage: Stage[Any], box: Box, above: Box) -> None:
        """Build it: the band in one box, the distribution of momenta in another."""
        self._stage, self.box, self.above = stage, box, above
        wide, dark = stage.is_wide, is_dark(stage.theme)
        self._lanes = 5 if wide else 7
        self._dot = 0.145 if wide else 0.105
        self._small = 0.7 * self._dot
        self._halo = 0.5 if dark else 0.25
        ink, muted, faint = (hex_rgb(getattr(stage.theme, name)) for name in ("ink", "muted", "faint"))
        self._edges: list[mn.VMobject] = [stage.put(line(np.zeros((0, 3)), 3.0), muted) for _ in range(2)]
        self._shown = box
        self._aura: mn.VMobject = stage.put(line(np.zeros((0, 3)), 26.0), ink)
        self._line: mn.VMobject = stage.put(line(np.zeros((0, 3)), 6.0), ink)
        self._mound: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), ink)
        self._mound.sheen_direction = mn.UP
        self._outline: mn.VMobject = stage.put(line(np.zeros((0, 3)), 6.0), ink)
        self._ground: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), faint)
        self._light: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._dots: Sprites = stage.put(Sprites(ball))
        self._raised: Sprites = stage.put(Sprites(ball))
        self._turn = np.random.default_rng(4).random(DOTS)

    def lay(
        self,
        tall: float,
        rank: ArrayLike,
        qd: ArrayLike,
        coldness: float,
        hopping: float,
        drawn: float,
        dotted: float,
        told: float,
        seen: float,
        rgb: ArrayLike,
    ) -> None:
        """Show it.

        Args:
            tall: 1 where the band takes the room above as well, 0 where the momenta do.
            rank: of each dot, by which it finds its lane, shape (DOTS,).
            qd: momentum of each, times the lattice constant.
            coldness: J/(kT).
            hopping: J over the J of the shallow lattice: how wide the band is.
            drawn: 0..1 of the line, from the middle outward.
            dotted: 0..1 of the dots that have come.
            told: 0..1 of the momenta that have risen to their distribution.
            seen: 0..1.
            rgb: colour of dots and distribution.
        """
        self._shown = self.box.inset(top=tall * (self.box.top - self.above.top))
        self._lay_edges(drawn, seen)
        colour, nothing = np.asarray(rgb, dtype=float), np.zeros((0, 3))
        shown = corners(self._at(drawn * _CURVE, hopping)) if drawn * seen > 0 else nothing
        self._aura.points = self._line.points = shown
        dim = 0.85 - 0.4 * dotted
        self._aura.stroke_rgbas = np.array([[*hex_rgb(self._stage.theme.ink), 0.13 * seen]])
        self._line.stroke_rgbas = np.array([[*hex_rgb(self._stage.theme.ink), dim * seen]])
        momentum, ranks = np.asarray(qd, dtype=float), np.asarray(rank, dtype=float)
        lane = np.interp(ranks, np.arange(DOTS), (2 * np.arange(DOTS)) % self._lanes - (self._lanes - 1) / 2)
        places = self._at(momentum, hopping)
        slope = 0.5 * self._shown.height * hopping * np.sin(momentum) / (self.box.width / (2 * np.pi))
        normal = np.stack([-slope, np.ones_like(slope), np.zeros_like(slope)], axis=1)
        normal /= np.linalg.norm(normal, axis=1)[:, None]
        places = places + (2.05 * self._dot * lane)[:, None] * normal
        places[:, 0] = np.clip(places[:, 0], self.box.left, self.box.right)
        places[:, 1] = np.minimum(places[:, 1], self._stage.safe.top)
        comes = np.clip(1.4 * dotted - 0.4 * self._turn, 0, 1)
        self._light.lay(places, 2.8 * self._dot, colour, self._halo * comes * seen)
        self._dots.lay(places, self._dot * np.sqrt(comes), colour, seen)
        self._lay_momenta(places, ranks, momentum, coldness, told, seen, colour)

    def _lay_edges(self, drawn: float, seen: float) -> None:
        """Show the bottom and the top as dashed lines: the one once half the band is drawn, the other at its end."""
        middle, half = (self.box.left + self.box.right) / 2, self.box.width / 2
        for edge, y, share in zip(
            self._edges, (self._shown.bottom, self._shown.top), (2 * drawn - 1, 5 * drawn - 4), strict=True
        ):
            reach = half * ease(share)
            shown = reach * seen > 0.1
            ends = [middle - reach, y, 0], [middle + reach, y, 0]
            edge.points = dashed(*ends, 0.14).points if shown else np.zeros((0, 3))
            edge.stroke_rgbas[:, 3] = seen

    def _lay_momenta(
        self, places: Points, ranks: Points, momentum: Points, coldness: float, told: float, seen: float, rgb: Points
    ) -> None:
        height = self.above.height / TALLEST
        rises = np.clip(1.6 * told - 0.6 * self._turn, 0, 1)[:, None]
        share = np.interp(ranks, np.arange(DOTS), (np.arange(DOTS) * _GOLDEN) % 1)
        up = (0.1 + 0.78 * share) * height * quasimomentum_density(momentum, coldness, 1.0)
        goal = np.stack([places[:, 0], self.above.bottom + up, np.zeros(DOTS)], axis=1)
        lifted = places + (goal - places) * (rises * rises * (3 - 2 * rises))
        self._raised.lay(lifted, self._small * (rises[:, 0] > 0), rgb, 0.9 * seen)
        top = height * told * quasimomentum_density(_CURVE, coldness, 1.0)
        curve = self._on_base(top)
        base = self._on_base(np.zeros_like(top))
        if told * seen > 0:
            self._mound.points = corners(np.concatenate([curve, base[::-1], curve[:1]]))
            self._outline.points, self._ground.points = corners(curve), corners(base)
        else:
            self._mound.points = self._outline.points = self._ground.points = np.zeros((0, 3))
        self._mound.fill_rgbas = np.column_stack([[rgb, rgb], np.array([0.12, 0.5]) * seen * told])
        self._outline.stroke_rgbas = np.array([[*rgb, seen * told]])
        self._ground.stroke_rgbas[:, 3] = seen * told

    def distribution(self, coldness: float) -> Points:
        """Return the Bezier points of the curve of momenta at J/(kT) = coldness, over their base."""
        return corners(self._on_base(self.above.height / TALLEST * quasimomentum_density(_CURVE, coldness, 1.0)))

    def _on_base(self, up: Points) -> Points:
        x = (self.box.left + self.box.right) / 2 + _CURVE * self.box.width / (2 * np.pi)
        return np.stack([x, self.above.bottom + up, np.zeros_like(x)], axis=1)

    def _at(self, qd: Points, hopping: float) -> Points:
        x = (self.box.left + self.box.right) / 2 + qd * self.box.width / (2 * np.pi)
        y = (self._shown.bottom + self._shown.top) / 2 + 0.25 * self._shown.height * hopping * band_energy_J(qd, 1.0)
        return np.stack([x, y, np.zeros_like(x)], axis=1)
