"""Two entropies of the same spins over energy: states at an energy make a dome, states up to it only climb."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, corners, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY
from physics.examples_tour import SPINS_COUNTED
from scenes.protons import is_dark
from scenes.tour import verdicts

_LEVER = 1.3  # half its length


class TwoCounts:
    """Both curves, a light for each energy, and the slope where each has come to."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage = stage
        theme = stage.theme
        at, upto = verdicts.counted()
        n = np.arange(SPINS_COUNTED + 1)
        x = box.left + box.width * n / SPINS_COUNTED
        self._rise = box.height / upto[-1] / (box.width / SPINS_COUNTED)
        self.axis: mn.VMobject = stage.put(line(corners([box.at(0, 0), box.at(1, 0)]), 4.0), hex_rgb(theme.faint))
        self.ghosts: list[mn.VMobject] = []
        self._curves: list[tuple[Trace, NDArray[np.float64]]] = []
        for values, colour in ((at, "ink"), (upto, "muted")):
            points = np.stack([x, box.bottom + box.height * values / upto[-1], np.zeros_like(x)], axis=1)
            self.ghosts.append(stage.put(line(corners(points), 6.0), hex_rgb(theme.faint)))
            self._curves.append((stage.put(Trace(n, points, 10.0), hex_rgb(getattr(theme, colour))), points))
        self._levers = [stage.put(line(np.zeros((0, 3)), 8.0), hex_rgb(theme.ink), bleeds=True) for _ in range(2)]
        self._lights: Sprites = stage.put(Sprites(spark, additive=is_dark(theme)), bleeds=True)
        self.words = [
            stage.text("mistakes.at", box.at(0.5, 0.42), BODY, "ink", widest=0.5 * box.width),
            stage.text(
                "mistakes.upto",
                box.at(0.97, 1) + [0, 0.42, 0],
                BODY,
                "muted",
                mn.DR,
                widest=0.5 * box.width,
                largest=34.0,
            ),
            stage.formula("E", box.at(1, 0) + [0.2, 0, 0], BODY, "muted", mn.DL),
        ]

    def lay(self, counted: float, slopes: tuple[float, float], seen: float) -> None:
        """Show both curves up to a share of all energies, and the slopes there, as coldness times the distance."""
        place = SPINS_COUNTED * counted
        n = np.arange(SPINS_COUNTED + 1)
        at, sizes, shares = [], [], []
        for (trace, points), lever, slope in zip(self._curves, self._levers, slopes, strict=True):
            trace.draw_to(place if seen > 0 else -1.0)
            trace.stroke_rgbas[:, 3] = seen
            tip = np.array([np.interp(place, n, column) for column in points.T])
            along = np.array([1.0, self._rise * slope, 0.0])
            along /= np.linalg.norm(along)
            lever.points = corners([tip - _LEVER * along, tip + _LEVER * along]) if seen > 0 else np.zeros((0, 3))
            lever.stroke_rgbas[:, 3] = seen
            passed = n <= place
            at += [*points[passed], tip]
            sizes += [*np.full(passed.sum(), 0.26), 0.7]
            shares += [*(n[passed] / SPINS_COUNTED), counted]
        self._lights.lay(np.array(at), np.array(sizes), self._stage.hotness_rgb(np.array(shares)), seen)
