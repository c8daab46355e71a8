"""Three-level laser (ruby): the lower lasing level is the ground state, so more than half must be lifted.

    dN2/dt = W N1 - N2/tau21 - K q (N2 - g2/g1 N1),    N1 = N - N2
    dq/dt  = K q (N2 - g2/g1 N1) + K N2 - q/tau_c

Symbols as in ``laser``. Unpumped, the medium absorbs; its two levels then pass through infinite
effective temperature on the way to gain. Source: Siegman, Lasers (1986), section 6.3.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from physics._checks import FloatArray, broadcasting, nonnegative, particles, plain, positive, single
from physics._lasers import LaserRun as LaserRun
from physics._lasers import LaserState as LaserState
from physics._lasers import check_one_mode, course, initial, integrate, schedule
from physics._masks import elementwise
from physics.errors import ImpossibleStateError


@dataclass(frozen=True)
class ThreeLevelLaser:
    """What fixes a three-level laser; times in s, frequency in Hz, K in 1/s per photon and atom."""

    N: float
    nu_Hz: float
    tau21_s: float
    tau_cavity_s: float
    K_per_s: float
    g1: int = 1
    g2: int = 1

    def __post_init__(self) -> None:
        """Refuse a laser that cannot exist."""
        particles("N", self.N)
        for name in ("nu_Hz", "tau21_s", "tau_cavity_s", "K_per_s", "g1", "g2"):
            positive(name, single(name, getattr(self, name)))
        check_one_mode(self.K_per_s, self.tau21_s)


def _pumped(pump_per_s: ArrayLike, tau21_s: FloatArray) -> FloatArray:
    """Give W tau, held below the largest double, where all atoms are lifted anyway."""
    with np.errstate(over="ignore"):
        return np.minimum(nonnegative("pump_per_s", pump_per_s) * tau21_s, 1e300)


@elementwise
def inversion_fraction(pump_per_s: ArrayLike, tau21_s: ArrayLike) -> FloatArray:
    """Small-signal (N2 - N1)/N = (W tau - 1)/(W tau + 1), for g1 = g2; 0 at W tau = 1.

    Args:
        pump_per_s: rate W per ground-state atom, 1/s, >= 0.
        tau21_s: lifetime of the upper level in s, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or of the wrong sign.

    Source: Siegman, Lasers (1986), section 6.3.

    >>> inversion_fraction([0.0, 1.0, 3.0], 1.0).tolist()
    [-1.0, 0.0, 0.5]
    """
    pumped = _pumped(pump_per_s, positive("tau21_s", tau21_s))
    return plain((pumped - 1.0) / (pumped + 1.0))


def upper_fraction(laser: ThreeLevelLaser, pump_per_s: ArrayLike) -> FloatArray:
    """Small-signal fraction N2/N = W tau/(1 + W tau), whatever the degeneracies.

    Args:
        laser: supplies the lifetime.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: rate equations with q = 0.

    >>> float(upper_fraction(ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10), 1 / 3e-3))
    0.5
    """
    pumped = _pumped(pump_per_s, np.asarray(laser.tau21_s))
    return plain(pumped / (1.0 + pumped))


@elementwise
def transparency_upper_fraction(g1: ArrayLike, g2: ArrayLike) -> FloatArray:
    """Fraction N2/N above which there is gain: g2/(g1 + g2); a third for ruby, g1 = 4, g2 = 2.

    Args:
        g1: degeneracy of the lower lasing level, > 0.
        g2: degeneracy of the upper lasing level, > 0; shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: a degeneracy is NaN, infinite or not positive.

    Source: N2/g2 = N1/g1.

    >>> print(f"{transparency_upper_fraction(4, 2):.4f}")
    0.3333
    """
    upper = positive("g2", g2)
    return plain(upper / (positive("g1", g1) + upper))


def threshold_pump_per_s(laser: ThreeLevelLaser) -> float:
    """Pump rate W per ground-state atom, in 1/s, at which gain equals the cavity's loss.

    Raises:
        ImpossibleStateError: even a fully inverted medium has too little gain.

    Source: N2 - (g2/g1) N1 = 1/(K tau_c).

    >>> ruby = ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10, g1=4, g2=2)
    >>> bool(0.6 < threshold_pump_per_s(ruby) * 3e-3 < 0.7)
    True
    """
    needed, ratio = 1.0 / (laser.K_per_s * laser.tau_cavity_s), laser.g2 / laser.g1
    if needed >= laser.N:
        raise ImpossibleStateError("N", laser.N, f"exceed {needed:.3g}", "use more atoms or a better cavity")
    return (needed + ratio * laser.N) / (laser.N - needed) / laser.tau21_s


def recovery_time_s(laser: ThreeLevelLaser, pump_per_s: ArrayLike) -> FloatArray:
    """Time constant tau_s = (1 + g2/g1) tau/(1 + W tau) of saturation, in s.

    The inversion is the small-signal one over 1 + w tau_s, w being the stimulated rate per atom. Each photon moves
    one atom from one lasing level to the other, so for g1 = g2 it changes the inversion by two.

    Args:
        laser: supplies lifetime and degeneracies.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: rate equation at rest; Siegman, Lasers (1986), section 6.3.

    >>> float(recovery_time_s(ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10), 0.0))
    0.006
    """
    pumped = _pumped(pump_per_s, np.asarray(laser.tau21_s))
    return plain((1.0 + laser.g2 / laser.g1) * laser.tau21_s / (1.0 + pumped))


@broadcasting
def steady_state(laser: ThreeLevelLaser, pump_per_s: ArrayLike) -> LaserState:
    """Steady state with light at constant pump, spontaneous emission into the mode included.

    The photon number is the positive root of a quadratic, which is smooth through threshold.

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: rate equations at rest.

    >>> ruby = ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10, g1=4, g2=2)
    >>> low, high = (steady_state(ruby, f * threshold_pump_per_s(ruby)) for f in (0.9, 1.1))
    >>> bool(low.photons < 20 < 1e12 < high.photons)
    True
    """
    W = nonnegative("pump_per_s", pump_per_s)
    N, K, ratio, lost = laser.N, laser.K_per_s, laser.g2 / laser.g1, 1.0 / laser.tau_cavity_s
    settling = W + 1.0 / laser.tau21_s
    # K q D + K N2 = q/tau_c with N2 and D of the two-level balance at stimulated rate K q: a q^2 + b q = w.
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        a, w = K * (1.0 + ratio) * lost, K * N * W
        b = settling * lost - K * N * (W - ratio / laser.tau21_s) - K**2 * N * ratio
        root = np.sqrt(b**2 + 4.0 * a * w)
        q = np.where(b > 0, 2.0 * w / (np.abs(b) + root), (root - b) / (2.0 * a))
        below = settling + K * q * (1.0 + ratio)
        N2, N1 = N * (W + K * q * ratio) / below, N * (1.0 / laser.tau21_s + K * q) / below
    return LaserState(plain(N2), plain(N1), plain(q))


@np.errstate(over="ignore", invalid="ignore")
def run(laser: ThreeLevelLaser, pump_per_s: ArrayLike, t_s: ArrayLike, start: LaserState | None = None) -> LaserRun:
    """Integrate the rate equations; relative tolerance 1e-9.

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0: a number, or one value per time (then linear
            in between).
        t_s: times in s, rising, shape (n,), n >= 2; the first is the start.
        start: populations (N1 + N2 = N) and photons at the first time; by default all atoms in the lower
            level, no light.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or of the wrong sign, or times do not rise.
        ImpossibleStateError: the atoms of the start do not add up to N.

    Source: the rate equations above; SciPy's LSODA with the analytic Jacobian.

    >>> ruby = ThreeLevelLaser(1e19, 4.3e14, 3e-3, 1e-8, 1e-10, g1=4, g2=2)
    >>> course = run(ruby, 0.3 / 3e-3, np.linspace(0.0, 0.03, 50))
    >>> bool(course.inversion[-1] < 0)
    True
    """
    times, pump = schedule(t_s, pump_per_s)
    N, K, ratio = laser.N, laser.K_per_s, laser.g2 / laser.g1
    N2, N1, q = (0.0, N, 0.0) if start is None else initial(start, N)
    if not np.isclose(N2 + N1, N, rtol=1e-12):
        raise ImpossibleStateError("N2 + N1", N2 + N1, f"equal N = {N}", "put the missing atoms into one of the two")
    per21, per_c = 1 / laser.tau21_s, 1 / laser.tau_cavity_s

    def rates(t: float, y: FloatArray) -> list[float]:
        upper, photons = y
        stimulated = K * photons * (upper - ratio * (N - upper))
        return [
            np.interp(t, times, pump) * (N - upper) - upper * per21 - stimulated,
            stimulated + K * upper - photons * per_c,
        ]

    def jacobian(t: float, y: FloatArray) -> list[list[float]]:
        upper, photons = y
        gain, slope = K * (upper - ratio * (N - upper)), K * photons * (1.0 + ratio)
        return [[-np.interp(t, times, pump) - per21 - slope, -gain], [slope + K, gain - per_c]]

    upper, photons = integrate(rates, jacobian, np.array([N2, q]), times, pump, N)
    y = np.array([upper, np.maximum(N - upper, 0.0), photons])
    return course(laser.nu_Hz, laser.g1, laser.g2, K, times, pump, y)
