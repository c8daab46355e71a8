"""What the end of a segment and the beginning of the next both show: each state, computed once, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.stage import Stage
from physics.examples import ABOVE_AFTER, COLD_ABOVE, COLD_BODY, HOT_ABOVE, HOT_BODY, PARTICLES
from physics.two_level import beta_from_upper_fraction
from scenes.axes import Span

SETTLED_ABOVE = 4
"""Protons on the upper level where hook and inversion meet."""

DOME_END = 86.0
"""Protons up where dome and ordering meet, on the far side of the dome."""

_SEED = 7


def _drawn(above: int, seed: int, N: int = PARTICLES) -> NDArray[np.bool_]:
    return np.isin(np.arange(N), np.random.default_rng(seed).permutation(N)[:above])


@cache
def settled() -> tuple[bool, ...]:
    """Hook to inversion: which of the protons are on the upper level."""
    return tuple(_drawn(SETTLED_ABOVE, _SEED).tolist())


@cache
def inverted() -> tuple[bool, ...]:
    """Inversion to dome: which of the protons are on the upper level; `ABOVE_AFTER` of them."""
    return tuple(_drawn(ABOVE_AFTER, _SEED + 1).tolist())


@cache
def end_coldness() -> float:
    """Dome to ordering: the dome's slope, coldness beta dE, where the point has come to rest."""
    return float(beta_from_upper_fraction(DOME_END / PARTICLES, 1.0))


@cache
def parted() -> tuple[bool, ...]:
    """Ordering to laser: which of the protons, then atoms, are on the upper level; as large a share of each body."""
    bodies = (int(body.N) for body in (HOT_BODY, COLD_BODY))
    share = (HOT_ABOVE + COLD_ABOVE) / PARTICLES
    return tuple(upper for N in bodies for upper in _drawn(round(share * N), _SEED + 2, N).tolist())


def plot_box(stage: Stage[Any]) -> Box:
    """Return the box over the axis of energy; the axis is its lower edge."""
    area, named = stage.area, 0.6 * stage.show.composed.type_scale  # room for the axis's name
    if stage.is_wide:
        return area.inset(left=0.1, right=3.6, bottom=named, top=0.0)
    return area.inset(left=0.2, right=0.7, bottom=named, top=_crowd_side(stage) + 0.5)


def energy_span(stage: Stage[Any]) -> Span:
    """Return where the axis of energy lies, from none of the protons up to all."""
    box = plot_box(stage)
    return Span(box.left, box.right, box.bottom)


def crowd_seats(stage: Stage[Any]) -> tuple[NDArray[np.float64], float]:
    """Return the seats of the protons, ten by ten, shape (N, 2), beside the dome, and a radius of one."""
    side, area = _crowd_side(stage), stage.area
    left, top = area.right - side, (area.top - 1.1 if stage.is_wide else area.top)
    pitch = side / 10
    column, row = np.arange(PARTICLES) % 10, np.arange(PARTICLES) // 10
    return np.stack([left + (column + 0.5) * pitch, top - (row + 0.5) * pitch], axis=1), 0.46 * pitch


def _crowd_side(stage: Stage[Any]) -> float:
    return 2.7 if stage.is_wide else 0.28 * min(stage.area.width, stage.area.height) + 0.3


def coldness_span(stage: Stage[Any]) -> Span:
    """Return where the axis of coldness lies, from cold to hot."""
    area = stage.area
    return Span(area.left + 0.2, area.right - 0.2, area.top - (1.05 if stage.is_wide else 1.3))


def atom_seats(stage: Stage[Any]) -> tuple[NDArray[np.float64], float]:
    """Return the seats of the atoms, shape (N, 2), column by column from the left, and a radius of one.

    The first two fifths of them are those of the hotter body, so that the bodies lie side by side.
    """
    columns = 20 if stage.is_wide else 10
    rows = PARTICLES // columns
    width = 0.72 * stage.area.width if stage.is_wide else 0.86 * stage.area.width
    pitch = width / columns
    middle = stage.area.at(0.5, 0.5)
    column, row = np.arange(PARTICLES) // rows, np.arange(PARTICLES) % rows
    x = middle[0] + (column - (columns - 1) / 2) * pitch
    y = middle[1] + ((rows - 1) / 2 - row) * pitch
    return np.stack([x, y], axis=1), 0.44 * pitch


def is_square(stage: Stage[Any]) -> bool:
    """Return whether the picture is about as wide as high."""
    return not stage.is_wide and stage.area.width > 0.7 * stage.area.height


def levels(upper: Sequence[bool]) -> NDArray[np.float64]:
    """Return how far up protons at rest are: 1 on the upper level, 0 on the lower."""
    return np.array(upper, dtype=float)
