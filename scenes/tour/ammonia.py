"""The ammonia maser: a beam of molecules, a sorter that parts them by their level, and a cavity that glows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cairo
import numpy as np

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, rectangle
from explainer.stage.sprites import Rgb, Sprites, ball, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.coldness import beta_from_temperature
from physics.examples_tour import ROOM_K
from physics.lines import AMMONIA
from physics.two_level import upper_fraction
from scenes.protons import is_dark

PER_S = 12.0
"""Molecules that come a second."""

CROSSING_S = 2.6
"""Time in which one crosses the picture."""

SPREAD = (0.05, 0.3)
"""Least and most slope of a molecule's way, either way, as it leaves the source; what goes straight on is held back."""

SORTER = (0.17, 0.50)
"""Where the sorter begins and ends, as shares of the way across."""

TURN = 1.0
"""By how much of a quarter turn of its swing the sorter bends the way of upper molecules back."""

CAVITY = (0.64, 0.94)
"""Where the cavity begins and ends."""

_SEED = 1954


def bent(way: float, slope: float, is_up: bool) -> float:
    """Return how far from the axis a molecule is, in widths of the picture.

    In the sorter a force proportional to the distance drives upper molecules to the axis, and lower ones off it.

    Args:
        way: share of the way across.
        slope: of its way as it leaves the source, on the axis.
        is_up: whether it is on the upper level.
    """
    begin, end = SORTER
    if way <= begin:
        return slope * way
    k = TURN * np.pi / 2 / (end - begin)
    inside = min(way, end) - begin
    turn, off = k * inside, slope * begin
    if is_up:
        y, tilt = off * np.cos(turn) + slope / k * np.sin(turn), -off * k * np.sin(turn) + slope * np.cos(turn)
    else:
        y, tilt = off * np.cosh(turn) + slope / k * np.sinh(turn), off * k * np.sinh(turn) + slope * np.cosh(turn)
    return float(y + tilt * max(way - end, 0.0))


@dataclass(frozen=True)
class Molecule:
    """A molecule in the beam: share of its way across, slope at the source, level, and distance from the axis."""

    way: float
    slope: float
    is_up: bool
    off: float


class Shower:
    """Molecules at random times; about half of them are on the upper level, as at room temperature."""

    def __init__(self, start_s: float, stop_s: float) -> None:
        rng = np.random.default_rng(_SEED)
        number = int(PER_S * (stop_s - start_s + CROSSING_S))
        share = float(upper_fraction(beta_from_temperature(ROOM_K), AMMONIA.photon_J))
        self._born = start_s - CROSSING_S + (np.arange(number) + 0.7 * rng.random(number)) / PER_S
        self._slope = rng.uniform(*SPREAD, number) * rng.choice([-1, 1], number)
        self._is_up = rng.permutation(np.arange(number) < share * number)

    def at(self, clock: float) -> tuple[Molecule, ...]:
        """Return the molecules that are under way at a time in s."""
        found = []
        for way, slope, up in zip((clock - self._born) / CROSSING_S, self._slope, self._is_up, strict=True):
            if 0 < way < 1:
                found.append(Molecule(float(way), float(slope), bool(up), bent(float(way), float(slope), bool(up))))
        return tuple(found)


