"""Segment 3: coldness runs straight from cold to hot while temperature leaps; heat flows from negative to positive."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, discs, fill_shape, paint, rectangle, strip
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from physics.coldness import temperature_from_beta
from physics.contact import relax
from physics.examples import COLD_BODY, COLD_X, DELTA_E_J, HOT_BODY, HOT_X
from physics.two_level import upper_fraction

_X_END = 4.0  # the coldness axis runs from +4 to -4 in units of 1/dE
_TICK = 0.36 * _X_END
_STRIP_STEPS = 65
_STRIP_HEIGHT = 0.16
_MARKER_RADIUS = 0.17
_RELAXATION_TIMES = 8.0  # how many of them the contact is watched for
_CURVE_STEPS = 241


@dataclass(frozen=True)
class OrderingState:
    """What a frame shows: coldness x = beta dE of the marker and of the two bodies, temperatures, entropy gained."""

    x: float
    T_mK: float
    elapsed: float
    """Time since the bodies touched, in relaxation times."""
    x_hot: float
    x_cold: float
    T_hot_mK: float
    T_cold_mK: float
    heat: float
    """Heat still to flow, as a fraction of all that flows."""
    entropy_gain_over_k: float


def _temperature_mK(x: float) -> float:
    return 1e3 * float(temperature_from_beta(x / DELTA_E_J))


def _hotness(x: ArrayLike) -> NDArray[np.float64]:
    """Return the upper fraction at coldness x: the film's place between coldest and hottest."""
    return upper_fraction(np.asarray(x) / DELTA_E_J, DELTA_E_J)


