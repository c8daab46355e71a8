"""Segment 2 of the tour: from sixty up and forty down to a temperature, and what does not matter on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import manim as mn
import numpy as np

from explainer.stage.layout import Box
from explainer.stage.motion import Track, ease
from explainer.stage.shapes import paint
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import microcanonical, two_level
from physics.coldness import temperature_from_beta
from physics.examples import ABOVE_AFTER, DELTA_E_J, FEW, PARTICLES
from physics.exchange import exchange
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course
from scenes.tour.ratio_curve import RatioCurve
from scenes.tour.slopes import Slopes
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState
from scenes.tour.two_levels import TwoLevels

NUMBERS = (FEW, 10, PARTICLES)
LEAST_UP, MOST_UP = 25, 95
"""Protons up where the slider turns, and where it ends."""

_SWAPS_PER_STEP = 0.5  # of two half-full levels
_SEED = 41
_COLLAPSES_S = 0.25  # after the thermometer begins to come back, the picture of slopes has half gone into its mark


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
    traced: tuple[float, float]
    """Ratios between which the slider has been."""
    aside: float
    """0: the protons fill the picture; 1: they are at its side."""
    zero: float
    """Where energy is counted from: 0 the lower level, 1 half-way to the upper one."""
    number: int
    """Particles whose exact slopes come in."""
    slopes: tuple[float, ...]
    """Slope of their exact entropy over energy, as coldness times the level distance, from each energy to the next."""
    slopes_before: tuple[float, ...]
    """Those of the fewer particles that were there before."""
    swept: float
    """How far the slopes have come in, 0..1."""
    drawn: float
    """How far Stirling's curve has."""
    gap: float
    """Strength of the light between the two."""
    crowd: float
    """How much of the protons is seen, 0..1."""
    curve: float
    """How much of the temperature over the ratio is seen."""
    gone: float
    """How far the slopes have shrunk into the segment's mark."""
    thermometer: ThermometerState


@cache
def _slopes(N: int) -> tuple[float, ...]:
    return tuple((np.asarray(microcanonical.beta_forward(N, np.arange(N), DELTA_E_J)) * DELTA_E_J).tolist())


