"""Segment 3 of the tour: what hotter means. Three pairs of bodies touch, then two thermometers are tried."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track, ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, fill_shape, line, paint, rectangle
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, TITLE
from physics.coldness import temperature_from_beta
from physics.examples import ABOVE_AFTER, DELTA_E_J, PARTICLES
from physics.examples_tour import GAS_THERMOMETER, THERMOMETER
from physics.exchange import OUTSIDE
from physics.two_level import beta_from_upper_fraction
from scenes.axes import hotness
from scenes.protons import HOP_S, STEPS_PER_S, Course, Crowd, is_dark
from scenes.tour.acts import Acts
from scenes.tour.gas_motion import folded, travelled, within
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState
from scenes.tour.touching import (
    HOT,
    Meeting,
    drained,
    gas_coldness,
    gas_course,
    pair_course,
    pairs,
    small,
    small_course,
)

PAIRS, HILLS, SMALL_BODY, GAS = (0, 1, 2), 3, 4, 5
_FADE_S = 0.3
_GAP = 0.5
_PAST = 1.9  # shares of the heat that the curves of entropy go to
_GAS_ATOMS = int(GAS_THERMOMETER.N)
_GAS_SPEED = 1.1  # boxes a second at the gas's first temperature
_SEED = 12


@dataclass(frozen=True)
class ContactState:
    """What a frame shows."""

    act: int
    """0 to 2: a pair of bodies; 3: the entropies of all three; 4: a small thermometer; 5: one of gas."""
    upness: tuple[float, ...]
    quanta: tuple[tuple[int, int, float], ...]
    moved: float
    """Share of the heat that has passed."""
    x: tuple[float, float]
    """Coldness beta dE of both bodies."""
    T_mK: tuple[float, float]
    gain_over_k: float
    apart: float
    shown: float
    gas: tuple[tuple[float, float], ...]
    """Atoms of the gas in their box, which is of size 1."""
    thermometer: ThermometerState


def _mK(x: float) -> float:
    return 1e3 * float(temperature_from_beta(x / DELTA_E_J))


class Contact(Stage[ContactState]):
    """Two blocks of protons side by side; over them their temperatures."""

    def build(self) -> None:
        self._plan()
        self._build_seats()
        self._gas_start = np.random.default_rng(_SEED).uniform(0, 1, (_GAS_ATOMS, 2))
        turn = np.random.default_rng(_SEED + 1).uniform(0, 2 * np.pi, _GAS_ATOMS)
        pace = np.abs(np.random.default_rng(_SEED + 2).normal(0, 0.6, _GAS_ATOMS)) + 0.5
        self._gas_way = pace[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        self.thermometer = LongThermometer(self, "contact")
        ink, faint = hex_rgb(self.theme.ink), hex_rgb(self.theme.faint)
        self._box: mn.VMobject = self.put(line(np.zeros((0, 3)), 5.0), faint)
        self._border: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._atoms: Sprites = self.put(Sprites(ball), bleeds=True)
        self._crowd = Crowd(self, bleeds=True)
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._arrow: mn.VMobject = self.put(fill_shape(np.zeros((0, 3))), ink)
        high = self._top + 0.55
        size = TITLE if self.is_wide else 44.0
        self._readings = [
            self.readout(f"T of body {n}", [x, high, 0], size, centred=True) for n, x in enumerate((0, 1))
        ]
        self._high = high
        self._heat = self.text("contact.heat", [0, high + 0.85, 0], BODY, "ink", widest=2.6)
        self._build_hills(ink)

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        closing = end - CLOSING_S * fps
        entropy, few, gas = at("contact.entropy", 0.5), at("contact.thermometer", -0.1), at("contact.gas", -0.1)
        starts = (0.35 * fps, at("contact.negative", -0.2), at("contact.mixed", -0.2), entropy, few, gas, closing)
        self._acts = Acts(starts, _FADE_S * fps)
        flow = (at("contact.hotter:flow"), at("contact.negative:nearer", -0.5), at("contact.mixed:negative", -0.5))
        touch = (*flow, entropy, at("contact.thermometer:few"), at("contact.gas:drains", -0.2))
        until = (*(start - 0.35 * fps for start in starts[1:4]), few, few + 0.8 * (gas - few), closing - 0.2 * fps)
        self._moves = tuple(Track(((a, 0.0), (max(b, a + fps), 1.0))) for a, b in zip(touch, until, strict=True))
        self._touch = touch
        self._courses = tuple(self._course(act) for act in range(6))
        pace = self._moves[GAS]
        self._gas_travelled = travelled(
            lambda frame: np.sqrt(gas_coldness(0.0) / gas_coldness(drained() * pace(frame))),
            self._acts.frames[GAS],
            end,
        )

    def _course(self, act: int) -> Course | None:
        start, stop = self._acts.span(act)
        steps = round((stop - start) / self.show.fps * STEPS_PER_S) + STEPS_PER_S
        frames = start + np.arange(steps) / STEPS_PER_S * self.show.fps
        moved = np.array([self._moves[act](frame) for frame in frames])
        if act in PAIRS:
            return pair_course(pairs()[act], moved, act)
        if act == SMALL_BODY:
            return small_course(steps, round((self._touch[act] - start) / self.show.fps * STEPS_PER_S))
        return gas_course(moved) if act == GAS else None

    def _build_seats(self) -> None:
        area, wide = self.area, self.is_wide
        columns = 20 if wide else 10
        rows = PARTICLES // columns
        self._top = area.top - 1.75
        low = -mn.config.frame_height / 2 + 0.35
        pitch = min((area.width - 2 * _GAP) / columns, (self._top - low) / rows)
        column, row = np.arange(PARTICLES) // rows, np.arange(PARTICLES) % rows
        middle = (low + self._top) / 2
        x = (column - (columns - 1) / 2) * pitch
        self._seats = np.stack([x, middle + ((rows - 1) / 2 - row) * pitch], axis=1)
        self._pitch, self._columns, self._rows = pitch, columns, rows
        self._border_x = (HOT / PARTICLES - 0.5) * columns * pitch
        share = 0.7
        self._pushed = self._seats * [share, 1.0] - [(1 - share) * (area.width / 2 - _GAP), 0.0]
        edge = float(self._pushed[:, 0].max()) + 0.5 * pitch
        self._side = Box(edge + 0.35, area.right - 0.1, middle - rows * pitch / 2, middle + rows * pitch / 2)
        few = np.arange(THERMOMETER)
        at = self._side.at(0.5, 0.5)
        gap = min(1.1 * pitch, self._side.width / 2)
        self._few_seats = at[:2] + gap * np.stack([few % 2 - 0.5, few // 2 - 0.5], axis=1)

    def _build_hills(self, ink: NDArray[np.float64]) -> None:
        area = self.area
        box = area.inset(left=0.3, right=0.3, bottom=0.25, top=1.0)
        share = np.linspace(0, _PAST, 121)
        self._hills, self._tips = [], []
        for number, meeting in enumerate(pairs()):
            part = Box(
                box.left + number * box.width / 3, box.left + (number + 1) * box.width / 3 - 0.4, box.bottom, box.top
            )
            gain = meeting.gain_over_k(share) / meeting.gain_over_k(1.0)
            seen = gain > -0.15
            points = np.stack(
                [
                    part.left + part.width * share[seen] / _PAST,
                    part.bottom + 0.85 * part.height * gain[seen],
                    np.zeros(seen.sum()),
                ],
                axis=1,
            )
            rgb = self.hotness_rgb(float(hotness(meeting.coldness(1.0)[0])))
            trace: Trace = self.put(Trace(share[seen], points, 12.0), rgb)
            tip: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)))
            self._hills.append((trace, share[seen], points, rgb))
            self._tips.append(tip)
            top = [part.left + part.width / _PAST, part.bottom + 0.85 * part.height + 0.45, 0]
            reading = self.readout(f"T of pair {number}", top, TITLE if self.is_wide else 36.0, centred=True)
            reading.write(self.quantity("spin_temperature", 1e-3 * _mK(meeting.coldness(1.0)[0])))
            self.appear(
                reading,
                at=self.at("contact.entropy:climbs", 1.0),
                until=self._acts.frames[SMALL_BODY],
                fade_s=0.3,
            )
            paint(reading, rgb)
        name = self.text(
            "contact.total_entropy", [area.left, area.top, 0], BODY, "muted", mn.UL, widest=0.8 * area.width
        )
        self.appear(name, at=self._acts.frames[HILLS], until=self._acts.frames[SMALL_BODY])

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> ContactState:
        act = self._acts.at(frame)
        start, _ = self._acts.span(act)
        moved, course = self._moves[act](frame), self._courses[act]
        time_s = max(frame - start, 0) / self.show.fps + HOP_S / 2
        x = self._coldness(act, moved)
        return ContactState(
            act=act,
            upness=tuple(course.upness(time_s).tolist()) if course else (),
            quanta=tuple(course.under_way(time_s, HOP_S)) if course else (),
            moved=moved,
            x=x,
            T_mK=(_mK(x[0]), _mK(x[1])),
            gain_over_k=float(self._meeting(act).gain_over_k(moved)) if act not in (HILLS, GAS) else 0.0,
            apart=1.0 - ease((frame - self._touch[act] + 0.5 * self.show.fps) / (0.5 * self.show.fps)),
            shown=ease(self._acts.shown(frame)),
            gas=tuple(map(tuple, self._gas(frame).tolist())) if act == GAS else (),
            thermometer=self.thermometer.at_frame(frame),
        )

    def _meeting(self, act: int) -> Meeting:
        return small() if act == SMALL_BODY else pairs()[act]

    def _coldness(self, act: int, moved: float) -> tuple[float, float]:
        if act == GAS:
            taken = drained() * moved
            return float(beta_from_upper_fraction((ABOVE_AFTER - taken) / PARTICLES, 1.0)), gas_coldness(taken)
        return pairs()[-1].coldness(1.0) if act == HILLS else self._meeting(act).coldness(moved)

    def _gas(self, frame: int) -> NDArray[np.float64]:
        """Places of the gas's atoms in a box of size 1, folded at its walls; speeds go with the root of temperature."""
        way = _GAS_SPEED * self._gas_travelled(frame) / self.show.fps
        return folded(self._gas_start + self._gas_way * way)

    def draw(self, state: ContactState) -> None:
        self.thermometer.lay(state.thermometer)
        bodies = state.act != HILLS and state.shown > 0
        self._draw_bodies(state, bodies)
        self._draw_gas(state)
        for reading, T, x, at in zip(self._readings, state.T_mK, state.x, self._reading_places(state), strict=True):
            reading.write(self.quantity("spin_temperature", 1e-3 * T) if bodies else "")
            reading.move(np.array([at, self._high, 0.0]))
            paint(reading, self.hotness_rgb(float(hotness(x))))
            reading.fill_rgbas[:, 3] = state.shown
        for (trace, share, points, rgb), tip in zip(self._hills, self._tips, strict=True):
            on = state.act == HILLS
            reached = state.moved * (2 - state.moved)
            trace.draw_to(share[-1] * min(2.2 * state.moved, 1.0) if on else -1.0)
            trace.stroke_rgbas[:, 3] = state.shown
            place = [np.interp(reached, share, column) for column in points.T]
            tip.lay([place], 0.7, rgb, state.shown * on)

    def _reading_places(self, state: ContactState) -> tuple[float, float]:
        if state.act in (SMALL_BODY, GAS):
            return float(self._pushed[:, 0].mean()), float(self._side.at(0.5, 0)[0])
        left, right = self._seats[:, 0].min(), self._seats[:, 0].max()
        return float((left + self._border_x) / 2), float((right + self._border_x) / 2)

    def _draw_bodies(self, state: ContactState, bodies: bool) -> None:
        if not bodies:
            nothing = np.zeros((0, 2))
            self._crowd.lay(nothing, 0.1, np.zeros(0), self.hotness_rgb(0.5))
            self._sparks.lay(nothing, 0.1, self.hotness_rgb(0.5))
            self._border.lay(nothing, 0.1, self.hotness_rgb(0.5))
            self._arrow.points = np.zeros((0, 3))
            self._heat.fill_rgbas[:, 3] = 0.0
            return
        up = np.array(state.upness)
        first = np.arange(len(up)) < (HOT if state.act in PAIRS else PARTICLES)
        seats = self._seats.copy() if state.act in PAIRS else self._pushed.copy()
        if state.act == SMALL_BODY:
            seats = np.concatenate([seats, self._few_seats])
        seats[:, 0] += _GAP * state.apart * np.where(first, -0.5, 0.5)
        hot, cold = (self.hotness_rgb(float(hotness(x))) for x in state.x)
        rgb = np.where(first[:, None], hot, cold)
        radius = np.where(np.arange(len(up)) < PARTICLES, 0.46 * self._pitch, 0.52 * self._pitch)
        if state.act not in PAIRS:
            radius = radius * np.where(first, 0.72, 1.0)
        self._crowd.lay(seats, radius, up, rgb, opacity=state.shown)
        self._draw_quanta(state, seats, rgb)
        flowing = float(np.clip(10 * min(state.moved, 1 - state.moved), 0, 1)) * state.shown
        x = self._border_x if state.act in PAIRS else self._side.left - 0.2
        y = np.linspace(self._seats[:, 1].min(), self._seats[:, 1].max(), 4)
        self._border.lay(np.stack([np.full(4, x), y], axis=1), 1.2, (hot + cold) / 2, 0.25 * flowing)
        left, right = self._reading_places(state)
        middle = float(np.clip((left + right) / 2, left + 1.9, right - 1.9)) if self.is_wide else (left + right) / 2
        tail, tip = ([middle + side, self._high + 0.25, 0] for side in (-0.7, 0.7))
        self._heat.move_to([middle, self._high + 0.9, 0])
        self._arrow.points = arrow(tail, tip, 0.14, 0.42) if flowing > 0 and self.is_wide else np.zeros((0, 3))
        self._arrow.fill_rgbas[:, 3] = self._heat.fill_rgbas[:, 3] = flowing

    def _draw_quanta(self, state: ContactState, seats: NDArray[np.float64], rgb: NDArray[np.float64]) -> None:
        places, sizes, colours = [], [], []
        wall = np.array([self._side.left, self._side.at(0, 0.5)[1]])
        for giver, taker, way in state.quanta:
            here = seats[giver] if giver != OUTSIDE else wall
            there = seats[taker] if taker != OUTSIDE else np.array([wall[0], seats[giver][1]])
            bow = np.array([0.0, 0.5 * way * (1 - way) * abs(there[0] - here[0])])
            places.append(here + (there - here) * way + bow)
            across = (giver < HOT) != (taker < HOT) if state.act in PAIRS else max(giver, taker) >= PARTICLES
            sizes.append(
                (1.3 if across or OUTSIDE in (giver, taker) else 0.7) * 0.5 * self._pitch * np.sin(np.pi * way) ** 0.5
            )
            colours.append(rgb[max(giver, 0)])
        self._sparks.lay(
            np.array(places).reshape(-1, 2), np.array(sizes), np.array(colours).reshape(-1, 3), state.shown
        )

    def _draw_gas(self, state: ContactState) -> None:
        box, shown = self._side, state.shown if state.act in (SMALL_BODY, GAS) else 0.0
        self._box.points = rectangle(box.left, box.right, box.bottom, box.top) if shown > 0 else np.zeros((0, 3))
        self._box.stroke_rgbas[:, 3] = shown
        radius = 0.16
        places = within(box, np.array(state.gas).reshape(-1, 2), radius)
        self._atoms.lay(places, radius, self.hotness_rgb(float(hotness(state.x[1]))), state.shown)
