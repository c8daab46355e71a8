"""Spins and heat: Zeeman levels, field changes, relaxation, LiF, thermal contact of any two bodies."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.constants import k

from physics import calorimetry, canonical, contact, relaxation, spins
from physics.canonical import LevelsBody
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.lattice import BandBody
from physics.spins import FLUORINE_19, LITHIUM_7, NUCLEI, SpinBody
from physics.two_level import TwoLevelBody, beta_from_upper_fraction, upper_fraction
from physics.unbounded import OscillatorsBody

NUCLEUS = st.sampled_from(list(NUCLEI.values()))
FIELD_T = st.floats(1e-6, 30.0) | st.floats(-30.0, -1e-6)
T_K = st.floats(1e-9, 1e4) | st.floats(-1e4, -1e-9)
SPIN = st.integers(1, 15).map(lambda twice: twice / 2)


@given(spin=SPIN, y=st.floats(1e-300, 1e-6) | st.floats(1e-6, 200))
def test_brillouin_function_is_odd_and_exact_however_small(spin: float, y: float) -> None:
    with mpmath.workdps(350):
        m = [mpmath.mpf(value) / spin for value in np.arange(-spin, spin + 0.5)]
        w = [mpmath.exp(value * y) for value in m]
        exact = mpmath.fsum(a * b for a, b in zip(m, w, strict=True)) / mpmath.fsum(w)
    assert spins.brillouin(spin, y) == pytest.approx(float(exact), rel=1e-13, abs=0.0)
    assert spins.brillouin(spin, -y) == -spins.brillouin(spin, y)
    assert spins.brillouin(spin, [math.inf, -math.inf]).tolist() == [1.0, -1.0]


@given(NUCLEUS, FIELD_T, T_K)
def test_populations_are_canonical_over_the_zeeman_levels(nucleus, B: float, T: float) -> None:
    beta = beta_from_temperature(T)
    p = spins.populations(beta, nucleus, B)
    assert p == pytest.approx(canonical.probabilities(beta, spins.levels_J(nucleus, B)), rel=1e-11, abs=1e-300)
    m = spins.projections(nucleus.spin) / nucleus.spin
    assert spins.polarisation(beta, nucleus, B) == pytest.approx((p * m).sum(), rel=1e-9, abs=1e-15)
    body = SpinBody(7.0, nucleus, B)
    assert body.energy_J(beta) == pytest.approx(7 * (p * spins.levels_J(nucleus, B)).sum(), rel=1e-9, abs=1e-41)


@given(NUCLEUS, FIELD_T, FIELD_T, T_K)
def test_field_changes_conserve_entropy_and_only_a_sudden_reversal_inverts(nucleus, B0, B1, T) -> None:
    beta = beta_from_temperature(T)
    before = SpinBody(1.0, nucleus, B0).entropy_J_per_K(beta)
    for change in (spins.sudden_field_change, spins.slow_field_change):
        after = SpinBody(1.0, nucleus, B1).entropy_J_per_K(change(beta, B0, B1))
        assert after == pytest.approx(before, rel=1e-9, abs=1e-12 * k)
    sudden = temperature_from_beta(spins.sudden_field_change(beta, B0, B1))
    slow = temperature_from_beta(spins.slow_field_change(beta, B0, B1))
    assert sudden == pytest.approx(T * B1 / B0, rel=1e-14)
    assert slow == pytest.approx(T * abs(B1 / B0), rel=1e-14)
    swapped = spins.invert(beta)
    assert spins.sudden_field_change(beta, B0, -B0) == swapped
    assert spins.populations(swapped, nucleus, -B0).tolist() == spins.populations(beta, nucleus, B0).tolist()


@given(P0=st.floats(-0.99, 0.99), Pe=st.floats(-0.99, 0.99), T1=st.floats(1e-3, 1e5), t=st.floats(0, 20))
def test_relaxation_solves_its_equation(P0: float, Pe: float, T1: float, t: float) -> None:
    with mpmath.workdps(40):
        exact = Pe + (mpmath.mpf(P0) - Pe) * mpmath.exp(-mpmath.mpf(t * T1) / T1)
    assert relaxation.polarisation(t * T1, P0, Pe, T1) == pytest.approx(float(exact), rel=1e-12, abs=1e-15)


@given(T0=st.floats(-1e3, -1.0), T1=st.floats(1.0, 1e4))
def test_beta_passes_zero_smoothly_at_the_crossing_time(T0: float, T1: float) -> None:
    gap, lattice = float(spins.splitting_J(FLUORINE_19, 0.63)), float(beta_from_temperature(300.0))
    start = float(beta_from_temperature(T0))
    P0, Pe = (math.tanh(beta * gap / 2) for beta in (start, lattice))
    crossing = relaxation.crossing_time_s(P0, Pe, T1)
    assert abs(relaxation.polarisation(crossing, P0, Pe, T1)) < 1e-15 * abs(P0) + 1e-15 * Pe
    t = crossing + T1 * np.array([-1e-3, -1e-6, 0.0, 1e-6, 1e-3])
    beta = relaxation.beta_per_J(np.maximum(t, 0.0), start, lattice, T1, gap)
    assert (np.diff(beta) > 0).all()
    assert np.abs(np.diff(beta)).max() < 2e-3 * lattice
    assert beta[0] < 0 < beta[-1]


@given(beta_Li=st.floats(-1e21, 1e21), beta_F=st.floats(-1e21, 1e21), B=st.floats(0.01, 3.0))
def test_mixing_is_a_weighted_mean_of_beta_at_high_temperature(beta_Li: float, beta_F: float, B: float) -> None:
    weights = [calorimetry.curie_weight_J2_per_T2(n) for n in (LITHIUM_7, FLUORINE_19)]
    mean = calorimetry.mixed_beta_per_J(weights, [beta_Li, beta_F])
    exact = calorimetry.mix_lithium_fluoride(beta_Li, beta_F, B)
    assert exact.beta_per_J == pytest.approx(mean, abs=1e-7 * max(abs(beta_Li), abs(beta_F), 1e10))
    assert min(beta_Li, beta_F) <= exact.beta_per_J <= max(beta_Li, beta_F)


BOUNDED = st.one_of(
    st.builds(TwoLevelBody, st.integers(1, 10**4), st.floats(0.2, 5.0), st.floats(-3, 3)),
    st.builds(LevelsBody, st.integers(1, 10**4), st.just((0.0, 0.3, 1.0)), st.just((1.0, 2.0, 1.0))),
    st.builds(BandBody, st.integers(1, 10**4), st.floats(0.2, 2.0), st.just(100.0)),
)
UNBOUNDED = st.builds(OscillatorsBody, st.integers(1, 10**4), st.floats(0.2, 5.0))
# Nearer to 0 the products that SciPy's brentq forms underflow.
BETA = st.floats(-6.0, 6.0).filter(lambda beta: beta == 0 or abs(beta) > 1e-100)


def _total(a, b, beta_a: float, beta_b: float) -> float:
    return float(a.energy_J(beta_a) + b.energy_J(beta_b))


@given(BOUNDED, BOUNDED, BETA, BETA)
def test_energy_is_conserved_beta_lies_between_and_entropy_rises(a, b, beta_a: float, beta_b: float) -> None:
    end = contact.equilibrium(a, b, beta_a, beta_b)
    scale = abs(a.energy_J(beta_a)) + abs(b.energy_J(beta_b)) + a.N + b.N
    before = _total(a, b, beta_a, beta_b)
    assert _total(a, b, end.beta_per_J, end.beta_per_J) == pytest.approx(before, abs=1e-13 * scale)
    assert min(beta_a, beta_b) <= end.beta_per_J <= max(beta_a, beta_b)
    assert end.entropy_gain_J_per_K >= -1e-13 * k * (a.N + b.N)
    if abs(beta_a - beta_b) > 1e-3:
        assert end.entropy_gain_J_per_K > 0
        assert np.sign(end.heat_a_J) == np.sign(beta_a - beta_b)
    exchanged = contact.equilibrium(b, a, beta_b, beta_a)
    assert exchanged.beta_per_J == pytest.approx(end.beta_per_J, abs=1e-12)
    assert exchanged.heat_a_J == pytest.approx(-end.heat_a_J, abs=1e-11 * (a.N + b.N))


@given(BOUNDED, UNBOUNDED, BETA, st.floats(0.05, 6.0))
def test_with_an_unbounded_partner_negative_temperature_never_survives(a, b, beta_a: float, beta_b: float) -> None:
    end = contact.equilibrium(a, b, beta_a, beta_b)
    assert 0 < end.beta_per_J <= max(beta_a, beta_b)
    before = _total(a, b, beta_a, beta_b)
    assert _total(a, b, end.beta_per_J, end.beta_per_J) == pytest.approx(before, rel=1e-12, abs=1e-12 * (a.N + b.N))
    if beta_a < 0:
        assert end.heat_a_J < 0


@given(N_a=st.integers(1, 10**6), N_b=st.integers(1, 10**6), beta_a=st.floats(-8, 8), beta_b=st.floats(-8, 8))
def test_equal_gaps_pool_their_populations(N_a: int, N_b: int, beta_a: float, beta_b: float) -> None:
    pooled = (N_a * upper_fraction(beta_a, 1.0) + N_b * upper_fraction(beta_b, 1.0)) / (N_a + N_b)
    end = contact.equilibrium(TwoLevelBody(N_a, 1.0), TwoLevelBody(N_b, 1.0), beta_a, beta_b)
    assert end.beta_per_J == pytest.approx(beta_from_upper_fraction(pooled, 1.0), abs=1e-11)


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


@given(beta=st.floats(1e-6, 30.0), N=st.integers(1, 10**20))
def test_a_mirror_pair_ends_at_beta_zero(beta: float, N: float) -> None:
    body = TwoLevelBody(N, 1.0)
    assert contact.equilibrium(body, body, -beta, beta).beta_per_J == 0.0
    spin_body, spin_beta = SpinBody(N, LITHIUM_7, 1.0), beta * 1e26
    assert contact.equilibrium(spin_body, spin_body, spin_beta, -spin_beta).beta_per_J == 0.0


@given(BOUNDED, BOUNDED | UNBOUNDED, BETA, st.floats(0.05, 6.0))
def test_on_the_way_energy_is_constant_and_entropy_never_falls(a, b, beta_a: float, beta_b: float) -> None:
    assume(abs(beta_a - beta_b) > 0.01)
    run = contact.relax(a, b, beta_a, beta_b, 2.0, np.linspace(0.0, 30.0, 40))
    total, S = run.energy_total_J, run.entropy_total_J_per_K
    assert total == pytest.approx(total[0], abs=1e-14 * (np.abs(run.energy_a_J) + np.abs(run.energy_b_J)).max())
    assert S[-1] > S[0] and np.diff(S).min() > -1e-12 * k * (a.N + b.N)
    for body, beta, energy in ((a, run.beta_a_per_J, run.energy_a_J), (b, run.beta_b_per_J, run.energy_b_J)):
        assert body.energy_J(beta) == pytest.approx(energy, rel=1e-12, abs=1e-12 * (a.N + b.N))
    hotter_stays_hotter = np.sign(beta_a - beta_b) * (run.beta_a_per_J - run.beta_b_per_J)
    assert hotter_stays_hotter.min() > -1e-9
