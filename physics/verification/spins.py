"""Rows on spins and heat: Zeeman levels, field changes, relaxation, thermal contact, LiF."""

import math
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h, k, physical_constants

from physics import calorimetry, contact, relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.spins import FLUORINE_19, LITHIUM_7, PROTON, RHODIUM_103, SpinBody
from physics.two_level import TwoLevelBody
from physics.unbounded import GasBody, OscillatorsBody
from physics.verification.row import Checks, Row

_ROOM = float(beta_from_temperature(300.0))
_FIELD_T = 0.63  # of Purcell and Pound


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_zeeman(), *_field_change(), *_relaxation(), *_contact(), *_lithium_fluoride()]


def _zeeman() -> list[Row]:
    check = Checks("Zeeman levels")
    y = np.array([-20.0, -1.0, -1e-6, 1e-6, 0.5, 3.0, 20.0])
    large = y[np.abs(y) > 0.1]
    summed, coth = [_mean_projection(1.5, v) for v in y], [_brillouin_by_coth(1.5, v) for v in large]
    B, B_large = spins.brillouin(1.5, y), spins.brillouin(1.5, large)
    check.agree("<m>/I for I = 3/2 against a sum over levels", "enumeration", summed, B, 1e-10)
    check.agree("<m>/I for I = 3/2 against two coths", "Brillouin 1927", coth, B_large, 1e-12)

    proton, lithium, fluorine = (spins.splitting_J(n, 1.0) / h / 1e6 for n in (PROTON, LITHIUM_7, FLUORINE_19))
    gyromagnetic = physical_constants["proton gyromag. ratio in MHz/T"][0]
    shifted = "NMR tables, 40.06 (chemical shift: 1e-3)"
    check.number("proton frequency in MHz at 1 T", "CODATA gyromagnetic ratio", gyromagnetic, proton, 1e-8)
    check.rounded("7Li frequency in MHz at 1 T", "NMR tables, 16.55", "16.55", lithium)
    check.number("19F frequency in MHz at 1 T", shifted, 40.06, fluorine, 1e-3)
    for nucleus, ppm in ((FLUORINE_19, "2.0"), (LITHIUM_7, "1.4")):
        P = 1e6 * spins.polarisation(_ROOM, nucleus, _FIELD_T)
        check.rounded(f"polarisation of {nucleus.name} at 300 K, 0.63 T, in ppm", "Curie's law", ppm, P)

    signs, picokelvin = "E = -(m/I) mu B", beta_from_temperature([1e-12, -1e-12])
    cold = spins.populations(picokelvin[0], RHODIUM_103, 1e-4)
    check.holds("negative moment (103Rh): the lower level is m = -1/2", signs, cold[0] > cold[1])
    check.holds("positive moment (1H): the lower level is m = +1/2", signs, np.diff(spins.levels_J(PROTON, 1.0)) < 0)
    P = spins.polarisation(picokelvin[0], PROTON, 0.0)
    check.vanishes("no field, no polarisation, at +1e-12 K", "limit", P, 0.0)
    unsplit = spins.populations([math.inf, 1e40, -math.inf], PROTON, 0.0)
    check.holds("no field, equal populations, at beta = +-inf too", "limit", unsplit == 0.5)
    P = spins.polarisation(picokelvin, PROTON, 1.0)
    S = SpinBody(1.0, PROTON, 1.0).entropy_J_per_K(picokelvin)
    check.agree("polarisation of protons in 1 T at +-1e-12 K", "limit", [1.0, -1.0], P, 0.0)
    check.vanishes("entropy of protons in 1 T at +-1e-12 K", "limit", S, 0.0)
    return check.rows