def ammonia(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """Draw a ball with three small ones round it, turned by an angle."""
    for third in range(3):
        turn = angle + third * 2 * np.pi / 3
        context.save()
        context.translate(0.62 * np.cos(turn), 0.62 * np.sin(turn))
        context.scale(0.34, 0.34)
        ball(context, (0.85, 0.88, 0.92), 0.0)
        context.restore()
    context.save()
    context.scale(0.56, 0.56)
    ball(context, rgb, 0.0)
    context.restore()


class Ammonia:
    """The beam from the left, the sorter's rods above and below it, and the cavity on the right.

    Args:
        stage: that it is put on.
        start: frame at which it comes.
        quiet: frame at which its words leave.
        until: frame at which it leaves.
    """

    def __init__(self, stage: Stage[Any], start: float, quiet: float, until: float) -> None:
        self._stage, frame, wide = stage, stage.frame, stage.is_wide
        self._left, self._width = frame.left - 0.3, frame.width + 0.6
        self._axis = stage.area.at(0, 0.5)[1] - (0.2 if wide else 0.0)
        self._tall = frame.width + 0.6 if wide else min(2.2 * frame.width, 1.8 * frame.height)
        self._size = 0.44 if wide else 0.42
        dark = is_dark(stage.theme)
        self._glow: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._wave = stage.put(line(np.zeros((0, 3)), 5.0), stage.hotness_rgb(0.97), bleeds=True)
        self._box_parts(start, until)
        self._shine: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._bodies: Sprites = stage.put(Sprites(ammonia), bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=dark), bleeds=True)
        stage.appear(self._wave, at=start, until=until)
        self._names(quiet)

    def at(self, way: float, off: float) -> tuple[float, float]:
        """Return where a share of the way across and a distance from the axis are."""
        return self._left + way * self._width, self._axis + off * self._tall

    def lay(self, molecules: tuple[Molecule, ...], clock: float, filled: float, there: float) -> None:
        """Show molecules, and the cavity as far as it is filled with microwaves."""
        stage = self._stage
        at = np.array([self.at(m.way, m.off) for m in molecules]).reshape(-1, 2)
        given = np.array([_given(m) for m in molecules])
        up = np.array([m.is_up for m in molecules]) * (1 - given)
        seen = np.array([self._passes(m) for m in molecules])
        rgb = stage.hotness_rgb(0.06 + 0.9 * up)
        turn = np.array([2.2 * clock + 9 * m.slope for m in molecules])
        self._shine.lay(at, 2.0 * self._size, rgb, (0.1 + 0.5 * up) * there * seen)
        self._bodies.lay(at, self._size, rgb, there * seen, turn)
        flash = np.array([4 * g * (1 - g) for g in given]) * [m.is_up for m in molecules]
        self._sparks.lay(at, 1.8 * self._size, stage.hotness_rgb(0.97), flash * there)
        self._lay_field(clock, filled, there)

    def _passes(self, molecule: Molecule) -> float:
        """How far a molecule is seen, 0..1: the cavity's wall stops those of the lower level that meet it."""
        (_, low), (_, high) = self._cavity
        _, y = self.at(0.0, bent(CAVITY[0], molecule.slope, molecule.is_up))
        if molecule.is_up or not low - self._size < y < high + self._size:
            return 1.0
        return float(np.clip((CAVITY[0] - 0.02 - molecule.way) / 0.015, 0.0, 1.0))

    def _lay_field(self, clock: float, filled: float, there: float) -> None:
        (left, low), (right, high) = self._cavity
        x = np.linspace(left, right, 9)
        spots = np.stack([x, np.full(9, (low + high) / 2)], axis=1)
        beat = 0.5 + 0.5 * np.cos(2 * np.pi * 1.1 * clock)
        self._glow.lay(spots, 0.62 * (high - low), self._stage.hotness_rgb(0.93), (0.11 + 0.03 * beat) * filled * there)
        x = np.linspace(left, right, 121)
        phase = np.sin(3 * np.pi * (x - left) / (right - left)) * np.cos(2 * np.pi * 1.1 * clock)
        y = (low + high) / 2 + 0.22 * (high - low) * np.sqrt(filled) * phase
        self._wave.points = corners(np.stack([x, y, np.zeros_like(x)], axis=1))
        self._wave.stroke_rgbas[:, 3] = 0.75 * filled * there

    def _box_parts(self, start: float, until: float) -> None:
        """The sorter's rods and the cavity, with a hole in the middle of either end."""
        stage, theme = self._stage, self._stage.theme
        ink, faint = hex_rgb(theme.ink), hex_rgb(theme.faint)
        far, thick = (1.6, 0.6) if stage.is_wide else (2.1, 0.7)
        left, right = self.at(SORTER[0], 0)[0], self.at(SORTER[1], 0)[0]
        for side in (-1, 1):
            y = self._axis + side * far
            rod = stage.put(fill_shape(rectangle(left, right, y - thick / 2, y + thick / 2)), faint, bleeds=True)
            rod.fill_rgbas = np.column_stack([[0.6 * faint, 0.45 * ink + 0.55 * faint, 0.5 * faint], np.ones(3)])
            rod.sheen_direction = np.array([0.0, 1.0, 0.0])
            stage.appear(rod, at=start, until=until)
        tall = 2.45 if stage.is_wide else min(4.2, 0.34 * stage.frame.height)
        left, right = self.at(CAVITY[0], 0)[0], self.at(CAVITY[1], 0)[0]
        low, high, hole = self._axis - tall, self._axis + tall, 0.6 if stage.is_wide else 0.75
        self._cavity = (left, low), (right, high)
        for side, edge in ((1, high), (-1, low)):
            near = self._axis + side * hole
            wall = [[left, near, 0], [left, edge, 0], [right, edge, 0], [right, near, 0]]
            half = stage.put(line(corners(wall), 10.0), 0.6 * ink + 0.4 * faint, bleeds=True)
            stage.appear(half, at=start, until=until)

    def _names(self, quiet: float) -> None:
        stage, area, wide = self._stage, self._stage.area, self._stage.is_wide
        (left, low), (right, high) = self._cavity
        x = self.at(0.3, 0)[0]
        below = self._axis - (2.35 if wide else 2.85)
        lower = stage.text("fourlevel.lower", [x, below, 0], BODY, "ink", widest=0.4 * area.width)
        middle = (max(left, area.left) + min(right, area.right)) / 2
        upper = stage.text("fourlevel.upper", [middle, high - 0.45, 0], BODY, "ink", widest=0.85 * (right - left))
        self._frequency = stage.readout(
            "maser frequency",
            [middle, low + 0.25, 0],
            40.0 if wide else 34.0,
            centred=True,
            largest=47.0 if wide else 34.0,
        )
        self._frequency.write(stage.quantity("maser_frequency", AMMONIA.nu_Hz))
        stage.appear(lower, upper, at=stage.at("fourlevel.maser:sorts", -0.1), until=quiet)
        stage.appear(self._frequency, at=stage.at("fourlevel.maser:sorts", 0.9), until=quiet)


def _given(molecule: Molecule) -> float:
    """How far a molecule has given its quantum, somewhere in the cavity, 0..1."""
    first, last = CAVITY
    place = first + (last - first) * (0.3 + 0.4 * (0.5 + 0.5 * molecule.slope / SPREAD[1]))
    return float(np.clip((molecule.way - place) / 0.05 + 0.5, 0.0, 1.0)) if molecule.is_up else 0.0
