"""Segment 5: lithium and fluorine of one crystal, at opposite temperatures, meet where a balance of coldness says."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from physics import spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.contact import relax
from physics.examples_tour import (
    LIF_FIELD_T,
    MIXTURES_K,
    ROOM_K,
    enlarged,
    fluorine_share,
    lithium_K,
    lithium_share,
    mixed_K,
    mixtures_per_J,
    predicted_mixtures_per_J,
    reversed_K,
)
from physics.exchange import exchange
from physics.spins import FLUORINE_19, LITHIUM_7, Nucleus, SpinBody
from scenes.protons import REST_STEPS, STEPS_PER_S, Course, is_dark
from scenes.tour.balance import Balance
from scenes.tour.crystal import Crystal
from scenes.tour.ladders import Ladder
from scenes.tour.mixtures import Mixtures
from scenes.tour.relaxing import hotness
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState

QUANTA = 70
"""Quanta that are drawn on their way from the fluorine to the lithium, in place of all."""

WATCHED = 16.0
"""Relaxation times that the contact is watched for."""

TILT = 0.16
"""Of the balance in radians, let go while it is held at a coldness of zero; in proportion where it is held nearer."""

_SEED = 23
_SWAPS_PER_STEP = 0.2
_FLIGHT_S = 0.65
_KEPT_S = 0.22  # between two that go each way in balance
_STEPS = 801
_TESTED_S = (0.7, 1.3)  # between mixtures, and what one takes


@dataclass(frozen=True)
class Pictures:
    """How far each picture of the segment is there, 0 to 1."""

    crystal: float
    ladders: float
    balance: float
    mixtures: float


@dataclass(frozen=True)
class MixingState:
    """What a frame shows: both kinds' temperature and coldness, the rows on their levels, the balance, the tests."""

    thermometer: ThermometerState
    pictures: Pictures
    yaw: float
    fluorine: tuple[float, ...]
    """Half turns of each fluorine nucleus of the crystal."""
    lithium: tuple[float, ...]
    time_s: float
    turned: float
    """How far the fluorine is turned over, 0 to 1."""
    elapsed: float
    """Since the touch, in relaxation times."""
    lithium_K: float
    fluorine_K: float | None
    """None while it is turned over, and until the voice names it."""
    lithium_coldness: float
    """In units of that of the room."""
    fluorine_coldness: float
    lithium_rows: tuple[float, ...]
    """Drawn population of each level, 1 in the mean, from the level that was lowest at first."""
    fluorine_rows: tuple[float, ...]
    risen: float
    """How far the axis of coldness has risen to be a beam."""
    weighed: float
    pivot: float
    """Coldness that the balance is held at, in units of that of the room."""
    tilt: float
    passed: int
    """Quanta of those drawn that have left the fluorine."""
    quanta: tuple[tuple[int, float], ...]
    """Number and way, 0 to 1, of each quantum that is seen; from `QUANTA` on every other one goes back."""
    predicted: tuple[float, ...]
    """Coldness that each of the mixtures should end at, in units of that of the room."""
    computed: tuple[float, ...]
    come: tuple[float, ...]
    """How far each of them has come, 0 to 1."""


