"""The long thermometer, lying across the frame: where segments of the tour meet, and where each leaves its mark.

Its scale is logarithmic on both sides of infinity, so that nanokelvins and thousands of kelvins have room on one line.
A segment begins with the marks of those before it and ends with its own beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import capsule, corners, discs, fill_shape, line
from explainer.stage.sprites import Sprites, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.examples_tour import MARKS_K, scale_place
from scenes.protons import is_dark

OPENING_S = 0.9
"""Time in which the thermometer leaves at a segment's beginning."""

CLOSING_S = 1.2
"""Time in which it comes back and takes the segment's mark, at its end."""

_ORDER = tuple(MARKS_K)
_TICKS_K, _LARGEST_TICK_K = (1e-6, 1e-3, 1.0), 1e3
_STEPS = 97
_WALL = 0.09
_REST_S = 0.1  # at either end, in which nothing of it moves
_FADE_S = 0.35
_LAID = {
    "gas": (1, mn.LEFT),
    "worked": (0, mn.RIGHT),
    "contact": (0, mn.LEFT),
    "reversal": (2, mn.RIGHT),
    "mixing": (4, mn.RIGHT),
    "fourlevel": (3, mn.RIGHT),
    "lattice": (1, mn.LEFT),
}
"""How high each pin is, in tiers, and on which side of its head its name stands, so that none touches another."""

_NARROW_TIERS = {"lattice": 5}
"""Those that are elsewhere in a narrow frame, in which long names meet."""


@dataclass(frozen=True)
class ThermometerState:
    """How much of the thermometer is there, 0..1, and how far the segment's own mark has landed on it, 0..1."""

    there: float
    landed: float


