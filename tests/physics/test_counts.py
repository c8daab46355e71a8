"""Where N counts particles it is a whole number, and where it is an amount it need not be."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physics import bose, calorimetry, entropy, resonator, two_level, unbounded
from physics.canonical import LevelsBody
from physics.errors import OutOfDomainError
from physics.laser import FourLevelLaser
from physics.lattice import BandBody
from physics.spins import LITHIUM_7, SpinBody
from physics.three_level_laser import ThreeLevelLaser

COUNTING: dict[str, Callable[[float], object]] = {
    "two levels": lambda N: two_level.TwoLevelBody(N, 1.0),
    "spins": lambda N: SpinBody(N, LITHIUM_7, 1.0),
    "levels": lambda N: LevelsBody(N, (0.0, 1.0, 3.0)),
    "band": lambda N: BandBody(N, 1.0, 100),
    "sites": lambda N: BandBody(10, 1.0, N),
    "oscillators": lambda N: unbounded.OscillatorsBody(N, 1.0),
    "gas": lambda N: unbounded.GasBody(N, 1.0, 1e-26),
    "four-level laser": lambda N: FourLevelLaser(N, 2.8e14, 1.0, 0.1, 0.2, 1e-4),
    "three-level laser": lambda N: ThreeLevelLaser(N, 4e14, 1.0, 0.2, 1e-4),
    "pairs of a crystal": lambda N: calorimetry.mix_lithium_fluoride(-1e20, 2e20, 0.6, N),
    "dome": lambda N: entropy.boltzmann_entropy_J_per_K(N, 0.0),
}
AMOUNTS: dict[str, Callable[[float], object]] = {
    "mean populations": lambda N: two_level.populations(1.0, 1.0, N),
    "Curie weight": lambda N: calorimetry.curie_weight_J2_per_T2(LITHIUM_7, N),
    "energy of a gas": lambda N: unbounded.gas_energy_J(1.0, N),
    "mean number of bosons": lambda N: bose.chemical_potential_J([0.0, 1.0], N, 1.0),
}
BROKEN = st.floats(1e-3, 2.0**52, exclude_max=True).filter(lambda N: np.floor(N) != N)


@pytest.mark.parametrize("what", COUNTING)
@given(N=BROKEN)
def test_a_part_of_a_particle_is_refused_in_one_line(what: str, N: float) -> None:
    with pytest.raises(OutOfDomainError) as caught:
        COUNTING[what](N)
    said = str(caught.value)
    assert "must be a whole number; count the particles" in said
    assert repr(float(N)) in said
    assert "\n" not in said


@pytest.mark.parametrize("what", COUNTING)
@given(N=st.integers(1, 10**6) | st.sampled_from([1e12, 1e23]))
def test_whole_numbers_pass_however_large(what: str, N: float) -> None:
    COUNTING[what](N)


@pytest.mark.parametrize("what", AMOUNTS)
@given(N=st.floats(1e-3, 1e6))
def test_amounts_need_not_be_whole(what: str, N: float) -> None:
    assert np.isfinite(np.asarray(AMOUNTS[what](N))).all()


@given(density=st.floats(1e7, 1e26))
def test_the_mode_of_a_resonator_holds_whole_atoms(density: float) -> None:
    mirrors = resonator.Resonator(0.1, 1e-6, 1.0, 0.9)
    made = resonator.four_level_laser(mirrors, density, 2.8e-23, 2.8e14, 2.3e-4, 1e-8)
    assert np.floor(made.N) == made.N
    assert abs(made.N - density * mirrors.volume_m3) <= 0.5 + 1e-15 * made.N
