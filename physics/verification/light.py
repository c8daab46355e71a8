"""Rows on lasers and masers."""

import numpy as np
from scipy.constants import k

from physics import laser, lines, maser, three_level_laser
from physics.laser import FourLevelLaser, LaserState
from physics.three_level_laser import ThreeLevelLaser
from physics.verification.row import Row, agree, holds, number, refuses, rounded, vanishes

# Slow enough for fixed-step integration.
_TOY = FourLevelLaser(N=1e6, nu_Hz=2.8e14, tau21_s=1.0, tau10_s=0.1, tau_cavity_s=0.2, K_per_s=1e-4, tau20_s=4.0, g1=2)
_TOY_RUBY = ThreeLevelLaser(N=1e6, nu_Hz=4.3e14, tau21_s=1.0, tau_cavity_s=0.2, K_per_s=1e-4, g1=4, g2=2)


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_lines(), *_four_level(), *_three_level(), *_maser()]


def _lines() -> list[Row]:
    name, source = "laser lines", "h nu/k in K"
    return [
        rounded(name, "Nd:YAG, 1064 nm", source, "13522", lines.ND_YAG.temperature_K),
        rounded(name, "ruby, 694.3 nm", source, "20723", lines.RUBY.temperature_K),
        rounded(name, "HeNe, 632.8 nm", source, "22737", lines.HELIUM_NEON.temperature_K),
        rounded(name, "ammonia, 23.8701 GHz", source, "1.1456", lines.AMMONIA.temperature_K),
        number(
            name,
            "ruby is transparent at N2 = N1/2: effective beta",
            "g1 = 4, g2 = 2",
            0.0,
            lines.effective_beta_per_J(lines.RUBY, 1.0, 2.0),
            0.0,
        ),
        rounded(
            name,
            "effective T in K of ammonia with N2/N1 = e",
            "-h nu/k",
            "-1.1456",
            1 / (k * float(lines.effective_beta_per_J(lines.AMMONIA, np.e, 1.0))),
        ),
    ]


def _four_level() -> list[Row]:
    name = "four-level laser"
    W = laser.threshold_pump_per_s(_TOY)
    at_threshold = laser.small_signal_state(_TOY, W)
    pump = 3.0 * W
    rest = laser.steady_state(_TOY, pump)
    course = laser.run(_TOY, pump, np.linspace(0.0, 4.0, 41))
    stepped = _runge_kutta(_TOY, pump, 4.0, 20_000)
    late = laser.run(_TOY, pump, np.linspace(0.0, 80.0, 41))
    small = laser.small_signal_state(_TOY, pump)
    w = _TOY.K_per_s * float(rest.photons)
    lasing, dark = (float(laser.inversion(_TOY, s.N2, s.N1)) for s in (rest, small))
    emitted = float(rest.photons) / _TOY.tau_cavity_s
    crowded = LaserState(np.array(9e5), np.array(2e5), np.array(0.0))
    balance = [*_rates(_TOY, pump, [float(rest.N2), float(rest.N1), float(rest.photons)])]
    return [
        number(name, "N2/N1 without light", "tau21/tau10", 10.0, small.N2 / small.N1, 1e-14),
        number(
            name,
            "small-signal inversion at threshold times K tau_c",
            "gain = loss",
            1.0,
            laser.inversion(_TOY, at_threshold.N2, at_threshold.N1) * _TOY.K_per_s * _TOY.tau_cavity_s,
            1e-12,
        ),
        vanishes(
            name,
            "rates in the steady state, over the light emitted",
            "rate equations",
            np.array(balance) / emitted,
            1e-11,
        ),
        agree(
            name,
            "N2, N1, photons at 4 s against 20 000 Runge-Kutta steps",
            "numerical integration",
            stepped,
            [course.N2[-1], course.N1[-1], course.photons[-1]],
            1e-6,
        ),
        agree(name, "photons after 80 s against the steady state", "rest", rest.photons, late.photons[-1], 1e-6),
        number(
            name,
            "saturation: inversion over small-signal inversion",
            "1/(1 + w tau_s)",
            1 / (1 + w * laser.recovery_time_s(_TOY, pump)),
            lasing / dark,
            1e-12,
        ),
        number(
            name,
            "tau_s at weak pump, g1 = g2",
            "Saleh & Teich 14.2: tau2 + tau1 (1 - tau2/tau21)",
            0.8 + 0.1 * 0.2,
            laser.recovery_time_s(FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4, tau20_s=4.0)),
            1e-14,
        ),
        holds(
            name,
            "inversion is clamped at or below threshold",
            "gain cannot exceed loss in a steady state",
            lasing < laser.threshold_inversion(_TOY),
        ),
        rounded(
            name,
            "Nd:YAG saturation intensity in kW/cm^2, 2.8e-19 cm^2, 0.23 ms",
            "Koechner, 2.9",
            "2.9",
            laser.saturation_intensity_W_per_m2(lines.ND_YAG.nu_Hz, 2.8e-23, 2.3e-4) / 1e7,
        ),
        number(
            name,
            "gain at the saturation intensity",
            "half",
            0.5,
            laser.saturated_gain_per_m(1.0, 7.0, 7.0),
            0.0,
        ),
        holds(
            name,
            "effective T of the lasing levels is negative exactly with inversion",
            "(N2/g2)/(N1/g1)",
            (course.inversion[1:] > 0) == (course.beta_levels_per_J[1:] < 0),
        ),
        refuses(
            name,
            "more light in one mode than in all",
            "K tau21 <= 1",
            lambda: FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 2.0),
        ),
        refuses(
            name,
            "more excited atoms than atoms",
            "N1 + N2 <= N",
            lambda: laser.run(_TOY, 1.0, [0.0, 1.0], crowded),
        ),
    ]


