"""Rows on the lattice band, bosons, and the quantum well of arXiv:1305.2014."""

import itertools
import math

import numpy as np
from scipy.constants import atomic_mass, hbar, k
from scipy.linalg import eigh_tridiagonal, eigvalsh

from physics import bose, lattice, well_particles
from physics import quantum_well as well
from physics._checks import FloatArray
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Well
from physics.verification.row import Checks, Row

_PAPER = "arXiv:1305.2014"
_BRAUN = "Braun et al. 2013"


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_lattice(), *_bose(), *_well(), *_well_particles(), *_branches()]


def _lattice() -> list[Row]:
    check = Checks("lattice band")
    hopping = lattice.hopping_recoil(6.0)
    J_nK = 1e9 * lattice.recoil_energy_J(736.65e-9, 38.963706 * atomic_mass) * hopping / k
    bottom, top = _plane_wave_band(6.0)
    check.rounded("J in recoil energies, depth 6", "Mathieu characteristic values", "0.05089", hopping)
    check.number("J against plane waves, depth 6", "diagonalisation", (top - bottom) / 4, hopping, 1e-12)
    depths = [0.5, 3.0, 6.0, 10.0, 20.0]
    off = np.transpose([_plane_wave_band(depth) for depth in depths]) - np.array(lattice.band_edges_recoil(depths))
    check.vanishes("band edges against plane waves, depth 0.5 to 20", "diagonalisation", off, 1e-11)
    hops, shallow_to_deep = [0.0001068693522093649, 2.14477028468928e-9, 8.385147169226139e-16], [40.0, 150.0, 400.0]
    waves = "120 plane waves in 60 digits"
    check.agree("J at depths 40, 150 and 400", waves, hops, lattice.hopping_recoil(shallow_to_deep), 1e-12)
    V = np.array([50.0, 200.0])
    deep = lattice.hopping_recoil(V) / (4 / math.sqrt(math.pi) * V**0.75 * np.exp(-2 * np.sqrt(V))) - 1
    asymptote = "J against 4/sqrt(pi) V^(3/4) exp(-2 sqrt(V)) at depths 50 and 200, within 0.6/sqrt(V)"
    check.holds(asymptote, "Zwerger, J. Opt. B 5, S9 (2003)", np.abs(deep) < 0.6 / np.sqrt(V))
    check.rounded("J/k in nK, 39K in a 6 E_r, 736.65 nm lattice", _BRAUN, "23.0", J_nK)
    check.rounded("T = -2.2 J/k in units of 1e-8 K", _BRAUN, "-5.1", -2.2 * J_nK / 10)

    betas, ring = np.array([-3.0, -0.25, 0.25, 3.0]), lattice.ring_quasimomenta(64)
    energies = -2.0 * np.cos(ring)
    weights = np.exp(-np.outer(betas, energies))
    p = weights / weights.sum(axis=1, keepdims=True)
    mean, entropy = (p * energies).sum(axis=1), -(p * np.log(p)).sum(axis=1)
    U, S = lattice.mean_energy_J(betas, 1.0), lattice.BandBody(1.0, 1.0, 64).entropy_J_per_K(betas) / k
    density = lattice.quasimomentum_density(ring, betas[:, np.newaxis], 1.0)
    check.agree("<E>/J against a ring of 64 sites", "enumeration", mean, U, 1e-12)
    check.agree("entropy against a ring of 64 sites", "-k sum p ln p", entropy, S, 1e-12)
    check.agree("distribution summed over a ring", "normalisation", 1.0, density.sum(axis=1) * 2 * np.pi / 64, 1e-12)
    mirrored = lattice.quasimomentum_density(np.pi - ring, -1.5, 1.0)
    odd = lattice.quasimomentum_density(ring, 1.5, 1.0) - mirrored
    check.vanishes("n(q; T) - n(pi/d - q; -T)", "mirror", odd, 1e-14)
    fullest = ring[np.argmax(density, axis=1)]
    check.agree("q d where most particles are, T < 0 twice and T > 0 twice", _BRAUN, [np.pi, np.pi, 0, 0], fullest, 0.0)
    ends = lattice.mean_energy_J([math.inf, -math.inf, 1e30, 0.0], 3.0)
    check.agree("<E> at beta = +inf, -inf, 1e30 and 0", "limit", [-6.0, 6.0, -6.0, 0.0], ends, 0.0)
    weak, strong = 1e-9, 1e12
    flat = lattice.relative_entropy_J_per_K(weak / 2, 1.0) / k
    check.number("relative entropy over k at 2 beta J = 1e-9", "-y^2/4", -(weak**2) / 4, flat, 1e-12)
    sharp = lattice.relative_entropy_J_per_K(strong / 2, 1.0) / k
    narrow = 0.5 - 0.5 * math.log(2 * math.pi * strong) + 0.25 / strong
    check.number("relative entropy over k at 2 beta J = 1e12", "a Gaussian of variance 1/y", narrow, sharp, 1e-12)
    peak, gaussian = lattice.quasimomentum_density(0.0, strong / 2, 1.0), math.sqrt(strong / (2 * math.pi))
    check.number("density at q = 0 at 2 beta J = 1e12", "a Gaussian of variance 1/y", gaussian, peak, 1e-12)
    chain = np.sort(np.cos(lattice.chain_quasimomenta(12)) * -2.0)
    diagonal = eigh_tridiagonal(np.zeros(12), -np.ones(11), eigvals_only=True)
    check.vanishes("levels of an open chain of 12 sites, over J", "diagonalisation", chain - diagonal, 1e-12)
    masses = hbar**2 / (2e-30 * 16e-14 * np.array([1.0, -1.0, 0.5]))
    found = lattice.effective_mass_kg([0.0, np.pi, np.pi / 3], 1e-30, 4e-7)
    check.agree("effective mass at bottom, top and q d = pi/3", "2 J d^2 = hbar^2/m at q = 0", masses, found, 1e-12)
    bend = 1e-4
    E3 = lattice.band_energy_J([np.pi - bend, np.pi, np.pi + bend], 1e-30)
    curved = hbar**2 / ((E3[0] - 2 * E3[1] + E3[2]) / (bend / 4e-7) ** 2)
    check.number("effective mass at the band's edge", "second difference of the band", curved, found[1], 1e-6)
    lacks = np.pi not in lattice.ring_quasimomenta(63)
    check.holds("an odd ring lacks the top of the band", "2 pi j/M", lacks)
    return check.rows


