"""The worked cases that the film, its facts and the figures share, each written down once."""

from math import log

from scipy.constants import k as K_B

from physics.coldness import temperature_from_beta
from physics.spins import PROTON, splitting_J
from physics.three_level_laser import ThreeLevelLaser
from physics.two_level import TwoLevelBody, beta_from_upper_fraction

FIELD_T = 1.0
"""Field of the worked example."""

PARTICLES = 100
"""Protons in the worked example, and particles of the entropy dome."""

ABOVE_BEFORE, ABOVE_AFTER = 40, 60
"""Protons in the upper level before and after the field is reversed, which only turns round a polarisation that was
there."""

FEW = 4
"""Particles whose arrangements are few enough to be drawn one by one."""

DELTA_E_J = float(splitting_J(PROTON, FIELD_T))
"""Distance of the two levels of a proton in the field."""

HOT_BODY, COLD_BODY = TwoLevelBody(40, DELTA_E_J), TwoLevelBody(60, DELTA_E_J)
"""Two bodies of protons for thermal contact: the hundred of the worked example, parted."""

HOT_ABOVE, COLD_ABOVE = 32, 8
"""Protons in the upper level of each before contact: an inverted body, and one that is not. Forty in all."""

HOT_X, COLD_X = log((HOT_BODY.N - HOT_ABOVE) / HOT_ABOVE), log((COLD_BODY.N - COLD_ABOVE) / COLD_ABOVE)
"""Their coldness before contact as beta times the level distance: negative, so hotter, and positive."""

CONTACT_WATCHED = 10.0
"""Relaxation times that the contact is watched for: both temperatures then agree to a hundredth of their value."""

HOOK_DELTA_E_J = K_B * 600.0
"""Level distance of the system whose energy is the scale of the opening's thermometer."""

HOOK_TICKS_K = (0.0, 300.0, float("inf"), -300.0, -0.0)
"""Temperatures marked on that thermometer, coldest first."""

LASER_LIFETIME_S = 1e-3
"""Lifetime of the upper lasing level; round numbers of a laser at ruby's wavelength."""

LASER = ThreeLevelLaser(
    N=1e8, nu_Hz=4.318e14, tau21_s=LASER_LIFETIME_S, tau_cavity_s=0.3e-3, K_per_s=1 / (0.2 * 1e8 * 0.3e-3)
)
"""A laser whose gain balances its losses at an inversion of a fifth of all atoms: 60 above, 40 below."""

LASER_PUMP_PER_S = (2 / 3 / LASER_LIFETIME_S, 4.0 / LASER_LIFETIME_S)
"""Pump rate before and after it is turned up: forty of a hundred above, and well past threshold."""

LASER_RAMP = (0.2, 1.6)
"""Lifetimes of the upper level between which the pump is turned up."""

LASER_WATCHED = 9.0
"""Lifetimes of the upper level that the turn-on is watched for."""


def particles() -> int:
    """Give the number of protons in the worked example.

    >>> particles()
    100
    """
    return PARTICLES


def few() -> int:
    """Give the number of particles whose arrangements are drawn one by one.

    >>> few()
    4
    """
    return FEW


def below_before() -> int:
    """Give the number of protons in the lower level before the field is reversed.

    >>> below_before()
    60
    """
    return PARTICLES - ABOVE_BEFORE


def above_after() -> int:
    """Give the number of protons in the upper level after the field is reversed.

    >>> above_after()
    60
    """
    return ABOVE_AFTER


def field_T() -> float:
    """Give the field of the worked example in T.

    >>> field_T()
    1.0
    """
    return FIELD_T


def hot_particles() -> int:
    """Give the number of protons of the hotter body in contact.

    >>> hot_particles()
    40
    """
    return int(HOT_BODY.N)


def cold_particles() -> int:
    """Give the number of protons of the colder body in contact.

    >>> cold_particles()
    60
    """
    return int(COLD_BODY.N)


def temperature_K(above: int) -> float:
    """Give the temperature in K of the worked example's protons with `above` of them in the upper level.

    Args:
        above: protons in the upper level, 0 to ``PARTICLES``.

    Raises:
        OutOfDomainError: more above than there are.

    Source: T = -dE / (k ln(N_high/N_low)).

    >>> round(1e3 * temperature_K(60), 2), round(1e3 * temperature_K(40), 2)
    (-5.04, 5.04)
    """
    return float(temperature_from_beta(beta_from_upper_fraction(above / PARTICLES, DELTA_E_J)))
