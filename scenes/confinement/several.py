"""Segment 4 of the paper's film: two, three and four particles escape one by one; the closing words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.stage.motion import Track, ease
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, TITLE
from physics.examples_confinement import MOST_PARTICLES, bound_levels
from scenes.confinement import tables
from scenes.confinement.chart import AxisNames, Look, full_plot
from scenes.confinement.clouds import NUMBERS, BranchNames, Cloud, CloudNames, CloudState
from scenes.confinement.curves import ThreeCurves, ThreeState, three_curves
from scenes.confinement.entropies import Entropies, EntropyState, kinks
from scenes.confinement.picture import WellPicture, WellState, amplitudes, well_state
from scenes.confinement.seams import CLOUD, ENTROPY, FAR

_SWEEP_S = 0.7
_PASSING_PER_S = 0.4
_LAST = bound_levels() - 1


@dataclass(frozen=True)
class SeveralState:
    """What a frame shows."""

    look: Look
    curves: ThreeState
    clouds: tuple[CloudState, ...]
    particles: int
    passing: float
    entropy: EntropyState
    well: WellState
    well_there: float


class Several(Stage[SeveralState]):
    """Clouds of states, their averages, their entropies, and the well once more."""

    def build(self) -> None:
        full = full_plot(self)
        self._full = full
        self._picture = WellPicture(self)
        self._curves = ThreeCurves(self)
        self._clouds = [Cloud(self, N, full) for N in NUMBERS]
        self._entropies = Entropies(self, full)
        self._build_tracks()
        self._build_words()

    def _build_tracks(self) -> None:
        end = self.show.frame_count
        marks = ("two", "three", "four")
        self._starts = [0.0, *(self.at(f"several.branches:{mark}") for mark in marks)]
        self._nearer = Track(((0.1 * self.show.fps, 0.0), (1.0 * self.show.fps, 1.0)))
        averaged, drop = "several.averaged", "several.averaged:drop"
        entropy, kink, closing = "several.entropy", "several.entropy:kink", "several.end"
        self._parted = self.track((averaged, -0.7, 0.0), (averaged, 0.4, 1.0))
        self._line = self.track((averaged, 0.3, CLOUD.left), (drop, -0.2, CLOUD.right))
        self._drops = [self.track((drop, -0.1 + 0.22 * N, 0.0), (drop, 0.4 + 0.22 * N, 1.0)) for N in NUMBERS]
        self._gone = self.track((entropy, -0.5, 1.0), (entropy, 0.1, 0.0))
        self._entropy = self.track((entropy, -0.4, 0.0), (entropy, 0.3, 1.0), (closing, -0.6, 1.0), (closing, 0.0, 0.0))
        spoken = f"{entropy}:end"
        self._bright = self.track((kink, 0.2, 1.0), (spoken, -0.9, float(MOST_PARTICLES)))
        self._bath = self.track((spoken, -1.4, 0.0), (spoken, 0.2, 1.0))
        self._flat = self.track((closing, -0.5, 1.0), (closing, 0.5, 0.0))
        colder = "several.end:colder"
        last = float(_LAST)
        self._level = self.track(
            (closing, 0.5, last - 2),
            (closing, 1.0, last - 1),
            (closing, 1.4, last - 1),
            (closing, 1.9, last),
            (colder, -0.2, last),
            (colder, 0.7, last + 1),
        )
        self._whole = self.track((colder, -1.0, 0.0), (colder, 0.3, 1.0))
        self._sixth = self.track((colder, -0.6, 0.0), (colder, 0.5, 1.0))
        self._end = end

    def _build_words(self) -> None:
        area = self.area
        names, entropy = AxisNames(self), AxisNames(self, "several.per_particle", zero=False)
        closing, averaged = "several.end", "several.averaged"
        gone = self.at(closing, -0.4)
        self.appear(names.vertical, at=-20.0, until=self.at("several.entropy", -0.3))
        self.appear(names.horizontal, at=-20.0, until=gone)
        self.appear(names.zero, at=-20.0, until=gone)
        self.appear(entropy.vertical, at="several.entropy", until=gone)
        place = self._full.at(-0.05, 2.55, ENTROPY)
        bath = self.text("confinement.in_bath", place, BODY, "ink", widest=0.4 * area.width)
        self.appear(bath, at=self.at("several.entropy:end", -1.0), until=gone)
        entropy.horizontal.points = np.zeros((0, 3))
        cloud = CloudNames(self, self._clouds)
        self._number = cloud.number
        away = self.at(averaged, -0.5)
        self.appear(cloud.number, cloud.spinless, at=0.6 * self.show.fps, until=away)
        branches = BranchNames(self, self._full)
        begin = self.at("several.branches:four", 0.9)
        step = (self.at("several.branches:end") - begin) / MOST_PARTICLES
        self.appear(branches.word, at=begin, until=away)
        for index, part in enumerate(branches.parts):
            self.appear(part, at=begin + index * step, until=away)
        self.appear(*cloud.columns, at=self.at(averaged, 0.3), until=self.at("several.entropy", -0.3))
        middle = [0.0, area.top - 0.55, 0]
        words = self.text("several.closing", middle, TITLE, "ink", widest=0.94 * area.width)
        self.appear(words, at="several.end:colder")

    def state(self, frame: int) -> SeveralState:
        fps, here = self.show.fps, sum(frame >= start for start in self._starts)
        nearer, parted, gone = self._nearer(frame), self._parted(frame), self._gone(frame)
        level, sixth, flat = self._level(frame), self._sixth(frame), self._flat(frame)
        sizes = amplitudes(level, sixth)
        return SeveralState(
            look=FAR.towards(CLOUD, nearer),
            curves=three_curves(0.0, FAR.right + 1, FAR.right + 1, frame / fps, 1 - ease(nearer * 1.4)),
            clouds=tuple(self._cloud(N, frame, here, parted, gone) for N in NUMBERS),
            particles=min(here, MOST_PARTICLES),
            passing=_PASSING_PER_S * frame / fps,
            entropy=EntropyState(
                self._entropy(frame), self._bright(frame), kinks(self._bright(frame)), self._bath(frame)
            ),
            well=well_state((frame - self._end) / fps, level, self._whole(frame), sizes, flat),
            well_there=1 - flat,
        )

    def _cloud(self, N: int, frame: int, here: int, parted: float, gone: float) -> CloudState:
        since = (frame - self._starts[N - 1]) / self.show.fps
        until = (frame - self._starts[N]) / self.show.fps if N < MOST_PARTICLES else -1.0
        comes = ease(since / 0.3) if N > 1 else ease((since - 0.3) / 0.4)
        alone = comes * (1 - ease(until / 0.4))
        together = ease(2 * parted - 1) if N < MOST_PARTICLES else 0.0
        _, high, low = tables.largest_drop(N)
        return CloudState(
            N=N,
            front=CLOUD.left + (CLOUD.right - CLOUD.left + 0.03) * (1.0 if parted > 0 else ease(since / _SWEEP_S)),
            opacity=max(alone, together) * gone,
            column=parted if N == MOST_PARTICLES else float(parted > 0),
            line_to=self._line(frame) if parted > 0 else CLOUD.left - 1,
            drop=self._drops[N - 1](frame),
            drop_hartree=high - low,
        )

    def draw(self, state: SeveralState) -> None:
        self._picture.lay(state.well, CLOUD, state.well_there)
        self._curves.lay(state.curves, self._full, state.look)
        for cloud, own in zip(self._clouds, state.clouds, strict=True):
            if own.opacity > 0.004:
                cloud.lay(own, state.look, state.passing)
            else:
                cloud.clear()
        self._entropies.lay(state.entropy, state.passing * 0.5)
        self._number.write(self.quantity("count", state.particles))
