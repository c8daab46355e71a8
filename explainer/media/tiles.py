"""A picture as a grid of tiles: which of them boxes meet, and the rectangles that they make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explainer.media.rect import Rect

Mask = NDArray[np.bool_]
"""One flag a tile, shape (rows, columns) of the grid."""

NONE: NDArray[np.intp] = np.zeros((0, 4), np.intp)
"""No spans."""

_TILE_PX = 32, 64  # height, width: small, for little that moves; wide, since memory is copied by rows
_SPARED_PX = 20 * _TILE_PX[0] * _TILE_PX[1]  # that cost as much as a rectangle more


@dataclass(frozen=True)
class Grid:
    """Tiles over a picture; in the last row and column they reach beyond it."""

    height: int
    width: int

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of tiles."""
        return -(-self.height // _TILE_PX[0]), -(-self.width // _TILE_PX[1])

    def spans(self, boxes: NDArray[np.float64]) -> NDArray[np.intp]:
        """Tiles that boxes in pixels, rows of (left, top, right, bottom), meet: rows of the same, the last excluded."""
        high, wide = _TILE_PX
        rows, columns = self.shape
        spans = (boxes / (wide, high, wide, high) + (0, 0, 1, 1)).clip(0, (columns, rows, columns, rows))
        return spans.astype(np.intp)

    def met(self, spans: Sequence[NDArray[np.intp]]) -> Mask:
        """All tiles of spans."""
        rows, columns = self.shape
        steps = np.zeros((rows + 1, columns + 1), np.intp)
        left, top, right, bottom = np.concatenate((NONE, *spans)).T
        for down, along, step in ((top, left, 1), (bottom, right, 1), (top, right, -1), (bottom, left, -1)):
            np.add.at(steps, (down, along), step)
        return steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0

    def covered(self, rects: Sequence[Rect]) -> NDArray[np.intp]:
        """The spans of rectangles made of tiles."""
        high, wide = _TILE_PX
        edges = [(rect.left, rect.top, rect.right + wide - 1, rect.bottom + high - 1) for rect in rects]
        return np.array(edges, np.intp).reshape(-1, 4) // (wide, high, wide, high)

    def rectangles(self, mask: Mask) -> tuple[Rect, ...]:
        """A few rectangles of pixels that hold all flagged tiles, and as many others as save a rectangle."""
        high, wide = _TILE_PX
        framed = np.zeros((len(mask) + 1, self.shape[1] + 2), np.int8)
        framed[:-1, 1:-1] = mask
        rows, columns = np.nonzero(framed[:, 1:] != framed[:, :-1])
        edges = zip(rows[::2].tolist(), columns[::2].tolist(), columns[1::2].tolist(), strict=True)
        runs: dict[int, set[tuple[int, int]]] = {}
        for row, first, stop in edges:
            runs.setdefault(row, set()).add((first, stop))
        found = []
        for row, here in runs.items():
            for first, stop in here:
                below = row + 1
                while (first, stop) in runs.get(below, ()):
                    runs[below].remove((first, stop))
                    below += 1
                bottom, right = min(below * high, self.height), min(stop * wide, self.width)
                found.append(Rect(first * wide, row * high, right, bottom))
        return _joined(found)


def counted(mask: Mask) -> NDArray[np.intp]:
    """Flagged tiles above and left of each corner of the grid, which `meeting` needs."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.intp)
    mask.cumsum(axis=0).cumsum(axis=1, out=sums[1:, 1:])
    return sums


def meeting(spans: NDArray[np.intp], sums: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of the spans hold a flagged tile, shape (n,)."""
    left, top, right, bottom = spans.T
    found: NDArray[np.bool_] = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] > 0
    return found


def _joined(rects: Sequence[Rect]) -> tuple[Rect, ...]:
    """Join rectangles, as long as that adds few pixels."""
    found: list[Rect] = []
    waiting = list(rects)
    while waiting:
        rect = waiting.pop()
        for other in found:
            both = rect.joined(other)
            if both.area - rect.area - other.area <= _SPARED_PX:
                found.remove(other)
                waiting.append(both)
                break
        else:
            found.append(rect)
    return tuple(found)
