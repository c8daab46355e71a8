"""Rows on lasers and masers."""

import numpy as np
from scipy.constants import c, k

from physics import laser, lines, maser, resonator, three_level_laser
from physics.laser import FourLevelLaser, LaserState
from physics.resonator import Resonator
from physics.three_level_laser import ThreeLevelLaser
from physics.verification.row import Checks, Row

# Slow enough for fixed-step integration.
_TOY = FourLevelLaser(N=1e6, nu_Hz=2.8e14, tau21_s=1.0, tau10_s=0.1, tau_cavity_s=0.2, K_per_s=1e-4, tau20_s=4.0, g1=2)
_TOY_RUBY = ThreeLevelLaser(N=1e6, nu_Hz=4.3e14, tau21_s=1.0, tau_cavity_s=0.2, K_per_s=1e-4, g1=4, g2=2)
_YAG = FourLevelLaser(N=1e16, nu_Hz=2.8175e14, tau21_s=2.3e-4, tau10_s=1e-8, tau_cavity_s=1e-8, K_per_s=1e-6)


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_lines(), *_four_level(), *_three_level(), *_maser()]


def _lines() -> list[Row]:
    check, source = Checks("laser lines"), "h nu/k in K"
    ruby = lines.inversion(3.0, [6.0, 5.0, 7.0], lines.RUBY.g1, lines.RUBY.g2)
    check.agree("ruby: inversion of 3 ions above, 6, 5 and 7 below", "N2 - N1/2", [0.0, 0.5, -0.5], ruby, 1e-12)
    check.rounded("Nd:YAG, 1064 nm", source, "13522", lines.ND_YAG.temperature_K)
    check.rounded("ruby, 694.3 nm", source, "20723", lines.RUBY.temperature_K)
    check.rounded("HeNe, 632.8 nm", source, "22737", lines.HELIUM_NEON.temperature_K)
    check.rounded("ammonia, 23.8701 GHz", source, "1.1456", lines.AMMONIA.temperature_K)
    transparent = lines.effective_beta_per_J(lines.RUBY, 1.0, 2.0)
    check.number("ruby is transparent at N2 = N1/2: effective beta", "g1 = 4, g2 = 2", 0.0, transparent, 0.0)
    ammonia_K = 1 / (k * lines.effective_beta_per_J(lines.AMMONIA, np.e, 1.0))
    check.rounded("effective T in K of ammonia with N2/N1 = e", "-h nu/k", "-1.1456", ammonia_K)
    return check.rows