class Mixing(Stage[MixingState]):
    """Two ladders of levels in one crystal, a balance, and what it foretells of other mixtures."""

    def build(self) -> None:
        end_s = self.show.frame_count / self.show.fps
        area, wide = self.area, self.is_wide
        self._beside = area.width > area.height
        weights = (lithium_share(), fluorine_share())
        self._crystal = Crystal(self, (7, 5, 4) if wide else (4, 7, 4))
        self._ladders = (Ladder(self, LITHIUM_7), Ladder(self, FLUORINE_19))
        self._balance = Balance(self, weights)
        self._quanta: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self._mixtures = Mixtures(self, area.inset(0.1, 0.1, 1.05, 0.1), weights)
        self._build_tracks(end_s)
        self._build_words()
        self._build_courses(end_s)
        self.thermometer = LongThermometer(self, "mixing")

    def _build_tracks(self, end_s: float) -> None:
        fps = self.show.fps
        ends = (end_s - CLOSING_S + 0.3) * fps
        parts, weigh, tested = self.at("mixing.two", 2.4), self.at("mixing.weigh"), self.at("mixing.tested")
        axis = self.at("mixing.touch", -0.4)
        s = float(fps)
        self._crystal_there = Track(((0.4 * s, 0.0), (0.9 * s, 1.0), (parts - 0.2 * s, 1.0), (parts + 0.6 * s, 0.0)))
        self._ladders_there = Track(((parts, 0.0), (parts + 0.7 * s, 1.0), (weigh, 1.0), (weigh + 0.6 * s, 0.0)))
        self._balance_there = Track(
            ((axis, 0.0), (axis + 0.6 * s, 1.0), (tested - 0.7 * s, 1.0), (tested - 0.1 * s, 0.0))
        )
        self._mixtures_there = Track(
            ((tested - 0.5 * s, 0.0), (tested + 0.1 * s, 1.0), (ends - 0.6 * s, 1.0), (ends, 0.0))
        )
        self.appear(*self._mixtures.parts, at=tested - 0.5 * s, until=ends, fade_s=0.6)
        # One comes after the other until the picture leaves.
        between, takes = _TESTED_S
        spread = ((ends - tested) / s - 0.7 - takes) / (len(MIXTURES_K) - 1)
        self._tested = tested + 0.1 * s, max(between, spread), takes
        self._turned = self.track(("mixing.prepared", 0.1, 0.0), ("mixing.prepared:fluorine", 0.0, 1.0))
        self._risen = self.track(("mixing.weigh", -0.2, 0.0), ("mixing.weigh", 0.8, 1.0))
        self._weighed = self.track(("mixing.weigh", 0.4, 0.0), ("mixing.weigh", 1.4, 1.0))
        self._held = self.track(("mixing.weigh:weigh", -0.2, 1.0), ("mixing.weigh:weigh", 0.7, 0.0))
        self._at_pivot = self.track(("mixing.weigh:weigh", 0.9, 0.0), ("mixing.weigh:end", 0.2, 1.0))
        self._elapsed = self.track(
            ("mixing.touch:touch", -0.2, 0.0),
            ("mixing.touch:end", 0.0, 0.3),
            ("mixing.meet", -0.6, 0.4),
            ("mixing.meet", 1.1, 2.4),
            ("mixing.meet", 2.4, WATCHED),
        )

    def _boxes(self, risen: float) -> tuple[Box, Box]:
        """Return where the ladders of lithium and fluorine are: over the axis, once that is there."""
        area = self.area
        if self._beside:
            return area.inset(bottom=0.5 + 1.1 * risen, top=1.3).split(0.5, 0.8)
        whole = area.inset(bottom=1.7, top=0.2)
        half = whole.height / 2
        return whole.inset(bottom=half + 0.45, top=1.1), whole.inset(top=half + 1.1)

    def _build_words(self) -> None:
        wide, area = self.is_wide, self.area
        since, gone = self.at("mixing.two", 2.7), self.at("mixing.weigh", 0.3)
        self._readings, names = [], []
        for box, kind in zip(self._boxes(1.0), ("lithium", "fluorine"), strict=True):
            y = box.top + 0.5
            names.append(self.text(f"mixing.{kind}", [box.left, y, 0], BODY, "ink", mn.DL, widest=0.4 * box.width))
            at = [box.left + (0.47 if wide else 0.44) * box.width, y, 0]
            size = 64.0 if wide else 36.0 if self._beside else 52.0
            self._readings.append(self.readout(f"T of {kind}", at, size))
        self.appear(*names, at=since, until=gone)
        self.appear(self._readings[0], at="mixing.two:own", until=gone)
        self.appear(self._readings[1], at="mixing.two:own", until=gone)
        corner = [area.right, area.bottom, 0] if wide else [0, area.bottom, 0]
        enlarged = self.text("mixing.enlarged", corner, SMALL, "muted", mn.DR if wide else mn.DOWN, widest=5.0)
        self.appear(enlarged, at=since, until=self.at("mixing.touch", -0.4))
        self._low = area.bottom + 0.75
        self._high = area.top - (1.75 if wide else 2.4)
        axis = self._balance.name("mixing.coldness", self._low - 0.42, mn.RIGHT)
        self.appear(axis, at=self.at("mixing.touch", -0.2), until=self.at("mixing.weigh", -0.2))
        again = self._balance.name("mixing.coldness", self._high - 0.5 if wide else area.top, mn.LEFT)
        self.appear(again, at=self.at("mixing.weigh", 0.7), until=self.at("mixing.tested", -0.4))
        self._shares = [
            self.readout(f"weight of {kind}", [0, 0, 0], 60.0, centred=True) for kind in ("lithium", "fluorine")
        ]
        self.appear(*self._shares, at=self.at("mixing.weigh", 1.2), until=self.at("mixing.tested", -0.4))
        self._at_beam = [
            self.readout(f"T at {kind}", [0, 0, 0], 52.0, centred=True, largest=56.0 if self.is_wide else 52.0)
            for kind in ("lithium", "fluorine")
        ]
        met = self.at("mixing.meet", 1.9)
        self.appear(*self._at_beam, at=self.at("mixing.weigh", 1.0), until=met)
        self._both = self.readout("T of both", [0, 0, 0], 84.0, centred=True)
        self.appear(self._both, at=met, until=self.at("mixing.tested", -0.4))

    def _build_courses(self, end_s: float) -> None:
        steps = int(end_s * STEPS_PER_S) + 2
        self._kinds = []
        for seed, mask in enumerate((self._crystal.fluorine, ~self._crystal.fluorine)):
            number = int(mask.sum())
            upper = np.full(steps, number // 2)
            self._kinds.append(Course(exchange(upper, number, _SWAPS_PER_STEP, _SEED + seed, REST_STEPS)))
        room = float(beta_from_temperature(ROOM_K))
        lithium, fluorine = (float(beta_from_temperature(T_K)) for T_K in (lithium_K(), reversed_K()))
        bodies = SpinBody(1.0, LITHIUM_7, LIF_FIELD_T), SpinBody(1.0, FLUORINE_19, LIF_FIELD_T)
        self._moved = np.linspace(0.0, 1.0, _STEPS)
        elapsed = -np.log1p(self._moved * np.expm1(-WATCHED))
        run = relax(*bodies, lithium, fluorine, 1.0, elapsed)
        self._coldness = run.beta_a_per_J / room, run.beta_b_per_J / room
        self._goal = float(beta_from_temperature(mixed_K())) / room
        moved = np.array([self._share_moved(self._elapsed(frame)) for frame in range(self.show.frame_count)])
        self._departs = np.searchsorted(moved, (np.arange(QUANTA) + 0.5) / QUANTA)
        rng = np.random.default_rng(_SEED + 3)
        self._ways = rng.uniform(0.05, 0.95, (QUANTA, 2))
        self._rungs = np.stack([rng.integers(0, 2, QUANTA), rng.integers(0, 4, QUANTA)], axis=1)
        self._before = tuple(tuple(float(beta_from_temperature(T)) / room for T in pair) for pair in MIXTURES_K)
        self._predicted = tuple(beta / room for beta in predicted_mixtures_per_J())
        self._computed = tuple(beta / room for beta in mixtures_per_J())

    def _share_moved(self, elapsed: float) -> float:
        return float(np.expm1(-elapsed) / np.expm1(-WATCHED))

    def _rows(self, nucleus: Nucleus, coldness: float) -> tuple[float, ...]:
        """Return the drawn populations of its levels from the lowest."""
        beta = coldness * float(beta_from_temperature(ROOM_K))
        shares = spins.populations(beta, nucleus, LIF_FIELD_T)[::-1] * (2 * nucleus.spin + 1)
        return tuple((1 + enlarged() * (shares - 1)).tolist())

    def state(self, frame: int) -> MixingState:
        fps = self.show.fps
        time_s, elapsed, turned = frame / fps, self._elapsed(frame), self._turned(frame)
        moved = self._share_moved(elapsed)
        lithium, fluorine = (float(np.interp(moved, self._moved, column)) for column in self._coldness)
        if not turned:
            fluorine = 1.0
        room = float(beta_from_temperature(ROOM_K))
        T_lithium, T_fluorine = (float(temperature_from_beta(share * room)) for share in (lithium, fluorine))
        unnamed = turned > 0 and frame < self.at("mixing.prepared:fluorine")
        held, pivot = self._held(frame), self._at_pivot(frame) * self._goal
        flights = (frame - self._departs) / (_FLIGHT_S * fps)
        under_way = np.flatnonzero((flights > 0) & (flights < 1))
        begins, between, takes = self._tested
        since = np.arange(len(MIXTURES_K)) * between
        come = np.clip(((frame - begins) / fps - since) / takes, 0.0, 1.0)
        kept = self._kept(frame)
        return MixingState(
            thermometer=self.thermometer.at_frame(frame),
            pictures=Pictures(
                self._crystal_there(frame),
                self._ladders_there(frame),
                self._balance_there(frame),
                self._mixtures_there(frame),
            ),
            yaw=0.7 + 0.2 * time_s,
            fluorine=tuple(self._kinds[0].upness(time_s).tolist()),
            lithium=tuple(self._kinds[1].upness(time_s).tolist()),
            time_s=time_s,
            turned=turned,
            elapsed=elapsed,
            lithium_K=T_lithium,
            fluorine_K=None if unnamed else T_fluorine,
            lithium_coldness=lithium,
            fluorine_coldness=fluorine,
            lithium_rows=self._rows(LITHIUM_7, lithium),
            fluorine_rows=self._rows(FLUORINE_19, -fluorine if turned else fluorine),
            risen=self._risen(frame),
            weighed=self._weighed(frame),
            pivot=pivot,
            tilt=TILT * (1 - held) * (pivot - self._goal) / self._goal,
            passed=int(np.count_nonzero(self._departs <= frame)),
            quanta=tuple((int(k), float(flights[k])) for k in under_way) + kept,
            predicted=self._predicted,
            computed=self._computed,
            come=tuple(come.tolist()),
        )

    def _kept(self, frame: int) -> tuple[tuple[int, float], ...]:
        """Return the quanta that both kinds exchange once they are in balance, as many each way."""
        fps, begins = self.show.fps, self.at("mixing.meet", 1.6)
        since = (frame - begins) / fps / _KEPT_S
        first = max(0, int(np.ceil(since - _FLIGHT_S / _KEPT_S)))
        ways = [(pair, (since - pair) * _KEPT_S / _FLIGHT_S) for pair in range(first, int(np.floor(since)) + 1)]
        return tuple((QUANTA + 2 * pair + side, way) for pair, way in ways if 0 < way < 1 for side in (0, 1))

    def draw(self, state: MixingState) -> None:
        there = state.pictures
        coldness = state.lithium_coldness, state.fluorine_coldness
        colours = [self.hotness_rgb(hotness(share)) for share in coldness]
        self._draw_crystal(state, colours[0])
        boxes = self._boxes(max(there.balance, 0.0) if state.elapsed == 0 else 1.0)
        turns, rows = (0.0, state.turned), (state.lithium_rows, state.fluorine_rows)
        for ladder, box, shares, turned, rgb in zip(self._ladders, boxes, rows, turns, colours, strict=True):
            ladder.lay(box, shares, turned, rgb, state.time_s, there.ladders)
        y = self._low + state.risen * (self._high - self._low)
        self._balance.lay(coldness, y, state.tilt, state.pivot, there.balance, state.weighed)
        self._draw_quanta(state, boxes, y, colours[1])
        self._mixtures.lay(self._before, state.predicted, state.computed, state.come, there.mixtures)
        self._write(state, y)
        self.thermometer.lay(state.thermometer)

    def _draw_crystal(self, state: MixingState, rgb: NDArray[np.float64]) -> None:
        kinds = self._crystal.fluorine
        turns = np.empty(len(kinds))
        turns[kinds], turns[~kinds] = state.fluorine, state.lithium
        there = state.pictures.crystal
        scale = (1.45 if self.is_wide else 1.5) * (1.0 if state.time_s < 1.5 else 1.25 - 0.25 * there)
        second = 0.5 * rgb + 0.5 * hex_rgb(self.theme.ink)
        self._crystal.lay(state.yaw, scale, [0, -0.1], np.pi * turns, np.stack([rgb, second]), 0.5, there)

    def _draw_quanta(self, state: MixingState, boxes: tuple[Box, Box], y: float, rgb: NDArray[np.float64]) -> None:
        places = []
        seen = state.pictures.ladders
        lithium, fluorine = boxes
        coldness = state.lithium_coldness, state.fluorine_coldness
        for number, way in state.quanta:
            (across_f, across_l), (rung_f, rung_l) = self._ways[number % QUANTA], self._rungs[number % QUANTA]
            there = np.array(
                [fluorine.left + across_f * fluorine.width, self._ladders[1].rows(fluorine, 1.0)[rung_f], 0]
            )
            here = np.array([lithium.left + across_l * lithium.width, self._ladders[0].rows(lithium, 0.0)[rung_l], 0])
            if seen < 0.5:
                here, there = (
                    self._balance.hung(kind, coldness[kind], y, state.tilt, state.pivot)
                    + self._balance.radius(kind) * 1.2 * np.array([across - 0.5, rung / 4 - 0.4, 0])
                    for kind, across, rung in ((0, across_l, rung_l), (1, across_f, rung_f))
                )
            if number >= QUANTA and number % 2:
                here, there = there, here
            at = there + way * (here - there)
            places.append(at + [0, 1.1 * way * (1 - way), 0])
        ways = np.array([way for _, way in state.quanta])
        size = (0.42 if seen >= 0.5 else 0.32) * np.sqrt(np.sin(np.pi * ways))
        self._quanta.lay(np.array(places).reshape(-1, 3), size, rgb, max(seen, state.pictures.balance))

    def _write(self, state: MixingState, y: float) -> None:
        values = state.lithium_K, state.fluorine_K
        coldness = state.lithium_coldness, state.fluorine_coldness
        texts = ["" if value is None else self.quantity("spins_K", value) for value in values]
        for readout, text in zip(self._readings, texts, strict=True):
            readout.write(text)
        apart = 1.7 if self.is_wide else 1.65
        centre = self._balance.place(state.pivot, y)
        middle = float(np.clip(centre[0], self.area.left + 2 * apart, self.area.right - 2 * apart))
        for kind, sign in enumerate((-1, 1)):
            at = self._balance.place(coldness[kind], y, state.tilt, state.pivot)
            x = middle + sign * max(apart, sign * (at[0] - middle))
            x = float(np.clip(x, self.area.left + apart, self.area.right - apart))
            self._at_beam[kind].write(texts[kind])
            self._at_beam[kind].move(np.array([x, max(at[1], y) + 0.55, 0.0]))
            hung = self._balance.hung(kind, coldness[kind], y, state.tilt, state.pivot)
            self._shares[kind].write(self.quantity("count", round(100 * (lithium_share(), fluorine_share())[kind])))
            beside = hung[0] - sign * (self._balance.radius(kind) + 0.7)
            beside = float(np.clip(beside, self.area.left + 0.7, self.area.right - 0.7))
            self._shares[kind].move(np.array([beside, max(hung[1] - 0.3, self.area.bottom + 0.05), 0.0]))
        self._both.write(texts[0])
        self._both.move(np.array([middle, y + 0.65, 0.0]))
