"""What the film of the paper shows of its wells, computed once: levels, temperatures, states, entropies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics import quantum_well, well_particles
from physics.examples_confinement import (
    BATH_LEVELS,
    CANONICAL_STEPS,
    DEEP_LEVELS,
    MOST_PARTICLES,
    PAPER_LEVELS,
    PER_PARTICLE_HARTREE,
    WINDOW_HARTREE,
    colour_place,
)
from physics.quantum_well import DEEP_WELL, PAPER_WELL

Numbers = NDArray[np.float64]

_BRANCH_SAMPLE = 340
_LINE_SAMPLE = 360
_X_STEPS = 321


@dataclass(frozen=True)
class Table:
    """A temperature of states over their energy, per particle, in hartree; arrays of one shape."""

    E: Numbers
    T: Numbers


@cache
def kinetic() -> Table:
    """Kinetic temperature of the levels of the paper's well."""
    found = quantum_well.levels(PAPER_WELL, PAPER_LEVELS)
    return Table(found.energy_hartree, quantum_well.temperature_K_operator(found))


@cache
def deep() -> Table:
    """Kinetic temperature of the levels of the well twice as deep."""
    found = quantum_well.levels(DEEP_WELL, DEEP_LEVELS)
    return Table(found.energy_hartree, quantum_well.temperature_K_operator(found))


@cache
def counted() -> Table:
    """Microcanonical temperature of the levels of the paper's well, from the second on."""
    found = quantum_well.levels(PAPER_WELL, PAPER_LEVELS)
    return Table(found.energy_hartree[1:-1], np.asarray(quantum_well.temperature_mu(found)[1:-1]))


@cache
def bath() -> Table:
    """Canonical temperature over the mean energy in a bath."""
    E = kinetic().E
    energies = float(E[0]) + np.geomspace(2e-4, float(E[-2] - E[0]), CANONICAL_STEPS)
    return Table(energies, quantum_well.temperature_C(PAPER_WELL, energies))


@cache
def bath_levels() -> Numbers:
    """Energies of all levels that a bath spreads the particle over."""
    return quantum_well.levels(PAPER_WELL, BATH_LEVELS).energy_hartree


def shares(T_hartree: float) -> Numbers:
    """Return the share of time that each level is taken in a bath at a temperature."""
    E = bath_levels()
    weights = np.exp((E[0] - E) / T_hartree)
    return np.asarray(weights / weights.sum())


@cache
def wave(n: int) -> tuple[Numbers, Numbers]:
    """Return places in bohr, dense in the well, and the wave of a level of the paper's well there."""
    well = PAPER_WELL
    far = np.linspace(2.5 * well.a_bohr, well.L_bohr, _X_STEPS // 3)
    near = np.linspace(-2.5 * well.a_bohr, 2.5 * well.a_bohr, _X_STEPS // 2)
    x = np.concatenate([-far[::-1], near[1:-1], far])
    return x, quantum_well.wave_function(well, n, x)


@cache
def wave_seen(n: int) -> tuple[Numbers, Numbers]:
    """Return the part of a wave that can be seen: where it is above a fortieth of its greatest."""
    x, psi = wave(n)
    seen = np.flatnonzero(np.abs(psi) > np.abs(psi).max() / 40)
    part = slice(seen[0], seen[-1] + 1)
    return x[part], psi[part]


@cache
def _states(N: int) -> well_particles.States:
    return well_particles.states(PAPER_WELL, N, PER_PARTICLE_HARTREE * N)


@cache
def cloud(N: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return energy per particle, kinetic temperature and number of free particles of states, a sample by branch."""
    found = _states(N)
    T = well_particles.temperature_K_operator(found)
    branches = [np.flatnonzero(found.unbound == free) for free in range(N + 1)]
    picked = np.concatenate(
        [each[np.unique(np.linspace(0, each.size - 1, _BRANCH_SAMPLE).astype(int))] for each in branches if each.size]
    )
    return found.energy_hartree[picked] / N, T[picked], found.unbound[picked]


def _starts(N: int) -> Numbers:
    """Energies at which a window begins that the states fill."""
    E = _states(N).energy_hartree
    return np.asarray(E[E[-1] - WINDOW_HARTREE > E])


@cache
def averaged(N: int) -> Table:
    """Kinetic temperature averaged over states of nearly equal energy; for one particle that of its levels."""
    found = _states(N)
    if N == 1:
        return Table(found.energy_hartree, well_particles.temperature_K_operator(found))
    starts = _starts(N)
    even = np.unique(np.searchsorted(starts, np.linspace(starts[0], starts[-1], _LINE_SAMPLE)))
    picked = starts[np.minimum(even, starts.size - 1)]
    return Table(picked / N, well_particles.temperature_E(found, picked, WINDOW_HARTREE))


@cache
def largest_drop(N: int) -> tuple[float, float, float]:
    """Return the energy per particle where the averaged temperature has fallen farthest, and from what to what."""
    E, T = averaged(N).E, averaged(N).T
    if N > 1:
        E, T = _starts(N) / N, well_particles.temperature_E(_states(N), _starts(N), WINDOW_HARTREE)
    highest = np.maximum.accumulate(T)
    at = int(np.argmax(highest - T))
    return float(E[at]), float(highest[at]), float(T[at])


@cache
def entropy(N: int) -> Table:
    """Volume entropy per particle over energy per particle, in k."""
    found = _states(N)
    S = well_particles.volume_entropy(found) / N
    E = found.energy_hartree
    last = np.unique(np.searchsorted(E, np.linspace(E[0], E[-1], _LINE_SAMPLE)))
    last = last[last < E.size]
    return Table(E[last] / N, S[last])


@cache
def canonical_entropy() -> Table:
    """Canonical entropy per particle of the most particles, in k."""
    T = np.geomspace(0.003, 0.16, CANONICAL_STEPS)
    averages = well_particles.canonical_averages(PAPER_WELL, MOST_PARTICLES, T)
    E, S = averages.energy_hartree / MOST_PARTICLES, averages.entropy_over_k / MOST_PARTICLES
    keep = (E < PER_PARTICLE_HARTREE) & (S > 0.02)  # below, all lies on one point
    return Table(E[keep], S[keep])


@cache
def onsets(N: int) -> Numbers:
    """Return the energies per particle from which 1..N particles can be free."""
    return well_particles.onsets_hartree(PAPER_WELL, N)


def hotness(T_hartree: ArrayLike) -> Numbers:
    """Return the place of temperatures above zero between coldest (0) and infinitely hot (0.5)."""
    return np.array([colour_place(float(T)) for T in np.ravel(T_hartree)]).reshape(np.shape(T_hartree))
