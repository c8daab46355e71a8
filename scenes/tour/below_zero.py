"""A mark that strays below plus zero, where nothing is, and belongs beyond infinity, from where it gives heat."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import capsule, corners, fill_shape, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import HEADING
from physics.examples_tour import GIVER_X
from scenes.axes import COLDNESS_END, Point, Span, hotness
from scenes.protons import is_dark

_SPARKS = 24
_TUBE, _WALL = 0.55, 0.09  # half its height
_RADIUS = 0.36
_ASTRAY = 1.1  # beyond the tube's end
_SEED = 8
_STEPS = 97


class BelowZero:
    """A tube in the colours of coldness, the mark over it, and bodies under it that take its heat."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._stage = stage
        area, theme = stage.area, stage.theme
        self._span = Span(area.left + 1.95, area.right - 0.75, area.at(0, 0.52)[1])
        self._above, self._below = area.at(0, 0.9)[1], area.at(0, 0.14)[1]
        tube = stage.put(fill_shape(self._outline(_TUBE + _WALL)), hex_rgb(theme.faint))
        inside = stage.put(fill_shape(self._outline(_TUBE)))
        inside.sheen_direction = mn.RIGHT
        rgb = stage.hotness_rgb(hotness(COLDNESS_END * (1 - 2 * np.linspace(0, 1, _STEPS))))
        inside.fill_rgbas = np.column_stack([rgb, np.full(_STEPS, 0.8)])
        ends = [self._span.at(0.5, -_TUBE), self._span.at(0.5, _TUBE)]
        zero = stage.put(line(corners(ends), 4.0), hex_rgb(theme.ink))
        up = _TUBE + 0.55
        names = [
            stage.formula(notation, self._span.at(share, up), HEADING, "muted")
            for notation, share in (("+0", 0.0), ("plus.minus infinity", 0.5), ("-0", 1.0))
        ]
        self.parts = [tube, inside, zero, *names]
        self._stems = [stage.put(line(np.zeros((0, 3)), 4.0), hex_rgb(theme.muted)) for _ in range(4)]
        self._marks = [Point(stage, _RADIUS, bleeds=True) for _ in range(4)]
        self._cross: mn.VMobject = stage.put(line(np.zeros((0, 3)), 9.0), hex_rgb(theme.ink))
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(theme)), bleeds=True)
        rng = np.random.default_rng(_SEED)
        self._phase, self._pace = rng.uniform(0, 1, _SPARKS), rng.uniform(0.6, 1.0, _SPARKS)

    def lay(
        self,
        x: tuple[float, ...],
        strayed: float,
        jumped: float,
        crossed: float,
        flow: float,
        time_s: float,
        seen: float,
    ) -> None:
        """Show it.

        Args:
            x: coldness of the mark, then of those that take heat.
            strayed: how far the mark has gone out at the cold end, 0..1.
            jumped: how far it has come from there to where it belongs, 0..1.
            crossed: how much its wrong place is struck out, 0..1.
            flow: how much heat flows, 0..1.
            time_s: of the film, for the quanta's ways.
            seen: opacity.
        """
        wrong = self._span.at(0.0) - [_ASTRAY, 0, 0]
        first = self._span.at(0.12)
        right = self._over(x[0], self._above)
        giver = first + strayed * (wrong - first) + jumped * (right - wrong)
        giver = giver + [0, 3.0 * jumped * (1 - jumped), 0]
        lows = (self._below, self._below - 0.55, self._below)
        at = [giver, *(self._over(taken, low) for taken, low in zip(x[1:], lows, strict=True))]
        for index, (point, stem, place, coldness) in enumerate(zip(self._marks, self._stems, at, x, strict=True)):
            # Astray it has no coldness of its own: it is drawn in that of where it will belong.
            point.lay(place, float(hotness(GIVER_X if not index and jumped < 1 else coldness)), seen)
            side = _TUBE if index == 0 else -_TUBE
            foot = np.array([place[0], self._span.y + side, 0.0])
            strength = seen * (max(4 * jumped - 3, 0.0) if index == 0 else 1.0)
            stem.points = corners([foot, place]) if strength > 0 else np.zeros((0, 3))
            stem.stroke_rgbas[:, 3] = strength
        arms = [corners([wrong + [-s, -0.5, 0], wrong + [s, 0.5, 0]]) for s in (-0.5, 0.5)]
        self._cross.points = np.concatenate(arms) if seen * crossed > 0 else np.zeros((0, 3))
        self._cross.stroke_rgbas[:, 3] = seen * crossed
        self._draw_heat(at, x, flow, time_s, seen)

    def _draw_heat(
        self, at: list[NDArray[np.float64]], x: tuple[float, ...], flow: float, time_s: float, seen: float
    ) -> None:
        way = (self._phase + 0.9 * self._pace * time_s) % 1.0
        targets = np.array(at[1:])[np.arange(_SPARKS) % 3]
        places = at[0] + (targets - at[0]) * way[:, None]
        places[:, 1] += 1.3 * np.sin(np.pi * way) * np.where(np.arange(_SPARKS) % 2, 0.5, -0.5)
        rgb = self._stage.hotness_rgb(float(hotness(x[0])))
        self._sparks.lay(places, 0.36 * np.sqrt(np.sin(np.pi * way)), rgb, seen * flow)

    def _over(self, x: float, y: float) -> NDArray[np.float64]:
        return np.array([self._span.at((1 - x / COLDNESS_END) / 2)[0], y, 0.0])

    def _outline(self, radius: float) -> NDArray[np.float64]:
        return capsule(self._span.at(0.0), self._span.at(1.0), radius)
