"""What two bodies in contact look like: protons in their seats, quanta between them, hills of total entropy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import Trace, arrow, corners, fill_shape, paint
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from scenes.axes import Point
from scenes.protons import is_dark

_DARKENED = 0.22


def two_bodies(box: Box, hot: int, cold: int, rows: int, gap: float) -> tuple[NDArray[np.float64], float]:
    """Return seats, shape (hot + cold, 2), of two bodies side by side in a box, and the radius of a proton."""
    columns = -(-hot // rows), -(-cold // rows)
    pitch = min((box.width - gap) / sum(columns), box.height / rows)
    middle = (box.bottom + box.top) / 2
    left = (box.left + box.right - gap - pitch * sum(columns)) / 2
    seats = []
    for number, first in ((hot, left), (cold, left + columns[0] * pitch + gap)):
        who = np.arange(number)
        seats.append(
            np.stack([first + pitch * (who // rows + 0.5), middle + pitch * ((rows - 1) / 2 - who % rows)], axis=1)
        )
    return np.concatenate(seats), 0.47 * pitch


class Flights:
    """Quanta on their way, those that cross from body to body larger."""

    def __init__(self, stage: Stage[Any], hot: int) -> None:
        self._hot = hot
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def lay(
        self,
        quanta: tuple[tuple[int, int, float], ...],
        seats: NDArray[np.float64],
        radius: float,
        rgb: ArrayLike,
        opacity: float,
        beyond: NDArray[np.float64] | None = None,
    ) -> None:
        """Show (giver, taker, way) between seats; what leaves them goes to a place beyond, one of shape (n, 2)."""
        places, sizes = [], []
        for giver, taker, way in quanta:
            out = taker < 0
            if out and beyond is None:
                continue
            there = beyond[giver % len(beyond)] if out and beyond is not None else seats[taker]
            share = way * way * (3 - 2 * way)
            place = seats[giver] + share * (there - seats[giver])
            place[1] += 0.5 * way * (1 - way) * abs(there[0] - seats[giver][0])
            places.append(place)
            crosses = out or (giver < self._hot) != (taker < self._hot)
            sizes.append((1.25 if crosses else 0.7) * radius * np.sqrt(np.sin(np.pi * way)))
        self._sparks.lay(np.array(places).reshape(-1, 2), sizes or 0.0, rgb, opacity)


class HeatArrow:
    """An arrow from the hotter to the colder body, with its name, as long as heat flows."""

    def __init__(self, stage: Stage[Any], middle: NDArray[np.float64], length: float) -> None:
        self._middle, self._length = middle, length
        self._shaft = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink))

    def lay(self, flows: float) -> None:
        """Show it as far as it has grown."""
        half = np.array([self._length / 2, 0.0, 0.0])
        tail = self._middle - half
        self._shaft.points = (
            arrow(tail, tail + 2 * flows * half, 0.2, 0.55) if flows > 0.02 else np.zeros((0, 3))
        )
        paint(self._shaft, self._shaft.fill_rgbas[0, :3])


class Hills:
    """Total entropy over the heat that has passed, a hill for each pair, with a point that climbs each."""

    def __init__(self, stage: Stage[Any], box: Box, curves: list[NDArray[np.float64]], hotness: list[float]) -> None:
        self._box, self._stage, self._hotness = box, stage, hotness
        self._most = max(float(curve[:, 0].max()) for curve in curves), max(float(curve[:, 1].max()) for curve in curves)
        self._curves, self._lines, self._grounds, self._points = [], [], [], []
        for curve, hot in zip(curves, hotness, strict=True):
            kept = curve[curve[:, 1] >= 0]
            vertices = np.array([self.at(*row) for row in kept.tolist()])
            rgb = stage.hotness_rgb(hot)
            under = [[vertices[-1, 0], box.bottom, 0], [vertices[0, 0], box.bottom, 0], vertices[0]]
            ground = stage.put(fill_shape(corners(np.vstack([vertices, under]))), rgb, bleeds=True)
            self._grounds.append(ground)
            self._lines.append(stage.put(Trace(kept[:, 0], vertices, 9.0), rgb, bleeds=True))
            self._curves.append(kept)
        for _ in curves:
            self._points.append(Point(stage, 0.22, bleeds=True))

    def at(self, passed: float, gain: float) -> NDArray[np.float64]:
        """Return where so many quanta and so much entropy over k are, as (x, y, 0)."""
        box = self._box
        across, up = passed / self._most[0], gain / self._most[1]
        return np.array([box.left + box.width * across, box.bottom + box.height * up, 0.0])

    def lay(self, passed: tuple[float, ...], there: float, drawn: float) -> None:
        """Show the hills as far as they are drawn, 0..1, and a point on each after so many quanta."""
        rows = zip(self._curves, self._lines, self._grounds, self._points, self._hotness, passed, strict=True)
        for curve, trace, ground, point, hot, quanta in rows:
            trace.draw_to(drawn * curve[-1, 0] if there > 0 else -np.inf)
            trace.stroke_rgbas[:, 3] = there
            ground.fill_rgbas[:, 3] = _DARKENED * there * drawn
            gain = float(np.interp(quanta, curve[:, 0], curve[:, 1]))
            point.lay(self.at(quanta, gain), hot, there)
