"""Segment 3 of the paper's film: temperature from counting levels, and in a bath; high above the well all agree."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.examples_confinement import hop_levels
from scenes.confinement import tables
from scenes.confinement.chart import AxisNames, Lights, Look, Plot, dot_radii, full_plot, vertical_name
from scenes.confinement.curves import ThreeCurves, ThreeState, three_curves
from scenes.confinement.landscape import Landscape
from scenes.confinement.levels import LevelCount
from scenes.confinement.seams import CLOSE, EDGE, FAR

_LOW = 0.46  # of the chart's height, what is left to it while levels are counted over it
_HOPS_PER_S = 9.0
_TALLEST = 0.3  # of the chart, the light of the level that is taken most often
_BATH_FROM, _BATH_TO = -0.093, 0.046
_BEYOND = FAR.right + 0.1


@dataclass(frozen=True)
class TemperaturesState:
    """What a frame shows."""

    look: Look
    curves: ThreeState
    low: float
    """How far the chart has made way for the count of levels, 0..1."""
    logarithmic: float
    """How far the steps are drawn on a logarithmic scale, 0..1."""
    counted_n: float
    """Level at which the slope of the entropy is shown."""
    counted_T: float
    """One over that slope, in hartree."""
    lever: float
    bath_E: float
    """Mean energy in the bath, and its temperature, in hartree."""
    bath_T: float
    bath: float
    """How much of the bath's light on the levels is there, 0..1."""
    taken: int
    """Level that the particle is on for the moment."""