def _bose() -> list[Row]:
    check, betas = Checks("bosons"), (0.8, -0.8)
    E = lattice.band_energy_J(lattice.ring_quasimomenta(40), 1.0)
    mu = [bose.chemical_potential_J(E, 200.0, beta) for beta in betas]
    n = [bose.occupation(E, m, beta) for m, beta in zip(mu, betas, strict=True)]
    held = [occupied.sum() for occupied in n]
    check.agree("bosons held by 40 levels at the computed mu", "sum of occupations", 200.0, held, 1e-10)
    series = sum(math.exp(-m * 0.8 * (E[0] - mu[0])) for m in range(1, 400))
    check.number("occupation against a geometric series", "sum of exp(-m x)", series, n[0][0], 1e-12)
    sides = [mu[0] < E.min(), mu[1] > E.max()]
    check.holds("T > 0: mu below the band; T < 0: mu above it", "occupations are positive", sides)
    check.vanishes("mu(T) + mu(-T) for a symmetric band", "mirror", mu[0] + mu[1], 1e-9)
    check.holds("at T < 0 the top of the band is the fullest", _BRAUN, np.argmax(n[1]) == np.argmax(E))
    ring = lattice.ring_quasimomenta(400)
    E_ring = lattice.band_energy_J(ring, 1.0)
    thin = [bose.occupation(E_ring, bose.chemical_potential_J(E_ring, 1e-6, b), b) / 1e-6 for b in betas]
    boltzmann = [lattice.quasimomentum_density(ring, b, 1.0) * 2 * math.pi / 400 for b in betas]
    check.agree("1e-6 bosons in 400 levels against dilute particles", "Boltzmann", boltzmann, thin, 1e-6)
    check.refuses("T < 0 with mu inside the band", "negative occupation", lambda: bose.occupation(E, 0.0, -0.8))
    figure = f"{_BRAUN}, Fig. 1"
    stable = [bose.is_stable(*signs) for signs in itertools.product((1.0, -1.0), repeat=3)]
    check.number("stable sign combinations of U, V, T out of 8", figure, 2.0, np.sum(stable), 0.0)
    check.holds("they are all-positive and all-negative", figure, [stable[0], stable[-1]])
    at_infinity = np.logical_not(bose.is_stable([1.0, -1.0], [1.0, -1.0], 0.0))
    check.holds("neither is stable at T = infinity", "mu/T = 0 holds nothing in a trap", at_infinity)
    return check.rows


