"""Segment 2: entropy counts arrangements; its slope with energy is 1/T, and past the top T is negative."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import Track, ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.coldness import temperature_from_beta
from physics.examples import ABOVE_AFTER, DELTA_E_J, PARTICLES
from physics.exchange import exchange
from physics.two_level import beta_from_upper_fraction
from scenes.axes import ColdnessAxis, EnergyAxis, Point, Span, hotness
from scenes.minute import seams
from scenes.minute.columns import WAYS, Arrangements, Columns, columns, entropy_bits
from scenes.minute.dial import Dial
from scenes.minute.few import FLIGHT_S, QUANTUM_HOTNESS, Few, few_course, flights
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course, Crowd

_MARKS = ("none", "one", "two", "three", "four")
_FOOT, _COLD = 2.0, 9.0  # protons up where the climb begins, and where the voice says "cold"
_SWAPS_PER_STEP = 0.3  # of two half-full levels
_SEED = 21
_READING = 60.0  # points
_LEVER = 0.19  # half its length beside that of the axis of energy
_CURVE_POINTS = 161
_DIMMED = 0.4  # strength of the hundred while the few are looked at
_CASCADE_S = 0.06  # from one arrangement of a column to the next
_GROWS_S = 0.3
_FIGURED_S, _FIGURE_S = 0.15, 0.2  # after the voice counts, until its figure comes; while it comes
_STANDS_S = 0.45  # after the last count, until the columns may change
_RESTS_S = 0.12  # the last picture
_NAMED_S = 0.13  # before it, in which the axis of coldness gets its names
_TIP_RADIUS, _TIP_LIGHT = 0.24, 0.4  # on the dial its full glow would outshine the band
_ENLARGED = 1.16  # the crowd beside the dome
_WIDEST_FEW = 2.37  # from one of the few to the next, above which their light leaves the frame


@dataclass(frozen=True)
class DomeState:
    """What a frame shows: n of the hundred up, and the dome, its slope and the temperature there."""

    spins: tuple[float, ...]
    """How far up each of the hundred is, 0..1."""
    above: int
    heat: tuple[tuple[int, int, float], ...]
    """Giver, taker and way of each quantum that they pass on, or that comes from outside or goes there."""
    n: float
    """Protons up as the point says: what `above` follows in whole protons."""
    bits: float
    """Entropy per proton, in bits, where the point is."""
    slope: float
    """Coldness x = beta dE there."""
    T_mK: float
    few: tuple[float, ...]
    """How far up each of the few is, 0..1."""
    quanta: tuple[tuple[int, int, float], ...]
    """Giver, taker and way of each quantum that the few pass on."""
    arranged: tuple[float, ...]
    """Arrangements of the few that are shown in each column."""
    energy: float
    """Quanta above the column where the few are."""
    gathered: float
    """0..1: the few have come out of the crowd."""
    placed: float
    """0..1: they have gone to the foot of the axis."""
    refined: float
    """0: arrangements, 1: columns of entropy, which then split; at 4 there is one for each number of the hundred."""
    tallest: float
    """Entropy per proton, in bits, of the column in the middle."""
    limit: float
    """0..1: how bright the dome of very many protons is."""
    attended: float
    """0..1: how much the hundred are looked at, and not the few."""
    lifted: float
    """0..1: how far the point has risen from the axis to the dome."""
    lever: float
    opened: float
    """0..1: the lines that the slope is read from, lever and dial."""
    leaving: float
    """0..1: the dome has gone."""
    straight: float
    """0..1: the dial's arc has become the axis of coldness."""