def _four_level() -> list[Row]:
    check = Checks("four-level laser")
    W = laser.threshold_pump_per_s(_TOY)
    pump = 3.0 * W
    at_threshold, small = laser.small_signal_state(_TOY, W), laser.small_signal_state(_TOY, pump)
    gain = laser.inversion(_TOY, at_threshold.N2, at_threshold.N1) * _TOY.K_per_s * _TOY.tau_cavity_s
    check.number("N2/N1 without light", "tau21/tau10", 10.0, small.N2 / small.N1, 1e-14)
    check.number("small-signal inversion at threshold times K tau_c", "gain = loss", 1.0, gain, 1e-12)

    rest = laser.steady_state(_TOY, pump)
    balance = rate_equations(_TOY, pump, [float(rest.N2), float(rest.N1), float(rest.photons)])
    left = np.array(balance) / (rest.photons / _TOY.tau_cavity_s)
    check.vanishes("rates in the steady state, over the light emitted", "rate equations", left, 1e-11)
    course, late = (laser.run(_TOY, pump, np.linspace(0.0, end, 41)) for end in (4.0, 80.0))
    at_4_s = course.N2[-1], course.N1[-1], course.photons[-1]
    against = "N2, N1, photons at 4 s against 20 000 Runge-Kutta steps"
    check.agree(against, "numerical integration", _runge_kutta(_TOY, pump, 4.0, 20_000), at_4_s, 1e-6)
    check.agree("photons after 80 s against the steady state", "rest", rest.photons, late.photons[-1], 1e-6)

    lasing, dark = (float(laser.inversion(_TOY, s.N2, s.N1)) for s in (rest, small))
    w = _TOY.K_per_s * float(rest.photons)
    saturated = 1 / (1 + w * laser.recovery_time_s(_TOY, pump))
    saturation = "saturation: inversion over small-signal inversion"
    check.number(saturation, "1/(1 + w tau_s)", saturated, lasing / dark, 1e-12)
    weak = laser.recovery_time_s(FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 1e-4, tau20_s=4.0))
    textbook = "Saleh & Teich 14.2: tau2 + tau1 (1 - tau2/tau21)"
    check.number("tau_s at weak pump, g1 = g2", textbook, 0.8 + 0.1 * 0.2, weak, 1e-14)
    clamped = lasing < laser.threshold_inversion(_TOY)
    limit = "gain cannot exceed loss in a steady state"
    check.holds("inversion is clamped at or below threshold", limit, clamped)
    kW_per_cm2 = laser.saturation_intensity_W_per_m2(lines.ND_YAG.nu_Hz, 2.8e-23, 2.3e-4) / 1e7
    published = "Nd:YAG saturation intensity in kW/cm^2, 2.8e-19 cm^2, 0.23 ms"
    check.rounded(published, "Koechner, 2.9", "2.9", kW_per_cm2)
    mirrors = Resonator(length_m=0.2, area_m2=1e-6, R1=0.98, R2=0.7, loss_per_m=0.3)
    around = 0.98 * 0.7 * np.exp(2 * (resonator.threshold_gain_per_m(mirrors) - 0.3) * 0.2)
    check.number("light once around at threshold", "it comes back as it was", 1.0, around, 1e-12)
    lost, trips = 1 - 0.98 * 0.7 * np.exp(-2 * 0.3 * 0.2), 0.4 / c
    kept = -trips / np.log1p(-lost)
    check.number("photon lifetime in s", "what is left after a trip", kept, resonator.photon_lifetime_s(mirrors), 1e-12)
    medium = resonator.four_level_laser(mirrors, 1e25, 2.8e-23, 2.8175e14, 2.3e-4, 1e-8)
    ruby = resonator.three_level_laser(mirrors, 1.6e25, 2.5e-24, 4.3e14, 3e-3, g1=4, g2=2)
    for name, sigma, system in (("four", 2.8e-23, medium), ("three", 2.5e-24, ruby)):
        between = resonator.threshold_inversion_per_m3(mirrors, sigma) * mirrors.volume_m3
        same = f"{name} levels between mirrors: inversion at threshold"
        check.number(same, "1/(K tau_c)", 1 / (system.K_per_s * system.tau_cavity_s), between, 1e-12)
    pumped = laser.small_signal_state(medium, laser.threshold_pump_per_s(medium))
    gain = 2.8e-23 * (pumped.N2 - pumped.N1) / mirrors.volume_m3
    at_gain = resonator.threshold_gain_per_m(mirrors)
    check.number("gain per metre of four levels pumped to threshold", "sigma (n2 - n1)", at_gain, gain, 1e-12)
    above = 1.6e25 * three_level_laser.upper_fraction(ruby, three_level_laser.threshold_pump_per_s(ruby))
    gain = 2.5e-24 * (above - (1.6e25 - above) / 2)
    check.number("gain per metre of three levels pumped to threshold", "sigma (n2 - n1/2)", at_gain, gain, 1e-11)
    passed = laser.single_pass_gain([2.0, -2.0, 2.0, 40.0], 0.5, [0.0, 0.0, 3.0, 1e-9], 1.0)
    grown = [np.exp(1.0), np.exp(-1.0), _amplified(2.0, 3.0, 0.5), _amplified(40.0, 1e-9, 0.5)]
    steps = "single-pass gain: weak, absorbing, saturated, saturating, against steps"
    check.agree(steps, "dI/dz = g0 I/(1 + I/Is)", grown, passed, 1e-10)
    balance = np.log(passed[2:]) + np.array([3.0, 1e-9]) * (passed[2:] - 1) - np.array([1.0, 20.0])
    check.vanishes("ln G + I/Is (G - 1) - g0 L", "the integral of that", balance, 1e-12)
    half = laser.saturated_gain_per_m(1.0, 7.0, 7.0)
    check.number("gain at the saturation intensity", "half", 0.5, half, 0.0)
    same = (course.inversion[1:] > 0) == (course.beta_levels_per_J[1:] < 0)
    check.holds("effective T of the lasing levels is negative exactly with inversion", "(N2/g2)/(N1/g1)", same)

    empty = laser.run(_TOY, 0.0, [0.0, 1.0]).beta_levels_per_J
    check.holds("unpumped, the empty lasing levels have no temperature", "N1 = N2 = 0", np.ma.getmaskarray(empty))
    below, above = (laser.steady_state(_YAG, f * laser.threshold_pump_per_s(_YAG)).photons for f in (0.9, 1.1))
    check.holds("Nd:YAG: photons jump at threshold, from tens to 1e8", "10 % around it", [below < 20, above > 1e8])
    t = np.linspace(0.0, 1.0, 1001)
    pulse = np.where(np.abs(t - 0.7) < 0.0025, 1e3, 0.0)
    slow = FourLevelLaser(1e6, 2.8e14, 10.0, 1e-3, 1e-3, 1e-9)
    lifted, N2 = 1e6 * -np.expm1(-np.trapezoid(pulse, t)), laser.run(slow, pulse, t).N2
    check.number("atoms lifted by a pump pulse of 5 ms", "1 - exp(-integral of W)", lifted, N2[t > 0.71][0], 2e-3)
    bright = "more light in one mode than in all"
    check.refuses(bright, "K tau21 <= 1", lambda: FourLevelLaser(1e6, 2.8e14, 1.0, 0.1, 0.2, 2.0))
    crowded = LaserState(np.array(9e5), np.array(2e5), np.array(0.0))
    check.refuses("more excited atoms than atoms", "N1 + N2 <= N", lambda: laser.run(_TOY, 1.0, [0.0, 1.0], crowded))
    return check.rows


