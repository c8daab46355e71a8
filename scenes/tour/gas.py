"""Segment 1 of the tour: why a gas cannot, spins can, and the three things that it takes."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.motion import Track
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, fill_shape, line, paint, rectangle
from explainer.stage.sprites import Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import two_level, unbounded
from physics.coldness import temperature_from_beta
from physics.examples import ABOVE_AFTER, DELTA_E_J, PARTICLES
from physics.examples_tour import GAS_QUANTA, GAS_START_X, GAS_THERMOMETER
from physics.exchange import OUTSIDE, exchange
from scenes.axes import Point, hotness
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course, Crowd, is_dark
from scenes.tour.acts import Acts
from scenes.tour.gas_motion import folded, travelled, within
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState
from scenes.tour.touching import drained, gas_coldness, gas_course
from scenes.tour.unsettled import shares
from scenes.tour.verdicts import pair_coldness

ACTS = ("climbs", "top", "sum", "alone", "within", "three")
ATOMS, RUNGS, BALLS = 36, 13, 40
_FIRST, _LAST = 6, 90  # spins up at the beginning of the dome and where its point stays
_LADDER_X = 0.5
_SPEED = 0.5  # boxes a second at the first energy
_SEED = 61


@dataclass(frozen=True)
class GasState:
    """What a frame shows."""

    act: int
    shown: float
    quanta_each: float
    """Energy of an atom of the heated gas, in quanta."""
    entropy_over_k: float
    """Entropy of one of its atoms over k, above that at its first energy."""
    way: float
    """How far an atom of unit speed has come, in boxes."""
    upness: tuple[float, ...]
    quanta: tuple[tuple[int, int, float], ...]
    n: float
    """Spins up, as the point on the dome says."""
    bits: float
    """Entropy of a spin there, over k."""
    ladder_x: float
    """Coldness of the oscillator's weights."""
    moved: float
    """Share of the heat that the gas has drained."""
    x: tuple[float, float]
    """Coldness of the spins and of the gas that touch."""
    T_mK: tuple[float, float]
    settled: float
    shares: tuple[float, ...]
    pairs: tuple[float, float, float]
    clock: float
    thermometer: ThermometerState


def _gas_entropy(quanta: float) -> float:
    """Entropy over k of an atom above that at its first energy: 3/2 ln E."""
    first, now = (float(unbounded.gas_entropy_J_per_K(1.5 / each, 1.0, 1e30, 1.0)) for each in (GAS_QUANTA[0], quanta))
    return (now - first) / K_B


