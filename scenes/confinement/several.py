"""Segment 4 of the paper's film: two, three and four particles escape one by one, and the drop shrinks."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import Track
from explainer.stage.shapes import paint
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from scenes.confinement import seams
from scenes.confinement.computed import (
    PARTICLES,
    averaged,
    bath_entropy,
    canonical_temperature,
    entropy,
    kinetic_temperature,
    largest_drop,
    microcanonical_temperature,
    states,
)
from scenes.confinement.landscape import Landscape
from scenes.confinement.plot import Limits, Plot, PlotCurve
from scenes.confinement.well import PHASE_PER_S
from scenes.protons import is_dark

CLOUD = Limits(-0.1, 0.036, 0.0, 0.2)
"""Energy and temperature a particle in hartree."""
ENTROPY = Limits(-0.1, 0.032, 0.0, 3.6)
"""Energy a particle in hartree, entropy a particle over k."""


@dataclass(frozen=True)
class SeveralState:
    """What a frame shows."""

    N: int
    near: float
    """How far the camera has come back from high energies, 0..1."""
    cloud: float
    averaged: float
    """How much of the averages is seen."""
    traced: float
    """How far they have been drawn, 0..1."""
    drop_hartree: float
    """How deep the averaged temperature falls at most."""
    kinked: float
    """How much of the entropies is seen."""
    drawn: float
    """How far those have been drawn, 0..1."""
    closing: float
    phase: float


class Several(Stage[SeveralState]):
    """Clouds of states for more and more particles, averages through them, entropies, and the well once more."""

    def build(self) -> None:
        at, fps = self.at, self.show.fps
        box = seams.whole(self)
        self._landscape = Landscape(self, self.frame.inset(bottom=-0.2, top=0.9))
        self._plot = Plot(self, box)
        self._curves = [PlotCurve(self, shade) for shade in (seams.COLD, seams.WARM, seams.BATH)]
        self._light: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._points: Sprites = self.put(Sprites(ball), bleeds=True)
        self._mean, self._mark = PlotCurve(self, None, 9.0), PlotCurve(self, None)
        self._entropies = [PlotCurve(self, shade, 6.0) for shade in (0.05, 0.17, 0.3, 0.42)]
        self._bath = PlotCurve(self, None, 9.0)
        mean, kink, last = at("several.averaged"), at("several.entropy"), at("several.end")
        marks = (at("several.branches:two", -0.2), at("several.branches:three"), at("several.branches:four"))
        again = np.linspace(mean + 0.2 * fps, max(at("several.averaged:drop", 0.8), mean + 2.0 * fps), 4)
        self._changes = (
            *((frame, N) for frame, N in zip(marks, PARTICLES[1:], strict=True)),
            *((float(f), N) for f, N in zip(again, PARTICLES, strict=True)),
        )
        self._near = Track(((0.15 * fps, 0.0), (marks[0], 1.0)))
        self._cloud = Track(((marks[0] - 0.4 * fps, 0.0), (marks[0], 1.0), (kink - 0.3 * fps, 1.0), (kink, 0.0)))
        self._averaged = Track(((mean - 0.1 * fps, 0.0), (mean + 0.2 * fps, 1.0), (kink - 0.3 * fps, 1.0), (kink, 0.0)))
        self._kinked = Track(
            ((kink - 0.1 * fps, 0.0), (kink + 0.3 * fps, 1.0), (last - 0.3 * fps, 1.0), (last + 0.1 * fps, 0.0))
        )
        self._drawn = Track(((kink + 0.1 * fps, 0.0), (last - 0.3 * fps, 1.0)))
        self._closing = Track(((last - 0.1 * fps, 0.0), (last + 0.4 * fps, 1.0)))
        names = (("confinement.temperature", -fps, kink - 0.1 * fps), ("confinement.entropy", kink, last - 0.1 * fps))
        for label, since, until in names:
            name = self.text(label, box.at(0, 1) + [0, 0.12, 0], BODY, "muted", mn.DL, widest=0.6 * box.width)
            self.appear(name, at=since, until=until, fade_s=0.3)
        energy = self.text("confinement.energy", box.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR, widest=box.width)
        self.appear(energy, at=-fps, until=last - 0.1 * fps)
        place = box.at(0.16, 0.62)
        self._number = self.readout("N", place, 2 * TITLE if self.is_wide else 1.4 * TITLE, centred=True)
        spinless = self.text("several.spinless", place - [0, 0.5, 0], BODY, "muted", widest=3.2)
        self.appear(spinless, at=marks[0], until=last - 0.1 * fps)
        closing = self.text(
            "several.closing", self.area.at(0.5, 0.93), HEADING, "ink", mn.ORIGIN, widest=self.area.width, weight="BOLD"
        )
        self.appear(closing, at="several.end:colder")
        paint(closing, self.hotness_rgb(seams.COLD))

    def state(self, frame: int) -> SeveralState:
        N = 1
        since = 0.0
        for change, number in self._changes:
            if frame >= change:
                N, since = number, change
        top, bottom = largest_drop(N)[1], largest_drop(N)[3]
        return SeveralState(
            N=N,
            near=self._near(frame),
            cloud=self._cloud(frame),
            averaged=self._averaged(frame),
            traced=float(min((frame - since) / (0.5 * self.show.fps), 1.0)),
            drop_hartree=top - bottom,
            kinked=self._kinked(frame),
            drawn=self._drawn(frame),
            closing=self._closing(frame),
            phase=PHASE_PER_S * frame / self.show.fps,
        )

    def draw(self, state: SeveralState) -> None:
        limits = ENTROPY if state.kinked > 0 else seams.FAR.towards(CLOUD, state.near)
        self._plot.lay(limits, max(1 - state.cloud - state.kinked, state.cloud, state.kinked) * (1 - state.closing))
        fading = (1 - state.cloud) * float(state.kinked == 0 and state.closing == 0 and state.near < 1)
        for curve, data in zip(
            self._curves, (kinetic_temperature(), microcanonical_temperature(), canonical_temperature()), strict=True
        ):
            dots = 0.0 if curve is self._curves[2] else 0.13 * 0.4
            curve.lay(self._plot, *data, limits, limits.right, fading, dots)
        self._draw_cloud(state, limits)
        far = limits.left + (limits.right - limits.left) * state.drawn
        for curve, N in zip(self._entropies, PARTICLES, strict=True):
            curve.lay(self._plot, *entropy(N), limits, far, state.kinked)
        self._bath.lay(
            self._plot, *bath_entropy(), limits, limits.left + 1.2 * (far - limits.left) - 0.02, state.kinked
        )
        self._landscape.lay(6, state.phase, 1.0, 6, seams.COLD, state.closing)
        self._number.write(self.quantity("count", state.N) if state.cloud > 0 else "")
        self._number.fill_rgbas[:, 3] = state.cloud

    def _draw_cloud(self, state: SeveralState, limits: Limits) -> None:
        E, T, free = states(state.N)
        places = self._plot.at(E, T, limits)
        rgb = self.hotness_rgb(0.05 + 0.42 * free / max(state.N, 1))
        swing = 0.02 * np.sin(4 * state.phase + np.arange(len(E)))
        places[:, 1] += swing
        seen = state.cloud * state.traced
        self._light.lay(places, 0.36, rgb, 0.35 * seen)
        self._points.lay(places, 0.1, rgb, seen)
        E, T = averaged(state.N)
        end = E[0] + (limits.right - E[0]) * state.traced
        self._mean.lay(self._plot, E, T, limits, float(end), state.averaged)
        at_E, top, to_E, bottom = largest_drop(state.N)
        marks = np.array([at_E, to_E]), np.array([top, bottom])
        self._mark.lay(self._plot, *marks, limits, limits.right, state.averaged * state.traced, 0.2)
