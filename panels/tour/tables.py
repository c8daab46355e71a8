"""Every number that the tour's panels show, tabulated by the physics package; a slider stops at rows only."""

from __future__ import annotations

import numpy as np
from scipy.constants import k as K_B

from panels.numbers import Table, numbers
from physics.calorimetry import mix_lithium_fluoride
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.entropy import log_multiplicity, log_volume
from physics.examples import DELTA_E_J, PARTICLES
from physics.examples_tour import (
    DRAINING_GAS,
    FOUR_LEVEL,
    LEVEL_GAPS_K,
    LIF_FIELD_T,
    LIF_T1_S,
    MOST_PUMP,
    ROOM_K,
    SPINS,
    SPINS_COUNTED,
    hopping_J,
    reversed_K,
)
from physics.laser import effective_beta_per_J, inversion, steady_state, threshold_inversion, threshold_pump_per_s
from physics.lattice import band_energy_J, mean_energy_J, quasimomentum_density
from physics.microcanonical import beta_volume_forward
from physics.relaxation import beta_per_J
from physics.spins import FLUORINE_19, splitting_J
from physics.two_level import beta_from_upper_fraction, upper_fraction

PER_KILOKELVIN, MILLIKELVIN, NANOKELVIN = 1e3, 1e3, 1e9
STEP_S, LAST_S = 10.0, 1500.0
STEP_ABOVE = 2
STEP_PER_KK, MOST_PER_KK = 0.5, 4.0
PUMPS = np.arange(1, round(20 * MOST_PUMP) + 1) / 20
"""Pump of the laser, in thresholds."""
COLDNESSES = np.round(np.arange(20, -21, -1) / 10, 1)
"""Coldness of the atoms in the lattice, in units of one over the hopping."""
POINTS = 33


def all_tables() -> Table:
    """All tables, by the panel that shows them."""
    return {
        "gas": gas(),
        "reversal": reversal(),
        "mixing": mixing(),
        "pump": pump(),
        "band": band(),
        "counts": counts(),
    }


def gas() -> Table:
    """A gas and spins with as much energy a particle, a row each; entropies as shares of their greatest here.

    The gas's entropy is counted from the first row, since only its growth can be compared.
    """
    above = np.arange(STEP_ABOVE, PARTICLES, STEP_ABOVE) / PARTICLES
    spins = beta_from_upper_fraction(above, DELTA_E_J)
    atoms = 1.5 / (above * DELTA_E_J)
    entropy = np.asarray(SPINS.entropy_J_per_K(spins))
    grown = np.asarray(DRAINING_GAS.entropy_J_per_K(atoms))
    grown = grown - grown[0]
    return {
        "energy_percent": numbers(100 * above),
        "gas_mK": numbers(MILLIKELVIN * temperature_from_beta(atoms)),
        "spins_mK": numbers(MILLIKELVIN * temperature_from_beta(spins)),
        "gas_entropy": numbers(grown / grown.max()),
        "spins_entropy": numbers(entropy / entropy.max()),
        "gas_place": numbers(upper_fraction(atoms, DELTA_E_J)),
        "spins_place": numbers(above),
    }


def reversal() -> Table:
    """Fluorine spins in lithium fluoride, one row each ten seconds after the reversal of their field.

    Coldness is given as 1/T in 1/kK, and its place from that of the crystal, 0, to as much below zero, 1.
    """
    t_s = np.arange(0.0, LAST_S + STEP_S, STEP_S)
    crystal, start = (float(beta_from_temperature(T_K)) for T_K in (ROOM_K, reversed_K()))
    beta = beta_per_J(t_s, start, crystal, LIF_T1_S, float(splitting_J(FLUORINE_19, LIF_FIELD_T)))
    T_K = temperature_from_beta(beta)
    return {
        "t_s": numbers(t_s),
        "T_K": numbers(T_K),
        "per_kK": numbers(PER_KILOKELVIN / T_K),
        "place": numbers(0.5 * (1.0 - beta / crystal)),
    }


