"""Zeeman levels E_m = -(m/I) mu B of a spin I with magnetic moment mu in a field B, m = -I..I.

The state depends on y = beta mu B alone. mu and B carry their signs: for mu < 0 (103Rh) the lowest level
is m = -I.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import physical_constants

from physics import canonical
from physics._checks import FloatArray, broadcasting, finite, particles, plain, real, require, single
from physics._masks import elementwise
from physics.errors import OutOfDomainError

_MU_N_J_PER_T = physical_constants["nuclear magneton"][0]
_MAX_SPIN = 10_000
_Y_LARGE = 3000.0  # beyond this every excited weight underflows


@dataclass(frozen=True)
class Nucleus:
    """A nuclear spin: name, spin quantum number I and magnetic moment mu (the largest projection) in J/T."""

    name: str
    spin: float
    mu_J_per_T: float

    def __post_init__(self) -> None:
        """Refuse a spin that is not half a whole number."""
        _check_spin(self.spin)
        finite("mu_J_per_T", single("mu_J_per_T", self.mu_J_per_T))


def _check_spin(spin: float) -> float:
    number = single("spin", spin)
    if not (0 < number <= _MAX_SPIN and (2 * number).is_integer()):
        raise OutOfDomainError("spin", spin, f"be 1/2, 1, 3/2, ... {_MAX_SPIN}", "give the quantum number I")
    return number


PROTON = Nucleus("1H", 0.5, physical_constants["proton mag. mom."][0])
# The others: N. J. Stone, At. Data Nucl. Data Tables 90, 75 (2005), doi:10.1016/j.adt.2005.04.001.
LITHIUM_7 = Nucleus("7Li", 1.5, 3.256427 * _MU_N_J_PER_T)
FLUORINE_19 = Nucleus("19F", 0.5, 2.628868 * _MU_N_J_PER_T)
RHODIUM_103 = Nucleus("103Rh", 0.5, -0.08840 * _MU_N_J_PER_T)
NUCLEI = {nucleus.name: nucleus for nucleus in (PROTON, LITHIUM_7, FLUORINE_19, RHODIUM_103)}


def projections(spin: float) -> FloatArray:
    """Give m = -I, ..., I as an array of shape (2I+1,).

    Raises:
        OutOfDomainError: spin is not 1/2, 1, 3/2, ...

    Source: angular momentum algebra.

    >>> projections(1.5).tolist()
    [-1.5, -0.5, 0.5, 1.5]
    """
    I = _check_spin(spin)  # noqa: E741
    return np.arange(-I, I + 0.5)


def levels_J(nucleus: Nucleus, B_T: ArrayLike) -> FloatArray:
    """Level energies -(m/I) mu B in J, shape B.shape + (2I+1,), in the order of ``projections``.

    Args:
        nucleus: the spin.
        B_T: field in T, any sign.

    Raises:
        NotANumberError, OutOfDomainError: B_T is NaN or infinite.

    Source: Zeeman energy -mu.B.

    >>> [f"{E:.3e}" for E in levels_J(PROTON, 1.0)]
    ['1.411e-26', '-1.411e-26']
    """
    field = finite("B_T", B_T)
    return np.asarray(-projections(nucleus.spin) / nucleus.spin * nucleus.mu_J_per_T * field[..., np.newaxis])


@elementwise
def splitting_J(nucleus: Nucleus, B_T: ArrayLike) -> FloatArray:
    """Distance abs(mu B)/I between neighbouring levels, in J.

    Args:
        nucleus: the spin.
        B_T: field in T, any sign and shape.

    Raises:
        NotANumberError, OutOfDomainError: B_T is NaN or infinite.

    Source: E_m = -(m/I) mu B.

    >>> print(f"{splitting_J(PROTON, 1.0):.3e}")
    2.821e-26
    """
    return plain(np.abs(nucleus.mu_J_per_T * finite("B_T", B_T)) / nucleus.spin)


def _y(beta_per_J: ArrayLike, nucleus: Nucleus, B_T: ArrayLike) -> FloatArray:
    """Give beta mu B; at B = 0 the levels coincide and no beta, however large, polarises them."""
    moment_energy = nucleus.mu_J_per_T * finite("B_T", B_T)
    beta = real("beta_per_J", beta_per_J)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(moment_energy == 0.0, 0.0, beta * moment_energy)


@broadcasting
def populations(beta_per_J: ArrayLike, nucleus: Nucleus, B_T: ArrayLike) -> FloatArray:
    """Fractions in the levels m = -I..I, proportional to exp((m/I) beta mu B); last axis 2I+1.

    Args:
        beta_per_J: coldness in 1/J; +-inf put everything into the lowest or highest level.
        nucleus: the spin.
        B_T: field in T. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: B_T is infinite.

    Source: Boltzmann distribution.

    >>> populations(0.0, LITHIUM_7, 0.64).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    y = np.clip(_y(beta_per_J, nucleus, B_T), -_Y_LARGE, _Y_LARGE)[..., np.newaxis]
    exponent = projections(nucleus.spin) / nucleus.spin * y
    with np.errstate(under="ignore"):
        weight = np.exp(exponent - exponent.max(axis=-1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def brillouin(spin: float, y: ArrayLike) -> FloatArray:
    """Brillouin function B_I(y) = <m>/I at y = beta mu B; odd, +-1 at +-inf, (I+1) y/(3I) near 0.

    Args:
        spin: quantum number I.
        y: reduced field, any shape.

    Raises:
        NotANumberError: y is NaN.
        OutOfDomainError: spin is not 1/2, 1, 3/2, ...

    Source: Brillouin, J. Phys. Radium 8, 74 (1927): ((2I+1)/2I) coth((2I+1)y/2I) - (1/2I) coth(y/2I),
    summed here level by level in pairs +-m, which loses nothing near y = 0.

    >>> bool(abs(brillouin(0.5, 0.7) - np.tanh(0.7)) < 1e-15)
    True
    """
    m = projections(spin)
    m = m[m > 0] / spin
    reduced = np.clip(real("y", y), -_Y_LARGE, _Y_LARGE)[..., np.newaxis]
    size = np.abs(reduced)
    with np.errstate(under="ignore"):
        up, down = np.exp((m - 1.0) * size), np.exp((-m - 1.0) * size)
        middle = np.exp(-size[..., 0]) if float(spin).is_integer() else 0.0
        excess = (m * up * -np.expm1(-2.0 * m * size)).sum(axis=-1)
    return plain(np.sign(reduced[..., 0]) * excess / ((up + down).sum(axis=-1) + middle))


@elementwise
def polarisation(beta_per_J: ArrayLike, nucleus: Nucleus, B_T: ArrayLike) -> FloatArray:
    """Mean projection <m>/I along B, between -1 and 1.

    Args:
        beta_per_J: coldness in 1/J.
        nucleus: the spin; mu < 0 polarises against the field.
        B_T: field in T. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: B_T is infinite.

    Source: Brillouin function of beta mu B.

    >>> from physics.coldness import beta_from_temperature
    >>> print(f"{polarisation(beta_from_temperature(300), FLUORINE_19, 0.63):.2g}")
    2e-06
    """
    return brillouin(nucleus.spin, _y(beta_per_J, nucleus, B_T))


@elementwise
def sudden_field_change(beta_per_J: ArrayLike, B_from_T: ArrayLike, B_to_T: ArrayLike) -> FloatArray:
    """Coldness, in 1/J, after the field jumps faster than the spins can follow: beta B/B', T' = T B'/B.

    Populations stay with their m, so a jump of sign inverts them and beta changes sign. The entropy stays.

    Args:
        beta_per_J: coldness before, in 1/J.
        B_from_T: field before, in T, not 0.
        B_to_T: field after, in T, not 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: a field is 0 or infinite: without a splitting the populations define no temperature.

    Source: populations depend on beta B alone; Purcell & Pound, Phys. Rev. 81, 279 (1951).

    >>> float(sudden_field_change(2.0, 1.0, -0.5))
    -4.0
    """
    return plain(_scaled(real("beta_per_J", beta_per_J), *_fields(B_from_T, B_to_T)))


@elementwise
def slow_field_change(beta_per_J: ArrayLike, B_from_T: ArrayLike, B_to_T: ArrayLike) -> FloatArray:
    """Coldness, in 1/J, after the field changes so slowly that the spins follow: T' = T abs(B'/B).

    A slow reversal therefore keeps the sign of T. The entropy is unchanged.

    Args:
        beta_per_J: coldness before, in 1/J.
        B_from_T: field before, in T, not 0.
        B_to_T: field after, in T, not 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: a field is 0 or infinite.

    Source: adiabatic theorem: each spin stays in its level, counted from the lowest.

    >>> float(slow_field_change(2.0, 1.0, -0.5))
    4.0
    """
    before, after = _fields(B_from_T, B_to_T)
    return plain(_scaled(real("beta_per_J", beta_per_J), np.abs(before), np.abs(after)))


def _fields(B_from_T: ArrayLike, B_to_T: ArrayLike) -> tuple[FloatArray, FloatArray]:
    fields = finite("B_from_T", B_from_T), finite("B_to_T", B_to_T)
    for name, field in zip(("B_from_T", "B_to_T"), fields, strict=True):
        require(field != 0, name, field, "not be 0", "stop short of 0: there the neighbours' fields take over")
    return fields


def _scaled(beta: FloatArray, before: FloatArray, after: FloatArray) -> FloatArray:
    """Give beta before/after; neither the ratio nor the product leaves the range of doubles on the way."""
    (b, i), (f, j), (t, m) = (np.frexp(value) for value in (beta, before, after))
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(np.ldexp(b * (f / t), i + j - m) + 0.0)


@elementwise
def invert(beta_per_J: ArrayLike) -> FloatArray:
    """Coldness after a pi pulse or adiabatic fast passage, which swap m and -m: -beta, in 1/J.

    Only a polarisation that was there is swapped: beta = 0 stays 0.

    Args:
        beta_per_J: coldness before, in 1/J, any shape.

    Raises:
        NotANumberError: beta_per_J is NaN.

    Source: Abragam, Principles of Nuclear Magnetism (1961), ch. V.

    >>> float(invert(3.0)), float(invert(0.0))
    (-3.0, 0.0)
    """
    return plain(0.0 - real("beta_per_J", beta_per_J))


@dataclass(frozen=True)
class SpinBody:
    """N spins of one kind in a field B_T (not 0), as one body that can be put in thermal contact.

    >>> float(SpinBody(N=10, nucleus=PROTON, B_T=1.0).energy_J(0.0))
    0.0
    """

    N: float
    nucleus: Nucleus
    B_T: float

    bounded = True

    def __post_init__(self) -> None:
        """Refuse a body that cannot exist, or that has only one level."""
        particles("N", self.N)
        field = finite("B_T", single("B_T", self.B_T))
        require(field != 0, "B_T", field, "not be 0", "give the field that splits the levels")

    @property
    def _levels_J(self) -> FloatArray:
        return levels_J(self.nucleus, self.B_T)

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy -N mu B B_I(beta mu B) of the body, in J, at coldness beta (1/J)."""
        moment_energy = self.nucleus.mu_J_per_T * self.B_T
        return plain(0.0 - self.N * moment_energy * polarisation(beta_per_J, self.nucleus, self.B_T))

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy -N k sum p ln p of the body, in J/K, at coldness beta (1/J)."""
        return plain(self.N * canonical.entropy_J_per_K(beta_per_J, self._levels_J))

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        return plain(self.N * canonical.energy_variance_J2(beta_per_J, self._levels_J))
