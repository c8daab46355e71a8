"""Three levels filled at random, and where they settle when they exchange energy among themselves alone."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.optimize import brentq

from physics import canonical
from physics.examples_tour import RANDOM_SHARES

_LEVELS = np.arange(3.0)


@cache
def settled_coldness() -> float:
    """Return the coldness, times the distance of the levels, at which three levels hold the energy they began with."""
    energy = float(np.dot(RANDOM_SHARES, _LEVELS))
    return float(brentq(lambda x: float(canonical.energy_J(x, _LEVELS)) - energy, -20.0, 20.0, xtol=1e-14))


def shares(settled: float) -> tuple[float, ...]:
    """Return the populations after a share of the way, 0..1, from random to equilibrium."""
    end = np.asarray(canonical.probabilities(settled_coldness(), _LEVELS))
    return tuple((np.array(RANDOM_SHARES) + (end - RANDOM_SHARES) * settled).tolist())
