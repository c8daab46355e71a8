"""The worked cases of the tour that its scenes, facts, panels and evaluators share, each written down once."""

from __future__ import annotations

from math import log

from scipy.constants import h
from scipy.constants import k as K_B

from physics import calorimetry, laser, lattice, maser, relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.contact import equilibrium
from physics.examples import (
    ABOVE_AFTER,
    COLD_BODY,
    COLD_X,
    DELTA_E_J,
    HOT_BODY,
    HOT_X,
    PARTICLES,
    temperature_K,
)
from physics.laser import FourLevelLaser
from physics.lines import ND_YAG
from physics.spins import FLUORINE_19, LITHIUM_7
from physics.two_level import TwoLevelBody
from physics.unbounded import GasBody

ROOM_K = 300.0
"""Temperature of the laboratory, and of a crystal in it."""

# Gas ----------------------------------------------------------------------------------------------------------------

HELIUM_4_KG = 4.002603254 * 1.66053906892e-27
"""Mass of a helium atom; AME2020 and CODATA 2022."""

BOX_OF_GAS = GasBody(N=1e20, V_m3=1e-4, mass_kg=HELIUM_4_KG)
"""A gas that is heated from the laboratory's temperature."""

HEATED_TO_K = 3000.0
"""Temperature by which its entropy has left the picture."""

DRAINING_GAS = GasBody(N=40, V_m3=1e-6, mass_kg=HELIUM_4_KG)
"""A gas of a few atoms, which inverted spins can only warm a little."""

DRAINING_GAS_K = 1e-3
"""Its temperature before it touches the spins."""

SPINS = TwoLevelBody(PARTICLES, DELTA_E_J)
"""The hundred protons as one body."""

DRAINED_ABOVE = 80
"""Protons in the upper level before the gas touches them."""

THREE_LEVELS_J = (0.0, DELTA_E_J, 2 * DELTA_E_J)
"""Three levels at even distances, so that two atoms in the middle can become one above and one below."""

THREE_FILLED, THREE_SETTLED = (25, 6, 45), (16, 24, 36)
"""Atoms on them at first, and once they have settled; as much energy."""


# Worked -------------------------------------------------------------------------------------------------------------


def below_after() -> int:
    """Give the number of protons in the lower level of the worked example.

    >>> below_after()
    40
    """
    return PARTICLES - ABOVE_AFTER


# Contact ------------------------------------------------------------------------------------------------------------

PAIRS_ABOVE = ((18, 6), (36, 33), (32, 8))
"""Protons in the upper level of the hotter and the colder body before contact: both at positive temperature, both at
negative, one of each."""

FEW_SPINS = TwoLevelBody(5, DELTA_E_J)
"""A thermometer of a few spins."""

MEASURED_ABOVE, FEW_ABOVE = 61, 2
"""Protons in the upper level of the hundred and of the thermometer before it touches them."""


def contact_temperature_K() -> float:
    """Give the temperature in K that two bodies of protons, one inverted and one not, end at.

    Source: ``contact.equilibrium``.

    >>> round(1e3 * contact_temperature_K(), 2)
    5.04
    """
    final = equilibrium(HOT_BODY, COLD_BODY, HOT_X / DELTA_E_J, COLD_X / DELTA_E_J)
    return float(temperature_from_beta(final.beta_per_J))


# Reversal -----------------------------------------------------------------------------------------------------------

LIF_FIELD_T = 0.63
"""Field in which Purcell and Pound magnetised lithium fluoride (Phys. Rev. 81, 279, 1951)."""

LIF_T1_S = 300.0
"""Spin-lattice time of its nuclei: about five minutes, which is how long the inversion could be seen."""


def reversal_year() -> int:
    """Give the year of the first inversion of nuclear spins: Purcell and Pound, Phys. Rev. 81, 279.

    >>> reversal_year()
    1951
    """
    return 1951


