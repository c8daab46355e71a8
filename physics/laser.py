"""Four-level laser: ground 0, pump band 3 (emptied at once), upper lasing level 2, lower lasing level 1.

    dN2/dt = W N0 - N2/tau2 - K q (N2 - g2/g1 N1)
    dN1/dt = N2/tau21 - N1/tau10 + K q (N2 - g2/g1 N1)
    dq/dt  = K q (N2 - g2/g1 N1) + K N2 - q/tau_c,        N0 = N - N1 - N2

q is the number of photons in the one lasing mode and K the rate at which one photon stimulates one
atom; spontaneous emission into the mode then goes at K N2. The pumped medium is a driven steady state:
only the two lasing levels have an effective temperature, negative if N2/g2 > N1/g1.
Source: Siegman, Lasers (1986), ch. 6 and 13; Saleh & Teich, Fundamentals of Photonics, ch. 14-15.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h
from scipy.special import wrightomega

from physics import _lasers, lines
from physics._checks import (
    FloatArray,
    finite,
    nonnegative,
    particles,
    plain,
    positive,
    real,
    require,
    single,
)
from physics._lasers import LaserRun as LaserRun
from physics._lasers import LaserState as LaserState
from physics._lasers import check_one_mode, course, initial, integrate, schedule
from physics._masks import elementwise
from physics.errors import ImpossibleStateError

_DARK = LaserState(np.zeros(()), np.zeros(()), np.zeros(()))


@dataclass(frozen=True)
class FourLevelLaser:
    """What fixes a four-level laser; times in s, frequency in Hz, K in 1/s per photon and atom."""

    N: float
    """Number of active atoms, whole; the populations of a state are mean numbers and need not be."""
    nu_Hz: float
    """Lasing frequency."""
    tau21_s: float
    """Spontaneous decay time from 2 to 1."""
    tau10_s: float
    """Emptying time of level 1."""
    tau_cavity_s: float
    """Photon lifetime in the cavity."""
    K_per_s: float
    """Stimulated rate per photon and atom."""
    tau20_s: float = np.inf
    """Decay time from 2 past level 1; inf if there is none."""
    g1: int = 1
    g2: int = 1

    def __post_init__(self) -> None:
        """Refuse a laser that cannot exist."""
        particles("N", self.N)
        for name in ("nu_Hz", "tau21_s", "tau10_s", "tau_cavity_s", "K_per_s", "g1", "g2"):
            positive(name, single(name, getattr(self, name)))
        tau20 = real("tau20_s", single("tau20_s", self.tau20_s))
        require(tau20 > 0, "tau20_s", tau20, "be > 0", "give inf if the path does not exist")
        check_one_mode(self.K_per_s, self.tau21_s)

    @property
    def tau2_s(self) -> float:
        """Total lifetime of the upper lasing level in s."""
        return 1.0 / (1.0 / self.tau21_s + 1.0 / self.tau20_s)

    @property
    def degeneracy_ratio(self) -> float:
        """g2/g1."""
        return self.g2 / self.g1


@elementwise
def inversion(laser: FourLevelLaser, N2: ArrayLike, N1: ArrayLike) -> FloatArray:
    """Inversion N2 - (g2/g1) N1, in atoms; positive means gain.

    Args:
        laser: supplies the degeneracies.
        N2: number of atoms in the upper lasing level, >= 0.
        N1: number of atoms in the lower lasing level, >= 0; shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: a population is NaN or negative.

    Source: Einstein relation g1 B12 = g2 B21.

    >>> ruby_like = FourLevelLaser(1e10, 4e14, 1e-3, 1e-7, 1e-8, 1e-2, g1=4, g2=2)
    >>> float(inversion(ruby_like, 60.0, 100.0))
    10.0
    """
    return lines.inversion(N2, N1, laser.g1, laser.g2)


@elementwise
def effective_beta_per_J(laser: FourLevelLaser, N2: ArrayLike, N1: ArrayLike) -> FloatArray:
    """Effective coldness of the two lasing levels, ln[(N1/g1)/(N2/g2)]/(h nu), in 1/J.

    0 at transparency, -inf if the lower level is empty. It describes these two levels of a driven medium,
    not the medium.

    Args:
        laser: supplies frequency and degeneracies.
        N2: number of atoms in the upper lasing level, >= 0.
        N1: number of atoms in the lower lasing level, >= 0, not 0 where N2 is 0; shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: a population is NaN or negative.
        ImpossibleStateError: both are 0: an empty pair of levels has no temperature.

    Source: Boltzmann ratio (N2/g2)/(N1/g1) = exp(-beta h nu).

    >>> yag = FourLevelLaser(1e10, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-2)
    >>> float(effective_beta_per_J(yag, 5.0, 5.0))
    0.0
    """
    return _lasers.effective_beta_per_J(laser.nu_Hz, laser.g1, laser.g2, N2, N1)


def threshold_inversion(laser: FourLevelLaser) -> float:
    """Inversion, in atoms, at which gain equals the cavity's loss: 1/(K tau_c).

    Source: dq/dt = 0 without spontaneous emission.

    >>> threshold_inversion(FourLevelLaser(1e10, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-2))
    10000000000.0
    """
    return 1.0 / (laser.K_per_s * laser.tau_cavity_s)


@np.errstate(over="ignore", invalid="ignore")
def small_signal_state(laser: FourLevelLaser, pump_per_s: ArrayLike) -> LaserState:
    """Steady populations with no light in the cavity: N1/N2 = tau10/tau21 at any pump.

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: rate equations with q = 0.

    >>> state = small_signal_state(FourLevelLaser(1e10, 2.8e14, 2e-4, 1e-8, 1e-8, 1e-2), 1.0)
    >>> bool(np.isclose(state.N2 / state.N1, 2e4, rtol=1e-14))
    True
    """
    W = nonnegative("pump_per_s", pump_per_s)
    N2 = W * laser.N / (1.0 / laser.tau2_s + W * (1.0 + laser.tau10_s / laser.tau21_s))
    return LaserState(plain(N2), plain(N2 * laser.tau10_s / laser.tau21_s), plain(np.zeros_like(N2)))


def threshold_pump_per_s(laser: FourLevelLaser) -> float:
    """Pump rate W per ground-state atom, in 1/s, at which the small-signal inversion reaches threshold.

    Raises:
        ImpossibleStateError: no pump gets there: level 1 empties too slowly or the cavity loses too much.

    Source: ``small_signal_state`` = ``threshold_inversion``.

    >>> yag = FourLevelLaser(1e16, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-6)
    >>> print(f"{threshold_pump_per_s(yag):.1f} per second")
    43.9 per second
    """
    share = laser.tau10_s / laser.tau21_s
    per_N2 = 1.0 - laser.degeneracy_ratio * share
    needed = threshold_inversion(laser)
    spare = laser.N * per_N2 - needed * (1.0 + share)
    if spare <= 0:
        remedy = "use more atoms, less loss, or empty level 1 faster"
        raise ImpossibleStateError("N", laser.N, f"allow an inversion of {needed:.3g}", remedy)
    return needed / laser.tau2_s / spare


@np.errstate(over="ignore", invalid="ignore")
def steady_state(laser: FourLevelLaser, pump_per_s: ArrayLike) -> LaserState:
    """Steady state at constant pump, spontaneous emission included: smooth through threshold.

    The inversion D is the one unknown. The populations are linear in it and the photon equation makes it the
    root of a quadratic; every form used here adds terms of one sign, so nothing cancels far above threshold.

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: rate equations at rest.

    >>> yag = FourLevelLaser(1e16, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-6)
    >>> low = steady_state(yag, 0.5 * threshold_pump_per_s(yag))
    >>> high = steady_state(yag, 2.0 * threshold_pump_per_s(yag))
    >>> bool(low.photons < 10 < 1e9 < high.photons)
    True
    """
    answer = _response(laser, nonnegative("pump_per_s", pump_per_s))
    dark = small_signal_state(laser, pump_per_s)
    D0 = np.asarray(inversion(laser, dark.N2, dark.N1))
    K, Kt = laser.K_per_s, laser.K_per_s * laser.tau_cavity_s
    # N2 = fixed + share D, whatever the light.
    fixed = laser.degeneracy_ratio * (dark.N2 * answer.rise_N1_s + dark.N1 * answer.drop_N2_s) / answer.recovery_s
    share = answer.drop_N2_s / answer.recovery_s
    seed = answer.recovery_s * K * Kt * fixed
    a, p = Kt * (1.0 - K * answer.drop_N2_s), 1.0 + Kt * D0 + seed
    gaining = (1.0 - Kt * D0) ** 2 + seed * (2.0 * (1.0 + Kt * D0) + seed) + 4.0 * Kt * K * answer.drop_N2_s * D0
    root = np.sqrt(np.where(D0 > 0, gaining, p**2 - 4.0 * a * D0))
    with np.errstate(divide="ignore", invalid="ignore"):
        D = np.where(p > 0, 2.0 * D0 / (p + root), (p - root) / (2.0 * a))
        N2 = fixed + share * D
        lasing = (D0 - D) / (answer.recovery_s * K * D)
        photons = np.where(Kt * D0 > 1.0, lasing, Kt * N2 / (1.0 - Kt * D))
    N1 = dark.N1 + answer.rise_N1_s * (D0 - D) / answer.recovery_s
    return LaserState(plain(N2), plain(N1), plain(photons))


@dataclass(frozen=True)
class _Response:
    """How the populations answer a net stimulated rate R: N2 = N2(0) - R drop, N1 = N1(0) + R rise."""

    drop_N2_s: FloatArray
    rise_N1_s: FloatArray
    recovery_s: FloatArray


def _response(laser: FourLevelLaser, W: FloatArray) -> _Response:
    losses = laser.tau21_s / laser.tau2_s + W * (laser.tau21_s + laser.tau10_s)
    drop = laser.tau21_s * (1.0 + W * laser.tau10_s) / losses
    rise = laser.tau10_s * (laser.tau21_s / laser.tau20_s + W * laser.tau21_s) / losses
    return _Response(drop, rise, drop + laser.degeneracy_ratio * rise)


def recovery_time_s(laser: FourLevelLaser, pump_per_s: ArrayLike = 0.0) -> FloatArray:
    """Time constant tau_s of saturation, in s: inversion = small-signal inversion / (1 + w tau_s).

    w is the stimulated rate per atom. At weak pump tau_s = tau2 + (g2/g1) tau10 (1 - tau2/tau21).

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: pump_per_s is NaN, negative or infinite.

    Source: Saleh & Teich, Fundamentals of Photonics, section 14.2 (g1 = g2, W = 0).

    >>> float(recovery_time_s(FourLevelLaser(1e16, 2.8e14, 2.0, 1.0, 1e-8, 1e-6)))
    2.0
    """
    return plain(_response(laser, nonnegative("pump_per_s", pump_per_s)).recovery_s)


@elementwise
def saturation_intensity_W_per_m2(nu_Hz: ArrayLike, sigma_m2: ArrayLike, recovery_s: ArrayLike) -> FloatArray:
    """Intensity h nu/(sigma tau_s), in W/m^2, at which the gain has fallen to half.

    Args:
        nu_Hz: frequency in Hz, > 0.
        sigma_m2: stimulated emission cross section in m^2, > 0.
        recovery_s: ``recovery_time_s``; for an ideal four-level laser the lifetime tau2. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is not positive and finite.

    Source: Siegman, Lasers (1986), section 7.6.

    >>> print(f"{saturation_intensity_W_per_m2(2.8175e14, 2.8e-23, 2.3e-4):.2e}")
    2.90e+07
    """
    sigma, recovery = positive("sigma_m2", sigma_m2), positive("recovery_s", recovery_s)
    return plain(h * positive("nu_Hz", nu_Hz) / (sigma * recovery))


@elementwise
def gain_per_m(sigma_m2: ArrayLike, inversion_per_m3: ArrayLike) -> FloatArray:
    """Small-signal gain coefficient sigma (n2 - (g2/g1) n1) in 1/m; negative means absorption.

    Args:
        sigma_m2: stimulated emission cross section in m^2, > 0.
        inversion_per_m3: n2 - (g2/g1) n1 in 1/m^3, any sign. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or infinite, or sigma_m2 <= 0.

    Source: dI/dz = gain I; Siegman, Lasers (1986), section 7.2.

    >>> float(gain_per_m(0.5, 4.0))
    2.0
    """
    return plain(positive("sigma_m2", sigma_m2) * finite("inversion_per_m3", inversion_per_m3))


@elementwise
def saturated_gain_per_m(gain_0_per_m: ArrayLike, intensity: ArrayLike, saturation: ArrayLike) -> FloatArray:
    """Gain coefficient g0/(1 + I/Is) of a homogeneously broadened line, in 1/m.

    Args:
        gain_0_per_m: small-signal gain in 1/m, any sign.
        intensity: intensity in W/m^2, >= 0.
        saturation: saturation intensity in W/m^2, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or of the wrong sign.

    Source: Siegman, Lasers (1986), section 7.6.

    >>> float(saturated_gain_per_m(2.0, 5.0, 5.0))
    1.0
    """
    relative = nonnegative("intensity", intensity) / positive("saturation", saturation)
    return plain(finite("gain_0_per_m", gain_0_per_m) / (1.0 + relative))


@elementwise
def single_pass_gain(
    gain_0_per_m: ArrayLike, length_m: ArrayLike, intensity_in: ArrayLike = 0.0, saturation: ArrayLike = 1.0
) -> FloatArray:
    """Factor G by which intensity grows on one pass through a homogeneously broadened medium.

    exp(g0 L) for weak light; in general ln G + (I_in/Is)(G - 1) = g0 L.

    Args:
        gain_0_per_m: small-signal gain in 1/m, any sign.
        length_m: length of the medium in m, >= 0.
        intensity_in: intensity that comes in, >= 0, in W/m^2.
        saturation: saturation intensity, > 0, in W/m^2. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or of the wrong sign.

    Source: dI/dz = g0 I/(1 + I/Is); Siegman, Lasers (1986), section 7.7.

    >>> print(f"{single_pass_gain(5.0, 0.2):.4f} {single_pass_gain(5.0, 0.2, 1.0, 1.0):.4f}")
    2.7183 1.5571
    """
    exponent = finite("gain_0_per_m", gain_0_per_m) * nonnegative("length_m", length_m)
    with np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore"):
        relative = nonnegative("intensity_in", intensity_in) / positive("saturation", saturation)
        weak = relative < 1e-300
        safe = np.where(weak, 1.0, relative)
        strong = wrightomega(np.log(safe) + exponent + safe) / safe
        return plain(np.where(weak, np.exp(exponent), _refined(strong, exponent, safe)))


def _refined(G: FloatArray, exponent: FloatArray, relative: FloatArray) -> FloatArray:
    """Newton's steps on ln G + i (G - 1) = g0 L, in the logarithm of G, so that G stays positive."""
    log_G = np.log(np.where(G > 0, G, 1.0))
    for _ in range(3):
        excess = log_G + relative * np.expm1(log_G) - exponent
        log_G = log_G - excess / (1.0 + relative * np.exp(log_G))
    return np.asarray(np.exp(log_G))


