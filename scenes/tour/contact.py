"""Segment 3: heat flows out of the hotter body, whatever the numbers, and what a thermometer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Fade, Track
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.coldness import beta_from_temperature
from physics.examples import COLD_BODY, DELTA_E_J, HOT_BODY
from physics.examples_tour import (
    DRAINING_GAS,
    DRAINING_GAS_K,
    FEW_ABOVE,
    FEW_SPINS,
    MEASURED_ABOVE,
    PAIRS_ABOVE,
    SPINS,
)
from scenes.axes import hotness
from scenes.protons import HOP_S, STEPS_PER_S, Crowd
from scenes.tour.atoms import Atoms, travelled
from scenes.tour.contact_pictures import Flights, HeatArrow, Hills, two_bodies
from scenes.tour.settling import temperature_mK
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState
from scenes.tour.touching import Heat, coldness_of, course, hill

_SEED = 23
_SWAPS = 0.5  # a step and a hundred protons
_CROSS_S = 0.35
_FLIGHT_S = 0.3
_HOT, _COLD, _HUNDRED, _FEW = int(HOT_BODY.N), int(COLD_BODY.N), int(SPINS.N), int(FEW_SPINS.N)
_MIXED = 2  # of the pairs


@dataclass(frozen=True)
class ContactState:
    """What a frame shows: which bodies are there, how far apart, their protons, coldness, and the heat between."""

    thermometer: ThermometerState
    seen: tuple[float, ...]
    """Of the three pairs, the hundred with a thermometer of spins, and with one of gas, 0..1."""
    apart: tuple[float, ...]
    """Share of the first distance between the bodies of each."""
    upness: tuple[tuple[float, ...], ...]
    """How far up each proton is, the hotter body's first."""
    quanta: tuple[tuple[tuple[int, int, float], ...], ...]
    x_hot: tuple[float, ...]
    x_cold: tuple[float, ...]
    T_hot_mK: tuple[float, ...]
    T_cold_mK: tuple[float, ...]
    passed: tuple[float, ...]
    """Quanta that have gone over."""
    gain: tuple[float, ...]
    """Entropy gained over k."""
    climbed: tuple[float, ...]
    """Quanta at which the point on each of the three hills is."""
    hills: float
    drawn: float
    small: float
    """How far the mixed pair has made room for the hills."""
    measured: float
    """How much of the hundred that are measured is there."""
    gas_way: float
    flows: float
    """How far the arrow of heat has grown."""


