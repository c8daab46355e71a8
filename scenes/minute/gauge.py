"""How many of the hundred atoms are up, as a large number over a bar, with the number at which gain balances losses."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, TITLE
from physics.examples import PARTICLES
from scenes.axes import Point, Span


class Gauge:
    """A bar from none of the atoms to all, whose end is a bright point."""

    def __init__(self, stage: Stage[Any], span: Span, threshold: float) -> None:
        self._stage, self._span = stage, span
        faint, ink, wide = hex_rgb(stage.theme.faint), hex_rgb(stage.theme.ink), stage.is_wide
        rail = stage.put(line(corners(span.at([0.0, 1.0])), 6.0), faint)
        self._bar: mn.VMobject = stage.put(line(np.zeros((0, 3)), 12.0))
        tick = stage.put(line(corners(span.at([threshold, threshold], [-0.24, 0.24])), 5.0), ink)
        mark = stage.readout("threshold", span.at(threshold, 0.33), BODY, "muted", centred=True)
        mark.write(stage.quantity("count", PARTICLES * threshold))
        self._count = stage.readout("above", span.at(0.0, 0.33), TITLE)
        room = threshold * (span.right - span.left) - (2.0 if wide else 1.7)
        name = stage.text("laser.above", span.at(0.0, 0.62) + [1.3, 0, 0], BODY, "ink", mn.LEFT, widest=room)
        self._end = Point(stage)
        self.parts = (rail, self._bar, tick, mark, self._count, name)

    def at(self, above: int) -> NDArray[np.float64]:
        """Return where the bar ends with so many atoms up, shape (3,)."""
        return self._span.at(above / PARTICLES)

    def lay(self, above: int, hotness: float, opacity: float) -> None:
        """Show so many atoms up; the point at the bar's end, which does not fade by itself, as opaque as told."""
        self._bar.points = corners([self._span.at(0.0), self.at(above)])
        self._bar.stroke_rgbas[:, :3] = self._stage.hotness_rgb(hotness)
        self._count.write(self._stage.quantity("count", above))
        self._end.lay(self.at(above), hotness, opacity)
