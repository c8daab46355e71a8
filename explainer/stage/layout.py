"""Where things go: boxes in scene units, measured from the frame's shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAFE_MARGIN = 0.05
CAPTION_BAND = 0.14  # of the height, from the lower edge: no words or numbers, but the picture may go through it
SHORT_SIDE, SQUARE_SIDE = 8.0, 9.6  # scene units; a square has no long side to spread along
_NEARLY_SQUARE = 1.2


@dataclass(frozen=True)
class Box:
    """An upright rectangle in scene units."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Width in scene units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in scene units."""
        return self.top - self.bottom

    def at(self, across: float, up: float) -> NDArray[np.float64]:
        """Return the point a fraction `across` from the left and `up` from the bottom, as (x, y, 0)."""
        return np.array([self.left + across * self.width, self.bottom + up * self.height, 0.0])

    def inset(self, left: float = 0.0, right: float = 0.0, bottom: float = 0.0, top: float = 0.0) -> Box:
        """Return the box with margins, in scene units, taken off its sides."""
        return Box(self.left + left, self.right - right, self.bottom + bottom, self.top - top)

    def split(self, first: float, gap: float = 0.4, wide: float = 1.0) -> tuple[Box, Box]:
        """Return two boxes: side by side in a wide box, else one above the other.

        Args:
            first: share of the first (left or upper) box.
            gap: space between the two in scene units.
            wide: width over height from which a box counts as wide.
        """
        if self.width >= wide * self.height:
            cut = self.left + first * self.width
            return self.inset(right=self.right - cut + gap / 2), self.inset(left=cut - self.left + gap / 2)
        cut = self.top - first * self.height
        return self.inset(bottom=cut - self.bottom + gap / 2), self.inset(top=self.top - cut + gap / 2)


def frame_size(width: int, height: int) -> tuple[float, float]:
    """Return the frame's width and height in scene units."""
    side = SQUARE_SIDE if max(width, height) < _NEARLY_SQUARE * min(width, height) else SHORT_SIDE
    unit = side / min(width, height)
    return width * unit, height * unit


def frame_area(frame_width: float, frame_height: float) -> Box:
    """Return the whole frame."""
    return Box(-frame_width / 2, frame_width / 2, -frame_height / 2, frame_height / 2)


def safe_area(frame_width: float, frame_height: float) -> Box:
    """Return the frame less the 5 % margin on every side."""
    x, y = frame_width * (0.5 - SAFE_MARGIN), frame_height * (0.5 - SAFE_MARGIN)
    return Box(-x, x, -y, y)


def stage_area(frame_width: float, frame_height: float, captioned: bool = True) -> Box:
    """Return where words and numbers stand: the safe area, above the band of captions where the picture has them."""
    area = safe_area(frame_width, frame_height)
    return area if not captioned else area.inset(bottom=frame_height * (CAPTION_BAND - SAFE_MARGIN))
