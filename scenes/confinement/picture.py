"""The well with its waves, and beside each level a bar of its kinetic energy; the bars turn over into a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from physics.examples_confinement import phase_turns
from physics.quantum_well import PAPER_WELL
from scenes.confinement import tables
from scenes.confinement.chart import Lights, Look, full_plot
from scenes.confinement.landscape import Landscape, Wave

Points = NDArray[np.float64]

WAVES = 7
"""Levels whose waves are shown: the bound ones and the lowest free one."""

REST = 0.3
"""Amplitude of the waves of levels that were shown before, beside that of the one spoken of."""

_BAR_WIDTH = 9.0
_THIN = 2.0
_TAIL_BOHR = 26.0


@dataclass(frozen=True)
class WellState:
    """What is seen of the well: the landscape, the waves, and the level that is spoken of."""

    whole: float
    """The well seen close, 0, or the box seen whole, 1."""
    flat: float
    """The landscape, 0, has lain down to the chart's floor, 1."""
    waves: tuple[float, ...]
    """Amplitude of each level's wave beside its own."""
    turns: tuple[float, ...]
    """Phase of each wave in turns."""
    level: float
    """The level that is spoken of; a broken number on the way between two."""
    energy: float
    kinetic: float
    """Of that level, in hartree."""
    bars: float
    """Bars of kinetic energy that are there, up to the level."""
    tails: float
    """How brightly the tails outside of the well are lit, 0..1."""


def amplitudes(level: float, free: float = 0.0) -> NDArray[np.float64]:
    """Return the amplitude of each wave while a level is spoken of.

    Args:
        level: a bound level; those before it are shown at rest, those after are not there.
        free: how much of the lowest free wave is there, 0..1, after the last bound one.
    """
    n = np.arange(WAVES)
    near = np.clip(1 - np.abs(min(level, WAVES - 2.0) - n), 0, 1)
    sizes = np.where(level >= n, REST + (1 - REST) * near, near)
    sizes[-2] -= free * (1 - REST)
    sizes[-1] = free
    return np.asarray(sizes)


def well_state(
    since_s: float,
    level: float,
    whole: float,
    sizes: NDArray[np.float64],
    flat: float = 0.0,
    bars: float = 1.0,
    tails: float = 0.0,
) -> WellState:
    """Return the picture at a time, counted from where the waves are all at their greatest."""
    table, n = tables.kinetic(), np.arange(WAVES)
    return WellState(
        whole=whole,
        flat=flat,
        waves=tuple((sizes * (1 - flat)).tolist()),
        turns=tuple(phase_turns(float(table.E[each]), since_s) for each in n),
        level=level,
        energy=float(np.interp(level, n, table.E[:WAVES])),
        kinetic=float(np.interp(level, n, table.T[:WAVES])) / 2,
        bars=bars,
        tails=tails,
    )


class WellPicture:
    """Landscape, waves, and bars with a light at the end of the one spoken of."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage = stage
        self.landscape = Landscape(stage)
        self._plot = full_plot(stage)
        self._waves = [Wave(stage, self.landscape, n) for n in range(WAVES)]
        self._tails = Lights(stage)
        shades = stage.hotness_rgb(tables.hotness(tables.kinetic().T[:WAVES]))
        self._bars = [stage.put(line(np.zeros((0, 3)), _BAR_WIDTH), rgb, True) for rgb in shades]
        self._dots = Lights(stage, sharp=True)
        self._point = Lights(stage, sharp=True)
        self._trail = stage.put(line(np.zeros((0, 3)), 3.0), hex_rgb(stage.theme.ink), True)

    def bar_end(self, level: float, whole: float) -> Points:
        """Return where a level's bar ends, shape (3,)."""
        table, n = tables.kinetic(), np.arange(WAVES)
        E, K = np.interp(level, n, table.E[:WAVES]), np.interp(level, n, table.T[:WAVES]) / 2
        shore = self.landscape.shore(whole)
        unit = (self._stage.area.right - 0.25 - shore) / (table.T[5] / 2)
        return np.array([shore + K * unit, float(self.landscape.height(E)), 0.0])

    def lay(self, state: WellState, look: Look, opacity: float = 1.0) -> None:
        """Show it; where it lies flat, the bars have turned over into a chart with this look."""
        self.landscape.lay(state.whole, state.flat)
        for wave, size, turns in zip(self._waves, state.waves, state.turns, strict=True):
            wave.lay(size, turns, state.whole, (0.35 + 0.65 * size) * min(1.0, 4 * size) * (1 - state.flat) * opacity)
        self._lay_tails(state)
        table, ends, shown = tables.kinetic(), [], []
        for n, bar in enumerate(self._bars):
            there = float(np.clip(state.bars * (state.level - n + 1), 0, 1)) if state.level < WAVES else 1.0
            end = self.bar_end(n, state.whole)
            foot = np.array([self.landscape.shore(state.whole), end[1], 0.0])
            turned = self._plot.at([table.E[n], table.E[n]], [0.0, table.T[n]], look)
            foot, end = foot + state.flat * (turned[0] - foot), end + state.flat * (turned[1] - end)
            bar.points = corners([foot, foot + there * (end - foot)]) if there * opacity > 0 else np.zeros((0, 3))
            bar.stroke_width = _BAR_WIDTH + state.flat * (_THIN - _BAR_WIDTH)
            bar.stroke_rgbas[:, 3] = (0.75 - 0.35 * state.flat) * opacity
            ends.append(foot + there * (end - foot))
            shown.append(0.55 * there * opacity)
        self._dots.lay(ends, table.T[:WAVES], 0.2, shown)
        point = self.bar_end(state.level, state.whole)
        turned = self._plot.at(state.energy, 2 * state.kinetic, look)
        point = point + state.flat * (turned - point)
        self._point.lay([point], [2 * state.kinetic + 0.03], 0.5, min(1.0, 3 * state.bars) * (1 - state.flat) * opacity)
        self._lay_trail(state, point, opacity)

    def _lay_trail(self, state: WellState, point: Points, opacity: float) -> None:
        """The way of the falling light, from the last bound level on."""
        fallen = state.level - (WAVES - 2)
        if fallen <= 0 or state.flat > 0 or opacity <= 0:
            self._trail.points = np.zeros((0, 3))
            return
        self._trail.points = corners([self.bar_end(WAVES - 2, state.whole), point])
        self._trail.stroke_rgbas[:, 3] = 0.5 * opacity

    def _lay_tails(self, state: WellState) -> None:
        n = WAVES - 2
        points = self.landscape.wave_points(n, np.cos(2 * np.pi * state.turns[n]) * state.waves[n], state.whole)
        x, psi = tables.wave_seen(n)
        out = np.abs(x) - PAPER_WELL.a_bohr
        lit = (out > 0) & (out < _TAIL_BOHR)
        strength = 0.7 * state.tails * np.abs(psi[lit]) / np.abs(psi[np.abs(x) >= PAPER_WELL.a_bohr]).max()
        self._tails.lay(points[lit], np.full(int(lit.sum()), tables.kinetic().T[n] * 2), 0.4, strength)