def excess_per_million() -> float:
    """Give by how many of a million fluorine nuclei more lie along the field than against it, at room temperature.

    Source: ``spins.polarisation``.

    >>> round(excess_per_million(), 2)
    2.02
    """
    return 1e6 * float(spins.polarisation(beta_from_temperature(ROOM_K), FLUORINE_19, LIF_FIELD_T))


def reversed_K() -> float:
    """Give the temperature in K of spins at room temperature whose field is suddenly reversed.

    Source: ``spins.sudden_field_change``.

    >>> round(reversed_K())
    -300
    """
    beta = spins.sudden_field_change(beta_from_temperature(ROOM_K), LIF_FIELD_T, -LIF_FIELD_T)
    return float(temperature_from_beta(beta))


def crossing_s() -> float:
    """Give the time in s after which relaxing fluorine spins pass equal populations.

    Source: ``relaxation.crossing_time_s``.

    >>> round(crossing_s())
    208
    """
    at_rest = float(spins.polarisation(beta_from_temperature(ROOM_K), FLUORINE_19, LIF_FIELD_T))
    return float(relaxation.crossing_time_s(-at_rest, at_rest, LIF_T1_S))


# Mixing -------------------------------------------------------------------------------------------------------------


def lithium_K() -> float:
    """Give the temperature in K of the lithium spins before they meet the fluorine.

    >>> lithium_K()
    300.0
    """
    return ROOM_K


def fluorine_share() -> float:
    """Give the fluorine's share of the spins' heat capacity in a crystal with as many lithium nuclei.

    Source: Curie weights, ``calorimetry.curie_weight_J2_per_T2``.

    >>> round(fluorine_share(), 3)
    0.54
    """
    weights = [float(calorimetry.curie_weight_J2_per_T2(nucleus)) for nucleus in (FLUORINE_19, LITHIUM_7)]
    return weights[0] / sum(weights)


def lithium_share() -> float:
    """Give the lithium's share of the spins' heat capacity.

    >>> round(lithium_share(), 3)
    0.46
    """
    return 1.0 - fluorine_share()


def mixed_K() -> float:
    """Give the temperature in K at which inverted fluorine and the lithium meet.

    Source: ``calorimetry.mix_lithium_fluoride``.

    >>> round(mixed_K())
    -3767
    """
    lithium, fluorine = (float(beta_from_temperature(T)) for T in (lithium_K(), reversed_K()))
    return float(temperature_from_beta(calorimetry.mix_lithium_fluoride(lithium, fluorine, LIF_FIELD_T).beta_per_J))


def enlarged() -> float:
    """Give how many times too large differences between populations of nuclei are drawn, or they would not be seen.

    >>> enlarged()
    200000.0
    """
    return 2e5


MIXTURES_K = (
    (600.0, 300.0),
    (300.0, -600.0),
    (-300.0, 300.0),
    (300.0, -300.0),
    (600.0, -300.0),
    (-400.0, -600.0),
    (-250.0, -400.0),
)
"""Temperatures of lithium and fluorine before they are mixed, of several mixtures."""


def predicted_mixtures_per_J() -> tuple[float, ...]:
    """Give the coldness in 1/J at which each of the mixtures ends, as the weighted mean has it.

    Source: ``calorimetry.mixed_beta_per_J``.

    >>> [round(float(temperature_from_beta(beta))) for beta in predicted_mixtures_per_J()[:4]]
    [390, 1577, 3767, -3767]
    """
    weights = [float(calorimetry.curie_weight_J2_per_T2(nucleus)) for nucleus in (LITHIUM_7, FLUORINE_19)]
    return tuple(float(beta) for beta in calorimetry.mixed_beta_per_J(weights, beta_from_temperature(MIXTURES_K)))


