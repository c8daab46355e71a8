"""The potential as a landscape in perspective: the box between its walls, the well in its middle, and waves over it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.stage import Stage
from physics.quantum_well import PAPER_WELL
from scenes.confinement import tables
from scenes.protons import is_dark

Points = NDArray[np.float64]

_LAYERS = 6
_FARTHEST = 0.66  # size of the last layer beside that of the first
_BODY, _BODY_FAR = 0.42, 0.12  # how much the ground stands out from the background, in front and far away
_BEYOND = 3.0


def floor_y(stage: Stage[Any]) -> float:
    """Return the height of zero temperature on the chart that the landscape turns into."""
    return stage.area.bottom + 0.75


class Landscape:
    """Ground under the potential, layer behind layer; it can be seen whole or close, and lie down to a floor."""

    def __init__(self, stage: Stage[Any]) -> None:
        frame, area = stage.frame, stage.area
        self._frame, self._floor = frame, floor_y(stage)
        self._edge = area.bottom + 0.64 * area.height
        self._unit = (self._edge - area.bottom - 0.35) / PAPER_WELL.U0_hartree
        half = frame.width / 2
        self._whole = (half - 0.4) / PAPER_WELL.L_bohr
        self._close = 0.175 * frame.width / PAPER_WELL.a_bohr
        self._aside = -0.24 * frame.width
        self._wave_unit = 0.155 * area.height / 0.2236
        self._vanishing = np.array([0.0, self._edge + 0.32 * area.height, 0.0])
        ground, faint, ink = (hex_rgb(getattr(stage.theme, name)) for name in ("background", "faint", "ink"))
        self._sizes = np.linspace(_FARTHEST, 1.0, _LAYERS)
        self._bodies, self._edges = [], []
        for near in np.linspace(0, 1, _LAYERS):
            share = _BODY_FAR + near * (_BODY - _BODY_FAR)
            self._bodies.append(stage.put(fill_shape(np.zeros((0, 3))), (1 - share) * ground + share * faint, True))
            lit = stage.put(line(np.zeros((0, 3)), 1.5 + 3.0 * near**3), 0.55 * faint + 0.45 * ink, True)
            lit.stroke_rgbas[:, 3] = 0.12 + 0.78 * near**3
            self._edges.append(lit)
        self._dim, self._bright, self._halo_opacity = faint, ink, 0.28 if is_dark(stage.theme) else 0.18
        self.halo = stage.put(line(np.zeros((0, 3)), 16.0), faint, True)
        self.halo.stroke_rgbas[:, 3] = self._halo_opacity

    @property
    def edge_y(self) -> float:
        """Height of the well's edge, where the energy is zero."""
        return self._edge

    def height(self, energy_hartree: ArrayLike) -> NDArray[np.float64]:
        """Return heights of energies."""
        return np.asarray(self._edge + self._unit * np.asarray(energy_hartree, dtype=float))

    def across(self, x_bohr: ArrayLike, whole: float) -> NDArray[np.float64]:
        """Return where places are, seen close (0) or whole (1)."""
        scale = self._close ** (1 - whole) * self._whole**whole
        gone = (self._close - scale) / (self._close - self._whole)
        return np.asarray(self._aside * (1 - gone) + scale * np.asarray(x_bohr, dtype=float))

    def shore(self, whole: float) -> float:
        """Return where, right of the well, there is room for bars."""
        return max(float(self.across(PAPER_WELL.a_bohr, whole)) + 0.16 * self._frame.width, 0.13 * self._frame.width)

    def lay(self, whole: float, flat: float) -> None:
        """Show it, seen close (0) or whole (1), as a landscape (0) or lying flat (1)."""
        a, L, top = PAPER_WELL.a_bohr, PAPER_WELL.L_bohr, self._frame.top + _BEYOND
        far = 2.2 * L
        x = self.across([-far, -L, -L, -a, -a, a, a, L, L, far], whole)
        floor, edge = float(self.height(-PAPER_WELL.U0_hartree)), self._edge
        y = np.array([top, top, edge, edge, floor, floor, edge, edge, top, top])
        for body, lit, size in zip(self._bodies, self._edges, self._sizes.tolist(), strict=True):
            profile = np.stack([x, y, np.zeros_like(x)], axis=1)
            profile = self._vanishing + size * (profile - self._vanishing)
            profile[[0, -1], 0] = x[[0, -1]]
            profile[:, 1] += flat * (self._floor - profile[:, 1])
            body.points = corners(self._closed(profile))
            lit.points = corners(profile)
        self.halo.points = self._edges[-1].points

    def light_floor(self, share: float) -> None:
        """Light the front edge, by a share 0..1."""
        self.halo.stroke_rgbas[:, :3] = self._dim + share * (self._bright - self._dim)
        self.halo.stroke_rgbas[:, 3] = self._halo_opacity + 0.35 * share

    def _closed(self, profile: Points) -> Points:
        bottom = self._frame.bottom - _BEYOND
        under = np.array([[profile[-1, 0], bottom, 0], [profile[0, 0], bottom, 0], profile[0]])
        return np.concatenate([profile, under])

    def wave_points(self, n: int, swing: float, whole: float) -> Points:
        """Return the curve of a level's wave, over the height of its energy, times a swing -1..1."""
        x, psi = tables.wave_seen(n)
        base = float(self.height(tables.kinetic().E[n]))
        y = base + self._wave_unit * swing * psi
        return np.stack([self.across(x, whole), y, np.zeros_like(x)], axis=1)


class Wave:
    """The wave of one level: its envelope, faint, and the real part that turns with the phase, bright."""

    def __init__(self, stage: Stage[Any], landscape: Landscape, n: int) -> None:
        self._landscape, self._n = landscape, n
        self._rgb = stage.hotness_rgb(tables.hotness(tables.kinetic().T[n]))
        self._dark = is_dark(stage.theme)
        self._envelope = stage.put(fill_shape(np.zeros((0, 3))), self._rgb, True)
        self._body = stage.put(fill_shape(np.zeros((0, 3))), self._rgb, True)
        self._halo = stage.put(line(np.zeros((0, 3)), 18.0), self._rgb, True)
        bright = 0.55 * self._rgb + 0.45 * (1.0 if self._dark else 0.0)
        self._core = stage.put(line(np.zeros((0, 3)), 4.5), bright, True)

    def lay(self, size: float, turns: float, whole: float, opacity: float) -> None:
        """Show it with an amplitude, 1 being its own, at a phase in turns."""
        parts = (self._envelope, self._body, self._halo, self._core)
        if opacity <= 0.004 or size <= 0:
            for part in parts:
                part.points = np.zeros((0, 3))
            return
        real = self._landscape.wave_points(self._n, size * np.cos(2 * np.pi * turns), whole)
        above, below = (self._landscape.wave_points(self._n, sign * size, whole) for sign in (1, -1))
        base = real.copy()
        base[:, 1] = float(self._landscape.height(tables.kinetic().E[self._n]))
        self._envelope.points = corners(np.concatenate([above, below[::-1], above[:1]]))
        self._body.points = corners(np.concatenate([real, base[::-1], real[:1]]))
        self._halo.points = self._core.points = corners(real)
        self._envelope.fill_rgbas[:, 3] = (0.16 if self._dark else 0.14) * opacity
        self._body.fill_rgbas[:, 3] = 0.5 * opacity
        self._halo.stroke_rgbas[:, 3] = 0.2 * opacity
        self._core.stroke_rgbas[:, 3] = opacity
