"""Segment 1: a hundred protons on two levels. Heat alone ends at half and half; a swap of the levels inverts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track, ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, dashed, discs, fill_shape, line, paint, rectangle
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING, SMALL
from physics.examples import ABOVE_BEFORE, PARTICLES, temperature_K

_COLUMNS = (10, 20)
_ABOVE_AT_FIRST = 4
_HOP_S = 0.45  # a particle's way from level to level
_WAVE_S = 0.35  # the swap runs across the row in this time
_SEED = 5


@dataclass(frozen=True)
class InversionState:
    """What a frame shows: where each particle is (0 lower, 1 upper level), the counts and the temperature."""

    shown: int
    """Particles that have come in so far."""
    heights: tuple[float, ...]
    above: int
    below: int
    T_mK: float | None
    """None from the swap, during which there is no temperature, until the voice names the new one."""


class Inversion(Stage[InversionState]):
    """Two levels, their populations as dots and bars, and the temperature that the populations have."""

    def build(self) -> None:
        levels, panel = self.area.split(0.62 if self.area.width > self.area.height else 0.46, gap=0.9)
        self._build_levels(levels.inset(left=1.05))
        beside = panel.left > levels.right
        self._build_panel(panel, self._level_middles if beside else (panel.bottom + 0.85, panel.top - 0.95))
        self._build_motion()

    def _build_levels(self, box: Box) -> None:
        ink, faint = hex_rgb(self.theme.ink), hex_rgb(self.theme.faint)
        pitch, columns = max((_pitch(box, columns), columns) for columns in _COLUMNS)
        rows = PARTICLES // columns
        self._radius = 0.31 * pitch
        column, row = np.arange(PARTICLES) % columns, np.arange(PARTICLES) // columns
        lower, upper = box.bottom + 0.45, box.top - (rows + 0.2) * pitch - 0.2
        right = box.left + columns * pitch
        x, y = box.left + (column + 0.5) * pitch, lower + (row + 0.75) * pitch
        self._seats = np.stack([x, y, np.zeros(PARTICLES)], axis=1)
        self._lift = np.array([0.0, upper - lower, 0.0])
        self._across = column / (columns - 1)
        both = np.concatenate([self._seats, self._seats + self._lift])
        self.put(fill_shape(discs(both, 0.03)), faint)
        for level in (lower, upper):
            self.put(line(corners([[box.left, level, 0], [right, level, 0]]), 4.0), ink)
        foot = np.array([box.left - 0.3, lower, 0])
        self.put(fill_shape(arrow(foot, foot + self._lift, 0.04, 0.22)), faint)
        self.formula("Delta E", foot + self._lift / 2 - [0.4, 0, 0], SMALL, "muted")
        self._particles = self.put(fill_shape(discs(self._seats, self._radius)))
        self._level_middles = [level + (rows / 2 + 0.2) * pitch for level in (lower, upper)]

    def _build_panel(self, box: Box, middles: Sequence[float]) -> None:
        """Draw a bar and a count for each level about the given heights, the lower level's first."""
        muted, faint = hex_rgb(self.theme.muted), hex_rgb(self.theme.faint)
        self._bar_left, self._bar_width, self._bar_height = box.left, box.width, 0.42
        self._bars, self._counts = [], []
        half = box.at(0.5, 0)[0]
        names = (("below", "inversion.lower"), ("above", "inversion.upper"))
        for middle, (name, label) in zip(middles, names, strict=True):
            ground = rectangle(box.left, box.right, middle - self._bar_height / 2, middle + self._bar_height / 2)
            self.put(line(ground, 2.0), faint)
            self._bars.append((self.put(fill_shape(ground)), middle))
            self.put(dashed([half, middle - 0.35, 0], [half, middle + 0.35, 0]), muted)
            self._counts.append(self.readout(name, [box.left, middle + 0.42, 0], HEADING))
            self.appear(self._counts[-1], self._bars[-1][0], at=self.at("inversion.levels", 0.6))
            self.text(label, [box.right, middle + 0.6, 0], SMALL, "muted", mn.RIGHT, widest=0.6 * box.width)
        self.text("inversion.half", [half, middles[0] - 0.55, 0], SMALL, "muted")
        between = float(np.mean(middles)) + 0.3
        temperature = self.text(
            "common.temperature", [box.left, between + 0.5, 0], SMALL, "muted", mn.LEFT, widest=box.width
        )
        self._T = self.readout("T", [box.left, between - 0.27, 0], HEADING)
        protons = self.text(
            "inversion.protons", [box.left, between - 0.75, 0], SMALL, "muted", mn.LEFT, widest=box.width
        )
        self.appear(temperature, self._T, protons, at=self.at("inversion.levels", 0.8))

    def _build_motion(self) -> None:
        """Give each particle the frames at which heat lifts it, cooling drops it and the swap turns it over."""
        hop, fps = _HOP_S * self.show.fps, self.show.fps
        rank = np.random.default_rng(_SEED).permutation(PARTICLES)
        half = PARTICLES // 2
        heating = self.track(
            ("inversion.heat", 0.1, _ABOVE_AT_FIRST), ("inversion.heat:infinite", -_HOP_S, float(half))
        )
        cooling = self.track(("inversion.flip", 0.0, float(half)), ("inversion.flip:flip", -_HOP_S - 0.2, ABOVE_BEFORE))
        lifted, dropped = (_crossing_frames(track, self.show.frame_count) for track in (heating, cooling))
        never = float("inf")
        self._up = np.array([0.0 - hop if r < _ABOVE_AT_FIRST else lifted.get(r, never) for r in rank])
        self._down = np.array([dropped.get(r, never) for r in rank])
        self._flip = self.at("inversion.flip:flip") + self._across * _WAVE_S * fps
        self._hop = hop
        self._unnamed = (self.at("inversion.flip:flip"), self.at("inversion.negative:negative"))
        self._arrival = self.track(("inversion.levels", -0.2, 0.0), ("inversion.levels", 1.0, float(PARTICLES)))
        self._arrivals = np.argsort(self._across, kind="stable")

    def state(self, frame: int) -> InversionState:
        thermal = ease_array((frame - self._up) / self._hop) - ease_array((frame - self._down) / self._hop)
        heights = thermal + (1 - 2 * thermal) * ease_array((frame - self._flip) / self._hop)
        above = int(np.count_nonzero(heights > 0.5))
        unnamed = self._unnamed[0] < frame < self._unnamed[1]
        return InversionState(
            shown=round(self._arrival(frame)),
            heights=tuple(heights.tolist()),
            above=above,
            below=PARTICLES - above,
            T_mK=None if unnamed else 1e3 * temperature_K(above),
        )

    def draw(self, state: InversionState) -> None:
        heights = np.array(state.heights)
        colour = self.hotness_rgb(heights.mean())
        places = (self._seats + heights[:, None] * self._lift)[self._arrivals[: state.shown]]
        self._particles.points = discs(places, self._radius)
        for mobject in (self._particles, self._T):
            paint(mobject, colour)
        for (bar, middle), population in zip(self._bars, (1 - heights.mean(), heights.mean()), strict=True):
            right = self._bar_left + self._bar_width * population
            bar.points = rectangle(self._bar_left, right, middle - self._bar_height / 2, middle + self._bar_height / 2)
            paint(bar, colour)
        self._counts[0].write(self.quantity("count", state.below))
        self._counts[1].write(self.quantity("count", state.above))
        self._T.write("" if state.T_mK is None else self.quantity("spin_temperature", state.T_mK * 1e-3))

    def places(self, state: InversionState) -> dict[str, NDArray[np.float64]]:
        _, middle = self._bars[1]
        return {"upper bar end": np.array([self._bar_left + self._bar_width * np.mean(state.heights), middle, 0.0])}


def _pitch(box: Box, columns: int) -> float:
    """Return how far apart seats can be if each level has so many columns of them."""
    rows = PARTICLES // columns
    return min(box.width / columns, (box.height - 1.6) / (2 * rows + 0.5))


def _crossing_frames(track: Track, frame_count: int) -> dict[int, float]:
    """Return, for each rank, the first frame at which a rising or falling track has passed it."""
    values = np.array([track(frame) for frame in range(frame_count)])
    ranks = range(int(np.ceil(values.min())), int(np.ceil(values.max())))
    rising = values[-1] > values[0]
    passed = {rank: (values >= rank + 0.5) if rising else (values <= rank + 0.5) for rank in ranks}
    return {rank: float(np.argmax(where)) for rank, where in passed.items() if where.any()}