class Ordering(Stage[OrderingState]):
    """One state on two axes, then two bodies in contact whose markers meet on the axis of coldness."""

    def build(self) -> None:
        self._left, self._right = self.area.left + 0.5, self.area.right - 0.5
        self._build_coldness_axis(self.area.at(0.5, 0.72)[1])
        self._build_temperature_axis(self.area.at(0.5, 0.25)[1])
        self._build_contact(self.area.inset(top=self.area.height * 0.43))
        ink = hex_rgb(self.theme.ink)
        self._markers = [self.put(self._marker(), ink) for _ in range(4)]
        coldness, temperature, hot, cold = self._markers
        self.appear(coldness, at="ordering.coldness", until=self.at("ordering.coldness:end", 0.5), fade_s=0.25)
        self.appear(temperature, at="ordering.jump", until="ordering.contact")
        self._again = self.put(self._marker(), ink)
        self.appear(self._again, at="ordering.jump", until="ordering.contact", fade_s=0.25)
        self.appear(hot, cold, at="ordering.contact")
        self._first = self.track(("ordering.coldness", 0.3, _X_END), ("ordering.coldness:end", 0.1, -_X_END))
        self._second = self.track(
            ("ordering.jump", 0.2, _X_END),
            ("ordering.jump:jump", -0.15, 0.12),
            ("ordering.jump:jump", 0.25, -0.12),
            ("ordering.jump:cold_end", 0.5, -_X_END),
        )
        self._elapsed_track = self.track(
            ("ordering.contact:flow", 0.0, 0.0), ("ordering.contact:end", 0.4, _RELAXATION_TIMES)
        )

    def _marker(self) -> mn.VMobject:
        marker = mn.VMobject(stroke_width=4.0, fill_opacity=1)
        marker.points = discs([mn.ORIGIN], _MARKER_RADIUS)
        return marker

    def _build_coldness_axis(self, y: float) -> None:
        self._coldness_y = y
        x = np.linspace(_X_END, -_X_END, _STRIP_STEPS)
        low, high = y - _STRIP_HEIGHT / 2, y + _STRIP_HEIGHT / 2
        self.put(strip(self._left, self._right, low, high, self.hotness_rgb(_hotness(x))))
        self.text("common.coldness", [self._left, y + 0.6, 0], BODY, edge=mn.LEFT)
        self.formula("beta = 1 slash k T", [self._right, y + 0.6, 0], BODY, "ink", mn.RIGHT)
        self.text("common.cold", [self._left, y - 0.45, 0], SMALL, "muted", mn.LEFT)
        self.text("common.hot", [self._right, y - 0.45, 0], SMALL, "muted", mn.RIGHT)
        for place, tick in ((_TICK, "beta > 0"), (0.0, "0"), (-_TICK, "beta < 0")):
            self.formula(tick, [self._coldness_x(place), y - 0.45, 0], SMALL, "muted")

    def _coldness_x(self, x: float) -> float:
        return float(np.interp(x, (-_X_END, _X_END), (self._right, self._left)))

    def _build_temperature_axis(self, y: float) -> None:
        """Lay out T as a number line: minus infinity at the left, zero in the middle, plus infinity at the right."""
        self._temperature_y = y
        middle = (self._left + self._right) / 2
        low, high = y - _STRIP_HEIGHT / 2, y + _STRIP_HEIGHT / 2
        share = np.linspace(0, 1, _STRIP_STEPS)
        with np.errstate(divide="ignore"):
            x = 1 / np.tan(share * np.pi / 2)  # inverse of `_temperature_x`
        positive = strip(middle, self._right, low, high, self.hotness_rgb(_hotness(x)))
        negative = strip(self._left, middle, low, high, self.hotness_rgb(_hotness(-x[::-1])))
        parts = [self.put(negative), self.put(positive)]
        parts.append(self.text("common.temperature", [self._left, y + 0.6, 0], BODY, edge=mn.LEFT))
        parts.append(self.formula("T", [self._right, y + 0.6, 0], BODY, "ink", mn.RIGHT))
        for place, tick in ((self._left, "-infinity"), (middle, "-0 #h(0.9em) +0"), (self._right, "+infinity")):
            parts.append(self.formula(tick, [place, y - 0.45, 0], SMALL, "muted"))
        parts[-1].align_to([self._right, 0, 0], mn.RIGHT)
        parts[-3].align_to([self._left, 0, 0], mn.LEFT)
        self.appear(*parts, at=0, until="ordering.contact", fade_s=0.3)

    def _temperature_x(self, x: float) -> float:
        """Return where T = dE/(k x) lies: the arctangent brings both infinities into view."""
        share = 2 / np.pi * np.arctan2(1.0, abs(x))
        middle, half = (self._left + self._right) / 2, (self._right - self._left) / 2
        return float(middle + half * share if x >= 0 else middle - half * share)

    def _build_contact(self, box: Box) -> None:
        faint = hex_rgb(self.theme.faint)
        t = np.linspace(0.0, _RELAXATION_TIMES, _CURVE_STEPS)
        self._run = relax(HOT_BODY, COLD_BODY, HOT_X / DELTA_E_J, COLD_X / DELTA_E_J, tau_s=1.0, t_s=t)
        bodies, plot = box.inset(left=0.5, right=0.5, bottom=0.1).split(0.58, gap=0.6, wide=2.2)
        self._build_bodies(bodies)
        self._build_entropy(plot.inset(left=0.3, bottom=0.5, top=0.2), faint)

    def _build_bodies(self, box: Box) -> None:
        """Draw each body as wide as it has particles, the two touching."""
        share = HOT_BODY.N / (HOT_BODY.N + COLD_BODY.N)
        border = box.at(share, 0)[0]
        self._bodies = [
            self.put(fill_shape(rectangle(box.left, border, box.bottom, box.top))),
            self.put(fill_shape(rectangle(border, box.right, box.bottom, box.top))),
        ]
        low, high = box.at(0, 0.3)[1], box.at(0, 0.68)[1]
        self._temperatures = [
            self.readout(f"T of body {name}", [x + 0.22, high, 0], BODY, "background", on=body)
            for name, x, body in zip(("hot", "cold"), (box.left, border), self._bodies, strict=True)
        ]
        self._flow_from = np.array([border - 1.0, low, 0.0])
        self._flow = self.put(fill_shape(np.zeros((0, 3))), hex_rgb(self.theme.background))
        self.appear(*self._bodies, *self._temperatures, self._flow, at="ordering.contact")
        heat = self.text("ordering.heat", [border + 1.5, low, 0], BODY, "background", mn.LEFT, on=self._bodies[1])
        self.appear(heat, at="ordering.contact:flow", until=self.at("ordering.contact:flow", 2.0))

    def _build_entropy(self, box: Box, faint: NDArray[np.float64]) -> None:
        origin = box.at(0, 0)
        axes = np.concatenate([arrow(origin, box.at(1, 0), 0.04, 0.2), arrow(origin, box.at(0, 1), 0.04, 0.2)])
        frame = self.put(fill_shape(axes), faint)
        label = self.text("ordering.total_entropy", box.at(0, 1) + [0.25, 0.05, 0], SMALL, "muted", mn.LEFT)
        time = self.text("common.time", box.at(1, 0) - [0, 0.3, 0], SMALL, "muted", mn.RIGHT)
        gain = self._run.entropy_total_J_per_K - self._run.entropy_total_J_per_K[0]
        across = box.left + 0.9 * box.width * self._run.t_s / _RELAXATION_TIMES
        up = box.bottom + 0.15 + 0.65 * box.height * gain / gain[-1]
        self._entropy = self.put(Trace(self._run.t_s, np.stack([across, up, np.zeros_like(up)], axis=1)))
        paint(self._entropy, hex_rgb(self.theme.ink))
        self.appear(frame, label, time, self._entropy, at="ordering.contact")

    def state(self, frame: int) -> OrderingState:
        x = self._second(frame) if frame >= self.at("ordering.jump") else self._first(frame)
        elapsed, run = self._elapsed_track(frame), self._run
        energy = np.interp(elapsed, run.t_s, run.energy_a_J)
        x_hot = float(np.interp(elapsed, run.t_s, run.beta_a_per_J)) * DELTA_E_J
        x_cold = float(np.interp(elapsed, run.t_s, run.beta_b_per_J)) * DELTA_E_J
        gain = np.interp(elapsed, run.t_s, run.entropy_total_J_per_K) - run.entropy_total_J_per_K[0]
        return OrderingState(
            x=x,
            T_mK=_temperature_mK(x),
            elapsed=elapsed,
            x_hot=x_hot,
            x_cold=x_cold,
            T_hot_mK=_temperature_mK(x_hot),
            T_cold_mK=_temperature_mK(x_cold),
            heat=float((energy - run.energy_a_J[-1]) / (run.energy_a_J[0] - run.energy_a_J[-1])),
            entropy_gain_over_k=float(gain / K_B),
        )

    def draw(self, state: OrderingState) -> None:
        coldness, temperature, hot, cold = self._markers
        for marker in (coldness, self._again):
            self._place(marker, [self._coldness_x(state.x), self._coldness_y, 0], state.x)
        self._place(temperature, [self._temperature_x(state.x), self._temperature_y, 0], state.x)
        for marker, body, readout, x, T_mK in (
            (hot, self._bodies[0], self._temperatures[0], state.x_hot, state.T_hot_mK),
            (cold, self._bodies[1], self._temperatures[1], state.x_cold, state.T_cold_mK),
        ):
            self._place(marker, [self._coldness_x(x), self._coldness_y, 0], x)
            paint(body, self.hotness_rgb(_hotness(x)))
            readout.write(self.quantity("body_temperature", T_mK * 1e-3))
        tip = self._flow_from + [1.9 * state.heat if state.elapsed > 0 else 0.0, 0, 0]
        self._flow.points = arrow(self._flow_from, tip, 0.16, 0.42)
        self._entropy.draw_to(state.elapsed)

    def _place(self, marker: mn.VMobject, at: list[float], x: float) -> None:
        marker.points = discs([at], _MARKER_RADIUS)
        marker.fill_rgbas[:, :3] = self.hotness_rgb(_hotness(x))

    def places(self, state: OrderingState) -> dict[str, NDArray[np.float64]]:
        y = self._coldness_y
        return {
            "coldness marker": np.array([self._coldness_x(state.x), y, 0.0]),
            "temperature marker": np.array([self._temperature_x(state.x), self._temperature_y, 0.0]),
            "hot body": np.array([self._coldness_x(state.x_hot), y, 0.0]),
            "cold body": np.array([self._coldness_x(state.x_cold), y, 0.0]),
        }
