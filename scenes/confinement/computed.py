"""What the film of the paper shows, computed once: levels, waves, temperatures, states of several particles."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from physics import quantum_well as well
from physics import well_particles
from physics.quantum_well import DEEP_WELL, PAPER_WELL, Levels
from physics.well_particles import States

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]

LEVELS = 140
WINDOW = 2e-3
"""Energy in hartree over which states of several particles are averaged."""
PARTICLES = (1, 2, 3, 4)
_X = np.linspace(-PAPER_WELL.L_bohr, PAPER_WELL.L_bohr, 1601)


@cache
def levels(deep: bool = False) -> Levels:
    """Return the levels of the paper's well, or of the deeper one."""
    return well.levels(DEEP_WELL if deep else PAPER_WELL, 60 if deep else LEVELS)


@cache
def wave(n: int) -> Curve:
    """Return places in bohr across the box and the real wave function there."""
    return _X, np.asarray(well.wave_function(PAPER_WELL, n, _X))


@cache
def kinetic_temperature(deep: bool = False) -> Curve:
    """Return energy and kinetic temperature 2<K>, in hartree, of each level."""
    found = levels(deep)
    return np.asarray(found.energy_hartree), np.asarray(well.temperature_K_operator(found))


@cache
def microcanonical_temperature() -> Curve:
    """Return energy and microcanonical temperature (centred differences), in hartree, of all levels but two."""
    found = levels()
    return np.asarray(found.energy_hartree)[1:-1], np.asarray(well.temperature_mu(found))


@cache
def canonical_temperature() -> Curve:
    """Return energy and canonical temperature, in hartree."""
    E = np.asarray(levels().energy_hartree)
    energies = float(E[0]) + np.geomspace(2e-4, float(E[-2] - E[0]), 70)
    return energies, np.asarray(well.temperature_C(PAPER_WELL, energies))


@cache
def counted() -> Curve:
    """Return energy in hartree and the logarithm of the number of levels up to there: entropy over k."""
    E = np.asarray(levels().energy_hartree)
    return E, np.log(np.arange(1, len(E) + 1))


@cache
def _found(N: int) -> States:
    """Return all states of N particles up to an energy."""
    return well_particles.states(PAPER_WELL, N, 0.034 * N)


@cache
def states(N: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int_]]:
    """Return energy a particle, kinetic temperature, and how many particles are free, for a sample of the states."""
    found = _found(N)
    per, T = found.energy_hartree / N, np.asarray(well_particles.temperature_K_operator(found))
    chosen = [np.flatnonzero(found.unbound == free) for free in range(N + 1)]
    sample = np.concatenate(
        [each[np.unique(np.linspace(0, len(each) - 1, 70).astype(int))] for each in chosen if len(each)]
    )
    return per[sample], T[sample], np.asarray(found.unbound)[sample]


@cache
def averaged(N: int) -> Curve:
    """Return energy a particle and the kinetic temperature averaged over states of nearly one energy, in hartree."""
    if N == 1:
        E, T = kinetic_temperature()
        keep = E < 0.034
        return E[keep], T[keep]
    found = _found(N)
    first = found.energy_hartree[0]
    starts = found.energy_hartree[found.energy_hartree < found.energy_hartree[-1] - WINDOW]
    pick = np.unique(np.searchsorted(starts, np.linspace(first, starts[-1], 160)))
    pick = pick[pick < len(starts)]
    mean = np.asarray(well_particles.temperature_E(found, starts[pick], WINDOW))
    return starts[pick] / N, mean


@cache
def largest_drop(N: int) -> tuple[float, float, float, float]:
    """Return where the averages fall farthest: energy a particle and temperature before, then after, in hartree."""
    E, T = averaged(N)
    highest = np.maximum.accumulate(T)
    lowest = int(np.argmax(highest - T))
    top = int(np.argmax(T[: lowest + 1]))
    return float(E[top]), float(T[top]), float(E[lowest]), float(T[lowest])


@cache
def entropy(N: int) -> Curve:
    """Return energy a particle in hartree and the volume entropy a particle over k."""
    found = well_particles.states(PAPER_WELL, N, 0.03 * N)
    S = np.asarray(well_particles.volume_entropy(found)) / N
    per = found.energy_hartree / N
    pick = np.unique(np.searchsorted(per, np.linspace(per[0], 0.03, 300)))
    pick = pick[pick < len(per)]
    return per[pick], S[pick]


@cache
def bath_entropy() -> Curve:
    """Return energy a particle in hartree and entropy a particle over k of four particles in a bath."""
    averages = well_particles.canonical_averages(PAPER_WELL, PARTICLES[-1], np.geomspace(0.003, 0.16, 70))
    per = np.asarray(averages.energy_hartree) / PARTICLES[-1]
    keep = per < 0.03
    return per[keep], np.asarray(averages.entropy_over_k)[keep] / PARTICLES[-1]
