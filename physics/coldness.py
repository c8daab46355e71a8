"""Coldness beta = 1/(kT): the variable that runs from cold to hot without a jump.

From coldest to hottest: beta = +inf (T = +0), 0 (T = +-inf, one state), -inf (T = -0).
"""

from dataclasses import dataclass
from functools import total_ordering
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike
from scipy.constants import k

from physics._checks import BoolArray, FloatArray, plain, real, single
from physics._masks import elementwise
from physics.errors import OutOfDomainError


@elementwise
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


@elementwise
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


@total_ordering
@dataclass(frozen=True)
class Coldness:
    """One state on the scale from cold to hot, with both names of it: beta in 1/J and T in K.

    ``Coldness.at(T_K=...)`` and ``Coldness.at(per_J=...)`` make one; it can be given wherever a function takes
    ``beta_per_J``. Both names are exact where the state is named by them, at zero and at infinity too. The greater of
    two is the colder.

    >>> from physics.two_level import upper_fraction
    >>> float(upper_fraction(Coldness.at(T_K=-0.0), 2.8e-26))
    1.0
    >>> Coldness.at(T_K=float("-inf")) == Coldness.at(per_J=0.0)
    True
    >>> Coldness.at(T_K=0.3).T_K
    0.3
    >>> [state.T_K for state in sorted(Coldness.at(T_K=T) for T in (0.0, 300.0, -300.0, float("inf"), -0.0))]
    [-0.0, -300.0, inf, 300.0, 0.0]
    """

    per_J: float
    T_K: float

    @classmethod
    def at(cls, *, T_K: float | None = None, per_J: float | None = None) -> Self:
        """Give the state of a temperature in K or of a coldness in 1/J, one of the two.

        Raises:
            NotANumberError: it is NaN.
            OutOfDomainError: neither is given, or both are.
        """
        if T_K is not None and per_J is None:
            T = single("T_K", T_K)
            # T = +inf and -inf are one state, of one name.
            return cls(float(beta_from_temperature(T)), np.inf if np.isinf(T) else T)
        if per_J is not None and T_K is None:
            beta = single("per_J", per_J) + 0.0
            return cls(beta, float(temperature_from_beta(beta)))
        raise OutOfDomainError("T_K, per_J", (T_K, per_J), "be given one of the two", "name the state once")

    def __float__(self) -> float:
        return self.per_J

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> FloatArray:
        return np.array(self.per_J, dtype=dtype)

    def __lt__(self, other: object) -> bool:
        """Whether it is the hotter: of two coldnesses that overflow or round to one, by the temperature."""
        if not isinstance(other, Coldness):
            return NotImplemented
        return (self.per_J, -self.T_K) < (other.per_J, -other.T_K)

    def __neg__(self) -> Self:
        """Give the state at -T: the same populations, upside down."""
        return type(self)(0.0 - self.per_J, self.T_K if np.isinf(self.T_K) else -self.T_K)


@elementwise
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
