"""Spins on their way back to the crystal's temperature: a clock, their temperature and coldness, and their signal."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, discs, fill_shape, line, paint, strip
from explainer.stage.sprites import Sprites, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from scenes.axes import Point, Span
from scenes.protons import is_dark

REACH_K = 2000.0
"""Temperature at either end of the axis of temperatures."""

REACH = 1.35
"""Coldness at the ends of its axis, in units of that of the room."""

RING = 0.27
"""Radius of the ring round a mark on an axis."""

_STRIP_STEPS = 97
_DIAL_S = 600.0  # that the clock's hand takes to go round
_LINE_STEPS = 160
_LINE_WIDTH = 0.085  # of the resonance line beside the stretch that is shown


def hotness(share: float) -> float:
    """Return the place between coldest and hottest of a coldness, in units of that of the room."""
    return float(np.clip(0.5 - 0.5 * share / REACH, 0.0, 1.0))


class Axes:
    """Temperature on a straight line, which runs off at its ends, over coldness, which does not."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage, area = stage, stage.area
        wide, beside = stage.is_wide, area.width > area.height
        left, right = area.left, area.right
        top = area.top - (1.6 if beside else 1.75)
        self._above = Span(left, right, top)
        self._below = Span(left, right, top - (2.1 if beside else 2.6))
        ink, muted = hex_rgb(stage.theme.ink), hex_rgb(stage.theme.muted)
        edge = stage.frame
        ends = [[edge.left, top, 0], [edge.right, top, 0]]
        self.parts: list[mn.VMobject] = [stage.put(line(corners(ends), 8.0), muted, bleeds=True)]
        self._ticks(wide)
        rgb = stage.hotness_rgb(np.linspace(0, 1, _STRIP_STEPS))
        y = self._below.y
        self.parts.append(stage.put(strip(left, right, y - 0.24, y + 0.24, rgb)))
        zero = corners(self._below.at([0.5, 0.5], [-0.45, 0.45]))
        self.parts.append(stage.put(line(zero, 5.0), ink))
        down = y - 0.85
        number = stage.readout("no coldness", [0, down, 0], BODY, centred=True)
        number.write("0")
        self.parts += [
            number,
            stage.text("reversal.temperature", [left, area.top, 0], BODY, "muted", mn.UL, widest=4.0, largest=37.0),
            stage.text("reversal.coldness", [right, down, 0], BODY, "muted", mn.DR, widest=3.4),
        ]
        self._points = [Point(stage, 0.2, bleeds=True) for _ in range(2)]
        white = ink if is_dark(stage.theme) else hex_rgb(stage.theme.background)
        self._rings: mn.VMobject = stage.put(line(np.zeros((0, 3)), 4.0), white, bleeds=True)
        self._link: mn.VMobject = stage.put(line(np.zeros((0, 3)), 2.5), muted, bleeds=True)
        self.reading = stage.readout("T", [0, top + 0.55, 0], 60.0, centred=True)
        self.parts += [self._link, self._rings, self.reading]
        for point in self._points:
            self.parts += [point.light, point.disc]

    def _ticks(self, wide: bool) -> None:
        stage, y = self._stage, self._above.y
        for T_K in (-2000.0, -1000.0, 0.0, 1000.0, 2000.0) if wide else (-1000.0, 0.0, 1000.0):
            x = self._x(T_K)
            tall = 0.38 if T_K == 0 else 0.16
            name = "ink" if T_K == 0 else "muted"
            tick = line(corners([[x, y - tall, 0], [x, y + tall * (T_K != 0), 0]]), 5.0)
            self.parts.append(stage.put(tick, hex_rgb(getattr(stage.theme, name))))
            at = [np.clip(x, self._above.left + 0.75, self._above.right - 0.75), y - 0.68, 0]
            size = BODY if T_K == 0 else SMALL
            label = stage.readout(f"tick {T_K}", at, size, name, centred=True, largest=size)
            label.write("0" if T_K == 0 else stage.quantity("tick_K", T_K))
            self.parts.append(label)

    def _x(self, T_K: float) -> float:
        middle, half = (self._above.left + self._above.right) / 2, (self._above.right - self._above.left) / 2
        return float(middle + half * T_K / REACH_K)

    def lay(self, T_K: float, share: float, there: float) -> None:
        """Show a temperature, and the coldness that belongs to it in units of that of the room."""
        stage, frame = self._stage, self._stage.frame
        x = float(np.clip(self._x(T_K), frame.left - 2, frame.right + 2))
        at = np.array([x, self._above.y, 0.0])
        below = self._below.at((1 - share / REACH) / 2)
        for point, place in zip(self._points, (at, below), strict=True):
            point.lay(place, hotness(share), there)
        self._rings.points = discs([at, below], RING)
        self._link.points = np.zeros((0, 3)) if abs(x) > frame.right else corners([at, below])
        self.reading.write(stage.quantity("spins_K", T_K))
        side = stage.area.right - 2.0
        self.reading.move(np.array([np.clip(x, -side, side), self._above.y + 0.45, 0.0]))

    @property
    def bottom(self) -> float:
        """The lower edge of all that belongs to it."""
        return self._below.y - 0.9


