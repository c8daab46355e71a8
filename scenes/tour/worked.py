"""Segment 2 of the tour: from sixty up and forty down to a temperature, and what does not matter on the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line, paint
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import microcanonical, two_level
from physics.coldness import temperature_from_beta
from physics.examples import ABOVE_AFTER, DELTA_E_J, FEW, PARTICLES
from physics.exchange import OUTSIDE, exchange
from scenes.axes import Point, hotness
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course, Crowd, is_dark
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

NUMBERS = (FEW, 10, PARTICLES)
_MOST_UP = 95
_COLUMNS, _ROWS = 20, 5
_LOG_RATIO_END, _T_END_mK = 3.2, 11.0
_SLOPE_END = 4.2
_GAP_mK = 1e3 * float(temperature_from_beta(1 / DELTA_E_J))
_GUTTER = 1.4  # room for the scale of energies
_SEED = 41


@dataclass(frozen=True)
class WorkedState:
    """What a frame shows."""

    upness: tuple[float, ...]
    quanta: tuple[tuple[int, int, float], ...]
    above: int
    n: float
    """Protons above, as the slider says; the crowd follows in whole ones."""
    ratio: float
    T_mK: float
    zero: float
    """Where energy is counted from: 0 the lower level, 1 half-way to the upper one."""
    number: int
    """Particles whose exact slopes are shown."""
    slopes: tuple[float, ...]
    """Slope of their exact entropy over energy, times k over the level distance, between neighbouring energies."""
    crowd: float
    traced: float
    """How much of the curve of temperature over the ratio is seen."""
    stepped: float
    """How much of the slopes is seen."""
    probe: float
    """Share of particles up at the point that goes along the smooth curve."""
    thermometer: ThermometerState


def _slopes(N: int) -> tuple[float, ...]:
    n = np.arange(N)
    return tuple((np.asarray(microcanonical.beta_forward(N, n, DELTA_E_J)) * DELTA_E_J).tolist())


class Worked(Stage[WorkedState]):
    """A crowd on two levels, beside it what is worked out of their numbers."""

    def build(self) -> None:
        self._plan()
        area, wide = self.area, self.is_wide
        split = area.left + 0.52 * area.width
        self._left = Box(area.left, split, area.bottom, area.top) if wide else area.inset(bottom=0.46 * area.height)
        self._right = (
            Box(split + 0.3, area.right, area.bottom, area.top) if wide else area.inset(top=0.57 * area.height)
        )
        self._build_levels()
        self._build_laws()
        self._build_curve()
        self._build_steps()
        self._crowd = Crowd(self, bleeds=True)
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self.thermometer = LongThermometer(self, "worked")

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        self._closing = end - (CLOSING_S + 0.1) * fps
        slide, equal, up = at("worked.slide"), at("worked.slide:equal"), at("worked.slide:up", 0.4)
        self._zero_from, few = at("worked.zero"), at("worked.few")
        self._n = Track(
            (
                (slide - 0.2 * fps, ABOVE_AFTER),
                (equal, PARTICLES / 2),
                (equal + 0.5 * fps, PARTICLES / 2),
                (up, _MOST_UP),
                (self._zero_from - 0.1 * fps, _MOST_UP),
                (self._zero_from + 1.0 * fps, ABOVE_AFTER),
            )
        )
        middle = at("worked.zero:middle")
        self._zero = Track(((middle - 0.5 * fps, 0.0), (middle + 0.4 * fps, 1.0)))
        fade = 0.4 * fps
        self._crowded = Track(((0.4 * fps, 0.0), (0.8 * fps, 1.0), (few - fade, 1.0), (few, 0.0)))
        self._traced = Track(((slide - fade, 0.0), (slide, 1.0), (self._zero_from - fade, 1.0), (self._zero_from, 0.0)))
        self._stepped = Track(
            ((few - 0.1 * fps, 0.0), (few + fade, 1.0), (self._closing - fade, 1.0), (self._closing, 0.0))
        )
        self._probed = Track(((few, 0.03), ((few + self._closing) / 2, 0.5), (self._closing, 0.97)))
        off, meet = at("worked.few:off", 0.7), at("worked.few:meet", -0.3)
        self._numbers = (off, max(meet, off + 0.5 * fps))
        steps = round(end / fps * STEPS_PER_S) + STEPS_PER_S
        counts = np.rint([self._n(step / STEPS_PER_S * fps) for step in range(steps)]).astype(int)
        self._course = Course(exchange(counts, PARTICLES, 0.5, _SEED, REST_STEPS))

    def _build_levels(self) -> None:
        box = self._left
        faint, ink = hex_rgb(self.theme.faint), hex_rgb(self.theme.ink)
        room = 1.15 if self.is_wide else 1.0
        pitch = min((box.width - room - _GUTTER) / _COLUMNS, 0.42 * box.height / _ROWS)
        column, row = np.arange(PARTICLES) % _COLUMNS, np.arange(PARTICLES) // _COLUMNS
        gap = box.height - _ROWS * pitch - 0.35
        low = box.bottom + 0.1
        x = box.left + _GUTTER + (column + 0.5) * pitch
        self._seats = np.stack([x, low + (row + 0.55) * pitch], axis=1)
        self._lift, self._radius = gap, 0.5 * pitch
        self._levels_y = (low, low + gap)
        end = box.left + _GUTTER + _COLUMNS * pitch
        self._level_lines = [
            self.put(line(corners([[box.left + _GUTTER - 0.05, y, 0], [end, y, 0]]), 4.0), faint)
            for y in self._levels_y
        ]
        self._axis: mn.VMobject = self.put(
            fill_shape(
                arrow(
                    [box.left + _GUTTER - 0.15, low - 0.1, 0],
                    [box.left + _GUTTER - 0.15, low + gap + 1.4, 0],
                    0.05,
                    0.24,
                )
            ),
            faint,
        )
        self._tick: mn.VMobject = self.put(line(np.zeros((0, 3)), 6.0), ink)
        size = BODY
        self._scales = tuple(
            tuple(
                self.formula(notation, [box.left + _GUTTER - 0.28, y, 0], size, "muted", mn.DR)
                for notation, y in zip(pair, self._levels_y, strict=True)
            )
            for pair in (("0", "Delta E"), ("-(Delta E)/2", "(Delta E)/2"))
        )
        fps, middle = self.show.fps, self.at("worked.zero:middle")
        self.appear(*self._scales[0], at=0.4 * fps, until=middle)
        self.appear(*self._scales[1], at=middle, until=self.at("worked.few"))
        at = end + 0.15
        self._counts = [
            self.readout(f"on level {n}", [at, y + 0.55 * _ROWS * pitch, 0], TITLE if self.is_wide else HEADING)
            for n, y in enumerate(self._levels_y)
        ]

    def _build_laws(self) -> None:
        box, fps = self._right, self.show.fps
        up, down = ABOVE_AFTER, PARTICLES - ABOVE_AFTER
        wide = self.is_wide
        size = (1.25 if wide else 0.66) * HEADING
        heights = (0.84, 0.62, 0.38) if wide else (0.9, 0.62, 0.34)
        lines = (
            (f'N_"up" / N_"down" = {up} / {down} = {up / down:g}', "worked.ratio:ratio"),
            (f"{up / down:g} = e^(-Delta E \\/ k T)", "worked.ratio:ratio"),
            (f"T = - (Delta E) / (k ln {up / down:g})", "worked.solve:log"),
        )
        until = self.at("worked.slide", -0.3)
        for number, ((notation, mark), height) in enumerate(zip(lines, heights, strict=True)):
            law = self.formula(notation, box.at(0.0, height), size, "ink", mn.LEFT)
            if law.width > box.width:
                law.scale(box.width / law.width, about_point=box.at(0.0, height))
            self.appear(law, at=self.at(mark, (-0.3, 1.1, 0.0)[number]), until=until)
        code_y = 0.2 if wide else 0.06
        code = 'mono("T = -dE / (k * log(up / down))")'
        typed = self.formula(code, box.at(0.0, code_y), BODY, "muted", mn.LEFT)
        if typed.width > box.width:
            typed.scale(box.width / typed.width, about_point=box.at(0.0, code_y))
        self.appear(typed, at=self.at("worked.solve:log", 0.6), until=until)
        place = box.at(0.0, 0.0) + [0, 0.1, 0] if wide else box.at(0.55, 0.5)
        self._answer = self.readout("answer", place, 1.2 * TITLE if wide else HEADING)
        self._answer.write(self.quantity("spin_temperature", 1e-3 * self._T_mK(float(ABOVE_AFTER))))
        paint(self._answer, self.hotness_rgb(up / PARTICLES))
        self.appear(self._answer, at="worked.solve:answer", until=until, fade_s=0.3)
        self._steady = self.readout(
            "temperature",
            [box.at(0.5, 0)[0], box.at(0, 0.42)[1], 0],
            1.5 * TITLE if self.is_wide else 1.4 * TITLE,
            centred=True,
        )
        name = self.text(
            "worked.temperature", [box.at(0.5, 0)[0], box.at(0, 0.42)[1] - 0.55, 0], BODY, "muted", widest=box.width
        )
        until = self.at("worked.few", -0.3)
        self.appear(self._steady, name, at=self._zero_from + 0.2 * fps, until=until)

    def _build_curve(self) -> None:
        box = self._right.inset(bottom=0.9, top=1.25)
        self._plot = box
        faint = hex_rgb(self.theme.faint)
        self._cross = [
            self.put(line(corners([box.at(0, 0.5), box.at(1, 0.5)]), 3.0), faint),
            self.put(line(corners([box.at(0.5, 0), box.at(0.5, 1)]), 3.0), faint),
        ]
        self._branches: list[mn.VMobject] = []
        for sign in (-1, 1):
            logs = sign * np.linspace(_GAP_mK / _T_END_mK, _LOG_RATIO_END, 60)
            at = self._on_plot(logs)
            for one, other in pairwise(at):
                middle = float(hotness(-float(logs[len(self._branches) % 59])))
                self._branches.append(self.put(line(corners([one, other]), 8.0), self.hotness_rgb(middle)))
        ticks = [
            self.formula(notation, box.at(across, 0) - [0, 0.12, 0], BODY, "muted", mn.UP)
            for notation, across in (("1", 0.5),)
        ]
        self._plot_words = [
            *ticks,
            self.formula('N_"up" \\/ N_"down"', box.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR),
            self.formula("T", box.at(0, 1), BODY, "muted", mn.UL),
        ]
        self.appear(*self._plot_words, at=self.at("worked.slide", -0.4), until=self._zero_from)
        self._slider = Point(self, 0.2, bleeds=True)
        self._plot_T = self.readout(
            "T on the curve",
            [box.at(0.5, 0)[0], box.top + 0.35, 0],
            1.1 * TITLE if self.is_wide else HEADING,
            centred=True,
        )

    def _on_plot(self, log_ratio: NDArray[np.float64]) -> NDArray[np.float64]:
        box = self._plot
        with np.errstate(divide="ignore"):
            T_mK = -_GAP_mK / np.asarray(log_ratio, dtype=float)
        x = box.left + box.width * (np.asarray(log_ratio) / _LOG_RATIO_END + 1) / 2
        y = box.bottom + box.height * (np.clip(T_mK / _T_END_mK, -1, 1) + 1) / 2
        return np.stack([x, y, np.zeros_like(x)], axis=-1)

    def _build_steps(self) -> None:
        area = self.area
        self._wide_box = area.inset(left=0.3, right=0.3, bottom=0.1, top=0.1)
        share = np.linspace(0.015, 0.985, 161)
        slope = np.asarray(two_level.beta_from_upper_fraction(share, 1.0))
        self._smooth: mn.VMobject = self.put(
            line(corners(self._on_steps(share, slope)), 9.0), hex_rgb(self.theme.muted)
        )
        self._axis_zero: mn.VMobject = self.put(
            line(corners(self._on_steps(np.array([0.0, 1.0]), np.zeros(2))), 3.0), hex_rgb(self.theme.faint)
        )
        self._stair: mn.VMobject = self.put(line(np.zeros((0, 3)), 6.0), hex_rgb(self.theme.ink))
        self._probe = Point(self, 0.24, bleeds=True)
        self._lights: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        at = self._wide_box.at(0.82, 0.78) if self.is_wide else self._wide_box.at(0.72, 0.86)
        self._N = self.readout("N", at, 2.2 * TITLE if self.is_wide else 1.5 * TITLE, centred=True)
        name = self.text("worked.particles", at - [0, 0.5, 0], BODY, "muted", widest=3.0)
        stirling = self.text(
            "worked.stirling",
            self._on_steps(np.array([0.02]), np.array([2.4]))[0] + [0.5, 0.55, 0],
            BODY,
            "muted",
            mn.LEFT,
        )
        self.appear(self._N, name, stirling, at="worked.few", until=self._closing)

    def _on_steps(self, share: NDArray[np.float64], slope: NDArray[np.float64]) -> NDArray[np.float64]:
        box = self._wide_box
        x = box.left + box.width * share
        y = box.bottom + box.height * (np.clip(slope / _SLOPE_END, -1, 1) + 1) / 2
        return np.stack([x, y, np.zeros_like(x)], axis=-1)

    # Frames ----------------------------------------------------------------------------------------------------------

    def _T_mK(self, n: float) -> float:
        return 1e3 * float(temperature_from_beta(two_level.beta_from_upper_fraction(n / PARTICLES, DELTA_E_J)))

    def state(self, frame: int) -> WorkedState:
        time_s, n = frame / self.show.fps + HOP_S / 2, self._n(frame)
        upness = self._course.upness(time_s)
        number = NUMBERS[sum(frame >= at for at in self._numbers)]
        return WorkedState(
            upness=tuple(upness.tolist()),
            quanta=tuple(self._course.under_way(time_s, HOP_S)),
            above=int((upness > 0.5).sum()),
            n=n,
            ratio=n / (PARTICLES - n),
            T_mK=self._T_mK(n),
            zero=self._zero(frame),
            number=number,
            slopes=_slopes(number),
            crowd=self._crowded(frame),
            traced=self._traced(frame),
            stepped=self._stepped(frame),
            probe=self._probed(frame),
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: WorkedState) -> None:
        self.thermometer.lay(state.thermometer)
        self._draw_levels(state)
        self._draw_curve(state)
        self._draw_steps(state)
        self._steady.write(self.quantity("spin_temperature", 1e-3 * state.T_mK))
        self._steady.fill_rgbas[:, :3] = self.hotness_rgb(state.n / PARTICLES)

    def _draw_levels(self, state: WorkedState) -> None:
        seen, up = state.crowd, np.array(state.upness)
        rgb = self.hotness_rgb(state.n / PARTICLES)
        seats = self._seats + up[:, None] * [0.0, self._lift]
        self._crowd.lay(seats, self._radius, up, rgb, opacity=seen)
        places, sizes = [], []
        for giver, taker, way in state.quanta:
            outside = np.array([self._left.right, sum(self._levels_y) / 2])
            here = seats[giver] if giver != OUTSIDE else outside
            there = seats[taker] if taker != OUTSIDE else outside
            places.append(here + (there - here) * way)
            sizes.append(self._radius * np.sqrt(np.sin(np.pi * way)))
        self._sparks.lay(np.array(places).reshape(-1, 2), np.array(sizes), rgb, seen)
        for mobject in (*self._level_lines, self._tick):
            mobject.stroke_rgbas[:, 3] = seen
        self._axis.fill_rgbas[:, 3] = seen
        low, high = self._levels_y
        zero = low + state.zero * (high - low) / 2
        x = self._left.left + _GUTTER - 0.15
        self._tick.points = corners([[x - 0.16, zero, 0], [x + 0.16, zero, 0]])
        for number, readout in zip((PARTICLES - state.above, state.above), self._counts, strict=True):
            readout.write(self.quantity("count", number) if seen > 0 else "")
            paint(readout, rgb)
            readout.fill_rgbas[:, 3] = seen

    def _draw_curve(self, state: WorkedState) -> None:
        seen = state.traced
        for mobject in (*self._cross, *self._branches):
            mobject.stroke_rgbas[:, 3] = seen
        at = self._on_plot(np.array([np.log(state.ratio)]))[0]
        self._slider.lay(at, state.n / PARTICLES, seen)
        self._plot_T.write(self.quantity("spin_temperature", 1e-3 * state.T_mK) if seen > 0 else "")
        paint(self._plot_T, self.hotness_rgb(state.n / PARTICLES))
        self._plot_T.fill_rgbas[:, 3] = seen

    def _draw_steps(self, state: WorkedState) -> None:
        seen, N = state.stepped, state.number
        for mobject in (self._smooth, self._axis_zero, self._stair):
            mobject.stroke_rgbas[:, 3] = seen
        self._N.write(self.quantity("count", N))
        slope = np.asarray(two_level.beta_from_upper_fraction(state.probe, 1.0))
        self._probe.lay(self._on_steps(np.array([state.probe]), slope[None])[0], state.probe, seen)
        if seen <= 0:
            self._stair.points = np.zeros((0, 3))
            self._lights.lay(np.zeros((0, 2)), 0.1, self.hotness_rgb(0.5))
            return
        edges = np.repeat(np.arange(N + 1), 2)[1:-1] / N
        self._stair.points = corners(self._on_steps(edges, np.repeat(state.slopes, 2)))
        middle = (np.arange(N) + 0.5) / N
        glow = 0.42 if NUMBERS[-1] > N else 0.2
        self._lights.lay(self._on_steps(middle, np.array(state.slopes)), glow, self.hotness_rgb(middle), seen)
