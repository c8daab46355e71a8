"""Rows on spins and heat: Zeeman levels, field changes, relaxation, thermal contact, LiF."""

import math

import numpy as np
from scipy.constants import h, k, physical_constants

from physics import calorimetry, contact, relaxation, spins
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.spins import FLUORINE_19, LITHIUM_7, PROTON, RHODIUM_103, SpinBody
from physics.two_level import TwoLevelBody
from physics.unbounded import OscillatorsBody
from physics.verification.row import Row, agree, holds, number, refuses, rounded, vanishes

_ROOM = float(beta_from_temperature(300.0))
_FIELD_T = 0.63  # of Purcell and Pound


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_zeeman(), *_field_change(), *_relaxation(), *_contact(), *_lithium_fluoride()]


def _zeeman() -> list[Row]:
    name = "Zeeman levels"
    y = np.array([-20.0, -1.0, -1e-6, 1e-6, 0.5, 3.0, 20.0])
    coth = np.array([_brillouin_by_coth(1.5, float(v)) for v in y])
    large = np.abs(y) > 0.1
    summed = [_mean_projection(1.5, float(v)) for v in y]
    larmor_MHz = {nucleus.name: spins.splitting_J(nucleus, 1.0) / h / 1e6 for nucleus in spins.NUCLEI.values()}
    polarised = {n.name: float(spins.polarisation(_ROOM, n, _FIELD_T)) for n in (FLUORINE_19, LITHIUM_7)}
    cold = spins.populations(1.0 / (k * 1e-12), RHODIUM_103, 1e-4)
    return [
        agree(
            name,
            "<m>/I for I = 3/2 against a sum over levels",
            "enumeration",
            summed,
            spins.brillouin(1.5, y),
            1e-10,
        ),
        agree(
            name,
            "<m>/I for I = 3/2 against two coths",
            "Brillouin 1927",
            coth[large],
            spins.brillouin(1.5, y[large]),
            1e-12,
        ),
        number(
            name,
            "proton frequency in MHz at 1 T",
            "CODATA gyromagnetic ratio",
            physical_constants["proton gyromag. ratio in MHz/T"][0],
            larmor_MHz["1H"],
            1e-8,
        ),
        rounded(name, "7Li frequency in MHz at 1 T", "NMR tables, 16.55", "16.55", larmor_MHz["7Li"]),
        number(
            name,
            "19F frequency in MHz at 1 T",
            "NMR tables, 40.06 (chemical shift: 1e-3)",
            40.06,
            larmor_MHz["19F"],
            1e-3,
        ),
        rounded(name, "polarisation of 19F at 300 K, 0.63 T, in ppm", "Curie's law", "2.0", 1e6 * polarised["19F"]),
        rounded(name, "polarisation of 7Li at 300 K, 0.63 T, in ppm", "Curie's law", "1.4", 1e6 * polarised["7Li"]),
        holds(name, "negative moment (103Rh): the lower level is m = -1/2", "E = -(m/I) mu B", cold[0] > cold[1]),
        vanishes(
            name,
            "no field, no polarisation, at +1e-12 K",
            "limit",
            spins.polarisation(beta_from_temperature(1e-12), PROTON, 0.0),
            0.0,
        ),
    ]


def _field_change() -> list[Row]:
    name = "field change"
    fields = np.array([-3.0, -1.0, -0.01, 0.2, 5.0])
    before = SpinBody(1.0, LITHIUM_7, 1.0).entropy_J_per_K(_ROOM * 1e4)
    jumped = spins.sudden_field_change(_ROOM * 1e4, 1.0, fields)
    followed = spins.slow_field_change(_ROOM * 1e4, 1.0, fields)
    after = [
        [SpinBody(1.0, LITHIUM_7, B).entropy_J_per_K(beta) for B, beta in zip(fields, betas, strict=True)]
        for betas in (jumped, followed)
    ]
    return [
        agree(name, "entropy after a sudden or slow change", "unchanged", before, after, 1e-12),
        number(
            name,
            "T in K after a sudden reversal from 300 K",
            "T' = T B'/B",
            -300.0,
            temperature_from_beta(spins.sudden_field_change(_ROOM, _FIELD_T, -_FIELD_T)),
            1e-14,
        ),
        number(
            name,
            "T in K after a slow reversal from 300 K",
            "T' = T abs(B'/B)",
            300.0,
            temperature_from_beta(spins.slow_field_change(_ROOM, _FIELD_T, -_FIELD_T)),
            1e-14,
        ),
        number(
            name,
            "T in mK after a swap of protons at +5 mK",
            "sign of the populations' difference",
            -5.0,
            1e3 * temperature_from_beta(spins.invert(beta_from_temperature(5e-3))),
            1e-14,
        ),
        refuses(
            name,
            "ending at zero field",
            "no splitting, no spin temperature",
            lambda: spins.sudden_field_change(_ROOM, 1.0, 0.0),
        ),
    ]


