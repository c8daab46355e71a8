"""A mirror resonator around an active medium: its loss, and the inversion and pump at which it lases.

Light that goes once around passes the medium twice and both mirrors once; it lases if it comes back no weaker:
R1 R2 exp(2 (g - alpha) L) = 1. The medium fills the resonator. Source: Siegman, Lasers (1986), ch. 11 and 12.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import c

from physics._checks import FloatArray, finite, plain, positive, require, single
from physics._masks import elementwise
from physics.laser import FourLevelLaser
from physics.three_level_laser import ThreeLevelLaser


@dataclass(frozen=True)
class Resonator:
    """Two mirrors of power reflectivities R1 and R2, and what lies between them.

    >>> Resonator(length_m=0.1, area_m2=1e-6, R1=1.0, R2=0.9).volume_m3
    1e-07
    """

    length_m: float
    area_m2: float
    """Cross section of the mode."""
    R1: float
    R2: float
    loss_per_m: float = 0.0
    """Absorption and scattering between the mirrors, alpha."""
    refractive_index: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a resonator that cannot exist, or that loses nothing."""
        for name in ("length_m", "area_m2", "R1", "R2", "refractive_index"):
            value = positive(name, single(name, getattr(self, name)))
            if name in ("R1", "R2"):
                require(value <= 1, name, value, "be <= 1", "give the share of the power that comes back")
        loss = finite("loss_per_m", single("loss_per_m", self.loss_per_m))
        require(loss >= 0, "loss_per_m", loss, "be >= 0", "give a loss as a positive number")
        total = np.asarray(threshold_gain_per_m(self))
        require(total > 0, "loss", total, "be > 0", "let some light out: give R1 or R2 below 1")

    @property
    def volume_m3(self) -> float:
        """Volume of the mode."""
        return self.length_m * self.area_m2


def threshold_gain_per_m(resonator: Resonator) -> float:
    """Gain coefficient that makes up for all loss, alpha + ln(1/(R1 R2))/(2L), in 1/m.

    Source: R1 R2 exp(2 (g - alpha) L) = 1.

    >>> print(f"{threshold_gain_per_m(Resonator(0.1, 1e-6, 1.0, 0.9)):.4f} per metre")
    0.5268 per metre
    """
    mirrors = np.log(resonator.R1) + np.log(resonator.R2)
    return float(resonator.loss_per_m - mirrors / (2.0 * resonator.length_m))


def photon_lifetime_s(resonator: Resonator) -> float:
    """Time in which the light of an empty resonator falls to 1/e, n/(c g_threshold), in s.

    Source: loss per length times the speed of light.

    >>> print(f"{1e9 * photon_lifetime_s(Resonator(0.1, 1e-6, 1.0, 0.9)):.2f} ns")
    6.33 ns
    """
    return resonator.refractive_index / (c * threshold_gain_per_m(resonator))


@elementwise
def threshold_inversion_per_m3(resonator: Resonator, sigma_m2: ArrayLike) -> FloatArray:
    """Inversion density n2 - (g2/g1) n1 at which the resonator lases, g_threshold/sigma, in 1/m^3.

    Args:
        resonator: the resonator.
        sigma_m2: stimulated emission cross section in m^2, > 0, any shape.

    Raises:
        NotANumberError, OutOfDomainError: sigma_m2 is not positive and finite.

    Source: gain = sigma times inversion density; Siegman, Lasers (1986), section 12.2.

    >>> print(f"{threshold_inversion_per_m3(Resonator(0.1, 1e-6, 1.0, 0.9), 2.8e-23):.2e}")
    1.88e+22
    """
    return plain(threshold_gain_per_m(resonator) / positive("sigma_m2", sigma_m2))


