"""The ladder of an oscillator: rungs in a bowl, without an end, and the weight of each level as a bar on its rung."""

from __future__ import annotations

from typing import Any

import numpy as np

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, paint, rectangle
from explainer.stage.sprites import Sprites, glow
from explainer.stage.stage import Stage
from scenes.axes import hotness
from scenes.protons import is_dark

_HALF = 0.36  # of a bar's height, beside the distance of two rungs


class Ladder:
    """Rungs from a lowest one upward, with a bar on each.

    Args:
        stage: that it is put on.
        box: from the lowest rung to the highest; a ladder without a top goes on beyond the frame.
        rungs: how many there are.
        bowl: half width of the bowl at the box's top; 0 for even rungs.
    """

    def __init__(self, stage: Stage[Any], box: Box, rungs: int, bowl: float) -> None:
        self._box, self._stage = box, stage
        self.rung_count, self.width = rungs, box.width
        self._pitch = box.height / (rungs - 0.5)
        self._middle = (box.left + box.right) / 2
        self._levels = np.arange(rungs)
        self._y = box.bottom + self._pitch * (self._levels + 0.25)
        reach = bowl * np.sqrt((self._levels + 0.5) / rungs) if bowl else np.full(rungs, box.width / 2)
        lines = [
            corners([[self._middle - half, y, 0], [self._middle + half, y, 0]])
            for half, y in zip(reach, self._y, strict=True)
        ]
        faint = hex_rgb(stage.theme.faint)
        self.rungs = stage.put(line(np.concatenate(lines), 3.0), faint, bleeds=True)
        across = np.linspace(-bowl, bowl, 61)
        height = box.bottom + (box.height * (across / bowl) ** 2 if bowl else 0 * across)
        wall = corners(np.stack([self._middle + across, height, 0 * across], axis=1))
        self.bowl = stage.put(line(wall if bowl else np.zeros((0, 3)), 6.0), hex_rgb(stage.theme.muted), bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._bars = stage.put(fill_shape(np.zeros((0, 3))), bleeds=True)

    def lay(self, x: float, lowest: float, opacity: float) -> None:
        """Show the weights exp(-n x) of the levels n; half of the lowest bar has a width in scene units."""
        far = 1.2 * self._stage.frame.width
        half = np.minimum(lowest * np.exp(-x * self._levels), far)
        rgb = self._stage.hotness_rgb(float(hotness(x)))
        bars = [
            rectangle(self._middle - w, self._middle + w, y - _HALF * self._pitch, y + _HALF * self._pitch)
            for w, y in zip(half.tolist(), self._y.tolist(), strict=True)
        ]
        self._bars.points = np.concatenate(bars) if opacity > 0 else np.zeros((0, 3))
        paint(self._bars, rgb)
        self._bars.fill_rgbas[:, 3] = 0.9 * opacity
        ends = np.concatenate([np.stack([self._middle + side * half, self._y], axis=1) for side in (-1, 1)])
        seen = np.tile(np.clip(half / self._pitch, 0.0, 1.0), 2)
        self._light.lay(ends, 1.5 * self._pitch, rgb, 0.4 * seen * opacity)
