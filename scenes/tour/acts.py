"""Acts: pictures of a segment that follow one another, each with times of its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Acts:
    """When each act begins, in frames, and when the last one is over; how many frames a fade in or out takes."""

    frames: tuple[float, ...]
    fade: float

    def at(self, frame: float) -> int:
        """Return which act it is, the first one before all."""
        return min(max(bisect_right(self.frames, frame) - 1, 0), len(self.frames) - 2)

    def span(self, act: int) -> tuple[float, float]:
        """Return where an act begins and ends."""
        return self.frames[act], self.frames[act + 1]

    def shown(self, frame: float) -> float:
        """Return how much of the act is there, 0..1."""
        start, stop = self.span(self.at(frame))
        return float(np.clip(min(frame - start, stop - frame) / self.fade, 0, 1))
