"""At the edges of double precision, against 50 digits; and no lawful input gives NaN, no unlawful one a raw error."""

import dataclasses
import inspect
import math
import warnings
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.constants import k

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
    quantum_well,
    relaxation,
    resonator,
    spins,
    three_level_laser,
    two_level,
    unbounded,
    well_particles,
)
from physics.canonical import LevelsBody
from physics.coldness import beta_from_temperature
from physics.contact import Body, equilibrium
from physics.errors import PhysicsError
from physics.laser import FourLevelLaser
from physics.lattice import BandBody
from physics.spins import LITHIUM_7, PROTON, SpinBody
from physics.two_level import TwoLevelBody
from physics.unbounded import GasBody, OscillatorsBody

DIGITS = 60


def exact_gain_over_k(N: float, gap: float, beta_a: float, beta_b: float) -> float:
    """Of two equal two-level bodies: from the entropies of populations, to sixty digits."""
    with mpmath.workdps(DIGITS):
        p = [1 / (1 + mpmath.exp(mpmath.mpf(beta) * mpmath.mpf(gap))) for beta in (beta_a, beta_b)]
        S = [-q * mpmath.log(q) - (1 - q) * mpmath.log(1 - q) for q in (*p, (p[0] + p[1]) / 2)]
        return float(mpmath.mpf(N) * (2 * S[2] - S[0] - S[1]))


@pytest.mark.parametrize("T_b", [301.0, 300.01, 300.0 + 1e-9, -300.0, 1e-3])
@pytest.mark.parametrize("body", ["spins", "levels"])
def test_the_entropy_gained_by_bodies_that_are_almost_alike(T_b: float, body: str) -> None:
    gap = float(spins.splitting_J(PROTON, 1.0))
    made = SpinBody(1e23, PROTON, 1.0) if body == "spins" else TwoLevelBody(1e23, gap, 0.0)
    betas = [float(beta_from_temperature(T)) for T in (300.0, T_b)]
    found = equilibrium(made, made, *betas).entropy_gain_J_per_K / k
    assert found == pytest.approx(exact_gain_over_k(1e23, gap, *betas), rel=1e-12)


COUNT = st.floats(1, 1e23).map(np.rint)
BODY = st.one_of(
    st.builds(TwoLevelBody, COUNT, st.floats(0.01, 10.0), st.floats(-10.0, 10.0)),
    st.builds(lambda N, B: SpinBody(N, LITHIUM_7, B / LITHIUM_7.mu_J_per_T), COUNT, st.floats(0.01, 10.0)),
    st.builds(lambda N, E: LevelsBody(N, (0.0, E, 3 * E), (1.0, 2.0, 1.0)), COUNT, st.floats(0.01, 10.0)),
    st.builds(BandBody, COUNT, st.floats(0.01, 10.0), st.just(100.0)),
)
NO_TOP = st.builds(OscillatorsBody, COUNT, st.floats(0.01, 10.0))
SMALL = st.floats(-8.0, 1.0).map(lambda power: 10.0**power)
BETA = SMALL | SMALL.map(lambda beta: -beta) | st.floats(-20.0, 20.0)


def one_contact(a: Body, b: Body, beta_a: float, beta_b: float) -> None:
    end = equilibrium(a, b, beta_a, beta_b)
    assert end.entropy_gain_J_per_K >= 0
    assert min(beta_a, beta_b) <= end.beta_per_J <= max(beta_a, beta_b)
    assert end.heat_a_J * (beta_b - beta_a) <= 0 or beta_a == beta_b
    swapped = equilibrium(b, a, beta_b, beta_a)
    assert swapped.entropy_gain_J_per_K == pytest.approx(end.entropy_gain_J_per_K, rel=1e-9, abs=1e-300)


@settings(max_examples=300, deadline=None)
@given(BODY, BODY, BETA, BETA)
def test_contact_never_loses_entropy(a: Body, b: Body, beta_a: float, beta_b: float) -> None:
    one_contact(a, b, beta_a, beta_b)


@settings(deadline=None)
@given(BODY, NO_TOP, BETA, SMALL)
def test_contact_with_a_body_without_a_top_never_loses_entropy(a: Body, b: Body, beta_a: float, beta_b: float) -> None:
    one_contact(a, b, beta_a, beta_b)


@pytest.mark.parametrize(
    "body",
    [
        TwoLevelBody(3.0, 1.3),
        SpinBody(3.0, LITHIUM_7, 1.3 / LITHIUM_7.mu_J_per_T),
        LevelsBody(3.0, (0.0, 0.4, 1.0), (1.0, 2.0, 1.0)),
        BandBody(3.0, 0.7, 100.0),
        OscillatorsBody(3.0, 1.3),
        GasBody(3.0, 1.0, 1e-26),
    ],
    ids=lambda body: type(body).__name__,
)
def test_the_variance_is_minus_the_slope_of_the_energy(body: Body) -> None:
    for beta in (0.1, 0.9, 4.0):
        ends = [float(body.energy_J(beta * (1 + side * 1e-5))) for side in (-1, 1)]
        assert body.energy_variance_J2(beta) == pytest.approx((ends[0] - ends[1]) / (2e-5 * beta), rel=1e-6)


