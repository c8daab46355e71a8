"""The laser's cavity: where its atoms, mirrors and light are, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.sprites import Sprites, glow, spark
from explainer.stage.stage import Stage
from explainer.stage.view import View
from scenes.minute import seams
from scenes.protons import is_dark

Places = NDArray[np.float64]

PHOTONS = 22
"""Sparks that stand for all the light between the mirrors when there is most of it."""

_RAISE = 0.17  # of a row's pitch, an atom is above its seat or below
_BAND_COLUMNS, _BAND_ROWS = 20, 5  # of the atoms that have gathered on a line
_FACE_STEPS = 25
_WAVES = 13  # between the mirrors
_WAVE_STEPS = 321
_SWINGS_PER_S = 1.1
_LEAVES = 0.45  # of the light's amplitude, what the thinner mirror lets out
_GLOW_DARK, _GLOW_LIGHT = 0.36, 0.16
_APART = 0.5  # of the radius of a glow, from one to the next in a row of them


@dataclass(frozen=True)
class Plan:
    """Where things are in a frame of a shape, in scene units; places of atoms have shape (N, 2)."""

    seats: Places
    """In the middle between the two levels of each atom."""
    step: float
    """Each atom's two levels are so far above and below its seat."""
    radius: float
    left: float
    """Face of the left mirror, and of the right one."""
    right: float
    beam: float
    """Height at which the light goes."""
    band_high: Places
    """Where the atoms are when they have gathered on two lines: on the upper one, and on the lower."""
    band_low: Places
    band_radius: float
    lines: tuple[float, float]
    """Heights of the upper and the lower line."""
    line_ends: tuple[float, float]


def is_tall(stage: Stage[Any]) -> bool:
    """Return whether the picture is much higher than wide."""
    return stage.area.height > 1.3 * stage.area.width


def plan(stage: Stage[Any]) -> Plan:
    """Return where the cavity is in a stage's frame."""
    wide, tall, area = stage.is_wide, is_tall(stage), stage.area
    half = stage.safe.right / 0.9
    first, radius = seams.atom_seats(stage)
    middle = first.mean(axis=0)
    stretch = (1.04, 1.42) if wide else ((0.87, 1.3) if tall else (0.87, 0.7))
    beam = float(middle[1]) - (0.25 if wide else (1.2 if tall else 0.9))
    seats = (first - middle) * stretch + [0.1 if wide else 0.3, beam]
    pitch = float(np.ptp(seats[:, 1])) / (len(np.unique(np.round(first[:, 1], 6))) - 1)
    gap, high = (0.85, 1.45) if wide else ((1.3, 2.9) if tall else (0.95, 1.4))
    ends = (area.left + 0.65, 0.55) if wide else (area.left + 0.35, area.right - 0.75)
    index = np.arange(len(first))
    x = np.linspace(ends[0] + 0.2, ends[1] - 0.2, _BAND_COLUMNS)[index * _BAND_COLUMNS // len(first)]
    row = index % _BAND_ROWS
    lines = (beam + gap, beam - gap - high - 0.2)
    bands = [np.stack([x, y + 0.22 + (_BAND_ROWS - 1 - row) * high / _BAND_ROWS], axis=1) for y in lines]
    return Plan(
        seats=seats,
        step=_RAISE * pitch,
        radius=min(0.86 * radius, 0.36 * pitch),
        left=-half + (1.0 if wide else 0.35),
        right=half - (1.25 if wide else 0.45),
        beam=beam,
        band_high=bands[0],
        band_low=bands[1],
        band_radius=0.47 * min((ends[1] - ends[0] - 0.4) / (_BAND_COLUMNS - 1), high / _BAND_ROWS),
        lines=lines,
        line_ends=ends,
    )


def seated(plan: Plan, up: ArrayLike) -> Places:
    """Return where atoms are in the cavity, for how far up each is."""
    offset = plan.step * (2 * np.asarray(up, dtype=float) - 1)
    return np.stack([plan.seats[:, 0], plan.seats[:, 1] + offset], axis=1)


def gathered(plan: Plan, up: NDArray[np.float64]) -> Places:
    """Return where atoms are that have gathered on two lines, for how far up each is."""
    places: Places = plan.band_low + up[:, None] * (plan.band_high - plan.band_low)
    return places


def folded(passes: ArrayLike) -> NDArray[np.float64]:
    """Return how far along the cavity light is, 0..1, that has made so many passes to and fro."""
    places: NDArray[np.float64] = 1 - np.abs(np.mod(np.asarray(passes, dtype=float), 2.0) - 1)
    return places


class Rungs:
    """The two levels of each atom as two short lines, all of them as one mobject."""

    def __init__(self, stage: Stage[Any], plan: Plan) -> None:
        self._plan = plan
        self.lines: mn.VMobject = stage.put(line(np.zeros((0, 3)), 2.0), hex_rgb(stage.theme.muted), bleeds=True)

    def lay(self, view: View, opacity: float) -> None:
        """Show them as a camera sees them."""
        plan = self._plan
        if opacity <= 0:
            self.lines.points = np.zeros((0, 3))
            return
        half = 1.05 * plan.radius
        ends = []
        for sign in (-1, 1):
            middle = plan.seats + [0, sign * plan.step - plan.radius * 0.95]
            ends += [np.stack([middle - [half, 0], middle + [half, 0]], axis=1)]
        pairs = view(np.concatenate(ends))
        pairs = np.concatenate([pairs, np.zeros((*pairs.shape[:2], 1))], axis=2)
        thirds = np.linspace(0, 1, 4)[None, :, None]
        self.lines.points = (pairs[:, :1] + thirds * (pairs[:, 1:] - pairs[:, :1])).reshape(-1, 3)
        self.lines.stroke_rgbas[:, 3] = 0.55 * opacity


class Mirrors:
    """Two mirrors, concave towards each other; the right one is thinner."""

    def __init__(self, stage: Stage[Any], plan: Plan) -> None:
        half, wide = stage.safe.top / 0.9, stage.is_wide
        thick, thin = (0.6, 0.2) if wide else (0.5, 0.16)
        faint, ink, ground = (hex_rgb(getattr(stage.theme, name)) for name in ("faint", "ink", "background"))
        self._away = 2.2 if wide else 1.4
        bright = 0.55 * ink + 0.45 * faint
        shades = [0.6 * ground + 0.4 * faint, faint, bright]
        self._shapes = []
        for face, outwards, width in ((plan.left, -1, thick), (plan.right, 1, thin)):
            glass = stage.put(fill_shape(np.zeros((0, 3))), bleeds=True)
            rows = np.array(shades if outwards < 0 else shades[::-1])
            glass.fill_rgbas = np.column_stack([rows, np.full(3, 0.95)])
            glass.sheen_direction = mn.RIGHT
            y = np.linspace(-1.02 * half, 1.02 * half, _FACE_STEPS)
            x = face - outwards * 0.22 * (y / half) ** 2
            back = np.full(2, face + outwards * width)
            outline = np.stack([np.concatenate([x, back, x[:1]]), np.concatenate([y, [y[-1], y[0]], y[:1]])], axis=1)
            self._shapes.append((glass, np.column_stack([outline, np.zeros(len(outline))]), outwards))

    def lay(self, view: View, come: float) -> None:
        """Show them, come in from both sides by a share 0..1."""
        for glass, outline, outwards in self._shapes:
            out = [outwards * self._away * (1 - come), 0, 0]
            glass.points = corners(view(outline + out)) if come > 0 else np.zeros((0, 3))


class Beam:
    """Light between the mirrors and out of the right one: a glow and a standing wave, as strong as it has photons."""

    def __init__(self, stage: Stage[Any], plan: Plan) -> None:
        self._plan, self._half = plan, stage.safe.right / 0.9
        self._dark = is_dark(stage.theme)
        self.glows: Sprites = stage.put(Sprites(glow, additive=self._dark), bleeds=True)
        self.wave: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), bleeds=True)

    def row(self, radius: float) -> NDArray[np.float64]:
        """Return the places, 0..1 from the left mirror to beyond the frame, of glows that make a beam so wide."""
        return np.linspace(0, 1, 2 + round((self._half + 0.5 - self._plan.left) / (_APART * radius)))

    def at(self, row: NDArray[np.float64]) -> Places:
        """Return the points at places of the row, shape (n, 2)."""
        x = self._plan.left + row * (self._half + 0.5 - self._plan.left)
        return np.stack([x, np.full(len(x), self._plan.beam)], axis=1)

    def lay_glow(self, row: NDArray[np.float64], places: ArrayLike, rgb: ArrayLike, light: float, out: float) -> None:
        """Show a row of glows.

        Args:
            row: their places in the row, shape (n,).
            places: where they are, shape (n, 2).
            rgb: one colour, or one for each.
            light: photons, as a share of the most there are, 0..1.
            out: share of the light that those have which are beyond the thinner mirror.
        """
        ends = self.at(row)[:, 0]
        strength = (_GLOW_DARK if self._dark else _GLOW_LIGHT) * light * np.where(ends <= self._plan.right, 1.0, out)
        self.glows.lay(places, (ends[1] - ends[0]) / _APART, rgb, strength)

    def lay_wave(self, light: float, clock: float, rgb: NDArray[np.float64], radius: float, opacity: float) -> None:
        """Show the wave: it stands between the mirrors, and runs where it has left; its height is its amplitude.

        Args:
            light: photons, 0..1.
            clock: time in s, which tells the wave's phase.
            rgb: colour, shape (3,).
            radius: half of the beam's width in scene units.
            opacity: 0..1.
        """
        if light * opacity <= 0.002:
            self.wave.points = np.zeros((0, 3))
            return
        plan, swing = self._plan, 2 * np.pi * _SWINGS_PER_S * clock
        x = np.linspace(plan.left, self._half + 0.1, _WAVE_STEPS)
        phase = np.pi * _WAVES * (x - plan.left) / (plan.right - plan.left)
        standing, running = np.sin(phase) * np.cos(swing), _LEAVES * np.sin(phase - swing)
        y = plan.beam + 0.75 * radius * np.sqrt(light) * np.where(x <= plan.right, standing, running)
        self.wave.points = corners(np.stack([x, y, np.zeros_like(x)], axis=1))
        self.wave.stroke_rgbas[:, :3] = rgb
        self.wave.stroke_rgbas[:, 3] = min(1.0, 3 * light) * (0.8 if self._dark else 0.6) * opacity


