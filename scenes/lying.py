"""The thermometer of the opening, lying down: its bulb at the left, its scale from plus zero over infinity to minus zero."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, SMALL
from physics.coldness import beta_from_temperature
from physics.examples import HOOK_DELTA_E_J, HOOK_TICKS_K, PARTICLES
from physics.two_level import upper_fraction
from scenes import seams

_WALL = 0.1
_NECK = 0.05  # of the scale's length, in front of it, in which a dot goes from the bulb into the tube
_STEPS = 65
_SEED = 5


class Lying:
    """A thermometer on its side; the column in its tube is the hundred, pushed along one by one."""

    def __init__(self, stage: Stage[Any], beam: float) -> None:
        wide, area = seams.is_wide(stage), stage.area
        tall = area.height > 1.3 * area.width
        self.y = beam - (0.75 if wide else 0.3)
        self.tube, self.bulb = (0.5, 1.3) if wide else ((0.42, 1.05) if tall else (0.45, 1.15))
        self._bulb_x = area.left + self.bulb + _WALL
        self.start = self._bulb_x + self.bulb + 0.2
        self.end = area.right - 0.55
        self.dot = 0.17 if wide else 0.14
        turn = np.arange(PARTICLES) * np.pi * (3 - 5**0.5)
        rng = np.random.default_rng(_SEED)
        rest = 0.86 * np.sqrt((np.arange(PARTICLES) + 0.5) / PARTICLES)
        self._rest = np.stack([rest * np.cos(turn), rest * np.sin(turn)], axis=1)[rng.permutation(PARTICLES)]
        self._pace, self._phase = rng.uniform(3, 7, (PARTICLES, 2)), rng.uniform(0, 2 * np.pi, (PARTICLES, 2))
        outer, inner = self._outline(_WALL, self.end + 0.3), self._outline(0.0, self.end + 0.3)
        self.glass: mn.VMobject = stage.put(fill_shape(outer), hex_rgb(stage.theme.faint))
        self.inside: mn.VMobject = stage.put(fill_shape(inner), hex_rgb(stage.theme.background))
        self.fluid: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))))
        self.fluid.sheen_direction = mn.RIGHT
        self._stage = stage
        self.scale = self._build_scale(stage, wide)

    def at(self, hotness: float) -> NDArray[np.float64]:
        """Return where a place of the scale, coldest 0 to hottest 1, is, as (x, y, 0)."""
        return np.array([self.start + hotness * (self.end - self.start), self.y, 0.0])

    def dots(self, column: float, clock: float) -> NDArray[np.float64]:
        """Return where the hundred are, shape (N, 2), as the column stands at a place of the scale at a time in s.

        The first that went into the tube is at the column's end, and the others follow at equal distances.
        """
        index = np.arange(PARTICLES)
        swing = 0.07 * np.sin(self._pace * clock + self._phase)
        bulb = np.array([self._bulb_x, self.y]) + self.bulb * (self._rest + swing)
        place = column - (index + 0.5) / PARTICLES
        across = 0.46 * self.tube * np.where(index % 2, 1, -1) + 0.12 * self.tube * swing[:, 1] / 0.07
        tube = np.stack([self.start + place * (self.end - self.start), self.y + across], axis=1)
        entered = ease_array(1 + place / _NECK)[:, None]
        dots: NDArray[np.float64] = bulb + entered * (tube - bulb)
        return dots

    def in_tube(self, column: float) -> int:
        """Return how many of the hundred are in the tube."""
        return round(PARTICLES * column)

    def lay(self, column: float) -> None:
        """Show the column up to a place of the scale."""
        self.fluid.points = self._outline(0.0, float(self.at(column)[0]) - self.tube)
        left = self._bulb_x - self.bulb
        x = np.linspace(left, float(self.at(column)[0]), _STEPS)
        rgb = self._stage.hotness_rgb(np.clip((x - self.start) / (self.end - self.start), 0, 1))
        opacity = self.fluid.fill_rgbas[0, 3]
        self.fluid.fill_rgbas = np.column_stack([rgb, np.full(_STEPS, opacity)])

    def _build_scale(self, stage: Stage[Any], wide: bool) -> list[mn.VMobject]:
        muted, ink = hex_rgb(stage.theme.muted), hex_rgb(stage.theme.ink)
        parts = []
        for T_K in HOOK_TICKS_K:
            hotness = float(upper_fraction(beta_from_temperature(T_K), HOOK_DELTA_E_J))
            middle = bool(np.isinf(T_K))
            side = 1 if not wide and T_K == 0 else -1
            x = float(self.at(hotness)[0])
            edge = self.y + side * (self.tube + _WALL)
            tick = line(corners([[x, edge + side * 0.06, 0], [x, edge + side * (0.36 if middle else 0.24), 0]]), 5.0)
            parts.append(stage.put(tick, ink if middle else muted))
            size = HEADING if middle else (BODY * 0.85 if wide else SMALL)
            base = edge + side * 0.48 - (0.0 if side > 0 else size / 72 * 0.72)
            label = stage.readout(f"tick {T_K}", [x, base, 0], size, "ink" if middle else "muted", centred=True)
            label.write(stage.quantity("tick" if T_K else "zero_tick", T_K))
            parts.append(label)
        return parts

    def _outline(self, wall: float, end: float) -> NDArray[np.float64]:
        """The outline of a bulb with a tube to the right, round at its end, whose last point is at `end` + tube."""
        bulb, tube = self.bulb + wall, self.tube + wall
        opening = np.arcsin(tube / bulb)
        round_bulb = np.linspace(opening, 2 * np.pi - opening, 49)
        cap = np.linspace(-np.pi / 2, np.pi / 2, 17)
        x = np.concatenate([self._bulb_x + bulb * np.cos(round_bulb), end + tube * np.cos(cap)])
        y = self.y + np.concatenate([bulb * np.sin(round_bulb), tube * np.sin(cap)])
        outline = np.stack([x, y, np.zeros_like(x)], axis=1)
        return corners(np.concatenate([outline, outline[:1]]))
