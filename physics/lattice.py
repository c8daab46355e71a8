"""One tight-binding band E(q) = -2J cos(q d): bounded below and above, so both signs of T are possible.

q d is the quasimomentum in units of 1/d, from -pi to pi. Particles are dilute (Boltzmann statistics); see
``bose`` for occupation by bosons. In two or three dimensions energies and entropies add per direction.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h, k
from scipy.special import ive, mathieu_a, mathieu_b

from physics._checks import FloatArray, finite, nonnegative, plain, positive, real, whole


def band_energy_J(qd: ArrayLike, J_J: ArrayLike) -> FloatArray:
    """Energy -2J cos(q d) in J.

    Args:
        qd: quasimomentum times lattice constant, any finite number; the band repeats every 2 pi.
        J_J: hopping energy in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite, or J_J <= 0.

    Source: tight-binding model.

    >>> band_energy_J([0.0, np.pi], 1.0).tolist()
    [-2.0, 2.0]
    """
    return plain(-2.0 * positive("J_J", J_J) * np.cos(finite("qd", qd)))


def _y(beta_per_J: ArrayLike, J_J: ArrayLike) -> FloatArray:
    with np.errstate(over="ignore"):
        return np.asarray(2.0 * real("beta_per_J", beta_per_J) * positive("J_J", J_J))


def mean_energy_J(beta_per_J: ArrayLike, J_J: ArrayLike) -> FloatArray:
    """Mean energy -2J I1(y)/I0(y), y = 2J beta, in J; -2J and +2J at beta = +-inf.

    Args:
        beta_per_J: coldness in 1/J; +-inf are legal.
        J_J: hopping energy in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: J_J <= 0.

    Source: integral of -2J cos(qd) exp(y cos qd) over the band; DLMF 10.32.3.

    >>> mean_energy_J([float("inf"), 0.0, float("-inf")], 1.0).tolist()
    [-2.0, 0.0, 2.0]
    """
    y = _y(beta_per_J, J_J)
    return plain(0.0 - 2.0 * np.asarray(J_J, dtype=float) * _bessel_ratio(y))


def _bessel_ratio(y: FloatArray) -> FloatArray:
    """Give I1(y)/I0(y); the scaled Bessel functions underflow only beyond 1e15, where the ratio is 1."""
    bounded = np.clip(y, -1e8, 1e8)
    tail = np.sign(y) * (1.0 - 0.5 / np.maximum(np.abs(y), 1e8))
    return np.where(np.abs(y) < 1e8, ive(1, bounded) / ive(0, bounded), tail)


def relative_entropy_J_per_K(beta_per_J: ArrayLike, J_J: ArrayLike) -> FloatArray:
    """Entropy per particle in J/K, relative to equal occupation of the band: k [ln I0(y) - y I1(y)/I0(y)].

    0 at beta = 0 and negative elsewhere; add k ln(number of states). Even in beta. It falls like
    -(k/2) ln(y) for large y because the band is treated as continuous.

    Args:
        beta_per_J: coldness in 1/J, finite.
        J_J: hopping energy in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: beta_per_J infinite (a continuous band has no finite entropy there) or J_J <= 0.

    Source: S = k (ln Z + beta U).

    >>> float(relative_entropy_J_per_K(0.0, 1.0))
    0.0
    """
    y = np.abs(_y(finite("beta_per_J", beta_per_J), J_J))
    return plain(k * (np.log(ive(0, y)) + y * (1.0 - _bessel_ratio(y))))


def quasimomentum_density(qd: ArrayLike, beta_per_J: ArrayLike, J_J: ArrayLike) -> FloatArray:
    """Probability density of q d, exp(y cos qd)/(2 pi I0(y)); integrates to 1 over one period.

    Peaks at q = 0 for T > 0, is flat at beta = 0, and peaks at the band edge q = +-pi/d for T < 0.

    Args:
        qd: quasimomentum times lattice constant.
        beta_per_J: coldness in 1/J, finite.
        J_J: hopping energy in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite, or J_J <= 0.

    Source: Gibbs distribution over the band (a von Mises distribution).

    >>> bool(np.isclose(quasimomentum_density(1.0, 0.0, 1.0), 1 / (2 * np.pi)))
    True
    """
    y = _y(finite("beta_per_J", beta_per_J), J_J)
    q = finite("qd", qd)
    # cos(q) - sign(y) without cancellation at the peak.
    below_peak = np.where(y >= 0, -2.0 * np.sin(0.5 * q) ** 2, 2.0 * np.cos(0.5 * q) ** 2)
    with np.errstate(under="ignore"):
        return plain(np.exp(y * below_peak) / (2.0 * np.pi * ive(0, np.abs(y))))


def ring_quasimomenta(sites: int) -> FloatArray:
    """Allowed q d on a ring, 2 pi j/M in (-pi, pi], shape (M,).

    Only an even ring has the state at the top of the band, q d = pi.

    Args:
        sites: number M of sites, a whole number >= 1.

    Raises:
        NotANumberError, OutOfDomainError: sites is NaN, not whole, or < 1.

    Source: periodic boundary conditions.

    >>> bool(np.pi in ring_quasimomenta(4)), bool(np.pi in ring_quasimomenta(5))
    (True, False)
    """
    M = int(whole("sites", sites, 1))
    return np.asarray(2.0 * np.pi * np.arange(-((M - 1) // 2), M // 2 + 1) / M)


def recoil_energy_J(wavelength_m: ArrayLike, mass_kg: ArrayLike) -> FloatArray:
    """Recoil energy h^2/(2 m lambda^2) in J.

    Args:
        wavelength_m: wavelength of the lattice light in m, > 0.
        mass_kg: atomic mass in kg, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or not positive.

    Source: definition.

    >>> from scipy.constants import atomic_mass
    >>> print(f"{recoil_energy_J(736.65e-9, 38.9637 * atomic_mass) / k * 1e9:.0f} nK")
    453 nK
    """
    momentum = h / positive("wavelength_m", wavelength_m)
    return plain(momentum**2 / (2.0 * positive("mass_kg", mass_kg)))


def band_edges_recoil(depth_recoil: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Bottom and top of the lowest band of the lattice V sin^2(kx), in recoil energies.

    Args:
        depth_recoil: depth V over the recoil energy, >= 0, any shape, up to 400.

    Raises:
        NotANumberError, OutOfDomainError: depth_recoil is NaN, infinite or negative.

    Source: Mathieu characteristic values a0 and b1 at q = V/4; DLMF 28.2.

    >>> [float(edge) for edge in band_edges_recoil(0.0)]
    [0.0, 1.0]
    """
    V = nonnegative("depth_recoil", depth_recoil)
    return plain(mathieu_a(0, V / 4) + V / 2), plain(mathieu_b(1, V / 4) + V / 2)


