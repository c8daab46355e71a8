"""What no physical state can have is refused, with the right error and a useful sentence."""

import math
import pickle
from collections.abc import Callable

import numpy as np
import pytest

from physics import (
    bose,
    calorimetry,
    canonical,
    coldness,
    contact,
    entropy,
    exchange,
    laser,
    lattice,
    lines,
    maser,
    microcanonical,
    relaxation,
    resonator,
    spins,
    three_level_laser,
    two_level,
    unbounded,
    well_particles,
)
from physics import quantum_well as well
from physics.errors import ImpossibleStateError, NotANumberError, OutOfDomainError, PhysicsError
from physics.laser import FourLevelLaser, LaserState
from physics.quantum_well import PAPER_WELL, Well
from physics.spins import PROTON
from physics.three_level_laser import ThreeLevelLaser

BODIES = two_level.TwoLevelBody(5, 1.0), unbounded.OscillatorsBody(5, 1.0)
FOUR_LEVEL = FourLevelLaser(10.0, 2.8e14, 1.0, 0.1, 0.2, 1e-4)
THREE_LEVEL = ThreeLevelLaser(10.0, 4e14, 1.0, 0.2, 1e-4)
TOO_MANY, TOO_FEW = (LaserState(np.array(N2), np.array(1.0), np.array(0.0)) for N2 in (10.0, 1.0))
PAIRS = well_particles.states(PAPER_WELL, 2, 0.0)

# Each function, and arguments it refuses.
NOT_A_NUMBER = (
    (two_level.upper_fraction, (math.nan, 1.0), ([0.0, math.nan], 1.0), ("cold", 1.0)),
    (coldness.beta_from_temperature, (math.nan,)),
    (entropy.log_multiplicity, (10, math.nan)),
    (canonical.energy_J, (math.nan, [0.0, 1.0])),
    (spins.levels_J, (PROTON, math.nan)),
    (contact.equilibrium, (*BODIES, math.nan, 1.0)),
    (laser.small_signal_state, (FOUR_LEVEL, math.nan)),
    (bose.is_stable, (1.0, math.nan, 1.0)),
    (Well, (math.nan, 20.0, 200.0)),
)
OUT_OF_DOMAIN = (
    (two_level.upper_fraction, (1.0, -1.0), (1.0, 0.0), (10**400, 1.0), (-(10**5000), 1.0)),
    (exchange.exchange, ([], 10, 0.1, 1)),
    (two_level.populations, (1.0, 1.0, -5.0)),
    (two_level.beta_from_ratio, (-0.1, 1.0)),
    (two_level.beta_from_upper_fraction, (1.1, 1.0)),
    (two_level.energy_J, (1.0, 1.0, math.inf)),
    (two_level.TwoLevelBody, (0.0, 1.0)),
    (entropy.log_multiplicity, (10, 11), ([10, 20], [5, 21]), (10, -1e-9), (0, 0), (2.5, 1)),
    (entropy.multiplicity, (10, 2.5), (20_000, 5), (5, 6)),
    (entropy.log_volume, (2_000_000,), ([3, 4],)),
    (two_level.populations, ([1.0, 2.0], [1.0, 2.0, 3.0])),
    (coldness.Coldness.at, ()),
    (microcanonical.beta_exact, (10, 5, 0.0)),
    (microcanonical.beta_volume_forward, (10, -1.0)),
    (microcanonical.beta_from_levels, ([0.0, 1.0, 1.0], [0.0, 1.0, 1.5])),
    (canonical.energy_J, (1.0, []), (1.0, [[0.0, 1.0]]), (1.0, [0.0, math.inf])),
    (canonical.energy_J, (1.0, [0.0, 1.0], [1.0, 0.0]), (1.0, [0.0, 1.0], [1.0, 1.0, 1.0])),
    (canonical.log_partition, (math.inf, [0.0, 1.0])),
    (canonical.LevelsBody, (1.0, (2.0, 2.0))),
    (unbounded.gas_entropy_J_per_K, (1e23, 1e30, 1.0, 1e-27)),
    (unbounded.einstein_solid_beta_per_J, (1, 5, 1.0)),
    (spins.brillouin, (0.3, 1.0), (0.0, 1.0)),
    (spins.levels_J, (PROTON, math.inf)),
    (spins.sudden_field_change, (1.0, 1.0, 0.0)),
    (spins.slow_field_change, (1.0, 0.0, 1.0)),
    (spins.SpinBody, (10.0, PROTON, 0.0)),
    (spins.Nucleus, ("x", 0.7, 1e-26)),
    (relaxation.polarisation, (-1.0, 0.1, 0.1, 1.0), (1.0, 1.1, 0.1, 1.0), (1.0, 0.1, 0.1, 0.0)),
    (calorimetry.mixed_beta_per_J, ([1.0, 0.0], [1.0, 2.0]), ([], [])),
    (resonator.Resonator, (0.1, 1e-6, 1.0, 1.0), (0.1, 1e-6, 1.1, 0.9)),
    (unbounded.gas_beta_per_J, (0.0,)),
    (unbounded.einstein_solid_log_multiplicity, (0, 4), (2.5, 4)),
    (contact.equilibrium, (*BODIES, 1.0, -1.0)),
    (contact.relax, (*BODIES, 1.0, 2.0, 0.0, [0.0, 1.0]), (*BODIES, 1.0, 2.0, 1.0, [-1.0, 1.0])),
    (FourLevelLaser, (10.0, 2.8e14, 1.0, -0.1, 0.2, 1e-4), (10.0, 2.8e14, 1.0, 0.1, 0.2, 1e-4, 0.0)),
    (laser.effective_beta_per_J, (FOUR_LEVEL, -1.0, 1.0)),
    (laser.small_signal_state, (FOUR_LEVEL, -1.0)),
    (
        laser.run,
        (FOUR_LEVEL, 1.0, [0.0]),
        (FOUR_LEVEL, 1.0, [0.0, 2.0, 1.0]),
        (FOUR_LEVEL, [1.0, 2.0], [0.0, 1.0, 2.0]),
    ),
    (maser.signal_beta_per_J, (1.0, 2.0, 1.0, 1.0)),
    (maser.largest_signal_ratio, (2.0, 1.0)),
    (lines.Line, ("x", -1.0, 1, 1, "a", "b")),
    (bose.occupation, ([-2.0, 2.0], 3.0, 0.0), ([-2.0, 2.0], 3.0, [1.0, -1.0])),
    (bose.chemical_potential_J, ([0.0], -1.0, 1.0)),
    (bose.is_stable, (0.0, 1.0, 1.0)),
    (lattice.mean_energy_J, (1.0, 0.0)),
    (lattice.relative_entropy_J_per_K, (math.inf, 1.0)),
    (lattice.ring_quasimomenta, (0,)),
    (lattice.hopping_recoil, (-1.0,), (401.0,)),
    (Well, (-0.1, 20.0, 200.0), (0.1, 200.0, 20.0)),
    (well.levels, (PAPER_WELL, 0)),
    (well.temperature_C, (PAPER_WELL, -0.0976)),
    (well.canonical_energy, (PAPER_WELL, -0.01)),
    (well.temperature_mu, (well.levels(PAPER_WELL, 2),)),
    (well_particles.states, (PAPER_WELL, 2, -1.0), (PAPER_WELL, 2, 0.0, 3), (PAPER_WELL, 2, 2000.0)),
    (well_particles.canonical_averages, (PAPER_WELL, 4, 1e-5)),
)
IMPOSSIBLE_TOGETHER = (
    (relaxation.crossing_time_s, (0.1, 0.2, 1.0), (-0.1, 0.0, 1.0)),
    (FourLevelLaser, (10.0, 2.8e14, 1.0, 0.1, 0.2, 1.5)),
    (ThreeLevelLaser, (1e6, 4e14, 1.0, 0.2, 1.5)),
    (laser.effective_beta_per_J, (FOUR_LEVEL, 0.0, 0.0)),
    (lines.effective_beta_per_J, (lines.RUBY, 0.0, 0.0)),
    (laser.threshold_pump_per_s, (FOUR_LEVEL,)),
    (three_level_laser.threshold_pump_per_s, (THREE_LEVEL,)),
    (laser.run, (FOUR_LEVEL, 1.0, [0.0, 1.0], TOO_MANY)),
    (three_level_laser.run, (THREE_LEVEL, 1.0, [0.0, 1.0], TOO_FEW)),
    (bose.occupation, ([-2.0, 2.0], 0.0, 1.0), ([-2.0, 2.0], 0.0, -1.0)),
    (bose.occupation, ([-2.0, 2.0], -3.0, -1.0), ([-2.0, 2.0], 2.0, -1.0)),
    (well_particles.onsets_hartree, (PAPER_WELL, 20)),
    (well_particles.chosen_state, (PAPER_WELL, [1, 1]), (PAPER_WELL, [0, 1, 1, 1], 2)),
    (well_particles.temperature_E, (PAIRS, -0.19, 1e-6)),
)
KINDS = {NotANumberError: NOT_A_NUMBER, OutOfDomainError: OUT_OF_DOMAIN, ImpossibleStateError: IMPOSSIBLE_TOGETHER}
CASES = [(error, call, case) for error, table in KINDS.items() for call, *cases in table for case in cases]


