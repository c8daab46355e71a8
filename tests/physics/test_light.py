"""Lasers and masers: steady states, gain, saturation and dynamics."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physics import laser, lines, maser, three_level_laser
from physics.laser import FourLevelLaser
from physics.three_level_laser import ThreeLevelLaser
from physics.verification.light import rate_equations

YAG = FourLevelLaser(N=1e16, nu_Hz=2.8175e14, tau21_s=2.3e-4, tau10_s=1e-8, tau_cavity_s=1e-8, K_per_s=1e-6)


@st.composite
def lasers(draw) -> FourLevelLaser:
    return FourLevelLaser(
        N=float(draw(st.integers(10**4, 10**12))),
        nu_Hz=2.8e14,
        tau21_s=1.0,
        tau10_s=draw(st.floats(1e-6, 3.0)),
        tau_cavity_s=draw(st.floats(1e-6, 10.0)),
        K_per_s=10 ** draw(st.floats(-9.0, -1.0)),
        tau20_s=draw(st.floats(0.1, 10.0) | st.just(math.inf)),
        g1=draw(st.integers(1, 6)),
        g2=draw(st.integers(1, 6)),
    )


@given(lasers(), st.floats(-3.0, 2.0).map(lambda power: 10**power))
def test_the_steady_state_is_at_rest_physical_and_saturated(system: FourLevelLaser, W: float) -> None:
    state = laser.steady_state(system, W)
    N2, N1, q = (float(x) for x in (state.N2, state.N1, state.photons))
    assert min(N2, N1, q) >= 0 and N2 + N1 <= system.N
    # The gross flows, absorption and emission apart, set what rounding of N2 and N1 can do.
    flows = W * system.N + N2 / system.tau2_s + N1 / system.tau10_s + q / system.tau_cavity_s + system.K_per_s * q * N2
    assert np.abs(rate_equations(system, W, [N2, N1, q])).max() < 1e-13 * flows
    assert laser.inversion(system, N2, N1) < laser.threshold_inversion(system) + 1e-14 * N2

    dark = laser.small_signal_state(system, W)
    assert pytest.approx(system.tau10_s / system.tau21_s, rel=1e-14) == dark.N1 / dark.N2
    beta = laser.effective_beta_per_J(system, dark.N2, dark.N1)
    lower_over_upper = (system.tau10_s / system.g1) / (system.tau21_s / system.g2)
    assert (beta < 0) == (lower_over_upper < 1) or lower_over_upper == pytest.approx(1, rel=1e-12)
    saturation = 1 + system.K_per_s * q * laser.recovery_time_s(system, W)
    expected = laser.inversion(system, dark.N2, dark.N1) / saturation
    assert laser.inversion(system, N2, N1) == pytest.approx(expected, rel=1e-6, abs=1e-9 * system.N)


def test_steady_states_of_many_pumps_at_once() -> None:
    W = laser.threshold_pump_per_s(YAG) * np.array([0.0, 0.5, 0.999, 1.0, 1.5])
    together = laser.steady_state(YAG, W)
    for i, pump in enumerate(W):
        alone = laser.steady_state(YAG, pump)
        assert (together.N2[i], together.N1[i], together.photons[i]) == (alone.N2, alone.N1, alone.photons)
    assert (together.N2[0], together.N1[0], together.photons[0]) == (0, 0, 0)


def test_a_pumped_nd_yag_laser_settles_at_its_steady_state() -> None:
    W = 2.0 * laser.threshold_pump_per_s(YAG)
    run = laser.run(YAG, W, np.linspace(0.0, 4e-3, 4001))
    rest = laser.steady_state(YAG, W)
    assert run.photons[-1] == pytest.approx(float(rest.photons), rel=1e-4)
    assert run.N2[-1] == pytest.approx(float(rest.N2), rel=1e-6)
    assert run.photons.max() > 1.5 * run.photons[-1], "the relaxation oscillation is missing"


@given(W=st.floats(0, 1e3), w=st.floats(0, 1e3), g1=st.integers(1, 6), g2=st.integers(1, 6))
def test_three_level_saturation_against_the_balance_of_rates(W: float, w: float, g1: int, g2: int) -> None:
    system = ThreeLevelLaser(1.0, 4e14, 1.0, 1.0, 1e-3, g1=g1, g2=g2)
    ratio = g2 / g1
    N2 = (W + w * ratio) / (W + 1 + w * (1 + ratio))
    dark = float(three_level_laser.upper_fraction(system, W))
    saturated = (dark - ratio * (1 - dark)) / (1 + w * three_level_laser.recovery_time_s(system, W))
    assert saturated == pytest.approx(N2 - ratio * (1 - N2), rel=1e-11, abs=1e-13)
    assert three_level_laser.inversion_fraction(W, 1.0) == pytest.approx(2 * dark - 1, abs=1e-14)


@given(g1=st.integers(1, 9), g2=st.integers(1, 9), nu=st.floats(1e9, 1e15))
def test_transparency_is_beta_zero_for_any_degeneracies(g1: int, g2: int, nu: float) -> None:
    line = lines.Line("line", nu, g1, g2, "lower", "upper")
    upper = float(three_level_laser.transparency_upper_fraction(g1, g2))
    assert abs(lines.effective_beta_per_J(line, upper, 1 - upper)) * line.photon_J < 1e-14
    assert lines.effective_beta_per_J(line, upper * 1.01, 1 - upper) < 0


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
