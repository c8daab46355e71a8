"""What a voice answers, and the trimming that makes a clip begin with its first sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Clip"]

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Clip:
    """One cue's sound: mono samples in -1..1, samples a second, and the second of each mark."""

    samples: Samples
    rate_hz: int
    marks_s: dict[str, float]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz
