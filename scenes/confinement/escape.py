"""Segment 2 of the paper's film: the particle escapes, its kinetic energy falls: negative heat capacity."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, fill_shape
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING
from physics.examples_confinement import bound_levels
from scenes.confinement import tables
from scenes.confinement.chart import AxisNames, Lights, LitCurve, Look, along, dot_radii, full_plot, runners, within
from scenes.confinement.picture import WAVES, WellPicture, WellState, amplitudes, well_state
from scenes.confinement.seams import CLOSE, DIM, EDGE, PASSES_PER_S, RUNNERS

_LAST = bound_levels() - 1
_DEEP_LOOK = Look(-0.215, 0.06, 0.31)


@dataclass(frozen=True)
class EscapeState:
    """What a frame shows."""

    well: WellState
    look: Look
    curve: float
    """How much of the curve through all levels is there, 0..1."""
    falling: float
    """How brightly the stretch is lit that falls."""
    floor: float
    """How brightly the zero of temperature is lit, 0..1."""
    deep: float
    """How much of the deeper well's curve is there, 0..1."""
    passes: float
    """How often the lights on the curve have passed it."""


class Escape(Stage[EscapeState]):
    """The last bound level leaks, the next is free; kinetic temperature over energy, and that of a deeper well."""

    def build(self) -> None:
        self._picture = WellPicture(self)
        self._plot = full_plot(self)
        self._curve, self._deep = LitCurve(self), LitCurve(self, 6.0)
        self._dots, self._deep_dots = Lights(self, sharp=True), Lights(self, sharp=True)
        self._falling = LitCurve(self, 16.0, filled=0.0, colour="ink")
        self._drop = self.put(fill_shape(np.zeros((0, 3))), hex_rgb(self.theme.ink), True)
        self._run = Lights(self, sharp=True)
        self._build_words()
        free, drop = "escape.free:free", "escape.free:drop"
        turned, deep = "escape.capacity", "escape.deep:deep"
        self._whole = self.track((free, -0.4, 0.0), (free, 1.2, 1.0))
        self._sixth = self.track((free, -0.2, 0.0), (free, 1.3, 1.0))
        self._level = self.track((drop, -0.45, float(_LAST)), (drop, 0.65, float(WAVES - 1)))
        last = "escape.leaks:last"
        self._tails = self.track(("escape.leaks", -0.1, 0.0), (last, 0.5, 1.0), (free, 0.0, 1.0), (free, 0.6, 0.0))
        self._flat = self.track((turned, -0.9, 0.0), (turned, 0.6, 1.0))
        self._grown = self.track((turned, 0.5, 0.0), (turned, 1.2, 1.0))
        negative = "escape.capacity:negative"
        self._lit = self.track((negative, -0.3, 0.0), (negative, 0.2, 1.0), (deep, -0.6, 1.0), (deep, 0.0, 0.0))
        stays = "escape.capacity:end"
        self._floor = self.track((stays, -2.0, 0.0), (stays, -1.4, 1.0), (stays, 0.2, 1.0), (stays, 0.8, 0.0))
        self._deepened = self.track((deep, -0.1, 0.0), (deep, 1.0, 1.0))
        self._away = self.track((deep, -0.5, 0.0), (deep, 0.6, 1.0))
        self._near = self.track((deep, 1.4, 0.0), (deep, 2.6, 1.0))

    def _build_words(self) -> None:
        area, edge = self.area, self._picture.landscape.edge_y
        right = [area.right, edge + 0.55 * 0.9, 0]
        turned, deep = "escape.capacity", "escape.deep:deep"
        kinetic = self.text("confinement.kinetic", right, 32.0, "ink", mn.RIGHT, widest=0.45 * area.width)
        self.appear(kinetic, at=-20.0, until="escape.free")
        less = self.text("escape.less", [area.right, edge + 1.45, 0], HEADING, "ink", mn.RIGHT, widest=0.7 * area.width)
        self.appear(less, at=self.at("escape.free:drop", 0.2), until=self.at(turned, -0.4))
        names = AxisNames(self)
        self.appear(*names.parts, at=self.at(turned, 0.3))
        at = [area.right, float(self._plot.at(0.0, 0.147, CLOSE)[1]), 0]
        beside = area.right - float(names.vertical.get_right()[0]) - 0.3
        room = min(0.8 * area.width, beside) if self.is_wide else 0.8 * area.width
        negative = self.text("escape.negative_capacity", at, HEADING, "ink", mn.RIGHT, widest=room)
        self.appear(negative, at="escape.capacity:negative", until=self.at(deep, -0.5))
        table, shown = tables.deep(), self.at(deep, 2.4)
        for label, n, offset in (("escape.even", 22, [-0.3, 0.45, 0]), ("escape.odd", 23, [0.55, -0.3, 0])):
            place = self._plot.at(table.E[n], table.T[n], EDGE) + offset
            self.appear(self.text(label, place, 32.0, "ink"), at=shown, until=self.show.frame_count - 4)

    def state(self, frame: int) -> EscapeState:
        level = self._level(frame)
        sizes = amplitudes(level, self._sixth(frame))
        seconds, flat = frame / self.show.fps, self._flat(frame)
        well = well_state(seconds, level, self._whole(frame), sizes, flat, tails=self._tails(frame))
        return EscapeState(
            well=well,
            look=CLOSE.towards(_DEEP_LOOK, self._away(frame)).towards(EDGE, self._near(frame)),
            curve=self._grown(frame),
            falling=self._lit(frame),
            floor=self._floor(frame),
            deep=self._deepened(frame),
            passes=PASSES_PER_S * (frame - self.show.frame_count) / self.show.fps,
        )

    def draw(self, state: EscapeState) -> None:
        self._picture.lay(state.well, state.look, 1 - state.curve)
        self._picture.landscape.light_floor(state.floor)
        plot, look = self._plot, state.look
        own, deep = state.curve * (1 - (1 - DIM) * state.deep), state.deep
        E, T = within(tables.kinetic(), look)
        points = plot.at(E, T, look)
        self._curve.lay(points, T, plot.bottom, own)
        self._dots.lay(points, T, dot_radii(points, 0.22), own)
        pair = slice(_LAST, _LAST + 2)
        self._falling.lay(points[pair], T[pair], plot.bottom, 0.75 * state.falling)
        deep_E, deep_T = within(tables.deep(), look)
        deep_points = plot.at(deep_E, deep_T, look)
        self._deep.lay(deep_points, deep_T, plot.bottom, deep)
        self._deep_dots.lay(deep_points, deep_T, dot_radii(deep_points, 0.24), deep)
        watched, temperatures = (deep_points, deep_T) if deep > 0.5 else (points, T)
        places, index = along(watched, runners(RUNNERS, state.passes))
        self._run.lay(places, np.interp(index, np.arange(len(temperatures)), temperatures) + 0.04, 0.42, state.curve)
        self._drop.points = np.zeros((0, 3))
        if state.falling > 0:
            top, fall = points[_LAST] + [0.45, 0, 0], points[_LAST + 1] - points[_LAST]
            start, end = top + 0.08 * fall, top + 0.68 * fall
            self._drop.points = arrow(start, start + ease(state.falling) * (end - start), 0.1, 0.4)
