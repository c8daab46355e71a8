"""The hundred protons of the worked example on their two levels, with a scale of energies: large, then at the side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line, paint
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics.examples import FIELD_T, PARTICLES
from physics.exchange import OUTSIDE
from scenes.protons import Crowd, is_dark

_GUTTER = 1.65  # room for the scale of energies
_ROWS = range(4, 13)
_LEVEL_SHARE = 0.42  # of the height that the protons of one level take
_OUTSIDE = 1.6  # under the lower level, where quanta come from and go to
_ABOVE = 0.1  # of the lowest row over its level, in rows


@dataclass(frozen=True)
class Seating:
    """Where the picture is: seats on the lower level, how far up the other is, and the edges."""

    seats: NDArray[np.float64]
    radius: float
    left: float
    right: float
    low: float
    lift: float
    height: float

    def towards(self, other: Seating, way: float) -> Seating:
        """Return the seating a way, 0..1, from this one to another."""
        return Seating(
            self.seats + way * (other.seats - self.seats),
            *(
                getattr(self, name) + way * (getattr(other, name) - getattr(self, name))
                for name in ("radius", "left", "right", "low", "lift", "height")
            ),
        )

    @property
    def levels(self) -> tuple[float, float]:
        """Heights of the two level lines."""
        return self.low, self.low + self.lift


def seating(box: Box, room: float) -> Seating:
    """Return the seating that makes the protons largest in a box, with room at the right for a number."""
    wide = box.width - _GUTTER - room
    pitches = [(min(wide / -(-PARTICLES // rows), _LEVEL_SHARE * box.height / rows), rows) for rows in _ROWS]
    pitch, rows = max(pitches)
    columns = -(-PARTICLES // rows)
    left = box.left + _GUTTER + (wide - columns * pitch) / 2
    low = box.bottom + 0.1
    column, row = np.arange(PARTICLES) % columns, np.arange(PARTICLES) // columns
    seats = np.stack([left + (column + 0.5) * pitch, low + (row + 0.5 + _ABOVE) * pitch], axis=1)
    lift = box.height - 0.2 - (rows + _ABOVE) * pitch
    return Seating(seats, 0.5 * pitch, left, left + columns * pitch, low, lift, rows * pitch)


class TwoLevels:
    """Protons on two level lines, how many are on each, and an arrow of energy with its zero."""

    def __init__(self, stage: Stage[Any], whole: Box, side: Box, room: float) -> None:
        """Build it to go from one box to another."""
        self._stage = stage
        self._from, self._to = seating(whole, room), seating(side, room)
        faint, ink = hex_rgb(stage.theme.faint), hex_rgb(stage.theme.ink)
        self._lines = [stage.put(line(np.zeros((0, 3)), 5.0), faint) for _ in range(2)]
        self._axis: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), faint)
        self._tick: mn.VMobject = stage.put(line(np.zeros((0, 3)), 6.0), ink)
        self._words = [
            (stage.formula(notation, mn.ORIGIN, BODY, colour, mn.RIGHT), place)
            for notation, colour, place in (
                ("0", "ink", None),
                ("Delta E", "muted", 1.0),
                ("-Delta E \\/ 2", "muted", 0.0),
                ("Delta E \\/ 2", "muted", 1.0),
            )
        ]
        self._field: mn.VMobject = stage.formula(f'B = {FIELD_T:g} "T"', mn.ORIGIN, BODY, "muted")
        for word, room_for in ((self._field, room - 0.25), *((word, _GUTTER - 0.45) for word, _ in self._words)):
            if word.width > room_for:
                word.scale(room_for / word.width)
        size = 1.2 * TITLE if stage.is_wide else HEADING
        self._counts = [stage.readout(f"on level {n}", mn.ORIGIN, size, centred=True) for n in range(2)]
        self._room, self._figure = room, 0.36 * size / 72
        self._crowd = Crowd(stage, bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def schedule(self, begin: float, aside: float, shifts: float, end: float) -> None:
        """Let the words be there between two frames: the field until `aside`, the other scale from `shifts` on."""
        zero, *others = (word for word, _ in self._words)
        self._stage.appear(zero, *self._counts, at=begin, until=end)
        self._stage.appear(self._field, at=begin, until=aside)
        self._stage.appear(others[0], at=begin, until=shifts)
        self._stage.appear(*others[1:], at=shifts, until=end)

    def lay(
        self,
        upness: NDArray[np.float64],
        quanta: tuple[tuple[int, int, float], ...],
        above: int,
        share: float,
        zero: float,
        aside: float,
        seen: float,
    ) -> None:
        """Show it.

        Args:
            upness: how far up each proton is, 0..1.
            quanta: giver, taker and way of each quantum under way.
            above: protons on the upper level.
            share: of them up, by the slider, which is their colour.
            zero: where energy is counted from: 0 the lower level, 1 half-way up.
            aside: 0 large, 1 at the side.
            seen: opacity of all but the words.
        """
        now = self._from.towards(self._to, aside)
        rgb = self._stage.hotness_rgb(share)
        seats = now.seats + upness[:, None] * [0.0, now.lift]
        self._crowd.lay(seats, now.radius, upness, rgb, opacity=seen)
        below = np.column_stack(
            [now.seats[:, 0], np.full(PARTICLES, now.low - (_OUTSIDE if self._stage.is_wide else _OUTSIDE / 2))]
        )
        places, sizes = [], []
        for giver, taker, way in quanta:
            here = seats[giver] if giver != OUTSIDE else below[taker]
            there = seats[taker] if taker != OUTSIDE else below[giver]
            places.append(here + (there - here) * way)
            sizes.append(1.3 * now.radius * np.sqrt(np.sin(np.pi * way)))
        self._sparks.lay(np.array(places).reshape(-1, 2), np.array(sizes), rgb, seen)
        self._draw_scale(now, zero, seen)
        middle = now.right + self._room / 2 + 0.1
        for y, readout, number in zip(now.levels, self._counts, (PARTICLES - above, above), strict=True):
            readout.write(self._stage.quantity("count", number))
            readout.move(np.array([middle, y + now.height / 2 - self._figure, 0.0]))
            paint(readout, rgb)
        self._field.move_to(np.array([middle, now.low + (now.lift + now.height) / 2, 0.0]))

    def _draw_scale(self, now: Seating, zero: float, seen: float) -> None:
        low, high = now.levels
        x = now.left - 0.15
        for stroke, y in zip(self._lines, now.levels, strict=True):
            stroke.points = corners([[now.left - 0.05, y, 0], [now.right, y, 0]])
            stroke.stroke_rgbas[:, 3] = seen
        self._axis.points = arrow([x, low - 0.1, 0], [x, high + now.height + 0.1, 0], 0.05, 0.24)
        self._axis.fill_rgbas[:, 3] = seen
        height = low + zero * (high - low) / 2
        self._tick.points = corners([[x - 0.16, height, 0], [x + 0.16, height, 0]])
        self._tick.stroke_rgbas[:, 3] = seen
        for word, place in self._words:
            y = height if place is None else low + place * (high - low)
            word.move_to(np.array([x - 0.26, max(y, low + word.height / 2 - 0.1), 0.0]), aligned_edge=mn.RIGHT)
