"""Segment 4: two lasing levels, pumped past inversion, make light grow; then the closing line over the whole scale."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, discs, fill_shape, line, paint, rectangle, strip
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL, TITLE
from physics.coldness import temperature_from_beta
from physics.examples import LASER, LASER_LIFETIME_S, LASER_PUMP_PER_S, LASER_RAMP, LASER_WATCHED
from physics.laser import LaserState as Populations
from physics.three_level_laser import run, upper_fraction

_STEPS = 361
_PHOTON_RADIUS = 0.11
_ARCS = 9  # half waves between the mirrors
_WAVE_STEPS = 181
_STRIP_STEPS = 65


@dataclass(frozen=True)
class LightState:
    """What a frame shows: populations of the lasing levels as fractions, light in the cavity, effective temperature."""

    elapsed: float
    """Lifetimes of the upper level since the pump was turned up."""
    upper: float
    lower: float
    light: float
    """Photons, as a fraction of those at the end."""
    pump: float
    """Pump rate, as a fraction of the strong one."""
    T_K: float
    absorbing: float
    """Way of a photon into the lower level, 0..1."""
    copying: float
    """Way of a photon into the upper level, 0..1, and of the two that leave it, 1..2."""
    closing: float
    """Place on the closing scale, 0 coldest to 1 hottest."""


class Laser(Stage[LightState]):
    """A three-level laser's turn-on: levels and pump, light between mirrors, and the closing scale."""

    def build(self) -> None:
        self._integrate()
        levels, cavity = self.area.split(0.42 if self.area.width > self.area.height else 0.55, gap=0.9)
        first = len(self._all)
        self._build_levels(levels)
        upper, lower = cavity.inset(bottom=0.1).at(0, 0.52)[1], cavity.bottom
        self._build_cavity(Box(cavity.left, cavity.right, upper, cavity.top))
        self._build_growth(Box(cavity.left, cavity.right, lower + 0.55, upper - 0.5))
        for mobject in self._all[first:]:
            fade = self._fades.get(mobject)
            self.appear(mobject, at=fade.start if fade else -1, until="laser.end", fade_s=0.4)
        self._build_closing()
        self._elapsed = self.track(("laser.pump", 0.2, 0.0), ("laser.effective", 0.2, LASER_WATCHED))
        self._absorbing = self.track(("laser.light:absorb", -0.3, 0.0), ("laser.light:absorb", 0.5, 1.0))
        self._copying = self.track(
            ("laser.light:copy", -0.7, 0.0), ("laser.light:copy", 0.0, 1.0), ("laser.light:copy", 0.7, 2.0)
        )
        self._closing = self.track(("laser.end", 0.3, 0.02), ("laser.end:end", 0.0, 0.98))

    def _integrate(self) -> None:
        """Solve the rate equations from the weakly pumped steady state, through the ramp of the pump."""
        weak, strong = LASER_PUMP_PER_S
        t_s = np.linspace(0, LASER_WATCHED, _STEPS) * LASER_LIFETIME_S
        pump = np.interp(t_s, np.array(LASER_RAMP) * LASER_LIFETIME_S, (weak, strong))
        upper = float(upper_fraction(LASER, weak)) * LASER.N
        start = Populations(np.array(upper), np.array(LASER.N - upper), np.array(0.0))
        self._course = run(LASER, pump, t_s, start)

    def _build_levels(self, box: Box) -> None:
        ink, muted = hex_rgb(self.theme.ink), hex_rgb(self.theme.muted)
        self._bar_left, self._bar_full = box.left + 0.3, box.width - 0.6
        self._bar_height = 0.5
        heights = (box.bottom + 0.35, box.top - 2.95)
        self._bars = []
        for y, label, mark in zip(heights, ("laser.absorbed", "laser.copied"), ("absorb", "copy"), strict=True):
            self.put(line(corners([[self._bar_left, y, 0], [box.right - 0.3, y, 0]]), 4.0), ink)
            bar = self.put(fill_shape(rectangle(self._bar_left, box.right, y + 0.1, y + 0.1 + self._bar_height)))
            self._bars.append((bar, y + 0.1))
            name = self.text(label, [self._bar_left, y + 0.98, 0], BODY, edge=mn.LEFT)
            self.appear(name, at=f"laser.light:{mark}")
        self._photons_from = min(box.right + 0.45, self.safe.right - _PHOTON_RADIUS)
        self._photons = self.put(fill_shape(np.zeros((0, 3))), ink)
        self._pump_foot = np.array([self._bar_left + 0.3, heights[0] + 1.4, 0.0])
        self._pump_reach = heights[1] - 0.15 - self._pump_foot[1]
        beside = self._pump_foot + [0.55, self._pump_reach / 2, 0]
        pump = self.text("laser.pumping", beside, SMALL, "muted", mn.LEFT)
        self._pump = self.put(fill_shape(np.zeros((0, 3))), muted)
        self.appear(pump, self._pump, at="laser.pump")
        pair = rectangle(box.left, box.right, heights[0] - 0.3, heights[1] + 1.45)
        frame = self.put(line(pair, 3.0), muted)
        self._T = self.readout("effective T", [box.left, box.top - 1.0, 0], HEADING)
        note = self.text(
            "laser.effective_note", [box.left, box.top - 0.2, 0], SMALL, "muted", mn.LEFT, widest=box.width
        )
        self.appear(frame, self._T, note, at="laser.effective")

    def _build_cavity(self, box: Box) -> None:
        muted, ink = hex_rgb(self.theme.muted), hex_rgb(self.theme.ink)
        for left, width in ((box.left, 0.22), (box.right - 0.1, 0.1)):
            self.put(fill_shape(rectangle(left, left + width, box.bottom + 0.3, box.top - 0.3)), muted)
        self._beam_x = np.linspace(box.left + 0.22, box.right - 0.1, _WAVE_STEPS)
        self._beam_y = float(box.at(0, 0.5)[1])
        self._beam_shape = np.sin(np.linspace(0, _ARCS * np.pi, _WAVE_STEPS)) * (0.5 * box.height - 0.45)
        self._beam = self.put(mn.VMobject(stroke_width=2.5, fill_opacity=0.35), ink)

    def _build_growth(self, box: Box) -> None:
        faint, ink = hex_rgb(self.theme.faint), hex_rgb(self.theme.ink)
        origin = box.at(0, 0)
        axes = np.concatenate([arrow(origin, box.at(1, 0), 0.04, 0.2), arrow(origin, box.at(0, 1), 0.04, 0.2)])
        self.put(fill_shape(axes), faint)
        self.text("laser.cavity", box.at(0, 1) + [0.25, 0.02, 0], SMALL, "muted", mn.LEFT)
        self.text("common.time", box.at(1, 0) - [0, 0.3, 0], SMALL, "muted", mn.RIGHT)
        elapsed = self._course.t_s / LASER_LIFETIME_S
        across = box.left + 0.95 * box.width * elapsed / LASER_WATCHED
        up = box.bottom + 0.72 * box.height * self._course.photons / self._course.photons[-1]
        self._growth = self.put(Trace(elapsed, np.stack([across, up, np.zeros_like(up)], axis=1)), ink)

    def _build_closing(self) -> None:
        left, right, y = self.area.left + 0.6, self.area.right - 0.6, float(self.area.at(0, 0.3)[1])
        rgb = self.hotness_rgb(np.linspace(0, 1, _STRIP_STEPS))
        scale = self.put(strip(left, right, y - 0.1, y + 0.1, rgb))
        closing = self.area.at(0.5, 0.72)
        words = self.text("laser.closing", closing, TITLE, widest=self.area.width, weight="BOLD")
        parts = [scale]
        for place, tick in ((0.0, "+0"), (0.25, "T > 0"), (0.5, "plus.minus infinity"), (0.75, "T < 0"), (1.0, "-0")):
            parts.append(self.formula(tick, [left + place * (right - left), y - 0.5, 0], BODY, "muted"))
        cold = self.text("common.cold", [left, y + 0.5, 0], SMALL, "muted", mn.LEFT)
        hot = self.text("common.hot", [right, y + 0.5, 0], SMALL, "muted", mn.RIGHT)
        self._scale_ends = (left, right, y)
        self._pointer = self.put(mn.VMobject(stroke_width=4.0, fill_opacity=1), hex_rgb(self.theme.ink))
        paint(words, self.hotness_rgb(0.9))
        self.appear(*parts, cold, hot, self._pointer, at="laser.end", fade_s=0.5)
        self.appear(words, at="laser.end:infinity", fade_s=0.6)

    def state(self, frame: int) -> LightState:
        elapsed, course = self._elapsed(frame), self._course
        t_s = elapsed * LASER_LIFETIME_S
        upper = float(np.interp(t_s, course.t_s, course.N2)) / LASER.N
        beta = float(np.interp(t_s, course.t_s, course.beta_levels_per_J))
        return LightState(
            elapsed=elapsed,
            upper=upper,
            lower=1 - upper,
            light=float(np.interp(t_s, course.t_s, course.photons) / course.photons[-1]),
            pump=float(np.interp(t_s, course.t_s, course.pump_per_s)) / LASER_PUMP_PER_S[1],
            T_K=float(temperature_from_beta(beta)),
            absorbing=self._absorbing(frame),
            copying=self._copying(frame),
            closing=self._closing(frame),
        )

    def draw(self, state: LightState) -> None:
        colour = self.hotness_rgb(state.upper)
        for (bar, foot), share in zip(self._bars, (state.lower, state.upper), strict=True):
            right = self._bar_left + self._bar_full * share
            bar.points = rectangle(self._bar_left, right, foot, foot + self._bar_height)
            paint(bar, colour)
        tip = self._pump_foot + [0, self._pump_reach, 0]
        self._pump.points = arrow(self._pump_foot, tip, 0.04 + 0.14 * state.pump, 0.34)
        self._draw_photons(state)
        self._draw_beam(state.light)
        self._growth.draw_to(state.elapsed)
        self._T.write(self.quantity("level_temperature", state.T_K))
        left, right, y = self._scale_ends
        self._pointer.points = discs([[left + state.closing * (right - left), y, 0]], 0.2)
        self._pointer.fill_rgbas[:, :3] = self.hotness_rgb(state.closing)

    def _draw_photons(self, state: LightState) -> None:
        """Show one photon that the lower level takes in, and one that the upper level turns into two."""
        (_, lower), (_, upper) = self._bars
        lower_end, upper_end = (
            self._bar_left + self._bar_full * share + _PHOTON_RADIUS for share in (state.lower, state.upper)
        )
        centres = []
        if 0 < state.absorbing < 1:
            across = self._photons_from + (lower_end - self._photons_from) * state.absorbing
            centres.append([across, lower + self._bar_height / 2, 0.0])
        if 0 < state.copying < 2:
            across = upper_end + (self._photons_from - upper_end) * abs(1 - state.copying)
            apart = 0.16 if state.copying > 1 else 0.0
            middle = upper + self._bar_height / 2
            centres += [[across, middle + offset, 0.0] for offset in sorted({apart, -apart})]
        self._photons.points = discs(centres, _PHOTON_RADIUS) if centres else np.zeros((0, 3))

    def _draw_beam(self, light: float) -> None:
        """Fill the envelope of the standing wave; a field's amplitude goes with the root of its photons."""
        swing = np.sqrt(light) * self._beam_shape
        over = np.stack([self._beam_x, self._beam_y + swing, np.zeros_like(swing)], axis=1)
        under = np.stack([self._beam_x, self._beam_y - swing, np.zeros_like(swing)], axis=1)
        self._beam.points = corners(np.concatenate([over, under[::-1], over[:1]]))

    def places(self, state: LightState) -> dict[str, NDArray[np.float64]]:
        _, foot = self._bars[1]
        end = self._bar_left + self._bar_full * state.upper
        left, right, y = self._scale_ends
        return {
            "upper bar end": np.array([end, foot + self._bar_height / 2, 0.0]),
            "pointer": np.array([left + state.closing * (right - left), y, 0.0]),
        }