def _field_change() -> list[Row]:
    check, start = Checks("field change"), _ROOM * 1e4

    def entropy(beta: ArrayLike, B_T: float) -> float:
        return float(SpinBody(1.0, LITHIUM_7, B_T).entropy_J_per_K(beta))

    fields = np.array([-3.0, -1.0, -0.01, 0.2, 5.0])
    changes = (spins.sudden_field_change, spins.slow_field_change)
    after = [[entropy(change(start, 1.0, B), B) for B in fields] for change in changes]
    check.agree("entropy after a sudden or slow change", "unchanged", entropy(start, 1.0), after, 1e-12)
    jumped, followed = (temperature_from_beta(change(_ROOM, _FIELD_T, -_FIELD_T)) for change in changes)
    swapped = 1e3 * temperature_from_beta(spins.invert(beta_from_temperature(5e-3)))
    check.number("T in K after a sudden reversal from 300 K", "T' = T B'/B", -300.0, jumped, 1e-14)
    check.number("T in K after a slow reversal from 300 K", "T' = T abs(B'/B)", 300.0, followed, 1e-14)
    opposite = "sign of the populations' difference"
    check.number("T in mK after a swap of protons at +5 mK", opposite, -5.0, swapped, 1e-14)
    no_splitting = "no splitting, no spin temperature"
    check.refuses("ending at zero field", no_splitting, lambda: spins.sudden_field_change(_ROOM, 1.0, 0.0))
    return check.rows


def _relaxation() -> list[Row]:
    check, T1_s = Checks("relaxation"), 300.0
    gap = float(spins.splitting_J(FLUORINE_19, _FIELD_T))

    def crossing_s(start_K: float) -> float:
        P0, Pe = (math.tanh(gap / (2 * k * T)) for T in (start_K, 300.0))
        return float(relaxation.crossing_time_s(P0, Pe, T1_s))

    t0 = crossing_s(-300.0)
    check.rounded("equal populations after T1 ln 2, in s, from -300 K", "T1 = 300 s", "208", t0)
    check.number("T1 ln 2, which is not T1, in s", "P0 = -Pe", T1_s * math.log(2), t0, 1e-12)
    check.rounded("equal populations, in s, from -350 K", "T1 = 300 s", "186", crossing_s(-350.0))
    P0, Pe, times = -0.3, 0.2, np.array([10.0, 100.0, 500.0])
    stepped = [_step_relaxation(P0, Pe, T1_s, t, 20_000) for t in times]
    P = relaxation.polarisation(times, P0, Pe, T1_s)
    check.agree("polarisation against 20 000 midpoint steps", "numerical integration", stepped, P, 1e-8)
    near = relaxation.beta_per_J(t0 + np.array([-1e-6, 1e-6]), -_ROOM, _ROOM, T1_s, gap)
    check.vanishes("beta within a microsecond of the crossing, over the lattice's", "continuity", near / _ROOM, 1e-7)
    x0, xe, t = 40.0, -3.0, np.array([0.0, 0.5, 3.0])
    (h0, l0), (he, le) = ((1 / (1 + math.exp(x)), 1 / (1 + math.exp(-x))) for x in (x0, xe))
    slow, done = np.exp(-t), -np.expm1(-t)
    by_levels = np.log((l0 * slow + le * done) / (h0 * slow + he * done))
    relaxed = relaxation.beta_per_J(t, x0, xe, 1.0, 1.0)
    check.agree("beta from 40/dE to -3/dE against both populations", "rate equations", by_levels, relaxed, 1e-12)
    check.holds("T jumps from -inf to +inf there", "T = 1/(k beta)", [near[0] < 0, near[1] > 0])
    beta = relaxation.beta_per_J([0.0, 100.0], -math.inf, 1.0, 100.0, 1.0)
    check.holds("from beta = -inf it is finite at once", "P0 = -1", [beta[0] == -math.inf, -3 < beta[1] < 0])
    return check.rows