def _three_level() -> list[Row]:
    name = "three-level laser"
    W = three_level_laser.threshold_pump_per_s(_TOY_RUBY)
    dark = three_level_laser.run(_TOY_RUBY, 0.2, np.linspace(0.0, 40.0, 41))
    lasing = three_level_laser.run(_TOY_RUBY, 3.0 * W, np.linspace(0.0, 40.0, 400))
    crossing = np.flatnonzero(np.diff(np.sign(lasing.inversion)))
    return [
        agree(
            name,
            "(N2 - N1)/N against the balance W N1 = N2/tau",
            "Siegman 6.3",
            [-1.0, -1 / 3, 0.0, 0.6],
            three_level_laser.inversion_fraction([0.0, 0.5, 1.0, 4.0], 1.0),
            1e-15,
        ),
        rounded(
            name,
            "ruby: share of ions to lift for gain",
            "g2/(g1 + g2)",
            "0.3333",
            three_level_laser.transparency_upper_fraction(4, 2),
        ),
        number(
            name,
            "N2/N at weak pump, W tau = 0.2, amplified spontaneous light aside",
            "W tau/(1 + W tau)",
            1 / 6,
            dark.N2[-1] / 1e6,
            1e-3,
        ),
        number(
            name,
            "inversion while lasing times K tau_c",
            "gain = loss",
            1.0,
            lasing.inversion[-1] * _TOY_RUBY.K_per_s * _TOY_RUBY.tau_cavity_s,
            1e-3,
        ),
        holds(
            name,
            "the light is absorbed first, then copied; beta passes 0 once",
            "turn-on",
            [
                lasing.absorption_per_s[1] > lasing.stimulated_emission_per_s[1],
                crossing.size == 1,
                lasing.absorption_per_s[-1] < lasing.stimulated_emission_per_s[-1],
            ],
        ),
        agree(name, "N1 + N2", "atoms are conserved", 1e6, lasing.N1 + lasing.N2, 1e-12),
    ]


def _maser() -> list[Row]:
    name, hot, cold = "three-level maser", 1 / (k * 300.0), 1 / (k * 77.0)
    carnot = 1 - 77.0 / 300.0
    below, above = (maser.signal_beta_per_J(hot, cold, 1e10, ratio * 1e10) for ratio in (carnot - 0.01, carnot + 0.01))
    ratio = 0.3
    x_hot, x_cold = 0.8, 2.5
    n3_over_n1, n3_over_n2 = np.exp(-x_hot), np.exp(-x_cold * (1 - ratio))
    return [
        number(
            name,
            "largest nu_s/nu_p with gain, 300 K and 77 K",
            "Carnot efficiency",
            carnot,
            maser.largest_signal_ratio(hot, cold),
            1e-14,
        ),
        holds(name, "gain below, absorption above", "Scovil & Schulz-DuBois 1959", [below < 0, above > 0]),
        number(
            name,
            "signal beta against the product of two population ratios",
            "Boltzmann ratios",
            -np.log(n3_over_n1 / n3_over_n2) / ratio,
            maser.signal_beta_per_J(x_hot, x_cold, 1.0, ratio),
            1e-14,
        ),
    ]


def _rates(system: FourLevelLaser, W: float, y: list[float]) -> list[float]:
    N2, N1, q = y
    net = system.K_per_s * q * (N2 - system.g2 / system.g1 * N1)
    return [
        W * (system.N - N1 - N2) - N2 / system.tau21_s - N2 / system.tau20_s - net,
        N2 / system.tau21_s - N1 / system.tau10_s + net,
        net + system.K_per_s * N2 - q / system.tau_cavity_s,
    ]


def _runge_kutta(system: FourLevelLaser, W: float, t_s: float, steps: int) -> list[float]:
    y, dt = [0.0, 0.0, 0.0], t_s / steps

    def ahead(slope: list[float], by: float) -> list[float]:
        return [value + by * rate for value, rate in zip(y, slope, strict=True)]

    for _ in range(steps):
        a = _rates(system, W, y)
        b = _rates(system, W, ahead(a, dt / 2))
        c = _rates(system, W, ahead(b, dt / 2))
        d = _rates(system, W, ahead(c, dt))
        y = [v + dt / 6 * (p + 2 * q + 2 * r + s) for v, p, q, r, s in zip(y, a, b, c, d, strict=True)]
    return y
