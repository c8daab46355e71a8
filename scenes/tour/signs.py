"""Which signs of interaction, trap and temperature are stable together: all eight, as pictures."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, paint
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING
from physics.bose import is_stable
from scenes.protons import is_dark
from scenes.tour.lightwave import bond

SIGNS: tuple[tuple[int, int, int], ...] = tuple(product((1, -1), (1, -1), (1, -1)))
"""Sign of interaction, trap and temperature of each picture."""

STABLE: tuple[bool, ...] = tuple(bool(is_stable(*map(float, signs))) for signs in SIGNS)

OWN = SIGNS.index((-1, -1, -1))
"""The picture that the camera begins at: pull, hill, and below zero."""

_BALLS = 7
_SPACING, _RADIUS = 0.33, 0.09  # of balls along the ground, in half widths of a picture
_CURVATURE, _RIPPLE = 1.1, 0.07
_GROUND = np.linspace(-1.0, 1.0, 181)
_ALONG = np.cumsum(np.hypot(2 * _CURVATURE * _GROUND, 1.0)) * (_GROUND[1] - _GROUND[0])
_ALONG -= _ALONG[len(_ALONG) // 2]
_HEAP = 0.15
_FLOOR = -0.64
_OVER = 0.5  # of its light keeps what has fallen

Points = NDArray[np.float64]


class SignPictures:
    """Seven atoms on a bowl or a hill, eight times, in the colour of their temperature's sign."""

    def __init__(self, stage: Stage[Any], rgb: dict[int, Points]) -> None:
        """Build them, with the colour of either sign of temperature."""
        self._stage, self._rgb = stage, rgb
        area, wide, dark = stage.area, stage.is_wide, is_dark(stage.theme)
        columns, rows = (4, 2) if wide else (2, 4)
        over = 0.7  # for the sign of the temperature
        across = (stage.frame.width - 0.3 if wide else area.width) / columns
        up = (area.height - (2 * over if wide else over)) / rows
        self._unit = min(0.47 * across, 0.7 * up)
        centres = []
        for push, bowl, above in SIGNS:
            kind, below = (1 - push) + (1 - bowl) // 2, (1 - above) // 2
            column, row = (kind, below) if wide else (below, kind)
            headings = over * (row + 1 if wide else 1)
            centres.append([(column + 0.5 - columns / 2) * across, area.top - headings - (row + 0.5) * up, 0.0])
        self._centres = np.array(centres)
        self._zoom = max(0.46 * stage.frame.width, min(0.6 * stage.frame.height, 4.6)) / self._unit
        self._halos: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._mass: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.faint), bleeds=True)
        self._lines: mn.VMobject = stage.put(line(np.zeros((0, 3)), 5.0), hex_rgb(stage.theme.muted), bleeds=True)
        self._forces: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink), bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._balls: Sprites = stage.put(Sprites(ball), bleeds=True)
        self._halo = 0.42 if dark else 0.25
        rng = np.random.default_rng(12)
        self._pace, self._phase = rng.uniform(4, 8, (8, _BALLS)), rng.uniform(0, 2 * np.pi, (8, _BALLS))
        self.names: list[mn.VMobject] = []
        for above, notation in ((1, "T > 0"), (-1, "T < 0")):
            x, y = self._centres[[signs[2] == above for signs in SIGNS]].mean(axis=0)[:2]
            at = [0, y + up / 2 + 0.3, 0] if wide else [x - 0.3 * self._unit, area.top - 0.35, 0]
            name = stage.formula(notation, at, HEADING)
            paint(name, rgb[above])
            self.names.append(name)
        self.stable = [
            stage.text("lattice.holds", centre + [0, 0.26 * self._unit * signs[1], 0], BODY, widest=1.1 * self._unit)
            for centre, signs, stable in zip(self._centres, SIGNS, STABLE, strict=True)
            if stable
        ]

    def lay(
        self, clock_s: float, risen: float, opened: float, fallen: float, lit: float, seen: float, goal: Points
    ) -> None:
        """Show them.

        Args:
            clock_s: time in s, by which atoms tremble.
            risen: 0..1 of the way from below the frame.
            opened: 0 where one fills the frame, 1 where all stand side by side.
            fallen: 0..1 of the way of those that are not stable.
            lit: 0..1 of the light round those that are.
            seen: 0..1; they shrink to nothing.
            goal: where they shrink to, (x, y, 0).
        """
        zoom = self._zoom ** (1 - opened)
        own = self._centres[OWN]
        start = np.array([0.0, (0.98 * (risen - 1) - 0.09) * self._stage.frame.height, 0.0])
        middles = zoom * (1 + 1.5 * (1 - opened)) * (self._centres - own) + start + opened * (own - start)
        middles, unit = goal + seen * (middles - goal), zoom * self._unit * seen
        grounds, masses, arrows = [np.zeros((0, 3))], [np.zeros((0, 3))], [np.zeros((0, 3))]
        places, colours, strengths = [], [], []
        for index, ((push, bowl, above), middle) in enumerate(zip(SIGNS, middles, strict=True)):
            hidden = index != OWN and opened <= 0
            if hidden or seen * risen <= 0 or np.abs(middle[0]) > self._stage.frame.width / 2 + unit:
                continue
            profile = np.stack([_GROUND, _height(_GROUND, bowl), np.zeros_like(_GROUND)], axis=1)
            ground = middle + unit * profile
            grounds.append(corners(ground))
            under = np.array([[1.0, _FLOOR, 0.0], [-1.0, _FLOOR, 0.0]])
            masses.append(corners(np.concatenate([ground, middle + unit * under, ground[:1]])))
            way = 0.0 if STABLE[index] else fallen
            local, strength = _balls(push, bowl, above, way)
            local = local + 0.022 * np.sin(self._pace[index] * clock_s + self._phase[index])[:, None] * [1, 0.4, 0]
            centres = middle + unit * local
            places.append(centres)
            colours.append(np.broadcast_to(self._rgb[above], (_BALLS, 3)))
            strengths.append(strength)
            force = push * (1 - ease(2.5 * way))
            if abs(force) > 0.05:
                pairs = pairwise(centres)
                arrows += [bond(left, right, 0.82 * unit * _RADIUS, force) for left, right in pairs]
        self._lines.points, self._mass.points = np.concatenate(grounds), np.concatenate(masses)
        self._mass.fill_rgbas[:, 3] = 0.3 * min(1.0, 2 * seen)
        self._forces.points = np.concatenate(arrows)
        at = np.concatenate(places) if places else np.zeros((0, 3))
        rgb, strength = (np.concatenate(parts) if parts else np.zeros(0) for parts in (colours, strengths))
        if len(at):
            self._light.lay(at, 2.5 * unit * _RADIUS, rgb, self._halo * strength)
            self._balls.lay(at, unit * _RADIUS, rgb, strength)
        else:
            for sprites in (self._light, self._balls):
                sprites.lay(np.zeros((0, 3)), 0.1, np.zeros(3))
        stable = np.flatnonzero(STABLE)
        glows = np.array([self._rgb[SIGNS[index][2]] for index in stable])
        self._halos.lay(middles[stable], 1.75 * unit, glows, 0.5 * lit)


