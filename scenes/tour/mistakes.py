"""Segment 8 of the tour: what negative temperature is not, each shown and put right; and how states are counted."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, corners, line, paint, strip
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import two_level
from physics.examples_tour import BALANCED, SPINS_COUNTED
from scenes.axes import COLDNESS_END, Point, Span, hotness
from scenes.protons import is_dark
from scenes.tour import verdicts
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

ACTS = ("colder", "any", "inversion", "volume", "surface", "end")
_SPARKS, _RUNGS, _LADDERS = 15, 9, 3
_BALLS = 50
_LADDER_X = 0.55
_LEVELS = (0.02, 0.36, 0.7)  # heights of three levels
_SEED = 8


Rows = list[tuple[NDArray[np.float64], float, NDArray[np.float64], float]]
"""Sprites to lay: place, radius, colour, opacity."""


@dataclass(frozen=True)
class MistakesState:
    """What a frame shows."""

    act: int
    shown: float
    jumped: float
    """How far the mark has come from where it does not belong to beyond infinity, 0..1."""
    moved: float
    """Share of the heat that has passed."""
    x: tuple[float, ...]
    """Coldness of the body that gives heat, and of those that take it."""
    ladder_x: float
    """Coldness of the ladders' weights."""
    struck: float
    pairs: tuple[tuple[float, float, float], tuple[float, float, float]]
    """Coldness of the lower, upper and outer pair of the settled and of the driven levels."""
    counted: float
    """Share of the energies up to which states have been counted."""
    at_mK: tuple[float, float]
    upto_mK: tuple[float, float]
    compared: float
    place: float
    """Of the point on the last dome, as the share of spins up."""
    slope: float
    clock: float
    thermometer: ThermometerState


