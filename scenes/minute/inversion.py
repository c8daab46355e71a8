"""Segment 1: a hundred protons in a magnet. Heat alone ends at half and half; a reversed field inverts them."""

from __future__ import annotations

from dataclasses import dataclass

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease, ease_array
from explainer.stage.shapes import paint
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING, SMALL
from explainer.stage.view import View
from physics.examples import ABOVE_AFTER, ABOVE_BEFORE, PARTICLES, temperature_K
from physics.exchange import OUTSIDE, exchange
from scenes.axes import EnergyAxis, Point
from scenes.minute import seams
from scenes.minute.magnet import Magnet
from scenes.protons import HOP_S, REST_STEPS, STEPS_PER_S, Course

_READING = 56.0  # points
_SEED = 11
_SWAPS_PER_STEP = 0.16  # of two half-full levels
_STILL_S = HOP_S + 0.1  # before the field is reversed, and after: whoever turns over has arrived
_REVERSAL_S = 0.5
_FLIGHT_S = 0.55  # a quantum's way from outside
_CLOSE, _CLOSE_TALL = 1.5, 1.15  # how near the camera comes; in a tall frame the words are above the picture
_STAGGER = 0.55  # of a proton's way to its place beside the dome, the last one starts so much later


@dataclass(frozen=True)
class InversionState:
    """What a frame shows: how each proton stands, the field, the counts, the temperature and the quanta under way."""

    turns: tuple[float, ...]
    """Half turns of each proton from along the first field, 0 to 1."""
    field: float
    """In units of the first field, from 1 to -1."""
    above: int
    below: int
    T_mK: float | None
    """None from the reversal, during which there is no temperature, until the voice names the new one."""
    quanta: tuple[tuple[int, int, float], ...]
    """Giver, taker and way, 0 to 1, of each quantum that is seen."""
    zoom: float
    counted: float
    """Energy, in quanta, that has been counted on the axis at the end; 0 before."""
    leaving: float
    """How far the magnet has made way for the axis, 0 to 1."""


