"""Segment 8 of the tour: what negative temperature is not, each shown and put right; and how states are counted."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np

from explainer.stage.motion import Track, ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line, paint
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import two_level
from physics.examples_tour import BALANCED, DRIVEN, SPINS_COUNTED
from scenes.axes import Point
from scenes.protons import HOP_S, STEPS_PER_S, Course
from scenes.tour import three_levels, verdicts
from scenes.tour.acts import Acts
from scenes.tour.below_zero import BelowZero
from scenes.tour.thermometer import OPENING_S, LongThermometer, ThermometerState
from scenes.tour.three_levels import Hop, ThreeLevels
from scenes.tour.tops import Tops
from scenes.tour.two_counts import TwoCounts
from scenes.tour.two_sizes import TwoSizes, balanced_quanta

ACTS = ("colder", "any", "inversion", "volume", "surface", "end")
LADDER_X, MOVED = 0.55, 0.25
"""Coldness of the ladders' weights, of either sign; share of the heat that passes."""

_FADE_S = 0.3
_SEEDS = (3, 4)
_PIECES = 120  # of the dome
_SINKS_S = 0.7  # in which the dome becomes the thermometer
_ENDS_K = (1e-9, -1e-9)  # beyond the long thermometer's scale, and so its ends


@dataclass(frozen=True)
class MistakesState:
    """What a frame shows."""

    act: int
    shown: float
    strayed: float
    """How far the mark has gone below plus zero, 0..1."""
    jumped: float
    """How far it has come from there to beyond infinity, 0..1."""
    flow: float
    """How much heat flows, 0..1."""
    moved: float
    """Share of the heat that has passed."""
    x: tuple[float, ...]
    """Coldness of the body that gives heat, and of those that take it."""
    ladder_x: float
    """Coldness of the ladders' weights."""
    struck: float
    pairs: tuple[tuple[float, float, float], tuple[float, float, float]]
    """Coldness of the lower, upper and outer pair of the settled and of the driven levels."""
    hops: tuple[tuple[Hop, ...], tuple[Hop, ...]]
    """Particles of either that change places: from which, to which, and how far."""
    counted: float
    """Share of the energies up to which states have been counted."""
    slopes: tuple[float, float]
    """Slope of the entropies there, by states at the energy and up to it, as coldness times the level distance."""
    upness: tuple[float, ...]
    """How far up each particle of the two bodies in balance is, the small one's first."""
    quanta: tuple[tuple[int, int, float], ...]
    at_mK: tuple[float, float]
    upto_mK: tuple[float, float]
    place: float
    """Of the point on the last dome, as the share of spins up."""
    slope: float
    sunk: float
    """How far the dome has become the thermometer, 0..1."""
    run: float
    """Where the last light is on it, 0 coldest to 1 hottest."""
    clock: float
    thermometer: ThermometerState


