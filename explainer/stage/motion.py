"""Motion as functions of the frame: eased values between moments."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def ease(alpha: float) -> float:
    """Return the fifth-order step from 0 to 1: at rest, without jerk, at both ends; clamped outside 0..1."""
    a = min(max(alpha, 0.0), 1.0)
    return a * a * a * (a * (6 * a - 15) + 10)


def ease_array(alpha: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `ease` of each element."""
    a = np.clip(alpha, 0.0, 1.0)
    return a * a * a * (a * (6 * a - 15) + 10)


@dataclass(frozen=True)
class Track:
    """A value over frames: it rests before the first key and after the last, and eases between."""

    keys: tuple[tuple[float, float], ...]
    """(frame, value) in rising order of frames."""

    def __call__(self, frame: float) -> float:
        """Return the value at a frame."""
        after = bisect_right(self.keys, frame, key=lambda key: key[0])
        if after == 0:
            return self.keys[0][1]
        start, value = self.keys[after - 1]
        if after == len(self.keys):
            return value
        stop, target = self.keys[after]
        return value + (target - value) * ease((frame - start) / (stop - start))


@dataclass(frozen=True)
class Fade:
    """Opacity over frames: comes in from `start`, is gone at `stop` (None: stays)."""

    start: float
    stop: float | None
    length: float
    """Frames a fade takes."""

    def __call__(self, frame: float) -> float:
        """Return the opacity, 0..1, at a frame."""
        into = ease((frame - self.start) / self.length) if self.length else float(frame >= self.start)
        if self.stop is None:
            return into
        return min(into, ease((self.stop - frame) / self.length) if self.length else float(frame < self.stop))