def _well() -> list[Row]:
    check = Checks("quantum well")
    found, deep = well.levels(PAPER_WELL, 200), well.levels(DEEP_WELL, 20)
    E, K = found.energy_hartree, found.kinetic_hartree
    check.rounded("E0 in hartree", _PAPER, "-0.0975070", E[0])
    check.rounded("E5 in hartree", _PAPER, "-0.0149125", E[5])
    check.rounded("E6 in hartree", _PAPER, "0.000145210", E[6])
    check.number("bound levels", _PAPER, 6.0, (E < 0).sum(), 0.0)
    check.rounded("K5/K6", "K = E + U0 P_inside", "304.3", K[5] / K[6])
    check.holds("<K> rises through n = 5", _PAPER, np.diff(K[:6]) > 0)
    check.rounded("E8 in hartree for U0 = 0.2", "matching conditions", "-0.000719", deep.energy_hartree[8])
    K_deep = deep.kinetic_hartree
    turns = [K_deep[8] < K_deep[7], *(np.diff(K_deep[9:16]) * [1, -1, 1, -1, 1, -1] > 0)]
    check.holds("U0 = 0.2: K falls at n = 8, then alternates between even and odd", _PAPER, turns)

    off = E[:20] - _grid_levels(PAPER_WELL, 20)
    check.vanishes("20 levels against finite differences, extrapolated, in hartree", "matrix on a grid", off, 2e-9)
    step = 1e-5
    for where, L, count in (("", 200.0, 200), (", wall close to the well", 28.0, 20)):
        low, at, high = (well.levels(Well(0.1 + d, 20.0, L), count) for d in (-step, 0.0, step))
        slope = (high.energy_hartree - low.energy_hartree) / (2 * step)
        check.vanishes(f"P_inside + dE/dU0{where}", "Hellmann-Feynman", at.inside + slope, 1e-7)
    box = well.levels(Well(0.0, 20.0, 200.0), 50)
    plain = (np.pi * np.arange(1, 51) / 400.0) ** 2 / 2
    check.agree("U0 = 0: levels against (pi (n+1)/2L)^2/2", "plain box", plain, box.energy_hartree, 1e-13)
    check.agree("U0 = 0: <K> = E", "plain box", box.energy_hartree, box.kinetic_hartree, 1e-13)
    bound, wide = (well.levels(Well(0.1, 20.0, L), 6) for L in (400.0, 1e6))
    near, far = bound.energy_hartree[:5], wide.energy_hartree[:5]
    check.agree("5 bound levels in a box of 1e6 bohr against one of 400", "walls far away", near, far, 1e-12)
    check.holds("kinetic energies in a box of 1e6 bohr are finite", "walls far away", np.isfinite(wide.kinetic_hartree))
    gaps = np.diff(well.levels(Well(5.0, 2.0, 400.0), 400).energy_hartree)
    pairs = [*(gaps > 0), gaps.min() < 0.2 * gaps.max()]
    check.holds("two wide outer regions: levels close in pairs, never equal", "even and odd", pairs)

    counted = [well.level_count(PAPER_WELL, each) for each in (E[:-1] + E[1:]) / 2]
    check.agree("levels counted below the middle of each gap", "the list of levels", np.arange(1, 200), counted, 0.0)
    T_mu, T_K = well.temperature_mu(found)[1:-1], well.temperature_K_operator(found)[1:-1]
    ratio, T_C = np.abs(T_mu / T_K - 1), well.temperature_C(PAPER_WELL, E[1:140])
    S = np.log(np.arange(1, 201))
    slope = (E[5] - E[3]) / (S[5] - S[3])
    check.number("T_mu of level 4", "(E5 - E3)/(S5 - S3)", slope, well.temperature_mu(found)[4], 1e-12)
    few = [*(ratio[:5] < 0.11), *(ratio[5:7] > 3)]
    check.holds("T_mu within 11 % of T_K for n = 1..5, not for n = 6, 7", _PAPER, few)
    many = [*(ratio[29:59] < 0.06), *(ratio[59:119] < 0.012)]
    check.holds("T_mu within 6 % of T_K for 30 <= n < 60, 1.2 % for 60 <= n < 120", _PAPER, many)
    at_step = well.temperature_C(PAPER_WELL, 0.0)
    check.rounded("T_C at E = 0, in hartree", "canonical ensemble", "0.0654596", at_step)
    check.holds("T_C rises with E", _PAPER, np.diff(T_C) > 0)
    check.number("T_C at E100 against T_mu", _PAPER, T_mu[99], T_C[99], 0.01)
    return check.rows


