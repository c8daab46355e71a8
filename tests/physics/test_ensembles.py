"""Canonical ensembles over bounded and unbounded spectra."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.constants import k

from physics import canonical, two_level, unbounded
from physics.errors import NotANumberError, OutOfDomainError

LEVELS = st.lists(st.floats(-5.0, 5.0), min_size=1, max_size=6)
BETA = st.floats(-40.0, 40.0)


@st.composite
def spectra(draw) -> tuple[np.ndarray, np.ndarray]:
    E = np.array(draw(LEVELS))
    g = np.array(draw(st.lists(st.integers(1, 7), min_size=E.size, max_size=E.size)), dtype=float)
    return E, g


def _fifty_digits(beta: float, E: np.ndarray, g: np.ndarray) -> tuple[float, float, float]:
    with mpmath.workdps(50):
        w = [mpmath.mpf(weight) * mpmath.exp(-mpmath.mpf(beta) * mpmath.mpf(e)) for e, weight in zip(E, g, strict=True)]
        Z = mpmath.fsum(w)
        U = mpmath.fsum(p * e for p, e in zip(w, E, strict=True)) / Z
        var = mpmath.fsum(p * (e - U) ** 2 for p, e in zip(w, E, strict=True)) / Z
        return float(U), float(mpmath.log(Z) + beta * U), float(mpmath.mpf(beta) ** 2 * var)


@given(spectra(), BETA)
def test_energy_entropy_capacity_against_fifty_digits(spectrum, beta: float) -> None:
    E, g = spectrum
    U, S, C = _fifty_digits(beta, E, g)
    assert canonical.energy_J(beta, E, g) == pytest.approx(U, rel=1e-12, abs=1e-13)
    assert canonical.entropy_J_per_K(beta, E, g) / k == pytest.approx(S, rel=1e-12, abs=1e-13)
    assert canonical.heat_capacity_J_per_K(beta, E, g) / k == pytest.approx(C, rel=1e-11, abs=1e-13)


@given(spectra(), BETA)
def test_mirrored_levels_have_the_mirrored_temperature(spectrum, beta: float) -> None:
    E, g = spectrum
    mirrored = E.max() - E
    assert canonical.energy_J(-beta, mirrored, g) == pytest.approx(E.max() - canonical.energy_J(beta, E, g), abs=1e-13)
    assert canonical.entropy_J_per_K(-beta, mirrored, g) == pytest.approx(
        canonical.entropy_J_per_K(beta, E, g), rel=1e-12, abs=1e-13 * k
    )


@given(spectra(), st.lists(BETA, min_size=2, max_size=8))
def test_energy_falls_as_beta_rises_and_probabilities_add_up(spectrum, betas) -> None:
    E, g = spectrum
    beta = np.sort(betas)
    assert (np.diff(canonical.energy_J(beta, E, g)) <= 1e-13).all()
    assert canonical.probabilities(beta, E, g).sum(axis=-1) == pytest.approx(1.0, rel=1e-14)
    assert (canonical.heat_capacity_J_per_K(beta, E, g) >= 0).all()


@given(spectra(), BETA.filter(lambda beta: abs(beta) > 1e-3))
def test_free_energy_is_energy_minus_temperature_times_entropy(spectrum, beta: float) -> None:
    E, g = spectrum
    difference = canonical.energy_J(beta, E, g) - canonical.entropy_J_per_K(beta, E, g) / k / beta
    assert canonical.free_energy_J(beta, E, g) == pytest.approx(difference, rel=1e-12, abs=1e-12 / abs(beta))
    assert canonical.log_partition(beta, E, g) == pytest.approx(-beta * difference, rel=1e-12, abs=1e-11)


@given(spectra())
def test_infinite_beta_is_the_limit(spectrum) -> None:
    E, g = spectrum
    for beta, end in ((math.inf, E.min()), (-math.inf, E.max())):
        assert canonical.energy_J(beta, E, g) == end
        assert canonical.free_energy_J(beta, E, g) == end
        shared = math.log(g[end == E].sum())
        assert canonical.entropy_J_per_K(beta, E, g) / k == pytest.approx(shared, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("beta", [1e30, -1e30])
def test_optical_levels_at_a_microkelvin_do_not_overflow(beta: float) -> None:
    E = [0.0, 3.2e-19, 5.0e-19]
    assert canonical.probabilities(beta, E).tolist() == ([1.0, 0.0, 0.0] if beta > 0 else [0.0, 0.0, 1.0])
    assert canonical.entropy_J_per_K(beta, E) == 0.0
    assert canonical.heat_capacity_J_per_K(beta, E) == 0.0


def test_a_large_common_offset_changes_nothing_but_the_energy() -> None:
    E, offset, beta = np.array([0.0, 1.0, 2.0]), 2.0**40, np.linspace(-5, 5, 11)
    assert canonical.entropy_J_per_K(beta, E + offset).tolist() == canonical.entropy_J_per_K(beta, E).tolist()


@given(x=st.floats(-300, 300))
def test_two_levels_are_a_special_case(x: float) -> None:
    assert canonical.energy_J(x, [0.0, 1.0]) == pytest.approx(two_level.energy_J(x, 1.0), rel=1e-13)
    assert canonical.entropy_J_per_K(x, [0.0, 1.0]) == pytest.approx(two_level.entropy_J_per_K(x, 1.0), rel=1e-12)


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


@pytest.mark.parametrize("beta", [0.0, -0.0, -1.0, -math.inf])
@pytest.mark.parametrize(
    "function",
    [
        lambda beta: unbounded.oscillator_energy_J(beta, 1.0),
        lambda beta: unbounded.oscillator_entropy_J_per_K(beta, 1.0),
        lambda beta: unbounded.oscillator_heat_capacity_J_per_K(beta, 1.0),
        lambda beta: unbounded.gas_energy_J(beta),
        lambda beta: unbounded.gas_entropy_J_per_K(beta, 1.0, 1.0, 1e-26),
    ],
)
def test_unbounded_spectra_refuse_negative_temperature_and_say_why(function, beta: float) -> None:
    with pytest.raises(OutOfDomainError, match="diverges"):
        function(beta)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: canonical.energy_J(1.0, []), OutOfDomainError),
        (lambda: canonical.energy_J(1.0, [[0.0, 1.0]]), OutOfDomainError),
        (lambda: canonical.energy_J(1.0, [0.0, math.inf]), OutOfDomainError),
        (lambda: canonical.energy_J(1.0, [0.0, 1.0], [1.0, 0.0]), OutOfDomainError),
        (lambda: canonical.energy_J(1.0, [0.0, 1.0], [1.0, 1.0, 1.0]), OutOfDomainError),
        (lambda: canonical.energy_J(math.nan, [0.0, 1.0]), NotANumberError),
        (lambda: canonical.log_partition(math.inf, [0.0, 1.0]), OutOfDomainError),
        (lambda: canonical.LevelsBody(1.0, (2.0, 2.0)), OutOfDomainError),
        (lambda: unbounded.gas_entropy_J_per_K(1e23, 1e30, 1.0, 1e-27), OutOfDomainError),
        (lambda: unbounded.einstein_solid_beta_per_J(1, 5, 1.0), OutOfDomainError),
    ],
)
def test_impossible_spectra_raise(call, error) -> None:
    with pytest.raises(error):
        call()
