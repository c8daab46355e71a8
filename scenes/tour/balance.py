"""A balance whose beam is the axis of coldness: each kind of spins hangs at its own, with the weight that it has."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, discs, fill_shape, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from scenes.axes import Point
from scenes.protons import is_dark
from scenes.tour.relaxing import REACH, RING, hotness

_STEPS = 97
_PARTS = 100  # that both weights have together
_GOLDEN = np.pi * (3 - np.sqrt(5))
_RADIUS_WIDE, _RADIUS_TALL = 1.9, 1.6  # of a weight of one
_DROPS_WIDE, _DROPS_TALL = (1.65, 4.35), (2.4, 5.6)  # of the strings of lithium and fluorine


class Balance:
    """The beam, its pivot, and two weights on strings."""

    def __init__(self, stage: Stage[Any], weights: tuple[float, float]) -> None:
        """Build it for the weights of lithium and fluorine, as shares of one."""
        self._stage, area = stage, stage.area
        self._half = area.width / 2
        self._drops = _DROPS_WIDE if stage.is_wide else _DROPS_TALL
        self._radius = _RADIUS_WIDE if stage.is_wide else _RADIUS_TALL
        self._radii = [self._radius * np.sqrt(weight) for weight in weights]
        ink, muted = hex_rgb(stage.theme.ink), hex_rgb(stage.theme.muted)
        nothing = np.zeros((0, 3))
        self._strings = stage.put(line(nothing, 4.0), muted, bleeds=True)
        self._band: mn.VMobject = stage.put(fill_shape(nothing), bleeds=True)
        self._rgb = stage.hotness_rgb(np.linspace(0, 1, _STEPS))
        self._zero: mn.VMobject = stage.put(line(nothing, 5.0), ink, bleeds=True)
        self._pivot: mn.VMobject = stage.put(fill_shape(nothing), ink, bleeds=True)
        self._lights: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._weights: Sprites = stage.put(Sprites(ball), bleeds=True)
        self._counts = [round(_PARTS * weight) for weight in weights]
        white = ink if is_dark(stage.theme) else hex_rgb(stage.theme.background)
        self._rings: mn.VMobject = stage.put(line(nothing, 4.0), white, bleeds=True)
        self._points = [Point(stage, 0.22, bleeds=True) for _ in weights]

    def place(self, coldness: float, y: float, tilt: float = 0.0, pivot: float = 0.0) -> NDArray[np.float64]:
        """Return where a coldness, in units of that of the room, is on the beam."""
        foot = -pivot / REACH * self._half
        along = -coldness / REACH * self._half - foot
        return np.array([foot + along * np.cos(tilt), y + along * np.sin(tilt), 0.0])

    def hung(self, kind: int, coldness: float, y: float, tilt: float, pivot: float) -> NDArray[np.float64]:
        """Return the middle of the weight of lithium (0) or fluorine (1)."""
        return self.place(coldness, y, tilt, pivot) - [0, self._drops[kind], 0]

    def radius(self, kind: int) -> float:
        """Return how large a weight is."""
        return float(self._radii[kind])

    def lay(
        self, coldness: tuple[float, float], y: float, tilt: float, pivot: float, there: float, weighed: float
    ) -> None:
        """Show it.

        Args:
            coldness: of lithium and fluorine, in units of that of the room.
            y: height of the pivot.
            tilt: of the beam in radians, anticlockwise.
            pivot: the coldness under which the pivot stands.
            there: opacity of the beam with its marks.
            weighed: how far the weights and the pivot have come, 0..1.
        """
        stage = self._stage
        left, right = (self.place(end, y, tilt, pivot) for end in (REACH, -REACH))
        across = 0.24 * np.array([-np.sin(tilt), np.cos(tilt), 0.0])
        self._band.points = corners([left - across, right - across, right + across, left + across, left - across])
        self._band.sheen_direction = mn.RIGHT
        self._band.fill_rgbas = np.column_stack([self._rgb, np.full(_STEPS, there)])
        zero = self.place(0.0, y, tilt, pivot)
        self._zero.points = corners([zero - 1.9 * across, zero + 1.9 * across])
        self._zero.stroke_rgbas[:, 3] = there
        foot = self.place(pivot, y) - [0, 0.26, 0]
        wide, tall = 0.36 * weighed, 0.75 * weighed
        self._pivot.points = corners([foot, foot + [wide, -tall, 0], foot + [-wide, -tall, 0], foot])
        self._pivot.fill_rgbas[:, 3] = there * weighed
        strings, middles, colours = [], [], []
        for kind, share in enumerate(coldness):
            at = self.place(share, y, tilt, pivot)
            middle = at - [0, self._drops[kind] * weighed, 0]
            rgb = stage.hotness_rgb(hotness(share))
            strings.append(corners([at, middle]))
            self._points[kind].lay(at, hotness(share), there)
            middles.append(middle)
            colours.append(rgb)
        self._rings.points = discs([self.place(share, y, tilt, pivot) for share in coldness], RING)
        self._rings.stroke_rgbas[:, 3] = there
        self._strings.points = np.concatenate(strings)
        self._strings.stroke_rgbas[:, 3] = there * weighed
        spots = [
            middle + 0.94 * weighed * radius * _sunflower(count)
            for middle, radius, count in zip(middles, self._radii, self._counts, strict=True)
        ]
        each = 0.92 * self._radius / np.sqrt(_PARTS) * weighed
        self._weights.lay(np.concatenate(spots), each, np.repeat(colours, self._counts, axis=0), there)
        self._lights.lay(middles, 2.0 * np.array(self._radii) * weighed, np.array(colours), 0.5 * there * weighed)

    def name(self, label: str, y: float, side: NDArray[np.float64]) -> mn.VMobject:
        """Add the name of the axis at its left or right end, its top so high but clear of the captions; return it."""
        at = [self._half * side[0], y, 0]
        text: mn.VMobject = self._stage.text(label, at, BODY, "muted", mn.UP + side, widest=3.4)
        return text.shift(mn.UP * max(0.0, self._stage.area.bottom - text.get_bottom()[1]))


def _sunflower(count: int) -> NDArray[np.float64]:
    """Return points spread evenly over the disc of radius 1, shape (count, 3)."""
    index = np.arange(count)
    away, turn = np.sqrt((index + 0.5) / count), index * _GOLDEN
    return np.stack([away * np.cos(turn), away * np.sin(turn), 0 * turn], axis=1)
