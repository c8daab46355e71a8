"""Atoms of a gas in a box: they fly straight between its walls, as fast as their temperature says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box


def travelled(pace: Callable[[float], float], start: float, stop: float) -> Callable[[float], float]:
    """Return how far something has come at a frame that moves by a pace a frame from `start` on."""
    ways = np.concatenate([[0.0], np.cumsum([pace(frame) for frame in np.arange(start, stop + 1)])])
    return lambda frame: float(ways[min(max(int(np.ceil(frame + 1 - start)), 0), len(ways) - 1)])


def folded(way: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where those are, in a box of size 1, that have flown so far without walls."""
    turned = way % 2
    places: NDArray[np.float64] = np.minimum(turned, 2 - turned)
    return places


def within(box: Box, places: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Return where atoms of a radius at places of a box of size 1 are in a box, shape (n, 2)."""
    room = np.array([box.width - 2 * radius, box.height - 2 * radius])
    inside: NDArray[np.float64] = np.array([box.left, box.bottom]) + radius + places * room
    return inside
