"""What the segment on mistakes computes: bodies that take heat, pairs of levels, two ways to count states."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from physics import canonical, entropy, microcanonical
from physics.coldness import temperature_from_beta
from physics.examples import DELTA_E_J
from physics.examples_tour import BALANCED, GIVER_X, SETTLED_X, SPINS_COUNTED, TAKERS_X
from physics.two_level import beta_from_upper_fraction, upper_fraction


@cache
def heated(moved: float) -> tuple[float, ...]:
    """Return coldness x of the giver, then of each taker, after a share of the heat, 0..1, has passed.

    Each is one of as many alike protons; all end at one coldness.
    """
    share = np.asarray(upper_fraction(np.array([GIVER_X, *TAKERS_X]), 1.0))
    now = share + (share.mean() - share) * moved
    return tuple(np.asarray(beta_from_upper_fraction(now, 1.0)).tolist())


def pair_coldness(populations: tuple[float, ...]) -> tuple[float, float, float]:
    """Return coldness of the lower, the upper and the outer pair of three levels at equal distances."""
    low, middle, high = np.log(populations)
    return float(low - middle), float(middle - high), float(low - high) / 2


@cache
def settled() -> tuple[float, ...]:
    """Return the populations of three levels in equilibrium at a negative temperature."""
    return tuple(np.asarray(canonical.probabilities(SETTLED_X, np.arange(3.0))).tolist())


@cache
def counted() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return entropy over k of some spins for each number of them up: states at the energy, and up to it."""
    n = np.arange(SPINS_COUNTED + 1)
    return np.asarray(entropy.log_multiplicity(SPINS_COUNTED, n)), np.asarray(entropy.log_volume(SPINS_COUNTED))


@cache
def slopes(n: int) -> tuple[float, float]:
    """Return the slopes from n of some spins up to n + 1, as coldness times the distance: states at, and up to it."""
    at = float(microcanonical.beta_forward(SPINS_COUNTED, n, DELTA_E_J)) * DELTA_E_J
    return at, float(microcanonical.beta_volume_forward(SPINS_COUNTED, DELTA_E_J)[n]) * DELTA_E_J


@cache
def balanced_mK() -> tuple[tuple[float, float], tuple[float, float]]:
    """Return temperatures in mK of a small and a large body in balance: by states at their energies, and up to them."""
    at, upto = [], []
    for N, n in BALANCED:
        at.append(1e3 * float(temperature_from_beta(beta_from_upper_fraction(n / N, DELTA_E_J))))
        upto.append(1e3 * float(temperature_from_beta(microcanonical.beta_volume_forward(N, DELTA_E_J)[n])))
    return (at[0], at[1]), (upto[0], upto[1])