def test_a_pair_that_ends_next_to_infinite_temperature_is_solved() -> None:
    a, b = TwoLevelBody(1.0, 1.0), TwoLevelBody(1.0, 1.0, 0.1)
    for shift in (0.0, 1e-13, 1e-15, 1e-17):
        assert abs(equilibrium(a, b, -2.0, 2.0 * (1 + shift)).beta_per_J) < 1e-12


@given(x0=st.floats(-700, 700), xe=st.floats(-700, 700), t=st.floats(0, 50))
def test_relaxation_against_fifty_digits(x0: float, xe: float, t: float) -> None:
    with mpmath.workdps(700):
        mix = mpmath.exp(-mpmath.mpf(t))
        high = [1 / (1 + mpmath.exp(mpmath.mpf(x))) for x in (x0, xe)]
        p = high[1] + (high[0] - high[1]) * mix
        exact = mpmath.log(1 - p) - mpmath.log(p)
    scale = 1e-15 * (math.exp(-t) * abs(x0) + abs(xe)) + 1e-16
    assert relaxation.beta_per_J(t, x0, xe, 1.0, 1.0) == pytest.approx(float(exact), rel=1e-12, abs=4 * scale)


def test_electron_spins_at_nine_tesla_and_a_third_of_a_kelvin_start_where_they_are() -> None:
    gap = 2 * 9.2847646917e-24 * 9.0
    start = float(beta_from_temperature(-0.3))
    assert relaxation.beta_per_J(0.0, start, -start, 1.0, gap) == pytest.approx(start, rel=1e-15)


@given(st.floats(-12.0, 15.0).map(lambda power: 10.0**power))
def test_the_band_against_fifty_digits_at_any_coldness(y: float) -> None:
    with mpmath.workdps(DIGITS):
        if y < 1e4:
            I0, I1 = mpmath.besseli(0, mpmath.mpf(y)), mpmath.besseli(1, mpmath.mpf(y))
            exact = mpmath.log(I0) - mpmath.mpf(y) * I1 / I0
        else:
            v = mpmath.mpf(y)
            exact = -mpmath.log(2 * mpmath.pi * v) / 2 + mpmath.mpf(1) / 2 + 1 / (4 * v) + 3 / (16 * v**2)
    found = lattice.relative_entropy_J_per_K(y / 2, 1.0) / k
    assert found == pytest.approx(float(exact), rel=1e-12, abs=0.0) and found < 0
    peak = float(lattice.quasimomentum_density(0.0, y / 2, 1.0))
    assert math.isfinite(peak) and peak >= 1 / (2 * math.pi) * (1 - 1e-15)


@pytest.mark.parametrize("depth", [4.0, 10.0, 40.0, 150.0, 400.0])
def test_the_hopping_of_any_lattice_against_fifty_digits(depth: float) -> None:
    with mpmath.workdps(50):
        size = 60
        edges = []
        for odd in (False, True):
            # Plane waves of even, and of odd, multiples of the wave number; the odd ones add as cosines.
            n = [2 * j + 1 for j in range(size)] if odd else [2 * j for j in range(size)]
            H = mpmath.zeros(size)
            for i, each in enumerate(n):
                H[i, i] = mpmath.mpf(each) ** 2 + mpmath.mpf(depth) / 2
                if i + 1 < size:
                    H[i, i + 1] = H[i + 1, i] = -mpmath.mpf(depth) / 4
            if odd:
                H[0, 0] -= mpmath.mpf(depth) / 4
            else:
                H[0, 1] *= mpmath.sqrt(2)
                H[1, 0] = H[0, 1]
            edges.append(min(mpmath.eigsy(H, eigvals_only=True)))
        exact = float((edges[1] - edges[0]) / 4)
    assert lattice.hopping_recoil(depth) == pytest.approx(exact, rel=1e-12, abs=0.0)


