"""Segment 1 of the paper's film: a particle in a well in a box, and the levels that the well holds."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import Track
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from scenes.confinement import seams
from scenes.confinement.computed import levels
from scenes.confinement.landscape import Landscape
from scenes.confinement.plot import Plot, PlotCurve

PHASE_PER_S = 3.2
"""Radians a second of a wave's phase on screen; that of a real one is 1e16 times as fast."""


@dataclass(frozen=True)
class WellState:
    """What a frame shows."""

    n: int
    phase: float
    away: float
    """How far the camera is from the well, 0..1."""
    swell: float
    energy_hartree: float
    kinetic_hartree: float
    plotted: float
    """How much of the kinetic energies is seen."""


class WellLevels(Stage[WellState]):
    """The landscape, then level after level; beside it their kinetic energies."""

    def build(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        box, beside = seams.parts(self)
        self._landscape = Landscape(self, box)
        self._plot, self._curve = Plot(self, beside), PlotCurve(self, seams.COLD)
        near = at("well.box:well", 0.3)
        self._away = Track(((0.3 * fps, 1.0), (near + 0.3 * fps, 1.0), (at("well.levels", 0.2), 0.0)))
        first, last = at("well.levels:bound"), end - 1.0 * fps
        self._steps = tuple(np.linspace(first, last, seams.TOP_LEVEL).tolist())
        self._plotted = Track(((first - 0.6 * fps, 0.0), (first - 0.1 * fps, 1.0)))
        names = [
            self.text("confinement.energy", beside.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR, widest=beside.width),
            self.text("confinement.kinetic", beside.at(0, 1) + [0, 0.12, 0], BODY, "muted", mn.DL, widest=beside.width),
        ]
        self.appear(*names, at=first - 0.4 * fps)

    def state(self, frame: int) -> WellState:
        n = sum(frame >= step for step in self._steps)
        near = min((abs(frame - step) for step in self._steps), default=1e9)
        found = levels()
        return WellState(
            n=n,
            phase=PHASE_PER_S * (frame - self.show.frame_count) / self.show.fps,
            away=self._away(frame),
            swell=float(min(near / (0.2 * self.show.fps), 1.0)),
            energy_hartree=float(found.energy_hartree[n]),
            kinetic_hartree=float(found.kinetic_hartree[n]),
            plotted=self._plotted(frame),
        )

    def draw(self, state: WellState) -> None:
        self._landscape.lay(state.n, state.phase, state.away, state.n, seams.COLD, 1.0, state.swell)
        self._plot.lay(seams.KINETIC, state.plotted)
        found = levels()
        self._curve.lay(
            self._plot,
            np.asarray(found.energy_hartree)[:7],
            np.asarray(found.kinetic_hartree)[:7],
            seams.KINETIC,
            state.energy_hartree,
            state.plotted,
            0.16,
        )