def _contact() -> list[Row]:
    check = Checks("thermal contact")
    a, b = TwoLevelBody(100.0, 1.0), TwoLevelBody(300.0, 1.0)
    n_a, n_b = 100 / (1 + math.exp(-2.0)), 300 / (1 + math.exp(1.0))
    p = (n_a + n_b) / 400
    pair, mirror = contact.equilibrium(a, b, -2.0, 1.0), contact.equilibrium(a, a, -2.0, 2.0)
    pooled = math.log((1 - p) / p)
    check.number("common beta of equal gaps against pooled populations", "ln((1-p)/p)", pooled, pair.beta_per_J, 1e-12)
    check.number("mirror pair at beta = -2 and +2 ends at", "symmetry", 0.0, mirror.beta_per_J, 1e-15)
    same = contact.equilibrium(TwoLevelBody(5.0, 1.0), SpinBody(7.0, LITHIUM_7, 1.0), -2.0, -2.0)
    nothing = [same.beta_per_J + 2.0, same.heat_a_J, same.entropy_gain_J_per_K]
    check.vanishes("what unlike bodies of equal beta exchange", "zeroth law", nothing, 0.0)

    t = np.linspace(0.0, 8.0, 401)
    run = contact.relax(a, b, -2.0, 1.0, 1.0, t)
    gained, total = run.energy_a_J - run.energy_a_J[0], run.energy_total_J
    stepped = _trade_quanta(100.0, 300.0, n_a, n_b, 1.0, 10_000)
    traded = "heat after one relaxation time against 10 000 steps of traded quanta"
    check.number(traded, "master equation", stepped, np.interp(1.0, t, gained), 1e-7)
    parts = [(100.0, n_a + stepped), (300.0, n_b - stepped)]
    mixing = math.fsum(-N * (p * math.log(p) + (1 - p) * math.log(1 - p)) for N, p in ((N, n / N) for N, n in parts))
    after = float(np.interp(1.0, t, run.entropy_total_J_per_K)) / k
    both = "entropy of both together after one relaxation time, over k, against the mixing of the traded quanta"
    check.number(both, "-sum N [p ln p + (1-p) ln(1-p)]", mixing, after, 1e-7)
    quanta = "energy of both together at all times, in quanta, against those counted before"
    check.agree(quanta, "quanta are traded, not made", n_a + n_b, total, 1e-14)
    slow = contact.relax(a, b, -2.0, 1.0, 5.0, [0.0, 5.0])
    part = (slow.energy_a_J[1] - slow.energy_a_J[0]) / slow.final.heat_a_J
    check.number("heat after a relaxation time of 5 s over the whole", "1 - 1/e", -math.expm1(-1), part, 1e-14)
    check.vanishes("energy gained or lost by both together, per quantum", "conservation", total - total[0], 1e-12)
    S = run.entropy_total_J_per_K
    check.holds("total entropy rises at every step", "second law", np.diff(S) > 0)
    integral = np.trapezoid(run.beta_a_per_J - run.beta_b_per_J, run.energy_a_J)
    balance = "dS = k (beta_a - beta_b) dE"
    check.number("entropy gain against the heat integral", balance, integral, (S[-1] - S[0]) / k, 1e-4)

    protons, warm = SpinBody(1e23, PROTON, 1.0), [float(beta_from_temperature(T)) for T in (300.0, 300.01)]
    nearly = contact.equilibrium(protons, protons, *warm).entropy_gain_J_per_K / k
    curie = 1e23 * (PROTON.mu_J_per_T * (warm[0] - warm[1])) ** 2 / 4
    check.number("entropy gained by protons at 300 and 300.01 K, over k", "N (mu B dbeta)^2/4", curie, nearly, 1e-9)
    exact = 1e23 * _gain_by_decimals(2 * PROTON.mu_J_per_T, *warm)
    check.number("that gain against sixty decimals", "2 S(mean) - S(a) - S(b)", exact, nearly, 1e-12)

    mixed = contact.equilibrium(SpinBody(1e3, LITHIUM_7, 1.0), OscillatorsBody(1e3, 1e-26), -1e26, 1e26)
    check.holds("heat leaves the body at T < 0", "Ramsey 1956", [pair.heat_a_J < 0, mixed.heat_a_J < 0])
    check.holds("with an unbounded partner T ends positive", "no upper bound", mixed.beta_per_J > 0)
    gas = GasBody(1e22, 1e-3, 6.6e-27)
    warmed = contact.equilibrium(SpinBody(1e20, PROTON, 1.0), gas, -1 / (k * 1e-3), _ROOM)
    check.holds("protons at -1 mK heat a litre of gas at 300 K", "hotter is not more energy", warmed.heat_a_J < 0)
    barely = "1e20 protons at -1 mK leave a litre of gas at 300 K: beta in 1/J"
    check.number(barely, "hotter is not more energy", _ROOM, warmed.beta_per_J, 1e-6)

    small = contact.equilibrium(TwoLevelBody(1.0, 1.0), TwoLevelBody(1e12, 1.0), -3.0, 1.0)
    before, p = 1 / (1 + math.exp(-3.0)), 1 / (1 + math.exp(1.0))
    shift = small.beta_per_J - 1.0
    check.vanishes("N ratio 1e12: shift of the large body's beta", "1/N", shift, 1e-11)
    linear = (p - before) / (1e12 * p * (1 - p))
    check.number("N ratio 1e12: that shift against linear response", "dE/(N p (1-p))", linear, shift, 1e-3)
    check.number("N ratio 1e12: heat of the small body", "p after - p before", p - before, small.heat_a_J, 1e-10)
    return check.rows