def hopping_recoil(depth_recoil: ArrayLike) -> FloatArray:
    """Hopping energy J as a quarter of the width of the lowest band, in recoil energies.

    Args:
        depth_recoil: depth V over the recoil energy, >= 0, any shape. Below about 5 the band is no cosine.

    Raises:
        NotANumberError, OutOfDomainError: depth_recoil is NaN, infinite or negative.

    Source: E(pi/d) - E(0) = 4J.

    >>> print(f"{hopping_recoil(6.0):.5f}")
    0.05089
    """
    bottom, top = band_edges_recoil(depth_recoil)
    return plain((top - bottom) / 4.0)


@dataclass(frozen=True)
class BandBody:
    """N dilute particles on a ring of many sites, as one body that can be put in thermal contact.

    >>> float(BandBody(N=10, J_J=1.0, sites=100).energy_J(float("-inf")))
    20.0
    """

    N: float
    J_J: float
    sites: float

    bounded = True

    def __post_init__(self) -> None:
        """Refuse a body that cannot exist."""
        for name in ("N", "J_J", "sites"):
            positive(name, getattr(self, name))

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta (1/J)."""
        return self.N * mean_energy_J(beta_per_J, self.J_J)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at finite coldness beta (1/J), particles told apart."""
        relative = relative_entropy_J_per_K(beta_per_J, self.J_J)
        return plain(self.N * (k * np.log(self.sites) + relative))
