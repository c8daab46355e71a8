"""Canonical ensemble over any finite spectrum with degeneracies, at any real beta, +-inf included.

Energies are measured from the level that is fullest (the lowest for beta > 0, the highest for beta < 0),
so no exponential overflows and no large offset cancels. Levels are the last axis of ``E_J`` and ``g``;
beta may have any shape, which the results share.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import k

from physics._checks import FloatArray, broadcasting, finite, particles, plain, positive, real, require
from physics.errors import OutOfDomainError


def _spectrum(E_J: ArrayLike, g: ArrayLike) -> tuple[FloatArray, FloatArray]:
    E, weight = finite("E_J", E_J), positive("g", g)
    if E.ndim != 1 or E.size == 0:
        raise OutOfDomainError("E_J", E.shape, "be a row of levels", "give a one-dimensional array of energies")
    if weight.shape not in {(), E.shape}:
        raise OutOfDomainError("g", weight.shape, f"have shape () or {E.shape}", "give one degeneracy per level")
    return E, np.broadcast_to(weight, E.shape)


def _weights(
    beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Give the fullest level E0 per beta, the distances E - E0, x = beta (E - E0) >= 0 and the weights g exp(-x)."""
    E, degeneracy = _spectrum(E_J, g)
    beta = real("beta_per_J", beta_per_J)
    E0 = np.where(beta >= 0, E.min(), E.max())[..., np.newaxis]
    distance = E - E0
    with np.errstate(invalid="ignore", over="ignore", under="ignore"):
        x = np.where(distance == 0, 0.0, beta[..., np.newaxis] * distance)
        return E0[..., 0], distance, x, degeneracy * np.exp(-x)


def _log_sum(x: FloatArray, w: FloatArray) -> FloatArray:
    """Give ln sum w; the little that the emptier levels add to a full one is not rounded away."""
    full = np.where(x == 0, w, 0.0).sum(axis=-1)
    rest = np.where(x == 0, 0.0, w).sum(axis=-1)
    return np.asarray(np.where(rest < 0.5 * full, np.log(full) + np.log1p(rest / full), np.log(full + rest)))


def _shares(w: FloatArray) -> FloatArray:
    return np.asarray(w / w.sum(axis=-1, keepdims=True))