def _lithium_fluoride() -> list[Row]:
    check, species = Checks("LiF calorimetry"), (LITHIUM_7, FLUORINE_19)
    w_Li, w_F = (float(calorimetry.curie_weight_J2_per_T2(nucleus)) for nucleus in species)
    slope = LITHIUM_7.mu_J_per_T**2 * spins.brillouin(1.5, 1e-4) / 1e-4
    check.number("Curie weight of 7Li against the slope of the magnetisation", "mu^2 dB_I/dy", slope, w_Li, 1e-8)
    check.rounded("weight of 19F over 7Li", "N mu^2 (I+1)/(3I)", "1.173", w_F / w_Li)
    mean = calorimetry.mixed_beta_per_J([w_Li, w_F], [-_ROOM, _ROOM])
    exact = calorimetry.mix_lithium_fluoride(-_ROOM, _ROOM, _FIELD_T)
    mixing = "mixing -300 K (Li) with +300 K (F) exactly against Curie weights"
    check.number(mixing, "Abragam & Proctor 1958", mean, exact.beta_per_J, 1e-9)
    inverted = "inverted Li heats F: F has the larger weight, so T ends positive"
    check.holds(inverted, "weighted mean of beta", [exact.heat_a_J < 0, exact.beta_per_J > 0])
    check.holds("total entropy rises", "second law", exact.entropy_gain_J_per_K >= 0)
    beta_Li = -_ROOM * w_F / w_Li
    mean = calorimetry.mixed_beta_per_J([w_Li, w_F], [beta_Li, _ROOM]) / _ROOM
    check.vanishes("Li inverted in proportion to the Curie weights ends at beta", "weighted mean of beta", mean, 1e-15)
    exact_mean = calorimetry.mix_lithium_fluoride(beta_Li, _ROOM, _FIELD_T).beta_per_J / _ROOM
    check.vanishes("Li inverted in proportion, mixed exactly, ends at beta", "thermal contact", exact_mean, 1e-6)
    return check.rows


def _gain_by_decimals(gap_J: float, beta_a: float, beta_b: float) -> float:
    """Entropy per spin, over k, that two equal sets of spins 1/2 gain in contact."""
    with localcontext() as context:
        context.prec = 60
        energies = [Decimal(gap_J) * Decimal(beta) for beta in (beta_a, beta_b)]
        up = [1 / (1 + x.exp()) for x in energies]
        S = [-p * p.ln() - (1 - p) * (1 - p).ln() for p in (*up, (up[0] + up[1]) / 2)]
        return float(2 * S[2] - S[0] - S[1])


def _mean_projection(spin: float, y: float) -> float:
    m = [(-spin + step) / spin for step in range(int(2 * spin) + 1)]
    weights = [math.exp(value * y) for value in m]
    return math.fsum(value * w for value, w in zip(m, weights, strict=True)) / math.fsum(weights)


def _brillouin_by_coth(spin: float, y: float) -> float:
    whole, part = (2 * spin + 1) / (2 * spin), 1 / (2 * spin)
    return whole / math.tanh(whole * y) - part / math.tanh(part * y)


def _step_relaxation(P: float, end: float, T1_s: float, t_s: float, steps: int) -> float:
    dt = t_s / steps
    for _ in range(steps):
        middle = P + 0.5 * dt * (end - P) / T1_s
        P += dt * (end - middle) / T1_s
    return P


def _trade_quanta(N_a: float, N_b: float, n_a: float, n_b: float, t: float, steps: int) -> float:
    """Give the energy gained by a when excited units of one body swap with unexcited ones of the other."""
    start, dt, rate = n_a, t / steps, 1 / (N_a + N_b)
    for _ in range(steps):
        half = n_a + 0.5 * dt * rate * ((N_a - n_a) * n_b - n_a * (N_b - n_b))
        other = n_a + n_b - half
        flow = dt * rate * ((N_a - half) * other - half * (N_b - other))
        n_a, n_b = n_a + flow, n_b - flow
    return n_a - start