class Worked(Stage[WorkedState]):
    """A crowd on two levels, beside it what is worked out of their numbers."""

    def build(self) -> None:
        area, wide = self.area, self.is_wide
        split = area.left + 0.52 * area.width
        side = Box(area.left, split, area.bottom, area.top) if wide else area.inset(bottom=0.5 * area.height)
        self._right = (
            Box(split + 0.3, area.right, area.bottom, area.top) if wide else area.inset(top=0.54 * area.height)
        )
        self._plan()
        self._levels = TwoLevels(self, area, side, 1.6 if wide else 1.3)
        self._levels.schedule(0.4 * self.show.fps, self._aside.keys[0][0], self.at("worked.zero:middle"), self._few)
        self._curve = RatioCurve(self, self._right)
        self.appear(*self._curve.words(), at=self._slides, until=self._zero_from)
        self._slopes = Slopes(self, area.inset(left=0.2, right=0.2))
        self.appear(*self._slopes.words(), at="worked.few", until=self._closing)
        self._build_laws()
        self._build_distance()
        self.thermometer = LongThermometer(self, "worked")

    def _plan(self) -> None:
        at, fps, end = self.at, self.show.fps, self.show.frame_count
        self._closing = end - CLOSING_S * fps
        self._slides, equal = at("worked.slide", -0.3), at("worked.slide:equal")
        self._zero_from, self._few = at("worked.zero"), at("worked.few")
        turns = self._slides + 0.55 * (equal - self._slides)
        self._n = Track(
            (
                (self._slides, ABOVE_AFTER),
                (turns, LEAST_UP),
                (equal, PARTICLES / 2),
                (equal + 0.5 * fps, PARTICLES / 2),
                (at("worked.slide:up", 0.4), MOST_UP),
                (self._zero_from - 0.1 * fps, MOST_UP),
                (self._zero_from + 1.0 * fps, ABOVE_AFTER),
            )
        )
        self.stand("worked.slide:equal", equal + 0.45 * fps)
        self._aside = Track(((at("worked.ratio", -0.4), 0.0), (at("worked.ratio", 0.5), 1.0)))
        middle = at("worked.zero:middle")
        self._zero = Track(((middle - 0.5 * fps, 0.0), (middle + 0.5 * fps, 1.0)))
        fade = 0.4 * fps
        self._crowded = Track(
            ((0.4 * fps, 0.0), (0.8 * fps, 1.0), (self._few - fade, 1.0), (self._few, 0.0)),
        )
        self._curved = Track(
            ((self._slides, 0.0), (self._slides + fade, 1.0), (self._zero_from - fade, 1.0), (self._zero_from, 0.0))
        )
        self._plan_slopes()
        steps = round(end / fps * STEPS_PER_S) + STEPS_PER_S
        counts = np.rint([self._n(step / STEPS_PER_S * fps) for step in range(steps)]).astype(int)
        self._course = Course(exchange(counts, PARTICLES, _SWAPS_PER_STEP, _SEED, REST_STEPS))

    def _plan_slopes(self) -> None:
        at, fps, few = self.at, self.show.fps, self._few
        off, meet = at("worked.few:off"), at("worked.few:meet")
        self._drawn = Track(((few, 0.0), (few + 0.4 * (off - few), 1.0)))
        ten = max(off + 0.35 * fps, meet - 0.8 * fps)
        begins = (few + 0.4 * (off - few), ten, max(meet - 0.2 * fps, ten + 0.4 * fps))
        lengths = (off - begins[0] - 0.1 * fps, 0.4 * fps, 0.9 * fps)
        self._sweeps = tuple(zip(begins, lengths, strict=True))
        self._pulse = off
        self._gone = Track(((self._closing - 0.3 * fps, 0.0), (self._closing + 2 * _COLLAPSES_S * fps, 1.0)))

    def _build_laws(self) -> None:
        """Each line of the law, and under it the same in code."""
        box, wide = self._right, self.is_wide
        up, down = ABOVE_AFTER, PARTICLES - ABOVE_AFTER
        shown = self.quantity("population_ratio", up / down).replace(",", '","')  # no comma of a list
        size = min(1.1 * HEADING, 9.5 * box.height / self.show.composed.type_scale)
        until, ratio, log = self._slides, self.at("worked.ratio:ratio", -0.3), self.at("worked.solve:log", -0.2)
        answer = self.at("worked.solve:answer", -0.3)
        lines = (
            (f'N_"up" \\/ N_"down" = {up} \\/ {down} = {shown}', "ratio = up / down", 0.93, ratio, until),
            (f"{shown} = e^(-Delta E \\/ k T)", None, 0.66, ratio + 1.1 * self.show.fps, log),
            (f"ln {shown} = -Delta E \\/ k T", "x = -log(ratio)", 0.66, log, until),
            (f"T = -Delta E \\/ (k ln {shown})", "T = dE / (k * x)", 0.39, log + 0.6 * (answer - log), until),
        )
        for notation, code, height, start, stop in lines:
            law = self.formula(notation, box.at(0.0, height), size, "ink", mn.LEFT, box.width)
            self.appear(law, at=start, until=stop, fade_s=0.3)
            if code:
                typed = self.formula(f'mono("{code}")', box.at(0.0, height - 0.12), 0.72 * size, "muted", mn.LEFT)
                self.appear(typed, at=start + 0.3 * self.show.fps, until=stop, fade_s=0.3)
        figure = 1.35 * TITLE if wide else 1.4 * size
        self._answer = self.readout("answer", box.at(0.0, 0.0) + [0, 0.26, 0], figure)  # room for a comma
        self._answer.write(self.quantity("worked_temperature", 1e-3 * self._T_mK(float(ABOVE_AFTER))))
        paint(self._answer, self.hotness_rgb(up / PARTICLES))
        self.appear(self._answer, at="worked.solve:answer", until=until, fade_s=0.3)

    def _build_distance(self) -> None:
        """The distance of the levels from either zero, over the temperature."""
        box, middle, fps = self._right, self.at("worked.zero:middle"), self.show.fps
        until, size = self._few - 0.1 * fps, HEADING if self.is_wide else BODY
        for notation, start, stop in (
            ("Delta E - 0 = Delta E", self._zero_from + 0.2 * fps, middle),
            ("Delta E \\/ 2 - (-Delta E \\/ 2) = Delta E", middle, until),
        ):
            distance = self.formula(notation, box.at(0.5, 0.78), size, widest=0.85 * box.width)
            self.appear(distance, at=start, until=stop)
        at = box.at(0.5, 0.36)
        self._steady = self.readout("temperature", at, (1.25 if self.is_wide else 1.1) * TITLE, centred=True)
        name = self.text("worked.temperature", at - [0, 0.55, 0], BODY, "muted", widest=box.width)
        self.appear(self._steady, name, at=self._zero_from + 0.2 * fps, until=until)

    # Frames ----------------------------------------------------------------------------------------------------------

    def _T_mK(self, n: float) -> float:
        return 1e3 * float(temperature_from_beta(two_level.beta_from_upper_fraction(n / PARTICLES, DELTA_E_J)))

    def _traced(self, frame: int) -> tuple[float, float]:
        """Least and greatest ratio since the slider began, both of which lie at turns of its way or at its place."""
        turns = [key for key, _ in self._n.keys if key <= frame]
        passed = [self._n(key) for key in (*turns, frame)] or [float(ABOVE_AFTER)]
        least, most = min(passed), max(passed)
        return least / (PARTICLES - least), most / (PARTICLES - most)

    def state(self, frame: int) -> WorkedState:
        time_s, n = frame / self.show.fps + HOP_S / 2, self._n(frame)
        upness = self._course.upness(time_s)
        index = max((i for i, (begin, _) in enumerate(self._sweeps) if frame >= begin), default=0)
        begin, length = self._sweeps[index]
        since = (frame - self._pulse) / self.show.fps
        return WorkedState(
            upness=tuple(upness.tolist()),
            quanta=tuple(self._course.under_way(time_s, HOP_S)),
            above=int((upness > 0.5).sum()),
            n=n,
            ratio=n / (PARTICLES - n),
            T_mK=self._T_mK(n),
            traced=self._traced(frame),
            aside=self._aside(frame),
            zero=self._zero(frame),
            number=NUMBERS[index],
            slopes=_slopes(NUMBERS[index]),
            slopes_before=_slopes(NUMBERS[index - 1]) if index else (),
            swept=ease((frame - begin) / length),
            drawn=self._drawn(frame),
            gap=0.5 + 0.5 * float(np.exp(-((since / 0.25) ** 2))),
            crowd=self._crowded(frame),
            curve=self._curved(frame),
            gone=self._gone(frame),
            thermometer=self.thermometer.at_frame(frame),
        )

    def draw(self, state: WorkedState) -> None:
        self.thermometer.lay(state.thermometer)
        share = state.n / PARTICLES
        self._levels.lay(np.array(state.upness), state.quanta, state.above, share, state.zero, state.aside, state.crowd)
        self._curve.lay(state.ratio, state.T_mK, share, state.traced, state.curve)
        self._slopes.lay(
            state.number,
            state.slopes,
            state.slopes_before,
            state.swept,
            state.drawn,
            state.gap,
            state.gone,
            self.thermometer.head("worked"),
        )
        self._steady.write(self.quantity("worked_temperature", 1e-3 * state.T_mK))
        paint(self._steady, self.hotness_rgb(share))
