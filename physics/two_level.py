"""Two levels a distance delta_E_J apart: 0 and dE, or -eps and +eps (E_low_J = -eps, delta_E_J = 2 eps).

All functions are per particle. Bodies of many particles, for thermal contact, are ``TwoLevelBody``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import k
from scipy.special import expit, logit

from physics._checks import (
    FloatArray,
    finite,
    nonnegative,
    particles,
    plain,
    positive,
    real,
    single,
    within,
)
from physics._masks import elementwise

# Beyond this |x| every Boltzmann factor underflows, so results are those of |x| = inf, without inf * 0.
_X_LARGE = 1500.0


def _x(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    with np.errstate(over="ignore"):
        return np.asarray(real("beta_per_J", beta_per_J) * positive("delta_E_J", delta_E_J))


@elementwise
def upper_fraction(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Fraction of particles in the upper level, 1/(1 + e^x) with x = beta dE.

    Args:
        beta_per_J: coldness in 1/J; +-inf are legal and give 0 and 1.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J is not positive and finite.

    Source: Boltzmann distribution; seeds' N_high/N_low = exp(-dE/kT).

    >>> upper_fraction([float("inf"), 0.0, float("-inf")], 2.8e-26).tolist()
    [0.0, 0.5, 1.0]
    """
    return plain(expit(-_x(beta_per_J, delta_E_J)))


@elementwise
def populations(beta_per_J: ArrayLike, delta_E_J: ArrayLike, N: ArrayLike = 1.0) -> tuple[FloatArray, FloatArray]:
    """Mean numbers (N_low, N_high) of N particles; each keeps its relative accuracy when tiny.

    Args:
        beta_per_J: coldness in 1/J.
        delta_E_J: level distance in J, > 0.
        N: number of particles, or a mean number of them, >= 0, whole or not; all shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0 or N < 0.

    Source: Boltzmann distribution.

    >>> from physics.coldness import beta_from_temperature
    >>> low, high = populations(beta_from_temperature(1e-3), 2.8e-26)
    >>> round(float(low), 4)
    0.8837
    """
    x, count = _x(beta_per_J, delta_E_J), nonnegative("N", N)
    return plain(count * expit(x)), plain(count * expit(-x))