@given(st.floats(1.0, 700.0))
def test_entropies_of_the_cold_against_each_other(x: float) -> None:
    with mpmath.workdps(400):
        v = mpmath.mpf(x)
        pair = float(mpmath.log1p(mpmath.exp(-v)) + v / (1 + mpmath.exp(v)))
        ladder = float(v / mpmath.expm1(v) - mpmath.log1p(-mpmath.exp(-v)))
    proton = SpinBody(1.0, PROTON, 1.0)
    beta = x / float(spins.splitting_J(PROTON, 1.0))
    assert two_level.entropy_J_per_K(x, 1.0) / k == pytest.approx(pair, rel=1e-13)
    for sign in (1.0, -1.0):
        assert canonical.entropy_J_per_K(sign * x, [0.0, 1.0]) / k == pytest.approx(pair, rel=1e-13)
        assert proton.entropy_J_per_K(sign * beta) / k == pytest.approx(pair, rel=1e-12)
    assert unbounded.oscillator_entropy_J_per_K(x, 1.0) / k == pytest.approx(ladder, rel=1e-13)


@given(st.integers(2, 10**15), st.integers(-3, 3) | st.integers(-(10**6), 10**6))
def test_the_exact_slope_near_the_middle_against_fifty_digits(half: int, off: int) -> None:
    N, n = 2 * half, half + max(-half, min(half, off))
    with mpmath.workdps(DIGITS):
        exact = float(mpmath.digamma(N - n + 1) - mpmath.digamma(n + 1))
    assert microcanonical.beta_exact(N, n, 1.0) == pytest.approx(exact, rel=1e-12, abs=0.0)


@pytest.mark.parametrize("N", [1, 30, 1075, 4000])
def test_the_volume_slope_is_finite_in_its_logarithm_to_the_very_top(N: int) -> None:
    log_beta = microcanonical.log_beta_volume_forward(N, 1.0)
    C = [math.comb(N, n) for n in range(N + 1)]
    below = sum(C[:-1])
    with mpmath.workdps(2000):
        exact = float(mpmath.log(mpmath.log1p(mpmath.mpf(1) / below)))
    assert np.isfinite(log_beta).all()
    assert log_beta[-1] == pytest.approx(exact, rel=1e-12)
    assert (microcanonical.beta_volume_forward(N, 2.8e-26)[: min(N, 1075)] > 0).all()


def test_unpumped_lasing_levels_have_no_temperature() -> None:
    system, times = FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4), [0.0, 1.0]
    for pump, masked in ((0.0, [True, True]), (1.0, [True, False])):
        beta = laser.run(system, pump, times).beta_levels_per_J
        assert np.ma.getmaskarray(beta).tolist() == masked
    assert beta[-1] < 0


def test_no_reader_of_masked_arrays_sees_nan_or_nothing_under_the_mask() -> None:
    system, times = FourLevelLaser(1e16, 2.8e14, 2.3e-4, 1e-8, 1e-8, 1e-6), np.linspace(0.0, 1e-3, 4)
    for pump, hidden in ((100.0, [True, False, False, False]), (0.0, [True] * 4)):
        beta = laser.run(system, pump, times).beta_levels_per_J
        for each in (beta, coldness.temperature_from_beta(beta), *two_level.populations(beta, 1e-20)):
            assert np.ma.getmaskarray(each).tolist() == hidden
            assert not np.isnan(np.asarray(each)).any()
        first = np.inf if pump == 0 else np.asarray(beta)[1]
        assert np.asarray(beta)[0] == first
    mu = quantum_well.temperature_mu(quantum_well.levels(BOX, 6))
    assert np.asarray(mu)[[0, -1]].tolist() == np.asarray(mu)[[1, -2]].tolist() and (np.asarray(mu) > 0).all()


def test_what_a_mask_hides_need_not_be_lawful_and_masks_broadcast() -> None:
    beta = np.ma.masked_invalid([math.nan, 1.0, 2.0])
    gap = np.ma.masked_array([[1.0], [-3.0]], [[False], [True]])
    found = two_level.upper_fraction(beta, gap)
    assert np.ma.getmaskarray(found).tolist() == [[True, False, False], [True] * 3]
    assert np.ma.compressed(found).tolist() == two_level.upper_fraction([1.0, 2.0], 1.0).tolist()
    for refuses in (lambda: canonical.energy_J(beta, [0.0, 1.0]), lambda: two_level.TwoLevelBody(beta, 1.0)):
        with pytest.raises(PhysicsError, match="a masked array must have all its values"):
            refuses()


@pytest.mark.parametrize(
    ("a", "b", "betas"),
    [
        (TwoLevelBody(1, 1e-300), TwoLevelBody(1e300, 1e300), (-1e308, 1e308)),
        (TwoLevelBody(100, 1e-300), TwoLevelBody(100, 1e300), (1e-308, math.inf)),
    ],
)
def test_a_contact_whose_end_doubles_cannot_tell_is_refused(
    a: TwoLevelBody, b: TwoLevelBody, betas: tuple[float, float]
) -> None:
    with pytest.raises(PhysicsError, match="double"):
        equilibrium(a, b, *betas)


