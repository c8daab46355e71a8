"""Spectra without an upper bound: harmonic oscillator, Einstein solid, ideal gas.

Here sum exp(-beta E) converges only for beta > 0: these systems have no negative temperature, and none
at T = infinity either. Every function refuses beta <= 0 and says so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h, k

from physics._checks import (
    FloatArray,
    nonnegative,
    particles,
    plain,
    positive,
    real,
    require,
    single,
    whole,
)
from physics._differences import digamma_difference
from physics._masks import elementwise
from physics.entropy import log_multiplicity

_X_LARGE = 1500.0  # beyond this exp(-x) underflows


def _beta(beta_per_J: ArrayLike) -> FloatArray:
    beta = real("beta_per_J", beta_per_J)
    limit = "be > 0, because the energy has no upper bound and sum exp(-beta E) diverges"
    require(beta > 0, "beta_per_J", beta, limit, "use a bounded spectrum for beta <= 0")
    return beta


def _x(beta_per_J: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    with np.errstate(over="ignore"):
        return np.minimum(_beta(beta_per_J) * positive("quantum_J", quantum_J), _X_LARGE)


@elementwise
def oscillator_energy_J(beta_per_J: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    """Mean energy of one oscillator, hw/2 + hw/(e^x - 1) with x = beta hw, in J.

    Args:
        beta_per_J: coldness in 1/J, > 0; +inf gives the ground state.
        quantum_J: level distance hw in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta_per_J <= 0 or quantum_J <= 0.

    Source: Planck.

    >>> float(oscillator_energy_J(float("inf"), 2.0))
    1.0
    """
    x = _x(beta_per_J, quantum_J)
    with np.errstate(under="ignore"):
        quanta = np.exp(-x) / -np.expm1(-x)
    return plain(positive("quantum_J", quantum_J) * (0.5 + quanta))


@elementwise
def oscillator_entropy_J_per_K(beta_per_J: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    """Entropy of one oscillator, k [x/(e^x - 1) - ln(1 - e^-x)], in J/K.

    Args:
        beta_per_J: coldness in 1/J, > 0; +inf gives 0.
        quantum_J: level distance hw in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta_per_J <= 0 or quantum_J <= 0.

    Source: S = k (ln Z + beta U).

    >>> float(oscillator_entropy_J_per_K(float("inf"), 1.0))
    0.0
    """
    x = _x(beta_per_J, quantum_J)
    with np.errstate(under="ignore"):
        e, gap = np.exp(-x), -np.expm1(-x)
        return plain(k * (x * e / gap - np.where(x < 0.7, np.log(gap), np.log1p(-np.minimum(e, 0.5)))))


@elementwise
def oscillator_heat_capacity_J_per_K(beta_per_J: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    """Heat capacity of one oscillator, k x^2 e^x/(e^x - 1)^2, in J/K; k for x << 1.

    Args:
        beta_per_J: coldness in 1/J, > 0.
        quantum_J: level distance hw in J, > 0; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta_per_J <= 0 or quantum_J <= 0.

    Source: Einstein, Ann. Phys. 327, 180 (1907), doi:10.1002/andp.19063270110.

    >>> print(f"{oscillator_heat_capacity_J_per_K(1.0, 1.0) / k:.4f}")
    0.9207
    """
    x = _x(beta_per_J, quantum_J)
    with np.errstate(under="ignore"):
        return plain(k * np.exp(-x) * (x / -np.expm1(-x)) ** 2)


@elementwise
def einstein_solid_beta_per_J(oscillators: ArrayLike, quanta: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    """Microcanonical coldness of an Einstein solid from the smooth entropy k ln C(q+M-1, q), in 1/J.

    Always positive: more energy always means more arrangements.

    Args:
        oscillators: number M of oscillators (three per atom), > 1.
        quanta: number q of quanta, >= 0, any real number.
        quantum_J: hw in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: oscillators <= 1, quanta < 0 or quantum_J <= 0.

    Source: d/dq of ln[(q+M-1)!/(q!(M-1)!)] = digamma(q+M) - digamma(q+1).

    >>> bool(np.isclose(einstein_solid_beta_per_J(3e6, 3e6, 1.0), np.log(2.0), rtol=1e-6))
    True
    """
    M, q = positive("oscillators", oscillators), nonnegative("quanta", quanta)
    require(M > 1, "oscillators", M, "be > 1", "one oscillator has one state per energy, so no entropy")
    return plain(digamma_difference(q + (M - 1.0), q, M - 1.0) / positive("quantum_J", quantum_J))


def _solid(oscillators: ArrayLike, quanta: ArrayLike) -> tuple[FloatArray, FloatArray]:
    return whole("oscillators", oscillators, 1), whole("quanta", quanta, 0)


@elementwise
def einstein_solid_log_multiplicity(oscillators: ArrayLike, quanta: ArrayLike) -> FloatArray:
    """Log of the number of ways to share q quanta among M oscillators, ln C(q+M-1, q); 0 for M = 1.

    Args:
        oscillators: number M of oscillators, a whole number >= 1.
        quanta: number q of quanta, a whole number >= 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is not a whole number in its range.

    Source: Einstein solid; stars and bars.

    >>> np.exp(einstein_solid_log_multiplicity([1, 2, 3], 4)).round(9).tolist()
    [1.0, 5.0, 15.0]
    """
    M, q = _solid(oscillators, quanta)
    return log_multiplicity(np.maximum(q + M - 1.0, 1.0), np.where(M == 1, 0.0, q))


@elementwise
def einstein_solid_beta_forward(oscillators: ArrayLike, quanta: ArrayLike, quantum_J: ArrayLike) -> FloatArray:
    """Coldness of an Einstein solid from the next quantum, ln[(q+M)/(q+1)]/hw, in 1/J.

    Positive for M > 1. One oscillator has one state at each energy, so its entropy never rises: 0, T infinite.

    Args:
        oscillators: number M of oscillators, a whole number >= 1.
        quanta: number q of quanta, a whole number >= 0.
        quantum_J: hw in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is outside its range.

    Source: forward difference of ln C(q+M-1, q).

    >>> einstein_solid_beta_forward([1, 2], 0, 1.0).round(4).tolist()
    [0.0, 0.6931]
    """
    M, q = _solid(oscillators, quanta)
    return plain(np.log1p((M - 1.0) / (q + 1.0)) / positive("quantum_J", quantum_J))


@elementwise
def gas_beta_per_J(energy_J: ArrayLike, N: ArrayLike = 1.0) -> FloatArray:
    """Coldness 3N/(2U) of an ideal gas from its energy, in 1/J.

    Args:
        energy_J: energy U in J, > 0.
        N: number of atoms, or a mean number of them, > 0, whole or not; shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is not positive and finite.

    Source: the inverse of ``gas_energy_J``.

    >>> float(gas_beta_per_J(gas_energy_J(0.5, 2.0), 2.0))
    0.5
    """
    return plain(1.5 * positive("N", N) / positive("energy_J", energy_J))


@elementwise
def gas_energy_J(beta_per_J: ArrayLike, N: ArrayLike = 1.0) -> FloatArray:
    """Energy 3N/(2 beta) of N atoms of an ideal gas, in J.

    Args:
        beta_per_J: coldness in 1/J, > 0; +inf gives 0.
        N: number of atoms, or a mean number of them, >= 0, whole or not; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta_per_J <= 0 or N < 0.

    Source: equipartition.

    >>> float(gas_energy_J(0.5, 2.0))
    6.0
    """
    return plain(1.5 * nonnegative("N", N) / _beta(beta_per_J))


@elementwise
def gas_entropy_J_per_K(beta_per_J: ArrayLike, N: ArrayLike, V_m3: ArrayLike, mass_kg: ArrayLike) -> FloatArray:
    """Entropy N k [ln(V/(N lambda^3)) + 5/2] of an ideal gas, in J/K; lambda = h sqrt(beta/(2 pi m)).

    Valid while V/(N lambda^3) >> 1; the formula turns negative, and wrong, for a degenerate gas.

    Args:
        beta_per_J: coldness in 1/J, > 0, finite.
        N: number of atoms, or a mean number of them, > 0, whole or not.
        V_m3: volume in m^3, > 0.
        mass_kg: atomic mass in kg, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: an argument is not positive and finite, or the gas is degenerate (V < N lambda^3).

    Source: Sackur-Tetrode equation. Argon at 298.15 K and 1 bar: CODATA key value 154.846 J/(K mol).

    >>> from scipy.constants import N_A, atomic_mass
    >>> kT = k * 298.15
    >>> print(f"{gas_entropy_J_per_K(1 / kT, N_A, N_A * kT / 1e5, 39.948 * atomic_mass):.2f}")
    154.85
    """
    beta = positive("beta_per_J", _beta(beta_per_J))
    count = positive("N", N)
    wavelength_m = h * np.sqrt(beta / (2.0 * np.pi * positive("mass_kg", mass_kg)))
    room = positive("V_m3", V_m3) / (count * wavelength_m**3)
    require(room >= 1, "V/(N lambda^3)", np.asarray(room), "be >= 1", "use a dilute gas")
    return plain(count * k * (np.log(room) + 2.5))


@dataclass(frozen=True)
class OscillatorsBody:
    """N oscillators as one body that can be put in thermal contact; an Einstein solid of N/3 atoms.

    >>> OscillatorsBody(N=3, quantum_J=1.0).bounded
    False
    """

    N: float
    quantum_J: float

    bounded = False

    def __post_init__(self) -> None:
        """Refuse a body that cannot exist."""
        particles("N", self.N)
        positive("quantum_J", single("quantum_J", self.quantum_J))

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta > 0 (1/J)."""
        return self.N * oscillator_energy_J(beta_per_J, self.quantum_J)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at coldness beta > 0 (1/J)."""
        return self.N * oscillator_entropy_J_per_K(beta_per_J, self.quantum_J)

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        x = _x(beta_per_J, self.quantum_J)
        with np.errstate(under="ignore"):
            return plain(self.N * self.quantum_J**2 * np.exp(-x) / np.expm1(-x) ** 2)


@dataclass(frozen=True)
class GasBody:
    """N atoms of an ideal gas in a box as one body that can be put in thermal contact.

    >>> GasBody(N=1e20, V_m3=1.0, mass_kg=6.6e-27).bounded
    False
    """

    N: float
    V_m3: float
    mass_kg: float

    bounded = False

    def __post_init__(self) -> None:
        """Refuse a body that cannot exist."""
        particles("N", self.N)
        for name in ("V_m3", "mass_kg"):
            positive(name, single(name, getattr(self, name)))

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta > 0 (1/J)."""
        return gas_energy_J(beta_per_J, self.N)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at coldness beta > 0 (1/J)."""
        return gas_entropy_J_per_K(beta_per_J, self.N, self.V_m3, self.mass_kg)

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        return plain(gas_energy_J(beta_per_J, self.N) / _beta(beta_per_J))
