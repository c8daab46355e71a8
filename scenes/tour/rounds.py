"""Who goes round the four levels when: atoms that are pumped up, drop, wait, give light and drop again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease
from physics.examples import PARTICLES
from physics.examples_tour import FOUR_LEVEL, LEVEL_GAPS_K, SHOWN_PUMP_PER_S

SLOWED = 1.2e4
"""How many times slower than life atoms wait, on either of the two levels on which they wait long enough to be seen."""

RISE_S, DROP_S, LASE_S = 0.5, 0.22, 0.4
"""Times in which an atom is shown to be lifted, to drop without light, and to drop with it."""

PHOTON_S = 1.3
"""Time for which its light is seen."""

LEVELS = tuple(float(height) for height in np.cumsum((0.0, *LEVEL_GAPS_K)) / sum(LEVEL_GAPS_K))
"""Heights of the levels 0 to 3, as shares of the highest one's."""

UPPER_WAIT_S, GROUND_WAIT_S = SLOWED * FOUR_LEVEL.tau21_s, SLOWED / SHOWN_PUMP_PER_S
"""Mean times for which an atom counts as up, and as down, as slowed."""

_BURN_IN_S = 40.0
_BUSY_S = 1.0  # an atom that is on its way cannot set out again; what it waits beyond is exponential
_SEED = 47


@dataclass(frozen=True)
class Photon:
    """Light that an atom has given: which one, to which side it flies (-1, 1), and its age in s."""

    atom: int
    side: int
    age_s: float


class Rounds:
    """The rounds of a hundred atoms: waiting times are drawn at random, with the means that the rates have.

    Args:
        stop_s: until when.
        leader: one atom whose round is given.
        pumped_s: when the leader is lifted.
        light_s: when it gives light.
    """

    def __init__(self, stop_s: float, leader: int, pumped_s: float, light_s: float) -> None:
        rng = np.random.default_rng(_SEED)
        self._turns: list[list[float]] = []
        """Of each atom the times at which it is lifted, drops, is lifted, and so on."""
        for atom in range(PARTICLES):
            self._turns.append(self._drawn(rng, -_BURN_IN_S * (1 + rng.random()), stop_s))
            if atom == leader:
                led = [pumped_s, max(light_s, pumped_s + _BUSY_S)]
                self._turns[-1] = led + self._drawn(rng, led[1], stop_s)
        self._sides = rng.choice([-1, 1], size=PARTICLES)

    @staticmethod
    def _drawn(rng: np.random.Generator, start_s: float, stop_s: float) -> list[float]:
        turns: list[float] = []
        now = start_s
        while now < stop_s:
            mean = UPPER_WAIT_S if len(turns) % 2 else GROUND_WAIT_S
            now += _BUSY_S + float(rng.exponential(mean - _BUSY_S))
            turns.append(now)
        return turns

    def heights(self, clock: float) -> NDArray[np.float64]:
        """Return how high each atom is, as a share of the highest level, shape (N,)."""
        return np.array([_height(turns, clock) for turns in self._turns])

    def up(self, clock: float) -> int:
        """Return how many count as up: lifted, and not yet fallen."""
        return sum(bisect_right(turns, clock) % 2 for turns in self._turns)

    def photons(self, clock: float) -> tuple[Photon, ...]:
        """Return the light that is under way."""
        found = []
        for atom, turns in enumerate(self._turns):
            for index in range(1, len(turns), 2):
                age = clock - turns[index]
                if 0 <= age < PHOTON_S:
                    found.append(Photon(atom, int(self._sides[atom]) * (1 if index % 4 == 1 else -1), age))
        return tuple(found)


def _height(turns: list[float], clock: float) -> float:
    """Height of an atom; it is half-way at its turn."""
    index = bisect_right(turns, clock + RISE_S / 2)
    if index == 0:
        return 0.0
    ground, lower, upper, top = LEVELS
    if index % 2:  # lifted last
        since = clock - turns[index - 1] + RISE_S / 2
        if since < RISE_S:
            return ground + (top - ground) * ease(since / RISE_S)
        return top + (upper - top) * ease((since - RISE_S) / DROP_S)
    since = clock - turns[index - 1] + LASE_S / 2
    if since < LASE_S:
        return upper + (lower - upper) * ease(since / LASE_S)
    return lower + (ground - lower) * ease((since - LASE_S) / DROP_S)
