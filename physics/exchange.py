"""Quanta that two-level particles exchange with each other and with the outside, drawn at random.

Particles of a pair that are on different levels swap a quantum (Kawasaki's exchange): no energy is gained, every
arrangement with as many on the upper level comes up equally often, and so each particle goes up and comes down at
rates whose ratio is the Boltzmann factor of the populations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics._checks import broadcasting, one_whole, require, whole, within
from physics.errors import ImpossibleStateError

OUTSIDE = -1
"""Stands for the surroundings as giver or taker of a quantum."""


@dataclass(frozen=True)
class Exchange:
    """Quanta in the order in which they change hands: at which step, from whom, to whom; arrays of shape (n,)."""

    start: NDArray[np.bool_]
    """Who is on the upper level at step 0, shape (N,)."""
    step: NDArray[np.int_]
    giver: NDArray[np.int_]
    """A particle, or `OUTSIDE`."""
    taker: NDArray[np.int_]

    def upper(self, steps: int) -> NDArray[np.bool_]:
        """Return who is on the upper level after the quanta of each step, shape (steps, N)."""
        turns = np.zeros((steps, len(self.start)), dtype=np.int_)
        turns[0] = self.start
        for who, change in ((self.giver, -1), (self.taker, 1)):
            inside = (who != OUTSIDE) & (self.step < steps)
            np.add.at(turns, (self.step[inside], who[inside]), change)
        return np.cumsum(turns, axis=0).astype(bool)


@broadcasting
def exchange(
    upper: ArrayLike,
    N: int,
    swaps_per_step: ArrayLike,
    seed: int,
    rest_steps: int = 0,
    start: ArrayLike | None = None,
) -> Exchange:
    """Draw the quanta of N particles of which so many are on the upper level at each step.

    Args:
        upper: particles on the upper level after each step, shape (steps,); where it changes, quanta come in or go out.
        N: particles.
        swaps_per_step: swaps within, in the mean, of two half-full levels; one value or one a step. Other populations
            swap as often as a pair picked at random is on different levels.
        seed: the same seed gives the same quanta.
        rest_steps: steps that a particle stays out of it after its turn.
        start: who is on the upper level at first, shape (N,); by default so many, picked at random.

    Raises:
        OutOfDomainError: counts outside 0..N, a negative rate, a start with another count.
        ImpossibleStateError: too few particles at rest to choose from.

    Source: K. Kawasaki, Phys. Rev. 145, 224 (1966).

    >>> quanta = exchange([1, 2, 2], 3, 0.0, seed=1)
    >>> quanta.upper(3).sum(axis=1)
    array([1, 2, 2])
    """
    N = int(within("N", one_whole("N", N, 1), 1, 1e6, "watch fewer particles"))
    counts = within("upper", whole("upper", upper, 0), 0, N, "count the particles on the upper level, at most N")
    require(counts.ndim == 1 and counts.size > 0, "upper", counts, "be a list of counts", "give one for each step")
    wanted = counts.astype(int)
    rates = np.broadcast_to(within("swaps_per_step", swaps_per_step, 0.0, 1e6, "take shorter steps"), wanted.shape)
    rng = np.random.default_rng(seed)
    first = np.isin(np.arange(N), rng.permutation(N)[: wanted[0]]) if start is None else np.array(start, dtype=bool)
    same = first.shape == (N,) and first.sum() == wanted[0]
    require(same, "start", counts[:1], "be N levels, as many of them upper as at step 0", "count them again")
    now, free_from = first.copy(), np.zeros(N, dtype=int)
    quanta: list[tuple[int, int, int]] = []

    def one(level: bool, step: int) -> int:
        candidates = np.flatnonzero((now == level) & (free_from <= step))
        if not len(candidates):
            remedy = "change the populations more slowly, or let particles rest for fewer steps"
            raise ImpossibleStateError("step", step, "leave a particle at rest to choose from", remedy)
        chosen = int(rng.choice(candidates))
        free_from[chosen] = step + rest_steps
        return chosen

    def pass_on(step: int, giver: int, taker: int) -> None:
        for who, level in ((giver, False), (taker, True)):
            if who != OUTSIDE:
                now[who] = level
        quanta.append((step, giver, taker))

    for step in range(1, len(wanted)):
        change = int(wanted[step]) - int(now.sum())
        for _ in range(abs(change)):
            pass_on(step, *((OUTSIDE, one(False, step)) if change > 0 else (one(True, step), OUTSIDE)))
        mixed = 4 * int(now.sum()) * int(N - now.sum()) / N**2
        for _ in range(int(rng.poisson(rates[step] * mixed))):
            rested = free_from <= step
            if (now & rested).any() and (~now & rested).any():
                pass_on(step, one(True, step), one(False, step))
    table = np.array(quanta, dtype=int).reshape(-1, 3)
    return Exchange(first, table[:, 0], table[:, 1], table[:, 2])
