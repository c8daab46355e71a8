"""Spins: Zeeman levels, field changes, relaxation, and the two species of LiF."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import k

from physics import calorimetry, canonical, relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.errors import ImpossibleStateError, NotANumberError, OutOfDomainError
from physics.spins import FLUORINE_19, LITHIUM_7, NUCLEI, PROTON, RHODIUM_103

NUCLEUS = st.sampled_from(list(NUCLEI.values()))
FIELD_T = st.floats(1e-6, 30.0) | st.floats(-30.0, -1e-6)
T_K = st.floats(1e-9, 1e4) | st.floats(-1e4, -1e-9)
SPIN = st.integers(1, 15).map(lambda twice: twice / 2)


@given(spin=SPIN, y=st.floats(1e-15, 200) | st.floats(-200, -1e-15))
def test_brillouin_function_against_fifty_digits(spin: float, y: float) -> None:
    with mpmath.workdps(50):
        m = [mpmath.mpf(value) / spin for value in np.arange(-spin, spin + 0.5)]
        w = [mpmath.exp(value * y) for value in m]
        exact = mpmath.fsum(a * b for a, b in zip(m, w, strict=True)) / mpmath.fsum(w)
    assert spins.brillouin(spin, y) == pytest.approx(float(exact), rel=1e-13, abs=0.0)


@given(spin=SPIN, y=st.floats(1e-300, 1e-6))
def test_brillouin_function_is_odd_and_follows_curie_when_small(spin: float, y: float) -> None:
    assert spins.brillouin(spin, -y) == -spins.brillouin(spin, y)
    assert spins.brillouin(spin, y) == pytest.approx((spin + 1) / (3 * spin) * y, rel=1e-10)
    assert spins.brillouin(spin, [math.inf, -math.inf]).tolist() == [1.0, -1.0]


@given(NUCLEUS, FIELD_T, T_K)
def test_populations_are_canonical_over_the_zeeman_levels(nucleus, B: float, T: float) -> None:
    beta = beta_from_temperature(T)
    p = spins.populations(beta, nucleus, B)
    assert p == pytest.approx(canonical.probabilities(beta, spins.levels_J(nucleus, B)), rel=1e-11, abs=1e-300)
    m = spins.projections(nucleus.spin) / nucleus.spin
    assert spins.polarisation(beta, nucleus, B) == pytest.approx((p * m).sum(), rel=1e-9, abs=1e-15)
    body = spins.SpinBody(7.0, nucleus, B)
    assert body.energy_J(beta) == pytest.approx(7 * (p * spins.levels_J(nucleus, B)).sum(), rel=1e-9, abs=1e-41)


def test_proton_up_along_the_field_is_the_lower_level_and_rhodium_the_upper() -> None:
    up = -1
    assert spins.levels_J(PROTON, 1.0)[up] < 0 < spins.levels_J(RHODIUM_103, 1.0)[up]


def test_without_a_field_any_beta_means_equal_populations() -> None:
    assert spins.populations([math.inf, 1e40, -math.inf], PROTON, 0.0).tolist() == [[0.5, 0.5]] * 3
    assert spins.polarisation(math.inf, LITHIUM_7, 0.0) == 0.0


@pytest.mark.parametrize("T", [1e-12, -1e-12])
def test_a_picokelvin_saturates(T: float) -> None:
    assert spins.polarisation(beta_from_temperature(T), PROTON, 1.0) == math.copysign(1.0, T)
    assert spins.SpinBody(1.0, PROTON, 1.0).entropy_J_per_K(beta_from_temperature(T)) == 0.0


@given(NUCLEUS, FIELD_T, FIELD_T, T_K)
def test_field_changes_conserve_entropy_and_only_a_sudden_reversal_inverts(nucleus, B0, B1, T) -> None:
    beta = beta_from_temperature(T)
    before = spins.SpinBody(1.0, nucleus, B0).entropy_J_per_K(beta)
    for change in (spins.sudden_field_change, spins.slow_field_change):
        after = spins.SpinBody(1.0, nucleus, B1).entropy_J_per_K(change(beta, B0, B1))
        assert after == pytest.approx(before, rel=1e-9, abs=1e-12 * k)
    sudden = temperature_from_beta(spins.sudden_field_change(beta, B0, B1))
    slow = temperature_from_beta(spins.slow_field_change(beta, B0, B1))
    assert sudden == pytest.approx(T * B1 / B0, rel=1e-14)
    assert slow == pytest.approx(T * abs(B1 / B0), rel=1e-14)


@given(NUCLEUS, FIELD_T, T_K)
def test_a_sudden_reversal_keeps_populations_and_equals_a_swap(nucleus, B: float, T: float) -> None:
    beta = beta_from_temperature(T)
    reversed_beta = spins.sudden_field_change(beta, B, -B)
    assert reversed_beta == spins.invert(beta)
    assert spins.populations(reversed_beta, nucleus, -B).tolist() == spins.populations(beta, nucleus, B).tolist()


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


def test_five_minutes_is_T1_and_not_the_time_below_zero() -> None:
    start, end = (math.tanh(1e-6 * 300.0 / T) for T in (-300.0, 300.0))
    assert relaxation.crossing_time_s(start, end, 300.0) == pytest.approx(300.0 * math.log(2), rel=1e-12)


def test_relaxation_starts_at_an_infinite_beta_too() -> None:
    beta = relaxation.beta_per_J([0.0, 100.0], -math.inf, 1.0, 100.0, 1.0)
    assert beta[0] == -math.inf and -3 < beta[1] < 0


@given(beta_Li=st.floats(-1e21, 1e21), beta_F=st.floats(-1e21, 1e21), B=st.floats(0.01, 3.0))
def test_mixing_is_a_weighted_mean_of_beta_at_high_temperature(beta_Li: float, beta_F: float, B: float) -> None:
    weights = [calorimetry.curie_weight_J2_per_T2(n) for n in (LITHIUM_7, FLUORINE_19)]
    mean = calorimetry.mixed_beta_per_J(weights, [beta_Li, beta_F])
    exact = calorimetry.mix_lithium_fluoride(beta_Li, beta_F, B)
    assert exact.beta_per_J == pytest.approx(mean, abs=1e-7 * max(abs(beta_Li), abs(beta_F), 1e10))
    assert min(beta_Li, beta_F) <= exact.beta_per_J <= max(beta_Li, beta_F)


def test_an_inverted_lithium_bath_in_proportion_cancels_the_fluorine_exactly() -> None:
    w_Li, w_F = (calorimetry.curie_weight_J2_per_T2(n) for n in (LITHIUM_7, FLUORINE_19))
    beta = 1e18
    assert calorimetry.mixed_beta_per_J([w_Li, w_F], [-beta * w_F / w_Li, beta]) == pytest.approx(0, abs=1e-15 * beta)
    assert abs(calorimetry.mix_lithium_fluoride(-beta * w_F / w_Li, beta, 0.63).beta_per_J) < 1e-6 * beta


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: spins.brillouin(0.3, 1.0), OutOfDomainError),
        (lambda: spins.brillouin(0.0, 1.0), OutOfDomainError),
        (lambda: spins.levels_J(PROTON, math.nan), NotANumberError),
        (lambda: spins.levels_J(PROTON, math.inf), OutOfDomainError),
        (lambda: spins.sudden_field_change(1.0, 1.0, 0.0), OutOfDomainError),
        (lambda: spins.slow_field_change(1.0, 0.0, 1.0), OutOfDomainError),
        (lambda: spins.SpinBody(10.0, PROTON, 0.0), OutOfDomainError),
        (lambda: spins.Nucleus("x", 0.7, 1e-26), OutOfDomainError),
        (lambda: relaxation.polarisation(-1.0, 0.1, 0.1, 1.0), OutOfDomainError),
        (lambda: relaxation.polarisation(1.0, 1.1, 0.1, 1.0), OutOfDomainError),
        (lambda: relaxation.polarisation(1.0, 0.1, 0.1, 0.0), OutOfDomainError),
        (lambda: relaxation.crossing_time_s(0.1, 0.2, 1.0), ImpossibleStateError),
        (lambda: relaxation.crossing_time_s(-0.1, 0.0, 1.0), ImpossibleStateError),
        (lambda: calorimetry.mixed_beta_per_J([1.0, 0.0], [1.0, 2.0]), OutOfDomainError),
    ],
)
def test_impossible_spins_raise(call, error) -> None:
    with pytest.raises(error):
        call()