@elementwise
def ratio_from_beta(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Population ratio N_high/N_low = e^(-beta dE); 0 at beta = +inf, inf at -inf or where it overflows.

    Args:
        beta_per_J: coldness in 1/J.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0.

    Source: Boltzmann distribution.

    >>> float(ratio_from_beta(0.0, 1.0))
    1.0
    """
    with np.errstate(over="ignore", under="ignore"):
        return plain(np.exp(-_x(beta_per_J, delta_E_J)))


@elementwise
def log_ratio_from_beta(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Natural log of the population ratio, ln(N_high/N_low) = -beta dE; it neither underflows nor overflows.

    Args:
        beta_per_J: coldness in 1/J; +-inf are legal.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0.

    Source: Boltzmann distribution.

    >>> from physics.coldness import beta_from_temperature
    >>> print(f"{log_ratio_from_beta(beta_from_temperature(4.0), 2.9e-19):.0f}: a 685 nm gap at 4 K")
    -5251: a 685 nm gap at 4 K
    """
    return plain(0.0 - _x(beta_per_J, delta_E_J))


@elementwise
def beta_from_ratio(ratio: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness, in 1/J, from the population ratio r = N_high/N_low: -ln(r)/dE.

    r = 0, 1, inf give beta = +inf, +0.0 (exactly), -inf.

    Args:
        ratio: N_high/N_low, 0 to inf.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: ratio < 0 or delta_E_J <= 0.

    Source: the inverse of ``ratio_from_beta``.

    >>> from physics.coldness import temperature_from_beta
    >>> print(f"{1e3 * temperature_from_beta(beta_from_ratio(1.5, 2.8e-26)):.3f} mK")
    -5.002 mK
    >>> float(beta_from_ratio(1.0, 2.8e-26))
    0.0
    """
    r = within("ratio", ratio, 0.0, np.inf, "give N_high/N_low, a ratio of two numbers of particles")
    with np.errstate(divide="ignore", over="ignore"):
        return plain(-np.log(r) / positive("delta_E_J", delta_E_J) + 0.0)


@elementwise
def beta_from_upper_fraction(p_high: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness, in 1/J, from the fraction of particles in the upper level: ln((1-p)/p)/dE.

    p = 0, 1/2, 1 give beta = +inf, +0.0, -inf.

    Args:
        p_high: fraction in the upper level, 0 to 1.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: p_high outside [0, 1] or delta_E_J <= 0.

    Source: the inverse of ``upper_fraction``.

    >>> beta_from_upper_fraction([0.0, 0.5, 1.0], 1.0).tolist()
    [inf, 0.0, -inf]
    """
    p = within("p_high", p_high, 0.0, 1.0, "give a fraction of the particles")
    return plain(-logit(p) / positive("delta_E_J", delta_E_J) + 0.0)


@elementwise
def energy_J(beta_per_J: ArrayLike, delta_E_J: ArrayLike, E_low_J: ArrayLike = 0.0) -> FloatArray:
    """Mean energy per particle, E_low + dE/(1 + e^x), in J.

    Args:
        beta_per_J: coldness in 1/J; +-inf give the two levels.
        delta_E_J: level distance in J, > 0.
        E_low_J: energy of the lower level in J; -dE/2 for levels +-eps. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0, or E_low_J infinite.

    Source: canonical average.

    >>> float(energy_J(0.0, 2.0, -1.0))
    0.0
    """
    excitation = positive("delta_E_J", delta_E_J) * expit(-_x(beta_per_J, delta_E_J))
    return plain(finite("E_low_J", E_low_J) + excitation)


@elementwise
def entropy_J_per_K(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Entropy per particle, k [ln(1 + e^-|x|) + |x|/(1 + e^|x|)], in J/K; even in beta, at most k ln 2.

    Args:
        beta_per_J: coldness in 1/J; +-inf give 0.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0.

    Source: S = k (ln Z + beta U).

    >>> from scipy.constants import k
    >>> bool(entropy_J_per_K(0.0, 1.0) == k * np.log(2))
    True
    """
    x = np.minimum(np.abs(_x(beta_per_J, delta_E_J)), _X_LARGE)
    with np.errstate(under="ignore"):
        return plain(k * (np.log1p(np.exp(-x)) + x * expit(-x)))


@elementwise
def heat_capacity_J_per_K(beta_per_J: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Heat capacity dU/dT per particle, k x^2 e^x/(1 + e^x)^2, in J/K; never negative, even in beta.

    Args:
        beta_per_J: coldness in 1/J; 0 and +-inf give 0.
        delta_E_J: level distance in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0.

    Source: Schottky, Phys. Z. 23, 448 (1922); the peak is 0.4392 k at kT = 0.4168 dE.

    >>> from scipy.constants import k
    >>> print(f"{heat_capacity_J_per_K(2.39936, 1.0) / k:.4f}")
    0.4392
    """
    x = np.minimum(np.abs(_x(beta_per_J, delta_E_J)), _X_LARGE)
    with np.errstate(under="ignore"):
        return plain(k * x**2 * expit(x) * expit(-x))


@elementwise
def free_energy_J(beta_per_J: ArrayLike, delta_E_J: ArrayLike, E_low_J: ArrayLike = 0.0) -> FloatArray:
    """Free energy per particle U - TS = E_low - ln(1 + e^-x)/beta, in J.

    It diverges at beta = 0, where -inf is given (T = +inf by convention); beta = +-inf give the levels.

    Args:
        beta_per_J: coldness in 1/J.
        delta_E_J: level distance in J, > 0.
        E_low_J: energy of the lower level in J. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: delta_E_J <= 0, or E_low_J infinite.

    Source: F = -kT ln Z.

    >>> free_energy_J([float("inf"), 0.0, float("-inf")], 1.0).tolist()
    [0.0, -inf, 1.0]
    """
    x, gap = _x(beta_per_J, delta_E_J) + 0.0, positive("delta_E_J", delta_E_J)
    with np.errstate(divide="ignore", under="ignore"):
        thermal = gap * np.log1p(np.exp(-np.abs(x))) / x
    return plain(finite("E_low_J", E_low_J) + np.where(x < 0, gap, 0.0) - thermal)


@dataclass(frozen=True)
class TwoLevelBody:
    """N independent two-level particles as one body that can be put in thermal contact.

    >>> float(TwoLevelBody(N=100, delta_E_J=1.0).energy_J(0.0))
    50.0
    """

    N: float
    delta_E_J: float
    E_low_J: float = 0.0

    bounded = True

    def __post_init__(self) -> None:
        """Refuse a body that cannot exist."""
        particles("N", self.N)
        positive("delta_E_J", single("delta_E_J", self.delta_E_J))
        finite("E_low_J", single("E_low_J", self.E_low_J))

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta (1/J)."""
        return self.N * energy_J(beta_per_J, self.delta_E_J, self.E_low_J)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at coldness beta (1/J)."""
        return self.N * entropy_J_per_K(beta_per_J, self.delta_E_J)

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        x = _x(beta_per_J, self.delta_E_J)
        with np.errstate(over="ignore", under="ignore"):
            return plain((self.delta_E_J * np.sqrt(self.N * expit(x) * expit(-x))) ** 2)
