"""Rows on counting and ensembles: coldness, two levels, exact entropy, slopes, canonical and unbounded spectra."""

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import N_A, R, atm, atomic_mass, k, physical_constants

from physics import canonical, coldness, entropy, microcanonical, two_level, unbounded
from physics._checks import FloatArray
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.exchange import OUTSIDE, exchange
from physics.spins import PROTON, splitting_J
from physics.verification.row import Checks, Row


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_coldness(), *_two_level(), *_entropy(), *_microcanonical(), *_canonical(), *_unbounded(), *_exchange()]


def _coldness() -> list[Row]:
    check = Checks("coldness")
    T = np.array([0.0, 1e-12, 300.0, 1e30, math.inf, -1e30, -300.0, -1e-12, -0.0])
    check.holds("from +0 K to -0 K beta falls", "Ramsey 1956", np.diff(beta_from_temperature(T)) < 0)
    check.holds("from +0 K to -0 K each T is hotter than the last", "Ramsey 1956", coldness.is_hotter(T[1:], T[:-1]))
    named = [coldness.Coldness.at(T_K=each) for each in T]
    usual = [i for i, each in enumerate(T) if each and math.isfinite(each)]
    given = [float(np.asarray(named[i])) for i in usual]
    check.agree("a state named by T, given as beta", "1/(k T)", 1 / (k * T[usual]), given, 1e-12)
    ends = [float(np.asarray(named[i])) for i in (0, 4, -1)]
    check.holds("states named +0 K, +inf K and -0 K", "+inf, 0, -inf", np.array(ends) == [math.inf, 0.0, -math.inf])
    check.holds("a state keeps the T that named it", "definition", [T[i] == named[i].T_K for i in usual])
    same = [coldness.is_hotter(math.inf, -math.inf), coldness.is_hotter(-math.inf, math.inf)]
    check.holds("+inf K and -inf K are one state", "beta = 0", np.logical_not(same))
    return check.rows


