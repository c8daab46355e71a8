"""Rows on counting and ensembles: two levels, exact entropy, slopes, canonical and unbounded spectra."""

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy.constants import N_A, R, atm, atomic_mass, k, physical_constants

from physics import canonical, entropy, microcanonical, two_level, unbounded
from physics._checks import FloatArray
from physics.coldness import beta_from_temperature, temperature_from_beta
from physics.spins import PROTON, splitting_J
from physics.verification.row import Row, agree, holds, number, refuses, rounded, vanishes

_WEB_DELTA_E_J = 2.8e-26
_X = np.array([-600.0, -30.0, -2.5, -1e-9, 1e-9, 0.3, 1.0, 2.5, 30.0, 600.0])


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_two_level(), *_entropy(), *_microcanonical(), *_canonical(), *_unbounded()]


def _two_level() -> list[Row]:
    name, dE = "two levels", _WEB_DELTA_E_J
    at_mK = beta_from_temperature(1e-3)
    peak_x = _bisect(lambda x: x * math.tanh(x / 2) - 2.0, 2.0, 3.0)
    p = np.array([1 / (1 + math.exp(x)) for x in _X])
    gibbs = [-(q * math.log(q) + (1 - q) * math.log1p(-q)) for q in (1 / (1 + math.exp(abs(x))) for x in _X)]
    swapped = temperature_from_beta(two_level.beta_from_ratio(1.5, splitting_J(PROTON, 1.0)))
    optical = beta_from_temperature(1e-6)
    return [
        rounded(
            name,
            "fraction in the lower level, 2.8e-26 J at 1 mK",
            "arithmetic",
            "0.8837",
            two_level.populations(at_mK, dE)[0],
        ),
        rounded(
            name,
            "T in mK with 99 % in the lower level, 2.8e-26 J",
            "arithmetic",
            "0.441",
            1e3 * temperature_from_beta(two_level.beta_from_upper_fraction(0.01, dE)),
        ),
        rounded(
            name,
            "T in mK at 60/40, 2.8e-26 J",
            "worked example",
            "-5.002",
            1e3 * temperature_from_beta(two_level.beta_from_ratio(1.5, dE)),
        ),
        rounded(name, "T in mK at 60/40, protons in 1 T", "CODATA proton moment", "-5.040", 1e3 * swapped),
        rounded(
            name,
            "population ratio at 300 K, 2.8e-26 J",
            "web page's code sample",
            "0.999993",
            two_level.ratio_from_beta(beta_from_temperature(300.0), dE),
        ),
        number(name, "ratio 1 gives beta = 0", "definition", 0.0, two_level.beta_from_ratio(1.0, dE), 0.0),
        holds(
            name,
            "+300 K is colder than -300 K",
            "Ramsey 1956",
            beta_from_temperature(300.0) > beta_from_temperature(-300.0),
        ),
        agree(
            name,
            "upper fraction against 1/(1 + e^x)",
            "Boltzmann",
            p,
            two_level.upper_fraction(_X, 1.0),
            1e-12,
        ),
        agree(
            name,
            "entropy against -k sum p ln p",
            "Gibbs",
            gibbs,
            two_level.entropy_J_per_K(_X, 1.0) / k,
            1e-12,
        ),
        vanishes(
            name,
            "S(-T) - S(T), over k",
            "symmetry",
            (two_level.entropy_J_per_K(_X, 1.0) - two_level.entropy_J_per_K(-_X, 1.0)) / k,
            0.0,
        ),
        number(
            name,
            "largest heat capacity over k",
            "x tanh(x/2) = 2",
            (peak_x / 2 / math.cosh(peak_x / 2)) ** 2,
            two_level.heat_capacity_J_per_K(peak_x, 1.0) / k,
            1e-12,
        ),
        rounded(
            name,
            "largest heat capacity over k",
            "Schottky 1922",
            "0.4392",
            two_level.heat_capacity_J_per_K(np.linspace(2.3, 2.5, 2001), 1.0).max() / k,
        ),
        agree(
            name,
            "F against U - TS",
            "thermodynamics",
            two_level.energy_J(_X, 1.0, -0.5) - two_level.entropy_J_per_K(_X, 1.0) / k / _X,
            two_level.free_energy_J(_X, 1.0, -0.5),
            1e-12,
        ),
        number(
            name,
            "entropy of an optical gap (2 eV) at 1 microkelvin",
            "limit",
            0.0,
            two_level.entropy_J_per_K(optical, 3.2e-19),
            0.0,
        ),
    ]


