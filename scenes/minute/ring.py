"""The line of temperatures, closed to a ring at infinity: a family of curves from a line in T to a line in 1/T.

A circle that touches a line shows all that is on it, seen from the point opposite (stereographic projection), and the
point at infinity besides. A line is such a circle without curvature. So the line of T is bent until its ends meet at
infinity; the ring turns; then it is opened at zero and lies flat with infinity in its middle, which is a line in 1/T.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cairo
import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import discs, fill_shape
from explainer.stage.sprites import Rgb, Sprites
from explainer.stage.stage import Stage
from explainer.stage.typography import SMALL
from explainer.words.quantities import INFINITY, MINUS
from physics.examples import DELTA_E_J
from scenes.axes import COLDNESS_END, hotness

FLAT, RING, TURNED, OPENED = 0.0, 1.0, 2.0, 3.0
"""Bends: a line in T, the ring with zero on top, with infinity on top, a line in 1/T."""

GAP_mK = 1e3 * DELTA_E_J / K_B
TICKS_mK = (np.inf, 0.0, 5.0, -5.0, 20.0, -20.0, 1.0, -1.0)
"""Temperatures that are marked, those first that are shown where there is not room for all."""

_LINE_END_mK = 25.0
_QUARTER_mK = 5.0  # the temperature a quarter of the way round
_BAND_RADIUS, _STEP = 0.12, 0.05
_DOT_RADIUS = 0.05
_BESIDE, _ABOVE = 0.5, 0.42
_MIDDLE = 0.12  # of a figure, above its baseline
_ROOM, _ROOM_FADE = 0.55, 0.15
_COLDEST = 1e9  # coldness that stands for that of zero


@dataclass(frozen=True)
class Ring:
    """Where the ring is: the point that all its shapes share, its radius, half the length of it as a line."""

    top: tuple[float, float]
    radius: float
    half: float

    def at(self, x: ArrayLike, bend: float) -> NDArray[np.float64]:
        """Return where coldness x = beta dE, and so T = dE/(k x), is on the curve, shape (..., 2)."""
        return self._seen(x, bend)[0]

    def outward(self, x: ArrayLike, bend: float) -> NDArray[np.float64]:
        """Return the unit vectors out of the curve at coldness x, shape (..., 2)."""
        return self._seen(x, bend)[1]

    def beads(self, bend: float, reach: float) -> NDArray[np.float64]:
        """Return the coldness of points along the curve, evenly apart, as far as `reach` scene units each way."""
        curvature, length = self._curvature(bend), min(self._length(bend), reach)
        along = np.linspace(-length, length, 2 * int(length / _STEP) + 2)  # an even number misses the middle
        line = along if curvature < 1e-9 else 2 / curvature * np.tan(curvature * along / 2)
        return -line / self._scale(bend) if bend > TURNED else self._scale(bend) / line

    def holds(self, x: ArrayLike, bend: float) -> NDArray[np.bool_]:
        """Return whether coldness x is on the curve: infinite temperature once it is bent, all but zero as it opens."""
        curvature, line = self._curvature(bend), self._scale(bend) * np.abs(x)
        if bend <= TURNED:
            return np.asarray((curvature > 0) | (np.asarray(x) != 0))
        along = line if curvature < 1e-9 else 2 / curvature * np.arctan(curvature * line / 2)
        return np.asarray(along <= self._length(bend) + 1e-9)

    def _curvature(self, bend: float) -> float:
        return min(bend, 1.0, OPENED - bend) / self.radius

    def _length(self, bend: float) -> float:
        """Arc length on either side of the point touched."""
        curvature = self._curvature(bend)
        round_ = np.pi / max(curvature, 1e-9)
        opened = max(bend - TURNED, 0.0)
        return float(round_ if not opened else min(round_, np.pi * self.radius * (1 - opened) + self.half * opened))

    def _scale(self, bend: float) -> float:
        """Scene units of 1/x on the line of T, of x on that of 1/T: of the line that the curve touches."""
        closed = 2 * self.radius / _QUARTER_mK * GAP_mK
        if bend <= TURNED:
            flat = self.half / _LINE_END_mK * GAP_mK
            return float(flat * (closed / flat) ** min(bend, 1.0))
        turned, opened = (2 * self.radius) ** 2 / closed, self.half / COLDNESS_END
        return float(turned * (opened / turned) ** (bend - TURNED))

    def _seen(self, x: ArrayLike, bend: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        coldness = np.clip(np.asarray(x, dtype=float), -_COLDEST, _COLDEST)
        curvature, scale = self._curvature(bend), self._scale(bend)
        # A point of the line is over/under: 1/x, so that infinity is one too, or x.
        over, under = (-coldness, np.ones_like(coldness)) if bend > TURNED else (np.ones_like(coldness), coldness)
        norm = np.maximum(under**2 + (curvature * scale * over / 2) ** 2, 1e-18)
        along, away = scale * over * under / norm, curvature / 2 * (scale * over) ** 2 / norm
        normal = np.stack([curvature * along, 1 - curvature * away], axis=-1)
        offset = np.stack([along, -away], axis=-1)
        turn = np.pi * (min(bend, TURNED) - RING) if RING < bend <= TURNED else 0.0
        if turn:
            cos, sin = np.cos(turn), np.sin(turn)
            rotation = np.array([[cos, sin], [-sin, cos]])
            normal = normal @ rotation
            offset = (offset + [0, self.radius]) @ rotation - [0, self.radius]
        return offset + self.top, normal


def bead(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """A disc, many of which make a band."""
    context.set_source_rgb(*rgb)
    context.arc(0, 0, 1, 0, 2 * np.pi)
    context.fill()


class TemperatureBand:
    """The ring in the colours of its temperatures; ticks ride along, but not into boxes kept for other words."""

    def __init__(self, stage: Stage[Any], ring: Ring, kept: Sequence[Box]) -> None:
        self._stage, self._ring, self._kept = stage, ring, kept
        self.band: Sprites = stage.put(Sprites(bead), bleeds=True)
        self.dots: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.background))
        self._x = np.array([GAP_mK / T if T else _COLDEST for T in TICKS_mK])
        self._ticks = [stage.readout(f"tick {T:g}", [0, 0, 0], SMALL * 1.15, centred=True) for T in TICKS_mK]
        for tick, T in zip(self._ticks, TICKS_mK, strict=True):
            tick.write(_written(T))
        self._outlines = [tick.points.copy() for tick in self._ticks]
        width, height = mn.config.frame_width, mn.config.frame_height
        self._reach, self._half_frame = width + height, np.array([width, height]) / 2

    def lay(self, bend: float, opacity: float) -> None:
        """Show the curve so far bent."""
        x = self._ring.beads(bend, self._reach) if opacity > 0 else np.zeros(0)
        at = self._ring.at(x, bend)
        inside = (np.abs(at) < self._half_frame + _BAND_RADIUS).all(axis=1)
        rgb = self._stage.hotness_rgb(hotness(x[inside]))
        self.band.lay(at[inside], _BAND_RADIUS, rgb)
        self.band.fill_rgbas[:, 3] = opacity
        self._lay_ticks(bend, opacity)

    def _lay_ticks(self, bend: float, opacity: float) -> None:
        at, normal = self._ring.at(self._x, bend), self._ring.outward(self._x, bend)
        held = self._ring.holds(self._x, bend)
        area, grown = self._stage.area, self._stage.show.composed.type_scale
        shown: list[int] = []
        outside = at + normal * [_BESIDE, _ABOVE]
        beside = area.right - 0.3 - _ROOM_FADE - np.abs(outside[:, 0]) if not self._stage.is_wide else np.inf
        room = np.minimum(outside[:, 1] - (area.bottom + 0.2), beside)  # outside, or else inside
        seats = at + np.where(room > 0, 1, -1)[:, None] * normal * [_BESIDE, _ABOVE]
        for index, (tick, outline) in enumerate(zip(self._ticks, self._outlines, strict=True)):
            x, y = seats[index]
            edge = min(
                area.right - 0.3 - 0.7 * (grown - 1) - abs(x),
                y - area.bottom - 0.15,
                abs(room[index]),
                *(_beyond(box, x, y) for box in self._kept),
            )
            near = [float(np.hypot(*(seats[other] - seats[index]))) - _ROOM * grown for other in shown]
            visible = opacity * min(max(min([edge, *near]) / _ROOM_FADE, 0.0), 1.0) if held[index] else 0.0
            if visible:
                shown.append(index)
            tick.points = outline + [x, y - _MIDDLE, 0.0] if visible else np.zeros((0, 3))
            tick.fill_rgbas[:, 3] = visible
        self.dots.points = discs(np.pad(at[shown], ((0, 0), (0, 1))), _DOT_RADIUS) if shown else np.zeros((0, 3))
        self.dots.fill_rgbas[:, 3] = opacity


def _beyond(box: Box, x: float, y: float) -> float:
    """Return how far a point is out of a box."""
    return max(box.left - x, x - box.right, box.bottom - y, y - box.top)


def _written(T_mK: float) -> str:
    if np.isinf(T_mK):
        return INFINITY
    return f"{T_mK:+.0f}".replace("-", MINUS) if T_mK else "0"
