"""Bosons in a bounded spectrum at either sign of T, and which signs of interaction and trap are stable.

At T < 0 the occupation 1/(exp(beta (E - mu)) - 1) is positive only if mu lies ABOVE the highest level.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from physics._checks import BoolArray, FloatArray, finite, plain, real, require, single, within
from physics._masks import elementwise
from physics.errors import ImpossibleStateError, OutOfDomainError


def _levels(E_J: ArrayLike) -> FloatArray:
    E = finite("E_J", E_J)
    if E.size == 0:
        raise OutOfDomainError("E_J", E.shape, "hold one level at least", "give the energies of all levels")
    return E


@np.errstate(over="ignore", invalid="ignore")
def occupation(E_J: ArrayLike, mu_J: float, beta_per_J: float) -> FloatArray:
    """Mean number of bosons in each level, 1/(exp(beta (E - mu)) - 1).

    Args:
        E_J: all levels of the system in J, any shape.
        mu_J: chemical potential in J: below every level for beta > 0, above every level for beta < 0.
        beta_per_J: finite coldness in 1/J, not 0.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or infinite, or beta = 0.
        ImpossibleStateError: mu on the wrong side of a level, where an occupation would be negative.

    Source: Bose-Einstein distribution; Braun et al., Science 339, 52 (2013), doi:10.1126/science.1227831.

    >>> occupation([0.0, 1.0], 2.0, -1.0).round(4).tolist()
    [0.1565, 0.582]
    """
    E, mu, beta = (
        _levels(E_J),
        finite("mu_J", single("mu_J", mu_J)),
        finite("beta_per_J", single("beta_per_J", beta_per_J)),
    )
    require(beta != 0, "beta_per_J", beta, "not be 0", "at T = infinity only mu/T is defined: take a small beta")
    x = beta * (E - mu)
    if np.any(x <= 0):
        edge = f"be below E_min = {E.min():.6g}" if beta > 0 else f"be above E_max = {E.max():.6g}"
        raise ImpossibleStateError("mu_J", mu_J, edge, "an occupation would be negative or infinite otherwise")
    with np.errstate(over="ignore", under="ignore"):
        return plain(1.0 / np.expm1(x))


def chemical_potential_J(E_J: ArrayLike, N: float, beta_per_J: float) -> float:
    """Chemical potential in J at which the levels hold N bosons in all.

    Args:
        E_J: levels in J, each listed once per state, shape (levels,).
        N: mean number of bosons, 1e-290 to 1e290, whole or not.
        beta_per_J: finite coldness in 1/J, not 0.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or outside its range, or beta = 0.

    Source: sum of ``occupation`` = N.

    >>> mu = chemical_potential_J([0.0, 1.0], 5.0, -1.0)
    >>> bool(mu > 1.0), round(float(occupation([0.0, 1.0], mu, -1.0).sum()), 9)
    (True, 5.0)
    """
    E, count = _levels(E_J), float(within("N", single("N", N), 1e-290, 1e290, "take a number a double can hold"))
    beta = float(finite("beta_per_J", single("beta_per_J", beta_per_J)))
    require(beta != 0, "beta_per_J", np.asarray(beta), "not be 0", "take a small beta")
    edge = float(E.min() if beta > 0 else E.max())
    x = beta * (E - edge)

    def excess(log_gap: float) -> float:
        with np.errstate(over="ignore", under="ignore"):
            return float((1.0 / np.expm1(x + np.exp(log_gap))).sum()) - count

    # The fullest level alone holds at most N; all levels at the distance of the fullest hold at least N.
    low, high = np.log(np.log1p(1.0 / count)) - 1e-9, np.log(np.log1p(E.size / count)) + 1e-9
    return edge - float(np.exp(brentq(excess, low, high, xtol=1e-15, rtol=1e-15))) / beta


@elementwise
def is_stable(U_J: ArrayLike, V_J: ArrayLike, beta_per_J: ArrayLike) -> BoolArray:
    """Whether a trapped lattice gas is stable: interaction, trap and temperature must have one sign.

    Args:
        U_J: interaction energy in J, not 0; > 0 is repulsive.
        V_J: curvature of the external trap in J, not 0; > 0 holds, < 0 expels.
        beta_per_J: coldness in 1/J; 0 is never stable in a trap. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, or U or V is 0 or infinite (the rule then says nothing).

    Source: Braun et al., Science 339, 52 (2013), Fig. 1. The hopping J keeps its sign; the lattice
    supplies the bounded band.

    >>> bool(is_stable(-1.0, -1.0, -1.0)), bool(is_stable(-1.0, 1.0, -1.0))
    (True, False)
    """
    U, V, beta = finite("U_J", U_J), finite("V_J", V_J), real("beta_per_J", beta_per_J)
    for name, energy in (("U_J", U), ("V_J", V)):
        require(energy != 0, name, energy, "not be 0", "give its sign")
    stable: BoolArray = np.asarray((np.sign(U) == np.sign(V)) & (np.sign(V) == np.sign(beta)))[()]
    return stable
