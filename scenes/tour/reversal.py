"""Segment 4: Purcell and Pound reverse the field of a crystal, and its spins come home through infinity."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, fill_shape
from explainer.stage.sprites import Sprites, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import SMALL
from physics import relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.examples_tour import LIF_FIELD_T, LIF_T1_S, ROOM_K, crossing_s, excess_per_million
from physics.exchange import exchange
from physics.spins import FLUORINE_19
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course, is_dark, shade
from scenes.tour.crystal import Crystal
from scenes.tour.floors import EXCESS, SPINS, Floors, TurningField
from scenes.tour.million import MILLION, Million
from scenes.tour.relaxing import Axes, Signal, StopWatch, hotness
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

QUANTA = 90
"""Quanta that are drawn on their way from the spins to the crystal, in place of all."""

_SEED = 17
_SWAPS_PER_STEP = 0.4
_SUDDEN_S, _LATE_S = 0.25, 0.35  # the reversal takes so long, and comes so much after its word begins
_FLIGHT_S = 0.7
_NEAR = 16.0  # how much the sheet of a million is enlarged at first
_TURN_PER_S = 0.13  # of the crystal, in radians
_SWEEP_S = 1.6
_SHADOW = 1.5  # round a number, in scene units: the field's lines fade there
_LIT = ((0.16, 0.71), (0.81, 0.3))  # where on the sheet the excess lies
_FAR_S = 3600.0  # on the clock, at the end
_HOME_S = 2400.0  # when the spins are at room temperature to a kelvin


@dataclass(frozen=True)
class Pictures:
    """How far each picture of the segment is there, 0 to 1."""

    crystal: float
    million: float
    levels: float
    home: float
    poles: float


@dataclass(frozen=True)
class ReversalState:
    """What a frame shows; energies and turns of spins, the field, the clock and what it leaves of the inversion."""

    thermometer: ThermometerState
    pictures: Pictures
    yaw: float
    """Turn of the crystal, in radians."""
    settled: float
    """How far the field is there, 0 to 1."""
    fluorine: tuple[float, ...]
    """Half turns from along the field of each fluorine nucleus of the crystal, 0 to 1."""
    lithium: tuple[float, ...]
    sample: tuple[float, ...]
    """Half turns of each nucleus on the two levels, from along the direction that the field was turned to slowly."""
    angle: float
    """Of that direction, in radians."""
    field: float
    """Along that direction, in units of the whole field."""
    zoom: float
    """Of the sheet of a million."""
    told: float
    """How far its excess stands out."""
    along: int
    """Of a million, those along the first field, or the one that was turned to slowly."""
    against: int
    T_K: float | None
    """None while the field is reversed, and until the voice names the new temperature."""
    clock_s: float
    share: float
    """Polarisation in units of that at room temperature."""
    left: int
    """Quanta of those drawn that have left for the crystal."""
    sweep: float
    """How far the resonance has been swept, 0 to 1, again and again."""
    quanta: tuple[tuple[int, float], ...]
    """Fluorine nucleus and way, 0 to 1, of each quantum that is seen."""


class Reversal(Stage[ReversalState]):
    """A crystal in a magnet, a million of its nuclei, two levels that change places, and the way home."""

    def build(self) -> None:
        end_s = self.show.frame_count / self.show.fps
        self._field_picture = TurningField(self)
        self._million = self.put(Million(self, round(excess_per_million())), bleeds=True)
        self._lit: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._crystal = Crystal(self, (7, 5, 4) if self.is_wide else (4, 7, 4))
        self._first = 1.45 if self.is_wide else 1.5
        self._floors = Floors(self)
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._build_tracks(end_s)
        self._build_home()
        self._build_words()
        self._build_courses(end_s)
        self.thermometer = LongThermometer(self, "reversal")

    def _build_tracks(self, end_s: float) -> None:
        fps = self.show.fps
        self._opens, self._closes = 0.4 * fps, (end_s - CLOSING_S) * fps
        self._settles = self.track(("reversal.crystal:field", -0.3, 0.0), ("reversal.crystal:field", 0.6, 1.0))
        begins, ends = self._opens, self._closes + 0.1 * fps
        late = self.at("reversal.excess"), self.at("reversal.slow"), self.at("reversal.back")
        self._crystal_there = Track(
            ((begins, 0.0), (begins + 0.5 * fps, 1.0), (late[0] + 0.3 * fps, 1.0), (late[0] + 0.7 * fps, 0.0))
        )
        self._million_there = Track(
            (
                (late[0] - 0.1 * fps, 0.0),
                (late[0] + 0.5 * fps, 1.0),
                (late[1] - 0.5 * fps, 1.0),
                (late[1] + 0.2 * fps, 0.0),
            )
        )
        self._levels_there = Track(
            (
                (late[1] - 0.5 * fps, 0.0),
                (late[1] + 0.2 * fps, 1.0),
                (late[2] - 0.9 * fps, 1.0),
                (late[2] - 0.3 * fps, 0.0),
            )
        )
        self._home_there = Track(((late[2] - 0.6 * fps, 0.0), (late[2], 1.0), (ends - 0.6 * fps, 1.0), (ends, 0.0)))
        self._zoom = self.track(
            ("reversal.excess", 0.0, np.log(_NEAR)),
            ("reversal.excess:excess", -0.2, 0.0),
            ("reversal.excess:end", 0.1, 0.0),
            ("reversal.slow", 0.2, np.log(_NEAR)),
        )
        self._told = self.track(("reversal.excess:excess", -0.1, 0.0), ("reversal.excess:excess", 0.6, 1.0))
        self._angle = self.track(("reversal.slow:slowly", -0.2, 0.0), ("reversal.slow:end", 0.2, np.pi))
        flips = "reversal.sudden:suddenly"
        self._flip = self.at(flips, _LATE_S), self.at(flips, _LATE_S + _SUDDEN_S)
        self._field = self.track((flips, _LATE_S, 1.0), (flips, _LATE_S + _SUDDEN_S, -1.0))
        self._clock = self.track(
            ("reversal.back", 0.3, 0.0),
            ("reversal.back:infinity", 0.0, crossing_s()),
            ("reversal.back:end", -0.6, crossing_s()),
            ("reversal.home", 0.1, LIF_T1_S),
            ("reversal.home:room", 0.0, _HOME_S),
            ("reversal.home:end", 0.0, _FAR_S),
        )

    def _build_home(self) -> None:
        """The crystal, the axes, the clock and the signal of the way home."""
        area = self.area
        self._axes = Axes(self)
        top, bottom = self._axes.bottom, self.frame.bottom
        if area.width > area.height:
            y, part = (top + area.bottom) / 2 - 0.25, area.width / 12.8
            box = Box(1.4 * part, area.right - 0.5 * part, y - 1.45, y + 1.45)
            middle, radius = np.array([0.0, y, 0.0]), 1.2 * part**0.5
            self._home = 0.85 * part, np.array([-4.3 * part, (top + bottom) / 2 - 0.2])
        else:
            box = Box(self.frame.left, self.frame.right, area.bottom - 1.1, area.bottom + 2.9)
            middle, radius = np.array([area.right - 1.3, top - 1.6, 0.0]), 1.2
            self._home = 0.62, np.array([-1.3, top - 2.7])
        self._signal = Signal(self, box)
        self._watch = StopWatch(self, middle, radius)
        parts = (*self._axes.parts, *self._signal.parts, *self._watch.parts)
        since, gone = self.at("reversal.back", -0.6), self._closes + 0.1 * self.show.fps
        self.appear(*parts, at=since, until=gone, fade_s=0.6)

    def _build_words(self) -> None:
        area, wide = self.area, self.is_wide
        lit = hex_rgb(self.theme.ink)
        self._counts, arrows = [], []
        for sign, y in ((1, 0.55), (-1, -1.25)):
            x = -1.9
            number = self.readout("along" if sign > 0 else "against", [x, y, 0], 84.0)
            tail, tip = ([x - 0.6, y + 0.42 + end * sign, 0] for end in (-0.55, 0.55))
            arrows.append(self.put(fill_shape(arrow(tail, tip, 0.16, 0.5)), lit))
            self._counts.append(number)
        self.appear(*self._counts, *arrows, at="reversal.excess:excess", until=self.at("reversal.excess:end", 0.2))
        self._shadows: Sprites = self.put(Sprites(glow), bleeds=True)
        self._levels = [self.readout(f"level {sign}", [0, 0, 0], 40.0) for sign in (-1, 1)]
        heading = np.array([area.right - 3.2, area.top - 0.25, 0.0]) if wide else area.at(0, 1) - [0, 0.25, 0]
        name = self.text("reversal.temperature", heading, SMALL, "muted", mn.LEFT, widest=3.0)
        self._T = self.readout("T", heading - [0, 1.05, 0], 64.0)
        since, gone = self.at("reversal.slow", 0.1), self.at("reversal.sudden:end", 0.5)
        self.appear(name, self._T, *self._levels, at=since, until=gone)

    def _build_courses(self, end_s: float) -> None:
        steps = int(end_s * STEPS_PER_S) + 2
        seconds = np.arange(steps) / STEPS_PER_S
        fps = self.show.fps
        kinds = self._crystal.fluorine
        self._kinds = []
        for seed, mask in enumerate((kinds, ~kinds)):
            number = int(mask.sum())
            upper = np.full(steps, number // 2)
            self._kinds.append(Course(exchange(upper, number, _SWAPS_PER_STEP, _SEED + seed, REST_STEPS)))
        flip_s = self._flip[0] / fps
        resting = (seconds > flip_s - HOP_S - 0.1) & (seconds < flip_s + _SUDDEN_S)
        slow_s = self.at("reversal.slow:slowly", -0.2 - HOP_S) / fps, self.at("reversal.slow:end", 0.1) / fps
        resting |= (seconds > slow_s[0]) & (seconds < slow_s[1])
        others = SPINS - EXCESS
        rate = np.where(resting, 0.0, _SWAPS_PER_STEP)
        self._sample = Course(exchange(np.full(steps, others // 2), others, rate, _SEED + 2, REST_STEPS))
        self._others = np.setdiff1d(np.arange(SPINS), self._floors.excess)
        self._random = np.random.default_rng(_SEED).uniform(0, 2 * np.pi, len(kinds))
        given = np.array([(1 + self._share(self._clock(frame))[0]) / 2 for frame in range(self.show.frame_count)])
        self._departs = np.searchsorted(given, (np.arange(QUANTA) + 0.5) / QUANTA)
        self._givers = np.random.default_rng(_SEED + 3).integers(0, int(kinds.sum()), QUANTA)

    def _share(self, clock_s: float) -> tuple[float, float]:
        """Return the polarisation in units of that at room temperature, and the temperature in K."""
        at_rest = float(spins.polarisation(beta_from_temperature(ROOM_K), FLUORINE_19, LIF_FIELD_T))
        gap = float(spins.splitting_J(FLUORINE_19, LIF_FIELD_T))
        room = float(beta_from_temperature(ROOM_K))
        reversed_beta = float(spins.sudden_field_change(room, LIF_FIELD_T, -LIF_FIELD_T))
        beta = float(relaxation.beta_per_J(clock_s, reversed_beta, room, LIF_T1_S, gap))
        share = float(relaxation.polarisation(clock_s, -at_rest, at_rest, LIF_T1_S)) / at_rest
        crossed = abs(clock_s - crossing_s()) < 1e-9
        return share, float("inf") if crossed else float(temperature_from_beta(beta))

    def state(self, frame: int) -> ReversalState:
        fps = self.show.fps
        time_s, clock = frame / fps, self._clock(frame)
        share, T_K = self._share(clock)
        started = self.at("reversal.back", 0.3)
        if frame < self._flip[0]:
            beta = spins.slow_field_change(beta_from_temperature(ROOM_K), LIF_FIELD_T, -LIF_FIELD_T)
            T_K, share = float(temperature_from_beta(beta)), 1.0
        unnamed = self._flip[0] <= frame < self.at("reversal.sudden:negative")
        sample = np.zeros(SPINS)
        sample[self._others] = self._sample.upness(time_s)
        excess = round(excess_per_million())
        flights = (frame - self._departs) / (_FLIGHT_S * fps)
        under_way = np.flatnonzero((flights > 0) & (flights < 1) & (frame > started))
        return ReversalState(
            thermometer=self.thermometer.at_frame(frame),
            pictures=self._pictures(frame),
            yaw=0.45 + _TURN_PER_S * time_s,
            settled=self._settles(frame),
            fluorine=tuple(self._kinds[0].upness(time_s).tolist()),
            lithium=tuple(self._kinds[1].upness(time_s).tolist()),
            sample=tuple(sample.tolist()),
            angle=self._angle(frame),
            field=self._field(frame),
            zoom=float(np.exp(self._zoom(frame))),
            told=self._told(frame),
            along=(MILLION + excess) // 2,
            against=(MILLION - excess) // 2,
            T_K=None if unnamed else T_K,
            clock_s=clock,
            share=share,
            sweep=time_s / _SWEEP_S % 1.0,
            left=int(np.count_nonzero(self._departs <= frame)),
            quanta=tuple((int(self._givers[k]), float(flights[k])) for k in under_way),
        )

    def _pictures(self, frame: int) -> Pictures:
        crystal, million = self._crystal_there(frame), self._million_there(frame)
        levels, home = self._levels_there(frame), self._home_there(frame)
        return Pictures(max(crystal, home), million, levels, home, max(min(1.0, crystal + levels), 0.0))

    def draw(self, state: ReversalState) -> None:
        there = state.pictures
        rgb = self.hotness_rgb(hotness(state.share if state.field < 0 else 1.0))
        self._field_picture.lay(state.angle, state.field * state.settled, there.poles)
        self._draw_million(state, rgb)
        self._draw_crystal(state, rgb)
        self._floors.lay(state.sample, state.angle, state.field, rgb, 1.0, there.levels)
        self._write(state)
        self._axes.lay(np.inf if state.T_K is None else state.T_K, state.share, there.home)
        self._watch.lay(state.clock_s)
        self._signal.lay(state.share, state.sweep, there.home)
        self.thermometer.lay(state.thermometer)

    def _draw_million(self, state: ReversalState, rgb: NDArray[np.float64]) -> None:
        there = state.pictures.million
        self._million.fill_rgbas[:, 3] = there
        if there <= 0:
            self._million.points = np.zeros((0, 3))
            self._lit.lay(np.zeros((0, 2)), 0.1, rgb)
            return
        seen = 1 - 0.5 * state.told
        bright, dim = shade(self.theme, rgb, [0.95 * seen, 0.3 * seen])
        self._million.lay_sheet(int(8 * state.yaw / _TURN_PER_S), state.zoom, bright, dim)
        columns, rows = self._million.columns, self._million.rows
        lit = [self._million.place(across * columns, up * rows) for across, up in _LIT]
        self._lit.lay(lit, 0.9 * state.told, rgb, there)

    def _draw_crystal(self, state: ReversalState, rgb: NDArray[np.float64]) -> None:
        there, kinds = state.pictures, self._crystal.fluorine
        turns = np.empty(len(kinds))
        turns[kinds], turns[~kinds] = state.fluorine, state.lithium
        home = there.home > 0
        angles = np.pi * turns + (1 - state.settled) * self._random
        scale, centre = self._home if home else (self._first * state.zoom / _NEAR, np.array([0.0, -0.1]))
        colours = np.stack([rgb, hex_rgb(self.theme.muted)])
        self._crystal.lay(state.yaw, scale, centre, angles, colours, 0.5, there.crystal)
        places, _, _ = self._crystal.seen(state.yaw, scale, centre)
        givers = places[kinds][[who for who, _ in state.quanta]]
        way = np.array([way for _, way in state.quanta])
        out = np.stack([np.cos(2.4 * np.arange(len(way))), np.sin(2.4 * np.arange(len(way)))], axis=1)
        near = givers + 1.4 * scale * way[:, None] * out if len(way) else np.zeros((0, 2))
        self._sparks.lay(near, 0.42 * np.sqrt(np.sin(np.pi * way)), rgb, there.home)

    def _write(self, state: ReversalState) -> None:
        for number, value in zip(self._counts, (state.along, state.against), strict=True):
            number.write(self.quantity("count", value))
        for number, sign, value in zip(self._levels, (-1, 1), (state.along, state.against), strict=True):
            number.write(self.quantity("count", value))
            if self.is_wide:
                number.move(self._floors.right(sign, state.field) + [0.15, 0.1, 0])
            else:
                number.move(self._floors.far_left(sign, state.field) + [0, 0.6, 0])
        self._T.write("" if state.T_K is None else self.quantity("spins_K", state.T_K))
        ground, there = hex_rgb(self.theme.background), state.pictures.levels
        middles = [number.points.mean(axis=0) for number in (*self._levels, self._T) if len(number.points)]
        self._shadows.lay(middles, _SHADOW, ground, 0.9 * there)
