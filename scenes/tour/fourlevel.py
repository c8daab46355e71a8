"""What is negative in a laser: four levels and their pairs, the threshold, and two masers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explainer.stage.motion import Fade, Track, ease
from explainer.stage.stage import Stage
from physics.examples_tour import MOST_PUMP, engine_pair_K, pair_temperatures_K
from scenes.steady import steadily
from scenes.tour.ammonia import Ammonia, Molecule, Shower
from scenes.tour.engine import Engine, Hop, Hops
from scenes.tour.levels import Levels
from scenes.tour.rounds import Photon, Rounds
from scenes.tour.thermometer import CLOSING_S, LongThermometer, ThermometerState
from scenes.tour.threshold import LaserPoint, Threshold, laser_point

_WEAK = 0.08  # of the threshold, the pump at first
_RATIOS = (0.3, 0.5, 0.68)  # signal over pump: below Carnot's efficiency, at it, above
_TURN_S = 0.35  # for which a picture is still seen while the next one comes
_TURNS = (("fourlevel.others:end", 0.15), ("fourlevel.threshold:end", 0.35), ("fourlevel.maser:end", 0.15))


@dataclass(frozen=True)
class LaserState:
    """What a frame shows of four levels, of the laser's curves, of the molecules, of the maser between baths."""

    clock: float
    """Time in s since the segment began."""
    thermometer: ThermometerState
    levels: float
    """How far the four levels are there, 0..1; `curves`, `beam` and `baths` are the same of the other pictures."""
    lit: float
    """How far the lasing pair is lit."""
    led: float
    """How far one atom is pointed out."""
    heights: tuple[float, ...]
    """How high each atom is, as a share of the highest level, as they are pumped without mirrors."""
    up: int
    photons: tuple[Photon, ...]
    pairs_K: tuple[float, float, float]
    """Temperatures of the pairs 0-1, 1-2, 2-3."""
    moved: float
    """How far its atoms have come between the mirrors, 0..1."""
    curves: float
    laser: LaserPoint
    beam: float
    molecules: tuple[Molecule, ...]
    filled: float
    """How far the cavity is filled with microwaves, 0..1."""
    baths: float
    ratio: float
    """The signal's quantum as a share of the pump's."""
    signal_K: float
    on: tuple[int, ...]
    """Level 0 to 2 of each atom between the baths."""
    hops: tuple[Hop, ...]
    gone: float
    """How far they have gathered at the segment's mark."""