class Dome(Stage[DomeState]):
    """All arrangements of four protons, then the dome of a hundred, climbed by a point whose slope turns a dial."""

    def build(self) -> None:
        box, span = seams.plot_box(self), seams.energy_span(self)
        self._height = min(box.height - 0.5, 1.1 * box.width)
        self._columns = Columns(self, span, self._height)
        self._axis = EnergyAxis(self, span)
        upright = arrow(span.at(0), span.at(0, box.height - 0.1), 0.05, 0.26)
        self._upright = self.put(fill_shape(upright), hex_rgb(self.theme.muted))
        entropy = self.text("common.entropy", span.at(0, box.height - 0.1) + [0.25, 0, 0], SMALL, "muted", mn.UL)
        self._seats, self._radius = seams.crowd_seats(self)
        self._crowd = Crowd(self, bleeds=True)
        share = (1 - np.cos(np.linspace(0, np.pi, _CURVE_POINTS))) / 2
        self._curve = self.put(line(corners(self._columns.at(share, entropy_bits(share))), 5.0))
        self._curve.sheen_direction = mn.RIGHT
        self._curve_rgb = self.hotness_rgb(np.linspace(0, 1, 33))
        self._arrangements = Arrangements(self, box, self._axis, HEADING)
        pitch = min(0.375 * min(box.height, box.width), _WIDEST_FEW)
        self._few = Few(self, self._arrangements, box.at(0.5, 0.49), pitch)
        name = self.text("dome.arrangements", span.at(0.5, 0.45), BODY, "muted", widest=box.width)
        self._heat: Sprites = self.put(Sprites(spark), bleeds=True)
        self._spark_rgb = self.hotness_rgb(QUANTUM_HOTNESS)
        self._reach = _LEVER * (span.right - span.left)
        self._lever = self.put(line(np.zeros((0, 3)), 9.0), hex_rgb(self.theme.ink))
        self._leaves = self.at("dome.beyond:end", -0.1)
        self._gone = self._leaves + 0.25 * self.show.fps
        self._build_dial(span)
        self._build_reading(span)
        self._point = Point(self, bleeds=True)
        self._build_end()
        self._build_motion()
        self._build_courses()
        self._say_where_it_stands()
        begin, none = self.at("dome.count"), self.at("dome.count:none")
        self.appear(name, at=begin + 0.22 * (none - begin), until=begin + 0.82 * (none - begin))
        for count, mark in zip(self._arrangements.counts, _MARKS, strict=True):
            at = self.at(f"dome.count:{mark}", self._pace * _FIGURED_S)
            until = self.at("dome.count:end", self._late_s + 0.3)
            self.appear(count, at=at, until=until, fade_s=self._pace * _FIGURE_S)
        entropy_at = self.at("dome.count:end", self._late_s + 0.1)
        self.appear(entropy, self._upright, at=entropy_at, until=self._gone, fade_s=0.3)
        for part in (self._axis.line, self._axis.name):
            self.appear(part, at=-self.show.fps, until=self._leaves + 0.3 * self.show.fps, fade_s=0.3)

    def _build_dial(self, span: Span) -> None:
        wide, width = self.is_wide, span.right - span.left
        above = 0.33 * self._height if wide else 0.7
        radius = min((0.235 if wide else 0.29) * width, self._height - above - 1.3)
        self._dial = Dial(self, span.at(0.5, above), radius, seams.coldness_span(self))
        plus, name, zero, minus = (self._dial.at(x, 0.0) for x in (3.9, 2.0, 0.0, -3.9))
        signs = [
            self.formula("+", plus + [-0.42, 0.05, 0], HEADING),
            self.formula("1\\/T", name + [-0.45, 0.4, 0], 36),
            self.formula("0", zero + [0, 0.5, 0], 36),
            self.formula("-", minus + [0.42, 0.05, 0], HEADING),
        ]
        self.appear(*signs, at=self.at("dome.slope:slope", 0.5), until=self._gone, fade_s=0.3)

    def _build_reading(self, span: Span) -> None:
        """Put the temperature, number and word, under the dial, or beside the crowd where that is above the dome."""
        if self.is_wide:
            middle, widest = span.at(0.5, 0.2 * 0.33 * self._height), 0.75 * (span.right - span.left)
        else:
            widest = float(self._seats[:, 0].min()) - self._radius - self.area.left - 0.3
            middle = np.array([self.area.left + widest / 2, float(self._seats[:, 1].mean()) - 0.45, 0.0])
        above = 0.38 + 0.3 * (self.show.composed.type_scale - 1)
        self._T = self.readout("T", middle + [0, above, 0], min(_READING, 12 * widest), centred=True)
        shown = self.at("dome.slope:slope", 0.7)
        self.appear(self._T, at=shown, until=self._gone, fade_s=0.3)
        for label, at, until in (
            ("dome.positive", shown, self.at("dome.top:flat", -0.1)),
            ("dome.infinite", self.at("dome.top:flat", -0.05), self.at("dome.beyond", 0.2)),
            ("dome.negative", self.at("dome.beyond:negative", -0.2), self._gone),
        ):
            self.appear(self.text(label, middle, SMALL, "ink", widest=widest), at=at, until=until, fade_s=0.25)

    def _build_end(self) -> None:
        straight = float(np.floor(self.show.frame_count - 1 - _RESTS_S * self.show.fps))
        self._straightens = Track(((self._leaves + 0.05 * self.show.fps, 0.0), (straight, 1.0)))
        self._coldness = ColdnessAxis(self, seams.coldness_span(self))
        self.appear(self._coldness.band, at=straight, fade_s=0.0)
        for part in self._coldness.parts[1:]:
            self.appear(part, at=straight - _NAMED_S * self.show.fps, fade_s=_NAMED_S)
        self._tip = Point(self, _TIP_RADIUS)

    def _build_motion(self) -> None:
        begin, end = "dome.count", "dome.count:end"
        slope, cold, flat, over = "dome.slope:slope", "dome.top:cold", "dome.top:flat", "dome.beyond:negative"
        self._gathered = self._share_track((0.0, 0.0), (0.2, 1.0))
        self._placed = self._share_track((0.83, 0.0), (1.0, 1.0))
        marks = [(f"dome.count:{mark}", -0.05, float(k)) for k, mark in enumerate(_MARKS)]
        steps = [(place, shift - 0.23, value - 1) for place, shift, value in marks[1:]]
        self._energy = self.track(*sorted((*marks, *steps), key=lambda key: self.at(key[0], key[1])))
        # A column is complete when the voice goes on to the next, however fast it counts.
        counts = [self.at(f"dome.count:{mark}") for mark in _MARKS]
        whole_s = (max(WAYS) - 1) * _CASCADE_S + _GROWS_S
        self._pace = min(1.0, float(np.diff(counts).min()) / self.show.fps / whole_s)
        # The columns change once the last arrangement is in its place, and its figure has stood beside it.
        counted = max(self._counted_at(mark, ways) for mark, ways in zip(_MARKS, WAYS, strict=True))
        stood = max(counted, self.at(f"dome.count:{_MARKS[-1]}", _STANDS_S))
        self._late_s = max(0.0, (stood - self.at(end)) / self.show.fps)
        changes = ((0.0, 0.0), (0.35, 1.0), (0.5, 1.0), (0.85, 2.0), (0.95, 2.0), (1.3, 3.0), (1.4, 3.0), (1.85, 4.0))
        self._refined = self.track(*((end, self._late_s + after_s, value) for after_s, value in changes))
        self._limit = self.track((end, 0.3, 0.0), (end, 1.6, 1.0))
        self._attended = self.track((begin, 0.0, 1.0), (begin, 0.6, 0.0), (end, -0.2, 0.0), (end, 0.2, 1.0))
        self._lifted = self.track((slope, -0.45, 0.0), (slope, 0.05, 1.0))
        self._lever_grows = self.track((slope, 0.05, 0.0), (slope, 0.5, 1.0))
        self._opens = self.track((slope, 0.1, 0.0), (slope, 0.9, 1.0))
        self._n = self.track(
            (end, -0.1, float(ABOVE_AFTER)), (slope, 0.1, _FOOT), (slope, 0.3, _FOOT), (cold, 0.2, _COLD),
            (flat, 0.0, PARTICLES / 2), ("dome.beyond", 0.1, PARTICLES / 2), (over, 0.0, seams.DOME_END),
        )  # fmt: skip

    def _say_where_it_stands(self) -> None:
        self.stand("dome.count:four", self.at("dome.count:end", self._late_s - 0.1))
        self.stand("dome.top:cold", self.at("dome.top:cold", 0.2))

    def _share_track(self, *keys: tuple[float, float]) -> Track:
        """A track through (share of the time until the first count, value)."""
        begin, end = self.at("dome.count"), self.at("dome.count:none")
        return Track(tuple((begin + share * (end - begin), value) for share, value in keys))

    def _build_courses(self) -> None:
        fps = self.show.fps
        seconds = np.arange(int(self.show.frame_count / fps * STEPS_PER_S) + 2) / STEPS_PER_S
        # Whoever turns over is half way when the point is there.
        above = np.array([round(self._n((second + HOP_S / 2) * fps)) for second in seconds.tolist()])
        steady = np.abs(np.diff(above, append=above[-1])) < 1
        swaps = np.where(steady, _SWAPS_PER_STEP, 0.0)
        self._course = Course(exchange(above, PARTICLES, swaps, _SEED, REST_STEPS, seams.levels(seams.inverted())))
        counts = [self.at(f"dome.count:{mark}") / fps for mark in _MARKS]
        self._few_course = few_course(self.at("dome.count") / fps, counts)

    def state(self, frame: int) -> DomeState:
        time_s, n = frame / self.show.fps, self._n(frame)
        spins = self._course.upness(time_s)
        beta = float(beta_from_upper_fraction(n / PARTICLES, DELTA_E_J))
        refined, leaving = self._refined(frame), ease((frame - self._leaves) / (0.3 * self.show.fps))
        heights = columns(max(refined - 1, 0.0))[:, 1]
        return DomeState(
            spins=tuple(spins.tolist()),
            above=int(np.count_nonzero(spins > 0.5)),
            n=n,
            bits=float(entropy_bits(n / PARTICLES)),
            slope=beta * DELTA_E_J,
            T_mK=1e3 * float(temperature_from_beta(beta)),
            few=tuple(self._few_course.upness(time_s).tolist()),
            heat=tuple(self._course.under_way(time_s, FLIGHT_S)),
            quanta=tuple(self._few_course.under_way(time_s, FLIGHT_S)),
            arranged=tuple(self._arranged(frame, mark, ways) for mark, ways in zip(_MARKS, WAYS, strict=True)),
            energy=self._energy(frame),
            gathered=self._gathered(frame),
            placed=self._placed(frame),
            refined=refined,
            tallest=float(heights[len(heights) // 2]),
            limit=self._limit(frame),
            attended=self._attended(frame),
            lifted=self._lifted(frame),
            lever=self._lever_grows(frame) * (1 - ease(1.5 * leaving)),
            opened=self._opens(frame),
            leaving=leaving,
            straight=self._straightens(frame),
        )

    def _counted_at(self, mark: str, ways: int) -> float:
        """The frame at which all arrangements of a column are shown."""
        return self.at(f"dome.count:{mark}", self._pace * ((ways - 1) * _CASCADE_S + _GROWS_S))

    def _arranged(self, frame: int, mark: str, ways: int) -> float:
        """How many arrangements of a column are shown: each grows out of the one before."""
        since = (frame - self.at(f"dome.count:{mark}")) / self.show.fps / self._pace
        return sum(ease((since - rank * _CASCADE_S) / _GROWS_S) for rank in range(ways))

    def draw(self, state: DomeState) -> None:
        stays, colour = 1 - state.leaving, self.hotness_rgb(state.n / PARTICLES)
        counting = 1 - ease(state.refined)
        self._columns.lay(state.refined, self._arrangements.heights(state.arranged), stays, 0.3 + 0.7 * state.limit)
        self._curve.stroke_rgbas = np.column_stack([self._curve_rgb, np.full(33, state.limit * stays)])
        spins, attended = np.array(state.spins), _DIMMED + (1 - _DIMMED) * state.attended
        angle = np.pi * (1 - spins)
        seats, radius = self._seats_at(state.lifted)
        self._crowd.lay(seats, radius, spins, colour, angle, attended, stays)
        size = 1.5 * radius
        beyond = np.column_stack([np.full(PARTICLES, self.frame.right - size), seats[:, 1]])
        quanta, seen = flights(state.heat, seats, beyond)
        self._heat.lay(quanta, size, self._spark_rgb, seen * attended * stays)
        self._arrangements.lay(state.arranged, counting)
        self._few.lay(state.few, state.quanta, state.energy, state.gathered, state.placed, counting)
        at = self._point_at(state)
        self._point.lay(at, state.n / PARTICLES, stays * attended)
        along = self._columns.at(state.n / PARTICLES + 0.01, state.bits + 0.01 * state.slope / np.log(2)) - at
        along *= self._reach * state.lever / np.linalg.norm(along)
        self._lever.points = corners([at - along, at + along]) if along.any() else np.zeros((0, 3))
        self._dial.lay(state.slope, state.opened, state.straight)
        tip_light = _TIP_LIGHT + (1 - _TIP_LIGHT) * state.straight
        self._tip.lay(self._dial.at(state.slope, state.straight), float(hotness(state.slope)), state.opened)
        self._tip.light.marks[:, 7] *= tip_light
        self._T.write(self.quantity("dome_temperature", state.T_mK * 1e-3))

    def _seats_at(self, lifted: float) -> tuple[NDArray[np.float64], float]:
        """The crowd grows, where there is room beside the dome, once it goes with the point."""
        if not self.is_wide:
            return self._seats, self._radius
        middle = self._seats.mean(axis=0)
        aside = np.array([self.area.right - _ENLARGED * (self._seats[9, 0] - middle[0] + self._radius), 0.35])
        size = 1 + lifted * (_ENLARGED - 1)
        return middle + lifted * (aside - middle) + size * (self._seats - middle), size * self._radius

    def _point_at(self, state: DomeState) -> NDArray[np.float64]:
        return self._columns.at(state.n / PARTICLES, state.lifted * state.bits)

    def places(self, state: DomeState) -> dict[str, NDArray[np.float64]]:
        return {"point": self._point_at(state)}
