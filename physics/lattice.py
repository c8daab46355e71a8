"""One tight-binding band E(q) = -2J cos(q d): bounded below and above, so both signs of T are possible.

q d is the quasimomentum in units of 1/d, from -pi to pi. Particles are dilute (Boltzmann statistics); see
``bose`` for occupation by bosons. In two or three dimensions energies and entropies add per direction.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h, hbar, k
from scipy.integrate import solve_ivp
from scipy.special import ive, mathieu_a, mathieu_b

from physics._checks import (
    FloatArray,
    finite,
    one_whole,
    particles,
    plain,
    positive,
    real,
    single,
    within,
)
from physics._masks import elementwise


@elementwise
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


@elementwise
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


_Y_SERIES = 400.0  # from here on the asymptotic series are exact in double precision
_LOG_I0 = (1 / 8, 1 / 16, 25 / 384, 13 / 128, 1073 / 5120)
"""ln I0(y) = y - ln(2 pi y)/2 + sum of these over y, y^2, ...; DLMF 10.40.1."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_ANGLES = 2.0 * np.pi * np.arange(512) / 512


def _log_I0_rest(y: FloatArray, derivative: int = 0) -> FloatArray:
    """Give the series of ln I0(y) - y + ln(2 pi y)/2, or its first or second derivative, for large y."""
    total = np.zeros(y.shape)
    for n, c in enumerate(_LOG_I0, start=1):
        factor = (1.0, -float(n), float(n * (n + 1)))[derivative]
        total = total + factor * c / y ** (n + derivative)
    return total


def _log_scaled_I0(y: FloatArray) -> FloatArray:
    """Give ln I0(y) - y for y >= 0."""
    large = np.maximum(y, _Y_SERIES)
    series = _log_I0_rest(large) - 0.5 * np.log(2.0 * np.pi * large)
    return np.where(y < _Y_SERIES, np.log(ive(0, np.minimum(y, _Y_SERIES))), series)


def _bessel_ratio(y: FloatArray) -> FloatArray:
    """Give I1(y)/I0(y)."""
    size = np.abs(y)
    direct, large = np.minimum(size, _Y_SERIES), np.maximum(size, _Y_SERIES)
    return np.sign(y) * np.where(size < _Y_SERIES, ive(1, direct) / ive(0, direct), 1.0 - _shortfall(large))


def _shortfall(y: FloatArray) -> FloatArray:
    """Give 1 - I1(y)/I0(y) for large y."""
    return 0.5 / y - _log_I0_rest(y, 1)


def _cosine_variance(y: FloatArray) -> FloatArray:
    """Variance of cos(q d), the derivative of I1/I0: summed over angles, which loses nothing, or by its series."""
    size = np.abs(y)
    below = 2.0 * np.sin(0.5 * _ANGLES) ** 2
    with np.errstate(under="ignore"):
        weight = np.exp(-np.minimum(size, _Y_SERIES)[..., np.newaxis] * below)
    p = weight / weight.sum(axis=-1, keepdims=True)
    mean = (p * below).sum(axis=-1, keepdims=True)
    large = np.maximum(size, _Y_SERIES)
    with np.errstate(under="ignore"):
        series = 0.5 / large**2 + _log_I0_rest(large, 2)
    return np.where(size < _Y_SERIES, (p * (below - mean) ** 2).sum(axis=-1), series)


