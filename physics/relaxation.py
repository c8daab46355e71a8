"""Spin-lattice relaxation: an inverted spin system returns to the lattice's temperature through beta = 0.

The polarisation P relaxes exponentially with T1. beta follows from P, runs smoothly through 0, and T
goes -300 K -> -inf = +inf -> +300 K.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_expit

from physics._checks import FloatArray, nonnegative, plain, positive, real, within
from physics._masks import elementwise
from physics.errors import ImpossibleStateError


def _polarisation(name: str, value: ArrayLike) -> FloatArray:
    return within(name, value, -1.0, 1.0, "give (N_low - N_high)/N")


@elementwise
def polarisation(t_s: ArrayLike, P0: ArrayLike, P_equilibrium: ArrayLike, T1_s: ArrayLike) -> FloatArray:
    """Polarisation P(t) = Pe + (P0 - Pe) exp(-t/T1); positive when the lower level is the fuller.

    Args:
        t_s: time in s, >= 0.
        P0: polarisation at t = 0, -1 to 1; negative after an inversion.
        P_equilibrium: polarisation at the lattice's temperature, -1 to 1.
        T1_s: spin-lattice time in s, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an argument outside its range.

    Source: Bloch equation for M_z; Bloembergen, Purcell & Pound, Phys. Rev. 73, 679 (1948).

    >>> polarisation([0.0, 300.0 * np.log(2)], -1e-6, 1e-6, 300.0).round(12).tolist()
    [-1e-06, 0.0]
    """
    start, end = _polarisation("P0", P0), _polarisation("P_equilibrium", P_equilibrium)
    time = nonnegative("t_s", t_s) / positive("T1_s", T1_s)
    return plain(start * np.exp(-time) - end * np.expm1(-time))


@elementwise
def beta_per_J(
    t_s: ArrayLike, beta_0: ArrayLike, beta_lattice: ArrayLike, T1_s: ArrayLike, delta_E_J: ArrayLike
) -> FloatArray:
    """Spin coldness in 1/J during relaxation, of spins 1/2 with level distance dE; continuous through 0.

    Args:
        t_s: time in s, >= 0.
        beta_0: spin coldness at t = 0 in 1/J; +-inf are legal.
        beta_lattice: coldness of the lattice in 1/J.
        T1_s: spin-lattice time in s, > 0.
        delta_E_J: level distance in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an argument outside its range.

    Source: each population N(t) = Ne + (N0 - Ne) exp(-t/T1), and P = tanh(beta dE/2).

    >>> float(beta_per_J(0.0, -2.0, 1.0, 300.0, 1e-3))
    -2.0
    """
    gap = positive("delta_E_J", delta_E_J)
    with np.errstate(over="ignore", divide="ignore", under="ignore"):
        start, end = real("beta_0", beta_0) * gap, real("beta_lattice", beta_lattice) * gap
        P = polarisation(t_s, np.tanh(0.5 * start), np.tanh(0.5 * end), T1_s)
        past = nonnegative("t_s", t_s) / positive("T1_s", T1_s)
        # P saturates where one level is almost empty, so there each population relaxes in its logarithm.
        kept, gained = -past, np.log(-np.expm1(-past))
        low, high = (np.logaddexp(log_expit(s * start) + kept, log_expit(s * end) + gained) for s in (1.0, -1.0))
        near = 2.0 * np.arctanh(np.clip(P, -0.5, 0.5))
        return plain(np.where(np.abs(P) < 0.5, near, low - high) / gap)


@elementwise
def crossing_time_s(P0: ArrayLike, P_equilibrium: ArrayLike, T1_s: ArrayLike) -> FloatArray:
    """Time in s at which the populations are equal (beta = 0): T1 ln(1 - P0/Pe).

    Args:
        P0: polarisation at t = 0, of the other sign than P_equilibrium (or 0).
        P_equilibrium: polarisation at the lattice's temperature, not 0.
        T1_s: spin-lattice time in s, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an argument outside its range.
        ImpossibleStateError: start and end lie on the same side of beta = 0, so it is never crossed.

    Source: ``polarisation`` = 0.

    >>> print(f"{crossing_time_s(-2e-6, 2e-6, 300.0):.0f} s")
    208 s
    """
    start, end = _polarisation("P0", P0), _polarisation("P_equilibrium", P_equilibrium)
    if np.any(start * np.sign(end) > 0) or np.any(end == 0):
        raise ImpossibleStateError("P0", P0, "be opposite in sign to P_equilibrium", "start inverted")
    with np.errstate(over="ignore"):
        ratio = -start / end
    periods = np.where(
        np.isinf(ratio), np.log(np.where(start == 0, 1.0, np.abs(start))) - np.log(np.abs(end)), np.log1p(ratio)
    )
    return plain(positive("T1_s", T1_s) * periods)
