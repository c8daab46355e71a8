"""One particle in the stepped box of arXiv:1305.2014, in hartree atomic units (k = 1, so T is in hartree).

V(x) = -U0 for abs(x) < a, 0 for a <= abs(x) < L, infinite beyond (the paper's Eq. (1) with its third
line read as abs(x) >= L). When the particle escapes from the inner well its kinetic energy drops: negative
heat capacity. The entropy is the volume entropy, ln(states up to E), so T > 0 throughout: this system
shows no negative temperature.

Each level is the one zero of a monotonic phase (Pruefer), so it is bracketed, none is missed, and nearly
degenerate pairs are told apart by parity. Kinetic energies follow from K = E + U0 P_inside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from physics import canonical
from physics._checks import FloatArray, filled, finite, one_whole, plain, positive, require, single
from physics._masks import masked
from physics.errors import OutOfDomainError

_BISECTIONS = 64
_MAX_LEVELS = 1_000_000
_TAIL = 40.0  # a canonical sum needs levels up to this many T


@dataclass(frozen=True)
class Well:
    """Depth U0, half-width a of the inner well and half-width L of the box, in atomic units."""

    U0_hartree: float
    a_bohr: float
    L_bohr: float

    def __post_init__(self) -> None:
        """Refuse a well that cannot exist; U0 = 0 is the plain box."""
        depth = finite("U0_hartree", single("U0_hartree", self.U0_hartree))
        require(depth >= 0, "U0_hartree", depth, "be >= 0", "give the depth as a positive number")
        positive("a_bohr", single("a_bohr", self.a_bohr))
        positive("L_bohr", single("L_bohr", self.L_bohr))
        if self.a_bohr >= self.L_bohr:
            raise OutOfDomainError("a_bohr", self.a_bohr, f"be < L = {self.L_bohr}", "give a as half the inner width")


PAPER_WELL = Well(U0_hartree=0.1, a_bohr=20.0, L_bohr=200.0)
"""Figs. 2 to 5 of the paper; a is the HALF-width, although the text calls the width 1 nm."""
DEEP_WELL = Well(U0_hartree=0.2, a_bohr=20.0, L_bohr=200.0)
"""The second curve of the paper's Fig. 1."""


@dataclass(frozen=True)
class Levels:
    """The lowest levels of a well, n = 0, 1, ...; parity is even for even n."""

    well: Well
    energy_hartree: FloatArray
    kinetic_hartree: FloatArray
    inside: FloatArray
    """Probability of finding the particle at abs(x) < a."""


def _same_branch(angle: FloatArray, ratio: FloatArray) -> FloatArray:
    """Give arctan(ratio tan(angle)) on the branch of ``angle``."""
    turns = np.round(angle / np.pi)
    return np.pi * turns + np.arctan(ratio * np.tan(angle - np.pi * turns))


def _phase(well: Well, E: FloatArray, odd: FloatArray) -> FloatArray:
    """Phase of the wave at the step, from the centre plus from the wall; a multiple of pi at a level."""
    width = well.L_bohr - well.a_bohr
    k = np.sqrt(2.0 * np.maximum(E + well.U0_hartree, 0.0))
    z = np.sqrt(2.0 * np.abs(E)) * width
    safe = np.where(z == 0, 1.0, z)
    below = np.arctan(k * width * np.where(z == 0, 1.0, np.tanh(safe) / safe))
    above = np.where(z == 0, below, _same_branch(safe, k * width / safe))
    return k * well.a_bohr + np.where(odd, 0.0, 0.5 * np.pi) + np.where(E < 0, below, above)


def _sinc_deficit(w: FloatArray) -> FloatArray:
    """Give 1 - sin(w)/w without cancellation."""
    small = np.minimum(np.abs(w), 0.7) ** 2
    series = small / 6 * (1 - small / 20 * (1 - small / 42 * (1 - small / 72 * (1 - small / 110 * (1 - small / 156)))))
    return np.where(np.abs(w) < 0.7, series, 1.0 - np.sinc(w / np.pi))


