"""Lasers and masers: steady states, gain, saturation and dynamics."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from physics import laser, lines, maser, three_level_laser
from physics.errors import ImpossibleStateError, NotANumberError, OutOfDomainError
from physics.laser import FourLevelLaser, LaserState
from physics.three_level_laser import ThreeLevelLaser

YAG = FourLevelLaser(N=1e16, nu_Hz=2.8175e14, tau21_s=2.3e-4, tau10_s=1e-8, tau_cavity_s=1e-8, K_per_s=1e-6)
RUBY = ThreeLevelLaser(N=1e19, nu_Hz=4.3e14, tau21_s=3e-3, tau_cavity_s=1e-8, K_per_s=1e-10, g1=4, g2=2)


@st.composite
def lasers(draw) -> FourLevelLaser:
    return FourLevelLaser(
        N=draw(st.floats(1e4, 1e12)),
        nu_Hz=2.8e14,
        tau21_s=1.0,
        tau10_s=draw(st.floats(1e-6, 3.0)),
        tau_cavity_s=draw(st.floats(1e-6, 10.0)),
        K_per_s=10 ** draw(st.floats(-9.0, -1.0)),
        tau20_s=draw(st.floats(0.1, 10.0) | st.just(math.inf)),
        g1=draw(st.integers(1, 6)),
        g2=draw(st.integers(1, 6)),
    )


def _rates(system: FourLevelLaser, W: float, N2: float, N1: float, q: float) -> np.ndarray:
    net = system.K_per_s * q * (N2 - system.g2 / system.g1 * N1)
    loss = N2 / system.tau21_s + N2 / system.tau20_s
    return np.array(
        [
            W * (system.N - N1 - N2) - loss - net,
            N2 / system.tau21_s - N1 / system.tau10_s + net,
            net + system.K_per_s * N2 - q / system.tau_cavity_s,
        ]
    )


@given(lasers(), st.floats(-3.0, 2.0).map(lambda power: 10**power))
def test_the_steady_state_is_at_rest_and_physical(system: FourLevelLaser, W: float) -> None:
    state = laser.steady_state(system, W)
    N2, N1, q = (float(x) for x in (state.N2, state.N1, state.photons))
    assert min(N2, N1, q) >= 0 and N2 + N1 <= system.N
    # The gross flows, absorption and emission apart, set what rounding of N2 and N1 can do.
    flows = W * system.N + N2 / system.tau2_s + N1 / system.tau10_s + q / system.tau_cavity_s + system.K_per_s * q * N2
    assert np.abs(_rates(system, W, N2, N1, q)).max() < 1e-13 * flows
    assert laser.inversion(system, N2, N1) < laser.threshold_inversion(system) + 1e-14 * N2


@given(lasers(), st.floats(0.01, 10.0))
def test_saturation_follows_the_recovery_time(system: FourLevelLaser, W: float) -> None:
    dark, lit = laser.small_signal_state(system, W), laser.steady_state(system, W)
    w = system.K_per_s * float(lit.photons)
    expected = laser.inversion(system, dark.N2, dark.N1) / (1 + w * laser.recovery_time_s(system, W))
    assert laser.inversion(system, lit.N2, lit.N1) == pytest.approx(expected, rel=1e-6, abs=1e-9 * system.N)


@given(lasers(), st.floats(1e-3, 1e3))
def test_without_light_the_ratio_is_tau10_over_tau21(system: FourLevelLaser, W: float) -> None:
    state = laser.small_signal_state(system, W)
    assert pytest.approx(system.tau10_s / system.tau21_s, rel=1e-14) == state.N1 / state.N2
    beta = laser.effective_beta_per_J(system, state.N2, state.N1)
    assert (beta < 0) == (system.tau10_s / system.g1 < system.tau21_s / system.g2)


def test_photons_jump_at_threshold() -> None:
    W = laser.threshold_pump_per_s(YAG)
    assert laser.inversion(YAG, *_populations(YAG, W)) == pytest.approx(laser.threshold_inversion(YAG), rel=1e-12)
    below, above = (float(laser.steady_state(YAG, f * W).photons) for f in (0.9, 1.1))
    assert below < 20 and above > 1e8


def _populations(system: FourLevelLaser, W: float) -> tuple[float, float]:
    state = laser.small_signal_state(system, W)
    return float(state.N2), float(state.N1)


def test_steady_states_of_many_pumps_at_once() -> None:
    W = laser.threshold_pump_per_s(YAG) * np.array([0.0, 0.5, 0.999, 1.0, 1.5])
    together = laser.steady_state(YAG, W)
    for i, pump in enumerate(W):
        alone = laser.steady_state(YAG, pump)
        assert (together.N2[i], together.N1[i], together.photons[i]) == (alone.N2, alone.N1, alone.photons)
    assert (together.N2[0], together.N1[0], together.photons[0]) == (0, 0, 0)


def test_dynamics_against_an_independent_integrator() -> None:
    """DOP853 without a Jacobian, on a slow laser."""
    slow = FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4, tau20_s=4.0, g1=1, g2=2)
    t, W = np.linspace(0, 10, 101), 0.5
    run = laser.run(slow, W, t)
    other = solve_ivp(lambda _, y: _rates(slow, W, *y), (0, 10), [0.0, 0.0, 0.0], "DOP853", t, rtol=1e-11, atol=1e-9).y
    for mine, theirs in zip((run.N2, run.N1, run.photons), other, strict=True):
        assert mine[1:] == pytest.approx(theirs[1:], rel=1e-6)


def test_a_pumped_nd_yag_laser_settles_at_its_steady_state() -> None:
    W = 2.0 * laser.threshold_pump_per_s(YAG)
    run = laser.run(YAG, W, np.linspace(0.0, 4e-3, 4001))
    rest = laser.steady_state(YAG, W)
    assert run.photons[-1] == pytest.approx(float(rest.photons), rel=1e-4)
    assert run.N2[-1] == pytest.approx(float(rest.N2), rel=1e-6)
    assert run.photons.max() > 1.5 * run.photons[-1], "the relaxation oscillation is missing"


def test_copying_exceeds_absorption_exactly_when_inverted() -> None:
    ramp = np.linspace(0.0, 2.5 * three_level_laser.threshold_pump_per_s(RUBY), 300)
    run = three_level_laser.run(RUBY, ramp, np.linspace(0.0, 0.02, 300))
    lit = run.photons > 1e-3
    copied_more = run.stimulated_emission_per_s > run.absorption_per_s
    assert (copied_more == (run.inversion > 0))[lit].all()
    assert ((run.beta_levels_per_J < 0) == (run.inversion > 0)).all()
    assert not copied_more[lit][0] and copied_more[-1]


def test_the_three_level_laser_absorbs_first_and_its_beta_falls_through_zero() -> None:
    run = three_level_laser.run(RUBY, 3.0 * three_level_laser.threshold_pump_per_s(RUBY), np.linspace(0, 1e-2, 2001))
    rising = run.inversion[: np.argmax(run.inversion > 1.0 / (RUBY.K_per_s * RUBY.tau_cavity_s))]
    assert run.beta_levels_per_J[0] == math.inf
    assert (np.diff(rising) > 0).all() and rising[0] < 0 < rising[-1]
    assert pytest.approx(RUBY.N, rel=1e-12) == run.N1 + run.N2


@given(W=st.floats(0, 1e6), tau=st.floats(1e-6, 10.0))
def test_three_level_inversion_against_the_balance_of_rates(W: float, tau: float) -> None:
    fraction = float(three_level_laser.inversion_fraction(W, tau))
    N2, N1 = (1 + fraction) / 2, (1 - fraction) / 2
    assert pytest.approx(N2 / tau, rel=1e-9, abs=1e-9 * (W + 1 / tau)) == W * N1


@given(W=st.floats(0, 1e3), w=st.floats(0, 1e3), g1=st.integers(1, 6), g2=st.integers(1, 6))
def test_three_level_saturation_against_the_balance_of_rates(W: float, w: float, g1: int, g2: int) -> None:
    system = ThreeLevelLaser(1.0, 4e14, 1.0, 1.0, 1e-3, g1=g1, g2=g2)
    ratio = g2 / g1
    N2 = (W + w * ratio) / (W + 1 + w * (1 + ratio))
    dark = float(three_level_laser.upper_fraction(system, W))
    saturated = (dark - ratio * (1 - dark)) / (1 + w * three_level_laser.recovery_time_s(system, W))
    assert saturated == pytest.approx(N2 - ratio * (1 - N2), rel=1e-11, abs=1e-13)


def test_a_short_pump_pulse_is_not_stepped_over() -> None:
    t = np.linspace(0.0, 1.0, 1001)
    pulse = np.where(np.abs(t - 0.7) < 0.0025, 1e3, 0.0)
    slow = FourLevelLaser(1e6, 2.8e14, 10.0, 1e-3, 1e-3, 1e-9)
    run = laser.run(slow, pulse, t)
    lifted = 1e6 * -math.expm1(-np.trapezoid(pulse, t))
    assert run.N2[t > 0.71][0] == pytest.approx(lifted, rel=2e-3)


@given(g1=st.integers(1, 9), g2=st.integers(1, 9), nu=st.floats(1e9, 1e15))
def test_transparency_is_beta_zero_for_any_degeneracies(g1: int, g2: int, nu: float) -> None:
    line = lines.Line("line", nu, g1, g2, "lower", "upper")
    upper = float(three_level_laser.transparency_upper_fraction(g1, g2))
    assert abs(lines.effective_beta_per_J(line, upper, 1 - upper)) * line.photon_J < 1e-14
    assert lines.effective_beta_per_J(line, upper * 1.01, 1 - upper) < 0


def test_line_temperatures() -> None:
    kelvin = {name: line.temperature_K for name, line in lines.LINES.items()}
    expected = {"ruby": 20723, "Nd:YAG": 13522, "HeNe": 22737}
    assert {name: round(kelvin[name]) for name in expected} == expected
    assert kelvin["ammonia"] == pytest.approx(1.1456, abs=5e-5)


@given(hot=st.floats(1.0, 1e4), cold=st.floats(0.01, 1e4), ratio=st.floats(0.01, 0.99))
def test_a_maser_has_gain_exactly_below_the_carnot_efficiency(hot: float, cold: float, ratio: float) -> None:
    beta_h, beta_c = 1 / hot, 1 / cold
    margin = (1 - beta_h / beta_c) - ratio
    beta_s = maser.signal_beta_per_J(beta_h, beta_c, 1.0, ratio)
    if abs(margin) > 1e-9:
        assert (beta_s < 0) == (margin > 0)


@given(I=st.floats(0, 1e10), Is=st.floats(1e-3, 1e10), g0=st.floats(-5, 5))
def test_saturated_gain_never_exceeds_the_small_signal_gain(I: float, Is: float, g0: float) -> None:  # noqa: E741
    saturated = laser.saturated_gain_per_m(g0, I, Is)
    assert abs(saturated) <= abs(g0)
    assert saturated * (Is + I) == pytest.approx(g0 * Is, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: FourLevelLaser(1e6, 2.8e14, 1.0, -0.1, 0.2, 1e-4), OutOfDomainError),
        (lambda: FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4, tau20_s=0.0), OutOfDomainError),
        (lambda: FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1.5), ImpossibleStateError),
        (lambda: ThreeLevelLaser(1e6, 4e14, 1.0, 0.2, 1.5), ImpossibleStateError),
        (lambda: laser.effective_beta_per_J(YAG, 0.0, 0.0), ImpossibleStateError),
        (lambda: laser.effective_beta_per_J(YAG, -1.0, 1.0), OutOfDomainError),
        (lambda: laser.small_signal_state(YAG, -1.0), OutOfDomainError),
        (lambda: laser.small_signal_state(YAG, math.nan), NotANumberError),
        (lambda: laser.threshold_pump_per_s(FourLevelLaser(10.0, 2.8e14, 1.0, 0.1, 0.2, 1e-4)), ImpossibleStateError),
        (
            lambda: three_level_laser.threshold_pump_per_s(ThreeLevelLaser(10.0, 4e14, 1.0, 0.2, 1e-4)),
            ImpossibleStateError,
        ),
        (lambda: laser.run(YAG, 1.0, [0.0]), OutOfDomainError),
        (lambda: laser.run(YAG, 1.0, [0.0, 2.0, 1.0]), OutOfDomainError),
        (lambda: laser.run(YAG, [1.0, 2.0], [0.0, 1.0, 2.0]), OutOfDomainError),
        (
            lambda: laser.run(YAG, 1.0, [0.0, 1.0], LaserState(np.array(1e16), np.array(1e9), np.array(0.0))),
            ImpossibleStateError,
        ),
        (
            lambda: three_level_laser.run(RUBY, 1.0, [0, 1], LaserState(np.array(1.0), np.array(1.0), np.array(0.0))),
            ImpossibleStateError,
        ),
        (lambda: maser.signal_beta_per_J(1.0, 2.0, 1.0, 1.0), OutOfDomainError),
        (lambda: maser.largest_signal_ratio(2.0, 1.0), OutOfDomainError),
        (lambda: lines.Line("x", -1.0, 1, 1, "a", "b"), OutOfDomainError),
    ],
)
def test_impossible_lasers_raise(call, error) -> None:
    with pytest.raises(error):
        call()
