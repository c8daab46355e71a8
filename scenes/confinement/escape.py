"""Segment 2 of the paper's film: the particle escapes, and its kinetic energy falls while its energy rises."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import Track
from explainer.stage.shapes import paint
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, TITLE
from scenes.confinement import seams
from scenes.confinement.computed import kinetic_temperature, levels
from scenes.confinement.landscape import Landscape
from scenes.confinement.plot import Limits, Plot, PlotCurve
from scenes.confinement.well import PHASE_PER_S

DEEP = Limits(-0.21, 0.03, 0.0, 0.3)
"""Energy and temperature in hartree, for the deeper well."""


@dataclass(frozen=True)
class EscapeState:
    """What a frame shows."""

    n: int
    phase: float
    away: float
    swell: float
    kinetic_hartree: float
    """Where the dot is on its way between the levels' kinetic energies."""
    fallen: float
    """How far it has fallen from the last bound level to the first free one, 0..1."""
    landscape: float
    deep: float
    """How much of the deeper well's curve is seen."""
    traced: float
    """How much of that curve has been drawn, 0..1."""
    whole: float
    """How much of the plot that fills the picture is seen."""
    told: float
    walked_hartree: float
    """Energy of the dot that goes along the curve."""


class Escape(Stage[EscapeState]):
    """The last bound wave and the first free one; the curve that falls; that of a deeper well."""

    def build(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        box, beside = seams.parts(self)
        self._landscape = Landscape(self, box)
        self._plot, self._curve = Plot(self, beside), PlotCurve(self, seams.COLD)
        self._dot = PlotCurve(self, seams.WARM)
        big = seams.whole(self)
        self._big, self._kinetic, self._deep = Plot(self, big), PlotCurve(self, seams.COLD), PlotCurve(self, None)
        self._free = at("escape.free:free", -0.2)
        self._away = Track(((self._free - 0.3 * fps, 0.0), (self._free + 1.0 * fps, 1.0)))
        drop = at("escape.free:drop")
        self._fallen = Track(((drop - 0.9 * fps, 0.0), (drop + 0.3 * fps, 1.0)))
        capacity, deep = at("escape.capacity", -0.1), at("escape.deep", -0.1)
        self._landscaped = Track(((capacity - 0.1 * fps, 1.0), (capacity + 0.4 * fps, 0.0)))
        self._whole = Track(((capacity + 0.1 * fps, 0.0), (capacity + 0.6 * fps, 1.0)))
        self._deeper = Track(((deep, 0.0), (deep + 0.4 * fps, 1.0), (end - 0.8 * fps, 1.0), (end - 0.3 * fps, 0.0)))
        self._traced = Track(((deep + 0.3 * fps, 0.0), (end - 1.1 * fps, 1.0)))
        self._told = Track(
            ((drop - 0.2 * fps, 0.0), (drop + 0.1 * fps, 1.0), (capacity - 0.1 * fps, 1.0), (capacity + 0.2 * fps, 0.0))
        )
        walk = (seams.CLOSE.left + 0.01, 0.0, 0.03)
        times = (capacity + 0.4 * fps, at("escape.capacity:negative", 0.6), deep - 0.2 * fps)
        self._walked = Track(tuple(zip(times, walk, strict=True)))
        places = (
            (beside, "confinement.kinetic", -10.0 * fps, capacity),
            (big, "confinement.temperature", capacity + 0.2 * fps, None),
        )
        for where, label, since, until in places:
            names = [
                self.text(
                    "confinement.energy", where.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR, widest=where.width
                ),
                self.text(label, where.at(0, 1) + [0, 0.12, 0], BODY, "muted", mn.DL, widest=where.width),
            ]
            self.appear(*names, at=since, until=until)
        self._factor = self.readout(
            "factor", [beside.at(0.55, 0)[0], beside.at(0, 0.5)[1], 0], 1.3 * TITLE, centred=True
        )

    def state(self, frame: int) -> EscapeState:
        n = seams.TOP_LEVEL + int(frame >= self._free)
        kinetic, fallen = levels().kinetic_hartree, self._fallen(frame)
        before, after = float(kinetic[seams.TOP_LEVEL]), float(kinetic[seams.TOP_LEVEL + 1])
        return EscapeState(
            n=n,
            phase=PHASE_PER_S * frame / self.show.fps,
            away=self._away(frame),
            swell=float(min(abs(frame - self._free) / (0.2 * self.show.fps), 1.0)),
            kinetic_hartree=before + (after - before) * fallen,
            fallen=fallen,
            landscape=self._landscaped(frame),
            deep=self._deeper(frame),
            traced=self._traced(frame),
            whole=self._whole(frame),
            told=self._told(frame),
            walked_hartree=self._walked(frame),
        )

    def draw(self, state: EscapeState) -> None:
        found = levels()
        E, K = np.asarray(found.energy_hartree)[:7], np.asarray(found.kinetic_hartree)[:7]
        self._landscape.lay(state.n, state.phase, state.away, state.n, seams.COLD, state.landscape, state.swell)
        self._plot.lay(seams.KINETIC, state.landscape)
        end = float(E[5] + (E[6] - E[5]) * state.fallen)
        self._curve.lay(self._plot, E, K, seams.KINETIC, end if state.fallen else float(E[5]), state.landscape, 0.16)
        at = np.array([end])
        self._dot.lay(
            self._plot,
            at,
            np.array([state.kinetic_hartree]),
            seams.KINETIC,
            end,
            state.landscape * float(state.fallen > 0),
            0.24,
        )
        self._factor.write(
            self.quantity("factor", float(found.kinetic_hartree[5] / found.kinetic_hartree[6]))
            if state.told > 0
            else ""
        )
        self._factor.fill_rgbas[:, 3] = state.told
        paint(self._factor, self.hotness_rgb(seams.WARM))
        E, T = kinetic_temperature()
        limits = seams.CLOSE.towards(DEEP, state.deep)
        self._big.lay(limits, state.whole)
        self._kinetic.lay(self._big, E, T, limits, limits.right, state.whole * (1 - 0.8 * state.deep), 0.13)
        if state.landscape == 0:
            walked = float(np.clip(4 * (1 - 2 * abs(state.whole - 0.5)), 0, 1)) if state.whole < 1 else 1.0
            at = np.array([state.walked_hartree])
            seen = walked * (1 - state.deep) * float(state.walked_hartree < 0.0299)
            self._dot.lay(self._big, at, np.interp(at, E, T), limits, limits.right, seen, 0.26)
        E, T = kinetic_temperature(deep=True)
        end = float(DEEP.left + (DEEP.right - DEEP.left) * state.traced)
        self._deep.lay(self._big, E, T, limits, end, state.deep, 0.13)