@elementwise
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

    Source: S = k (ln Z + beta U); series: DLMF 10.40.1.

    >>> float(relative_entropy_J_per_K(0.0, 1.0))
    0.0
    """
    y = np.abs(_y(finite("beta_per_J", beta_per_J), J_J))
    small, middle, large = np.minimum(y, 1.0), np.clip(y, 1.0, _Y_SERIES), np.maximum(y, _Y_SERIES)
    # ln I0 - y I1/I0 is minus the integral of t var(cos) from 0 to y, which does not cancel near 0.
    t = small[..., np.newaxis] * 0.5 * (1.0 + _NODES)
    with np.errstate(under="ignore"):
        near = 0.0 - 0.5 * small * (_WEIGHTS * t * _cosine_variance(t)).sum(axis=-1)
    between = _log_scaled_I0(middle) + middle * (1.0 - _bessel_ratio(middle))
    far = _log_scaled_I0(large) + 0.5 - large * _log_I0_rest(large, 1)
    return plain(k * np.where(y < 1.0, near, np.where(y < _Y_SERIES, between, far)))


@elementwise
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
        return plain(np.exp(y * below_peak - _log_scaled_I0(np.abs(y))) / (2.0 * np.pi))


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
    M = int(
        within("sites", one_whole("sites", sites, 1), 1, 1e7, "take a shorter ring: the array has one entry a site")
    )
    return np.asarray(2.0 * np.pi * np.arange(-((M - 1) // 2), M // 2 + 1) / M)


def chain_quasimomenta(sites: int) -> FloatArray:
    """Allowed q d on an open chain, pi j/(M+1) for j = 1..M, shape (M,): standing waves, never quite at the edges.

    Args:
        sites: number M of sites, a whole number, 1 to 1e7.

    Raises:
        NotANumberError, OutOfDomainError: sites is NaN, not whole, or out of range.

    Source: waves that vanish one site beyond each end.

    >>> band_energy_J(chain_quasimomenta(2), 1.0).round(12).tolist()
    [-1.0, 1.0]
    """
    M = int(within("sites", one_whole("sites", sites, 1), 1, 1e7, "take fewer: the array has one entry a site"))
    return np.asarray(np.pi * np.arange(1, M + 1) / (M + 1))


@elementwise
def effective_mass_kg(qd: ArrayLike, J_J: ArrayLike, spacing_m: ArrayLike) -> FloatArray:
    """Effective mass hbar^2/(2 J d^2 cos(q d)) in kg: positive at the bottom, negative at the top of the band.

    Args:
        qd: quasimomentum times lattice constant, any finite number.
        J_J: hopping energy in J, > 0.
        spacing_m: lattice constant d in m, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or out of range.

    Source: hbar^2 over the band's curvature d^2E/dq^2.

    >>> edge, bottom = effective_mass_kg([np.pi, 0.0], 1e-30, 4e-7)
    >>> bool(edge == -bottom < 0)
    True
    """
    stiffness = 2.0 * positive("J_J", J_J) * positive("spacing_m", spacing_m) ** 2
    with np.errstate(over="ignore", divide="ignore"):
        return plain(hbar**2 / (stiffness * np.cos(finite("qd", qd))))


@elementwise
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


def _depth(depth_recoil: ArrayLike) -> FloatArray:
    return within("depth_recoil", depth_recoil, 0.0, 400.0, "deeper bands are narrower than 1e-15 recoil energies")


def band_edges_recoil(depth_recoil: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Bottom and top of the lowest band of the lattice V sin^2(kx), in recoil energies.

    Args:
        depth_recoil: depth V over the recoil energy, 0 to 400, any shape.

    Raises:
        NotANumberError, OutOfDomainError: depth_recoil is NaN or outside its range.

    Source: Mathieu characteristic values a0 and b1 at q = V/4; DLMF 28.2.

    >>> [float(edge) for edge in band_edges_recoil(0.0)]
    [0.0, 1.0]
    """
    V = _depth(depth_recoil)
    return plain(mathieu_a(0, V / 4) + V / 2), plain(mathieu_b(1, V / 4) + V / 2)


def hopping_recoil(depth_recoil: ArrayLike) -> FloatArray:
    """Hopping energy J as a quarter of the width of the lowest band, in recoil energies; never 0.

    Args:
        depth_recoil: depth V over the recoil energy, 0 to 400, any shape. Below about 5 the band is no cosine.

    Raises:
        NotANumberError, OutOfDomainError: depth_recoil is NaN or outside its range.

    Source: E(pi/d) - E(0) = 4J. The edges of a narrow band are too alike to subtract: their distance is the
    Wronskian of the two waves over the integral of their product, from a hilltop, where both grow, to a valley.

    >>> print(f"{hopping_recoil(6.0):.5f}")
    0.05089
    """
    V = _depth(depth_recoil)
    bottom, top = band_edges_recoil(V)
    widths = [_width(*each) for each in np.broadcast(V, bottom, top)]
    return plain(np.reshape(widths, V.shape) / 4.0)


def _width(V: float, bottom: float, top: float) -> float:
    if V < 4.0:
        return top - bottom

    def slopes(x: float, y: FloatArray) -> list[float]:
        # Both waves, even and odd about the hilltop at x = 0, and the integral of their product.
        hill = V * np.cos(x) ** 2
        return [y[1], (hill - bottom) * y[0], y[3], (hill - top) * y[2], y[0] * y[2]]

    start = [1.0, 0.0, 0.0, 1.0, 0.0]
    return 1.0 / float(solve_ivp(slopes, (0.0, 0.5 * np.pi), start, "DOP853", rtol=3e-14, atol=1e-30).y[4, -1])


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
        for name in ("N", "sites"):
            particles(name, getattr(self, name))
        positive("J_J", single("J_J", self.J_J))

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy of the body in J at coldness beta (1/J)."""
        return self.N * mean_energy_J(beta_per_J, self.J_J)

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy of the body in J/K at finite coldness beta (1/J), particles told apart."""
        relative = relative_entropy_J_per_K(beta_per_J, self.J_J)
        return plain(self.N * (k * np.log(self.sites) + relative))

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the body's energy in J^2 at coldness beta (1/J)."""
        return plain(self.N * (2.0 * self.J_J) ** 2 * _cosine_variance(_y(beta_per_J, self.J_J)))