def mixing() -> Table:
    """Lithium and fluorine spins of one crystal by their coldness before they meet: rows lithium, columns fluorine.

    Coldness is given as 1/T in 1/kK, and its place on an axis from `MOST_PER_KK`, 0, to as much below zero, 1.
    """
    steps = round(MOST_PER_KK / STEP_PER_KK)
    per_kK = STEP_PER_KK * np.arange(steps, -steps - 1, -1)
    beta = per_kK / (PER_KILOKELVIN * K_B)
    mixed = [[mix_lithium_fluoride(li, f, LIF_FIELD_T).beta_per_J for f in beta.tolist()] for li in beta.tolist()]
    met = np.array(mixed) * K_B * PER_KILOKELVIN
    return {
        "T_K": numbers(temperature_from_beta(beta)),
        "place": numbers(_place(per_kK)),
        "mixed_K": [numbers(temperature_from_beta(row / (PER_KILOKELVIN * K_B))) for row in met],
        "mixed_place": [numbers(_place(row)) for row in met],
        "first_lithium": float(steps - 2),
        "first_fluorine": float(2 * steps - 2),
        "strip": numbers((0.0, 0.25, 0.5, 0.75, 1.0)),
    }


def _place(per_kK: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 - per_kK / MOST_PER_KK)


def pump() -> Table:
    """The four-level laser at rest, a row a pump: inversion in thresholds, light as a share, temperatures of two pairs.

    The pairs are the lasing one, and the ground level with the upper lasing level.
    """
    threshold = threshold_pump_per_s(FOUR_LEVEL)
    state = steady_state(FOUR_LEVEL, PUMPS * threshold)
    photons = np.asarray(state.photons)
    lasing = temperature_from_beta(effective_beta_per_J(FOUR_LEVEL, state.N2, state.N1))
    ground = FOUR_LEVEL.N - np.asarray(state.N2) - np.asarray(state.N1)
    inverted = np.asarray(inversion(FOUR_LEVEL, state.N2, state.N1)) / threshold_inversion(FOUR_LEVEL)
    return {
        "pump": numbers(PUMPS),
        "inversion": numbers(inverted),
        "light": numbers(photons / photons.max()),
        "lasing_K": numbers(lasing),
        "ground_K": numbers(sum(LEVEL_GAPS_K[:2]) / np.log(ground / np.asarray(state.N2))),
        "first": float(len(PUMPS) // 6 - 1),
    }


def band() -> Table:
    """Atoms in the band of the lattice, a row a coldness: who is where along it, temperature and mean energy.

    Energies are shares of the band's width from its bottom, densities of the greatest in the table.
    """
    J = hopping_J()
    qd = np.linspace(-np.pi, np.pi, POINTS)
    beta = COLDNESSES / J
    density = np.array([quasimomentum_density(qd, each, J) for each in beta])
    return {
        "energy": numbers(0.5 + np.asarray(band_energy_J(qd, J)) / (4 * J)),
        "density": [numbers(row) for row in density / density.max()],
        "T_nK": numbers(NANOKELVIN * temperature_from_beta(beta)),
        "mean_percent": numbers(100 * (0.5 + np.asarray(mean_energy_J(beta, J)) / (4 * J))),
        "place": numbers(0.5 * (1.0 - COLDNESSES / COLDNESSES[0])),
    }


def counts() -> Table:
    """A few spins, a row each number up: two entropies as shares of their greatest, and the temperature of each.

    The states at an energy, and all states up to it; temperatures are forward differences, of one more spin up.
    """
    up = np.arange(SPINS_COUNTED + 1)
    at, upto = np.asarray(log_multiplicity(SPINS_COUNTED, up)), np.asarray(log_volume(SPINS_COUNTED))
    return {
        "up": numbers(up[:-1]),
        "at_entropy": numbers(at / upto.max()),
        "upto_entropy": numbers(upto / upto.max()),
        "at_mK": numbers(MILLIKELVIN * temperature_from_beta(np.diff(at) / DELTA_E_J)),
        "upto_mK": numbers(MILLIKELVIN * temperature_from_beta(beta_volume_forward(SPINS_COUNTED, DELTA_E_J))),
        "first": float(SPINS_COUNTED * 3 // 4),
    }