class Contact(Stage[ContactState]):
    """Three pairs of bodies, the hills that they climb, a thermometer of spins and one of gas."""

    def build(self) -> None:
        self._plan()
        self._build_hills()
        self._build_pairs()
        self._build_thermometers()
        self._build_readings()
        self.thermometer = LongThermometer(self, "contact")
        self._draw_courses()

    # Times -----------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        at, fps = self.at, self.show.fps
        self._end = self.show.frame_count - (CLOSING_S + 0.1) * fps
        length = _CROSS_S * fps
        cuts = [
            0.35 * fps,
            at("contact.negative", -0.3),
            at("contact.mixed", -0.3),
            at("contact.thermometer", -0.25),
            at("contact.gas", -0.2),
            self._end,
        ]
        self._cuts = cuts
        self._seen = [Fade(cuts[i], cuts[i + 1] + 0.4 * length, length) for i in range(len(cuts) - 1)]
        self._measured_there = Fade(cuts[3], cuts[5] + 0.4 * length, length)
        touches = [
            at("contact.hotter:flow", -0.35),
            at("contact.negative:nearer", -0.75),
            at("contact.mixed:negative", -0.75),
            at("contact.thermometer:few", -0.35),
            at("contact.gas:drains", -0.5),
        ]
        begins = [max(touch, cut + 0.2 * fps) for touch, cut in zip(touches, cuts, strict=False)]
        self._apart = [
            Track(((max(cut, begin - 0.6 * fps), 1.0), (begin, 0.0))) for cut, begin in zip(cuts, begins, strict=False)
        ]
        stops = [
            at("contact.positive:end", 0.2),
            at("contact.negative:end", 0.3),
            at("contact.entropy:end", -0.5),
            at("contact.thermometer:end", -0.4),
            min(at("contact.gas:end", -0.1), self._end - 0.6 * fps),
        ]
        self._heat_shares = [Track(((begin, 0.0), (stop, 1.0))) for begin, stop in zip(begins, stops, strict=True)]
        climbs = at("contact.entropy:climbs")
        self._hills_there = Fade(at("contact.entropy", -0.1), cuts[3] + 0.4 * length, length)
        self._drawn = self.track(("contact.entropy", -0.1, 0.0), ("contact.entropy:climbs", -0.4, 1.0))
        self._small = self.track(("contact.entropy", -0.35, 0.0), ("contact.entropy", 0.35, 1.0))
        self._climbs = Track(((climbs - 0.5 * fps, 0.0), (stops[_MIXED], 1.0)))
        self._flows = [
            Track(((begin, 0.0), (begin + 0.35 * fps, 1.0), (stop - 0.3 * fps, 1.0), (stop, 0.0)))
            for begin, stop in zip(begins, (*stops[:2], at("contact.entropy", -0.35)), strict=False)
        ]

    @property
    def _level(self) -> bool:
        """Whether spins and their thermometer stand side by side."""
        return self.frame.width > 0.9 * self.frame.height

    # Pictures --------------------------------------------------------------------------------------------------------

    def _build_hills(self) -> None:
        wide, area = self.is_wide, self.area
        floor = area.bottom + (0.43 if wide else 0.48) * area.height
        box = Box(area.left + 0.3, area.right - 0.3, floor, area.top - 0.2)
        curves = [hill(HOT_BODY, COLD_BODY, *above) for above in PAIRS_ABOVE]
        self._heats = [
            *(
                Heat(HOT_BODY, COLD_BODY, coldness_of(HOT_BODY, hot), coldness_of(COLD_BODY, cold))
                for hot, cold in PAIRS_ABOVE
            ),
            Heat(FEW_SPINS, SPINS, coldness_of(FEW_SPINS, FEW_ABOVE), coldness_of(SPINS, MEASURED_ABOVE)),
            Heat(
                SPINS,
                DRAINING_GAS,
                self._measured_x(),
                DELTA_E_J * float(beta_from_temperature(DRAINING_GAS_K)),
            ),
        ]
        ends = [float(hotness(heat.at(1.0).x_hot)) for heat in self._heats[:3]]
        self._hills = Hills(self, box, curves, ends)
        name = self.text(
            "contact.total_entropy", [box.left, box.top, 0], BODY, "ink", [-1, 1, 0], widest=0.55 * box.width
        )
        self.appear(name, at=self.at("contact.entropy", 0.2), until=self._cuts[3])

    def _measured_x(self) -> float:
        """Coldness of the hundred when the thermometer of spins has read it."""
        heat = Heat(SPINS, FEW_SPINS, coldness_of(SPINS, MEASURED_ABOVE), coldness_of(FEW_SPINS, FEW_ABOVE))
        return heat.at(1.0).x_hot

    def _build_pairs(self) -> None:
        wide, frame, area = self.is_wide, self.frame, self.area
        low, high = (frame.bottom + 0.3, area.top - 1.75) if wide else (frame.bottom + 0.8, area.top - 2.6)
        box = Box(frame.left + 0.35, frame.right - 0.35, low, high)
        rows = 6 if wide else 8 if self._level else 12
        self._seats, self._radius = two_bodies(box, _HOT, _COLD, rows, 0.25)
        self._gap = 0.9
        self._room = Box(
            area.left, area.right, frame.bottom + 0.3, area.bottom + (0.36 if wide else 0.38) * area.height
        )
        span = self._seats.max(axis=0) - self._seats.min(axis=0) + 2 * self._radius
        self._shrunk = min(
            1.0, self._room.height / float(span[1]), (0.55 if wide else 1.0) * area.width / float(span[0])
        )
        self._crowds = [Crowd(self, bleeds=True) for _ in range(3)]
        self._flights = [Flights(self, _HOT) for _ in range(3)]
        self._arrow = HeatArrow(
            self, np.array([0.0, area.top - 0.75, 0.0]) if wide else area.at(0.5, 1) - [0, 0.4, 0], 1.9
        )
        under = [0, area.top - 1.3, 0] if wide else [0, area.top - 1.0, 0]
        for arrow in self._flows:
            name = self.text("contact.heat", under, BODY, "ink", widest=2.2)
            self.appear(name, at=arrow.keys[0][0], until=arrow.keys[-1][0], fade_s=0.25)

    def _build_thermometers(self) -> None:
        level, frame, area = self._level, self.frame, self.area
        if level:
            low, high = frame.bottom + 0.3, area.top - 1.15
            box = Box(frame.left + 0.4, frame.left + 0.4 + min(high - low, 0.5 * frame.width), low, high)
        else:
            box = Box(frame.left + 0.4, frame.right - 0.4, area.bottom + 0.5 * area.height, area.top - 1.3)
        seats, self._hundred_radius = two_bodies(box, 0, _HUNDRED, 10, 0.0)
        least, most = seats.min(axis=0) - self._hundred_radius, seats.max(axis=0) + self._hundred_radius
        if level:
            beside = Box(float(most[0]) + 0.15, frame.right - 0.35, float(least[1]), float(most[1]))
            size = 0.5 * min(beside.width / 2.2, beside.height / 3.3)
            x = (beside.left + beside.right) / 2 - 0.95 * size
            middle = (beside.bottom + beside.top) / 2
            rows = ((0, 0), (0, 1), (0, 2), (1, 0.5), (1, 1.5))
            spots = [[x + column * 1.9 * size, middle + (row - 1) * 2.1 * size] for column, row in rows]
        else:
            beside = Box(frame.left + 0.4, frame.right - 0.4, area.bottom + 2.0, float(least[1]) - 0.2)
            size = beside.width / 10.5
            spots = [[beside.left + (1 + 2.1 * i) * size, beside.top - 1.3 * size] for i in range(_FEW)]
        self._few_radius = size
        self._measured = np.concatenate([np.array(spots), seats])
        self._thermometer_box = beside
        self._away = np.array([1.1, 0.0]) if level else np.array([0.0, -1.1])
        self._gas = Atoms(self, int(DRAINING_GAS.N), beside, 0.9, 0.17, _SEED)
        self._measured_crowd = Crowd(self, bleeds=True)
        self._thermometer_flights = (Flights(self, _FEW), Flights(self, _HUNDRED))

    def _build_readings(self) -> None:
        wide, area, at, lag = self.is_wide, self.area, self.at, 0.1 * self.show.fps
        size = 64.0 if wide else 50.0
        places = [[side * (4.0 if wide else 2.0), area.top - (0.95 if wide else 2.0), 0] for side in (-1, 1)]
        if wide:
            small = [[side * (0.275 * area.width + 1.5), area.bottom + 0.35, 0] for side in (-1, 1)]
        else:
            small = [[side * 2.0, self._room.top + 0.12, 0] for side in (-1, 1)]
        self._pair_readings = [
            self.readout(f"T of the {name} body", place, size, centred=True, largest=size)
            for name, place in zip(("hotter", "colder"), places, strict=True)
        ]
        self._end_readings = [
            self.readout(f"T of the {name} body below", place, 42.0 if wide else 38.0, centred=True, largest=45.0)
            for name, place in zip(("hotter", "colder"), small, strict=True)
        ]
        self.appear(*self._pair_readings, at=at("contact.positive", -0.2), until=at("contact.entropy", -0.25))
        self.appear(*self._end_readings, at=at("contact.entropy", 0.35), until=self._cuts[3])
        beside = self._thermometer_box
        middle = float(self._measured[_FEW:, 0].mean())
        above = [[middle, area.top - 0.75, 0], [(beside.left + beside.right) / 2, area.top - 0.75, 0]]
        if not self._level:
            above[1] = [0, area.bottom + 0.15, 0]
        self._measured_readings = [
            self.readout(f"T of the {name}", place, 60.0 if wide else 50.0, centred=True)
            for name, place in zip(("hundred", "thermometer"), above, strict=True)
        ]
        self.appear(*self._measured_readings, at=self._cuts[3] + 2 * lag, until=self._end)

    # Courses ---------------------------------------------------------------------------------------------------------

    def _draw_courses(self) -> None:
        fps, pair = self.show.fps, (_HOT, _COLD)
        seconds = np.arange(int(self.show.frame_count / fps * STEPS_PER_S) + 2) / STEPS_PER_S
        swapping = np.full(len(seconds), _SWAPS)
        self._courses = [
            course(pair, self._left(case, hot), hot + cold, swapping, _SEED + 10 * case)
            for case, (hot, cold) in enumerate(PAIRS_ABOVE)
        ]
        # Nobody turns over while the thermometer of spins makes way for that of gas.
        change_s, total = self._cuts[4] / fps, MEASURED_ABOVE + FEW_ABOVE
        before = np.where(seconds < change_s - HOP_S - 0.05, 1.6 * _SWAPS, 0.0)
        measured = course((_FEW, _HUNDRED), self._left(3, FEW_ABOVE), total, before, _SEED + 40)
        last = measured.upness(float(seconds[-1]) + 1)[_FEW:] > 0.5
        after = np.where(seconds > change_s, _SWAPS, 0.0)
        drained = course((_HUNDRED, 0), self._left(4, float(last.sum())), None, after, _SEED + 50, last)
        self._courses += [measured, drained]
        shares = [self._heat_shares[4](frame) for frame in range(self.show.frame_count + 1)]
        x_gas = np.array([self._heats[4].at(share).x_cold for share in shares])
        self._gas_way = travelled(x_gas[0] / x_gas, fps)

    def _left(self, case: int, above: float) -> Callable[[float], float]:
        """How many are above in the body from which heat is counted, at a time in s."""
        fps, heat, share = self.show.fps, self._heats[case], self._heat_shares[case]
        return lambda second: above - heat.at(share(second * fps)).passed

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> ContactState:
        time_s = frame / self.show.fps
        warmth = [heat.at(share(frame)) for heat, share in zip(self._heats, self._heat_shares, strict=True)]
        climbing = [heat.at(self._climbs(frame)).passed for heat in self._heats[:_MIXED]]
        return ContactState(
            thermometer=self.thermometer.at_frame(frame),
            seen=tuple(fade(frame) for fade in self._seen),
            apart=tuple(track(frame) for track in self._apart),
            upness=tuple(tuple(each.upness(time_s).tolist()) for each in self._courses),
            quanta=tuple(tuple(each.under_way(time_s, _FLIGHT_S)) for each in self._courses),
            x_hot=tuple(each.x_hot for each in warmth),
            x_cold=tuple(each.x_cold for each in warmth),
            T_hot_mK=tuple(temperature_mK(each.x_hot) for each in warmth),
            T_cold_mK=tuple(temperature_mK(each.x_cold) for each in warmth),
            passed=tuple(each.passed for each in warmth),
            gain=tuple(each.gain for each in warmth),
            climbed=(*climbing, warmth[_MIXED].passed),
            hills=self._hills_there(frame),
            drawn=self._drawn(frame),
            small=self._small(frame),
            measured=self._measured_there(frame),
            gas_way=float(self._gas_way[frame]),
            flows=max(track(frame) for track in self._flows),
        )

    def draw(self, state: ContactState) -> None:
        self._hills.lay(state.climbed, state.hills, state.drawn)
        self._draw_pairs(state)
        self._draw_gas(state)
        self._draw_measured(state)
        self._arrow.lay(state.flows)
        self.thermometer.lay(state.thermometer)

    def _rgb(self, x: float) -> NDArray[np.float64]:
        return self.hotness_rgb(float(hotness(x)))

    def _draw_pairs(self, state: ContactState) -> None:
        shown = max(range(3), key=lambda pair: state.seen[pair])
        for pair, (crowd, flights) in enumerate(zip(self._crowds, self._flights, strict=True)):
            opacity, up = state.seen[pair], np.array(state.upness[pair])
            if opacity <= 0:
                crowd.lay(np.zeros((0, 2)), 0.1, 0.0, [0.0, 0.0, 0.0])
                flights.lay((), self._seats, 0.1, [0.0, 0.0, 0.0], 0.0)
                continue
            seats, radius = self._placed(state, state.apart[pair], state.small if pair == _MIXED else 0.0)
            colours = np.concatenate(
                [np.tile(self._rgb(state.x_hot[pair]), (_HOT, 1)), np.tile(self._rgb(state.x_cold[pair]), (_COLD, 1))]
            )
            crowd.lay(seats, radius, up, colours, np.pi * (1 - up), opacity=opacity)
            flights.lay(state.quanta[pair], seats, 1.2 * radius, self.hotness_rgb(0.93), opacity)
        for readings in (self._pair_readings, self._end_readings):
            for reading, T in zip(readings, (state.T_hot_mK[shown], state.T_cold_mK[shown]), strict=True):
                reading.write(self.quantity("spin_temperature", T * 1e-3))

    def _placed(self, state: ContactState, apart: float, small: float) -> tuple[NDArray[np.float64], float]:
        """Seats and radius of a pair, apart at first, and smaller under the hills."""
        zoom = 1 + small * (self._shrunk - 1)
        middle = (self._seats.min(axis=0) + self._seats.max(axis=0)) / 2
        target = np.array([0.0, (self._room.bottom + self._room.top) / 2])
        seats = middle + small * (target - middle) + zoom * (self._seats - middle)
        seats[:, 0] += self._gap * apart * np.where(np.arange(len(seats)) < _HOT, -1.0, 1.0)
        return seats, zoom * self._radius

    def _draw_measured(self, state: ContactState) -> None:
        """The hundred, and the few spins beside them."""
        reads = state.seen[4] <= 0  # the thermometer of spins
        case = 3 if reads else 4
        hundred = np.array(state.upness[case][_FEW:] if reads else state.upness[case])
        x = state.x_cold[3] if reads else state.x_hot[4]
        up = np.concatenate([state.upness[3][:_FEW], hundred])
        seats, few = self._measured.copy(), np.arange(len(up)) < _FEW
        seats[:_FEW] += state.apart[3] * self._away
        radii = np.where(few, self._few_radius, self._hundred_radius)
        colours = np.where(few[:, None], self._rgb(state.x_hot[3]), self._rgb(x))
        opacity = np.where(few, state.seen[3], state.measured)
        self._measured_crowd.lay(seats, radii, up, colours, np.pi * (1 - up), opacity=opacity)
        light, size = self.hotness_rgb(0.93), 1.4 * self._hundred_radius
        self._thermometer_flights[0].lay(state.quanta[3], seats, size, light, state.seen[3])
        atoms = self._gas.at(state.gas_way) + state.apart[4] * self._away
        self._thermometer_flights[1].lay(state.quanta[4], seats[_FEW:], size, light, state.seen[4], atoms)
        told = (state.T_cold_mK[3], state.T_hot_mK[3]) if reads else (state.T_hot_mK[4], state.T_cold_mK[4])
        for reading, T in zip(self._measured_readings, told, strict=True):
            reading.write(self.quantity("spin_temperature", T * 1e-3))

    def _draw_gas(self, state: ContactState) -> None:
        first = DELTA_E_J * float(beta_from_temperature(DRAINING_GAS_K))
        aside = state.apart[4] * self._away
        self._gas.lay(state.gas_way, first / state.x_cold[4], self._rgb(state.x_cold[4]), state.seen[4], aside)
