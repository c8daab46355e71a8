"""Counting and ensembles at any real beta, against 50-digit arithmetic."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import k

from physics import canonical, coldness, entropy, microcanonical, two_level, unbounded

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


@given(x=X, gap=GAPS_J)
def test_two_levels_against_fifty_digits(x: float, gap: float) -> None:
    beta = x / gap
    with mpmath.workdps(50):
        exact = mpmath.mpf(beta) * mpmath.mpf(gap)
        high = 1 / (1 + mpmath.exp(exact))
        entropy = -(high * mpmath.log(high) + (1 - high) * mpmath.log1p(-high)) if high < 1 else mpmath.mpf(0)
        capacity = exact**2 * high * (1 - high)
        free = -mpmath.log(1 + mpmath.exp(-exact)) / beta if abs(x) > 1e-6 else None
    low_fraction, high_fraction = two_level.populations(beta, gap)
    # Rounding of x = beta dE itself moves e^-x by |x| epsilon.
    tolerance = 1e-12 * max(1.0, abs(x) / 100)
    assert float(high_fraction) == pytest.approx(float(high), rel=tolerance)
    assert float(low_fraction) == pytest.approx(float(1 - high), rel=tolerance)
    assert two_level.entropy_J_per_K(beta, gap) / k == pytest.approx(float(entropy), rel=tolerance)
    assert two_level.heat_capacity_J_per_K(beta, gap) / k == pytest.approx(float(capacity), rel=tolerance)
    if free is not None:
        assert two_level.free_energy_J(beta, gap) == pytest.approx(float(free), rel=tolerance)


@given(x=X, gap=GAPS_J)
def test_changing_the_sign_of_beta_exchanges_the_levels_and_nothing_else(x: float, gap: float) -> None:
    low, high = two_level.populations(x / gap, gap)
    assert two_level.populations(-x / gap, gap) == (high, low)
    for function in (two_level.entropy_J_per_K, two_level.heat_capacity_J_per_K):
        assert function(x / gap, gap) == function(-x / gap, gap) >= 0


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


def test_scalars_give_scalars_and_arrays_broadcast() -> None:
    assert isinstance(two_level.upper_fraction(0.3, 1.0), np.float64)
    assert two_level.energy_J(np.zeros((3, 1)), np.ones(4)).shape == (3, 4)


@st.composite
def particles(draw, top: int = 10**13) -> tuple[int, int]:
    N = draw(st.integers(1, 60) | st.integers(1, top))
    return N, draw(st.integers(0, N) | st.integers(0, min(N, 50)).map(lambda few: N - few) | st.just(N // 2))


def _log_binomial(N: float, n: float) -> float:
    with mpmath.workdps(60):
        N, n = mpmath.mpf(N), mpmath.mpf(n)
        return float(mpmath.loggamma(N + 1) - mpmath.loggamma(n + 1) - mpmath.loggamma(N - n + 1))


@given(particles())
def test_the_dome_is_accurate_everywhere_symmetric_and_zero_at_the_ends(case: tuple[int, int]) -> None:
    N, n = case
    assert entropy.log_multiplicity(N, n) == pytest.approx(_log_binomial(N, n), rel=2e-14, abs=0.0)
    assert entropy.boltzmann_entropy_J_per_K(N, n) == entropy.boltzmann_entropy_J_per_K(N, N - n)
    assert entropy.boltzmann_entropy_J_per_K(N, [0, N]).tolist() == [0.0, 0.0]


@given(N=st.integers(1, 10**6), share=st.floats(0.0, 1.0))
def test_the_smooth_dome_between_the_integers_lies_below_stirling_s_by_half_a_log(N: int, share: float) -> None:
    n = share * N
    assert entropy.log_multiplicity(N, n) == pytest.approx(_log_binomial(N, n), rel=1e-13, abs=2e-14)
    gap = (entropy.stirling_entropy_J_per_K(N, n) - entropy.boltzmann_entropy_J_per_K(N, n)) / k
    assert -1e-12 * N <= gap <= 0.5 * math.log(math.pi * N / 2) + 1.0 / N + 1e-9


@given(N=st.integers(1, 200))
def test_volume_counting_against_exact_integers(N: int) -> None:
    up_to = list(itertools.accumulate(entropy.multiplicity(N, n) for n in range(N + 1)))
    assert up_to[-1] == 2**N
    assert entropy.log_volume(N) == pytest.approx([math.log(count) for count in up_to], rel=1e-13, abs=1e-300)
    assert (microcanonical.beta_volume_forward(N, 1.0) > 0).all()


@given(particles(10**12))
def test_slopes_are_odd_and_follow_from_exact_ratios_of_arrangements(case: tuple[int, int]) -> None:
    N, n = case
    for slope in (microcanonical.beta_centred, microcanonical.beta_stirling, microcanonical.beta_exact):
        assert slope(N, n, 2.0) == -slope(N, N - n, 2.0)
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


BETA = st.floats(-40.0, 40.0)


@st.composite
def spectra(draw) -> tuple[np.ndarray, np.ndarray]:
    E = np.array(draw(st.lists(st.floats(-5.0, 5.0), min_size=1, max_size=6)))
    g = np.array(draw(st.lists(st.integers(1, 7), min_size=E.size, max_size=E.size)), dtype=float)
    return E, g


@given(spectra(), BETA)
def test_the_canonical_ensemble_against_fifty_digits(spectrum, beta: float) -> None:
    E, g = spectrum
    with mpmath.workdps(50):
        exact = mpmath.mpf(beta)
        w = [mpmath.mpf(weight) * mpmath.exp(-exact * mpmath.mpf(e)) for e, weight in zip(E, g, strict=True)]
        Z = mpmath.fsum(w)
        U = mpmath.fsum(p * e for p, e in zip(w, E, strict=True)) / Z
        C = exact**2 * mpmath.fsum(p * (e - U) ** 2 for p, e in zip(w, E, strict=True)) / Z
        log_Z = mpmath.log(Z)
        S = log_Z + exact * U
    assert canonical.energy_J(beta, E, g) == pytest.approx(float(U), rel=1e-12, abs=1e-13)
    assert canonical.entropy_J_per_K(beta, E, g) / k == pytest.approx(float(S), rel=1e-12, abs=1e-13)
    assert canonical.heat_capacity_J_per_K(beta, E, g) / k == pytest.approx(float(C), rel=1e-11, abs=1e-13)
    assert canonical.log_partition(beta, E, g) == pytest.approx(float(log_Z), rel=1e-12, abs=1e-13)
    if abs(beta) > 1e-3:
        F = float(-log_Z / exact)
        assert canonical.free_energy_J(beta, E, g) == pytest.approx(F, rel=1e-12, abs=1e-12 / abs(beta))


@given(spectra(), st.lists(BETA, min_size=2, max_size=8))
def test_energy_falls_as_beta_rises_and_probabilities_add_up(spectrum, betas) -> None:
    E, g = spectrum
    beta = np.sort(betas)
    assert (np.diff(canonical.energy_J(beta, E, g)) <= 1e-13).all()
    assert canonical.probabilities(beta, E, g).sum(axis=-1) == pytest.approx(1.0, rel=1e-14)
    assert (canonical.heat_capacity_J_per_K(beta, E, g) >= 0).all()


@given(spectra())
def test_infinite_beta_is_the_limit(spectrum) -> None:
    E, g = spectrum
    for beta, end in ((math.inf, E.min()), (-math.inf, E.max())):
        assert canonical.energy_J(beta, E, g) == end
        assert canonical.free_energy_J(beta, E, g) == end
        shared = math.log(g[end == E].sum())
        assert canonical.entropy_J_per_K(beta, E, g) / k == pytest.approx(shared, rel=1e-14, abs=1e-15)


@given(x=st.floats(1e-6, 500.0))
def test_oscillator_against_fifty_digits(x: float) -> None:
    with mpmath.workdps(50):
        e = mpmath.exp(mpmath.mpf(x))
        U = 0.5 + 1 / (e - 1)
        S = x / (e - 1) - mpmath.log(1 - 1 / e)
        C = mpmath.mpf(x) ** 2 * e / (e - 1) ** 2
    assert unbounded.oscillator_energy_J(x, 1.0) == pytest.approx(float(U), rel=1e-13)
    assert unbounded.oscillator_entropy_J_per_K(x, 1.0) / k == pytest.approx(float(S), rel=1e-12)
    assert unbounded.oscillator_heat_capacity_J_per_K(x, 1.0) / k == pytest.approx(float(C), rel=1e-13)


@given(M=st.integers(2, 10**6), q=st.integers(0, 10**6))
def test_einstein_solid_lies_between_neighbouring_ratios_of_arrangements(M: int, q: int) -> None:
    beta = unbounded.einstein_solid_beta_per_J(M, q, 1.0)
    ahead = math.log1p((M - 1) / (q + 1))
    assert beta >= ahead > 0
    if q > 0:
        assert beta <= math.log1p((M - 1) / q)


@given(beta=st.floats(1e18, 1e24))
def test_the_gas_obeys_dS_equals_k_beta_dU(beta: float) -> None:
    gas, step = unbounded.GasBody(1e20, 1.0, 6.6e-27), 1e-4
    dS = gas.entropy_J_per_K(beta * (1 - step)) - gas.entropy_J_per_K(beta * (1 + step))
    dU = gas.energy_J(beta * (1 - step)) - gas.energy_J(beta * (1 + step))
    assert dS == pytest.approx(k * beta * dU, rel=1e-7)


@given(T=st.floats(1e-12, 1e12) | st.floats(-1e12, -1e-12) | st.sampled_from([0.0, -0.0, math.inf, -math.inf]))
def test_a_coldness_goes_wherever_beta_goes_and_keeps_its_name(T: float) -> None:
    state, beta = coldness.Coldness.at(T_K=T), coldness.beta_from_temperature(T)
    assert state.per_J == beta == float(state)
    assert (math.inf if math.isinf(T) else T) == state.T_K and math.copysign(1, state.T_K) == (
        1 if math.isinf(T) else math.copysign(1, T)
    )
    for function in (two_level.upper_fraction, two_level.entropy_J_per_K, two_level.energy_J):
        assert function(state, 1e-23) == function(beta, 1e-23)
    assert canonical.energy_J([state, -state], [0.0, 1e-23]).tolist() == [
        canonical.energy_J(each, [0.0, 1e-23]) for each in (beta, 0.0 - beta)
    ]
    assert (-state).T_K == coldness.Coldness.at(T_K=-T).T_K
