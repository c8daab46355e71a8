"""The well in its box, seen close or whole, and a particle's wave in it at the height of its energy."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, paint
from explainer.stage.stage import Stage
from physics.quantum_well import PAPER_WELL
from scenes.confinement.computed import levels, wave

_CLOSE_BOHR = 42.0  # half the width that is seen when close
_ENERGY = (-0.108, 0.03)  # hartree, from the lower to the upper edge
_WAVE = 0.012  # hartree that the largest wave rises to
_SHOWN = 8


class Landscape:
    """Walls and floor as a filled shape; level lines; the wave, which turns through its phase."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage, self._box = stage, box
        theme = stage.theme
        self._ground: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(theme.faint), bleeds=True)
        self._lines = [stage.put(line(np.zeros((0, 3)), 3.0), hex_rgb(theme.muted), bleeds=True) for _ in range(_SHOWN)]
        self._glow: mn.VMobject = stage.put(line(np.zeros((0, 3)), 22.0), bleeds=True)
        self._fill: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), bleeds=True)
        self._wave: mn.VMobject = stage.put(line(np.zeros((0, 3)), 6.0), bleeds=True)

    def lay(
        self, n: int, phase: float, away: float, reached: int, hotness: float, seen: float, swell: float = 1.0
    ) -> None:
        """Show it.

        Args:
            n: level whose wave is shown.
            phase: of its wave, in radians.
            away: 0 close to the well, 1 the whole box.
            reached: levels up to this one are drawn as lines.
            hotness: place of its temperature between coldest and hottest.
            seen: opacity, 0..1.
            swell: how far the wave has risen, 0..1.
        """
        box, half = self._box, _CLOSE_BOHR + away * (1.02 * PAPER_WELL.L_bohr - _CLOSE_BOHR)

        def x(bohr: Any) -> Any:
            return box.left + box.width * (np.clip(np.asarray(bohr, dtype=float) / half, -1, 1) + 1) / 2

        def y(hartree: Any) -> Any:
            low, high = _ENERGY
            return box.bottom + box.height * (np.asarray(hartree, dtype=float) - low) / (high - low)

        a, L, depth = PAPER_WELL.a_bohr, PAPER_WELL.L_bohr, -PAPER_WELL.U0_hartree
        low = _ENERGY[0] - 0.05
        outline = [
            (-half, low),
            (-half, 0),
            (-a, 0),
            (-a, depth),
            (a, depth),
            (a, 0),
            (half, 0),
            (half, low),
            (-half, low),
        ]
        if half > L:
            high = _ENERGY[1] + 0.02
            outline = [
                (-half, low),
                (-half, high),
                (-L, high),
                (-L, 0),
                (-a, 0),
                (-a, depth),
                (a, depth),
                (a, 0),
                (L, 0),
                (L, high),
                (half, high),
                (half, low),
                (-half, low),
            ]
        self._ground.points = corners([[x(bohr), y(hartree), 0] for bohr, hartree in outline])
        self._ground.fill_rgbas[:, 3] = 0.85 * seen
        E = levels().energy_hartree
        for level, mobject in enumerate(self._lines):
            inside = a if E[level] < 0 else min(L, half)
            mobject.points = (
                corners([[x(-inside), y(E[level]), 0], [x(inside), y(E[level]), 0]])
                if level <= reached
                else np.zeros((0, 3))
            )
            mobject.stroke_rgbas[:, 3] = seen
        bohr, psi = wave(n)
        view = np.abs(bohr) <= half
        scale = swell * _WAVE / np.abs(psi).max() * np.cos(phase)
        points = np.stack([x(bohr[view]), y(E[n] + scale * psi[view]), np.zeros(view.sum())], axis=1)
        rgb = self._stage.hotness_rgb(hotness)
        base = points.copy()
        base[:, 1] = y(E[n])
        self._fill.points = corners(np.concatenate([points, base[::-1], points[:1]]))
        self._wave.points = self._glow.points = corners(points)
        for mobject in (self._fill, self._wave, self._glow):
            paint(mobject, rgb)
        self._fill.fill_rgbas[:, 3] = 0.45 * seen
        self._wave.stroke_rgbas[:, 3], self._glow.stroke_rgbas[:, 3] = seen, 0.25 * seen