class Gas(Stage[GasState]):
    """Six pictures, one a sentence."""

    def build(self) -> None:
        self._plan()
        area, wide = self.area, self.is_wide
        self._left, self._right = (
            area.split(0.44, 0.5)
            if wide
            else (area.inset(top=0.55 * area.height), area.inset(bottom=0.52 * area.height))
        )
        rng = np.random.default_rng(_SEED)
        self._start = rng.uniform(0, 1, (ATOMS, 2))
        speed, turn = rng.rayleigh(1.0, ATOMS), rng.uniform(0, 2 * np.pi, ATOMS)  # Maxwell's, in two dimensions
        self._velocity = speed[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        self._phase, self._pace = rng.uniform(0, 2 * np.pi, 64), rng.uniform(3, 6, 64)
        ink, muted, faint = (hex_rgb(getattr(self.theme, name)) for name in ("ink", "muted", "faint"))
        self._walls: mn.VMobject = self.put(line(np.zeros((0, 3)), 5.0), faint)
        self._light: Sprites = self.put(Sprites(glow, additive=is_dark(self.theme)), bleeds=True)
        self._balls: Sprites = self.put(Sprites(ball), bleeds=True)
        self._crowd = Crowd(self, bleeds=True)
        self._build_plots(ink, muted)
        self._rungs = [self.put(line(np.zeros((0, 3)), 16.0), bleeds=True) for _ in range(RUNGS)]
        self._build_readings()
        self._levels: mn.VMobject = self.put(line(np.zeros((0, 3)), 5.0), faint)
        self._top: mn.VMobject = self.put(line(np.zeros((0, 3)), 12.0), ink)
        self._sparks: Sprites = self.put(Sprites(spark, additive=is_dark(self.theme)), bleeds=True)
        self.thermometer = LongThermometer(self, "gas")

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        closing = end - (CLOSING_S + 0.1) * fps
        self._acts = Acts((0.4 * fps, *(at(f"gas.{act}", -0.2) for act in ACTS[1:]), closing), 0.3 * fps)
        starts = self._acts.frames
        self._heated = Track(((0.8 * fps, 0.0), (starts[1], 1.0)))
        self._n = Track(
            (
                (starts[1], _FIRST),
                (at("gas.top:all", 0.2), PARTICLES / 2 - 8),
                (at("gas.top:falls", 0.3), 74.0),
                (starts[2], _LAST),
            )
        )
        self._ladder = Track(((starts[2] + 0.4 * fps, _LADDER_X), (at("gas.sum:more", 0.6), -0.62 * _LADDER_X)))
        self._moved = Track(((at("gas.alone:touches"), 0.0), (starts[4] - 0.35 * fps, 1.0)))
        self._settles = Track(((at("gas.within:random", 1.2), 0.0), (starts[5] - 0.3 * fps, 1.0)))
        self._ways = {
            0: travelled(lambda each: (self._energy(each) / GAS_QUANTA[0]) ** 0.5, *self._acts.span(0)),
            3: travelled(
                lambda each: (GAS_START_X / gas_coldness(drained() * self._moved(each))) ** 0.5, *self._acts.span(3)
            ),
        }
        self._courses = (self._course(1, self._n), self._course(3, self._moved))

    def _course(self, act: int, track: Track) -> Course:
        (start, stop), fps = self._acts.span(act), self.show.fps
        steps = round((stop - start) / fps * STEPS_PER_S) + STEPS_PER_S
        values = np.array([track(start + step / STEPS_PER_S * fps) for step in range(steps)])
        if act == 1:
            return Course(exchange(np.rint(values).astype(int), PARTICLES, 0.35, _SEED, REST_STEPS))
        return gas_course(values)

    def _words(self, act: int, *parts: mn.VMobject) -> None:
        start, stop = self._acts.span(act)
        self.appear(*parts, at=start, until=stop - 0.05 * self.show.fps, fade_s=0.3)

    def _build_plots(self, ink: NDArray[np.float64], muted: NDArray[np.float64]) -> None:
        box = self._right.inset(left=0.3, bottom=0.55, top=0.1)
        self._plot = box
        for act in (0, 1):
            axes = [
                self.put(fill_shape(arrow(box.at(0, 0), box.at(*end), 0.05, 0.26)), muted)
                for end in ((1.0, 0), (0, 1.0))
            ]
            names = [
                self.text("gas.energy", box.at(1, 0) - [0, 0.12, 0], BODY, "muted", mn.UR),
                self.text("gas.entropy", box.at(0, 1) + [0.25, 0, 0], BODY, "muted", mn.UL),
            ]
            self._words(act, *axes, *names)
        energy = np.linspace(*GAS_QUANTA, 90)
        climb = np.array([_gas_entropy(each) for each in energy])
        points = np.stack(
            [
                box.left + box.width * 0.92 * (energy - energy[0]) / (energy[-1] - energy[0]),
                box.bottom + 1.25 * box.height * climb / climb[-1],
                np.zeros(90),
            ],
            axis=1,
        )
        self._climb: Trace = self.put(Trace(energy, points, 10.0), ink, bleeds=True)
        self._climb_points = points
        share = np.linspace(0, 1, 121)
        S = np.asarray(two_level.entropy_J_per_K(two_level.beta_from_upper_fraction(share, 1.0), 1.0))
        dome = np.stack(
            [box.left + 0.9 * box.width * share, box.bottom + 0.85 * box.height * S / S.max(), np.zeros(121)], axis=1
        )
        self._dome: Trace = self.put(Trace(share, dome, 10.0), ink)
        self._dome_points, self._share = dome, share
        ceiling = self.put(line(corners([box.at(0.9, 0), box.at(0.9, 0.92)]), 4.0), muted)
        name = self.text("gas.all_up", box.at(0.9, 0.94), BODY, "ink", mn.DOWN, widest=3.0)
        self.appear(ceiling, name, at="gas.top:all", until=self._acts.frames[2], fade_s=0.3)
        self._point = Point(self, 0.24, bleeds=True)

    def _build_readings(self) -> None:
        area, wide = self.area, self.is_wide
        high = area.top - 0.75
        self._T = [
            self.readout(
                f"T {number}", [area.left + share * area.width, high, 0], TITLE if wide else HEADING, centred=True
            )
            for number, share in enumerate((0.34, 0.85))
        ]
        self._pairs = [
            self.readout(
                f"pair {number}",
                [area.left + across * area.width, area.bottom + up * area.height, 0],
                1.2 * TITLE if wide else TITLE,
                centred=True,
            )
            for number, (across, up) in enumerate(((0.72, 0.24), (0.72, 0.58), (0.92, 0.41)))
        ]
        self._pair_name = self.text(
            "gas.coldness",
            [area.left + 0.82 * area.width, area.top - 0.15, 0],
            BODY,
            "muted",
            mn.UP,
            widest=0.36 * area.width,
        )
        self._words(4, self._pair_name)

    # Frames ----------------------------------------------------------------------------------------------------------

    def _energy(self, frame: float) -> float:
        first, last = GAS_QUANTA
        return first + (last - first) * self._heated(frame)

    def state(self, frame: int) -> GasState:
        act = self._acts.at(frame)
        start, _ = self._acts.span(act)
        course = self._courses[act // 2] if act in (1, 3) else None
        time_s = max(frame - start, 0) / self.show.fps + HOP_S / 2
        n, moved, settled = self._n(frame), self._moved(frame), self._settles(frame)
        taken = drained() * moved
        x = (float(two_level.beta_from_upper_fraction((ABOVE_AFTER - taken) / PARTICLES, 1.0)), gas_coldness(taken))
        quanta_each = self._energy(frame)
        T_a, T_b = (1e3 * float(temperature_from_beta(each / DELTA_E_J)) for each in x)
        beta = float(two_level.beta_from_upper_fraction(n / PARTICLES, 1.0))
        return GasState(
            act=act,
            shown=self._acts.shown(frame),
            quanta_each=quanta_each,
            entropy_over_k=_gas_entropy(quanta_each),
            way=_SPEED * self._ways[act](frame) / self.show.fps if act in self._ways else 0.0,
            upness=tuple(course.upness(time_s).tolist()) if course else (),
            quanta=tuple(course.under_way(time_s, HOP_S)) if course else (),
            n=n,
            bits=float(two_level.entropy_J_per_K(beta, 1.0)) / K_B,
            ladder_x=self._ladder(frame),
            moved=moved,
            x=x,
            T_mK=(T_a, T_b),
            settled=settled,
            shares=shares(settled),
            pairs=pair_coldness(shares(settled)),
            clock=frame / self.show.fps,
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: GasState) -> None:
        self.thermometer.lay(state.thermometer)
        seen = [state.shown * (state.act == act) for act in range(len(ACTS))]
        self._draw_crowd(state, seen[1] + seen[3])
        self._draw_gas(state, seen)
        self._draw_plots(state, seen)
        self._draw_ladder(state, seen[2])
        self._draw_levels(state, seen)
        for readout, T, x in zip(self._T, state.T_mK, state.x, strict=True):
            readout.write(self.quantity("spin_temperature", 1e-3 * T) if seen[3] > 0 else "")
            paint(readout, self.hotness_rgb(float(hotness(x))))
            readout.fill_rgbas[:, 3] = seen[3]
        for readout, x in zip(self._pairs, state.pairs, strict=True):
            readout.write(self.quantity("coldness", x) if seen[4] > 0 else "")
            paint(readout, self.hotness_rgb(float(hotness(2 * x))))
            readout.fill_rgbas[:, 3] = seen[4]

    def _gas_box(self, act: int) -> Box:
        area = self.area
        if act == 0:
            return self._left.inset(bottom=0.15, top=0.15)
        return Box(area.left + 0.72 * area.width, area.right - 0.05, area.bottom + 0.1, area.top - 1.1)

    def _draw_gas(self, state: GasState, seen: list[float]) -> None:
        shown = seen[0] + seen[3]
        if state.act in (4, 5):
            return
        if shown <= 0:
            self._walls.points = np.zeros((0, 3))
            self._balls.lay(np.zeros((0, 2)), 0.1, (0, 0, 0))
            self._light.lay(np.zeros((0, 2)), 0.1, (0, 0, 0))
            return
        box, number = self._gas_box(state.act), ATOMS if state.act == 0 else int(GAS_THERMOMETER.N)
        radius = 0.21 if state.act == 0 else 0.17
        places = within(box, folded((self._start + self._velocity * state.way)[:number]), radius)
        place = float(hotness(1.5 / state.quanta_each if state.act == 0 else state.x[1]))
        rgb = self.hotness_rgb(place)
        self._walls.points = rectangle(box.left, box.right, box.bottom, box.top)
        self._walls.stroke_rgbas[:, 3] = shown
        self._light.lay(places, 2.6 * radius, rgb, 0.35 * shown)
        self._balls.lay(places, radius, rgb, shown)

    def _draw_crowd(self, state: GasState, shown: float) -> None:
        area, up = self.area, np.array(state.upness)
        nothing = np.zeros((0, 2))
        sparks: list[tuple[NDArray[np.float64], float]] = []
        rgb = self.hotness_rgb(0.5)
        if shown > 0 and len(up):
            box = (
                self._left.inset(bottom=0.1, top=0.1)
                if state.act == 1
                else Box(area.left, area.left + 0.66 * area.width, area.bottom + 0.1, area.top - 1.1)
            )
            columns = 10 if box.width < 1.5 * box.height else 20
            pitch = min(box.width / columns, box.height / (PARTICLES / columns))
            index = np.arange(PARTICLES)
            middle = box.at(0.5, 0.5)
            rows = PARTICLES // columns
            seats = np.stack(
                [
                    middle[0] + (index % columns - (columns - 1) / 2) * pitch,
                    middle[1] + (index // columns - (rows - 1) / 2) * pitch,
                ],
                axis=1,
            )
            rgb = self.hotness_rgb(state.n / PARTICLES if state.act == 1 else float(hotness(state.x[0])))
            self._crowd.lay(seats, 0.46 * pitch, up, rgb, opacity=shown)
            outside = (
                np.array([area.left - 1.5, middle[1]]) if state.act == 1 else np.array([box.right + 0.5, middle[1]])
            )
            for giver, taker, way in state.quanta:
                here = seats[giver] if giver != OUTSIDE else outside
                there = seats[taker] if taker != OUTSIDE else outside
                sparks.append((here + (there - here) * way, 0.6 * pitch * float(np.sqrt(np.sin(np.pi * way)))))
        else:
            self._crowd.lay(nothing, 0.1, np.zeros(0), rgb)
        if state.act == 0 and 0 < state.quanta_each < GAS_QUANTA[1]:
            box = self._gas_box(0)
            for number in range(10):
                way = (self._phase[number] / 6.3 + 0.12 * self._pace[number] * state.clock) % 1
                at = np.array([box.left - 1.2 + 1.6 * way, box.bottom + box.height * ((number * 0.37) % 1)])
                sparks.append((at, 0.34 * float(np.sqrt(np.sin(np.pi * way)))))
            rgb, shown = self.hotness_rgb(1.0), state.shown
        self._sparks.lay(
            np.array([at for at, _ in sparks]).reshape(-1, 2), np.array([size for _, size in sparks]), rgb, shown
        )

    def _draw_plots(self, state: GasState, seen: list[float]) -> None:
        self._climb.draw_to(state.quanta_each if seen[0] > 0 else -1.0)
        self._climb.stroke_rgbas[:, 3] = seen[0]
        self._dome.draw_to(state.n / PARTICLES if seen[1] > 0 else -1.0)
        self._dome.stroke_rgbas[:, 3] = seen[1]
        if state.act == 0:
            energy = np.linspace(*GAS_QUANTA, 90)
            at = np.array([np.interp(state.quanta_each, energy, column) for column in self._climb_points.T])
            self._point.lay(at, float(hotness(1.5 / state.quanta_each)), seen[0])
        else:
            at = np.array([np.interp(state.n / PARTICLES, self._share, column) for column in self._dome_points.T])
            self._point.lay(at, state.n / PARTICLES, seen[1])

    def _draw_ladder(self, state: GasState, seen: float) -> None:
        area, nothing = self.area, np.zeros((0, 3))
        for n, rung in enumerate(self._rungs):
            if seen <= 0:
                rung.points = nothing
                continue
            length = min(0.16 * area.width * float(np.exp(-state.ladder_x * n)), 1.2 * area.width)
            y = area.bottom - 0.2 + n * 0.62
            beat = 1 + 0.02 * np.sin(5 * state.clock + n)
            rung.points = corners([[area.left, y, 0], [area.left + length * beat, y, 0]])
            rung.stroke_rgbas[:, :3] = self.hotness_rgb(float(hotness(2 * state.ladder_x)))
            rung.stroke_rgbas[:, 3] = seen

    def _draw_levels(self, state: GasState, seen: list[float]) -> None:
        shown, nothing = seen[4] + seen[5], np.zeros((0, 3))
        if shown <= 0:
            self._levels.points = self._top.points = nothing
            if state.act in (4, 5):
                self._balls.lay(np.zeros((0, 2)), 0.1, (0, 0, 0))
                self._light.lay(np.zeros((0, 2)), 0.1, (0, 0, 0))
            return
        area = self.area
        boxes = (
            [Box(area.left, area.left + 0.55 * area.width, area.bottom, area.top)] if state.act == 4 else self._thirds()
        )
        lines, places, colours = [], [], []
        radius = 0.24 if state.act == 4 else 0.17
        for number, box in enumerate(boxes):
            which = 2 if state.act == 4 else number
            for level in range(3):
                base = box.at(0, (0.04, 0.38, 0.72)[level])
                lines.append(corners([base, base + [box.width * 0.92, 0, 0]]))
                share = state.shares[level]
                count = max(round(BALLS * share), 0) if state.act == 4 else round(BALLS / 2.4 * state.shares[level])
                x = state.pairs[0] if level == 0 else state.pairs[1]
                columns = int(box.width * 0.9 / (2.1 * radius))
                for index in range(count):
                    swing = 0.08 * np.sin(self._pace[index] * state.clock + self._phase[index])
                    at = base + [
                        (index % columns + 0.6) * 2.1 * radius,
                        radius * (1.15 + 2.1 * (index // columns)) + abs(swing),
                        0,
                    ]
                    places.append(at[:2])
                    colours.append(self.hotness_rgb(float(hotness(2 * x))))
            if which == 1 and state.act == 5:
                lines.append(rectangle(box.left - 0.2, box.right, box.bottom - 0.2, box.top))
        self._levels.points = np.concatenate(lines)
        self._levels.stroke_rgbas[:, 3] = shown
        top = boxes[0].at(0, 0.72)
        self._top.points = corners([top, top + [boxes[0].width * 0.92, 0, 0]]) if state.act == 5 else nothing
        self._top.stroke_rgbas[:, 3] = shown
        self._walls.points = nothing
        self._light.lay(np.array(places), 2.4 * radius, np.array(colours), 0.3 * shown)
        self._balls.lay(np.array(places), radius, np.array(colours), shown)

    def _thirds(self) -> list[Box]:
        area = self.area
        if self.is_wide:
            return [
                Box(
                    area.left + n * area.width / 3,
                    area.left + (n + 1) * area.width / 3 - 0.6,
                    area.bottom + 0.3,
                    area.top - 0.6,
                )
                for n in range(3)
            ]
        return [
            Box(
                area.left + 0.5,
                area.right - 0.5,
                area.top - (n + 1) * area.height / 3 + 0.35,
                area.top - n * area.height / 3 - 0.2,
            )
            for n in range(3)
        ]
