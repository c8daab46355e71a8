"""View: where the film's camera looks; scenes send what it sees through one, and leave words out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class View:
    """A picture enlarged by `zoom` about the point `centre`, which comes to lie at `middle` (scene units)."""

    zoom: float = 1.0
    centre: tuple[float, float] = (0.0, 0.0)
    middle: tuple[float, float] = (0.0, 0.0)

    def __call__(self, points: ArrayLike) -> NDArray[np.float64]:
        """Return where points, shape (..., 2) or (..., 3), are seen."""
        at = np.array(points, dtype=float)
        at[..., :2] = (at[..., :2] - self.centre) * self.zoom + self.middle
        return at