def _heap() -> Points:
    """Return where balls of a heap lie about its middle, shape (7, 3)."""
    turn = np.arange(_BALLS) * np.pi * (3 - 5**0.5)
    out = _HEAP * np.sqrt(np.arange(_BALLS) / _BALLS)
    return np.stack([out * np.cos(turn), out * np.sin(turn), np.zeros(_BALLS)], axis=1)


def _height(x: Points, bowl: int) -> Points:
    slope = bowl * (_CURVATURE * x * x - 0.47)
    return np.asarray(slope + _RIPPLE * np.sin(np.pi * np.interp(x, _GROUND, _ALONG) / _SPACING) ** 2)


def _balls(push: int, bowl: int, above: int, way: float) -> tuple[Points, Points]:
    """Return where seven balls are, and how bright, on their way, 0..1, to where the signs drive them.

    Above zero each seeks low energy, below zero high: neighbours whose sign is not that of the temperature heap up, and
    a trap whose sign is not drives them outward.
    """
    x = np.interp((np.arange(_BALLS) - _BALLS // 2) * _SPACING, _ALONG, _GROUND)
    heaps, leaves = push != above, bowl != above
    heap = _heap()
    gathers, goes = ease(1.6 * way) * heaps, ease(1.6 * way - 0.6 * heaps) * leaves
    side = 1.0 if heaps else np.where(x >= 0, 1.0, -1.0)
    foot = x * (1 - gathers) + 0.95 * goes * side
    inside = np.clip(foot, -1.0, 1.0)
    y = _height(inside, bowl) + 0.9 * _RADIUS + gathers * _HEAP
    places = np.stack([foot, y, np.zeros_like(x)], axis=1) + gathers * heap
    beyond = np.clip((np.abs(foot) - 0.98) / 0.5, 0, 1)
    return places, (1 - (1 - _OVER) * ease(way)) * (1 - beyond)
