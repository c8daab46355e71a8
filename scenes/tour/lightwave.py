"""A crystal of light: ridges of a standing wave, one behind another, with atoms in their valleys."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line, paint
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from scenes.protons import is_dark

COLUMNS, ROWS = 33, 5
"""Valleys of a ridge, and ridges."""

ATOMS = 155
DEEPEST_RECOIL = 22.0

_STEPS = 12  # of a curve, between two valleys
_BEHIND = 0.13  # how much smaller each ridge is than the one before it
_BALL = 0.24  # radius of an atom, in valleys
_REACH = 6.0  # valleys from the middle, at which the trap is as high or low as it is said to be
_JITTER = 0.075  # of an atom in its valley, in valleys

Points = NDArray[np.float64]


class LightLattice:
    """The whole lattice: it fills the frame, or lies along the frame's lower edge."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage = stage
        frame, wide = stage.frame, stage.is_wide
        self._spacing = (1.7 if wide else 1.55, 0.95 if wide else 0.85)
        strip = stage.area.bottom + 0.02 * stage.area.height
        self._front = (frame.bottom + 0.09 * frame.height, frame.bottom + 0.3)
        self._back = (frame.bottom + (0.7 if wide else 0.76) * frame.height, strip - 0.25)
        self._trap = (0.16 * frame.height, 0.24)
        self._amplitude = (1.9 if wide else 2.1, 1.0)
        self._light = hex_rgb(stage.theme.muted)
        self._ground = hex_rgb(stage.theme.background)
        self._column = np.linspace(-(COLUMNS // 2) - 0.5, COLUMNS // 2 + 0.5, COLUMNS * _STEPS + 1)
        rng = np.random.default_rng(8)
        self._pace, self._phase = rng.uniform(7, 12, (ATOMS, 2)), rng.uniform(0, 2 * np.pi, (ATOMS, 2))
        self._rows: list[tuple[mn.VMobject, mn.VMobject, mn.VMobject, Sprites, Sprites, mn.VMobject]] = []
        dark = is_dark(stage.theme)
        self._halo = 0.5 if dark else 0.25
        for _ in range(ROWS):
            hill: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), self._light, bleeds=True)
            hill.sheen_direction = mn.UP
            aura: mn.VMobject = stage.put(line(np.zeros((0, 3)), 26.0), self._light, bleeds=True)
            crest: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), self._light, bleeds=True)
            halo: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
            forces: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink), bleeds=True)
            atoms: Sprites = stage.put(Sprites(ball), bleeds=True)
            self._rows.append((hill, aura, crest, halo, atoms, forces))

    def lay(
        self,
        places: ArrayLike,
        clock_s: float,
        depth_recoil: float,
        V: float,
        U: float,
        far: float,
        seen: float,
        rgb: ArrayLike,
    ) -> None:
        """Show it.

        Args:
            places: column and row of each atom, shape (ATOMS, 2).
            clock_s: time in s, by which atoms tremble in their valleys.
            depth_recoil: depth of the light's valleys in recoil energies.
            V: trap: 1 for the bowl, -1 for the hill.
            U: force between neighbours that is shown: 1 for push, -1 for pull, 0 for none.
            far: 0 where it fills the frame, 1 along its lower edge.
            seen: 0..1.
            rgb: colour of the atoms.
        """
        at = np.asarray(places, dtype=float)
        tremble = _JITTER * np.sin(self._pace * clock_s + self._phase)
        row = np.clip(np.rint(at[:, 1]), 0, ROWS - 1)
        for index, (hill, aura, crest, halo, atoms, forces) in zip(range(ROWS - 1, -1, -1), self._rows, strict=True):
            near = (1 - 0.14 * index) * seen
            seen_columns = (self._stage.frame.width / 2 + 0.5) / self._scale(np.array([float(index)]), far)
            column = self._column[np.abs(self._column) < seen_columns]
            top = self._project(column, np.full_like(column, index), depth_recoil, V, far)
            floor = self._stage.frame.bottom - 0.2
            ends = np.array([[top[-1, 0], floor, 0], [top[0, 0], floor, 0], top[0]])
            hill.points = corners(np.concatenate([top, ends])) if seen > 0 else np.zeros((0, 3))
            shades = [self._ground, self._ground, self._mixed(0.22 * near), self._mixed(0.5 * near)]
            hill.fill_rgbas = np.column_stack([shades, np.full(4, seen)])
            aura.points = crest.points = corners(top) if seen > 0 else np.zeros((0, 3))
            aura.stroke_rgbas = np.array([[*self._light, 0.16 * near]])
            crest.stroke_rgbas = np.array([[*self._mixed(0.95 * near), seen]])
            mine = at[row == index]
            moved = mine + tremble[row == index] * [1.0, 0.0]
            scale = self._scale(mine[:, 1], far)
            centres = self._project(moved[:, 0], mine[:, 1], depth_recoil, V, far)
            radius = _BALL * (1 - 0.22 * far) * scale
            lift = 0.75 * radius + 0.5 * scale * np.abs(tremble[row == index, 1])
            centres[:, 1] += lift + 0.45 * scale * np.abs(np.sin(np.pi * mine[:, 1]))
            colour = near * np.asarray(rgb) + (1 - near) * self._ground
            halo.lay(centres, 2.6 * radius, rgb, (1 - 0.35 * far) * self._halo * near)
            atoms.lay(centres, radius, colour, seen)
            forces.points = self._arrows(mine, centres, radius, U) if seen > 0 else np.zeros((0, 3))
            paint(forces, near * hex_rgb(self._stage.theme.ink) + (1 - near) * self._ground)
            forces.fill_rgbas[:, 3] = seen

    def _arrows(self, places: Points, centres: Points, radius: Points, U: float) -> Points:
        """Return arrows from each atom to its neighbour, and back: apart for push, together for pull."""
        order = np.argsort(places[:, 0])
        outlines = [np.zeros((0, 3))]
        if abs(U) > 0.02:
            for left, right in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
                if places[right, 0] - places[left, 0] < 1.3:
                    outlines.append(bond(centres[left], centres[right], float(radius[left]), U))
        return np.concatenate(outlines)

    def _mixed(self, share: float) -> Points:
        return np.asarray(share * self._light + (1 - share) * self._ground)

    def _scale(self, row: Points, far: float) -> Points:
        return np.asarray(_between(self._spacing, far) * (1 - _BEHIND * row))

    def _project(self, column: Points, row: Points, depth_recoil: float, V: float, far: float) -> Points:
        scale = 1 - _BEHIND * row
        back = row / (ROWS - 1)
        base = _between(self._front, far) + (_between(self._back, far) - _between(self._front, far)) * back**0.8
        wave = _between(self._amplitude, far) * depth_recoil / DEEPEST_RECOIL * np.sin(np.pi * column) ** 2
        trap = _between(self._trap, far) * V * ((column / _REACH) ** 2 - 0.3)
        x = _between(self._spacing, far) * scale * column
        return np.stack([x, base + scale * (wave + trap), np.zeros_like(x)], axis=1)


def bond(left: Points, right: Points, radius: float, U: float) -> Points:
    """Return the outlines of two arrows between balls at two places: apart for U = 1, together for U = -1."""
    way = right - left
    length = float(np.linalg.norm(way))
    if length < 2.2 * radius:
        return np.zeros((0, 3))
    along, middle = way / length, (left + right) / 2
    room = (length / 2 - 1.05 * radius) * abs(U)
    width, head = 0.36 * radius, 0.72 * radius
    inner, outer = 0.06 * room, room
    ends = (inner, outer) if U > 0 else (outer, inner)
    return np.concatenate(
        [arrow(middle + side * ends[0] * along, middle + side * ends[1] * along, width, head) for side in (-1, 1)]
    )


def _between(ends: tuple[float, float], way: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * way
