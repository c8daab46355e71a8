"""States of one to four particles as clouds of lights, the line of their averages, and its largest drop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np

from explainer.stage.motion import ease, ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, fill_shape
from explainer.stage.sprites import Sprites, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.examples_confinement import MOST_PARTICLES
from scenes.confinement import tables
from scenes.confinement.chart import Lights, LitCurve, Look, Plot, along, runners, within
from scenes.confinement.seams import CLOUD
from scenes.protons import is_dark

NUMBERS = tuple(range(1, MOST_PARTICLES + 1))

_FALL = 0.03  # hartree, from which a light comes down to its place
_FRONT = 0.02  # width in energy of what is coming, and of the light that passes over a branch


@dataclass(frozen=True)
class CloudState:
    """What is seen of the states of so many particles."""

    N: int
    front: float
    """Energy per particle, in hartree, up to which its states are there."""
    opacity: float
    column: float
    """The chart fills the frame, 0, or its own column, 1."""
    line_to: float
    """Energy per particle up to which the line of averages is drawn."""
    drop: float
    """How much of the arrow along the largest drop is there, 0..1."""
    drop_hartree: float
    """How far the averaged temperature falls."""


class Cloud:
    """States of N particles: temperature over energy per particle, in branches by the number that are free."""

    def __init__(self, stage: Stage[Any], N: int, full: Plot) -> None:
        self._stage, self._N, self._full = stage, N, full
        width = stage.area.width / MOST_PARTICLES
        left = stage.area.left + (N - 1) * width
        self.column = Plot(left + 0.08 * width, left + 0.92 * width, full.bottom, full.top - 1.35)
        self._states = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._line = LitCurve(stage, 7.0, filled=0.2)
        self._run = Lights(stage, sharp=True)
        self._arrow = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink), True)

    def lay(self, state: CloudState, look: Look, passing: float) -> None:
        """Show them, with a light that passes over the branches one after another."""
        plot = self._full.towards(self.column, state.column)
        E, T, free = tables.cloud(self._N)
        come = ease_array((state.front - E) / _FRONT)
        order = (free + (E - CLOUD.left) / (CLOUD.right - CLOUD.left)) / (self._N + 1)
        lit = np.exp(-((((order - passing + 0.5) % 1.0 - 0.5) * (self._N + 1) / 0.22) ** 2))
        places = plot.at(E, T + _FALL * (1 - come), look)
        size = 1 - 0.45 * state.column
        radius = size * (0.34 if self._N == 1 else 0.13) * (1 + 0.5 * lit)
        strength = state.opacity * come * (0.5 - 0.4 * state.column + 0.4 * lit * (1 - state.column))
        rgb = self._stage.hotness_rgb(tables.hotness(T))
        ink = hex_rgb(self._stage.theme.ink)
        mixed = rgb + 0.3 * lit[:, None] * (1 - state.column) * (ink - rgb)
        self._states.lay(places, radius, mixed, np.clip(strength, 0, 1))
        self._lay_line(state, plot, look, passing)

    def clear(self) -> None:
        """Show nothing."""
        self._states.lay(np.zeros((0, 3)), 0.1, np.zeros(3))
        self._run.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
        self._line.lay(np.zeros((0, 3)), [0.0], 0.0)
        self._arrow.points = np.zeros((0, 3))

    def _lay_line(self, state: CloudState, plot: Plot, look: Look, passing: float) -> None:
        E, T = within(tables.averaged(self._N), look)
        shown = state.line_to >= E
        points = plot.at(E[shown], T[shown], look)
        self._line.lay(points, T[shown] if shown.any() else [0.0], plot.bottom, state.opacity)
        if len(points) > 3:
            places, index = along(points, runners(3, 2 * passing))
            heat = np.interp(index, np.arange(len(points)), T[shown]) + 0.04
            self._run.lay(places, heat, 0.3, state.opacity)
        else:
            self._run.lay(np.zeros((0, 3)), np.zeros(0), 0.1)
        self._arrow.points = np.zeros((0, 3))
        if state.drop > 0:
            at, high, low = tables.largest_drop(self._N)
            start, end = plot.at([at, at], [high, low], look) + [0.28, 0, 0]
            self._arrow.points = arrow(start, start + ease(state.drop) * (end - start), 0.16, 0.42)
            self._arrow.fill_rgbas[:, 3] = state.opacity


class CloudNames:
    """The number of particles, large, with a small word that they have no spin; and a number over each column."""

    def __init__(self, stage: Stage[Any], clouds: list[Cloud]) -> None:
        area = stage.area
        self.number = stage.readout("particles", [area.left, area.top - 1.7, 0], 96.0)
        below = [area.left, area.top - 2.1, 0]
        self.spinless = stage.text("several.spinless", below, SMALL, "muted", mn.LEFT, widest=0.5 * area.width)
        self.columns = []
        for cloud, N in zip(clouds, NUMBERS, strict=True):
            middle = (cloud.column.left + cloud.column.right) / 2
            readout = stage.readout(f"column {N}", [middle, area.top - 1.25, 0], 56.0, centred=True)
            readout.write(stage.quantity("count", N))
            self.columns.append(readout)


class BranchNames:
    """How many particles can be free, on the ground where each branch of the most particles begins."""

    def __init__(self, stage: Stage[Any], plot: Plot) -> None:
        feet = plot.at(tables.onsets(MOST_PARTICLES), 0.0, CLOUD)
        below = np.array([0.0, -0.62, 0.0])
        word_at = feet[0] + below + [-0.35, 0.17, 0]
        room = float(word_at[0]) - stage.area.left - 0.6
        self.word = stage.text("several.free", word_at, BODY, "ink", mn.RIGHT, widest=room)
        self.parts = []
        for free, foot in enumerate(feet, start=1):
            readout = stage.readout(f"free {free}", foot + below, HEADING, centred=True)
            readout.write(stage.quantity("count", free))
            self.parts.append(readout)