def _entropy() -> list[Row]:
    name = "exact entropy"
    cases = [(N, n) for N in (1, 2, 7, 60, 1000) for n in range(N + 1)]
    exact = [math.log(math.comb(N, n)) for N, n in cases]
    N, n = np.array(cases, dtype=float).T
    big = 10**12
    few = [math.log(math.comb(big, j)) for j in (1, 2, 5, 40)]
    dome = entropy.boltzmann_entropy_J_per_K(1000, np.arange(1001))
    return [
        agree(
            name,
            "ln C(N, n) against integers, N to 1000",
            "combinatorics",
            exact,
            entropy.log_multiplicity(N, n),
            1e-13,
        ),
        agree(
            name,
            "ln C(1e12, n) against integers, n = 1, 2, 5, 40",
            "combinatorics",
            few,
            entropy.log_multiplicity(1e12, [1, 2, 5, 40]),
            1e-13,
        ),
        agree(
            name,
            "ln C(1e12, N-n) against integers",
            "combinatorics",
            few,
            entropy.log_multiplicity(1e12, [big - 1, big - 2, big - 5, big - 40]),
            1e-13,
        ),
        vanishes(name, "S(n) - S(N-n), N = 1000", "symmetry", dome - dome[::-1], 0.0),
        number(
            name,
            "arrangements, N = 100, n = 50",
            "Pascal's triangle",
            _pascal(100)[50],
            entropy.multiplicity(100, 50),
            0.0,
        ),
        number(
            name,
            "Stirling's excess at N = 1e6, n = N/2, over k",
            "(1/2) ln(pi N/2) + 1/(4N)",
            0.5 * math.log(math.pi * 1e6 / 2) + 1 / 4e6,
            (entropy.stirling_entropy_J_per_K(1e6, 5e5) - entropy.boltzmann_entropy_J_per_K(1e6, 5e5)) / k,
            1e-9,
        ),
    ]


def _microcanonical() -> list[Row]:
    name, N = "slope of the entropy", 30
    inner = range(1, N)
    forward = [math.log(Fraction(math.comb(N, n + 1), math.comb(N, n))) for n in inner]
    centred = [math.log(Fraction(math.comb(N, n + 1), math.comb(N, n - 1))) / 2 for n in inner]
    n = np.array(inner)
    up_to = [sum(math.comb(N, j) for j in range(m + 1)) for m in range(N + 1)]
    volume = [math.log1p(Fraction(up_to[m + 1] - up_to[m], up_to[m])) for m in range(N)]
    h = 1e-5
    tangent = (entropy.log_multiplicity(N, n + h) - entropy.log_multiplicity(N, n - h)) / (2 * h)
    return [
        agree(
            name,
            "forward difference against integers, N = 30",
            "combinatorics",
            forward,
            microcanonical.beta_forward(N, n, 1.0),
            1e-12,
        ),
        agree(
            name,
            "centred difference against integers, N = 30",
            "combinatorics",
            centred,
            microcanonical.beta_centred(N, n, 1.0),
            1e-12,
        ),
        agree(
            name,
            "volume counting against integers, N = 30",
            "combinatorics",
            volume,
            microcanonical.beta_volume_forward(N, 1.0),
            1e-12,
        ),
        vanishes(
            name,
            "exact slope minus numerical derivative of the dome",
            "calculus",
            microcanonical.beta_exact(N, n, 1.0) - tangent,
            1e-9,
        ),
        vanishes(
            name,
            "beta(n) + beta(N-n), centred",
            "symmetry",
            microcanonical.beta_centred(N, n, 1.0) + microcanonical.beta_centred(N, N - n, 1.0),
            0.0,
        ),
        number(
            name,
            "forward beta at the middle of N = 101",
            "equal neighbours",
            0.0,
            microcanonical.beta_forward(101, 50, 1.0),
            0.0,
        ),
        holds(
            name,
            "volume entropy: T > 0 at every energy",
            "Dunkel & Hilbert 2014",
            microcanonical.beta_volume_forward(200, 1.0) > 0,
        ),
        number(
            name,
            "slope at N = 1e9, 40 % up, against the canonical beta",
            "ensembles agree as N grows",
            two_level.beta_from_upper_fraction(0.4, 1.0),
            microcanonical.beta_exact(1e9, 4e8, 1.0),
            2e-9,
        ),
    ]