def _well_particles() -> list[Row]:
    check, T = Checks("N particles in the well"), 0.003
    onsets = {2: "-0.0487 0.0001", 3: "-0.0625 -0.0324 0.0003", 4: "-0.0663 -0.0468 -0.0242 0.0004"}
    for N, published in onsets.items():
        computed = well_particles.onsets_hartree(PAPER_WELL, N)
        for j, text in enumerate(published.split()):
            check.rounded(f"N = {N}: {j + 1} free from E/N in hartree", "sums of levels", text, computed[j])
    single = well.levels(PAPER_WELL, 100)
    T_three = well_particles.temperature_K_operator(well_particles.chosen_state(PAPER_WELL, [7, 0, 3]))
    mean_K = single.kinetic_hartree[[0, 3, 7]].mean()
    check.number("T_K of three particles in levels 0, 3 and 7", "2<K>/N", 2 * mean_K, T_three[0], 1e-12)
    twice = lambda: well_particles.chosen_state(PAPER_WELL, [0, 3, 3])  # noqa: E731
    check.refuses("two spinless particles in one level", "Pauli principle", twice)
    for g in (1, 2):
        chosen = np.array(list(itertools.combinations(np.repeat(np.arange(100), g), 2)))
        E, K = (of_level[chosen].sum(axis=1) for of_level in (single.energy_hartree, single.kinetic_hartree))
        w = np.exp(-(E - E.min()) / T)
        p = w / w.sum()
        found = well_particles.states(PAPER_WELL, 2, 0.02, g)
        mean = well_particles.canonical_averages(PAPER_WELL, 2, T, g)
        of, count = f"N = 2, degeneracy {g}:", found.multiplicity.sum()
        check.number(f"{of} states up to 0.02 hartree", "enumeration", (E <= 0.02).sum(), count, 0.0)
        E_mean, K_mean, S = (p * E).sum(), (p * K).sum(), -(p * np.log(p)).sum()
        check.number(f"{of} canonical energy at T = 0.003", "enumeration", E_mean, mean.energy_hartree, 1e-12)
        check.number(f"{of} canonical entropy at T = 0.003", "-sum p ln p", S, mean.entropy_over_k, 1e-10)
        check.number(f"{of} canonical kinetic energy at T = 0.003", "enumeration", K_mean, mean.kinetic_hartree, 1e-12)
        in_window, T_E = (E >= 0.0) & (E < 0.004), well_particles.temperature_E(found, 0.0, 0.004)
        check.number(f"{of} T_E at E = 0, window 0.004", "mean over the window", K[in_window].mean(), T_E, 1e-12)
    triples = well_particles.states(PAPER_WELL, 3, 0.0)
    count = sum(sum(levels) <= 0.0 for levels in itertools.combinations(single.energy_hartree.tolist(), 3))
    check.number("N = 3: states up to E = 0", "enumeration", count, triples.multiplicity.sum(), 0.0)
    return check.rows