class Inversion(Stage[InversionState]):
    """Protons along a field and against it, the quanta that turn them over, and the temperature that they have."""

    def build(self) -> None:
        self._axis = EnergyAxis(self, seams.energy_span(self))
        self._magnet = Magnet(self)
        self._crowd_seats, self._crowd_radius = seams.crowd_seats(self)
        self._point = Point(self)
        self._quanta: Sprites = self.put(Sprites(spark), bleeds=True)
        self._close = _CLOSE if self.is_wide else _CLOSE_TALL
        self._close_up = self.area.at(0.45 if self.is_wide else 0.5, 0.12 if self.is_wide else 0.02)[:2]
        self._build_words()
        self._build_courses()
        self._leaves = self.at("inversion.negative:end", 0.05)
        self._stays = self.show.frame_count - 1 - round(0.1 * self.show.fps)
        self.appear(self._axis.line, self._axis.name, at=self._leaves, fade_s=0.4)
        self._zoom = self.track(
            ("inversion.levels:end", -0.45, 1.0),
            ("inversion.heat", 0.4, self._close),
            ("inversion.heat:infinite", -0.2, 1.0),
        )
        self._field = self.track(("inversion.flip:flip", 0.0, 1.0), ("inversion.flip:flip", _REVERSAL_S, -1.0))

    def _build_words(self) -> None:
        wide, area, magnet = self.is_wide, self.area, self._magnet
        self._counts = []
        words: list[mn.VMobject] = []
        named: list[mn.VMobject] = []
        below = 0.25 * self.show.composed.type_scale
        for upper, name in ((False, "below"), (True, "above")):
            label = f"inversion.{'upper' if upper else 'lower'}"
            if wide:
                at = np.array([magnet.right + 0.15, magnet.level_y(upper) + 0.72, 0.0])
                widest = area.right - at[0]
                left = at - [0, below, 0]
            else:
                widest = 0.55 * area.width
                left, at = magnet.back_corner(upper, -1) + [0, 0.75, 0], magnet.back_corner(upper, 1) + [-0.7, 0.6, 0]
            for texts in (named, words):
                texts.append(self.text(label, left, SMALL, "muted", mn.LEFT, widest=widest))
            self._counts.append(self.readout(name, at, HEADING))
        heading = np.array([area.right - 3.45, area.top - 0.25, 0.0]) if wide else area.at(0, 1) - [0, 0.25, 0]
        temperature = self.text("common.temperature", heading, SMALL, "muted", mn.LEFT, widest=area.right - heading[0])
        self._T = self.readout("T", heading - [0, 1.05, 0], _READING, largest=_READING)
        protons = self.text(
            "inversion.protons", heading - [0, 1.45, 0], SMALL, "muted", mn.LEFT, widest=area.right - heading[0]
        )
        gone = self.at("inversion.negative:end", 0.25)
        far = self.at("inversion.heat:infinite", -0.5)
        self.appear(temperature, self._T, protons, at="inversion.heat", until=gone)
        self.appear(*self._counts, *words, at=far, until=gone)
        # The two levels are named as they are spoken of; the camera goes near when their names have gone.
        self.appear(
            *named, at=self.at("inversion.levels", 0.4), until=self.at("inversion.levels:end", -0.2), fade_s=0.3
        )
        self.stand("inversion.levels", self.at("inversion.levels:end", -0.55))

    def _build_courses(self) -> None:
        """Draw the quanta of the two stretches: to half and half and back to forty, and after the reversal."""
        seconds = np.arange(int(self.show.frame_count / self.show.fps * STEPS_PER_S) + 2) / STEPS_PER_S
        flip_s = self.at("inversion.flip:flip") / self.show.fps
        self._after_s = flip_s + _REVERSAL_S
        half = PARTICLES // 2
        heated = self.track(
            ("inversion.heat", 0.35, seams.SETTLED_ABOVE), ("inversion.heat:infinite", -HOP_S, float(half))
        )
        settled = self.track(
            ("inversion.flip", 0.0, 0.0), ("inversion.flip:flip", -_STILL_S, float(ABOVE_BEFORE - half))
        )
        frames = (seconds * self.show.fps).tolist()
        above = np.array([round(heated(frame) + settled(frame)) for frame in frames])
        swaps = np.where((seconds < flip_s - _STILL_S), _SWAPS_PER_STEP, 0.0)
        first = exchange(above, PARTICLES, swaps, _SEED, REST_STEPS, seams.levels(seams.settled()))
        self._before = Course(first)
        turned = first.upper(len(above))[-1]
        following = seconds[seconds + self._after_s <= seconds[-1]]
        gone_s = self.at("inversion.negative:end", -HOP_S) / self.show.fps - self._after_s
        swaps = np.where(following < gone_s, 2 * _SWAPS_PER_STEP, 0.0)
        second = exchange(np.full(len(following), ABOVE_AFTER), PARTICLES, swaps, _SEED + 1, REST_STEPS, ~turned)
        self._after = Course(second)
        last = second.upper(len(following))[-1]
        # Those above go where the dome's crowd has its sixty, those below to the other places.
        seat = np.empty(PARTICLES, dtype=int)
        places = np.array(seams.inverted())
        seat[last], seat[~last] = np.flatnonzero(places), np.flatnonzero(~places)
        self._goal, self._wave = self._crowd_seats[seat], np.argsort(np.argsort(seat)) / PARTICLES

    def state(self, frame: int) -> InversionState:
        time_s = frame / self.show.fps
        after = time_s >= self._after_s
        course, passed = (self._after, time_s - self._after_s) if after else (self._before, time_s)
        turns = 1 - course.upness(passed) if after else course.upness(passed)
        field = self._field(frame)
        above = int(np.count_nonzero(-np.cos(np.pi * turns) * field > 0))
        unnamed = self.at("inversion.flip:flip") < frame < self.at("inversion.negative:negative")
        leaving = ease((frame - self._leaves) / (self._stays - self._leaves))
        return InversionState(
            turns=tuple(turns.tolist()),
            field=field,
            above=above,
            below=PARTICLES - above,
            T_mK=None if unnamed else 1e3 * temperature_K(above),
            quanta=tuple(course.under_way(passed, _FLIGHT_S)),
            zoom=self._zoom(frame),
            counted=ABOVE_AFTER * ease((leaving - 0.15) / 0.75),
            leaving=leaving,
        )

    def draw(self, state: InversionState) -> None:
        turns, magnet = np.array(state.turns), self._magnet
        view = self._view(state.zoom)
        colour = self.hotness_rgb(state.above / PARTICLES)
        upness = (1 - np.cos(np.pi * turns) * state.field) / 2
        going = ease_array(state.leaving * (1 + _STAGGER) - self._wave * _STAGGER)[:, None]
        seats = magnet.seats(turns, state.field)
        places = (1 - going) * view(seats) + going * self._goal
        radii = (1 - going[:, 0]) * magnet.radii * state.zoom + going[:, 0] * self._crowd_radius
        strength = magnet.strength + (1 - magnet.strength) * going[:, 0]
        magnet.draw(state.field, view, 1 - ease(state.leaving / 0.6))
        magnet.crowd.lay(places, radii, upness, colour, np.pi * turns, strength)
        self._draw_quanta(state, view, seats)
        self._point.lay(self._axis.at(state.counted), ABOVE_AFTER / PARTICLES, ease(state.leaving / 0.25))
        for readout, count in zip(self._counts, (state.below, state.above), strict=True):
            readout.write("" if abs(state.field) < 1 else self.quantity("count", count))
            paint(readout, colour)
        self._T.write("" if state.T_mK is None else self.quantity("spin_temperature", state.T_mK * 1e-3))
        paint(self._T, colour)

    def _view(self, zoom: float) -> View:
        """The camera, nearer to one proton the larger the picture is."""
        near = self._magnet.seats(np.zeros(PARTICLES), 1.0)[self._magnet.watched]
        x, y = near + (self._close_up - near) * (zoom - 1) / (self._close - 1)
        return View(zoom, (float(near[0]), float(near[1])), (float(x), float(y)))

    def _draw_quanta(self, state: InversionState, view: View, seats: NDArray[np.float64]) -> None:
        places, opacities = [], []
        for giver, taker, way in state.quanta:
            start = self._outside(taker) if giver == OUTSIDE else seats[giver]
            end = self._outside(giver) if taker == OUTSIDE else seats[taker]
            # From outside it arrives before the proton turns, to outside it leaves after.
            share = _FLIGHT_S / (_FLIGHT_S + HOP_S)
            along = way / share if giver == OUTSIDE else (way - 1 + share) / share if taker == OUTSIDE else way
            places.append(start + (end - start) * ease(along))
            opacities.append(min(1.0, 8 * way, 8 * (1 - way)))
        at = view(places) if places else np.zeros((0, 2))
        self._quanta.lay(at, 0.24 * state.zoom, self.hotness_rgb(0.93), opacities or 0.0)

    def _outside(self, proton: int) -> NDArray[np.float64]:
        """Where a quantum comes from or goes to: beyond the frame's edge, at another place for each proton."""
        angle = proton * np.pi * (3 - 5**0.5)
        return 1.7 * np.array([self.safe.right * np.cos(angle), self.safe.top * np.sin(angle)])

    def places(self, state: InversionState) -> dict[str, NDArray[np.float64]]:
        return {"energy": self._axis.at(state.counted)} if state.leaving == 1 else {}
