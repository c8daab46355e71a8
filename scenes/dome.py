"""Segment 2: entropy counts arrangements; its slope with energy is 1/T, and past the top T is negative."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, discs, fill_shape, line, paint
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.coldness import temperature_from_beta
from physics.entropy import log_multiplicity
from physics.examples import DELTA_E_J, FEW, PARTICLES
from physics.microcanonical import beta_exact

_START, _CLIMBED, _END = 0.02, 0.30, 0.86  # places along the energy axis where the voice dwells
_GRADIENT_STOPS = 24
_TANGENT = 1.5  # half its length in scene units
_SHORT_NAME = 0.7  # an axis name of a character or two stays upright
_MARKS = ("none", "one", "two", "three", "four")


@dataclass(frozen=True)
class DomeState:
    """What a frame shows: n of N particles up, S/k, the slope x = beta dE of the dome and the temperature."""

    counted: float
    """Columns of the four-particle count that are shown, 0..5."""
    drawn: float
    """Particles up to which the dome is drawn."""
    n: float
    entropy_over_k: float
    slope: float
    T_mK: float


class Dome(Stage[DomeState]):
    """The exact dome of a hundred two-level particles, climbed by a point with its tangent."""

    def build(self) -> None:
        ink, faint = hex_rgb(self.theme.ink), hex_rgb(self.theme.faint)
        plot_box, panel = self.area.split(0.66, gap=0.7, wide=1.6)
        self._build_axes(plot_box.inset(left=0.75, bottom=0.75, top=0.3), faint)
        self._build_count(faint)
        self._build_dome(ink)
        self._build_panel(panel)
        self._counted = [self.track((f"dome.count:{mark}", 0, 0), (f"dome.count:{mark}", 0.3, 1)) for mark in _MARKS]
        self._place = self.track(
            ("dome.slope", 0.2, _START),
            ("dome.slope:end", 0.3, _CLIMBED),
            ("dome.top", 0.0, _CLIMBED),
            ("dome.top:flat", 0.0, 0.5),
            ("dome.beyond", 0.0, 0.5),
            ("dome.beyond:negative", 1.0, _END),
        )

    def _build_axes(self, box: Box, faint: NDArray[np.float64]) -> None:
        self._plot = box
        origin, right, up = box.at(0, 0), box.at(1, 0), box.at(0, 1)
        self.put(fill_shape(np.concatenate([arrow(origin, right, 0.04, 0.22), arrow(origin, up, 0.04, 0.22)])), faint)
        self.text("common.energy", box.at(1, 0) - [0, 0.2, 0], SMALL, "muted", mn.UR)
        for label, at, until in (("dome.arrangements", 0, "dome.slope"), ("common.entropy", "dome.slope", None)):
            name = self.text(label, box.at(0, 0.5), SMALL, "muted", widest=box.height)
            if name.width > _SHORT_NAME:
                name.rotate(np.pi / 2)
            name.move_to(box.at(0, 0.5) - [0.42, 0, 0])
            self.appear(name, at=at, until=until)

    def _on_axes(self, n: ArrayLike, entropy_over_k: ArrayLike) -> NDArray[np.float64]:
        """Return where n particles up and an entropy lie: points of shape (..., 3)."""
        top = float(log_multiplicity(PARTICLES, PARTICLES / 2))
        across = self._plot.left + 0.95 * self._plot.width * np.asarray(n, dtype=float) / PARTICLES
        up = self._plot.bottom + 0.92 * self._plot.height * np.asarray(entropy_over_k, dtype=float) / top
        return np.stack([across, up, np.zeros_like(across)], axis=-1)

    def _build_count(self, faint: NDArray[np.float64]) -> None:
        """Stack every arrangement of a few particles over its energy: filled discs are up, rings are down."""
        spacing, radius = 0.29, 0.105
        pitch = min(0.56, (self._plot.height - 1.35) / comb(FEW, FEW // 2))
        origin, right = self._plot.at(0, 0), self._plot.at(0.97, 0)
        for up in range(FEW + 1):
            foot = origin + (right - origin) * (0.1 + 0.2 * up) + [0, 0.4, 0]
            arrangements = list(combinations(range(FEW), up))
            slots = foot + np.array(
                [
                    [(k - (FEW - 1) / 2) * spacing, row * pitch, 0]
                    for row, _ in enumerate(arrangements)
                    for k in range(FEW)
                ]
            )
            filled = np.array([k in chosen for chosen in arrangements for k in range(FEW)])
            rgb = self.hotness_rgb(0.1 + 0.8 * up / FEW)
            self.appear(self.put(line(discs(slots, radius), 1.5), faint), at="dome.count", until="dome.slope")
            rings = self.put(line(discs(slots, radius), 2.0), rgb)
            ups = self.put(fill_shape(discs(slots[filled], radius) if filled.any() else np.zeros((0, 3))), rgb)
            count = self.readout(f"arrangements with {up} up", slots[-1] + [-0.59, 0.33, 0], HEADING)
            count.write(str(len(arrangements)))
            at = self.at(f"dome.count:{_MARKS[up]}")
            self.appear(rings, ups, count, at=at, until="dome.slope", fade_s=0.3)

    def _build_dome(self, ink: NDArray[np.float64]) -> None:
        n = np.linspace(0, PARTICLES, 201)
        entropy = log_multiplicity(PARTICLES, n)
        self._ghost = self.put(line(corners(self._on_axes(n, entropy)), 2.5), hex_rgb(self.theme.faint))
        self._curve = self.put(Trace(n, self._on_axes(n, entropy), 7.0))
        self._tangent = self.put(line(np.zeros((0, 3)), 5.0), ink)
        self._point = self.put(fill_shape(np.zeros((0, 3))))
        self.appear(self._ghost, self._curve, self._tangent, self._point, at="dome.slope", fade_s=0.2)

    def _build_panel(self, panel: Box) -> None:
        upper, lower = panel.split(0.4, wide=1.3)
        boltzmann = self.formula("S = k ln Omega", panel.at(0.5, 0.6), HEADING)
        self.appear(boltzmann, at=self.at("dome.count", 0.5), until="dome.slope")
        law = self.formula("1/T = (partial S)/(partial E)", upper.at(0.5, 0.6), HEADING)
        self.appear(law, at="dome.slope:slope")
        middle = lower.at(0.5, 0.62)
        temperature = self.text("common.temperature", middle + [0, 0.55, 0], SMALL, "muted")
        self._T = self.readout("T", middle - [0, 0.3, 0], HEADING, centred=True)
        self.appear(temperature, self._T, at="dome.slope:slope")
        for label, at, until in (
            ("dome.positive", "dome.slope:slope", "dome.top"),
            ("dome.infinite", "dome.top:flat", "dome.beyond"),
            ("dome.negative", "dome.beyond:negative", None),
        ):
            self.appear(self.text(label, middle - [0, 1.0, 0], BODY, widest=lower.width), at=at, until=until)

    def state(self, frame: int) -> DomeState:
        n = PARTICLES * self._place(frame)
        beta = float(beta_exact(PARTICLES, n, DELTA_E_J))
        return DomeState(
            counted=sum(track(frame) for track in self._counted),
            drawn=n,
            n=n,
            entropy_over_k=float(log_multiplicity(PARTICLES, n)),
            slope=beta * DELTA_E_J,
            T_mK=1e3 * float(temperature_from_beta(beta)),
        )

    def draw(self, state: DomeState) -> None:
        colour = self.hotness_rgb(state.n / PARTICLES)
        at = self._on_axes(state.n, state.entropy_over_k)
        self._curve.draw_to(state.drawn)
        self._point.points = discs([at], 0.14)
        along = self._on_axes(state.n + 1, state.entropy_over_k + state.slope) - at
        along *= _TANGENT / np.linalg.norm(along)
        self._tangent.points = corners([at - along, at + along])
        paint(self._point, colour)
        self._curve.gradient(self.hotness_rgb(np.linspace(0, state.n / PARTICLES, _GRADIENT_STOPS)))
        self._T.write(self.quantity("dome_temperature", state.T_mK * 1e-3))

    def places(self, state: DomeState) -> dict[str, NDArray[np.float64]]:
        return {"point": self._on_axes(state.n, state.entropy_over_k)}