def _relaxation() -> list[Row]:
    name, T1_s = "relaxation", 300.0
    gap = float(spins.splitting_J(FLUORINE_19, _FIELD_T))
    crossing = {}
    for start_K in (-300.0, -350.0):
        P0, Pe = (math.tanh(gap / (2 * k * T)) for T in (start_K, 300.0))
        crossing[start_K] = float(relaxation.crossing_time_s(P0, Pe, T1_s))
    P0, Pe = -0.3, 0.2
    times = np.array([10.0, 100.0, 500.0])
    stepped = [_step_relaxation(P0, Pe, T1_s, t, 20_000) for t in times]
    t0 = crossing[-300.0]
    beta = relaxation.beta_per_J(t0 + np.array([-1e-6, 1e-6]), -_ROOM, _ROOM, T1_s, gap)
    return [
        rounded(name, "equal populations after T1 ln 2, in s, from -300 K", "T1 = 300 s", "208", crossing[-300.0]),
        rounded(name, "equal populations, in s, from -350 K", "T1 = 300 s", "186", crossing[-350.0]),
        agree(
            name,
            "polarisation against 20 000 midpoint steps",
            "numerical integration",
            stepped,
            relaxation.polarisation(times, P0, Pe, T1_s),
            1e-8,
        ),
        vanishes(
            name,
            "beta within a microsecond of the crossing, over the lattice's",
            "continuity",
            beta / _ROOM,
            1e-7,
        ),
        holds(name, "T jumps from -inf to +inf there", "T = 1/(k beta)", [beta[0] < 0, beta[1] > 0]),
    ]


def _contact() -> list[Row]:
    name = "thermal contact"
    a, b = TwoLevelBody(100.0, 1.0), TwoLevelBody(300.0, 1.0)
    pair = contact.equilibrium(a, b, -2.0, 1.0)
    fraction = (100 / (1 + math.exp(-2.0)) + 300 / (1 + math.exp(1.0))) / 400
    t = np.linspace(0.0, 8.0, 401)
    run = contact.relax(a, b, -2.0, 1.0, 1.0, t)
    stepped = _trade_quanta(100.0, 300.0, 100 / (1 + math.exp(-2.0)), 300 / (1 + math.exp(1.0)), 1.0, 10_000)
    hot, cold = SpinBody(1e3, LITHIUM_7, 1.0), OscillatorsBody(1e3, 1e-26)
    mixed = contact.equilibrium(hot, cold, -1e26, 1e26)
    small = contact.equilibrium(TwoLevelBody(1.0, 1.0), TwoLevelBody(1e12, 1.0), -3.0, 1.0)
    return [
        number(
            name,
            "common beta of equal gaps against pooled populations",
            "ln((1-p)/p)",
            math.log((1 - fraction) / fraction),
            pair.beta_per_J,
            1e-12,
        ),
        number(
            name,
            "mirror pair at beta = -2 and +2 ends at",
            "symmetry",
            0.0,
            contact.equilibrium(a, a, -2.0, 2.0).beta_per_J,
            1e-15,
        ),
        number(
            name,
            "heat after one relaxation time against 10 000 steps of traded quanta",
            "master equation",
            stepped,
            np.interp(1.0, t, run.energy_a_J) - run.energy_a_J[0],
            1e-7,
        ),
        vanishes(
            name,
            "energy gained or lost by both together, per quantum",
            "conservation",
            run.energy_a_J + run.energy_b_J - run.energy_a_J[0] - run.energy_b_J[0],
            1e-12,
        ),
        holds(name, "total entropy rises at every step", "second law", np.diff(run.entropy_total_J_per_K) > 0),
        number(
            name,
            "entropy gain against the heat integral",
            "dS = k (beta_a - beta_b) dE",
            np.trapezoid(run.beta_a_per_J - run.beta_b_per_J, run.energy_a_J),
            _gain(run),
            1e-4,
        ),
        holds(name, "heat leaves the body at T < 0", "Ramsey 1956", [pair.heat_a_J < 0, mixed.heat_a_J < 0]),
        holds(name, "with an unbounded partner T ends positive", "no upper bound", mixed.beta_per_J > 0),
        vanishes(name, "N ratio 1e12: shift of the large body's beta", "1/N", small.beta_per_J - 1.0, 1e-11),
    ]


def _lithium_fluoride() -> list[Row]:
    name = "LiF calorimetry"
    betas = np.array([-_ROOM, _ROOM])
    weights = [float(calorimetry.curie_weight_J2_per_T2(nucleus)) for nucleus in (LITHIUM_7, FLUORINE_19)]
    mixed = calorimetry.mixed_beta_per_J(weights, betas)
    exact = calorimetry.mix_lithium_fluoride(-_ROOM, _ROOM, _FIELD_T)
    slope = spins.brillouin(1.5, 1e-4) / 1e-4
    return [
        number(
            name,
            "Curie weight of 7Li against the slope of the magnetisation",
            "mu^2 dB_I/dy",
            LITHIUM_7.mu_J_per_T**2 * slope,
            weights[0],
            1e-8,
        ),
        rounded(name, "weight of 19F over 7Li", "N mu^2 (I+1)/(3I)", "1.173", weights[1] / weights[0]),
        number(
            name,
            "mixing -300 K (Li) with +300 K (F) exactly against Curie weights",
            "Abragam & Proctor 1958",
            mixed,
            exact.beta_per_J,
            1e-9,
        ),
        holds(
            name,
            "inverted Li heats F: F has the larger weight, so T ends positive",
            "weighted mean of beta",
            [exact.heat_a_J < 0, exact.beta_per_J > 0],
        ),
        holds(name, "total entropy rises", "second law", exact.entropy_gain_J_per_K >= 0),
    ]


def _gain(run: contact.Contact) -> float:
    return float(run.entropy_total_J_per_K[-1] - run.entropy_total_J_per_K[0]) / k


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
