"""Counting: exact entropy from N = 1 to 1e12 and beyond, and its slope by every route."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import k

from physics import coldness, entropy, microcanonical, two_level
from physics.errors import NotANumberError, OutOfDomainError


@st.composite
def particles(draw, top: int = 10**13) -> tuple[int, int]:
    N = draw(st.integers(1, 60) | st.integers(1, top))
    return N, draw(st.integers(0, N) | st.integers(0, min(N, 50)).map(lambda few: N - few))


def _log_binomial(N: float, n: float) -> float:
    with mpmath.workdps(60):
        N, n = mpmath.mpf(N), mpmath.mpf(n)
        return float(mpmath.loggamma(N + 1) - mpmath.loggamma(n + 1) - mpmath.loggamma(N - n + 1))


@given(particles())
def test_log_multiplicity_keeps_its_relative_accuracy_everywhere(case: tuple[int, int]) -> None:
    N, n = case
    assert entropy.log_multiplicity(N, n) == pytest.approx(_log_binomial(N, n), rel=2e-14, abs=0.0)


@given(N=st.integers(1, 10**6), share=st.floats(0.0, 1.0))
def test_the_smooth_dome_between_the_integers(N: int, share: float) -> None:
    n = share * N
    assert entropy.log_multiplicity(N, n) == pytest.approx(_log_binomial(N, n), rel=1e-13, abs=2e-14)


@given(particles())
def test_entropy_is_symmetric_and_zero_at_the_ends(case: tuple[int, int]) -> None:
    N, n = case
    assert entropy.boltzmann_entropy_J_per_K(N, n) == entropy.boltzmann_entropy_J_per_K(N, N - n)
    assert entropy.boltzmann_entropy_J_per_K(N, [0, N]).tolist() == [0.0, 0.0]


@given(N=st.integers(1, 400))
def test_arrangements_add_up_to_all_states(N: int) -> None:
    assert sum(entropy.multiplicity(N, n) for n in range(N + 1)) == 2**N
    assert entropy.log_volume(N)[-1] == pytest.approx(N * math.log(2), rel=1e-13)


@given(N=st.integers(1, 10**6), share=st.floats(0.0, 1.0))
def test_stirling_lies_above_the_exact_entropy_by_less_than_half_a_log(N: int, share: float) -> None:
    n = round(share * N)
    gap = (entropy.stirling_entropy_J_per_K(N, n) - entropy.boltzmann_entropy_J_per_K(N, n)) / k
    assert -1e-12 * N <= gap <= 0.5 * math.log(math.pi * N / 2) + 1.0 / N + 1e-9


@given(N=st.integers(1, 200))
def test_volume_counting_against_exact_integers(N: int) -> None:
    up_to = np.cumsum([math.comb(N, n) for n in range(N + 1)], dtype=object)
    assert entropy.log_volume(N) == pytest.approx([math.log(count) for count in up_to], rel=1e-13, abs=1e-300)


@given(particles(10**12))
def test_centred_temperature_is_odd(case: tuple[int, int]) -> None:
    N, n = case
    for slope in (microcanonical.beta_centred, microcanonical.beta_stirling, microcanonical.beta_exact):
        assert slope(N, n, 2.0) == -slope(N, N - n, 2.0)


@given(particles(10**12))
def test_slopes_against_exact_ratios_of_arrangements(case: tuple[int, int]) -> None:
    N, n = case
    if n == N:
        assert microcanonical.beta_forward(N, n, 1.0) == -math.inf
        return
    with mpmath.workdps(40):
        forward = mpmath.log(mpmath.mpf(N - n) / (n + 1))
        tangent = mpmath.digamma(mpmath.mpf(N - n + 1)) - mpmath.digamma(mpmath.mpf(n + 1))
        assert microcanonical.beta_forward(N, n, 1.0) == pytest.approx(float(forward), rel=1e-14, abs=0.0)
        assert microcanonical.beta_exact(N, n, 1.0) == pytest.approx(float(tangent), rel=1e-12, abs=1e-14)
        if n > 0:
            centred = mpmath.log(mpmath.mpf(N - n) * (N - n + 1) / (mpmath.mpf(n) * (n + 1))) / 2
            stirling = mpmath.log(mpmath.mpf(N - n) / n)
            assert microcanonical.beta_centred(N, n, 1.0) == pytest.approx(float(centred), rel=1e-14, abs=0.0)
            assert microcanonical.beta_stirling(N, n, 1.0) == pytest.approx(float(stirling), rel=1e-14, abs=0.0)


@given(half=st.integers(0, 10**6))
def test_the_middle_is_infinitely_hot(half: int) -> None:
    odd, even = 2 * half + 1, 2 * half + 2
    T = coldness.temperature_from_beta
    assert T(microcanonical.beta_forward(odd, half, 1.0)) == math.inf
    assert T(microcanonical.beta_centred(even, half + 1, 1.0)) == math.inf
    assert T(microcanonical.beta_exact(even, half + 1, 1.0)) == math.inf


@given(N=st.integers(1, 500))
def test_the_volume_entropy_never_gives_a_negative_temperature(N: int) -> None:
    assert (microcanonical.beta_volume_forward(N, 1.0) > 0).all()


def test_all_routes_converge_to_the_canonical_beta_as_one_over_N() -> None:
    canonical = two_level.beta_from_upper_fraction(0.7, 1.0)
    routes = (microcanonical.beta_forward, microcanonical.beta_centred, microcanonical.beta_exact)
    for route in routes:
        errors = [abs(route(N, 0.7 * N, 1.0) - canonical) * N for N in (1e3, 1e5)]
        assert errors[0] < 2.0
        assert errors[1] == pytest.approx(errors[0], rel=0.01)


def test_differences_of_a_table_need_rising_energies() -> None:
    assert microcanonical.beta_from_levels([0.0, 1.0, 3.0], [0.0, 1.0, 1.5]).tolist() == [0.5]
    with pytest.raises(OutOfDomainError):
        microcanonical.beta_from_levels([0.0, 1.0, 1.0], [0.0, 1.0, 1.5])


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: entropy.log_multiplicity(10, 11), OutOfDomainError),
        (lambda: entropy.log_multiplicity([10, 20], [5, 21]), OutOfDomainError),
        (lambda: entropy.log_multiplicity(10, -1e-9), OutOfDomainError),
        (lambda: entropy.log_multiplicity(0, 0), OutOfDomainError),
        (lambda: entropy.log_multiplicity(10, math.nan), NotANumberError),
        (lambda: entropy.multiplicity(10, 2.5), OutOfDomainError),
        (lambda: entropy.multiplicity(20_000, 5), OutOfDomainError),
        (lambda: entropy.multiplicity(5, 6), OutOfDomainError),
        (lambda: entropy.log_volume(2_000_000), OutOfDomainError),
        (lambda: microcanonical.beta_exact(10, 5, 0.0), OutOfDomainError),
        (lambda: microcanonical.beta_volume_forward(10, -1.0), OutOfDomainError),
    ],
)
def test_impossible_counts_raise(call, error) -> None:
    with pytest.raises(error):
        call()
