"""Segment 3: coldness runs straight from cold to hot while temperature leaps; heat flows from negative to positive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import linear_sum_assignment

from explainer.stage.layout import Box
from explainer.stage.motion import Track, ease, ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, discs, fill_shape, line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.coldness import temperature_from_beta
from physics.examples import DELTA_E_J, PARTICLES
from scenes.axes import ColdnessAxis, Point, hotness
from scenes.minute import seams
from scenes.minute.bodies import HOT, parting
from scenes.minute.contact import ContactPicture, Heat, Quanta, between
from scenes.minute.ring import FLAT, OPENED, RING, Ring, TemperatureBand
from scenes.protons import HOP_S, STEPS_PER_S, Course, Crowd

_COLDEST, _HOTTEST = 3.9, 2.6  # as far as the mark goes to either side
_MARK_RADIUS, _RIM_RADIUS = 0.24, 0.33
_SETTLE_S = 0.95  # before the end, the bodies go to where the atoms are
_HOLD_S = 0.1
_SPREAD = 0.6  # of the way, by which the last is behind the first
_GOLDEN = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class OrderingState:
    """What a frame shows: the protons, coldness x = beta dE and temperature of all or of each body, what was gained."""

    upness: tuple[float, ...]
    """How far up each proton is, the hotter body's first."""
    quanta: tuple[tuple[int, int, float], ...] | None
    """Of those on their way between protons of the bodies: giver, taker, share of the way; None if there are none."""
    x: float
    T_mK: float
    bend: float
    """Of the line of temperatures: 0 flat, 1 closed at infinity, 2 turned, 3 opened at zero."""
    ringed: float
    """How much of the line of temperatures is there."""
    poured: float
    """Share of the way from the mark to the two levels."""
    gathered: float
    parted: float
    apart: float
    """Share of the first distance between the bodies."""
    settled: float
    """Share of the way to where the atoms of a laser will be."""
    x_hot: float
    T_hot_mK: float
    x_cold: float
    T_cold_mK: float
    heat: float
    """Heat still to flow, as a fraction of all that flows."""
    entropy_gain_over_k: float
    told: float
    """How much of the axis, its marks and the curve is there."""