class Temperatures(Stage[TemperaturesState]):
    """Three temperatures of one particle over its energy."""

    def build(self) -> None:
        self._ground = Landscape(self)
        self._ground.lay(1.0, 1.0)
        self._full = full_plot(self)
        middle = self._full.bottom + _LOW * (self._full.top - self._full.bottom)
        self._lower = Plot(self._full.left, self._full.right, self._full.bottom, middle)
        self._columns = self.put(line(np.zeros((0, 3)), 10.0), hex_rgb(self.theme.ink), True)
        self._glows = Lights(self)
        self._curves = ThreeCurves(self)
        self._count = LevelCount(self, middle + 0.45, self.area.top - 0.85)
        self._particle = Lights(self, sharp=True)
        self._build_words()
        count, slope, ends = "temperatures.count", "temperatures.count:slope", "temperatures.count:end"
        bath, spreads, agree = "temperatures.bath", "temperatures.bath:spreads", "temperatures.agree:agree"
        self._closer = self.track((count, -0.4, 0.0), (count, 0.8, 1.0))
        self._lowered = self.track((count, 0.0, 0.0), (count, 0.9, 1.0), (ends, 0.4, 1.0), (bath, 0.2, 0.0))
        self._log = self.track((slope, -0.9, 0.0), (slope, -0.1, 1.0))
        self._n = self.track((slope, 0.2, 1.0), (ends, 0.3, 30.0))
        self._lever = self.track((slope, -0.2, 0.0), (slope, 0.2, 1.0), (ends, 0.3, 1.0), (ends, 0.6, 0.0))
        leaves = "temperatures.agree"
        self._bath = self.track((bath, 0.0, 0.0), (bath, 0.6, 1.0), (leaves, -0.3, 1.0), (leaves, 0.4, 0.0))
        self._bath_E = self.track((spreads, -0.9, _BATH_FROM), ("temperatures.bath:end", 0.2, _BATH_TO))
        self._far = self.track(("temperatures.agree", -0.1, 0.0), (agree, 0.3, 1.0))
        self._hops = hop_levels(int(_HOPS_PER_S * self.show.frame_count / self.show.fps) + 2)

    def _build_words(self) -> None:
        names = AxisNames(self)
        self.appear(names.horizontal, names.zero, at=-20.0)
        ends, area = self.at("temperatures.count:end"), self.area
        self.appear(names.vertical, at=self.at("temperatures.bath", 0.2))
        before = vertical_name(self, "confinement.temperature")
        self.appear(before, at=-20.0, until=self.at("temperatures.count", 0.3))
        log = self.at("temperatures.count:slope", -0.5)
        levels = vertical_name(self, "temperatures.levels")
        entropy = vertical_name(self, "confinement.entropy")
        self.appear(levels, at=self.at("temperatures.count", 0.4), until=log)
        self.appear(entropy, at=log, until=ends)
        gone = self.at("temperatures.agree", -0.1)
        full = self._full
        left = np.array([area.left, full.at(0.0, 0.088, CLOSE)[1], 0.0])
        bath = full.at(0.003, 0.147, CLOSE)
        for label, at, side, room, since in (
            ("temperatures.kinetic", left, mn.LEFT, float(full.at(-0.066, 0.0, CLOSE)[0]) - area.left, "bath"),
            ("temperatures.counted", full.at(-0.028, 0.135, CLOSE), mn.RIGHT, 0.3 * area.width, "bath"),
            ("confinement.in_bath", bath, mn.LEFT, min(0.3 * area.width, area.right - float(bath[0])), "bath:spreads"),
        ):
            text = self.text(label, at, BODY, "ink", side, widest=room)
            self.appear(text, at=self.at(f"temperatures.{since}", 0.2), until=gone)

    def state(self, frame: int) -> TemperaturesState:
        fps = self.show.fps
        bath_E = self._bath_E(frame)
        bath_T = float(np.interp(bath_E, tables.bath().E, tables.bath().T))
        n = self._n(frame)
        far, closer = self._far(frame), self._closer(frame)
        running = bath_E if far < 0.01 else _BATH_TO + ease(min(far * 1.6, 1.0)) * (_BEYOND - _BATH_TO)
        counted_to = float(np.interp(n, np.arange(1, tables.counted().E.size + 1), tables.counted().E))
        beyond = ease((frame - self.at("temperatures.count:end", 0.3)) / fps) * (_BEYOND - counted_to)
        curves = three_curves(
            deep=1 - closer,
            counted_to=counted_to + beyond if self._lever(frame) or n > 1 else -1.0,
            bath_to=running if frame > self.at("temperatures.bath:spreads", -0.9) else -1.0,
            seconds=(frame - self.show.frame_count) / fps,
        )
        cumulative = np.cumsum(tables.shares(bath_T))
        hop = self._hops[int(frame / fps * _HOPS_PER_S)]
        return TemperaturesState(
            look=EDGE.towards(CLOSE, closer).towards(FAR, far),
            curves=curves,
            low=self._lowered(frame),
            logarithmic=self._log(frame),
            counted_n=n,
            counted_T=float(np.interp(counted_to, tables.counted().E, tables.counted().T)),
            lever=self._lever(frame),
            bath_E=bath_E,
            bath_T=bath_T,
            bath=self._bath(frame),
            taken=int(np.searchsorted(cumulative, hop)),
        )

    def draw(self, state: TemperaturesState) -> None:
        plot, look = self._full.towards(self._lower, state.low), state.look
        self._curves.lay(state.curves, plot, look)
        self._count.lay(look, plot, state.low, state.logarithmic, state.counted_n, state.lever)
        self._draw_bath(state, look)

    def _draw_bath(self, state: TemperaturesState, look: Look) -> None:
        if state.bath <= 0:
            self._columns.points = np.zeros((0, 3))
            self._glows.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
            self._particle.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
            return
        shares, plot, E = tables.shares(state.bath_T), self._full, tables.bath_levels()
        seen = np.flatnonzero((shares > 1e-3) & (look.right > E))
        feet = plot.at(E[seen], 0.0, look)
        tops = feet + np.outer(
            _TALLEST * (plot.top - plot.bottom) * shares[seen] / shares.max() * state.bath, [0, 1, 0]
        )
        self._columns.points = np.concatenate([corners(pair) for pair in np.stack([feet, tops], axis=1)])
        rgb = self.hotness_rgb(tables.hotness(state.bath_T))
        self._columns.stroke_rgbas = np.array([[*rgb, 0.6 * state.bath]])
        self._glows.lay(tops, np.full(len(seen), state.bath_T), dot_radii(tops, 0.35), 0.6 * state.bath)
        top = plot.at(E[state.taken], 0.0, look) + [0, 0.18, 0]
        if state.taken in seen:
            top = tops[int(np.flatnonzero(seen == state.taken)[0])]
        self._particle.lay([top], [state.bath_T + 0.05], 0.55, state.bath)
