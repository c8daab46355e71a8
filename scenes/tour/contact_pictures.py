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
    for number, start, way in (
        (hot, left + columns[0] * pitch, -1),
        (cold, left + columns[0] * pitch + gap, 1),
    ):  # from where they touch outward, so that only the outermost column is not full
        who = np.arange(number)
        across = start + way * pitch * (who // rows + 0.5)
        seats.append(np.stack([across, middle + pitch * ((rows - 1) / 2 - who % rows)], axis=1))
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
        self._shaft.points = arrow(tail, tail + 2 * flows * half, 0.2, 0.55) if flows > 0.02 else np.zeros((0, 3))
        paint(self._shaft, self._shaft.fill_rgbas[0, :3])


class Hills:
    """Total entropy over the heat that has passed: a hill for each pair, side by side, with a point that climbs it.

    Each has a scale of its own; what they share is that heat flows to the top and no farther.
    """

    def __init__(self, stage: Stage[Any], box: Box, curves: list[NDArray[np.float64]], hotness: list[float]) -> None:
        self._hotness, self._curves, self._boxes = hotness, [curve[curve[:, 1] >= 0] for curve in curves], _range(box)
        self._lines, self._grounds = [], []
        for curve, place, hot in zip(self._curves, self._boxes, hotness, strict=True):
            vertices, rgb = _placed(curve, curve, place), stage.hotness_rgb(hot)
            under = [[place.right, place.bottom, 0], [place.left, place.bottom, 0], vertices[0]]
            ground = stage.put(fill_shape(corners(np.vstack([vertices, under]))), rgb, bleeds=True)
            self._grounds.append(ground)
            self._lines.append(stage.put(Trace(curve[:, 0], vertices, 10.0), rgb, bleeds=True))
        self._points = [Point(stage, 0.22, bleeds=True) for _ in curves]

    def lay(self, passed: tuple[float, ...], there: float, drawn: float) -> None:
        """Show the hills as far as they are drawn, 0..1, and a point on each after so many quanta."""
        shapes = zip(self._lines, self._grounds, self._points, strict=True)
        rows = zip(self._curves, self._boxes, shapes, self._hotness, passed, strict=True)
        for curve, place, (trace, ground, point), hot, quanta in rows:
            trace.draw_to(drawn * curve[-1, 0] if there > 0 else -np.inf)
            trace.stroke_rgbas[:, 3] = there
            ground.fill_rgbas[:, 3] = _DARKENED * there * drawn
            gain = float(np.interp(quanta, curve[:, 0], curve[:, 1]))
            point.lay(_placed(np.array([[quanta, gain]]), curve, place)[0], hot, there)


def _range(box: Box) -> list[Box]:
    """Boxes of three hills in a row; the last, of which the bodies are shown, is the largest."""
    places, left = [], box.left
    for width, height in ((0.3, 0.72), (0.3, 0.72), (0.4, 1.0)):
        top, right = box.bottom + height * box.height, left + width * box.width
        places.append(Box(left, right - 0.15, box.bottom, top))
        left = right
    return places


def _placed(rows: NDArray[np.float64], curve: NDArray[np.float64], box: Box) -> NDArray[np.float64]:
    """Return where (quanta passed, entropy gained), shape (n, 2), are on a hill's picture, shape (n, 3)."""
    across, up = rows[:, 0] / curve[-1, 0], rows[:, 1] / curve[:, 1].max()
    return np.stack([box.left + box.width * across, box.bottom + box.height * up, 0 * up], axis=1)
