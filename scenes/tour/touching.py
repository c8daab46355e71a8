"""Bodies that touch, for the segment on contact: what they hold as heat passes, and their quanta one by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from physics.contact import equilibrium
from physics.examples import ABOVE_AFTER, COLD_BODY, DELTA_E_J, HOT_BODY, PARTICLES
from physics.examples_tour import CONTACT_PAIRS, GAS_START_X, GAS_THERMOMETER, THERMOMETER, THERMOMETER_ABOVE
from physics.exchange import exchange
from physics.two_level import TwoLevelBody, beta_from_upper_fraction, entropy_J_per_K
from scenes.minute.bodies import touching_bodies
from scenes.protons import REST_STEPS, Course

HOT, COLD = int(HOT_BODY.N), int(COLD_BODY.N)
_SWAPS = (0.16, 0.24)  # a step, in a body of forty and one of sixty
_SEED = 71


@dataclass(frozen=True)
class Meeting:
    """Quanta that two bodies hold before they touch, and once they are equally hot."""

    N: tuple[int, int]
    before: tuple[float, float]
    after: tuple[float, float]

    def held(self, moved: float) -> tuple[float, float]:
        """Return what each holds after a share of the heat, 0..1, has passed."""
        first, second = (b + (a - b) * moved for b, a in zip(self.before, self.after, strict=True))
        return first, second

    def coldness(self, moved: float) -> tuple[float, float]:
        """Return coldness beta dE of each two-level body after a share of the heat has passed."""
        first, second = (
            float(beta_from_upper_fraction(held / N, 1.0)) for held, N in zip(self.held(moved), self.N, strict=True)
        )
        return first, second

    def gain_over_k(self, moved: ArrayLike) -> NDArray[np.float64]:
        """Return the gain of their total entropy over k after shares of the heat, which may go past the whole."""
        share = np.asarray(moved, dtype=float)
        total = np.zeros_like(share)
        for before, after, N in zip(self.before, self.after, self.N, strict=True):
            for sign, held in ((1.0, before + (after - before) * share), (-1.0, before)):
                beta = beta_from_upper_fraction(np.clip(held / N, 0.0, 1.0), DELTA_E_J)
                total += sign * N * entropy_J_per_K(beta, DELTA_E_J) / K_B
        return total


def _meeting(N: tuple[int, int], before: tuple[float, float]) -> Meeting:
    first, second = (TwoLevelBody(number, DELTA_E_J) for number in N)
    beta_a, beta_b = (float(beta_from_upper_fraction(up / of, DELTA_E_J)) for up, of in zip(before, N, strict=True))
    heat = equilibrium(first, second, beta_a, beta_b).heat_a_J / DELTA_E_J
    return Meeting(N, before, (before[0] + heat, before[1] - heat))


@cache
def pairs() -> tuple[Meeting, ...]:
    """Return the three pairs of bodies: both positive, both negative, one of each."""
    return tuple(_meeting((HOT, COLD), (float(hot), float(cold))) for hot, cold in CONTACT_PAIRS)


@cache
def small() -> Meeting:
    """Return the hundred inverted protons and a thermometer of a few spins."""
    return _meeting((PARTICLES, THERMOMETER), (float(ABOVE_AFTER), float(THERMOMETER_ABOVE)))


@cache
def drained() -> float:
    """Return how many quanta a thermometer of gas takes from the hundred inverted protons."""
    spins = TwoLevelBody(PARTICLES, DELTA_E_J)
    beta = float(beta_from_upper_fraction(ABOVE_AFTER / PARTICLES, DELTA_E_J))
    return -equilibrium(spins, GAS_THERMOMETER, beta, GAS_START_X / DELTA_E_J).heat_a_J / DELTA_E_J


def gas_coldness(taken: float) -> float:
    """Return the gas's coldness beta dE once it has taken so many quanta: its energy is 3/2 N kT."""
    start = 1.5 * GAS_THERMOMETER.N / GAS_START_X
    return 1.5 * GAS_THERMOMETER.N / (start + taken)


def pair_course(meeting: Meeting, moved: NDArray[np.float64], seed: int) -> Course:
    """Draw the quanta of two bodies from the share of heat that has passed by each step; they swap while they touch."""
    held = np.array([meeting.held(share)[0] for share in moved])
    hot_counts = np.rint(held).astype(int)
    total = round(sum(meeting.before))
    touch = np.where(moved > 0, 1.0, 0.0)
    hot, cold = (
        exchange(counts, N, rate * touch, _SEED + seed + N, REST_STEPS)
        for counts, N, rate in ((hot_counts, HOT, _SWAPS[0]), (total - hot_counts, COLD, _SWAPS[1]))
    )
    return Course(touching_bodies(hot, cold))


def small_course(steps: int, touch: int) -> Course:
    """Draw the quanta of the hundred and the few that touch them from a step on."""
    rng = np.random.default_rng(_SEED)
    start = np.zeros(PARTICLES + THERMOMETER, dtype=bool)
    start[rng.permutation(PARTICLES)[:ABOVE_AFTER]] = True
    start[PARTICLES : PARTICLES + THERMOMETER_ABOVE] = True
    rate = np.where(np.arange(steps) < touch, 0.0, 0.5)
    counts = np.full(steps, ABOVE_AFTER + THERMOMETER_ABOVE)
    return Course(exchange(counts, len(start), rate, _SEED + 5, REST_STEPS, start))


def gas_course(moved: NDArray[np.float64]) -> Course:
    """Draw the quanta of the hundred that a gas drains, from the share of the heat that has passed by each step."""
    counts = np.rint(ABOVE_AFTER - drained() * moved).astype(int)
    return Course(exchange(counts, PARTICLES, 0.35, _SEED + 9, REST_STEPS))