class Packets:
    """Single photons, each a short wave train behind a spark."""

    def __init__(self, stage: Stage[Any], most: int) -> None:
        self.trains = [stage.put(line(np.zeros((0, 3)), 4.0), bleeds=True) for _ in range(most)]
        self.sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def lay(
        self, heads: Sequence[tuple[float, float]], strengths: Sequence[float], size: float, rgb: NDArray[np.float64]
    ) -> None:
        """Show photons that go to the right.

        Args:
            heads: where they are, at most as many as there may be.
            strengths: opacity of each, 0..1.
            size: length of the train in scene units.
            rgb: colour, shape (3,).
        """
        along = np.linspace(0, 1, 61)
        for index, train in enumerate(self.trains):
            if index >= len(heads) or strengths[index] <= 0:
                train.points = np.zeros((0, 3))
                continue
            x, y = heads[index]
            swing = 0.16 * size * np.sin(8 * np.pi * along) * np.sin(np.pi * along) ** 2
            points = np.stack([x - size * along, y + swing, np.zeros_like(along)], axis=1)
            train.points = corners(points)
            train.stroke_rgbas[:, :3], train.stroke_rgbas[:, 3] = rgb, strengths[index]
        shown = np.array(strengths)
        self.sparks.lay(np.array(heads).reshape(-1, 2), 0.32 * size * (0.5 + 0.5 * shown), rgb, shown)