def stimulated_rate_per_s(resonator: Resonator, sigma_m2: float) -> float:
    """Rate K = sigma c/(n V) at which one photon in the mode stimulates one atom, in 1/s.

    Raises:
        NotANumberError, OutOfDomainError: sigma_m2 is not positive and finite.

    Source: flux of one photon, c/(n V), times the cross section.

    >>> print(f"{stimulated_rate_per_s(Resonator(0.1, 1e-6, 1.0, 0.9), 2.8e-23):.2e} per second")
    8.39e-08 per second
    """
    sigma = float(positive("sigma_m2", single("sigma_m2", sigma_m2)))
    return sigma * c / (resonator.refractive_index * resonator.volume_m3)


def _atoms(resonator: Resonator, density_per_m3: float) -> float:
    """Give the whole number of atoms nearest to what a density has in the mode."""
    return float(np.rint(positive("density_per_m3", single("density_per_m3", density_per_m3)) * resonator.volume_m3))


def four_level_laser(
    resonator: Resonator,
    density_per_m3: float,
    sigma_m2: float,
    nu_Hz: float,
    tau21_s: float,
    tau10_s: float,
    tau20_s: float = np.inf,
    g1: int = 1,
    g2: int = 1,
) -> FourLevelLaser:
    """The four-level laser of a medium between these mirrors; ``laser.threshold_pump_per_s`` gives its pump.

    Args:
        resonator: the mirrors.
        density_per_m3: active atoms per m^3, > 0; the mode holds a whole number of them, one at least.
        sigma_m2: stimulated emission cross section in m^2, > 0.
        nu_Hz: frequency in Hz, > 0.
        tau21_s: spontaneous decay time from 2 to 1 in s.
        tau10_s: emptying time of level 1 in s.
        tau20_s: decay time from 2 past level 1 in s; inf if there is none.
        g1: degeneracy of level 1.
        g2: degeneracy of level 2.

    Raises:
        NotANumberError, OutOfDomainError, ImpossibleStateError: as of ``FourLevelLaser``.

    Source: ``photon_lifetime_s`` and ``stimulated_rate_per_s``.

    >>> from physics.laser import threshold_pump_per_s
    >>> yag = four_level_laser(Resonator(0.1, 1e-6, 1.0, 0.9), 1.4e26, 2.8e-23, 2.8175e14, 2.3e-4, 1e-8)
    >>> print(f"{threshold_pump_per_s(yag):.2f} per second")
    0.58 per second
    """
    N = _atoms(resonator, density_per_m3)
    K, kept = stimulated_rate_per_s(resonator, sigma_m2), photon_lifetime_s(resonator)
    return FourLevelLaser(N, nu_Hz, tau21_s, tau10_s, kept, K, tau20_s, g1, g2)


def three_level_laser(
    resonator: Resonator,
    density_per_m3: float,
    sigma_m2: float,
    nu_Hz: float,
    tau21_s: float,
    g1: int = 1,
    g2: int = 1,
) -> ThreeLevelLaser:
    """The three-level laser of a medium between these mirrors; ``three_level_laser.threshold_pump_per_s`` its pump.

    Args:
        resonator: the mirrors.
        density_per_m3: active atoms per m^3, > 0; the mode holds a whole number of them, one at least.
        sigma_m2: stimulated emission cross section in m^2, > 0.
        nu_Hz: frequency in Hz, > 0.
        tau21_s: lifetime of the upper level in s.
        g1: degeneracy of the ground state.
        g2: degeneracy of the upper level.

    Raises:
        NotANumberError, OutOfDomainError, ImpossibleStateError: as of ``ThreeLevelLaser``.

    Source: ``photon_lifetime_s`` and ``stimulated_rate_per_s``.

    >>> from physics.three_level_laser import threshold_pump_per_s
    >>> ruby = three_level_laser(Resonator(0.1, 1e-6, 1.0, 0.9), 1.6e25, 2.5e-24, 4.318e14, 3e-3, g1=4, g2=2)
    >>> print(f"W tau = {threshold_pump_per_s(ruby) * 3e-3:.3f}")
    W tau = 0.520
    """
    N = _atoms(resonator, density_per_m3)
    K, kept = stimulated_rate_per_s(resonator, sigma_m2), photon_lifetime_s(resonator)
    return ThreeLevelLaser(N, nu_Hz, tau21_s, kept, K, g1, g2)