def _inside(well: Well, E: FloatArray, odd: FloatArray) -> FloatArray:
    """Probability of abs(x) < a, from the integrals of sin^2, cos^2 and sinh^2."""
    a, width = well.a_bohr, well.L_bohr - well.a_bohr
    k = np.sqrt(2.0 * (E + well.U0_hartree))
    q = np.sqrt(2.0 * np.abs(E))
    value = np.where(odd, np.sin(k * a), np.cos(k * a))
    slope_over_k = np.where(odd, np.cos(k * a), -np.sin(k * a))
    deficit = _sinc_deficit(2.0 * k * a)
    within = 0.5 * a * np.where(odd, deficit, 2.0 - deficit)
    z = q * width
    safe = np.where(z == 0, 1.0, z)
    # E > 0: amplitude^2 = value^2 + (slope/q)^2, times the integral of sin^2(q(L-x)).
    amplitude = (value * safe) ** 2 + (slope_over_k * k * width) ** 2
    above = amplitude / safe**2 * 0.5 * width * _sinc_deficit(2.0 * safe)
    # E < 0: value^2 times the integral of sinh^2(q(L-x))/sinh^2(q(L-a)).
    small, large = np.minimum(safe, 0.35), np.maximum(safe, 0.35)
    w = (2.0 * small) ** 2
    sinh_excess = w / 6 * (1 + w / 20 * (1 + w / 42 * (1 + w / 72 * (1 + w / 110 * (1 + w / 156)))))
    decay = np.exp(-2.0 * large)
    closed = (1.0 + decay) / (1.0 - decay) / (2.0 * large) - 2.0 * decay / (1.0 - decay) ** 2
    share = np.where(safe < 0.35, sinh_excess / (2.0 * np.sinh(small) ** 2), closed)
    below = value**2 * width * np.where(z == 0, 1.0 / 3.0, share)
    outside = np.where(E < 0, below, np.where(z == 0, value**2 * width / 3.0, above))
    return within / (within + outside)


