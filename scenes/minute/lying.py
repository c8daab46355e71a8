"""The opening's thermometer at the end: its scale from plus zero over infinity to minus zero, lying down.

In a frame that is much higher than wide it stands.
"""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.motion import ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.sprites import Sprites, ball
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.coldness import beta_from_temperature
from physics.examples import HOOK_DELTA_E_J, HOOK_TICKS_K, PARTICLES
from physics.two_level import upper_fraction
from scenes.minute.cavity import is_tall

_WALL = 0.1
_NECK = 0.05  # of the scale's length, in front of it, in which a dot goes from the bulb into the tube
_LANES = np.array([-0.66, 0.22, -0.22, 0.66])  # of the tube's half width
_EMPTY, _FULL = 0.2, 0.62  # how much of the scale's colours is seen where the column is not, and where it is
_STEPS = 65
_SEED = 5

Points = NDArray[np.float64]


class Lying:
    """A thermometer; the column in its tube is the hundred, pushed along one by one."""

    def __init__(self, stage: Stage[Any], beam: float) -> None:
        wide, area = stage.is_wide, stage.area
        self._stage, self._stands = stage, is_tall(stage)
        if self._stands:
            first = max(area.bottom - 0.8, stage.frame.bottom + 0.5)
            self._axis, last = -0.9, area.top - 2.4
            self.tube, self.bulb, self.dot = 0.62, 1.45, 0.15
        else:
            self._axis, first, last = (
                beam - (1.2 if wide else 0.6),
                area.left + _WALL,
                area.right - (0.55 if wide else 0.75),
            )
            self.tube, self.bulb, self.dot = (0.62, 1.5, 0.16) if wide else (0.66, 1.5, 0.15)
        self._bulb = first + self.bulb
        self.start, self.end = self._bulb + self.bulb + 0.2, last
        turn = np.arange(PARTICLES) * np.pi * (3 - 5**0.5)
        rng = np.random.default_rng(_SEED)
        rest = 0.84 * np.sqrt((np.arange(PARTICLES) + 0.5) / PARTICLES)
        self._rest = np.stack([rest * np.cos(turn), rest * np.sin(turn)], axis=1)[rng.permutation(PARTICLES)]
        self._pace, self._phase = rng.uniform(3, 7, (PARTICLES, 2)), rng.uniform(0, 2 * np.pi, (PARTICLES, 2))
        far = self.end + 0.3
        glass = stage.put(fill_shape(self._outline(_WALL, far)), hex_rgb(stage.theme.faint))
        inside = self._filled(1.0)
        inside.points = self._outline(0.0, far)
        shade = self._shades(far + self.tube)
        inside.fill_rgbas = np.column_stack(
            [_EMPTY * shade + (1 - _EMPTY) * hex_rgb(stage.theme.background), np.ones(_STEPS)]
        )
        self._fluid = self._filled(_FULL)
        sheen: Sprites = stage.put(Sprites(ball))
        sheen.lay([self._at(self._bulb, 0.0)], 0.98 * self.bulb, stage.hotness_rgb(0.0), 0.5)
        self.solid = (glass, inside, self._fluid, sheen)
        self.scale = self._build_scale(wide)

    def at(self, hotness: float) -> Points:
        """Return where a place of the scale, coldest 0 to hottest 1, is, as (x, y, 0)."""
        return self._at(self.start + hotness * (self.end - self.start), 0.0)

    def row(self, share: NDArray[np.float64]) -> tuple[Points, Points]:
        """Return points in a row from the bulb to the end, shape (n, 2), at shares of the way, and their colours."""
        along = self._bulb + share * (self.end + 0.3 - self._bulb)
        hotness = np.clip((along - self.start) / (self.end - self.start), 0, 1)
        return self._at(along, 0.0)[:, :2], self._stage.hotness_rgb(hotness)

    def dots(self, column: float, clock: float) -> Points:
        """Return where the hundred are, shape (N, 2), as the column stands at a place of the scale at a time in s.

        The first that went into the tube is at the column's end, and the others follow at equal distances.
        """
        swing = np.sin(self._pace * clock + self._phase)
        bulb = np.array([self._bulb, 0.0]) + self.bulb * (self._rest + 0.06 * swing)
        place = _places(column)
        across = self.tube * (_LANES[np.arange(PARTICLES) % len(_LANES)] + 0.08 * swing[:, 1])
        tube = np.stack([self.start + place * (self.end - self.start), across], axis=1)
        local = bulb + self.entered(column)[:, None] * (tube - bulb)
        return self._at(local[:, 0], local[:, 1])[:, :2]

    def entered(self, column: float) -> NDArray[np.float64]:
        """Return how far each of the hundred has come from the bulb into the tube, 0..1."""
        return ease_array(1 + _places(column) / _NECK)

    def in_tube(self, column: float) -> int:
        """Return how many of the hundred are in the tube."""
        return round(PARTICLES * column)

    def lay(self, column: float) -> None:
        """Show the column up to a place of the scale."""
        end = self.start + column * (self.end - self.start)
        self._fluid.points = self._outline(0.0, end - self.tube)
        opacity = self._fluid.fill_rgbas[0, 3]
        self._fluid.fill_rgbas = np.column_stack([self._shades(end), np.full(_STEPS, opacity)])

    def _at(self, along: ArrayLike, across: ArrayLike) -> Points:
        """Return points, shape (..., 3), from places along the thermometer and across it, to the left of its way."""
        a, c = np.broadcast_arrays(np.asarray(along, dtype=float), np.asarray(across, dtype=float))
        x, y = (self._axis - c, a) if self._stands else (a, self._axis + c)
        return np.stack([x, y, np.zeros_like(x)], axis=-1)

    def _filled(self, opacity: float) -> mn.VMobject:
        shape: mn.VMobject = self._stage.put(fill_shape(np.zeros((0, 3))))
        shape.sheen_direction = mn.UP if self._stands else mn.RIGHT
        shape.fill_rgbas[:, 3] = opacity
        return shape

    def _shades(self, end: float) -> Points:
        """The colours of the scale from the bulb to a place along the thermometer."""
        along = np.linspace(self._bulb - self.bulb, end, _STEPS)
        return self._stage.hotness_rgb(np.clip((along - self.start) / (self.end - self.start), 0, 1))

    def _build_scale(self, wide: bool) -> list[mn.VMobject]:
        stage, parts = self._stage, []
        muted, ink = hex_rgb(stage.theme.muted), hex_rgb(stage.theme.ink)
        for T_K in HOOK_TICKS_K:
            hotness = float(upper_fraction(beta_from_temperature(T_K), HOOK_DELTA_E_J))
            middle, above = bool(np.isinf(T_K)), T_K == 0 and not self._stands
            along, side = float(self.at(hotness)[1 if self._stands else 0]), 1 if above else -1
            edge = side * (self.tube + _WALL + 0.06)
            tick = corners(self._at([along, along], [edge, edge + side * (0.32 if middle else 0.2)]))
            parts.append(stage.put(line(tick, 5.0), ink if middle else muted))
            size = (
                (50.0 if wide else 1.25 * HEADING)
                if middle
                else (SMALL + 4 if wide else BODY if self._stands else SMALL)
            )
            figure = 0.72 * size / 72
            away = 0.42 if self._stands else (0.3 if above else 0.36 + figure)
            base = self._at(along, edge + side * away) - [0, figure / 2 if self._stands else 0, 0]
            name, colour = f"tick {T_K}", "ink" if middle else "muted"
            label = stage.readout(name, base, size, colour, centred=not self._stands)
            label.write(stage.quantity("tick" if T_K else "zero_tick", T_K))
            parts.append(label)
        return parts

    def _outline(self, wall: float, end: float) -> Points:
        """The outline of a bulb with a tube, round at its end, whose last point is at `end` + tube along it."""
        bulb, tube = self.bulb + wall, self.tube + wall
        opening = np.arcsin(tube / bulb)
        round_bulb = np.linspace(opening, 2 * np.pi - opening, 49)
        cap = np.linspace(-np.pi / 2, np.pi / 2, 17)
        along = np.concatenate([self._bulb + bulb * np.cos(round_bulb), end + tube * np.cos(cap)])
        across = np.concatenate([bulb * np.sin(round_bulb), tube * np.sin(cap)])
        outline = self._at(along, across)
        return corners(np.concatenate([outline, outline[:1]]))


def _places(column: float) -> NDArray[np.float64]:
    """Where each of the hundred is on the scale; who is below it has not come in."""
    return column - (np.arange(PARTICLES) + 0.5) / PARTICLES