def _three_level() -> list[Row]:
    check = Checks("three-level laser")
    W = three_level_laser.threshold_pump_per_s(_TOY_RUBY)
    inverted = three_level_laser.inversion_fraction([0.0, 0.5, 1.0, 4.0], 1.0)
    balance = "(N2 - N1)/N against the balance W N1 = N2/tau"
    check.agree(balance, "Siegman 6.3", [-1.0, -1 / 3, 0.0, 0.6], inverted, 1e-15)
    third = three_level_laser.transparency_upper_fraction(4, 2)
    check.rounded("ruby: share of ions to lift for gain", "g2/(g1 + g2)", "0.3333", third)
    late = three_level_laser.run(_TOY_RUBY, 3.0 * W, np.linspace(0.0, 400.0, 41))
    rest = three_level_laser.steady_state(_TOY_RUBY, 3.0 * W)
    settled = [late.N2[-1], late.photons[-1]]
    check.agree("N2 and photons after 400 s against the steady state", "rest", settled, [rest.N2, rest.photons], 1e-6)
    pumps = W * np.array([0.0, 0.3, 1.0, 1.7, 1e3])
    rest = three_level_laser.steady_state(_TOY_RUBY, pumps)
    K, D = _TOY_RUBY.K_per_s, rest.N2 - rest.N1 / 2
    left = [pumps * rest.N1 - rest.N2 - K * rest.photons * D, K * rest.photons * D + K * rest.N2 - rest.photons / 0.2]
    gross = pumps * 1e6 + rest.N2 + K * rest.photons * rest.N2 + rest.photons / 0.2 + 1.0
    check.vanishes("rates in the steady state, over the gross flows", "rate equations", left / gross, 1e-12)
    dark = three_level_laser.run(_TOY_RUBY, 0.2, np.linspace(0.0, 40.0, 41))
    weak = "N2/N at weak pump, W tau = 0.2, amplified spontaneous light aside"
    check.number(weak, "W tau/(1 + W tau)", 1 / 6, dark.N2[-1] / 1e6, 1e-3)

    lasing = three_level_laser.run(_TOY_RUBY, 3.0 * W, np.linspace(0.0, 40.0, 400))
    D, beta = lasing.inversion, lasing.beta_levels_per_J
    copied, absorbed = lasing.stimulated_emission_per_s, lasing.absorption_per_s
    gain = D[-1] * _TOY_RUBY.K_per_s * _TOY_RUBY.tau_cavity_s
    check.number("inversion while lasing times K tau_c", "gain = loss", 1.0, gain, 1e-3)
    crossing = np.flatnonzero(np.diff(np.sign(D)))
    turn_on = [absorbed[1] > copied[1], crossing.size == 1, absorbed[-1] < copied[-1]]
    check.holds("the light is absorbed first, then copied; beta passes 0 once", "turn-on", turn_on)
    copies = (copied > absorbed) == (D > 0)
    check.holds("more is copied than absorbed exactly with inversion", "turn-on", copies)
    check.holds("effective T is negative exactly with inversion", "turn-on", (beta < 0) == (D > 0))
    check.holds("unpumped, the two levels are at +0 K", "N2 = 0", beta[0] == np.inf)
    check.agree("N1 + N2", "atoms are conserved", 1e6, lasing.N1 + lasing.N2, 1e-12)
    return check.rows