def _two_level() -> list[Row]:
    check, gap = Checks("two levels"), 2.8e-26  # J, of the web page
    room, below_room, at_mK = (beta_from_temperature(T) for T in (300.0, -300.0, 1e-3))

    def T_mK(ratio: float, gap_J: ArrayLike = gap) -> float:
        return float(1e3 * temperature_from_beta(two_level.beta_from_ratio(ratio, gap_J)))

    low = two_level.populations(at_mK, gap)[0]
    at_1_percent = 1e3 * temperature_from_beta(two_level.beta_from_upper_fraction(0.01, gap))
    check.rounded("fraction in the lower level, 2.8e-26 J at 1 mK", "arithmetic", "0.8837", low)
    check.rounded("T in mK with 99 % in the lower level, 2.8e-26 J", "arithmetic", "0.441", at_1_percent)
    check.rounded("T in mK at 60/40, 2.8e-26 J", "worked example", "-5.002", T_mK(1.5))
    proton_mK = T_mK(1.5, splitting_J(PROTON, 1.0))
    check.rounded("T in mK at 60/40, protons in 1 T", "CODATA proton moment", "-5.040", proton_mK)
    at_half = gap / (k * 1e-3 * math.log(2))
    check.number("T in mK at N_high/N_low = 1/2, 2.8e-26 J", "-dE/(k ln r)", at_half, T_mK(0.5), 1e-14)
    check.holds("at ratio 50 T is nearer to -0 K than at 1.5", "-dE/(k ln r)", T_mK(1.5) < T_mK(50.0) < 0)
    ratio = two_level.ratio_from_beta(room, gap)
    check.rounded("population ratio at 300 K, 2.8e-26 J", "web page's code sample", "0.999993", ratio)
    cold = two_level.log_ratio_from_beta(beta_from_temperature(4.0), 2.9e-19)
    check.number("ln of the population ratio of an optical gap at 4 K", "-dE/(k T)", -2.9e-19 / (k * 4.0), cold, 1e-12)
    check.number("ratio 1 gives beta = 0", "definition", 0.0, two_level.beta_from_ratio(1.0, gap), 0.0)
    check.holds("+300 K is colder than -300 K", "Ramsey 1956", room > below_room)

    x = np.array([-600.0, -30.0, -2.5, -1e-9, 1e-9, 0.3, 1.0, 2.5, 30.0, 600.0])
    p = np.array([1 / (1 + math.exp(v)) for v in x])
    S = two_level.entropy_J_per_K(x, 1.0) / k
    gibbs = [-(q * math.log(q) + (1 - q) * math.log1p(-q)) for q in (1 / (1 + math.exp(abs(v))) for v in x)]
    check.agree("upper fraction against 1/(1 + e^x)", "Boltzmann", p, two_level.upper_fraction(x, 1.0), 1e-12)
    check.agree("entropy against -k sum p ln p", "Gibbs", gibbs, S, 1e-12)
    check.vanishes("S(-T) - S(T), over k", "symmetry", S - two_level.entropy_J_per_K(-x, 1.0) / k, 0.0)
    free = two_level.energy_J(x, 1.0, -0.5) - S / x
    check.agree("F against U - TS", "thermodynamics", free, two_level.free_energy_J(x, 1.0, -0.5), 1e-12)

    peak_x = _bisect(lambda v: v * math.tanh(v / 2) - 2.0, 2.0, 3.0)
    peak = (peak_x / 2 / math.cosh(peak_x / 2)) ** 2
    around = two_level.heat_capacity_J_per_K(np.linspace(2.3, 2.5, 2001), 1.0) / k
    at_peak = two_level.heat_capacity_J_per_K(peak_x, 1.0) / k
    check.number("largest heat capacity over k", "x tanh(x/2) = 2", peak, at_peak, 1e-12)
    check.rounded("largest heat capacity over k", "Schottky 1922", "0.4392", around.max())

    optical, micro = 3.2e-19, beta_from_temperature([1e-6, -1e-6])
    still = [two_level.entropy_J_per_K(micro, optical), two_level.heat_capacity_J_per_K(micro, optical)]
    check.number("entropy of an optical gap (2 eV) at 1 microkelvin", "limit", 0.0, still[0][0], 0.0)
    check.vanishes("entropy and heat capacity of an optical gap at +-1 microkelvin", "limit", still, 0.0)
    filled = [two_level.upper_fraction(micro, optical), two_level.free_energy_J(micro, optical) / optical]
    check.agree("upper fraction and F/dE of an optical gap at +-1 microkelvin", "limit", [0.0, 1.0], filled, 0.0)
    return check.rows


def _entropy() -> list[Row]:
    check = Checks("exact entropy")
    cases = [(N, n) for N in (1, 2, 7, 60, 1000) for n in range(N + 1)]
    exact = [math.log(math.comb(N, n)) for N, n in cases]
    log_C = entropy.log_multiplicity(*np.array(cases, dtype=float).T)
    check.agree("ln C(N, n) against integers, N to 1000", "combinatorics", exact, log_C, 1e-13)
    big, few = 10**12, np.array([1, 2, 5, 40])
    exact = [math.log(math.comb(big, int(n))) for n in few]
    from_below, from_above = (entropy.log_multiplicity(1e12, n) for n in (few, big - few))
    check.agree("ln C(1e12, n) against integers, n = 1, 2, 5, 40", "combinatorics", exact, from_below, 1e-13)
    check.agree("ln C(1e12, N-n) against integers", "combinatorics", exact, from_above, 1e-13)
    dome = entropy.boltzmann_entropy_J_per_K(1000, np.arange(1001))
    check.vanishes("S(n) - S(N-n), N = 1000", "symmetry", dome - dome[::-1], 0.0)
    middle = entropy.multiplicity(100, 50)
    check.number("arrangements, N = 100, n = 50", "Pascal's triangle", _pascal(100)[50], middle, 0.0)
    excess = entropy.stirling_entropy_J_per_K(1e6, 5e5) - entropy.boltzmann_entropy_J_per_K(1e6, 5e5)
    series = 0.5 * math.log(math.pi * 1e6 / 2) + 1 / 4e6
    check.number("Stirling's excess at N = 1e6, n = N/2, over k", "(1/2) ln(pi N/2) + 1/(4N)", series, excess / k, 1e-9)
    return check.rows