class _Mark:
    """A point, parted by a rim from the band that it is on."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._rim: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.background), bleeds=True)
        self._point = Point(stage, _MARK_RADIUS, bleeds=True)

    def lay(self, at: NDArray[np.float64], x: float, opacity: float, rim: float = 1.0) -> None:
        """Show it at a place, shape (3,), in the colour of coldness x."""
        self._rim.points = discs([at], _RIM_RADIUS) if opacity * rim > 0 else np.zeros((0, 3))
        self._rim.fill_rgbas[:, 3] = opacity * rim
        self._point.lay(at, float(hotness(x)), opacity)


def _temperature_mK(x: float) -> float:
    return 1e3 * float(temperature_from_beta(x / DELTA_E_J))


class Ordering(Stage[OrderingState]):
    """A mark on two axes, of which the second is a ring; then two bodies in contact, whose marks meet."""

    def build(self) -> None:
        self._wide = self.is_wide
        self._heat = Heat()
        span = seams.coldness_span(self)
        self._axis = ColdnessAxis(self, span)
        self._mark = _Mark(self)
        self._plan()
        self._build_levels(span.y)
        self._build_ring(span.y - 1.2, (span.right - span.left) / 2)
        self._contact = ContactPicture(self, span.y, self._flow, self._even, self._quiet)
        self._crowd = Crowd(self, bleeds=True)
        self._quanta = Quanta(self)
        self._second, self._marks = _Mark(self), (_Mark(self), _Mark(self))
        self._draw_courses()
        self.appear(*self._axis.parts, at=-self._settle, until=self._quiet)

    # Times -----------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Say when what happens."""
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        self._settle = end - _SETTLE_S * fps
        self._quiet = self._settle + 0.35 * fps
        jump, self._part = at("ordering.jump:jump"), at("ordering.contact", -0.1)
        self._flow, self._even = at("ordering.contact:flow"), self._settle - 0.45 * fps
        unit = (self._part - jump) / 2.5  # the ring's own time, whatever the language
        # Where the words come in another order, there is time for the mark nevertheless.
        zero = float(np.clip(at("ordering.coldness:zero"), 1.7 * fps, jump - 0.95 * fps))
        cold = min(at("ordering.coldness:coldness"), zero - fps)
        self._end_x = float(np.log(PARTICLES / seams.levels(seams.parted()).sum() - 1))
        begins = _HOLD_S * fps
        keys = (
            (0.0, seams.end_coldness()),
            (begins, seams.end_coldness()),
            (cold, _COLDEST),
            (cold + 0.1 * fps, _COLDEST),
            (cold + 0.4 * (zero - cold), 2.6),
            (zero - 0.1 * fps, 0.0),
            (zero + 0.2 * fps, 0.0),
            (zero + 0.55 * fps, -_HOTTEST),
            (jump + 0.15 * unit, 0.7),
            (jump + 0.45 * unit, 0.3),
            (jump + 0.65 * unit, 0.0),
            (jump + 0.85 * unit, -0.3),
            (jump + 1.0 * unit, -0.5),
            (jump + 1.2 * unit, -0.5),
            (jump + 1.7 * unit, self._end_x),
        )
        # At zero it rests until whoever turned over has arrived.
        self.stand("ordering.coldness:zero", zero)
        self.stand("ordering.coldness:coldness", cold + 0.3 * fps)
        self._x = PchipInterpolator([frame for frame, _ in keys], [x for _, x in keys])
        self._x_until = keys[-1][0]
        self._bend = Track(
            (
                (jump + 0.8 * unit, FLAT),
                (jump + 1.3 * unit, RING),
                (jump + 1.4 * unit, RING),
                (jump + 2.45 * unit, OPENED),
            )
        )
        self._ringed = Track(
            (
                (jump - 0.1 * unit, 0.0),
                (jump + 0.15 * unit, 1.0),
                (self._part + 0.1 * fps, 1.0),
                (self._part + 0.45 * fps, 0.0),
            )
        )
        self._poured = _ramp(begins, cold + 0.1 * fps)
        self._gathered = _ramp(at("ordering.jump", -0.1), jump + 0.1 * unit)
        middle = self._part + 0.6 * (self._flow - self._part)
        self._parted = _ramp(self._part, middle)
        self._apart = Track(((middle - 0.1 * fps, 1.0), (self._flow, 0.0)))
        self._settled = Track(((self._settle, 0.0), (end - _HOLD_S * fps, 1.0)))
        self._told = Track(((self._settle, 1.0), (self._quiet, 0.0)))
        # Heat flows evenly, as the bodies are let touch ever more closely.
        self._moved = _ramp(self._flow, self._even)
        self._jump, self._unit = jump, unit

    def _coldness(self, frame: float) -> float:
        return float(self._x(min(frame, self._x_until)))

    # What is shown ---------------------------------------------------------------------------------------------------

    def _build_levels(self, axis_y: float) -> None:
        """Lay out the seats on the two levels, as many on each as there are protons, and the level lines."""
        columns = 25 if self._wide else 20 if seams.is_square(self) else 10
        rows = PARTICLES // columns
        low, high = -mn.config.frame_height / 2 + 0.3, axis_y - 1.5
        across = (self.area.width - 0.1) / columns
        up = min((high - low) / (2 * rows + 0.9), 1.15 * across)
        column, row = np.arange(PARTICLES) % columns, np.arange(PARTICLES) // columns
        x = (column - (columns - 1) / 2) * across
        middle = (low + high) / 2
        self._lift = (rows + 0.9) * up
        self._level_seats = np.stack([x, middle - 0.45 * up - (row + 0.5) * up], axis=1)
        self._level_radius = 0.52 * min(1.1 * across, up)
        lines = [
            self.put(line(corners([[self.area.left, y, 0], [self.area.right, y, 0]]), 3.0), hex_rgb(self.theme.faint))
            for y in (middle - (0.45 + rows) * up - 0.04, middle + 0.45 * up - 0.04)
        ]
        self.appear(*lines, at="ordering.coldness:coldness", until=self.at("ordering.jump", 0.1))
        self._reading_y = axis_y - 1.05
        self._reading = self.readout("coldness", [0, self._reading_y, 0], 56.0, centred=True)
        self.appear(self._reading, at="ordering.coldness:coldness", until=self.at("ordering.jump", 0.1), fade_s=0.25)

    def _build_ring(self, y: float, half: float) -> None:
        """Lay out the ring below its line, the protons within, and the two read-outs beside or under it."""
        area, jump, unit = self.area, self._jump, self._unit
        room = 4.2 if self._wide else min(area.width - 1.0, y - area.bottom - 2.15)
        self._ring = Ring((0.0, y), room / 2, half)
        core = 0.66 * self._ring.radius
        place, turn = np.sqrt((np.arange(PARTICLES) + 0.5) / PARTICLES), _GOLDEN * np.arange(PARTICLES)
        centre = np.array([0.0, y - 0.96 * self._ring.radius])
        self._core_seats = centre + core * place[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        self._core_radius = 0.105 * core
        beside, low, size = (4.6, y - 0.58 * room, 50.0) if self._wide else (area.width / 4, area.bottom + 0.23, 46.0)
        side = area.width / 2 - beside
        kept = [Box(x - side, x + side, low - 0.35, low + 1.6) for x in (-beside, beside)]
        self._band = TemperatureBand(self, self._ring, kept)
        self._numbers = []
        for label, x in (("common.temperature", -beside), ("common.coldness", beside)):
            name = self.text(label, [x, low + (1.15 if self._wide else 1.0), 0], BODY, "muted", widest=2 * side - 0.3)
            number = self.readout(label, [x, low, 0], size, centred=True)
            self.appear(name, number, at=jump - 0.05 * unit, until=jump + 2.05 * unit, fade_s=0.25)
            self._numbers.append(number)

    def _draw_courses(self) -> None:
        """Draw the protons' quanta, step by step, from the populations."""
        fps = self.show.fps
        part, last = (round(frame / fps * STEPS_PER_S) for frame in (self._part, self.show.frame_count))
        frames = np.arange(last + 1) * fps / STEPS_PER_S
        above = np.array([round(PARTICLES * float(hotness(self._coldness(frame)))) for frame in frames[: part + 1]])
        moved = [self._moved(frame) for frame in frames[part:]]
        hot_above = np.rint([self._heat.at(share).above_hot for share in moved]).astype(int)
        quiet = round((_SETTLE_S - 0.1) * STEPS_PER_S)
        drawn = parting(above, hot_above, seams.parted(), quiet, self._core_seats, self._contact.seats(0.0, 0.0))
        self._course = Course(drawn.quanta)
        self._core = self._core_seats[drawn.place_before]
        ways = ((self._core[:, None] - (self._level_seats + [0, self._lift / 2])[None]) ** 2).sum(axis=-1)
        self._level = self._level_seats[_assigned(ways)]
        self._order = np.random.default_rng(3).random(PARTICLES)

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> OrderingState:
        time_s = frame / self.show.fps + HOP_S / 2  # half way, a proton counts as turned
        x, warmth = self._coldness(frame), self._heat.at(self._moved(frame))
        quanta = self._course.under_way(time_s) if frame >= self._part else []
        return OrderingState(
            upness=tuple(self._course.upness(time_s).tolist()),
            quanta=tuple(quanta) or None,
            x=x,
            T_mK=_temperature_mK(x),
            bend=self._bend(frame),
            ringed=self._ringed(frame),
            poured=self._poured(frame),
            gathered=self._gathered(frame),
            parted=self._parted(frame),
            apart=self._apart(frame),
            settled=self._settled(frame),
            x_hot=warmth.x_hot,
            T_hot_mK=_temperature_mK(warmth.x_hot),
            x_cold=warmth.x_cold,
            T_cold_mK=_temperature_mK(warmth.x_cold),
            heat=warmth.heat,
            entropy_gain_over_k=warmth.entropy_gain_over_k,
            told=self._told(frame),
        )

    def draw(self, state: OrderingState) -> None:
        self._draw_marks(state)
        self._band.lay(state.bend, state.ringed)
        temperature, coldness = self._numbers
        temperature.write(self.quantity("body_temperature", state.T_mK * 1e-3))
        coldness.write(self.quantity("coldness", state.x))
        self._reading.write(self.quantity("coldness", state.x))
        room = self.area.width / 2 - 0.95
        self._reading.move(np.array([np.clip(self._axis.at(state.x)[0], -room, room), self._reading_y, 0.0]))
        self._draw_protons(state)
        self._contact.lay(
            (state.T_hot_mK, state.T_cold_mK), (state.x_hot, state.x_cold), state.heat, state.settled, state.told
        )

    def _draw_marks(self, state: OrderingState) -> None:
        parted = state.parted > 0
        self._mark.lay(self._axis.at(state.x), state.x, float(not parted), state.poured)
        for mark, x in zip(self._marks, self._marked(state), strict=True):
            mark.lay(self._axis.at(x), x, state.told * parted)
        at, seen = self._on_ring(state)
        self._second.lay(at, state.x, state.ringed * seen)

    def _on_ring(self, state: OrderingState) -> tuple[NDArray[np.float64], bool]:
        """Return where the state's temperature is, and whether that is in the frame."""
        at = np.append(self._ring.at(state.x, state.bend), 0.0)
        seen = bool(np.abs(at[0]) < mn.config.frame_width / 2 + 1)
        return (at, True) if seen else (np.zeros(3), False)

    def _marked(self, state: OrderingState) -> tuple[float, float]:
        """Return the coldness of the two marks, which part as the bodies do."""
        hot, cold = (state.x + (x - state.x) * ease(state.parted) for x in (state.x_hot, state.x_cold))
        return hot, cold

    def _body_rgb(self, state: OrderingState) -> NDArray[np.float64]:
        """Return the colour of each proton: that of all, then that of its body."""
        hot, cold = (self.hotness_rgb(float(hotness(x))) for x in self._marked(state))
        return np.where(np.arange(PARTICLES)[:, None] < HOT, hot, cold)

    def _draw_protons(self, state: OrderingState) -> None:
        up = np.array(state.upness)
        seats, seated = self._contact.seats(state.apart, state.settled), self._contact.radius(state.settled)
        start = np.broadcast_to(self._axis.at(state.x)[:2], seats.shape)
        levels = self._level + up[:, None] * [0.0, self._lift]
        poured = _in_turn(state.poured, self._order)
        places, radius = between(start, levels, poured), self._level_radius * poured
        gathered = _in_turn(state.gathered, self._order)
        places, radius = between(places, self._core, gathered), between(radius, self._core_radius, gathered)
        parted = _in_turn(state.parted, self._order)
        places, radius = between(places, seats, parted), between(radius, seated, parted)
        rgb = self._body_rgb(state)
        self._crowd.lay(places, radius, up, rgb, np.pi * (1 - up))
        self._quanta.lay(state.quanta or (), seats, seated, rgb, state.parted)

    def places(self, state: OrderingState) -> dict[str, NDArray[np.float64]]:
        hot, cold = self._marked(state)
        found = {"hot body": self._axis.at(hot), "cold body": self._axis.at(cold)}
        found["coldness marker"] = self._axis.at(state.x)
        at, seen = self._on_ring(state)
        return {**found, "temperature marker": at} if seen else found

    def bodies(self, state: OrderingState) -> dict[str, Box]:
        return self._contact.boxes(state.apart, state.settled) if state.parted >= 1 else {}


def _ramp(start: float, stop: float) -> Callable[[float], float]:
    """Return the share, 0..1, of the frames between two that a frame has passed."""
    return lambda frame: float(np.clip((frame - start) / (stop - start), 0.0, 1.0))


def _in_turn(way: float, order: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of the way of each, those first in the order, 0..1, ahead."""
    return ease_array((1 + _SPREAD) * way - _SPREAD * order)


def _assigned(ways: NDArray[np.float64]) -> NDArray[np.int_]:
    """Return who goes where, shape (n,), that the sum of the ways, shape (n, n), is the least."""
    return linear_sum_assignment(ways)[1]