@broadcasting
def probabilities(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Probability of each level, g exp(-beta E)/Z; shape beta.shape + (levels,).

    Args:
        beta_per_J: coldness in 1/J, any shape; +inf fills the lowest level, -inf the highest.
        E_J: level energies in J, shape (levels,), any order and offset.
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: Gibbs distribution.

    >>> probabilities(float("-inf"), [0.0, 1.0, 5.0]).tolist()
    [0.0, 0.0, 1.0]
    """
    return _shares(_weights(beta_per_J, E_J, g)[3])


@broadcasting
def log_partition(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Log of the partition function Z = sum g exp(-beta E), for finite beta.

    Args:
        beta_per_J: finite coldness in 1/J, any shape.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta or an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: definition, as log-sum-exp.

    >>> bool(log_partition(0.0, [0.0, 1.0], [1.0, 3.0]) == np.log(4.0))
    True
    """
    E0, _, x, w = _weights(beta_per_J, E_J, g)
    return plain(_log_sum(x, w) - finite("beta_per_J", beta_per_J) * E0)


@broadcasting
def energy_J(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Mean energy in J; falls from the highest level to the lowest as beta goes from -inf to +inf.

    Args:
        beta_per_J: coldness in 1/J, any shape; +-inf are legal.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: U = sum p E = -d ln Z/d beta.

    >>> float(energy_J(0.0, [0.0, 1.0, 2.0]))
    1.0
    """
    E0, distance, _, w = _weights(beta_per_J, E_J, g)
    with np.errstate(under="ignore"):
        return plain(E0 + (_shares(w) * distance).sum(axis=-1))


@broadcasting
def entropy_J_per_K(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Entropy k (ln Z + beta U) in J/K; k ln g of the end levels at beta = +-inf, k ln sum g at 0.

    Args:
        beta_per_J: coldness in 1/J, any shape; +-inf are legal.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: Gibbs entropy -k sum p ln(p/g).

    >>> bool(np.isclose(entropy_J_per_K(float("inf"), [0.0, 1.0], [2.0, 5.0]), k * np.log(2), rtol=1e-15))
    True
    """
    _, _, x, w = _weights(beta_per_J, E_J, g)
    p = _shares(w)
    with np.errstate(under="ignore", invalid="ignore"):
        return plain(k * (_log_sum(x, w) + np.where(p > 0, p * x, 0.0).sum(axis=-1)))


@broadcasting
def energy_variance_J2(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Variance of the energy, -dU/dbeta, in J^2; never negative, 0 at beta = +-inf.

    Args:
        beta_per_J: coldness in 1/J, any shape; +-inf are legal.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: second derivative of ln Z.

    >>> float(energy_variance_J2(0.0, [0.0, 2.0]))
    1.0
    """
    _, distance, _, w = _weights(beta_per_J, E_J, g)
    p = _shares(w)
    with np.errstate(under="ignore"):
        mean = (p * distance).sum(axis=-1, keepdims=True)
        return plain((p * (distance - mean) ** 2).sum(axis=-1))


@broadcasting
def heat_capacity_J_per_K(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Heat capacity dU/dT = k beta^2 var(E) in J/K, never negative.

    Args:
        beta_per_J: coldness in 1/J, any shape; 0 and +-inf give 0.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: fluctuation formula.

    >>> from physics import two_level
    >>> bool(np.isclose(heat_capacity_J_per_K(2.0, [0.0, 1.0]), two_level.heat_capacity_J_per_K(2.0, 1.0)))
    True
    """
    _, _, x, w = _weights(beta_per_J, E_J, g)
    p = _shares(w)
    with np.errstate(under="ignore"):
        x_full = np.where(p > 0, x, 0.0)
        mean = (p * x_full).sum(axis=-1, keepdims=True)
        return plain(k * (p * (x_full - mean) ** 2).sum(axis=-1))


@broadcasting
def free_energy_J(beta_per_J: ArrayLike, E_J: ArrayLike, g: ArrayLike = 1.0) -> FloatArray:
    """Free energy -ln(Z)/beta in J; the end levels at beta = +-inf.

    At beta = 0 (T = +inf) it is -inf, or +inf for g < 1 in all; with g = 1 in all the mean energy.

    Args:
        beta_per_J: coldness in 1/J, any shape.
        E_J: level energies in J, shape (levels,).
        g: degeneracies, > 0, scalar or shape (levels,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an energy is infinite, a degeneracy is not positive, or shapes do not fit.

    Source: F = U - TS.

    >>> free_energy_J([float("inf"), float("-inf")], [1.0, 2.0]).tolist()
    [1.0, 2.0]
    """
    E0, _, x, w = _weights(beta_per_J, E_J, g)
    log_Z = _log_sum(x, w)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        thermal = log_Z / (real("beta_per_J", beta_per_J) + 0.0)
    # With g = 1 in all there is no entropy at beta = 0, so F = U.
    return plain(np.where((log_Z == 0) & np.isnan(thermal), energy_J(beta_per_J, E_J, g), E0 - thermal))


@dataclass(frozen=True)
class LevelsBody:
    """N independent copies of a spectrum as one body that can be put in thermal contact.

    >>> float(LevelsBody(N=10, E_J=(0.0, 1.0, 2.0)).energy_J(0.0))
    10.0
    """

    N: float
    E_J: tuple[float, ...]
    g: tuple[float, ...] | float = 1.0

    bounded = True

    def __post_init__(self) -> None:
        """Refuse a body that has no levels or only one energy."""
        particles("N", self.N)
        E, _ = _spectrum(self.E_J, self.g)
        require(np.ptp(E) > 0, "E_J range", np.asarray(np.ptp(E)), "be > 0", "give at least two energies")

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta (1/J)."""
        return self.N * energy_J(beta_per_J, self.E_J, self.g)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at coldness beta (1/J)."""
        return self.N * entropy_J_per_K(beta_per_J, self.E_J, self.g)

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        return self.N * energy_variance_J2(beta_per_J, self.E_J, self.g)