def _microcanonical() -> list[Row]:
    check, N = Checks("slope of the entropy"), 30
    C = [math.comb(N, n) for n in range(N + 1)]
    up_to = list(itertools.accumulate(C))
    n = np.arange(1, N)
    forward = [math.log(Fraction(C[m + 1], C[m])) for m in n]
    centred = [math.log(Fraction(C[m + 1], C[m - 1])) / 2 for m in n]
    volume = [math.log1p(Fraction(C[m + 1], up_to[m])) for m in range(N)]
    routes = (
        ("forward difference", forward, microcanonical.beta_forward(N, n, 1.0)),
        ("centred difference", centred, microcanonical.beta_centred(N, n, 1.0)),
        ("volume counting", volume, microcanonical.beta_volume_forward(N, 1.0)),
    )
    for name, exact, beta in routes:
        check.agree(f"{name} against integers, N = 30", "combinatorics", exact, beta, 1e-12)
    h = 1e-5
    tangent = (entropy.log_multiplicity(N, n + h) - entropy.log_multiplicity(N, n - h)) / (2 * h)
    slope = microcanonical.beta_exact(N, n, 1.0)
    check.vanishes("exact slope minus numerical derivative of the dome", "calculus", slope - tangent, 1e-9)
    beta = microcanonical.beta_centred(N, n, 1.0)
    check.vanishes("beta(n) + beta(N-n), centred", "symmetry", beta + beta[::-1], 0.0)
    middle = microcanonical.beta_forward(101, 50, 1.0)
    check.number("forward beta at the middle of N = 101", "equal neighbours", 0.0, middle, 0.0)
    near, N_large = [1, 2, 50], 10**12
    harmonic = [math.fsum(1 / (N_large // 2 - m + j) for j in range(1, 2 * m + 1)) for m in near]
    tangent = microcanonical.beta_exact(N_large, [N_large // 2 - m for m in near], 1.0)
    check.agree("exact slope 1, 2, 50 flips below N/2, N = 1e12", "sum of 1/(n+j)", harmonic, tangent, 1e-12)
    top = microcanonical.log_beta_volume_forward(5000, 1.0)[-1]
    check.number("ln of the volume slope at the top, N = 5000", "-N ln 2", -5000 * math.log(2), top, 1e-12)
    positive = microcanonical.beta_volume_forward(200, 1.0) > 0
    check.holds("volume entropy: T > 0 at every energy", "Dunkel & Hilbert 2014", positive)

    agreed = "ensembles agree as N grows"
    mean = two_level.beta_from_upper_fraction(0.4, 1.0)
    slope = microcanonical.beta_exact(1e9, 4e8, 1.0)
    check.number("slope at N = 1e9, 40 % up, against the canonical beta", agreed, mean, slope, 2e-9)
    for route in (microcanonical.beta_forward, microcanonical.beta_centred, microcanonical.beta_exact):
        small, large = (N * abs(route(N, 0.4 * N, 1.0) - mean) for N in (1e3, 1e5))
        check.number(f"{route.__name__}: N times its error at N = 1e5 against 1e3, 40 % up", agreed, small, large, 0.01)
    uneven = microcanonical.beta_from_levels([0.0, 1.0, 3.0], [0.0, 1.0, 1.5])
    check.agree("centred difference of a table with uneven steps", "1.5/3", 0.5, uneven, 0.0)
    return check.rows


def _canonical() -> list[Row]:
    check = Checks("canonical ensemble")
    E, g = np.array([0.0, 0.4, 1.0, 2.5]), np.array([1.0, 3.0, 2.0, 1.0])
    betas = np.array([-8.0, -0.7, 0.0, 0.7, 8.0])
    summed, gibbs, variance = np.transpose([_enumerate(E, g, beta, copies=3) for beta in betas])
    U, mirrored = canonical.energy_J(betas, E, g), canonical.energy_J(-betas, 2.5 - E, g)
    S, shifted = (canonical.entropy_J_per_K(betas, levels, g) / k for levels in (E, E + 1e6))
    C = canonical.heat_capacity_J_per_K(betas, E, g) / k
    check.agree("energy of 3 copies against a sum over all their states", "enumeration", summed / 3, U, 1e-12)
    check.agree("entropy of 3 copies against -k sum p ln p", "enumeration", gibbs / 3, S, 1e-12)
    check.vanishes("mirror: U(beta; E) + U(-beta; Emax - E) - Emax", "symmetry", U + mirrored - 2.5, 1e-14)
    check.vanishes("shift of all levels by 1e6: change of entropy over k", "invariance", shifted - S, 2e-9)
    S, shifted = (canonical.entropy_J_per_K(betas, levels) for levels in ([0.0, 1.0, 2.0], 2.0**40 + np.arange(3.0)))
    unrounded = "shift of all levels by 2^40, which rounds nothing: change of entropy"
    check.vanishes(unrounded, "invariance", shifted - S, 0.0)
    ends = canonical.entropy_J_per_K([np.inf, -np.inf], [0.0, 1.0], [1.0, 5.0]) / k
    check.agree("entropy at beta = +-inf is k ln g of the end level", "limit", np.log([1.0, 5.0]), ends, 1e-15)
    spread = betas**2 * variance / 3
    check.agree("heat capacity of 3 copies against the spread of their energies", "enumeration", spread, C, 1e-12)
    C = canonical.heat_capacity_J_per_K(np.linspace(-20, 20, 401), E, g)
    check.holds("heat capacity is never negative, at either sign of T", "fluctuations", C >= 0)

    cold = math.exp(-45.0) * 46.0
    check.number(
        "entropy at beta dE = 45, over k", "(1 + x) e^-x", cold, canonical.entropy_J_per_K(45.0, [0, 1]) / k, 1e-12
    )
    ground = canonical.free_energy_J(0.0, [0.0, 1.0], [0.5, 0.5])
    check.number("F at beta = 0 of levels with g = 1 in all", "U, as S = 0", 0.5, ground, 1e-15)

    optical, micro = [0.0, 3.2e-19, 5.0e-19], beta_from_temperature([1e-7, -1e-7])
    filled = canonical.probabilities(micro, optical)
    still = [canonical.entropy_J_per_K(micro, optical), canonical.heat_capacity_J_per_K(micro, optical)]
    check.holds("optical levels at +-0.1 microkelvin: one is full", "limit", filled == [[1, 0, 0], [0, 0, 1]])
    check.vanishes("optical levels at +-0.1 microkelvin: entropy and heat capacity", "limit", still, 0.0)
    return check.rows


def _unbounded() -> list[Row]:
    check, diverges = Checks("unbounded spectra"), "the sum over states diverges"
    below_zero = beta_from_temperature(-300.0)
    check.refuses("an oscillator at beta = 0", diverges, lambda: unbounded.oscillator_energy_J(0.0, 1.0))
    check.refuses("a gas at -300 K", diverges, lambda: unbounded.gas_energy_J(below_zero))
    x = 0.7
    weights = [math.exp(-x * (m + 0.5)) for m in range(200)]
    summed = sum((m + 0.5) * w for m, w in enumerate(weights)) / sum(weights)
    cold = unbounded.oscillator_entropy_J_per_K(45.0, 1.0) / k
    check.number("oscillator entropy at beta hw = 45, over k", "(1 + x) e^-x", 46.0 * math.exp(-45.0), cold, 1e-12)
    U = unbounded.oscillator_energy_J(x, 1.0)
    check.number("oscillator energy against a sum over 200 levels", "enumeration", summed, U, 1e-12)

    def molar_entropy(T_K: float, pressure_Pa: float, mass_u: float) -> FloatArray:
        kT = k * T_K
        return unbounded.gas_entropy_J_per_K(1 / kT, N_A, N_A * kT / pressure_Pa, mass_u * atomic_mass)

    constant = physical_constants["Sackur-Tetrode constant (1 K, 101.325 kPa)"][0]
    sackur = molar_entropy(300.0, atm, 1.0) / R - 2.5 * math.log(300.0)
    argon = molar_entropy(298.15, 1e5, 39.948)
    check.number("Sackur-Tetrode constant at 1 K, 101.325 kPa", "CODATA", constant, sackur, 1e-8)
    check.rounded("entropy of argon at 298.15 K, 1 bar in J/(K mol)", "CODATA key value 154.846(3)", "154.85", argon)
    M, q = 30, 12
    ways = [math.comb(m + M - 1, m) for m in (q - 1, q, q + 1)]
    off = unbounded.einstein_solid_beta_per_J(M, [q - 0.5, q + 0.5], 1.0) - np.diff(np.log(ways))
    check.vanishes("Einstein solid: mid-step slope minus ln of the ratio of arrangements", "combinatorics", off, 2e-3)
    shared = [(M, q) for M in (1, 2, 5, 30) for q in (0, 1, 4, 200)]
    Ms, qs = np.transpose(shared)
    counted = [math.comb(q + M - 1, q) for M, q in shared]
    after = [math.comb(q + M, q + 1) for M, q in shared]
    logs, steps = (
        [math.log(ways) for ways in counted],
        [math.log(Fraction(b, a)) for a, b in zip(counted, after, strict=True)],
    )
    ways_found = unbounded.einstein_solid_log_multiplicity(Ms, qs)
    check.agree("Einstein solid: ln of arrangements, M = 1 to 30", "integers", logs, ways_found, 1e-12)
    forward = unbounded.einstein_solid_beta_forward(Ms, qs, 1.0)
    check.agree("Einstein solid: forward difference, M = 1 to 30", "integers", steps, forward, 1e-12)
    kelvin = temperature_from_beta(unbounded.gas_beta_per_J(1.5 * R * 300.0, N_A))
    check.number("T in K of a mole of gas with 3/2 R 300 K of energy", "equipartition", 300.0, kelvin, 1e-12)
    beta = unbounded.einstein_solid_beta_per_J(30, np.logspace(-3, 9, 100), 1.0)
    check.holds("Einstein solid: beta > 0 at every energy", "no upper bound", beta > 0)
    return check.rows


def _bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return low


def _pascal(N: int) -> list[int]:
    row = [1]
    for _ in range(N):
        row = [a + b for a, b in zip([0, *row], [*row, 0], strict=True)]
    return row


def _enumerate(E: FloatArray, g: FloatArray, beta: float, copies: int) -> tuple[float, float, float]:
    """Give energy, Gibbs entropy over k and energy variance of copies, from the probability of each state."""
    single = np.repeat(E, g.astype(int)).tolist()
    totals = [math.fsum(state) for state in itertools.product(single, repeat=copies)]
    weights = [math.exp(-beta * total) for total in totals]
    Z = math.fsum(weights)
    energy = math.fsum(w * total for w, total in zip(weights, totals, strict=True)) / Z
    entropy_over_k = -math.fsum(w / Z * math.log(w / Z) for w in weights)
    variance = math.fsum(w * (total - energy) ** 2 for w, total in zip(weights, totals, strict=True)) / Z
    return energy, entropy_over_k, variance


def _exchange() -> list[Row]:
    check, N, up, steps = Checks("exchange of quanta"), 6, 2, 40_000
    quanta = exchange(np.full(steps, up), N, 1.0, seed=1)
    upper = quanta.upper(steps)
    check.holds("as many on the upper level at every step", "conservation of energy", upper.sum(axis=1) == up)
    seen = {arrangement: 0 for arrangement in itertools.combinations(range(N), up)}
    for state in upper[::5]:
        seen[tuple(np.flatnonzero(state).tolist())] += 1
    share = np.array([*seen.values()]) * len(seen) / len(upper[::5])
    check.vanishes("every arrangement as often as any other", "microcanonical ensemble", share - 1, 0.15)
    turns = np.diff(upper.astype(int), axis=0)
    rate_up, rate_down = (turns > 0).sum() / (~upper[:-1]).sum(), (turns < 0).sum() / upper[:-1].sum()
    factor = math.exp(-math.log((N - up) / up))
    check.number("rate up over rate down", "detailed balance: exp(-x)", factor, rate_up / rate_down, 1e-12)
    heated = exchange([*range(up, N + 1)], N, 0.0, seed=2)
    check.holds("quanta from outside lift one particle each", "conservation of energy", heated.giver == OUTSIDE)
    check.number("all lifted", "conservation of energy", N, heated.upper(N - up + 1)[-1].sum(), 0.0)
    check.refuses("more on the upper level than there are", "0 <= n <= N", lambda: exchange([N + 1], N, 0.0, seed=1))
    rush = [0, N, 0]
    check.refuses("no particle at rest to choose from", "limit", lambda: exchange(rush, N, 0.0, seed=1, rest_steps=5))
    return check.rows
