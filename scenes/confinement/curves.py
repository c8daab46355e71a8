"""The three temperatures of one particle as lit curves, and that of the deeper well, with lights that run along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explainer.stage.stage import Stage
from scenes.confinement import tables
from scenes.confinement.chart import Lights, LitCurve, Look, Plot, along, dot_radii, runners, within
from scenes.confinement.seams import DIM, PASSES_PER_S, RUNNERS


@dataclass(frozen=True)
class ThreeState:
    """How much of each curve there is."""

    deep: float
    """Opacity of the deeper well's curve."""
    counted_to: float
    """Energy, in hartree, up to which the microcanonical temperature is drawn; below the first level for none."""
    bath_to: float
    """The same for the canonical one."""
    passes: float
    opacity: float


def three_curves(deep: float, counted_to: float, bath_to: float, seconds: float, opacity: float = 1.0) -> ThreeState:
    """Return how they are at a time, counted from the end of a segment."""
    return ThreeState(deep, counted_to, bath_to, PASSES_PER_S * seconds, opacity)


class ThreeCurves:
    """Kinetic, microcanonical and canonical temperature over energy."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._kinetic, self._deep = LitCurve(stage), LitCurve(stage, 6.0)
        self._counted = LitCurve(stage, 5.0, filled=0.0, colour="muted")
        self._bath = LitCurve(stage, 6.0, filled=0.16, colour="ink")
        self._dots, self._deep_dots, self._counted_dots = (Lights(stage, sharp=True) for _ in range(3))
        self._run = Lights(stage, sharp=True)

    def lay(self, state: ThreeState, plot: Plot, look: Look) -> None:
        """Show them on a chart."""
        own = (1 - (1 - DIM) * state.deep) * state.opacity
        E, T = within(tables.kinetic(), look)
        points = plot.at(E, T, look)
        self._kinetic.lay(points, T, plot.bottom, own)
        self._dots.lay(points, T, dot_radii(points, 0.22), own)
        deep_E, deep_T = within(tables.deep(), look)
        deep_points = plot.at(deep_E, deep_T, look)
        self._deep.lay(deep_points, deep_T, plot.bottom, state.deep * state.opacity)
        radii = dot_radii(deep_points, 0.24)
        self._deep_dots.lay(deep_points, deep_T, radii, state.deep * state.opacity)
        counted_E, counted_T = self._until(tables.counted(), state.counted_to, look)
        counted = plot.at(counted_E, counted_T, look)
        self._counted.lay(counted, counted_T, plot.bottom, state.opacity)
        small = dot_radii(counted, 0.18) if len(counted) > 1 else 0.18
        self._counted_dots.lay(counted, counted_T, small, 0.8 * state.opacity)
        bath_E, bath_T = self._until(tables.bath(), state.bath_to, look)
        bath = plot.at(bath_E, bath_T, look)
        self._bath.lay(bath, bath_T, plot.bottom, state.opacity)
        places, temperatures = [np.zeros((0, 3))], [np.zeros(0)]
        watched = (deep_points, deep_T) if state.deep > 0.5 else (points, T)
        for curve, its in (watched, (counted, counted_T), (bath, bath_T)):
            if len(curve) > 2:
                at, index = along(curve, runners(RUNNERS, state.passes))
                places.append(at)
                temperatures.append(np.interp(index, np.arange(len(its)), its))
        self._run.lay(np.concatenate(places), np.concatenate(temperatures) + 0.04, 0.42, state.opacity)

    def _until(self, table: tables.Table, end: float, look: Look) -> tuple[tables.Numbers, tables.Numbers]:
        E, T = within(table, look)
        shown = end >= E
        if not shown.any():
            return E[:0], T[:0]
        if shown.all():
            return E, T
        return np.append(E[shown], end), np.append(T[shown], np.interp(end, E, T))