@np.errstate(over="ignore", invalid="ignore")
def run(laser: FourLevelLaser, pump_per_s: ArrayLike, t_s: ArrayLike, start: LaserState | None = None) -> LaserRun:
    """Integrate the rate equations; relative tolerance 1e-9.

    Args:
        laser: the laser.
        pump_per_s: rate W per ground-state atom, 1/s, >= 0: a number, or one value per time (then linear
            in between).
        t_s: times in s, rising, shape (n,), n >= 2; the first is the start.
        start: populations and photons at the first time; by default all atoms in the ground state, no light.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or of the wrong sign, or times do not rise.
        ImpossibleStateError: more atoms in the lasing levels than there are.

    Source: the rate equations above; SciPy's LSODA with the analytic Jacobian.

    >>> yag = FourLevelLaser(1e16, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-6)
    >>> course = run(yag, 2.0 * threshold_pump_per_s(yag), np.linspace(0.0, 2e-3, 200))
    >>> bool(np.isclose(course.photons[-1], steady_state(yag, course.pump_per_s[-1]).photons, rtol=1e-2))
    True
    """
    times, pump = schedule(t_s, pump_per_s)
    y0 = initial(start or _DARK, laser.N)
    K, ratio = laser.K_per_s, laser.degeneracy_ratio
    per2, per21, per10, per_c = 1 / laser.tau2_s, 1 / laser.tau21_s, 1 / laser.tau10_s, 1 / laser.tau_cavity_s

    def rates(t: float, y: FloatArray) -> list[float]:
        N2, N1, q = y
        stimulated = K * q * (N2 - ratio * N1)
        pumped = np.interp(t, times, pump) * (laser.N - N1 - N2)
        return [
            pumped - N2 * per2 - stimulated,
            N2 * per21 - N1 * per10 + stimulated,
            stimulated + K * N2 - q * per_c,
        ]

    def jacobian(t: float, y: FloatArray) -> list[list[float]]:
        N2, N1, q = y
        W, D = np.interp(t, times, pump), N2 - ratio * N1
        return [
            [-W - per2 - K * q, -W + ratio * K * q, -K * D],
            [per21 + K * q, -per10 - ratio * K * q, K * D],
            [K * (q + 1.0), -ratio * K * q, K * D - per_c],
        ]

    y = integrate(rates, jacobian, y0, times, pump, laser.N)
    return course(laser.nu_Hz, laser.g1, laser.g2, K, times, pump, y)