def _branches() -> list[Row]:
    """Compare where N = 1..4 particles start to leave the well, and by how much they cool there."""
    check, window = Checks("N particles in the well"), 2e-3
    rising, starting, drops = [], [], []
    for N in range(1, 5):
        found = well_particles.states(PAPER_WELL, N, 0.03 * N)
        S, E = well_particles.volume_entropy(found), found.energy_hartree
        rising += [S[0] == 0.0, *(np.diff(S) > 0)]
        onsets = N * well_particles.onsets_hartree(PAPER_WELL, N)
        starting.append([E[found.unbound == j][0] for j in range(1, N + 1)] - onsets)
        E = E[E[-1] - window > E]
        T_E = well_particles.temperature_E(found, E, window)
        edges = [-math.inf, *onsets, math.inf]
        before = [T_E[(low <= E) & (high - window > E)].max() for low, high in itertools.pairwise(edges[:-1])]
        after = [T_E[(low <= E) & (high > E)].min() for low, high in itertools.pairwise(edges[1:])]
        drops.append(np.subtract(before, after))
    check.holds("volume entropy never falls: T > 0, no dome", _PAPER, rising)
    first = "N = 1..4: onsets minus the energies of the first states with j free"
    check.vanishes(first, "list of states", np.concatenate(starting), 1e-14)
    smaller = [fewer > more[: fewer.size] for fewer, more in itertools.pairwise(drops)]
    shrinks = "the k-th drop of T_E, window 0.002, shrinks with N = 1..4 and stays a drop"
    check.holds(shrinks, _PAPER, np.concatenate([*smaller, drops[-1] > 0]))
    return check.rows


def _plane_wave_band(depth: float) -> tuple[float, float]:
    """Give bottom and top of the lowest band of V sin^2(kx), in recoil energies, from 21 plane waves."""
    edges = []
    for q in (0.0, 1.0):
        kinetic = (q + 2.0 * np.arange(-10, 11)) ** 2
        matrix = np.diag(kinetic + depth / 2) - depth / 4 * (np.eye(21, k=1) + np.eye(21, k=-1))
        edges.append(float(eigvalsh(matrix)[0]))
    return edges[0], edges[1]


def _grid_levels(system: Well, count: int) -> FloatArray:
    """Give levels from second differences on two grids, extrapolated to zero spacing."""
    found = []
    for points in (8000, 16000):
        spacing = 2 * system.L_bohr / points
        x = -system.L_bohr + spacing * np.arange(1, points)
        edge = np.isclose(np.abs(x), system.a_bohr)
        V = -system.U0_hartree * np.where(edge, 0.5, np.abs(x) < system.a_bohr)
        off = np.full(x.size - 1, -0.5 / spacing**2)
        diagonal, lowest = 1 / spacing**2 + V, (0, count - 1)
        found.append(eigh_tridiagonal(diagonal, off, eigvals_only=True, select="i", select_range=lowest))
    return np.asarray((4 * found[1] - found[0]) / 3)