def mixtures_per_J() -> tuple[float, ...]:
    """Give the coldness in 1/J at which each of the mixtures ends, from the energies of all levels.

    Source: ``calorimetry.mix_lithium_fluoride``.

    >>> [round(float(temperature_from_beta(beta))) for beta in mixtures_per_J()[:4]]
    [390, 1577, 3767, -3767]
    """
    pairs = [(float(lithium), float(fluorine)) for lithium, fluorine in beta_from_temperature(MIXTURES_K)]
    return tuple(calorimetry.mix_lithium_fluoride(*pair, LIF_FIELD_T).beta_per_J for pair in pairs)


# Four levels --------------------------------------------------------------------------------------------------------

FOUR_LEVEL = FourLevelLaser(
    N=1e16, nu_Hz=ND_YAG.nu_Hz, tau21_s=2.3e-4, tau10_s=1e-8, tau_cavity_s=1e-8, K_per_s=1e-6, g1=2, g2=2
)
"""A four-level laser at the line of Nd:YAG, in round numbers."""


def lasing_pair_K() -> float:
    """Give the effective temperature in K of the two lasing levels, pumped at the threshold.

    Source: ``laser.effective_beta_per_J`` of ``laser.small_signal_state``.

    >>> round(lasing_pair_K())
    -1346
    """
    state = laser.small_signal_state(FOUR_LEVEL, laser.threshold_pump_per_s(FOUR_LEVEL))
    return float(temperature_from_beta(laser.effective_beta_per_J(FOUR_LEVEL, state.N2, state.N1)))


LEVEL_GAPS_K = (5000.0, ND_YAG.temperature_K, 6000.0)
"""Distances over k, in K, of the levels 0-1, 1-2 and 2-3, in round numbers but for the lasing one."""

TAU32_S = 1e-8
"""Time in which the pump band empties into the upper lasing level."""

SHOWN_PUMP_PER_S = 0.5 / FOUR_LEVEL.tau21_s
"""Pump rate per ground-state atom at which the levels are watched, without mirrors: a third of the atoms are up."""

MOST_PUMP = 3.0
"""How far the pump of the laser with mirrors is turned up, in thresholds."""


def level_shares() -> tuple[float, float, float, float]:
    """Give the shares of the atoms on levels 0 to 3 while they are watched, without mirrors.

    Source: ``laser.small_signal_state``; what is in the pump band is the pumped rate times its lifetime.

    >>> [f"{share:.2g}" for share in level_shares()]
    ['0.67', '1.4e-05', '0.33', '1.4e-05']
    """
    state = laser.small_signal_state(FOUR_LEVEL, SHOWN_PUMP_PER_S)
    upper, lower = float(state.N2) / FOUR_LEVEL.N, float(state.N1) / FOUR_LEVEL.N
    ground = 1.0 - upper - lower
    return ground, lower, upper, ground * SHOWN_PUMP_PER_S * TAU32_S


def pair_temperatures_K() -> tuple[float, float, float]:
    """Give the effective temperatures in K of the pairs of levels 0-1, 1-2 and 2-3 while they are watched.

    Source: Boltzmann ratios of ``level_shares``.

    >>> [round(T) for T in pair_temperatures_K()]
    [466, -1346, 597]
    """
    shares = level_shares()
    first, second, third = (
        gap / log(low / high) for gap, low, high in zip(LEVEL_GAPS_K, shares, shares[1:], strict=False)
    )
    return first, second, third


BATHS_K = (4.0, 2.0)
"""The hot and the cold bath of a three-level maser, at temperatures of liquid helium."""

PUMP_HZ = K_B * BATHS_K[0] / h
"""Its pump: a quantum of it is as large as k times the hot bath's temperature."""


def engine_pair_K(ratio: float) -> float:
    """Give the temperature in K of its signal pair, whose quantum is this share of the pump's.

    Source: ``maser.signal_beta_per_J``.

    >>> round(engine_pair_K(0.3), 9), round(engine_pair_K(0.75), 9)
    (-3.0, 6.0)
    """
    hot, cold = (float(beta_from_temperature(T)) for T in BATHS_K)
    return float(temperature_from_beta(maser.signal_beta_per_J(hot, cold, PUMP_HZ, ratio * PUMP_HZ)))