def levels(well: Well, count: int) -> Levels:
    """Compute the lowest ``count`` levels with their kinetic energies.

    Args:
        well: the well.
        count: number of levels, a whole number >= 1.

    Returns:
        Levels with arrays of shape (count,), in hartree.

    Raises:
        NotANumberError, OutOfDomainError: count is NaN, not whole, or < 1.

    Source: arXiv:1305.2014, Eq. (1). E0, E5, E6 = -0.0975, -0.0149, 0.000145 hartree.

    >>> E = levels(PAPER_WELL, 7).energy_hartree
    >>> [f"{E[n]:.7g}" for n in (0, 5, 6)]
    ['-0.09750697', '-0.0149125', '0.0001452097']
    """
    wanted = one_whole("count", count, 1)
    if wanted > _MAX_LEVELS:
        raise OutOfDomainError("count", wanted, f"be <= {_MAX_LEVELS}", "ask for fewer levels, or a lower energy")
    n = np.arange(wanted)
    odd = n % 2 == 1
    target = np.pi * (n // 2 + 1)
    # A potential between -U0 and 0 puts each level between those of the two plain boxes.
    high = (np.pi * (n + 1) / (2.0 * well.L_bohr)) ** 2 / 2.0
    low = high - well.U0_hartree
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_high = _phase(well, middle, odd) >= target
        low, high = np.where(too_high, low, middle), np.where(too_high, middle, high)
    E = 0.5 * (low + high)
    inside = _inside(well, E, odd)
    return Levels(well, E, E + well.U0_hartree * inside, inside)


def level_count(well: Well, energy_hartree: float) -> int:
    """Give the number of levels at or below an energy.

    Args:
        well: the well.
        energy_hartree: the energy, any finite number; at most 1e6 levels.

    Raises:
        NotANumberError, OutOfDomainError: energy_hartree is NaN, infinite or above a million levels.

    Source: the wave's phase at the step passes one more multiple of pi at each level of its parity.

    >>> level_count(PAPER_WELL, 0.0), level_count(PAPER_WELL, -0.1)
    (6, 0)
    """
    energy = finite("energy_hartree", single("energy_hartree", energy_hartree))
    with np.errstate(over="ignore", invalid="ignore"):
        # Each parity has half the levels; the plain box of depth U0 has the most.
        most = 2.0 * well.L_bohr * np.sqrt(2.0 * np.maximum(energy + well.U0_hartree, 0.0)) / np.pi
    require(most <= _MAX_LEVELS, "energy_hartree", energy, f"have at most {_MAX_LEVELS} levels below it", "lower it")
    parities = _phase(well, energy, np.array([False, True])) / np.pi
    return int(np.floor(parities).sum())


def wave_function(well: Well, n: int, x_bohr: ArrayLike) -> FloatArray:
    """Normalised wave function of level n at x, in bohr^(-1/2); positive or rising at x = 0.

    Args:
        well: the well.
        n: level, a whole number >= 0.
        x_bohr: positions, any shape; outside the box it is 0.

    Raises:
        NotANumberError, OutOfDomainError: n is not a whole number >= 0, or x is NaN or infinite.

    Source: the paper's Fig. 2 shows its square.

    >>> x = np.linspace(-200, 200, 4001)
    >>> bool(np.isclose(np.trapezoid(wave_function(PAPER_WELL, 5, x) ** 2, x), 1.0, rtol=1e-6))
    True
    """
    index = one_whole("n", n, 0)
    found = levels(well, index + 1)
    E, inside, odd = found.energy_hartree[-1], found.inside[-1], index % 2 == 1
    k, q, a, L = np.sqrt(2.0 * (E + well.U0_hartree)), np.sqrt(2.0 * abs(E)), well.a_bohr, well.L_bohr
    x = finite("x_bohr", x_bohr)
    distance = np.abs(x)
    to_wall = np.clip(L - distance, 0.0, L - a)
    deficit = float(_sinc_deficit(np.asarray(2.0 * k * a)))
    norm = np.sqrt(inside / (a * (deficit if odd else 2.0 - deficit)))
    at_step = np.sin(k * a) if odd else np.cos(k * a)
    if E < 0:
        # sinh(q s)/sinh(q (L-a)) as a ratio of decaying exponentials
        outer = at_step * np.exp(q * (to_wall - (L - a))) * np.expm1(-2 * q * to_wall) / np.expm1(-2 * q * (L - a))
    else:
        slope = k * (np.cos(k * a) if odd else -np.sin(k * a))
        # Counted from the step, the wave is value cos(q s) + slope sin(q s)/q.
        beyond = (L - a) - to_wall
        outer = at_step * np.cos(q * beyond) + slope * (np.sin(q * beyond) / q if q > 0 else beyond)
    inner = np.sin(k * distance) if odd else np.cos(k * distance)
    parity = np.sign(x) if odd else 1.0
    return plain(norm * parity * np.where(distance < a, inner, np.where(distance < L, outer, 0.0)))


def temperature_K_operator(found: Levels) -> FloatArray:
    """Kinetic temperature T_K = 2<K> of each level (one particle, one dimension), in hartree.

    Args:
        found: levels of a well.

    Source: arXiv:1305.2014, Eq. (3).

    >>> T = temperature_K_operator(levels(PAPER_WELL, 7))
    >>> bool((np.diff(T[:6]) > 0).all()), round(float(T[5] / T[6]), 1)
    (True, 304.3)
    """
    return 2.0 * found.kinetic_hartree


def temperature_mu(found: Levels) -> FloatArray:
    """Microcanonical temperature dE/dS by centred differences, in hartree, of each level; shape (count,).

    S = ln(number of levels up to E); a degeneracy common to all levels (spin) cancels. The result is a masked
    array: the lowest and the last of the levels lack a neighbour and are masked; under the mask lies the value of the
    level next to them.

    Args:
        found: levels of a well, at least 3.

    Raises:
        OutOfDomainError: fewer than 3 levels.

    Source: arXiv:1305.2014, Eq. (2). Within 11 % of T_K for the bound levels, not near the escape.

    >>> found = levels(PAPER_WELL, 8)
    >>> ratio = temperature_mu(found) / temperature_K_operator(found)
    >>> bool(np.all(np.abs(ratio[:6] - 1) < 0.11))
    True
    """
    E = found.energy_hartree
    if E.size < 3:
        raise OutOfDomainError("levels", E.size, "be at least 3", "compute more levels")
    n = np.arange(1, E.size - 1)
    slopes = np.pad((E[2:] - E[:-2]) / (np.log(n + 2) - np.log(n)), 1)
    lonely = np.isin(np.arange(E.size), (0, E.size - 1))
    return masked(slopes, lonely, none=np.inf)


def temperature_mu_forward(found: Levels) -> FloatArray:
    """Microcanonical temperature dE/dS by forward differences, in hartree, for n = 0 .. count-2.

    It alternates between even and odd n; read at the upper level it is the backward difference.

    Args:
        found: levels of a well, at least 2.

    Source: arXiv:1305.2014, Eq. (2).

    >>> temperature_mu_forward(levels(PAPER_WELL, 8)).shape
    (7,)
    """
    n = np.arange(found.energy_hartree.size - 1)
    return np.asarray(np.diff(found.energy_hartree) / np.log1p(1.0 / (n + 1)))


def canonical_energy(well: Well, T_hartree: ArrayLike) -> FloatArray:
    """Mean energy of one particle at temperature T, in hartree, summed over levels up to 40 T.

    Args:
        well: the well.
        T_hartree: temperature in hartree, > 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: T_hartree is NaN, infinite or not positive.

    Source: canonical ensemble.

    >>> bool(abs(canonical_energy(PAPER_WELL, 0.0654596)) < 1e-7)
    True
    """
    T = filled("T_hartree", positive("T_hartree", T_hartree))
    E = levels(well, max(level_count(well, _TAIL * float(T.max())), 1)).energy_hartree
    with np.errstate(over="ignore"):
        return canonical.energy_J(1.0 / T, E)


def temperature_C(well: Well, energy_hartree: ArrayLike) -> FloatArray:
    """Canonical temperature T_C at which the mean energy is E, in hartree; rises with E throughout.

    Args:
        well: the well.
        energy_hartree: mean energy in hartree, above the ground state, any shape.

    Raises:
        NotANumberError: an energy is NaN.
        OutOfDomainError: an energy is infinite, or not above the ground state.

    Source: inverse of ``canonical_energy``; T_C(E = 0) = 0.0654596 for the paper's well.

    >>> print(f"{temperature_C(PAPER_WELL, 0.0):.7f}")
    0.0654596
    """
    wanted = filled("energy_hartree", finite("energy_hartree", energy_hartree))
    ground = float(levels(well, 1).energy_hartree[0])
    require(wanted > ground, "energy_hartree", wanted, f"be above E0 = {ground:.6g}", "raise the energy")
    # In one dimension U > T/2 - U0, so this temperature is certainly too high.
    hottest = 2.0 * (float(wanted.max()) + well.U0_hartree) + 1.0 / well.L_bohr
    E = levels(well, max(level_count(well, _TAIL * hottest), 2)).energy_hartree
    gap = E[1] - E[0]

    def solve(energy: float) -> float:
        def excess(log_T: float) -> float:
            return float(canonical.energy_J(np.exp(-log_T), E)) - energy

        coldest = np.log(gap / 700.0)
        if excess(coldest) >= 0:
            return float(np.exp(coldest))
        return float(np.exp(brentq(excess, coldest, np.log(hottest), xtol=1e-14, rtol=1e-14)))

    return plain(np.array([solve(energy) for energy in wanted.ravel()]).reshape(wanted.shape))