class FourLevel(Stage[LaserState]):
    """Four pictures, one after another, between the long thermometer and itself."""

    def build(self) -> None:
        fps, end = self.show.fps, self.show.frame_count
        turns = [self.at(place, shift) for place, shift in _TURNS]
        closing = end - (CLOSING_S + 0.15) * fps
        late, early = _TURN_S * fps, 0.1 * fps
        spans = list(zip([0.55 * fps, *turns], [*turns, closing], strict=True))
        self._there = [Fade(start - 0.15 * fps, stop + late, 0.55 * fps) for start, stop in spans]
        self._moved = Track(((turns[0] - 0.1 * fps, 0.0), (turns[0] + 0.6 * fps, 1.0)))
        self._gather = (closing, closing + 0.65 * fps)
        self._time()
        readings = [
            self.at("fourlevel.others:other", -0.15),
            self.at("fourlevel.pair:negative", -0.3),
            self.at("fourlevel.others:other", 0.3),
        ]
        lit = self.at("fourlevel.pair:empties", -0.2)
        self._levels = Levels(self, readings, lit, turns[0])
        self._threshold = Threshold(self, turns[0], turns[1], turns[1] + late)
        self._ammonia = Ammonia(self, turns[1] - early, turns[2], turns[2] + late)
        self._engine = Engine(self, turns[2] - early, closing + 0.2 * fps)
        self._rounds = Rounds(
            end / fps,
            self._levels.leader,
            self.at("fourlevel.cycle:pumped") / fps,
            self.at("fourlevel.cycle:light") / fps,
        )
        self._shower = Shower(spans[2][0] / fps - 0.5, spans[2][1] / fps + 1)
        self._hops = Hops(self._ratio, fps, spans[3][0] / fps - 1, end / fps)
        self.thermometer = LongThermometer(self, "fourlevel")

    def _time(self) -> None:
        self._lit = self.track(("fourlevel.pair:empties", -0.2, 0.0), ("fourlevel.pair:empties", 0.5, 1.0))
        self._led = self.track(
            ("fourlevel.cycle:pumped", -0.6, 0.0),
            ("fourlevel.cycle:pumped", -0.2, 1.0),
            ("fourlevel.cycle:end", 0.0, 1.0),
            ("fourlevel.cycle:end", 0.4, 0.0),
        )
        self._pump = steadily(
            self,
            ("fourlevel.others:end", 0.2, _WEAK),
            ("fourlevel.threshold:threshold", 0.35, 1.0),
            ("fourlevel.threshold:more", -0.3, 2.1),
            ("fourlevel.threshold:end", 0.7, MOST_PUMP),
        )
        self.stand("fourlevel.threshold:more", self.at("fourlevel.threshold:end", -0.08))
        self._filled = self.track(("fourlevel.maser:sorts", 0.0, 0.0), ("fourlevel.maser:sorts", 2.0, 1.0))
        low, middle, high = _RATIOS
        self._ratio = steadily(
            self,
            ("fourlevel.engine:carnot", -1.3, low),
            ("fourlevel.engine:carnot", 0.0, middle),
            ("fourlevel.engine:carnot", 0.7, high),
        )

    def state(self, frame: int) -> LaserState:
        clock, ratio = frame / self.show.fps, self._ratio(frame)
        levels, curves, beam, baths = (there(frame) for there in self._there)
        seen = levels > 0 or self._moved(frame) < 1
        gathers, gathered = self._gather
        if frame >= gathers:
            baths = 1 - ease((frame - gathered) / (0.12 * self.show.fps))
        return LaserState(
            clock=clock,
            thermometer=self.thermometer.at_frame(frame),
            levels=levels,
            lit=self._lit(frame),
            led=self._led(frame),
            heights=tuple(self._rounds.heights(clock).tolist()) if seen else (),
            up=self._rounds.up(clock) if seen else 0,
            photons=self._rounds.photons(clock) if seen else (),
            pairs_K=pair_temperatures_K(),
            moved=self._moved(frame),
            curves=curves,
            laser=laser_point(self._pump(frame)),
            beam=beam,
            molecules=self._shower.at(clock) if beam else (),
            filled=self._filled(frame),
            baths=baths,
            ratio=ratio,
            signal_K=engine_pair_K(ratio),
            on=tuple(self._hops.levels(clock).tolist()) if baths else (),
            hops=self._hops.under_way(clock) if baths else (),
            gone=ease((frame - gathers) / (gathered - gathers)),
        )

    def draw(self, state: LaserState) -> None:
        self._draw_levels(state)
        self._threshold.lay(state.laser, state.clock, state.curves, state.moved)
        self._ammonia.lay(state.molecules, state.clock, state.filled, state.beam)
        mark = self.thermometer.head("fourlevel")[:2]
        levels = np.array(state.on, dtype=int)
        self._engine.lay(state.ratio, state.signal_K, levels, state.hops, state.clock, state.baths, mark, state.gone)
        self.thermometer.lay(state.thermometer)

    def _draw_levels(self, state: LaserState) -> None:
        if not state.heights:
            self._levels.hide()
            return
        heights, moved = np.array(state.heights), state.moved
        places = self._levels.at(heights)
        places = places + moved * (self._threshold.seats - places)
        there = state.levels if moved <= 0 else float(moved < 1)
        self._levels.lay(heights, places, state.photons, there * (1 - moved), state.lit, state.led, there, state.clock)
        for readout, T_K in zip(self._levels.temperatures, state.pairs_K, strict=True):
            readout.write(self.quantity("level_pair", T_K))
