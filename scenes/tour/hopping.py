"""Atoms that hop between the valleys of a lattice, one at most in each, and atoms that trade places in a ranking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease_array

STEPS_PER_S = 30
"""Steps of a course in a second of the film, whatever its frame rate."""

HOP_S = 0.37
"""Time in which an atom goes from one valley to the next."""

TRADE_S = 0.53
"""Time in which two atoms trade their places in the ranking."""


@dataclass(frozen=True)
class Moves:
    """Who goes from where to where, and when; each takes the same time."""

    start: NDArray[np.float64]
    """Where each is at first, shape (N, d)."""
    start_s: NDArray[np.float64]
    who: NDArray[np.int_]
    change: NDArray[np.float64]
    """By how much each move carries whoever makes it, shape (n, d)."""
    length_s: float

    def at(self, time_s: float) -> NDArray[np.float64]:
        """Return where each is at a time, shape (N, d)."""
        places = self.start.copy()
        np.add.at(places, self.who, self.change * ease_array((time_s - self.start_s) / self.length_s)[:, None])
        return places


def hops(
    columns: int, rows: int, atoms: int, rate_per_s: Callable[[float], float], duration_s: float, seed: int
) -> Moves:
    """Draw hops of atoms to empty neighbouring valleys: places are (column, row), counted from the middle column.

    Args:
        columns: valleys of a ridge.
        rows: ridges.
        atoms: how many there are; at first in valleys picked at random.
        rate_per_s: hops a second, of all atoms, that are tried at a time in s.
        duration_s: time in s that is drawn.
        seed: the same seed gives the same hops.

    >>> moves = hops(5, 2, 7, lambda time_s: 20.0, 3.0, seed=1)
    >>> len({tuple(place) for place in moves.at(10.0).tolist()})
    7
    """
    rng = np.random.default_rng(seed)
    taken = np.zeros((columns, rows), dtype=bool)
    chosen = rng.permutation(columns * rows)[:atoms]
    place = np.stack(np.unravel_index(chosen, (columns, rows)), axis=1)
    taken[tuple(place.T)] = True
    start = place.copy()
    free_from = np.zeros(atoms)
    leaves: list[tuple[float, int, int]] = []  # valleys that become empty later
    found: list[tuple[float, int, int, int]] = []
    ways = np.array([[1, 0], [-1, 0], [1, 0], [-1, 0], [0, 1], [0, -1]])  # along the light's ridges, and across
    for step in range(int(duration_s * STEPS_PER_S)):
        now = step / STEPS_PER_S
        for _, column, row in (left for left in leaves if left[0] <= now):
            taken[column, row] = False
        leaves = [left for left in leaves if left[0] > now]
        for _ in range(int(rng.poisson(rate_per_s(now) / STEPS_PER_S))):
            who, way = int(rng.integers(atoms)), ways[rng.integers(len(ways))]
            column, row = (place[who] + way).tolist()
            if free_from[who] > now or not (0 <= column < columns and 0 <= row < rows) or taken[column, row]:
                continue
            taken[column, row] = True
            leaves.append((now + HOP_S, *place[who].tolist()))
            place[who] += way
            free_from[who] = now + HOP_S
            found.append((now, who, *way.tolist()))
    table = np.array(found, dtype=float).reshape(-1, 4)
    origin = start - np.array([columns // 2, 0])
    return Moves(origin.astype(float), table[:, 0], table[:, 1].astype(int), table[:, 2:], HOP_S)


def trades(atoms: int, rate_per_s: Callable[[float], float], reach: int, duration_s: float, seed: int) -> Moves:
    """Draw trades of places in a ranking of atoms, which is at first drawn at random.

    Any two atoms that are no more than `reach` ranks apart are as likely to trade as to trade back, so that each comes
    to have every rank equally often.

    >>> moves = trades(6, lambda time_s: 9.0, 2, 3.0, seed=1)
    >>> sorted(moves.at(10.0)[:, 0].tolist())
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    rng = np.random.default_rng(seed)
    holder = rng.permutation(atoms)
    start = np.empty(atoms)
    start[holder] = np.arange(atoms)
    free_from = np.zeros(atoms)
    found: list[tuple[float, int, int]] = []
    for step in range(int(duration_s * STEPS_PER_S)):
        now = step / STEPS_PER_S
        for _ in range(int(rng.poisson(rate_per_s(now) / STEPS_PER_S))):
            low = int(rng.integers(atoms))
            high = low + int(rng.integers(1, reach + 1))
            if high >= atoms or (free_from[holder[[low, high]]] > now).any():
                continue
            found += [(now, int(holder[low]), high - low), (now, int(holder[high]), low - high)]
            holder[[low, high]] = holder[[high, low]]
            free_from[holder[[low, high]]] = now + TRADE_S
    table = np.array(found, dtype=float).reshape(-1, 3)
    return Moves(start[:, None], table[:, 0], table[:, 1].astype(int), table[:, 2:], TRADE_S)