def test_lawful_input_at_the_edges_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lattice.quasimomentum_density(0.1, 5e299, 1.0) == 0.0
        assert relaxation.polarisation(1e308, 1, 1, 1e-10) == 1.0
        assert laser.gain_per_m(1e300, 1e300) == laser.single_pass_gain(1e308, 1e10) == math.inf
        assert two_level.free_energy_J(1e-320, 1.0) == -math.inf
        assert TwoLevelBody(1, 1e300).energy_variance_J2(0.0) == math.inf


def test_states_are_sorted_from_hot_to_cold() -> None:
    temperatures = [-0.0, -1e-320, -300.0, math.inf, 300.0, 1e-320, 0.0]
    states = [coldness.Coldness.at(T_K=T) for T in temperatures]
    assert sorted(reversed(states)) == states
    assert [state.T_K for state in sorted(reversed(states))] == temperatures
    assert -states[2] > states[2] >= states[2] and max(states) is states[-1]
    with pytest.raises(TypeError):
        _ = states[0] < 3.0


def test_what_was_silent_nan_or_a_raw_error() -> None:
    assert spins.sudden_field_change(math.inf, 1e-200, 1e200) == math.inf
    assert spins.sudden_field_change(1e300, 1e-200, -1e200) == -1e-100
    assert spins.slow_field_change(-math.inf, -1e-200, 1e200) == -math.inf
    assert canonical.free_energy_J(0.0, [0.0, 1.0], g=[0.5, 0.5]) == 0.5
    assert contact.equilibrium(TwoLevelBody(1, 1.0), TwoLevelBody(1, 1.0), math.inf, -math.inf).beta_per_J == 0.0


MODULES = [
    *(bose, calorimetry, canonical, coldness, contact, entropy, exchange, laser, lattice, lines, maser, microcanonical),
    *(quantum_well, relaxation, resonator, spins, three_level_laser, two_level, unbounded, well_particles),
]
FUNCTIONS = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]
NUMBERS = st.sampled_from(
    [
        *(0.0, -0.0, 0.3, 0.5, 1.0, -1.0, 2.0, 2.5, 7.0, 40.0, 1e16, -1e16, 1e-30, 1e30, 5e-324, 1e-300, -1e300, 1e308),
        *(math.inf, -math.inf, math.nan, 10**400, "cold", None, [], [1.0, 2.0], [0.0, 3.0, 4.0], [-1.0, 1.0]),
        *([[1.0], [2.0]], [1.0, [2.0]], [math.nan, 1.0], np.ma.masked_array([math.nan, 2.0], [True, False])),
    ]
)
FOUR_LEVELS = FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4)
THREE_LEVELS = three_level_laser.ThreeLevelLaser(1e6, 2.8e14, 1.0, 0.2, 1e-4)
MIRRORS = resonator.Resonator(0.1, 1e-6, 1.0, 0.9)
BOX = quantum_well.Well(0.1, 2.0, 6.0)
OBJECTS = {
    "nucleus": st.sampled_from([PROTON, spins.RHODIUM_103]),
    "line": st.just(lines.RUBY),
    "well": st.just(BOX),
    "a": st.sampled_from([TwoLevelBody(5, 1.0), BandBody(5, 1.0, 9.0)]),
    "b": st.sampled_from([TwoLevelBody(7, 1.0), OscillatorsBody(5, 1.0)]),
    "start": st.none(),
    "seed": st.just(1),
}


def argument(function: Callable[..., object], name: str) -> st.SearchStrategy[object]:
    if name == "laser":
        return st.just(FOUR_LEVELS if function.__module__ == laser.__name__ else THREE_LEVELS)
    if name == "resonator":
        return st.just(MIRRORS)
    if name == "found":
        one = function.__module__ == quantum_well.__name__
        return st.just(quantum_well.levels(BOX, 9) if one else well_particles.states(BOX, 2, 1.0))
    return OBJECTS.get(name, NUMBERS)


def holds_nan(result: object) -> bool:
    if dataclasses.is_dataclass(result):
        return any(holds_nan(getattr(result, field.name)) for field in dataclasses.fields(result))
    if isinstance(result, tuple | list):
        return any(map(holds_nan, result))
    if np.ma.isMaskedArray(result):
        return holds_nan(np.ma.getdata(result))  # readers that know no masks look under it
    return isinstance(result, float | np.ndarray) and bool(np.isnan(result).any())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f"{f.__module__.split('.')[-1]}.{f.__name__}")
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_input_gives_numbers_or_an_error_of_the_package(
    function: Callable[..., object], data: st.DataObject
) -> None:
    values = {name: data.draw(argument(function, name), name) for name in inspect.signature(function).parameters}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = function(**values)
        except PhysicsError as error:
            assert "\n" not in str(error) and len(str(error)) < 300
            return
    assert not holds_nan(result)