def _maser() -> list[Row]:
    check, hot, cold = Checks("three-level maser"), 1 / (k * 300.0), 1 / (k * 77.0)
    carnot = 1 - 77.0 / 300.0
    largest = maser.largest_signal_ratio(hot, cold)
    check.number("largest nu_s/nu_p with gain, 300 K and 77 K", "Carnot efficiency", carnot, largest, 1e-14)
    below, above = (maser.signal_beta_per_J(hot, cold, 1e10, (carnot + d) * 1e10) for d in (-0.01, 0.01))
    check.holds("gain below, absorption above", "Scovil & Schulz-DuBois 1959", [below < 0, above > 0])
    x_hot, x_cold, ratio = 0.8, 2.5, 0.3
    n3_over_n1, n3_over_n2 = np.exp(-x_hot), np.exp(-x_cold * (1 - ratio))
    from_ratios, beta = -np.log(n3_over_n1 / n3_over_n2) / ratio, maser.signal_beta_per_J(x_hot, x_cold, 1.0, ratio)
    product = "signal beta against the product of two population ratios"
    check.number(product, "Boltzmann ratios", from_ratios, beta, 1e-14)
    return check.rows


def rate_equations(system: FourLevelLaser, W: float, y: list[float]) -> list[float]:
    """Give dN2/dt, dN1/dt and dq/dt of a four-level laser at y = (N2, N1, q), term by term."""
    N2, N1, q = y
    net = system.K_per_s * q * (N2 - system.g2 / system.g1 * N1)
    return [
        W * (system.N - N1 - N2) - N2 / system.tau21_s - N2 / system.tau20_s - net,
        N2 / system.tau21_s - N1 / system.tau10_s + net,
        net + system.K_per_s * N2 - q / system.tau_cavity_s,
    ]


def _amplified(gain_per_m: float, intensity: float, length_m: float) -> float:
    """Give the factor by which light grows, from 4000 fourth-order steps in ln I, with Is = 1."""
    y, dz = np.log(intensity), length_m / 4000

    def slope(log_I: float) -> float:
        return float(gain_per_m / (1.0 + np.exp(log_I)))

    for _ in range(4000):
        a = slope(y)
        b = slope(y + dz / 2 * a)
        d = slope(y + dz / 2 * b)
        y += dz / 6 * (a + 2 * b + 2 * d + slope(y + dz * d))
    return float(np.exp(y) / intensity)


def _runge_kutta(system: FourLevelLaser, W: float, t_s: float, steps: int) -> list[float]:
    y, dt = [0.0, 0.0, 0.0], t_s / steps

    def ahead(slope: list[float], by: float) -> list[float]:
        return [value + by * rate for value, rate in zip(y, slope, strict=True)]

    for _ in range(steps):
        a = rate_equations(system, W, y)
        b = rate_equations(system, W, ahead(a, dt / 2))
        c = rate_equations(system, W, ahead(b, dt / 2))
        d = rate_equations(system, W, ahead(c, dt))
        y = [v + dt / 6 * (p + 2 * q + 2 * r + s) for v, p, q, r, s in zip(y, a, b, c, d, strict=True)]
    return y
