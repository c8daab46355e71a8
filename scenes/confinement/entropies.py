"""Entropy per particle over energy per particle for one to four particles, and that of four in a bath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explainer.stage.stage import Stage
from scenes.confinement import tables
from scenes.confinement.chart import Lights, LitCurve, Plot, along, runners
from scenes.confinement.clouds import NUMBERS
from scenes.confinement.seams import ENTROPY, RUNNERS

_WARM = 0.13  # hartree, whose colour the curves' upper ends have


@dataclass(frozen=True)
class EntropyState:
    """What is seen of the entropies."""

    opacity: float
    shown: float
    """Number of particles whose curve is bright; broken on the way to the next."""
    kinks: tuple[float, ...]
    """Energies per particle, in hartree, of the lights where particles begin to escape."""
    bath: float
    """How much of the canonical curve is there, 0..1."""


def kinks(shown: float) -> tuple[float, ...]:
    """Return where the escapes begin; on the way from N to N + 1 particles the first light splits."""
    low = int(min(max(np.floor(shown), NUMBERS[0]), NUMBERS[-1] - 1))
    before, after = tables.onsets(low), tables.onsets(low + 1)
    way = shown - low
    start = np.concatenate([before[:1], before])
    return tuple((start + way * (after - start)).tolist())


class Entropies:
    """The curves, with lights at their kinks and lights that run along the bright one."""

    def __init__(self, stage: Stage[Any], plot: Plot) -> None:
        self._plot = plot
        self._bath = LitCurve(stage, 12.0, filled=0.0, colour="ink")
        self._curves = [LitCurve(stage, 5.0, filled=0.14) for _ in NUMBERS]
        self._kinks, self._run = Lights(stage, sharp=True), Lights(stage, sharp=True)

    def lay(self, state: EntropyState, passes: float) -> None:
        """Show them."""
        plot, bright, places = self._plot, [], []
        tablesN = [tables.entropy(N) for N in NUMBERS]
        for curve, table, N in zip(self._curves, tablesN, NUMBERS, strict=True):
            near = float(np.clip(1 - abs(state.shown - N), 0, 1))
            there = float(np.clip(state.shown - N + 1, 0, 1))
            points = plot.at(table.E, table.T, ENTROPY)
            heat = table.T / ENTROPY.top * _WARM
            curve.lay(points, heat, plot.bottom, state.opacity * there * (0.35 + 0.65 * near))
            bright.append(near * there)
            places.append(along(points, runners(RUNNERS, passes))[0])
        near = int(np.argmax(bright))
        self._run.lay(places[near], np.full(RUNNERS, _WARM), 0.42, state.opacity)
        E = np.array(state.kinks)
        low = int(min(max(np.floor(state.shown), 1), NUMBERS[-1] - 1))
        way = state.shown - low
        ours, theirs = (np.interp(E, tablesN[N - 1].E, tablesN[N - 1].T) for N in (low, low + 1))
        at = plot.at(E, ours + way * (theirs - ours), ENTROPY)
        self._kinks.lay(at, np.full(len(E), 2 * _WARM), 0.8, state.opacity)
        table = tables.canonical_entropy()
        shown = max(round(state.bath * table.E.size), 0)
        points = plot.at(table.E[:shown], table.T[:shown], ENTROPY)
        self._bath.lay(points, table.T[:shown] if shown else [0.0], plot.bottom, 0.8 * state.opacity)
