"""Thermal contact of any two bodies: energy, entropy and the direction of heat."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.constants import k

from physics import contact
from physics.canonical import LevelsBody
from physics.errors import NotANumberError, OutOfDomainError
from physics.lattice import BandBody
from physics.spins import LITHIUM_7, PROTON, SpinBody
from physics.two_level import TwoLevelBody, beta_from_upper_fraction, upper_fraction
from physics.unbounded import GasBody, OscillatorsBody

BOUNDED = st.one_of(
    st.builds(TwoLevelBody, st.floats(1, 1e4), st.floats(0.2, 5.0), st.floats(-3, 3)),
    st.builds(LevelsBody, st.floats(1, 1e4), st.just((0.0, 0.3, 1.0)), st.just((1.0, 2.0, 1.0))),
    st.builds(BandBody, st.floats(1, 1e4), st.floats(0.2, 2.0), st.just(100.0)),
)
UNBOUNDED = st.builds(OscillatorsBody, st.floats(1, 1e4), st.floats(0.2, 5.0))
BETA = st.floats(-6.0, 6.0)


def _total(a, b, beta_a: float, beta_b: float) -> float:
    return float(a.energy_J(beta_a) + b.energy_J(beta_b))


@given(BOUNDED, BOUNDED, BETA, BETA)
def test_energy_is_conserved_beta_lies_between_and_entropy_rises(a, b, beta_a: float, beta_b: float) -> None:
    end = contact.equilibrium(a, b, beta_a, beta_b)
    scale = abs(a.energy_J(beta_a)) + abs(b.energy_J(beta_b)) + a.N + b.N
    assert _total(a, b, end.beta_per_J, end.beta_per_J) == pytest.approx(
        _total(a, b, beta_a, beta_b), abs=1e-13 * scale
    )
    assert min(beta_a, beta_b) <= end.beta_per_J <= max(beta_a, beta_b)
    assert end.entropy_gain_J_per_K >= -1e-13 * k * (a.N + b.N)
    if abs(beta_a - beta_b) > 1e-3:
        assert end.entropy_gain_J_per_K > 0
        assert np.sign(end.heat_a_J) == np.sign(beta_a - beta_b)


@given(BOUNDED, UNBOUNDED, BETA, st.floats(0.05, 6.0))
def test_with_an_unbounded_partner_negative_temperature_never_survives(a, b, beta_a: float, beta_b: float) -> None:
    end = contact.equilibrium(a, b, beta_a, beta_b)
    assert 0 < end.beta_per_J <= max(beta_a, beta_b)
    before = _total(a, b, beta_a, beta_b)
    assert _total(a, b, end.beta_per_J, end.beta_per_J) == pytest.approx(before, rel=1e-12, abs=1e-12 * (a.N + b.N))
    if beta_a < 0:
        assert end.heat_a_J < 0


@given(BOUNDED, BOUNDED, BETA, BETA)
def test_the_two_bodies_may_be_exchanged(a, b, beta_a: float, beta_b: float) -> None:
    one, other = contact.equilibrium(a, b, beta_a, beta_b), contact.equilibrium(b, a, beta_b, beta_a)
    assert one.beta_per_J == pytest.approx(other.beta_per_J, abs=1e-12)
    assert one.heat_a_J == pytest.approx(-other.heat_a_J, abs=1e-11 * (a.N + b.N))


@given(N_a=st.floats(1, 1e6), N_b=st.floats(1, 1e6), beta_a=st.floats(-8, 8), beta_b=st.floats(-8, 8))
def test_equal_gaps_pool_their_populations(N_a: float, N_b: float, beta_a: float, beta_b: float) -> None:
    pooled = (N_a * upper_fraction(beta_a, 1.0) + N_b * upper_fraction(beta_b, 1.0)) / (N_a + N_b)
    end = contact.equilibrium(TwoLevelBody(N_a, 1.0), TwoLevelBody(N_b, 1.0), beta_a, beta_b)
    assert end.beta_per_J == pytest.approx(beta_from_upper_fraction(pooled, 1.0), abs=1e-11)


@given(beta=st.floats(1e-6, 30.0), N=st.floats(1, 1e20))
def test_a_mirror_pair_ends_at_beta_zero(beta: float, N: float) -> None:
    body = TwoLevelBody(N, 1.0)
    assert contact.equilibrium(body, body, -beta, beta).beta_per_J == 0.0
    spin_body, spin_beta = SpinBody(N, LITHIUM_7, 1.0), beta * 1e26
    assert contact.equilibrium(spin_body, spin_body, spin_beta, -spin_beta).beta_per_J == 0.0


def test_a_particle_number_ratio_of_1e12_is_resolved() -> None:
    small, large = TwoLevelBody(1.0, 1.0), TwoLevelBody(1e12, 1.0)
    end = contact.equilibrium(small, large, -3.0, 1.0)
    p = float(upper_fraction(1.0, 1.0))
    gained = float(upper_fraction(-3.0, 1.0)) - p
    assert end.heat_a_J == pytest.approx(-gained, rel=1e-10)
    shift = -gained / (1e12 * p * (1 - p))
    assert end.beta_per_J - 1.0 == pytest.approx(shift, rel=1e-3)


@pytest.mark.parametrize(
    ("beta_a", "beta_b"), [(-math.inf, math.inf), (math.inf, -math.inf), (-math.inf, 2.0), (-2.0, math.inf), (0.0, 1.0)]
)
def test_infinite_and_zero_beta_are_legal_starts(beta_a: float, beta_b: float) -> None:
    a, b = TwoLevelBody(100, 1.0), TwoLevelBody(300, 1.0)
    run = contact.relax(a, b, beta_a, beta_b, 1.0, np.linspace(0, 20, 201))
    pooled = (100 * upper_fraction(beta_a, 1.0) + 300 * upper_fraction(beta_b, 1.0)) / 400
    assert run.final.beta_per_J == pytest.approx(beta_from_upper_fraction(pooled, 1.0), abs=1e-14)
    assert (run.beta_a_per_J[0], run.beta_b_per_J[0]) == (beta_a, beta_b)
    assert run.beta_a_per_J[-1] == pytest.approx(run.beta_b_per_J[-1], abs=1e-7)


@given(BOUNDED, BOUNDED | UNBOUNDED, BETA, st.floats(0.05, 6.0))
def test_on_the_way_energy_is_constant_and_entropy_never_falls(a, b, beta_a: float, beta_b: float) -> None:
    assume(abs(beta_a - beta_b) > 0.01)
    run = contact.relax(a, b, beta_a, beta_b, 2.0, np.linspace(0.0, 30.0, 40))
    total = run.energy_a_J + run.energy_b_J
    scale = np.abs(run.energy_a_J).max() + np.abs(run.energy_b_J).max()
    assert total == pytest.approx(total[0], abs=1e-14 * scale)
    assert run.entropy_total_J_per_K[-1] > run.entropy_total_J_per_K[0]
    assert np.diff(run.entropy_total_J_per_K).min() > -1e-12 * k * (a.N + b.N)
    for body, beta, energy in ((a, run.beta_a_per_J, run.energy_a_J), (b, run.beta_b_per_J, run.energy_b_J)):
        assert body.energy_J(beta) == pytest.approx(energy, rel=1e-12, abs=1e-12 * (a.N + b.N))
    hotter_stays_hotter = np.sign(beta_a - beta_b) * (run.beta_a_per_J - run.beta_b_per_J)
    assert hotter_stays_hotter.min() > -1e-9


def test_relaxation_takes_its_time_constant() -> None:
    a, b = TwoLevelBody(100, 1.0), TwoLevelBody(300, 1.0)
    run = contact.relax(a, b, -2.0, 1.0, 5.0, [0.0, 5.0])
    assert run.energy_a_J[1] - run.energy_a_J[0] == pytest.approx(run.final.heat_a_J * (1 - math.exp(-1)), rel=1e-14)


def test_an_inverted_spin_system_heats_a_cup_of_gas_by_next_to_nothing() -> None:
    """Hotter than infinity is not more energy: the gas barely notices."""
    spins, gas = SpinBody(1e20, PROTON, 1.0), GasBody(1e22, 1e-3, 6.6e-27)
    room = 1 / (k * 300.0)
    end = contact.equilibrium(spins, gas, -1 / (k * 1e-3), room)
    assert end.heat_a_J < 0
    assert end.beta_per_J == pytest.approx(room, rel=1e-6)


def test_equal_coldness_exchanges_nothing() -> None:
    end = contact.equilibrium(TwoLevelBody(5, 1.0), SpinBody(7, LITHIUM_7, 1.0), -2.0, -2.0)
    assert (end.beta_per_J, end.heat_a_J, end.entropy_gain_J_per_K) == (-2.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda a, b: contact.equilibrium(a, b, math.nan, 1.0), NotANumberError),
        (lambda a, b: contact.equilibrium(a, b, 1.0, -1.0), OutOfDomainError),
        (lambda a, b: contact.relax(a, b, 1.0, 2.0, 0.0, [0.0, 1.0]), OutOfDomainError),
        (lambda a, b: contact.relax(a, b, 1.0, 2.0, 1.0, [-1.0, 1.0]), OutOfDomainError),
    ],
)
def test_impossible_contacts_raise(call, error) -> None:
    with pytest.raises(error):
        call(TwoLevelBody(5, 1.0), OscillatorsBody(5, 1.0))
