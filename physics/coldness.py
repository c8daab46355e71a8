"""Coldness beta = 1/(kT): the variable that runs from cold to hot without a jump.

From coldest to hottest: beta = +inf (T = +0), 0 (T = +-inf, one state), -inf (T = -0).
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import k

from physics._checks import BoolArray, FloatArray, broadcasting, plain, real


def beta_from_temperature(T_K: ArrayLike) -> FloatArray:
    """Coldness 1/(kT), in 1/J, of temperatures in K (any shape).

    T = +0 and -0 give +inf and -inf; T = +inf and -inf are one state and both give +0.0.

    Raises:
        NotANumberError: T_K is NaN.

    Source: definition; Ramsey, Phys. Rev. 103, 20 (1956), doi:10.1103/PhysRev.103.20.

    >>> bool(beta_from_temperature(300) > beta_from_temperature(-300))
    True
    >>> beta_from_temperature([0.0, -0.0, float("-inf")]).tolist()
    [inf, -inf, 0.0]
    """
    T = real("T_K", T_K)
    with np.errstate(divide="ignore", over="ignore"):
        return plain(1.0 / T / k + 0.0)


def temperature_from_beta(beta_per_J: ArrayLike) -> FloatArray:
    """Temperature 1/(k beta), in K, of coldnesses in 1/J (any shape).

    beta = +-0 gives +inf (the convention: one state, one label); +inf and -inf give +0.0 and -0.0.

    Raises:
        NotANumberError: beta_per_J is NaN.

    Source: definition.

    >>> temperature_from_beta([float("inf"), 0.0, -0.0, float("-inf")]).tolist()
    [0.0, inf, inf, -0.0]
    """
    beta = real("beta_per_J", beta_per_J) + 0.0
    with np.errstate(divide="ignore", over="ignore"):
        return plain(1.0 / beta / k)


@broadcasting
def is_hotter(T_a_K: ArrayLike, T_b_K: ArrayLike) -> BoolArray:
    """Whether heat would flow out of a body at T_a_K into one at T_b_K (K, shapes broadcast).

    Hotter means smaller beta, so every negative temperature is hotter than every positive one.

    Raises:
        NotANumberError: a temperature is NaN.

    Source: Ramsey, Phys. Rev. 103, 20 (1956), section II.

    >>> bool(is_hotter(-300.0, 300.0)), bool(is_hotter(-0.001, -300.0))
    (True, True)
    """
    hotter: BoolArray = np.asarray(beta_from_temperature(T_a_K) < beta_from_temperature(T_b_K))[()]
    return hotter