def _canonical() -> list[Row]:
    name = "canonical ensemble"
    E, g = np.array([0.0, 0.4, 1.0, 2.5]), np.array([1.0, 3.0, 2.0, 1.0])
    betas = np.array([-8.0, -0.7, 0.0, 0.7, 8.0])
    energy, gibbs, variance = np.transpose([_enumerate(E, g, beta, copies=3) for beta in betas])
    offset = 1e6
    return [
        agree(
            name,
            "energy of 3 copies against a sum over all their states",
            "enumeration",
            energy / 3,
            canonical.energy_J(betas, E, g),
            1e-12,
        ),
        agree(
            name,
            "entropy of 3 copies against -k sum p ln p",
            "enumeration",
            gibbs / 3,
            canonical.entropy_J_per_K(betas, E, g) / k,
            1e-12,
        ),
        vanishes(
            name,
            "mirror: U(beta; E) + U(-beta; Emax - E) - Emax",
            "symmetry",
            canonical.energy_J(betas, E, g) + canonical.energy_J(-betas, 2.5 - E, g) - 2.5,
            1e-14,
        ),
        vanishes(
            name,
            "shift of all levels by 1e6: change of entropy over k",
            "invariance",
            (canonical.entropy_J_per_K(betas, E + offset, g) - canonical.entropy_J_per_K(betas, E, g)) / k,
            2e-9,
        ),
        agree(
            name,
            "entropy at beta = +-inf is k ln g of the end level",
            "limit",
            np.log([1.0, 5.0]),
            canonical.entropy_J_per_K([np.inf, -np.inf], [0.0, 1.0], [1.0, 5.0]) / k,
            1e-15,
        ),
        agree(
            name,
            "heat capacity of 3 copies against the spread of their energies",
            "enumeration",
            betas**2 * variance / 3,
            canonical.heat_capacity_J_per_K(betas, E, g) / k,
            1e-12,
        ),
        holds(
            name,
            "heat capacity is never negative, at either sign of T",
            "fluctuations",
            canonical.heat_capacity_J_per_K(np.linspace(-20, 20, 401), E, g) >= 0,
        ),
    ]


def _unbounded() -> list[Row]:
    name = "unbounded spectra"
    x = 0.7
    weights = [math.exp(-x * (m + 0.5)) for m in range(200)]
    summed = sum((m + 0.5) * w for m, w in enumerate(weights)) / sum(weights)
    heat = 1 / (k * 300.0)
    room = N_A * k * 300.0 / atm
    sackur = unbounded.gas_entropy_J_per_K(heat, N_A, room, atomic_mass) / R - 2.5 * math.log(300.0)
    argon_room = N_A * k * 298.15 / 1e5
    argon = unbounded.gas_entropy_J_per_K(1 / (k * 298.15), N_A, argon_room, 39.948 * atomic_mass)
    M, q = 30, 12
    ways = [math.comb(m + M - 1, m) for m in (q - 1, q, q + 1)]
    solid = unbounded.einstein_solid_beta_per_J(M, [q - 0.5, q + 0.5], 1.0)
    return [
        refuses(
            name,
            "an oscillator at beta = 0",
            "the sum over states diverges",
            lambda: unbounded.oscillator_energy_J(0.0, 1.0),
        ),
        refuses(
            name,
            "a gas at -300 K",
            "the sum over states diverges",
            lambda: unbounded.gas_energy_J(beta_from_temperature(-300.0)),
        ),
        number(
            name,
            "oscillator energy against a sum over 200 levels",
            "enumeration",
            summed,
            unbounded.oscillator_energy_J(x, 1.0),
            1e-12,
        ),
        number(
            name,
            "Sackur-Tetrode constant at 1 K, 101.325 kPa",
            "CODATA",
            physical_constants["Sackur-Tetrode constant (1 K, 101.325 kPa)"][0],
            sackur,
            1e-8,
        ),
        rounded(
            name,
            "entropy of argon at 298.15 K, 1 bar in J/(K mol)",
            "CODATA key value 154.846(3)",
            "154.85",
            argon,
        ),
        vanishes(
            name,
            "Einstein solid: mid-step slope minus ln of the ratio of arrangements",
            "combinatorics",
            solid - np.log([ways[1] / ways[0], ways[2] / ways[1]]),
            2e-3,
        ),
        holds(
            name,
            "Einstein solid: beta > 0 at every energy",
            "no upper bound",
            unbounded.einstein_solid_beta_per_J(30, np.logspace(-3, 9, 100), 1.0) > 0,
        ),
    ]


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
    single = [float(e) for e, times in zip(E, g, strict=True) for _ in range(int(times))]
    totals = [math.fsum(state) for state in itertools.product(single, repeat=copies)]
    weights = [math.exp(-beta * total) for total in totals]
    Z = math.fsum(weights)
    energy = math.fsum(w * total for w, total in zip(weights, totals, strict=True)) / Z
    entropy_over_k = -math.fsum(w / Z * math.log(w / Z) for w in weights)
    variance = math.fsum(w * (total - energy) ** 2 for w, total in zip(weights, totals, strict=True)) / Z
    return energy, entropy_over_k, variance
