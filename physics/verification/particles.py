"""Rows on the lattice band, bosons, and the quantum well of arXiv:1305.2014."""

import itertools
import math

import numpy as np
from scipy.constants import atomic_mass, k
from scipy.linalg import eigh_tridiagonal, eigvalsh

from physics import bose, lattice, well_particles
from physics import quantum_well as well
from physics._checks import FloatArray
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Well
from physics.verification.row import Row, agree, holds, number, refuses, rounded, vanishes

_PAPER = "arXiv:1305.2014"


def rows() -> list[Row]:
    """Evaluate the rows of this module."""
    return [*_lattice(), *_bose(), *_well(), *_well_particles()]


def _lattice() -> list[Row]:
    name = "lattice band"
    y = np.array([-6.0, -0.5, 0.5, 6.0])
    qd = lattice.ring_quasimomenta(64)
    energies = -2.0 * np.cos(qd)
    weights = np.exp(-np.outer(y / 2, energies))
    p = weights / weights.sum(axis=1, keepdims=True)
    entropy = -(p * np.log(p)).sum(axis=1)
    recoil = lattice.recoil_energy_J(736.65e-9, 38.963706 * atomic_mass)
    hopping = lattice.hopping_recoil(6.0)
    J_nK = 1e9 * recoil * hopping / k
    bottom, top = _plane_wave_band(6.0)
    return [
        rounded(name, "J in recoil energies, depth 6", "Mathieu characteristic values", "0.05089", hopping),
        number(name, "J against plane waves, depth 6", "diagonalisation", (top - bottom) / 4, hopping, 1e-12),
        rounded(name, "J/k in nK, 39K in a 6 E_r, 736.65 nm lattice", "Braun et al. 2013", "23.0", J_nK),
        rounded(name, "T = -2.2 J/k in units of 1e-8 K", "Braun et al. 2013", "-5.1", -2.2 * J_nK / 10),
        agree(
            name,
            "<E>/J against a ring of 64 sites",
            "enumeration",
            (p * energies).sum(axis=1),
            lattice.mean_energy_J(y / 2, 1.0),
            1e-12,
        ),
        agree(
            name,
            "entropy against a ring of 64 sites",
            "-k sum p ln p",
            entropy,
            lattice.BandBody(1.0, 1.0, 64).entropy_J_per_K(y / 2) / k,
            1e-12,
        ),
        agree(
            name,
            "distribution summed over a ring",
            "normalisation",
            1.0,
            [lattice.quasimomentum_density(qd, b, 1.0).sum() * 2 * np.pi / 64 for b in y / 2],
            1e-12,
        ),
        vanishes(
            name,
            "n(q; T) - n(pi/d - q; -T)",
            "mirror",
            lattice.quasimomentum_density(qd, 1.5, 1.0) - lattice.quasimomentum_density(np.pi - qd, -1.5, 1.0),
            1e-14,
        ),
        holds(
            name,
            "an odd ring lacks the top of the band",
            "2 pi j/M",
            np.pi not in lattice.ring_quasimomenta(63),
        ),
    ]