class Mistakes(Stage[MistakesState]):
    """Five pictures, one a mistake, and the dome once more."""

    def build(self) -> None:
        self._plan()
        rng = np.random.default_rng(_SEED)
        self._phase, self._pace = rng.uniform(0, 1, 64), rng.uniform(0.5, 1.0, 64)
        self._light: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._balls: Sprites = self.put(Sprites(ball), bleeds=True)
        self._build_axis()
        self._build_ladders()
        self._build_pairs()
        self._build_counting()
        self._build_balance()
        self._build_dome()
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self.thermometer = LongThermometer(self, "mistakes")

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        closing = end - (CLOSING_S + 0.2) * fps
        starts = [at(f"mistakes.{act}", -0.2) for act in ACTS[1:]]
        self._acts = (0.75 * fps, *starts, closing)
        gives = at("mistakes.colder:gives")
        self._jumped = Track(((at("mistakes.colder", 0.9), 0.0), (gives - 0.1 * fps, 1.0)))
        self._moved = Track(((gives, 0.0), (self._acts[1] - 0.2 * fps, 0.6)))
        top = at("mistakes.any:top")
        self._ladder = Track(((self._acts[1] + 0.5 * fps, _LADDER_X), (top + 0.2 * fps, -_LADDER_X)))
        self._struck = Track(((top + 0.3 * fps, 0.0), (top + 1.0 * fps, 1.0)))
        self._counted = Track(
            ((self._acts[3] + 0.3 * fps, 0.0), (max(at("mistakes.volume:upto", 1.6), self._acts[3] + 2 * fps), 1.0))
        )
        self._compared = Track(((at("mistakes.surface:differ", -0.5), 0.0), (at("mistakes.surface:differ"), 1.0)))
        last = at("mistakes.end")
        self._climb = Track(
            ((last - 0.2 * fps, 0.06), (last + 0.9 * fps, 0.5), (last + 1.1 * fps, 0.5), (closing - 0.1 * fps, 0.93))
        )

    def _act_parts(self, act: int, *parts: mn.VMobject) -> None:
        """Let words be there during an act."""
        self.appear(*parts, at=self._acts[act], until=self._acts[act + 1] - 0.1 * self.show.fps, fade_s=0.3)

    def _build_axis(self) -> None:
        area = self.area
        y = area.at(0, 0.62)[1]
        self._span = Span(area.left + 1.6, area.right - 0.4, y)
        places = np.linspace(0, 1, 97)
        rgb = self.hotness_rgb(hotness(COLDNESS_END * (1 - 2 * places)))
        band = self.put(strip(self._span.left, self._span.right, y - 0.3, y + 0.3, rgb))
        zero = self.put(
            line(corners([self._span.at(0.5, -0.45), self._span.at(0.5, 0.45)]), 4.0), hex_rgb(self.theme.ink)
        )
        names = [
            self.formula(notation, self._span.at(share, 0.85), HEADING, "muted")
            for notation, share in (("+0", 0.0), ("plus.minus infinity", 0.5), ("-0", 1.0))
        ]
        self._act_parts(0, band, zero, *names)
        self._marks = [Point(self, 0.3, bleeds=True) for _ in range(4)]
        self._cross: mn.VMobject = self.put(line(np.zeros((0, 3)), 7.0), hex_rgb(self.theme.ink))

    def _on_axis(self, x: float) -> NDArray[np.float64]:
        return self._span.at((1 - x / COLDNESS_END) / 2)

    def _build_ladders(self) -> None:
        area = self.area
        self._columns = [
            Box(area.left + n * area.width / 3, area.left + (n + 1) * area.width / 3 - 0.5, area.bottom - 0.3, area.top)
            for n in range(_LADDERS)
        ]
        self._rungs = [
            [self.put(line(np.zeros((0, 3)), 11.0), bleeds=True) for _ in range(2 * _RUNGS)] for _ in range(3)
        ]
        self._strikes = [self.put(line(np.zeros((0, 3)), 9.0), hex_rgb(self.theme.ink)) for _ in range(2)]

    def _build_pairs(self) -> None:
        area = self.area
        boxes = area.split(0.5, 0.6)
        self._sets, self._pair_readings = boxes, []
        for box, label in zip(boxes, ("mistakes.settled", "mistakes.driven"), strict=True):
            name = self.text(label, box.at(0.3, 1.0), BODY, "muted", mn.UP, widest=0.6 * box.width)
            readings = [
                self.readout(f"pair {number} {label}", box.at(0.68, height), TITLE if self.is_wide else HEADING)
                for number, height in enumerate((0.18, 0.52))
            ]
            self._act_parts(2, name, *readings)
            self._pair_readings.append(readings)
        self._levels = [
            self.put(line(corners([box.at(0.0, up), box.at(0.6, up)]), 5.0), hex_rgb(self.theme.faint))
            for box in boxes
            for up in _LEVELS
        ]
        self._act_parts(2, *self._levels)

    def _build_counting(self) -> None:
        area = self.area
        box = area.inset(left=0.2, right=0.2, bottom=0.2, top=0.8)
        at, upto = verdicts.counted()
        n = np.arange(SPINS_COUNTED + 1)
        x = box.left + box.width * n / SPINS_COUNTED
        self._curves = []
        for values, colour, label, place in (
            (at, "ink", "mistakes.at", 15),
            (upto, "muted", "mistakes.upto", 13),
        ):
            y = box.bottom + box.height * values / upto[-1]
            points = np.stack([x, y, np.zeros_like(x)], axis=1)
            trace: Trace = self.put(Trace(n, points, 9.0), hex_rgb(getattr(self.theme, colour)))
            inside = label == "mistakes.at"
            where = box.at(0.5, 0.4) if inside else points[place] + [0, 0.25, 0]
            name = self.text(label, where, BODY, colour, mn.ORIGIN if inside else mn.DR, widest=0.5 * box.width)
            self._act_parts(3, trace, name)
            self._curves.append((trace, points))
        axis = self.put(line(corners([box.at(0, 0), box.at(1, 0)]), 4.0), hex_rgb(self.theme.faint))
        self._act_parts(3, axis)

    def _build_balance(self) -> None:
        area = self.area
        self._bodies = [
            Box(area.left, area.left + 0.28 * area.width, area.bottom, area.bottom + 0.5 * area.height),
            Box(area.left + 0.42 * area.width, area.right, area.bottom, area.bottom + 0.5 * area.height),
        ]
        self._balance_readings = []
        for row, (label, height) in enumerate((("mistakes.at", 0.88), ("mistakes.upto", 0.68))):
            name = self.text(
                label, [area.left, area.at(0, height)[1] + 0.1, 0], BODY, "muted", mn.LEFT, widest=0.44 * area.width
            )
            readings = [
                self.readout(
                    f"{label} {number}",
                    [area.left + share * area.width, area.at(0, height)[1] - 0.1, 0],
                    TITLE if self.is_wide else 34.0,
                    centred=True,
                )
                for number, share in enumerate((0.52, 0.83) if self.is_wide else (0.58, 0.87))
            ]
            if row == 0:
                self._act_parts(4, name, *readings)
            else:
                self.appear(
                    name, *readings, at="mistakes.surface:differ", until=self._acts[5] - 0.1 * self.show.fps, fade_s=0.3
                )
            self._balance_readings.append(readings)

    def _build_dome(self) -> None:
        area = self.area
        box = area.inset(left=0.4, right=0.4, bottom=0.2, top=0.3)
        share = np.linspace(0, 1, 121)
        S = np.asarray(two_level.entropy_J_per_K(two_level.beta_from_upper_fraction(share, 1.0), 1.0))
        height = S / S.max()
        points = np.stack([box.left + box.width * share, box.bottom + 0.9 * box.height * height, np.zeros(121)], axis=1)
        self._dome_box, self._dome_points, self._dome_share = box, points, share
        self._dome = [
            self.put(line(corners(points[n : n + 2]), 10.0), self.hotness_rgb(float(share[n : n + 2].mean())))
            for n in range(120)
        ]
        self._tangent: mn.VMobject = self.put(line(np.zeros((0, 3)), 8.0), hex_rgb(self.theme.ink))
        self._climber = Point(self, 0.26)
        closing = self.text(
            "mistakes.closing",
            self.area.at(0.5, 0) + [0, 0.1, 0],
            1.1 * HEADING,
            "ink",
            mn.DOWN,
            widest=area.width,
            weight="BOLD",
        )
        paint(closing, self.hotness_rgb(1.0))
        self.appear(closing, at=self._acts[-1] + 0.3 * self.show.fps)

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> MistakesState:
        act = max((n for n in range(len(ACTS)) if frame >= self._acts[n]), default=0)
        fade = 0.3 * self.show.fps
        start, stop = self._acts[act], self._acts[act + 1]
        shown = float(np.clip(min((frame - start) / fade, (stop - frame) / fade), 0, 1))
        place = self._climb(frame)
        return MistakesState(
            act=act,
            shown=shown,
            jumped=self._jumped(frame),
            moved=self._moved(frame),
            x=verdicts.heated(self._moved(frame)),
            ladder_x=self._ladder(frame),
            struck=self._struck(frame),
            pairs=(verdicts.pair_coldness(verdicts.settled()), verdicts.pair_coldness(verdicts.driven())),
            counted=self._counted(frame),
            at_mK=verdicts.balanced_mK()[0],
            upto_mK=verdicts.balanced_mK()[1],
            compared=self._compared(frame),
            place=place,
            slope=float(two_level.beta_from_upper_fraction(place, 1.0)),
            clock=frame / self.show.fps,
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: MistakesState) -> None:
        self.thermometer.lay(state.thermometer)
        lights: Rows = []
        balls: Rows = []
        sparks: Rows = []
        self._draw_axis(state, sparks)
        self._draw_ladders(state)
        self._draw_pairs(state, balls, lights)
        self._draw_counting(state, sparks)
        self._draw_balance(state, balls, lights)
        self._draw_dome(state)
        self._lay(self._balls, balls, state.shown)
        self._lay(self._light, lights, state.shown)
        self._lay(self._sparks, sparks, state.shown)

    def _lay(
        self,
        sprites: Sprites,
        rows: Rows,
        opacity: float,
    ) -> None:
        places = np.array([row[0][:2] for row in rows]).reshape(-1, 2)
        radius, rgb = np.array([row[1] for row in rows]), np.array([row[2] for row in rows]).reshape(-1, 3)
        sprites.lay(places, radius, rgb, opacity * np.array([row[3] for row in rows]))

    def _draw_axis(self, state: MistakesState, sparks: Rows) -> None:
        seen = state.shown if state.act == 0 else 0.0
        for point, x in zip(self._marks, state.x, strict=True):
            at = self._on_axis(x)
            if x == state.x[0]:
                wrong = self._span.at(0.0) - [1.2, 0, 0]
                at = wrong + (at - wrong) * state.jumped + [0, 2.2 * 4 * state.jumped * (1 - state.jumped) / 2, 0]
            there = seen if x == state.x[0] else seen * float(state.moved > 0)
            point.lay(at, float(hotness(x)), there)
        wrong = self._span.at(0.0) - [1.2, 0, 0]
        arms = [corners([wrong + [-s, -0.45, 0], wrong + [s, 0.45, 0]]) for s in (-0.45, 0.45)]
        off = max(1 - 4 * state.jumped, 0.0) * min(max(state.clock - 1.6, 0.0) * 3, 1.0)
        self._cross.points = np.concatenate(arms) if seen * off > 0 else np.zeros((0, 3))
        self._cross.stroke_rgbas[:, 3] = seen * off
        if seen > 0 and state.moved > 0:
            start = self._on_axis(state.x[0])
            for number in range(_SPARKS):
                target = self._on_axis(state.x[1 + number % 3])
                way = (self._phase[number] + 0.8 * self._pace[number] * state.clock) % 1.0
                at = start + (target - start) * way - [0, (1.2 + 0.5 * (number % 3)) * 4 * way * (1 - way), 0]
                sparks.append(
                    (at, 0.3 * np.sqrt(np.sin(np.pi * way)), self.hotness_rgb(float(hotness(state.x[0]))), 1.0)
                )

    def _draw_ladders(self, state: MistakesState) -> None:
        seen, nothing = (state.shown if state.act == 1 else 0.0), np.zeros((0, 3))
        for number, (column, rungs) in enumerate(zip(self._columns, self._rungs, strict=True)):
            heights = _energies(number)
            for rung, mobject in enumerate(rungs):
                if seen <= 0 or rung >= len(heights):
                    mobject.points = nothing
                    continue
                tallest = heights.max() if number == 2 and state.ladder_x < 0 else 0.0
                weight = float(np.exp(-state.ladder_x * (heights[rung] - tallest)))
                half = 0.42 * column.width * min(weight, 3.0) + 0.06
                middle, y = column.at(0.5, 0)[0], column.bottom + 0.35 + heights[rung] * 0.72
                half = min(half, 0.5 * column.width + 0.2)
                mobject.points = corners([[middle - half, y, 0], [middle + half, y, 0]])
                struck = state.struck if number < 2 else 0.0
                shade = self.hotness_rgb(float(hotness(2 * state.ladder_x)))
                mobject.stroke_rgbas[:, :3] = shade
                mobject.stroke_rgbas[:, 3] = seen * (1 - 0.75 * struck)
        for strike, column in zip(self._strikes, self._columns, strict=False):
            middle, y = column.at(0.5, 0.5)[0], column.at(0.5, 0.5)[1]
            reach = 1.3 * state.struck
            strike.points = (
                np.concatenate(
                    [corners([[middle - reach, y - s * reach, 0], [middle + reach, y + s * reach, 0]]) for s in (1, -1)]
                )
                if seen * state.struck > 0
                else nothing
            )
            strike.stroke_rgbas[:, 3] = seen

    def _draw_pairs(self, state: MistakesState, balls: Rows, lights: Rows) -> None:
        if state.act != 2:
            return
        for box, populations, pairs, readings in zip(
            self._sets, (verdicts.settled(), verdicts.driven()), state.pairs, self._pair_readings, strict=True
        ):
            for readout, x in zip(readings, pairs[:2], strict=True):
                readout.write(self.quantity("coldness", x))
                paint(readout, self.hotness_rgb(float(hotness(2 * x))))
            shares = np.rint(_BALLS * np.array(populations)).astype(int)
            radius = min(0.26, 0.6 * box.width / 26)
            for level, (up, number) in enumerate(zip(_LEVELS, shares.tolist(), strict=True)):
                x = pairs[0] if level == 0 else pairs[1]
                rgb = self.hotness_rgb(float(hotness(2 * x)))
                base = box.at(0.0, up)
                for index in range(number):
                    column, row = index % 12, index // 12
                    swing = 0.05 * np.sin(6 * self._pace[index % 64] * state.clock + 6.3 * self._phase[index % 64])
                    at = base + [(column + 0.6) * 0.6 * box.width / 12, radius * (1.1 + 1.9 * row) + abs(swing), 0]
                    balls.append((at, radius, rgb, 1.0))
                if number:
                    lights.append((base + [0.25 * box.width, 0.4, 0], 1.8, rgb, 0.25 * number / _BALLS * 2))

    def _draw_counting(self, state: MistakesState, sparks: Rows) -> None:
        for trace, points in self._curves:
            trace.draw_to(SPINS_COUNTED * state.counted if state.act == 3 else -1.0)
            if state.act == 3:
                n = np.arange(SPINS_COUNTED + 1)
                at = np.array([np.interp(SPINS_COUNTED * state.counted, n, column) for column in points.T])
                sparks.append((at, 0.55, self.hotness_rgb(state.counted), 1.0))
                for index in range(int(SPINS_COUNTED * state.counted) + 1):
                    beat = 0.75 + 0.25 * np.sin(5 * state.clock + index)
                    sparks.append((points[index], 0.24 * beat, self.hotness_rgb(index / SPINS_COUNTED), 1.0))

    def _draw_balance(self, state: MistakesState, balls: Rows, lights: Rows) -> None:
        if state.act != 4:
            return
        for row, values in enumerate((state.at_mK, state.upto_mK)):
            for readout, T in zip(self._balance_readings[row], values, strict=True):
                readout.write(self.quantity("volume_temperature" if row else "spin_temperature", 1e-3 * T))
        share = BALANCED[0][1] / BALANCED[0][0]
        rgb = self.hotness_rgb(share)
        for box, (N, up) in zip(self._bodies, BALANCED, strict=True):
            columns = 10 if 2 * BALANCED[0][0] < N else 5
            pitch = min(box.width / columns, box.height / (N / columns) / 1.1)
            for index in range(N):
                column, line_ = index % columns, index // columns
                at = np.array([box.left + (column + 0.5) * pitch, box.bottom + (line_ + 0.6) * pitch, 0.0])
                # Which of them are up goes round, as many at every time.
                lit = (index * 7 + int(2.5 * state.clock) * 3) % N < up
                balls.append((at, 0.4 * pitch, rgb if lit else 0.45 * rgb, 1.0))
                if lit:
                    lights.append((at, 0.85 * pitch, rgb, 0.4))

    def _draw_dome(self, state: MistakesState) -> None:
        seen = state.shown if state.act == 5 else 0.0
        for part in self._dome:
            part.stroke_rgbas[:, 3] = seen
        at = np.array([np.interp(state.place, self._dome_share, column) for column in self._dome_points.T])
        self._climber.lay(at, state.place, seen)
        rise = 0.9 * self._dome_box.height * state.slope / np.log(2) / self._dome_box.width
        along = np.array([1.0, rise, 0.0]) / np.hypot(1.0, rise)
        self._tangent.points = corners([at - 1.6 * along, at + 1.6 * along]) if seen > 0 else np.zeros((0, 3))
        self._tangent.stroke_rgbas[:, 3] = seen


def _energies(ladder: int) -> NDArray[np.float64]:
    """Energies of the levels of an oscillator, of a particle in a box, and of a spin of six, in one unit."""
    rungs = np.arange(2 * _RUNGS, dtype=np.float64)
    ladders: tuple[NDArray[np.float64], ...] = (0.62 * rungs, 0.16 * (rungs + 1) ** 2, 1.15 * rungs[:5])
    return ladders[ladder]
