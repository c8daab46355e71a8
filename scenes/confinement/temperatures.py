"""Segment 3 of the paper's film: three temperatures of one particle, which part at the escape and meet far above."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import Track
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING
from scenes.confinement import seams
from scenes.confinement.computed import (
    canonical_temperature,
    counted,
    kinetic_temperature,
    microcanonical_temperature,
)
from scenes.confinement.plot import Plot, PlotCurve

_ROUNDS = 5  # of the lights along the curves, whole ones, so that the last picture has them at the end
_MOST = 3.4  # entropy over k at the upper end of the plot


@dataclass(frozen=True)
class TemperaturesState:
    """What a frame shows."""

    far: float
    """How far the camera is back, 0..1."""
    counted_to: float
    """Energy in hartree up to which levels have been counted."""
    counting: float
    """How much of the count is seen."""
    mu_to: float
    bath_to: float
    entropy_over_k: float
    """Where the count has come to."""
    lit: float
    """Share of the plot's width at which the lights of the curves are, which go along them."""


class Temperatures(Stage[TemperaturesState]):
    """One plot: kinetic temperature, then the microcanonical one, then that of a bath."""

    def build(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        box = seams.whole(self)
        self._plot = Plot(self, box)
        self._count = PlotCurve(self, None, 5.0)
        self._curves = [PlotCurve(self, shade) for shade in (seams.COLD, seams.WARM, seams.BATH)]
        slope, bath = at("temperatures.count:slope"), at("temperatures.bath:spreads")
        left, right = seams.CLOSE.left, seams.FAR.right
        self._counted = Track(((0.3 * fps, left), (slope, seams.CLOSE.right)))
        self._counting = Track(((0.1 * fps, 0.0), (0.4 * fps, 1.0), (slope + 0.8 * fps, 1.0), (slope + 1.3 * fps, 0.0)))
        self._mu = Track(
            (
                (slope - 0.1 * fps, left),
                (at("temperatures.bath", -0.3), seams.CLOSE.right),
                (at("temperatures.bath"), right),
            )
        )
        self._bath = Track(
            (
                (bath - 0.6 * fps, left),
                (at("temperatures.agree", -0.5), seams.CLOSE.right),
                (at("temperatures.agree", -0.2), right),
            )
        )
        agree = at("temperatures.agree")
        self._far = Track(((agree - 0.2 * fps, 0.0), (end - 0.4 * fps, 1.0)))
        self.appear(
            self.text("confinement.energy", box.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR, widest=box.width),
            self.text("confinement.temperature", box.at(0, 1) + [0, 0.12, 0], BODY, "muted", mn.DL, widest=box.width),
            at=-fps,
        )
        since = (-fps, slope, bath)
        for number, (notation, start) in enumerate(zip(("T_K", "T_mu", "T_C"), since, strict=True)):
            name = self.formula(notation, box.at(0.08, 0.9 - 0.13 * number), HEADING, "ink", mn.LEFT)
            self.appear(name, at=max(start, 0.3 * fps))
            name.fill_rgbas[:, :3] = self.hotness_rgb((seams.COLD, seams.WARM, seams.BATH)[number])

    def state(self, frame: int) -> TemperaturesState:
        E, S = counted()
        to = self._counted(frame)
        return TemperaturesState(
            far=self._far(frame),
            counted_to=to,
            counting=self._counting(frame),
            mu_to=self._mu(frame),
            lit=_ROUNDS * frame / self.show.frame_count % 1.0,
            bath_to=self._bath(frame),
            entropy_over_k=float(S[max(int(np.searchsorted(E, to, side="right")) - 1, 0)]),
        )

    def draw(self, state: TemperaturesState) -> None:
        limits = seams.CLOSE.towards(seams.FAR, state.far)
        self._plot.lay(limits, 1.0)
        E, S = counted()
        x, y = np.repeat(E, 2)[1:], np.repeat(S, 2)[:-1] * limits.top / _MOST
        self._count.lay(self._plot, x, y, limits, state.counted_to, state.counting)
        dots = 0.13 * (1 - 0.6 * state.far)
        for curve, data, end in zip(
            self._curves,
            (kinetic_temperature(), microcanonical_temperature(), canonical_temperature()),
            (limits.right, state.mu_to, state.bath_to),
            strict=True,
        ):
            curve.lay(
                self._plot,
                *data,
                limits,
                min(end, limits.right),
                1.0,
                0.0 if curve is self._curves[2] else dots,
                limits.left + (limits.right - limits.left) * state.lit,
            )