def _bose() -> list[Row]:
    name = "bosons"
    E = lattice.band_energy_J(lattice.ring_quasimomenta(40), 1.0)
    mu = [bose.chemical_potential_J(E, 200.0, beta) for beta in (0.8, -0.8)]
    held = [bose.occupation(E, m, beta).sum() for m, beta in zip(mu, (0.8, -0.8), strict=True)]
    signs = list(itertools.product((1.0, -1.0), repeat=3))
    stable = [bool(bose.is_stable(*s)) for s in signs]
    series = sum(math.exp(-m * 0.8 * (E[0] - mu[0])) for m in range(1, 400))
    return [
        agree(name, "bosons held by 40 levels at the computed mu", "sum of occupations", 200.0, held, 1e-10),
        number(
            name,
            "occupation against a geometric series",
            "sum of exp(-m x)",
            series,
            bose.occupation(E, mu[0], 0.8)[0],
            1e-12,
        ),
        holds(
            name,
            "T > 0: mu below the band; T < 0: mu above it",
            "occupations are positive",
            [mu[0] < E.min(), mu[1] > E.max()],
        ),
        vanishes(name, "mu(T) + mu(-T) for a symmetric band", "mirror", mu[0] + mu[1], 1e-9),
        holds(
            name,
            "at T < 0 the top of the band is the fullest",
            "Braun et al. 2013",
            np.argmax(bose.occupation(E, mu[1], -0.8)) == np.argmax(E),
        ),
        refuses(
            name,
            "T < 0 with mu inside the band",
            "negative occupation",
            lambda: bose.occupation(E, 0.0, -0.8),
        ),
        number(
            name,
            "stable sign combinations of U, V, T out of 8",
            "Braun et al. 2013, Fig. 1",
            2.0,
            sum(stable),
            0.0,
        ),
        holds(
            name,
            "they are all-positive and all-negative",
            "Braun et al. 2013, Fig. 1",
            [stable[0], stable[-1]],
        ),
    ]


def _well() -> list[Row]:
    name = "quantum well"
    found, deep = well.levels(PAPER_WELL, 200), well.levels(DEEP_WELL, 20)
    E, K = found.energy_hartree, found.kinetic_hartree
    ratio = np.abs(well.temperature_mu(found) / well.temperature_K_operator(found)[1:-1] - 1)
    grid = _grid_levels(PAPER_WELL, 20)
    step = 1e-5
    close_shallower, close_deeper = (well.levels(Well(0.1 + d, 20.0, 28.0), 20).energy_hartree for d in (-step, step))
    shallower, deeper = (well.levels(Well(0.1 + d, 20.0, 200.0), 200).energy_hartree for d in (-step, step))
    box = well.levels(Well(0.0, 20.0, 200.0), 50)
    T_C = well.temperature_C(PAPER_WELL, E[1:101])
    return [
        rounded(name, "E0 in hartree", _PAPER, "-0.0975070", E[0]),
        rounded(name, "E5 in hartree", _PAPER, "-0.0149125", E[5]),
        rounded(name, "E6 in hartree", _PAPER, "0.000145210", E[6]),
        number(name, "bound levels", _PAPER, 6.0, (E < 0).sum(), 0.0),
        rounded(name, "K5/K6", "K = E + U0 P_inside", "304.3", K[5] / K[6]),
        holds(name, "<K> rises through n = 5", _PAPER, np.diff(K[:6]) > 0),
        rounded(name, "E8 in hartree for U0 = 0.2", "matching conditions", "-0.000719", deep.energy_hartree[8]),
        holds(
            name,
            "U0 = 0.2: K falls at n = 8, then alternates between even and odd",
            _PAPER,
            [
                deep.kinetic_hartree[8] < deep.kinetic_hartree[7],
                *(np.diff(deep.kinetic_hartree[9:16]) * [1, -1, 1, -1, 1, -1] > 0),
            ],
        ),
        vanishes(
            name,
            "20 levels against finite differences, extrapolated, in hartree",
            "matrix on a grid",
            E[:20] - grid,
            2e-9,
        ),
        vanishes(
            name,
            "P_inside + dE/dU0",
            "Hellmann-Feynman",
            found.inside + (deeper - shallower) / (2 * step),
            1e-7,
        ),
        vanishes(
            name,
            "P_inside + dE/dU0, wall close to the well",
            "Hellmann-Feynman",
            well.levels(Well(0.1, 20.0, 28.0), 20).inside + (close_deeper - close_shallower) / (2 * step),
            1e-7,
        ),
        agree(
            name,
            "U0 = 0: levels against (pi (n+1)/2L)^2/2",
            "plain box",
            (np.pi * np.arange(1, 51) / 400.0) ** 2 / 2,
            box.energy_hartree,
            1e-13,
        ),
        agree(name, "U0 = 0: <K> = E", "plain box", box.energy_hartree, box.kinetic_hartree, 1e-13),
        holds(
            name,
            "T_mu within 11 % of T_K for n = 1..5, not for n = 6, 7",
            _PAPER,
            [*(ratio[:5] < 0.11), *(ratio[5:7] > 0.11)],
        ),
        holds(
            name,
            "T_mu within 6 % of T_K for 30 <= n < 60, 1.2 % for 60 <= n < 120",
            _PAPER,
            [*(ratio[29:59] < 0.06), *(ratio[59:119] < 0.012)],
        ),
        rounded(
            name,
            "T_C at E = 0, in hartree",
            "canonical ensemble",
            "0.0654596",
            well.temperature_C(PAPER_WELL, 0.0),
        ),
        holds(name, "T_C rises with E", _PAPER, np.diff(T_C) > 0),
        number(name, "T_C at E100 against T_mu", _PAPER, well.temperature_mu(found)[99], T_C[99], 0.01),
    ]


