"""Rectangles of pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Rect:
    """Columns `left` to `right` and rows `top` to `bottom`, the last of each excluded."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Pixels in it."""
        return max(self.right - self.left, 0) * max(self.bottom - self.top, 0)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and columns in an array of shape (height, width, ...)."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def joined(self, other: Rect) -> Rect:
        """The smallest that holds both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def within(self, other: Rect) -> Rect:
        """What lies in both; empty, with area 0, where they are apart."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Rect(left, top, max(min(self.right, other.right), left), max(min(self.bottom, other.bottom), top))


def copy(rects: Iterable[Rect] | None, source: NDArray[np.uint8], target: NDArray[np.uint8]) -> None:
    """Copy rectangles of a picture, shape (height, width, 4), into another; None stands for all of it."""
    for region in [...] if rects is None else [rect.slices for rect in rects]:
        target[region] = source[region]
