"""Two levels: laws at any real beta, edges, and 50-digit arithmetic."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import k

from physics import coldness, two_level
from physics.errors import NotANumberError, OutOfDomainError

X = st.floats(-600.0, 600.0)
GAPS_J = st.floats(1e-30, 1e-15)


@given(T=st.floats(1e-12, 1e12) | st.floats(-1e12, -1e-12))
def test_temperature_survives_the_round_trip_through_beta(T: float) -> None:
    back = coldness.temperature_from_beta(coldness.beta_from_temperature(T))
    assert back == pytest.approx(T, rel=1e-15)


def test_signed_zeros_and_infinities_are_temperatures() -> None:
    beta = coldness.beta_from_temperature([0.0, math.inf, -math.inf, -0.0])
    assert beta.tolist() == [math.inf, 0.0, 0.0, -math.inf]
    assert not np.signbit(beta[2])
    T = coldness.temperature_from_beta(beta)
    assert T.tolist() == [0.0, math.inf, math.inf, -0.0]
    assert np.signbit(T[3])


def test_the_order_from_cold_to_hot() -> None:
    T = [0.0, 1e-12, 300.0, 1e30, math.inf, -1e30, -300.0, -1e-12, -0.0]
    beta = coldness.beta_from_temperature(T)
    assert (np.diff(beta) < 0).all()
    assert coldness.is_hotter(T[1:], T[:-1]).all()
    assert not coldness.is_hotter(math.inf, -math.inf)


@given(x=X, gap=GAPS_J)
def test_populations_against_fifty_digits(x: float, gap: float) -> None:
    beta = x / gap
    with mpmath.workdps(50):
        exact = mpmath.mpf(beta) * mpmath.mpf(gap)
        high = 1 / (1 + mpmath.exp(exact))
        entropy = -(high * mpmath.log(high) + (1 - high) * mpmath.log1p(-high)) if high < 1 else mpmath.mpf(0)
        capacity = exact**2 * high * (1 - high)
    low_fraction, high_fraction = two_level.populations(beta, gap)
    # Rounding of x = beta dE itself moves e^-x by |x| epsilon.
    tolerance = 1e-12 * max(1.0, abs(x) / 100)
    assert float(high_fraction) == pytest.approx(float(high), rel=tolerance)
    assert float(low_fraction) == pytest.approx(float(1 - high), rel=tolerance)
    assert two_level.entropy_J_per_K(beta, gap) / k == pytest.approx(float(entropy), rel=tolerance)
    assert two_level.heat_capacity_J_per_K(beta, gap) / k == pytest.approx(float(capacity), rel=tolerance)


@given(x=st.floats(-500.0, 500.0).filter(lambda x: abs(x) > 1e-6))
def test_free_energy_against_fifty_digits(x: float) -> None:
    with mpmath.workdps(50):
        exact = -mpmath.log(1 + mpmath.exp(-mpmath.mpf(x))) / x
    assert two_level.free_energy_J(x, 1.0) == pytest.approx(float(exact), rel=1e-12)


@given(x=X, gap=GAPS_J)
def test_entropy_is_even_and_capacity_is_even_and_not_negative(x: float, gap: float) -> None:
    for function in (two_level.entropy_J_per_K, two_level.heat_capacity_J_per_K):
        assert function(x / gap, gap) == function(-x / gap, gap)
        assert function(x / gap, gap) >= 0


@given(x=X, gap=GAPS_J)
def test_exchanging_the_levels_changes_the_sign_of_beta(x: float, gap: float) -> None:
    low, high = two_level.populations(x / gap, gap)
    swapped_low, swapped_high = two_level.populations(-x / gap, gap)
    assert (low, high) == (swapped_high, swapped_low)


@given(x=st.floats(-30.0, 30.0))
def test_beta_comes_back_from_ratio_and_fraction(x: float) -> None:
    assert two_level.beta_from_ratio(two_level.ratio_from_beta(x, 1.0), 1.0) == pytest.approx(x, abs=1e-14, rel=1e-14)
    if abs(x) < 10:
        back = two_level.beta_from_upper_fraction(two_level.upper_fraction(x, 1.0), 1.0)
        # Near p = 1 a fraction resolves 1 - p only to epsilon.
        assert back == pytest.approx(x, abs=1e-11)


@given(x=st.floats(-20.0, 20.0), eps=st.floats(0.1, 10.0))
def test_both_level_conventions_agree(x: float, eps: float) -> None:
    gap = 2 * eps
    symmetric = two_level.energy_J(x / gap, gap, E_low_J=-eps)
    assert symmetric == pytest.approx(two_level.energy_J(x / gap, gap) - eps, abs=1e-14 * eps)
    assert symmetric == pytest.approx(-eps * math.tanh(x / 2), rel=1e-12, abs=1e-14 * eps)


def test_one_ulp_around_ratio_one_crosses_zero_in_order() -> None:
    below, above = np.nextafter(1.0, 0.0), np.nextafter(1.0, 2.0)
    beta = two_level.beta_from_ratio([0.0, below, 1.0, above, math.inf], 1.0)
    assert beta.tolist() == [math.inf, 2**-53, 0.0, -math.log1p(2**-52), -math.inf]
    assert not np.signbit(beta[2])
    assert coldness.temperature_from_beta(beta[2]) == math.inf


@pytest.mark.parametrize("T", [1e-6, -1e-6])
def test_optical_gap_at_a_microkelvin_reaches_the_limit_without_overflow(T: float) -> None:
    beta, gap = coldness.beta_from_temperature(T), 3.2e-19
    assert abs(beta * gap) > 1e10
    assert two_level.upper_fraction(beta, gap) == (0.0 if T > 0 else 1.0)
    assert two_level.entropy_J_per_K(beta, gap) == 0.0
    assert two_level.heat_capacity_J_per_K(beta, gap) == 0.0
    assert two_level.free_energy_J(beta, gap) == (0.0 if T > 0 else gap)


def test_scalars_give_scalars_and_arrays_broadcast() -> None:
    assert isinstance(two_level.upper_fraction(0.3, 1.0), np.float64)
    assert two_level.energy_J(np.zeros((3, 1)), np.ones(4)).shape == (3, 4)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: two_level.upper_fraction(math.nan, 1.0), NotANumberError),
        (lambda: two_level.upper_fraction([0.0, math.nan], 1.0), NotANumberError),
        (lambda: two_level.upper_fraction("cold", 1.0), NotANumberError),
        (lambda: two_level.upper_fraction(1.0, -1.0), OutOfDomainError),
        (lambda: two_level.upper_fraction(1.0, 0.0), OutOfDomainError),
        (lambda: two_level.populations(1.0, 1.0, -5.0), OutOfDomainError),
        (lambda: two_level.beta_from_ratio(-0.1, 1.0), OutOfDomainError),
        (lambda: two_level.beta_from_upper_fraction(1.1, 1.0), OutOfDomainError),
        (lambda: two_level.energy_J(1.0, 1.0, math.inf), OutOfDomainError),
        (lambda: two_level.TwoLevelBody(0.0, 1.0), OutOfDomainError),
        (lambda: coldness.beta_from_temperature(math.nan), NotANumberError),
    ],
)
def test_impossible_input_raises(call, error) -> None:
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, ValueError)


def test_an_error_gives_value_limit_and_remedy_in_one_line_and_survives_pickling() -> None:
    import pickle

    with pytest.raises(OutOfDomainError) as caught:
        two_level.beta_from_upper_fraction([0.5, 1.1], 1.0)
    text = str(caught.value)
    assert "1.1" in text and "[0, 1]" in text and ";" in text and "\n" not in text
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


def test_every_line_of_the_web_page_s_code_sample() -> None:
    gap = 2.8e-26
    ratio = two_level.ratio_from_beta(coldness.beta_from_temperature([300.0, 1e-3]), gap)
    assert ratio == pytest.approx([math.exp(-gap / (k * 300)), math.exp(-gap / (k * 1e-3))], rel=1e-14)
    low, high = two_level.populations(coldness.beta_from_temperature(1e-3), gap, N=1.0)
    assert low == pytest.approx(0.8837, abs=5e-5) and low + high == 1.0
    T = coldness.temperature_from_beta(two_level.beta_from_ratio([0.5, 1.0, 1.5, 50.0], gap))
    assert T[0] == pytest.approx(-gap / (k * math.log(0.5)), rel=1e-14) and T[0] > 0
    assert T[1] == math.inf
    assert 1e3 * T[2] == pytest.approx(-5.002, abs=5e-4)
    assert T[2] < T[3] < 0
    assert coldness.beta_from_temperature(300.0) > coldness.beta_from_temperature(-300.0)