class LongThermometer:
    """A tube in the colours from coldest to hottest, ticks under it, and a pin with a name for each mark."""

    def __init__(self, stage: Stage[Any], segment: str, closing_s: float = CLOSING_S) -> None:
        """Build it for a segment: with the marks of all segments before, and its own, which comes at the end.

        It begins to come back so many seconds before the end; a segment without a mark of its own may have it longer.
        """
        self._stage = stage
        wide, area, fps = stage.is_wide, stage.area, stage.show.fps
        here = _ORDER.index(segment) if segment in _ORDER else len(_ORDER)
        self._radius = 0.62 if wide else 0.5
        self._left, self._right = area.left + 0.5, area.right - 0.5
        self._y = area.bottom + 0.36 * area.height
        self._tier = 0.66
        end = stage.show.frame_count
        self._leaves = (_REST_S * fps, OPENING_S * fps)
        comes = end - closing_s * fps
        self._comes = (comes, comes + (CLOSING_S / 2 - _REST_S) * fps)
        self._lands = (end - (CLOSING_S / 2 + 2 * _REST_S) * fps, end - _REST_S * fps)
        self._tube: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.faint), bleeds=True)
        self._inside: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), bleeds=True)
        self._inside.sheen_direction = mn.RIGHT
        shades = stage.hotness_rgb(np.linspace(0, 1, _STEPS))
        self._inside.fill_rgbas = np.column_stack([shades, np.full(_STEPS, 0.72)])
        before = [_Pin(stage, self, name) for name in _ORDER[:here]]
        own = [_Pin(stage, self, name) for name in _ORDER[here : here + 1]]
        self._pins = [*((pin, False) for pin in before), *((pin, True) for pin in own)]
        first = -_FADE_S * fps  # so that they are there in the first frame
        for words_at, words_until in ((first, self._leaves[0] + 0.6 * fps), (self._comes[0], None)):
            parts = [*self._scale(), *(pin.name() for pin in before)]
            stage.appear(*parts, at=words_at, until=words_until, fade_s=_FADE_S)
        for pin in own:
            stage.appear(pin.name(), at=self._lands[0], fade_s=_FADE_S)

    def at_frame(self, frame: float) -> ThermometerState:
        """Return how it is at a frame: there at both ends of the segment, gone between."""
        (begins, gone), (comes, back), (falls, lands) = self._leaves, self._comes, self._lands
        there = max(1 - ease((frame - begins) / (gone - begins)), ease((frame - comes) / (back - comes)))
        return ThermometerState(there, ease((frame - falls) / (lands - falls)))

    def lay(self, state: ThermometerState) -> None:
        """Show it: the tube closes to a line, and opens from one."""
        there = state.there
        self._tube.points = self._outline(self._radius * there + _WALL * min(1.0, 4 * there), there)
        self._inside.points = self._outline(self._radius * there, there)
        for pin, is_own in self._pins:
            pin.lay(state.landed if is_own else 1.0, there)

    def at(self, T_K: float) -> NDArray[np.float64]:
        """Return where a temperature is on its scale, as (x, y, 0)."""
        return self._at(scale_place(T_K))

    def head(self, name: str) -> NDArray[np.float64]:
        """Return where the head of a segment's pin is, as (x, y, 0)."""
        tier = _LAID[name][0] if self._stage.is_wide else _NARROW_TIERS.get(name, _LAID[name][0])
        return self.at(MARKS_K[name]) + [0, self._radius + 0.5 + tier * self._tier, 0]

    def _at(self, place: float) -> NDArray[np.float64]:
        return np.array([self._left + place * (self._right - self._left), self._y, 0.0])

    def _outline(self, radius: float, there: float) -> NDArray[np.float64]:
        return capsule(self._at(0.0), self._at(1.0), radius) if there > 0 else np.zeros((0, 3))

    def _scale(self) -> list[mn.VMobject]:
        """The ticks with their readings, and the names of the ends."""
        parts: list[mn.VMobject] = []
        stage, edge = self._stage, self._y - self._radius - _WALL - 0.06
        ticks = (*_TICKS_K, _LARGEST_TICK_K) if stage.is_wide else _TICKS_K
        for T_K in (*ticks, np.inf, *(-T_K for T_K in ticks)):
            x, infinite = self.at(T_K)[0], bool(np.isinf(T_K))
            name = "ink" if infinite else "muted"
            tick = line(corners([[x, edge, 0], [x, edge - (0.3 if infinite else 0.18), 0]]), 4.0)
            parts.append(stage.put(tick, hex_rgb(getattr(stage.theme, name))))
            size = HEADING if infinite else SMALL if stage.is_wide else 0.7 * SMALL
            down = edge - (0.8 if infinite else 0.52)
            label = stage.readout(f"tick {T_K}", [x, down, 0], size, name, centred=True, largest=size)
            label.write(stage.quantity(_tick_quantity(T_K), T_K))
            parts.append(label)
        low = edge - 1.25
        for label_id, x, side in (("tour.coldest", self._left, mn.LEFT), ("tour.hottest", self._right, mn.RIGHT)):
            parts.append(stage.text(label_id, [x, low, 0], SMALL, "muted", side, largest=SMALL))
        return parts


class _Pin:
    """A bright head over the tube, at a temperature."""

    def __init__(self, stage: Stage[Any], scale: LongThermometer, name: str) -> None:
        self._stage, self._label, self._side = stage, f"tour.{name}", _LAID[name][1]
        self._foot, self._head = scale.at(MARKS_K[name]), scale.head(name)
        self._rgb = stage.hotness_rgb(scale_place(MARKS_K[name]))
        self._stem: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), self._rgb)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._disc: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), self._rgb)

    def name(self) -> mn.VMobject:
        """Add the name over its head, and return it."""
        size = BODY if self._stage.is_wide else SMALL
        place, area = self._head + 0.34 * self._side, self._stage.area
        room = float(place[0] - area.left if self._side[0] < 0 else area.right - place[0])
        text: mn.VMobject = self._stage.text(self._label, place, size, edge=-self._side, widest=room)
        return text

    def lay(self, landed: float, there: float) -> None:
        """Show the pin as far as it has come down, while the thermometer is there."""
        seen = landed * there
        if seen <= 0:
            self._stem.points = self._disc.points = np.zeros((0, 3))
            self._light.lay(np.zeros((0, 2)), 0.1, self._rgb)
            return
        head = self._foot + seen * (self._head - self._foot)
        self._stem.points = corners([self._foot, head])
        self._disc.points = discs([head], 0.15 * seen)
        self._light.lay([head], 0.75 * seen, self._rgb, 0.6)


def _tick_quantity(T_K: float) -> str:
    size = abs(T_K)
    return "tick_K" if size >= 1 else "tick_mK" if size >= 1e-3 else "tick_uK"