class StopWatch:
    """A dial with a hand, and the seconds in it."""

    def __init__(self, stage: Stage[Any], middle: NDArray[np.float64], radius: float) -> None:
        self._stage, self._middle, self._radius = stage, middle, radius
        faint, ink = hex_rgb(stage.theme.faint), hex_rgb(stage.theme.ink)
        ring = line(discs([middle], radius), 5.0)
        turn = np.arange(12) * np.pi / 6
        rays = np.stack([np.sin(turn), np.cos(turn), 0 * turn], axis=1)
        ticks = [corners([middle + 0.9 * radius * ray, middle + 0.99 * radius * ray]) for ray in rays]
        ground = fill_shape(discs([middle], radius))
        self._ground = stage.put(ground, hex_rgb(stage.theme.background), bleeds=True)
        self._hand: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), ink, bleeds=True)
        self._seconds = stage.readout("clock", middle - [0, 0.16, 0], 36.0 * radius, centred=True)
        self.parts = (
            self._ground,
            stage.put(ring, faint, bleeds=True),
            stage.put(line(np.concatenate(ticks), 3.0), faint, bleeds=True),
            self._hand,
            self._seconds,
        )

    def lay(self, clock_s: float) -> None:
        """Show a time."""
        turn = 2 * np.pi * clock_s / _DIAL_S
        ray = np.array([np.sin(turn), np.cos(turn), 0.0])
        self._hand.points = arrow(self._middle + 0.76 * self._radius * ray, self._middle + self._radius * ray, 0.1, 0.3)
        self._seconds.write(self._stage.quantity("clock_s", clock_s))


class Signal:
    """The resonance line of the spins, as high as their polarisation: on its head while they are inverted."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage, self._box = stage, box
        share = np.linspace(0, 1, _LINE_STEPS)
        self._share, self._form = share, 1 / (1 + ((share - 0.5) / _LINE_WIDTH) ** 2)
        muted = hex_rgb(stage.theme.muted)
        middle = box.bottom + box.height / 2
        base = line(corners([[box.left, middle, 0], [box.right, middle, 0]]), 2.5)
        self._fill: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), muted, bleeds=True)
        self._curve: mn.VMobject = stage.put(line(np.zeros((0, 3)), 8.0), muted, bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._spark: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)
        name = stage.text(
            "reversal.signal",
            [stage.area.right, middle + 0.15, 0],
            BODY,
            "muted",
            mn.DR,
            widest=0.3 * box.width,
            largest=np.inf if stage.is_wide else BODY,
        )
        self.parts = (stage.put(base, muted, bleeds=True), self._fill, self._curve, self._light, self._spark, name)

    def lay(self, share: float, sweep: float, there: float) -> None:
        """Show the line for a polarisation in units of the equilibrium's, swept as far as a share of its width."""
        box, rgb = self._box, self._stage.hotness_rgb(hotness(share))
        middle, half = box.bottom + box.height / 2, box.height / 2
        x, y = box.left + box.width * self._share, middle + half * share * self._form
        points = np.stack([x, y, 0 * x], axis=1)
        self._curve.points = corners(points)
        self._fill.points = corners(
            np.concatenate([points, [[box.right, middle, 0], [box.left, middle, 0]], points[:1]])
        )
        for part, opacity in ((self._fill, 0.32), (self._curve, 1.0)):
            paint(part, rgb)
            part.fill_rgbas[:, 3] = opacity * there if part is self._fill else 0
        self._curve.stroke_rgbas[:, 3] = there
        at = [np.interp(sweep, self._share, x), np.interp(sweep, self._share, y)]
        self._light.lay(points[::10], 0.55, rgb, 0.22 * there)
        self._spark.lay([at], 0.5, rgb, there)
