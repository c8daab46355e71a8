"""Segment 1: entropy of a gas climbs for ever; what it takes instead for a temperature to be negative."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Fade, Track, ease_array
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.contact import relax
from physics.examples import DELTA_E_J, PARTICLES
from physics.examples_tour import (
    DRAINED_ABOVE,
    DRAINING_GAS,
    DRAINING_GAS_K,
    HEATED_TO_K,
    ROOM_K,
    SPINS,
    scale_place,
)
from physics.exchange import exchange
from physics.two_level import beta_from_upper_fraction
from scenes.axes import hotness
from scenes.protons import REST_STEPS, STEPS_PER_S, Course, Crowd
from scenes.tour.atoms import Atoms, travelled
from scenes.tour.gas_pictures import (
    Dome,
    Drained,
    GasCurve,
    PairReadings,
    Wall,
    gas_energy,
    gas_gain,
    seats,
    spin_entropy,
)
from scenes.tour.oscillator import Ladder
from scenes.tour.settling import ATOMS, Plates, pair_coldness, populations, settle, temperature_mK
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

_SEED = 17
_SWAPS = 0.3  # a step, of two half-full levels
_CROSS_S = 0.35  # in which one picture makes way for the next
_FLIGHT_S = 0.35  # a quantum's way to the gas
_RELAXATIONS = 7.0  # of the contact that are watched
_ATOMS_SEEN = 90
_GAS_ATOMS = int(DRAINING_GAS.N)


@dataclass(frozen=True)
class GasState:
    """What a frame shows: how much of each picture is there, and its numbers."""

    thermometer: ThermometerState
    seen: tuple[float, ...]
    """Of the gas, the dome, the ladder, the drained spins, the three levels and the three conditions, 0..1."""
    gas_T_K: float
    gas_energy: float
    """In that at room temperature."""
    gas_gain: float
    """Entropy per atom over k since room temperature."""
    gas_way: float
    """What an atom of unit speed has gone, in seconds at room temperature."""
    spins: tuple[float, ...]
    """How far up each is."""
    n: float
    farthest: float
    """Spins up to where the dome has been drawn."""
    spin_entropy: float
    """Per spin over k."""
    spin_T_mK: float
    oscillator_x: float
    """Coldness of the oscillator times the distance of its levels."""
    lowest_bar: float
    touching: float
    drained: tuple[float, ...]
    """How far up each of the drained spins is."""
    quanta: tuple[tuple[int, int, float], ...]
    above: float
    drained_T_mK: float
    drain_T_mK: float
    drain_way: float
    levels: tuple[float, ...]
    """How high each atom on three levels is, 0 to 2."""
    filled: float
    populations: tuple[float, float, float]
    pair_T_mK: tuple[float, ...]
    conditions: tuple[float, ...]
    """How much of each of the three is there."""
    topped_x: float
    """Coldness of a ladder with a top times the distance of its levels."""


class Gas(Stage[GasState]):
    """A gas and its curve, spins and their dome, a ladder without a top, a leak, three levels, three conditions."""

    def build(self) -> None:
        self._plan()
        self._build_climb()
        below = 0.35 if self.is_wide else self.area.bottom + 1.1 - self.frame.bottom
        self._ladder = Ladder(self, self._full(below, -0.9), 13, 7.6 if self.is_wide else 4.4)
        self._build_signs()
        self._build_drained()
        self._build_three()
        self._build_conditions()
        self.thermometer = LongThermometer(self, "gas")
        self._draw_courses()

    # Times -----------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        at, fps = self.at, self.show.fps
        self._end = self.show.frame_count - (CLOSING_S + 0.1) * fps
        cues = (("top", -0.15), ("sum", -0.15), ("alone", -0.15), ("within", 0.25), ("three", -0.15))
        cuts = [0.35 * fps, *(at(f"gas.{cue}", shift_s) for cue, shift_s in cues), self._end]
        length = _CROSS_S * fps
        self._cuts = cuts
        self._seen = [Fade(start, stop + length / 2, length) for start, stop in pairwise(cuts)]
        self._log_T = self.track(
            ("gas.climbs", -0.9, 0.0),
            ("gas.climbs:climbs", 0.1, float(np.log(1900.0 / ROOM_K))),
            ("gas.top", 0.1, float(np.log(HEATED_TO_K / ROOM_K))),
        )
        self._n = self.track(
            ("gas.top", -0.25, 8.0),
            ("gas.top:all", 0.1, float(PARTICLES)),
            ("gas.top:all", 0.55, float(PARTICLES)),
            ("gas.top:falls", -0.7, 50.0),
            ("gas.top:falls", -0.45, 50.0),
            ("gas.top:end", 0.2, 88.0),
        )
        more, end = "gas.sum:more", "gas.sum:end"
        self._x = self.track(("gas.sum", -0.3, 0.75), ("gas.sum", 0.5, 0.55), (more, -0.35, 0.0), (end, 0.8, -0.42))
        self._bar = self.track(("gas.sum", -0.3, 3.6), (more, -0.35, 1.7), (end, 0.8, 0.9))
        self._touch = self.track(("gas.alone", 0.2, 0.0), ("gas.alone:touches", -0.05, 1.0))
        touched = at("gas.alone:touches", -0.05)
        self._drains = Track(((touched, 0.0), (max(cuts[4] - 0.1 * fps, touched + 0.8 * fps), 1.0)))
        self._fills = (cuts[4] - 0.55 * fps, at("gas.within:random", -0.15))
        self._meets = self.track(("gas.within:random", 0.75, 0.0), ("gas.within:end", -0.05, 1.0))
        begin, stop = cuts[5], at("gas.three:negative", -0.2)
        self._reveals = [
            Track(((begin + share * (stop - begin), 0.0), (begin + share * (stop - begin) + 0.4 * fps, 1.0)))
            for share in (0.0, 0.22, 0.45)
        ]
        self._topped = Track(((begin, 0.3), (self._end, -0.45)))

    @property
    def _level(self) -> bool:
        """Whether spins and gas stand side by side."""
        return self.frame.width > 0.9 * self.frame.height

    # Pictures --------------------------------------------------------------------------------------------------------

    def _full(self, below: float, above: float) -> Box:
        """The whole frame, less margins."""
        return self.frame.inset(left=0.4, right=0.4, bottom=below, top=above)

    def _halves(self) -> tuple[Box, Box]:
        """A box for the bodies and one for the curve."""
        whole = self._full(0.35, 0.35)
        return whole.split(0.46, 0.5)

    def _build_climb(self) -> None:
        wide = self.is_wide
        left, right = self._halves()
        body, curve = (left, right) if wide else (right, left)
        scale = 1.0 if wide else 0.9
        self._atoms = Atoms(self, _ATOMS_SEEN, body, 1.25 * scale, 0.115 * scale, _SEED)
        floor = max(curve.bottom + 0.7, self.area.bottom + 0.65) if wide else curve.bottom + 0.8
        room = Box(curve.left + 0.25, self.frame.right, floor, self.frame.top)
        self._curve = GasCurve(self, room, lambda T: scale_place(T))
        dome = Box(curve.left + 0.25, self.area.right - 0.25, floor, self.area.top - (0.35 if wide else 0.2))
        self._dome = Dome(self, dome)
        self._seats, self._spin_radius = seats(body.inset(0.1, 0.1, 0.1, 0.1), 10, PARTICLES)
        self._crowd = Crowd(self, bleeds=True)
        size = 60.0 if wide else 54.0
        middle = [(dome.left + dome.right) / 2, dome.bottom + 0.32 * dome.height, 0]
        self._gas_T = self.readout("T of the gas", middle, size, centred=True)
        self._spin_T = self.readout("T of the spins", middle, size, centred=True)
        under, widest = floor - 0.62, 0.4 * dome.width
        entropy = self.text("gas.entropy", [dome.left + 0.1, under, 0], BODY, "ink", [-1, -1, 0], widest=widest)
        energy = self.text("gas.energy", [dome.right - 0.2, under, 0], BODY, "muted", [1, -1, 0], widest=widest)
        cuts, lag = self._cuts, 0.1 * self.show.fps
        self.appear(entropy, energy, at=cuts[0] + lag, until=cuts[2] + lag)
        self.appear(self._gas_T, at=cuts[0] + lag, until=cuts[1] + lag)
        self.appear(self._spin_T, at=cuts[1] + 2 * lag, until=cuts[2] + lag)

    def _build_signs(self) -> None:
        """The sign of coldness over the ladder's time."""
        fps, more = self.show.fps, self.at("gas.sum:more")
        at, edge = (
            (self.area.at(0.0, 0.0) + 0.1, [-1.0, -1.0, 0.0])
            if self.is_wide
            else (self.area.at(0.5, 0.0), [0.0, -1.0, 0.0])
        )
        cuts = (self._cuts[2] + 0.2 * fps, more - 0.6 * fps, more + 0.05 * fps, self._cuts[3] + 0.1 * fps)
        for sign, start, stop in zip(("> 0", "= 0", "< 0"), cuts, cuts[1:], strict=False):
            formula = self.formula(f"1\\/T {sign}", at, HEADING, edge=edge)
            self.appear(formula, at=start, until=stop, fade_s=0.2)

    def _build_drained(self) -> None:
        level, area, frame, whole = self._level, self.area, self.frame, self._full(0.35, 0.35)
        if level:
            first, _ = whole.inset(top=1.15).split(0.48, 0.2, 0.5)
        else:
            first = Box(whole.left, whole.right, area.bottom + 0.5 * area.height, area.top - 1.2)
        self._drained_seats, self._drained_radius = seats(first, 10, PARTICLES)
        self._away = np.array([0.75, 0.0]) if level else np.array([0.0, -0.75])
        least = self._drained_seats.min(axis=0) - self._drained_radius
        most = self._drained_seats.max(axis=0) + self._drained_radius
        if level:
            second = Box(float(most[0]) + 0.15, frame.right - 0.4, float(least[1]), float(most[1]))
        else:
            second = Box(whole.left, whole.right, area.bottom + 1.6, float(least[1]) - 0.15)
        self._drain = Atoms(self, _GAS_ATOMS, second, 0.9, 0.15, _SEED + 1)
        self._drained = Crowd(self, bleeds=True)
        self._quanta = Drained(self)
        size = 56.0
        if level:
            middles = (self._drained_seats[:, 0].mean(), (second.left + second.right) / 2)
            places = [[float(x), area.top - 0.62, 0] for x in middles]
        else:
            places = [[0, area.top - 0.75, 0], [0, area.bottom + 0.15, 0]]
        self._drain_readings = [
            self.readout(f"T of the {name}", place, size, centred=True)
            for name, place in zip(("drained spins", "draining gas"), places, strict=True)
        ]
        lag = 0.15 * self.show.fps
        self.appear(*self._drain_readings, at=self._cuts[3] + lag, until=self._cuts[4] + 0.5 * lag)

    def _build_three(self) -> None:
        wide, level, area = self.is_wide, self._level, self.area
        if wide:
            box = Box(
                self.frame.left + 0.35, area.left + 0.585 * area.width, self.frame.bottom + 0.3, self.frame.top - 0.3
            )
            self._plates = Plates(self, box, 19)
            self._pairs = PairReadings(self, self._plates, box.right + 0.4, 2.55, 40.0)
        else:
            box = Box(self.frame.left + 0.3, area.left + (0.48 if level else 0.43) * area.width, area.bottom, area.top)
            self._plates = Plates(self, box, 16 if level else 10)
            self._pairs = PairReadings(
                self, self._plates, box.right + 0.25, 2.05 if level else 1.82, 30.0 if level else 26.0
            )
        lag = 0.1 * self.show.fps
        self.appear(*self._plates.lines, at=self._cuts[4] + lag, until=self._cuts[5] + lag)
        self.appear(*self._pairs.parts, at=self.at("gas.within:random", -0.3), until=self._cuts[5] + lag)

    def _build_conditions(self) -> None:
        wide, frame, area = self.is_wide, self.frame, self.area
        names = ("gas.a_top", "gas.no_leak", "gas.balance")
        if wide:
            width = (frame.width - 0.8) / 3
            lefts, bottom = [frame.left + 0.4 + i * width for i in range(3)], area.bottom + 0.95
            boxes = [Box(left, left + width, bottom, area.top - 0.9) for left in lefts]
            heads = [[(box.left + box.right) / 2, area.top - 0.3, 0] for box in boxes]
        else:
            height = (area.top - area.bottom - 0.7) / 3
            boxes = [
                Box(area.left, area.right, area.top - (i + 1) * height + 0.15, area.top - i * height - 0.75)
                for i in range(3)
            ]
            heads = [[0, area.top - i * height - 0.35, 0] for i in range(3)]
        boxes = [box.inset(0.35, 0.35) for box in boxes]
        self._topped_ladder = Ladder(self, boxes[0].inset(top=0.3), 6, 0.0)
        lid = Box(boxes[0].left, boxes[0].right, boxes[0].top - 0.12, boxes[0].top)
        self._lid = Wall(self, lid)
        inner = boxes[1]
        share = 0.55
        upper = inner.inset(bottom=(1 - share) * inner.height) if wide else inner.inset(right=0.45 * inner.width)
        lower = inner.inset(top=share * inner.height + 0.35) if wide else inner.inset(left=0.55 * inner.width + 0.35)
        self._alone_seats, self._alone_radius = seats(upper.inset(0.2, 0.2, 0.2, 0.2), 10, PARTICLES)
        low, high = self._alone_seats.min(axis=0), self._alone_seats.max(axis=0)
        pad = self._alone_radius + 0.14
        self._guard = Wall(self, Box(low[0] - pad, high[0] + pad, low[1] - pad, high[1] + pad))
        self._outside = Atoms(self, 24, lower, 0.9, 0.11, _SEED + 2)
        self._alone = Crowd(self, bleeds=True)
        third = boxes[2]
        self._settled_plates = Plates(self, third, 13 if wide else 26)
        for wall, shown in zip((self._lid, self._guard), self._reveals, strict=False):
            self.appear(wall.outline, at=shown.keys[0][0], until=self._end)
        self.appear(*self._settled_plates.lines, at=self._reveals[2].keys[0][0], until=self._end)
        negative = self.formula("T < 0", area.at(0.5, 0.0), 52.0, edge=np.array([0.0, -1.0, 0.0]))
        self.appear(negative, at="gas.three:negative", until=self._end + 0.1 * self.show.fps, fade_s=0.25)
        for name, head, box, reveal in zip(names, heads, boxes, self._reveals, strict=True):
            room = 2 * min(area.right - head[0], head[0] - area.left)
            label = self.text(name, head, 38.0, widest=min(box.width + 0.4, room))
            label.shift(mn.DOWN * max(0.0, label.get_top()[1] - area.top))
            self.appear(label, at=reveal.keys[0][0], until=self._end)

    # Courses ---------------------------------------------------------------------------------------------------------

    def _draw_courses(self) -> None:
        fps, frames = self.show.fps, np.arange(self.show.frame_count + 1)
        self._T_K = ROOM_K * np.exp([self._log_T(frame) for frame in frames.tolist()])
        self._gas_way = travelled(self._T_K / ROOM_K, fps)
        seconds = np.arange(int(self.show.frame_count / fps * STEPS_PER_S) + 2) / STEPS_PER_S
        n = np.array([round(self._n((second + 0.2) * fps)) for second in seconds.tolist()])
        steady = np.abs(np.diff(n, append=n[-1])) < 1
        self._spins = Course(exchange(n, PARTICLES, np.where(steady, _SWAPS, 0.0), _SEED, REST_STEPS))
        self._run_down(frames, seconds)
        met = [self._meets((second + 0.2) * fps) for second in seconds.tolist()]
        self._settling = settle(met, 0.25, _SEED + 4)

    def _run_down(self, frames: NDArray[np.int_], seconds: NDArray[np.float64]) -> None:
        """Let the gas drain the spins: what they hold, and both temperatures, by the share of the heat."""
        moved = np.linspace(0, 1, 201)
        elapsed = -np.log1p(moved * np.expm1(-_RELAXATIONS))
        before = float(beta_from_upper_fraction(DRAINED_ABOVE / PARTICLES, DELTA_E_J))
        gas = float(beta_from_temperature(DRAINING_GAS_K))
        run = relax(SPINS, DRAINING_GAS, before, gas, tau_s=1.0, t_s=elapsed)
        columns = (run.energy_a_J / DELTA_E_J, run.beta_a_per_J * DELTA_E_J, run.beta_b_per_J * DELTA_E_J)
        self._heat = (moved, *columns)
        above, self._x_spins, self._x_gas = self._drained_at(np.array([self._drains(f) for f in frames.tolist()]))
        self._drain_way = travelled(float(self._x_gas[0]) / self._x_gas, self.show.fps)
        self._above = above
        counts = np.round(np.interp((seconds + 0.2) * self.show.fps, frames, above)).astype(int)
        self._leak = Course(exchange(counts, PARTICLES, _SWAPS, _SEED + 3, REST_STEPS))

    def _drained_at(self, share: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        moved, *columns = self._heat
        return tuple(np.interp(share, moved, column) for column in columns)

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> GasState:
        time_s, n = frame / self.show.fps, self._n(frame)
        T, beta = float(self._T_K[frame]), float(beta_from_upper_fraction(n / PARTICLES, DELTA_E_J))
        numbers, (begins, full) = populations(self._meets(frame)), self._fills
        x_spins, x_gas = float(self._x_spins[frame]), float(self._x_gas[frame])
        return GasState(
            thermometer=self.thermometer.at_frame(frame),
            seen=tuple(fade(frame) for fade in self._seen),
            gas_T_K=T,
            gas_energy=float(gas_energy(T)),
            gas_gain=float(gas_gain(T)),
            gas_way=float(self._gas_way[frame]),
            spins=tuple(self._spins.upness(time_s).tolist()),
            n=n,
            farthest=max(n, PARTICLES * float(frame > self.at("gas.top:all", 0.1))),
            spin_entropy=float(spin_entropy(n)),
            spin_T_mK=1e3 * float(temperature_from_beta(beta)),
            oscillator_x=self._x(frame),
            lowest_bar=self._bar(frame),
            touching=self._touch(frame),
            drained=tuple(self._leak.upness(time_s).tolist()),
            quanta=tuple(self._leak.under_way(time_s, _FLIGHT_S)),
            above=float(self._above[frame]),
            drained_T_mK=temperature_mK(x_spins),
            drain_T_mK=temperature_mK(x_gas),
            drain_way=float(self._drain_way[frame]),
            levels=tuple(self._settling.levels(time_s).tolist()),
            filled=min(max((frame - begins) / (full - begins), 0.0), 1.0),
            populations=numbers,
            pair_T_mK=tuple(temperature_mK(x) for x in pair_coldness(numbers)),
            conditions=tuple((0.25 + 0.75 * reveal(frame)) * self._seen[5](frame) for reveal in self._reveals),
            topped_x=self._topped(frame),
        )

    def draw(self, state: GasState) -> None:
        gas, dome, ladder, drained, three, _ = state.seen
        hot = scale_place(state.gas_T_K)
        self._atoms.lay(state.gas_way, state.gas_T_K / ROOM_K, self.hotness_rgb(hot), gas)
        self._curve.lay(state.gas_energy, hot, gas)
        self._gas_T.write(self.quantity("gas_temperature", state.gas_T_K))
        spins, colour = np.array(state.spins), self.hotness_rgb(state.n / PARTICLES)
        self._dome.lay(state.n, state.farthest, dome)
        self._crowd.lay(self._seats, self._spin_radius, spins, colour, np.pi * (1 - spins), opacity=dome)
        self._spin_T.write(self.quantity("spin_temperature", state.spin_T_mK * 1e-3))
        self._ladder.lay(state.oscillator_x, state.lowest_bar, ladder)
        self._ladder.rungs.stroke_rgbas[:, 3] = self._ladder.bowl.stroke_rgbas[:, 3] = ladder
        self._draw_drained(state, drained)
        self._draw_three(state, three)
        self._draw_conditions(state)
        self.thermometer.lay(state.thermometer)

    def _draw_drained(self, state: GasState, opacity: float) -> None:
        x_spins, x_gas = (
            DELTA_E_J * float(beta_from_temperature(T * 1e-3)) for T in (state.drained_T_mK, state.drain_T_mK)
        )
        up = np.array(state.drained)
        aside = (1 - state.touching) * self._away
        first = DRAINING_GAS_K * 1e3
        self._drain.lay(
            state.drain_way, state.drain_T_mK / first, self.hotness_rgb(float(hotness(x_gas))), opacity, aside
        )
        rgb = self.hotness_rgb(float(hotness(x_spins)))
        self._drained.lay(self._drained_seats, self._drained_radius, up, rgb, np.pi * (1 - up), opacity=opacity)
        atoms = self._drain.at(state.drain_way) + aside
        self._quanta.lay(state.quanta, self._drained_seats, atoms, 1.1 * self._drained_radius, opacity)
        for reading, T in zip(self._drain_readings, (state.drained_T_mK, state.drain_T_mK), strict=True):
            reading.write(self.quantity("spin_temperature", T * 1e-3))

    def _draw_three(self, state: GasState, opacity: float) -> None:
        levels = np.array(state.levels)
        order = np.random.default_rng(_SEED).permutation(ATOMS) / ATOMS
        above = self.frame.height * (1 - ease_array(1.6 * state.filled - 0.6 * order))
        rgb = self.hotness_rgb(0.3 + 0.3 * levels)
        self._plates.lay(levels, rgb, opacity, above)
        x = np.array([DELTA_E_J * float(beta_from_temperature(T * 1e-3)) for T in state.pair_T_mK])
        self._pairs.lay(state.pair_T_mK, hotness(x))

    def _draw_conditions(self, state: GasState) -> None:
        top, leak, balance = state.conditions
        half = 0.5 * self._topped_ladder.width
        lowest = half * np.exp(min(state.topped_x, 0.0) * (self._topped_ladder.rung_count - 1))
        self._topped_ladder.lay(state.topped_x, lowest, top)
        self._topped_ladder.rungs.stroke_rgbas[:, 3] = top
        spins = np.array(state.spins)
        colour = self.hotness_rgb(state.n / PARTICLES)
        self._alone.lay(self._alone_seats, self._alone_radius, spins, colour, np.pi * (1 - spins), opacity=leak)
        self._outside.lay(state.drain_way, state.drain_T_mK / (1e3 * DRAINING_GAS_K), self.hotness_rgb(0.2), leak)
        levels = np.array(state.levels)
        self._settled_plates.lay(levels, self.hotness_rgb(0.3 + 0.3 * levels), balance, np.zeros(ATOMS))