def carnot_ratio() -> float:
    """Give the largest share of the pump's quantum at which it still amplifies: Carnot's efficiency.

    Source: ``maser.largest_signal_ratio``.

    >>> carnot_ratio()
    0.5
    """
    hot, cold = (float(beta_from_temperature(T)) for T in BATHS_K)
    return float(maser.largest_signal_ratio(hot, cold))


# Lattice ------------------------------------------------------------------------------------------------------------

POTASSIUM_39_KG = 38.96370649 * 1.66053906892e-27
"""Mass of the atoms of Braun et al., Science 339, 52 (2013); AME2020 and CODATA 2022."""

LATTICE_WAVELENGTH_M, LATTICE_DEPTH_RECOIL = 736.65e-9, 6.0
"""Light and depth of their lattice."""

LATTICE_T_IN_J = -2.2
"""Temperature that they report, in units of the hopping J over k."""


def lattice_year() -> int:
    """Give the year of the first negative temperature of motion: Braun et al., Science 339, 52.

    >>> lattice_year()
    2013
    """
    return 2013


def hopping_J() -> float:
    """Give the hopping J of their lattice in joules.

    Source: ``lattice.hopping_recoil``, ``lattice.recoil_energy_J``.

    >>> round(1e9 * hopping_J() / K_B, 1)
    23.0
    """
    recoil = lattice.recoil_energy_J(LATTICE_WAVELENGTH_M, POTASSIUM_39_KG)
    return float(lattice.hopping_recoil(LATTICE_DEPTH_RECOIL) * recoil)


def lattice_K() -> float:
    """Give the temperature in K of atoms in motion that they report, for a lattice of this depth.

    >>> round(1e9 * lattice_K())
    -51
    """
    return LATTICE_T_IN_J * hopping_J() / K_B


# The long thermometer -----------------------------------------------------------------------------------------------

MARKS_K = {
    "gas": ROOM_K,
    "worked": temperature_K(ABOVE_AFTER),
    "contact": contact_temperature_K(),
    "reversal": reversed_K(),
    "mixing": mixed_K(),
    "fourlevel": lasing_pair_K(),
    "lattice": lattice_K(),
}
"""The temperature that each segment leaves on the long thermometer, by the segment's name."""

SCALE_K = (1e-8, 1e5)
"""Least and greatest temperature, of either sign, on the long thermometer, which is logarithmic."""


def scale_place(T_K: float) -> float:
    """Give the place of a temperature on the long thermometer, 0 at its coldest end to 1 at its hottest.

    Between the ends the logarithm of abs(T) runs evenly; plus and minus infinity meet in the middle.

    Args:
        T_K: temperature in K, of either sign; infinite ones are in the middle. What is nearer to zero than the scale
            goes lies at its end, what is larger in the middle.

    >>> scale_place(float("inf")), scale_place(-1e-8), round(scale_place(300.0), 3)
    (0.5, 1.0, 0.403)
    """
    least, greatest = SCALE_K
    size = min(max(abs(T_K), least), greatest)
    share = 0.5 * log(greatest / size) / log(greatest / least)
    return 0.5 - share if T_K > 0 else 0.5 + share


# Mistakes -----------------------------------------------------------------------------------------------------------

GIVER_X, TAKERS_X = -2.0, (3.0, 2.0, 1.0)
"""Coldness, as beta times the level distance, of a body at negative temperature and of three that take its heat."""

SETTLED_X = -0.7
"""Coldness of three levels that are in equilibrium and inverted, as beta times their distance."""

DRIVEN = (0.40, 0.06, 0.54)
"""Populations of three levels that are driven: the upper pair inverted, the lower not."""

SPINS_COUNTED = 20
"""Spins whose states are counted at an energy and up to it."""

BALANCED = ((10, 7), (40, 28))
"""Particles, and those of them up, of a small and a large body in balance."""