@pytest.mark.parametrize(("error", "call", "arguments"), CASES)
def test_it_is_refused(error: type[PhysicsError], call: Callable[..., object], arguments: tuple[object, ...]) -> None:
    with pytest.raises(error) as caught:
        call(*arguments)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("beta", [0.0, -0.0, -1.0, -math.inf])
def test_unbounded_spectra_refuse_negative_temperature_and_say_why(beta: float) -> None:
    oscillators, gas = unbounded.OscillatorsBody(1.0, 1.0), unbounded.GasBody(1.0, 1.0, 1e-26)
    for function in (oscillators.energy_J, oscillators.entropy_J_per_K, gas.energy_J, gas.entropy_J_per_K):
        with pytest.raises(OutOfDomainError, match="diverges"):
            function(beta)
    with pytest.raises(OutOfDomainError, match="diverges"):
        unbounded.oscillator_heat_capacity_J_per_K(beta, 1.0)


def test_an_error_gives_value_limit_and_remedy_in_one_line_and_survives_pickling() -> None:
    with pytest.raises(OutOfDomainError) as caught:
        two_level.beta_from_upper_fraction([0.5, 1.1], 1.0)
    text = str(caught.value)
    assert "1.1" in text and "[0, 1]" in text and ";" in text and "\n" not in text
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: two_level.upper_fraction(10**5000, 1.0), r"an integer of too many digits must be at most 1\.8e\+308"),
        (lambda: two_level.upper_fraction("cold" * 1000, 1.0), "beta_per_J = cold.*… must be a real number"),
        (lambda: exchange.exchange([], 10, 0.1, 1), r"upper = shape \(0,\) must be a list of counts"),
        (lambda: two_level.populations([1.0, 2.0], [1.0, 2.0, 3.0]), r"shapes = \(2,\) and \(3,\) must broadcast"),
    ],
)
def test_what_is_wrong_is_said_truly_and_short(call: Callable[[], object], said: str) -> None:
    with pytest.raises(PhysicsError, match=said) as caught:
        call()
    assert len(str(caught.value)) < 200