def _well_particles() -> list[Row]:
    name = "N particles in the well"
    onsets = {2: "-0.0487 0.0001", 3: "-0.0625 -0.0324 0.0003", 4: "-0.0663 -0.0468 -0.0242 0.0004"}
    e = well.levels(PAPER_WELL, 100).energy_hartree
    kinetic = well.levels(PAPER_WELL, 100).kinetic_hartree
    T = 0.003
    checks: list[Row] = []
    for N, published in onsets.items():
        computed = well_particles.onsets_hartree(PAPER_WELL, N)
        checks += [
            rounded(name, f"N = {N}: {j + 1} free from E/N in hartree", "sums of levels", text, computed[j])
            for j, text in enumerate(published.split())
        ]
    for g in (1, 2):
        orbitals = [index for index in range(100) for _ in range(g)]
        chosen = list(itertools.combinations(orbitals, 2))
        totals = np.array([e[i] + e[j] for i, j in chosen])
        K = np.array([kinetic[i] + kinetic[j] for i, j in chosen])
        w = np.exp(-(totals - totals.min()) / T)
        found = well_particles.states(PAPER_WELL, 2, 0.02, g)
        averages = well_particles.canonical_averages(PAPER_WELL, 2, T, g)
        window = (totals >= 0.0) & (totals < 0.004)
        checks += [
            number(
                name,
                f"N = 2, degeneracy {g}: states up to 0.02 hartree",
                "enumeration",
                (totals <= 0.02).sum(),
                found.multiplicity.sum(),
                0.0,
            ),
            number(
                name,
                f"N = 2, degeneracy {g}: canonical energy at T = 0.003",
                "enumeration",
                (w * totals).sum() / w.sum(),
                averages.energy_hartree,
                1e-12,
            ),
            number(
                name,
                f"N = 2, degeneracy {g}: canonical entropy at T = 0.003",
                "-sum p ln p",
                -(w / w.sum() * np.log(w / w.sum())).sum(),
                averages.entropy_over_k,
                1e-10,
            ),
            number(
                name,
                f"N = 2, degeneracy {g}: canonical kinetic energy at T = 0.003",
                "enumeration",
                (w * K).sum() / w.sum(),
                averages.kinetic_hartree,
                1e-12,
            ),
            number(
                name,
                f"N = 2, degeneracy {g}: T_E at E = 0, window 0.004",
                "mean over the window",
                K[window].mean(),
                well_particles.temperature_E(found, 0.0, 0.004),
                1e-12,
            ),
        ]
    triples = well_particles.states(PAPER_WELL, 3, 0.0)
    count = sum(1 for c in itertools.combinations(e, 3) if sum(c) <= 0.0)
    checks.append(number(name, "N = 3: states up to E = 0", "enumeration", count, triples.multiplicity.sum(), 0.0))
    checks.append(
        holds(
            name,
            "volume entropy never falls: T > 0, no dome",
            _PAPER,
            np.diff(well_particles.volume_entropy(triples)) > 0,
        )
    )
    return checks


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
        found.append(
            eigh_tridiagonal(1 / spacing**2 + V, off, eigvals_only=True, select="i", select_range=(0, count - 1))
        )
    return np.asarray((4 * found[1] - found[0]) / 3)
