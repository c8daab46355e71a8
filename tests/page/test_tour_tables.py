"""The tour's and the well's tables hold what the physics says, computed here in other ways."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.constants import h
from scipy.constants import k as K_B
from scipy.special import ive

from panels.confinement.tables import HARTREE_EV, well
from panels.tour import tables
from physics.calorimetry import mixed_beta_per_J
from physics.examples import DELTA_E_J
from physics.examples_tour import FOUR_LEVEL, LEVEL_GAPS_K, SPINS_COUNTED, hopping_J

CLOSE = pytest.approx


def floats(values: Any) -> NDArray[np.float64]:
    return np.array([float(value) for value in values])


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return tables.all_tables()


def test_a_gas_and_spins_hold_the_same_energy(made: dict[str, Any]) -> None:
    table = made["gas"]
    share = floats(table["energy_percent"]) / 100
    assert 1.5 * K_B * floats(table["gas_mK"]) / 1e3 == CLOSE(share * DELTA_E_J, rel=1e-5)
    assert DELTA_E_J / (K_B * floats(table["spins_mK"]) / 1e3) == CLOSE(np.log((1 - share) / share), rel=1e-5, abs=1e-9)
    assert (np.diff(floats(table["gas_entropy"])) > 0).all()
    assert floats(table["spins_entropy"]).argmax() == len(share) // 2
    grown = np.log(share / share[0])
    assert floats(table["gas_entropy"]) == CLOSE(grown / grown[-1], rel=1e-5, abs=1e-6)


def test_lithium_and_fluorine_meet_at_the_weighted_mean_of_coldness(made: dict[str, Any]) -> None:
    table = made["mixing"]
    beta = 1 / (K_B * floats(table["T_K"]))
    # Spins 3/2 and 1/2: I(I + 1) times the square of moment over spin, from the moments in nuclear magnetons.
    weights = [(3.256427 / 1.5) ** 2 * 1.5 * 2.5, (2.628868 / 0.5) ** 2 * 0.5 * 1.5]
    for i, lithium in enumerate(beta):
        met = mixed_beta_per_J(weights, np.stack([np.full_like(beta, lithium), beta], axis=-1))
        assert 1 / (K_B * floats(table["mixed_K"][i])) == CLOSE(met, rel=1e-3, abs=1e-3 * abs(beta[0]))
    assert (np.diff(np.array([floats(row) for row in table["mixed_place"]]), axis=1) > 0).all()


def test_above_threshold_only_the_light_grows(made: dict[str, Any]) -> None:
    table = made["pump"]
    pump, inversion, light = (floats(table[name]) for name in ("pump", "inversion", "light"))
    below, above = pump < 0.99, pump > 1.01
    assert (np.diff(inversion[below]) > 0).all() and inversion[above] == CLOSE(1.0, rel=1e-5)
    assert (light[below] < 1e-6).all()
    assert np.diff(light[above]) == CLOSE(np.diff(light[above])[0], rel=0.03)
    assert (floats(table["lasing_K"]) < 0).all() and (floats(table["ground_K"]) > 0).all()
    # In darkness what drops to the lower lasing level leaves it in tau10: their ratio is that of the lifetimes.
    dark = FOUR_LEVEL.tau21_s / FOUR_LEVEL.tau10_s
    assert floats(table["lasing_K"])[0] == CLOSE(-h * FOUR_LEVEL.nu_Hz / K_B / math.log(dark), rel=1e-4)
    upper = pump[0] * 1.0 / (FOUR_LEVEL.K_per_s * FOUR_LEVEL.tau_cavity_s) / FOUR_LEVEL.N
    assert floats(table["ground_K"])[0] == CLOSE(sum(LEVEL_GAPS_K[:2]) / math.log(1 / upper), rel=1e-2)


def test_atoms_in_the_band_follow_boltzmann(made: dict[str, Any]) -> None:
    table = made["band"]
    energy = floats(table["energy"])
    J_nK = 1e9 * hopping_J() / K_B
    for row, x in enumerate(tables.COLDNESSES.tolist()):
        density = floats(table["density"][row])
        weights = np.exp(-4 * x * (energy - energy[len(energy) // 2 if x > 0 else 0]))
        assert density / density.max() == CLOSE(weights / weights.max(), rel=1e-4)
        assert float(table["T_nK"][row]) == CLOSE(J_nK / x if x else math.inf, rel=1e-5)
        mean = -float(ive(1, 2 * abs(x)) / ive(0, 2 * abs(x))) * math.copysign(1, x)
        assert float(table["mean_percent"][row]) == CLOSE(50 * (1 + mean), rel=1e-5)


def test_states_at_an_energy_and_up_to_it(made: dict[str, Any]) -> None:
    table = made["counts"]
    at = [math.comb(SPINS_COUNTED, n) for n in range(SPINS_COUNTED + 1)]
    upto = [sum(at[: n + 1]) for n in range(SPINS_COUNTED + 1)]
    gap_mK = 1e3 * DELTA_E_J / K_B
    for n in range(SPINS_COUNTED):
        assert float(table["at_mK"][n]) == CLOSE(gap_mK / math.log(at[n + 1] / at[n]), rel=1e-5)
        assert float(table["upto_mK"][n]) == CLOSE(gap_mK / math.log(upto[n + 1] / upto[n]), rel=1e-5)
        assert float(table["upto_mK"][n]) > 0
    assert floats(table["at_entropy"]) == CLOSE(np.log(at) / math.log(upto[-1]), rel=1e-5, abs=1e-9)


def test_the_motion_of_the_particle_falls_where_it_escapes() -> None:
    table = well()
    bound, kinetic = int(table["bound"]), floats(table["kinetic_eV"])
    assert (np.diff(floats(table["energy_eV"])) > 0).all()
    assert floats(table["energy_eV"])[bound - 1] < 0 < floats(table["energy_eV"])[bound]
    assert kinetic[bound - 1] / kinetic[bound] > 100 and kinetic[: bound - 1].max() < 3 * HARTREE_EV
