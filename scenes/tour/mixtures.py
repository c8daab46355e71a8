"""A diagram of mixtures: each kind's coldness below, where the balance says that they meet, and where they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from scenes.protons import is_dark
from scenes.tour.relaxing import REACH, hotness

_STEPS = 33
_MERGE = 0.45  # of a mixture's way, the rest of which it rises


class Mixtures:
    """The line on which predicted and computed agree, and the mixtures that come to lie on it."""

    def __init__(self, stage: Stage[Any], box: Box, weights: tuple[float, float]) -> None:
        """Build it in a box; the weights are those of lithium and fluorine."""
        self._stage, self._box, self._weights = stage, box, np.array(weights)
        muted, faint = hex_rgb(stage.theme.muted), hex_rgb(stage.theme.faint)
        ends = [self._at(REACH, REACH), self._at(-REACH, -REACH)]
        zero = [self._at(0, REACH), self._at(0, -REACH)], [self._at(REACH, 0), self._at(-REACH, 0)]
        frame = corners([box.at(0, 1), box.at(0, 0), box.at(1, 0)])
        predicted = stage.text(
            "mixing.predicted", box.at(1, 0) - [0, 0.6, 0], BODY, "muted", mn.UR, widest=0.45 * box.width
        )
        predicted.shift(mn.UP * max(0.0, stage.area.bottom - predicted.get_bottom()[1]))
        self.parts = [
            stage.put(line(np.concatenate([corners(pair) for pair in zero]), 2.0), faint),
            stage.put(line(frame, 5.0), muted),
            stage.put(self._gradient(ends), bleeds=True),
            predicted,
            stage.text("mixing.computed", box.at(0, 1) + [0.25, 0, 0], BODY, "muted", mn.UL, widest=0.45 * box.width),
        ]
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._balls: Sprites = stage.put(Sprites(ball), bleeds=True)

    def _gradient(self, ends: list[NDArray[np.float64]]) -> mn.VMobject:
        """The line from coldest to hottest in its colours."""
        stroke = line(corners(ends), 16.0)
        stroke.sheen_direction = mn.RIGHT
        rgb = self._stage.hotness_rgb(np.linspace(0, 1, _STEPS))
        stroke.stroke_rgbas = np.column_stack([rgb, np.full(_STEPS, 0.8)])
        return stroke

    def _at(self, x: float, y: float) -> NDArray[np.float64]:
        """Return where a predicted and a computed coldness meet; hotter is to the right, and higher."""
        return self._box.at((1 - x / REACH) / 2, (1 - y / REACH) / 2)

    def lay(
        self,
        before: Sequence[Sequence[float]],
        predicted: Sequence[float],
        computed: Sequence[float],
        come: Sequence[float],
        there: float,
    ) -> None:
        """Show mixtures as far as each has come, 0..1; all coldnesses are in units of that of the room."""
        places, sizes, colours = [], [], []
        for pair, meeting, exact, way in zip(before, predicted, computed, come, strict=True):
            if way <= 0:
                continue
            merged, risen = ease(way / _MERGE), ease((way - _MERGE) / (1 - _MERGE))
            floor = self._at(0, REACH)[1]
            for share, weight in zip(pair, self._weights, strict=True):
                now = share + (meeting - share) * merged
                at = self._at(now, exact)
                at[1] = floor + (at[1] - floor) * risen
                places.append(at)
                sizes.append((0.5 * np.sqrt(2 * weight)) * min(1.0, 6 * way))
                colours.append(self._stage.hotness_rgb(hotness(now)))
        if not places:
            places, sizes, colours = [np.zeros(3)], [0.0], [np.zeros(3)]
        radius, rgb = np.array(sizes), np.array(colours)
        self._light.lay(places, 2.6 * radius, rgb, 0.5 * there)
        self._balls.lay(places, radius, rgb, there)