class Mistakes(Stage[MistakesState]):
    """Five pictures, one a mistake, and the dome once more."""

    def build(self) -> None:
        self._plan()
        self._below = BelowZero(self)
        self._act_parts(0, *self._below.parts)
        self._tops = Tops(self)
        self._build_pairs()
        area = self.area
        self._counts = TwoCounts(self, area.inset(left=0.5, right=0.7, bottom=0.05, top=0.95))
        self._act_parts(3, self._counts.axis, *self._counts.ghosts, *self._counts.words)
        self._build_balance()
        self.thermometer = LongThermometer(self, "mistakes", self._closing_s)
        self._build_dome()

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        self._sinks = at("mistakes.end:infinity", -1.0)
        self._closing_s = (end - self._sinks) / fps - _SINKS_S / 2
        starts = [at(f"mistakes.{act}", -0.2) for act in ACTS[1:]]
        frames = (0.45 * fps, *starts, self._sinks + _SINKS_S * fps)
        self._acts = Acts(frames, _FADE_S * fps)
        gives, colder = at("mistakes.colder:gives"), at("mistakes.colder")
        self._strayed = Track(((OPENING_S * fps, 0.0), (colder + 0.5 * fps, 1.0)))
        self._jumped = Track(((colder + 0.5 * (gives - colder), 0.0), (gives - 0.1 * fps, 1.0)))
        self._flow = Track(((gives - 0.05 * fps, 0.0), (gives + 0.3 * fps, 1.0)))
        self._moved = Track(((gives, 0.0), (frames[1] - 0.2 * fps, MOVED)))
        top = at("mistakes.any:top")
        self._ladder = Track(((frames[1] + 0.5 * fps, LADDER_X), (top + 0.2 * fps, -LADDER_X)))
        self._struck = Track(((top + 0.3 * fps, 0.0), (top + 1.0 * fps, 1.0)))
        self._counted = Track(((frames[3], 0.0), (at("mistakes.volume:end", -0.8), 1.0)))
        last = at("mistakes.end")
        self._climb = Track(
            ((last - 0.2 * fps, 0.06), (last + 0.8 * fps, 0.5), (last + 1.0 * fps, 0.5), (self._sinks, 0.93))
        )
        self._run = Track(((self._sinks + (_SINKS_S - 0.2) * fps, 0.02), (end - 0.15 * fps, 0.98)))
        seconds = end / fps
        self._course = Course(balanced_quanta(round(seconds * STEPS_PER_S) + STEPS_PER_S))
        self._places = tuple(
            three_levels.places(populations, driven, seconds, seed)
            for populations, driven, seed in (
                (verdicts.settled(), False, _SEEDS[0]),
                (DRIVEN, True, _SEEDS[1]),
            )
        )

    def _act_parts(self, act: int, *parts: mn.VMobject) -> None:
        """Let words be there during an act."""
        start, stop = self._acts.span(act)
        self.appear(*parts, at=start, until=stop - 0.1 * self.show.fps, fade_s=_FADE_S)

    def _build_pairs(self) -> None:
        boxes = self.area.split(0.5, 0.5, 1.2)
        populations = (verdicts.settled(), DRIVEN)
        self._sets = [
            ThreeLevels(self, box, label, shares)
            for box, label, shares in zip(boxes, ("mistakes.settled", "mistakes.driven"), populations, strict=True)
        ]
        until = self._acts.frames[3] - 0.1 * self.show.fps
        balance, pair = self._acts.frames[2] + 1.6 * self.show.fps, self.at("mistakes.inversion:pair", -0.3)
        for levels, told in zip(self._sets, (min(balance, pair), pair), strict=True):
            self._act_parts(2, *levels.levels, levels.name)
            told_parts = (*levels.arrows, *levels.readings, levels.unit)
            self.appear(*told_parts, at=told, until=until, fade_s=_FADE_S)

    def _build_balance(self) -> None:
        area = self.area
        self._bodies = TwoSizes(self, area.inset(left=0.2, right=0.2, top=0.48 * area.height))
        size = TITLE if self.is_wide else HEADING
        until, fade = self._acts.frames[5] - 0.1 * self.show.fps, _FADE_S
        starts = (self._acts.frames[4], self.at("mistakes.surface:differ", -0.3))
        self._balance_readings = []
        # Narrow pictures have the words over their numbers.
        heights = (0.86, 0.64) if self.is_wide else (0.82, 0.62)
        for label, height, start in zip(("mistakes.at", "mistakes.upto"), heights, starts, strict=True):
            y = area.at(0, height)[1]
            if self.is_wide:
                place, edge, widest = np.array([area.left, y + 0.32, 0.0]), mn.LEFT, 0.31 * area.width
                across = (area.at(0.49, 0)[0], area.at(0.83, 0)[0])
            else:
                place, edge, widest = np.array([area.left, y + 0.85, 0.0]), mn.LEFT, area.width
                across = (area.at(0.25, 0)[0], area.at(0.75, 0)[0])
            name = self.text(label, place, BODY, "muted", edge, widest=widest)
            readings = [
                self.readout(f"{label} {number}", [x, y, 0], size, centred=True) for number, x in enumerate(across)
            ]
            if label == "mistakes.at":
                for readout in readings:
                    paint(readout, self.hotness_rgb(BALANCED[0][1] / BALANCED[0][0]))
            self.appear(name, *readings, at=start, until=until, fade_s=fade)
            self._balance_readings.append(readings)

    def _build_dome(self) -> None:
        area = self.area
        box = area.inset(left=0.4, right=0.4, bottom=0.0, top=0.3)
        share = np.linspace(0, 1, _PIECES + 1)
        S = np.asarray(two_level.entropy_J_per_K(two_level.beta_from_upper_fraction(share, 1.0), 1.0))
        height = 0.95 * box.height * S / S.max()
        self._dome_points = np.stack([box.left + box.width * share, box.bottom + height, np.zeros_like(share)], axis=1)
        self._dome_box, self._dome_share = box, share
        cold, hot = (self.thermometer.at(T_K) for T_K in _ENDS_K)
        self._tube_points = cold + share[:, None] * (hot - cold)
        self._dome = [
            self.put(line(np.zeros((0, 3)), 11.0), self.hotness_rgb(float(share[n : n + 2].mean())), bleeds=True)
            for n in range(_PIECES)
        ]
        self._tangent: mn.VMobject = self.put(line(np.zeros((0, 3)), 9.0), hex_rgb(self.theme.ink), bleeds=True)
        self._climber = Point(self, 0.28, bleeds=True)
        self._runner = Point(self, 0.25, bleeds=True)
        at = area.at(0.5, 0) + [0, 0.02, 0]
        room = (0.52 if self.is_wide else 0.56) * area.width
        closing = self.text(
            "mistakes.closing", at, HEADING, "ink", mn.DOWN, widest=room, largest=HEADING, weight="BOLD"
        )
        self.appear(closing, at="mistakes.end:infinity")

    # Frames ----------------------------------------------------------------------------------------------------------

    def state(self, frame: int) -> MistakesState:
        fps = self.show.fps
        place, time_s, counted = self._climb(frame), frame / fps, self._counted(frame)
        moved = self._moved(frame)
        first, second = (course.at(time_s) for course in self._places)
        return MistakesState(
            act=self._acts.at(frame),
            shown=self._acts.shown(frame),
            strayed=self._strayed(frame),
            jumped=self._jumped(frame),
            flow=self._flow(frame),
            moved=moved,
            x=verdicts.heated(moved),
            ladder_x=self._ladder(frame),
            struck=self._struck(frame),
            pairs=(verdicts.pair_coldness(verdicts.settled()), verdicts.pair_coldness(DRIVEN)),
            hops=(first, second),
            counted=counted,
            slopes=verdicts.slopes(min(int(SPINS_COUNTED * counted), SPINS_COUNTED - 1)),
            upness=tuple(self._course.upness(time_s).tolist()),
            quanta=tuple(self._course.under_way(time_s, HOP_S)),
            at_mK=verdicts.balanced_mK()[0],
            upto_mK=verdicts.balanced_mK()[1],
            place=place,
            slope=float(two_level.beta_from_upper_fraction(place, 1.0)),
            sunk=ease((frame - self._sinks) / (_SINKS_S * fps)),
            run=self._run(frame),
            clock=time_s,
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: MistakesState) -> None:
        self.thermometer.lay(state.thermometer)
        seen = [state.shown if state.act == act else 0.0 for act in range(len(ACTS))]
        crossed = ease(2 * state.strayed - 1) * max(1 - 4 * state.jumped, 0.0)
        self._below.lay(state.x, state.strayed, state.jumped, crossed, state.flow, state.clock, seen[0])
        self._tops.lay(state.ladder_x, state.struck, state.clock, seen[1])
        for levels, hops, pairs in zip(self._sets, state.hops, state.pairs, strict=True):
            levels.lay(hops, pairs, seen[2])
        self._counts.lay(state.counted, state.slopes, seen[3])
        self._bodies.lay(state.upness, state.quanta, seen[4])
        for readings, values, quantity in zip(
            self._balance_readings,
            (state.at_mK, state.upto_mK),
            ("spin_temperature", "volume_temperature"),
            strict=True,
        ):
            for readout, T_mK in zip(readings, values, strict=True):
                readout.write(self.quantity(quantity, 1e-3 * T_mK))
        self._draw_dome(state, seen[5])

    def _draw_dome(self, state: MistakesState, seen: float) -> None:
        points = self._dome_points + state.sunk * (self._tube_points - self._dome_points)
        for n, part in enumerate(self._dome):
            part.points = corners(points[n : n + 2]) if seen > 0 else np.zeros((0, 3))
            part.stroke_rgbas[:, 3] = seen
        at = np.array([np.interp(state.place, self._dome_share, column) for column in points.T])
        self._climber.lay(at, state.place, seen)
        rise = 0.95 * self._dome_box.height * state.slope / np.log(2) / self._dome_box.width
        along = np.array([1.0, rise, 0.0]) / np.hypot(1.0, rise)
        lever = seen * max(1 - 3 * state.sunk, 0.0)
        self._tangent.points = corners([at - 1.7 * along, at + 1.7 * along]) if lever > 0 else np.zeros((0, 3))
        self._tangent.stroke_rgbas[:, 3] = lever
        way = np.array([np.interp(state.run, self._dome_share, column) for column in self._tube_points.T])
        self._runner.lay(way, state.run, ease(2 * state.sunk - 1) * min(state.thermometer.there, 1.0))
