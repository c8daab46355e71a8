"""A laser's gain and light over its pump, and under the curves the laser itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, dashed, fill_shape
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics import laser
from physics.examples import PARTICLES
from physics.examples_tour import FOUR_LEVEL, MOST_PUMP
from scenes.protons import GLOW_RADII, is_dark

SPARKS = 48
"""Sparks between the mirrors when there is most light."""

PASS_S = 1.3
"""Time in which light passes from mirror to mirror, as it is shown."""

_HOT = 0.97
_LEAD = 1.236  # passes by which each spark is ahead of the one before
_STEPS = 241
_GAIN_TOP = 1.45  # of the axis, in losses


@dataclass(frozen=True)
class LaserPoint:
    """A steady laser: pump in thresholds, gain in losses, light as a share of the most, atoms up of a hundred."""

    pump: float
    gain: float
    light: float
    up: float


def laser_point(pump: float) -> LaserPoint:
    """Return the steady laser at a pump, in thresholds."""
    threshold = laser.threshold_pump_per_s(FOUR_LEVEL)
    state = laser.steady_state(FOUR_LEVEL, pump * threshold)
    most = laser.steady_state(FOUR_LEVEL, MOST_PUMP * threshold)
    gain = float(laser.inversion(FOUR_LEVEL, state.N2, state.N1)) / laser.threshold_inversion(FOUR_LEVEL)
    return LaserPoint(
        pump, gain, float(state.photons) / float(most.photons), PARTICLES * float(state.N2) / FOUR_LEVEL.N
    )


class Threshold:
    """The two curves, and a rod of atoms between two mirrors.

    Args:
        stage: that it is put on.
        start: frame at which it comes.
        quiet: frame at which its words leave.
        until: frame at which it leaves.
    """

    def __init__(self, stage: Stage[Any], start: float, quiet: float, until: float) -> None:
        self._stage, area, frame = stage, stage.area, stage.frame
        share = 0.29 if stage.is_wide else 0.26
        self._middle = frame.bottom + share * frame.height / 2
        self._half = 0.36 * share * frame.height
        self._ends = (stage.safe.left + 0.1, stage.safe.right - 0.1 - 0.12 * frame.width)
        low = max(frame.bottom + share * frame.height, area.bottom) + 0.75
        self._box = Box(area.left + 0.15, area.right - 0.3, low, area.top)
        self._seats, self._radius = self._seated()
        dark = is_dark(stage.theme)
        self._curtain = stage.put(fill_shape(np.zeros((0, 3))), stage.hotness_rgb(_HOT))
        self._curtain.fill_rgbas[:, 3] = 0.24
        self._beam: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._atoms: Sprites = stage.put(Sprites(ball), bleeds=True)
        self._up: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        self._lamps: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        self._build_mirrors(start, until)
        self._build_curves(start, quiet, until)
        self._tips: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)

    @property
    def seats(self) -> NDArray[np.float64]:
        """Where the atoms are between the mirrors, shape (N, 2)."""
        return self._seats

    def lay(self, point: LaserPoint, clock: float, there: float, seated: float) -> None:
        """Show the laser at a point of its curves, as far as it is there; its atoms once all are seated."""
        stage, hot = self._stage, self._stage.hotness_rgb(_HOT)
        self._gain.draw_to(point.pump)
        self._light.draw_to(point.pump)
        gain, light = self._at(point.pump, point.gain / _GAIN_TOP), self._at(point.pump, point.light)
        base = self._at(point.pump, 0.0)
        points = np.concatenate([self._light.points.reshape(-1, 4, 3)[:, ::3].reshape(-1, 3), [base, self._at(0, 0)]])
        self._curtain.points = corners(np.concatenate([points, points[:1]]))
        tips = [hex_rgb(stage.theme.ink), hot]
        self._tips.lay(np.array([gain, light]), [0.5, 0.5 + 0.5 * point.light], tips, there)
        self._atoms.lay(self._seats, self._radius, stage.hotness_rgb(0.06), 0.75 * there * (seated >= 1))
        lit = np.floor(clock / 0.5) * 37 % PARTICLES
        seat = self._seats[int(lit)]
        self._up.lay([seat], GLOW_RADII * self._radius, hot, there * min(1.0, point.up))
        self._lay_beam(point.light, clock, there)
        self._lay_lamps(point.pump, clock, there)

    def _lay_beam(self, light: float, clock: float, there: float) -> None:
        (left, right), half = self._ends, self._half
        edge = self._stage.frame.right + 0.5
        x = np.arange(left, edge, 0.3 * half)
        leaves = np.where(x < right, 1.0, 0.55)
        at = np.stack([x, np.full(len(x), self._middle)], axis=1)
        hot = self._stage.hotness_rgb(_HOT)
        self._beam.lay(at, 1.15 * half, hot, 0.3 * np.sqrt(light) * leaves * there)
        index = np.arange(SPARKS)
        way = 1 - np.abs(np.mod(clock / PASS_S + _LEAD * index, 2.0) - 1)
        off = 0.7 * half * np.sin(1.9 * index)
        inside = np.stack([left + (right - left) * way, self._middle + off], axis=1)
        out = np.mod(clock / PASS_S + 0.618 * index[::3], 1.0)
        outside = np.stack([right + (edge - right) * out, self._middle + off[::3]], axis=1)
        number = SPARKS * light
        seen = np.clip(number - index, 0.0, 1.0)
        shares = np.concatenate([seen, seen[::3]])
        self._sparks.lay(np.concatenate([inside, outside]), 0.24, hot, there * shares)

    def _lay_lamps(self, pump: float, clock: float, there: float) -> None:
        """The pump's light, which comes in from below and from above, the more the stronger it is."""
        (left, right), half, number = self._ends, self._half, 14
        index = np.arange(2 * number)
        phase = np.mod(1.4 * clock + 0.618 * index, 1.0)
        side = np.where(index % 2, 1.0, -1.0)
        x = left + (right - left) * (index + 0.5) / (2 * number)
        y = self._middle + side * half * (1.65 - phase)
        shares = (0.25 + 0.75 * pump / MOST_PUMP) * np.sin(np.pi * phase)
        self._lamps.lay(np.stack([x, y], axis=1), 0.2, hex_rgb(self._stage.theme.ink), there * shares)

    def _at(self, pump: float, up: float) -> NDArray[np.float64]:
        box = self._box
        return np.array([box.left + 0.94 * box.width * pump / MOST_PUMP, box.bottom + 0.92 * box.height * up, 0.0])

    def _seated(self) -> tuple[NDArray[np.float64], float]:
        (left, right), rows = self._ends, 5
        columns = PARTICLES // rows
        index = np.arange(PARTICLES)
        x = left + (right - left) * (index % columns + 0.5) / columns
        step = 2 * self._half / rows
        y = self._middle + step * (index // columns - (rows - 1) / 2)
        return np.stack([x, y], axis=1), 0.3 * min(step, (right - left) / columns)

    def _build_mirrors(self, start: float, until: float) -> None:
        stage, (left, right), half = self._stage, self._ends, 1.25 * self._half
        for face, outwards, width in ((left, -1, 0.3), (right, 1, 0.14)):
            y = np.linspace(-half, half, 21)
            x = face - outwards * 0.16 * (y / half) ** 2
            back = np.full(2, face + outwards * width)
            outline = np.stack([np.r_[x, back, x[:1]], self._middle + np.r_[y, y[-1], y[0], y[:1]], np.zeros(24)], 1)
            mirror = stage.put(fill_shape(corners(outline)), 0.5 * hex_rgb(stage.theme.ink), bleeds=True)
            stage.appear(mirror, at=start, until=until)

    def _build_curves(self, start: float, quiet: float, until: float) -> None:
        stage, box, theme = self._stage, self._box, self._stage.theme
        pumps = np.unique(np.concatenate([np.linspace(0, MOST_PUMP, _STEPS), np.linspace(0.9, 1.1, 81)]))
        course = [laser_point(float(pump)) for pump in pumps]
        muted, ink, hot = hex_rgb(theme.muted), hex_rgb(theme.ink), stage.hotness_rgb(_HOT)
        axis = stage.put(fill_shape(arrow(self._at(0, 0), self._at(1.05 * MOST_PUMP, 0), 0.05, 0.26)), muted)
        rise = stage.put(fill_shape(arrow(self._at(0, 0), self._at(0, 1.07), 0.05, 0.26)), muted)
        level = 1 / _GAIN_TOP
        losses = stage.put(dashed(self._at(0, level), self._at(1.03 * MOST_PUMP, level)), muted)
        mark = stage.put(dashed(self._at(1, 0), self._at(1, level), width=2.5), muted)
        self._gain = stage.put(Trace(pumps, [self._at(c.pump, c.gain / _GAIN_TOP) for c in course], 9.0), ink)
        self._light = stage.put(Trace(pumps, [self._at(c.pump, c.light) for c in course], 9.0), hot)
        room = 0.28 * box.width
        texts = [
            stage.text(
                "fourlevel.pump", self._at(1.05 * MOST_PUMP, 0) - [0, 0.14, 0], BODY, "muted", [1, 1, 0], widest=room
            ),
            stage.text("fourlevel.losses", self._at(0.06, level) + [0, 0.3, 0], BODY, "muted", [-1, 0, 0], widest=room),
        ]
        stage.appear(axis, rise, losses, self._gain, self._light, self._curtain, at=start, until=until)
        name = stage.text("fourlevel.onset", self._at(1, 0) - [0, 0.36, 0], BODY, "ink", widest=room)
        gain = stage.text("fourlevel.gain", self._at(1.06, level) + [0, 0.32, 0], BODY, "ink", [-1, 0, 0], widest=room)
        light = stage.text("fourlevel.light", self._at(2.02, 0.3), BODY, "ink", [-1, 0, 0], widest=room)
        stage.appear(*texts, at=start, until=quiet)
        stage.appear(name, mark, at="fourlevel.threshold:threshold", until=quiet)
        stage.appear(gain, at=stage.at("fourlevel.threshold:threshold", 0.8), until=quiet)
        stage.appear(light, at=stage.at("fourlevel.threshold:more", -0.3), until=quiet)
