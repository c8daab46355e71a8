"""N non-interacting fermions in the stepped box of ``quantum_well``, in hartree atomic units (k = 1).

``degeneracy`` is the number of spin states per level: 1 for spinless particles (the default), 2 for
electrons; the paper does not say which it used. The microcanonical entropy is the volume entropy
ln(states up to E), so T > 0 by construction; heat capacities can be negative, temperatures cannot.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics._checks import FloatArray, filled, finite, one_whole, plain, positive, require, single, whole
from physics.errors import ImpossibleStateError, OutOfDomainError
from physics.quantum_well import Well, level_count, levels

_MAX_STATES = 20_000_000
_TAIL = 40.0  # canonical sums take levels up to this many T


@dataclass(frozen=True)
class States:
    """N-particle states, sorted by energy; arrays of one shape, but for ``occupied``."""

    N: int
    energy_hartree: FloatArray
    kinetic_hartree: FloatArray
    multiplicity: FloatArray
    """Number of spin states with this occupation of levels."""
    unbound: FloatArray
    """Number of particles in levels above the step (E > 0): the branch of the paper's Fig. 4."""
    occupied: NDArray[np.int32]
    """The level of each particle, rising, shape (N, states)."""


def _degeneracy(value: int) -> int:
    if single("degeneracy", value) not in (1, 2):
        raise OutOfDomainError("degeneracy", value, "be 1 (spinless) or 2 (spin 1/2)", "choose one")
    return int(value)


def lowest_energy_hartree(well: Well, N: int, degeneracy: int = 1) -> float:
    """Ground-state energy of N particles: the lowest levels filled.

    Args:
        well: the well.
        N: number of particles, a whole number >= 1.
        degeneracy: spin states per level, 1 or 2.

    Raises:
        NotANumberError, OutOfDomainError: N is not a whole number >= 1, or degeneracy is neither 1 nor 2.

    Source: Pauli principle.

    >>> from physics.quantum_well import PAPER_WELL
    >>> spinless, electrons = (lowest_energy_hartree(PAPER_WELL, 2, g) for g in (1, 2))
    >>> bool(electrons < spinless)
    True
    """
    count = one_whole("N", N, 1)
    return float(np.repeat(levels(well, count).energy_hartree, _degeneracy(degeneracy))[:count].sum())


def onsets_hartree(well: Well, N: int, degeneracy: int = 1) -> FloatArray:
    """Energies per particle from which j = 1..N particles can be free, shape (N,), in hartree.

    The j fill the lowest levels above the step, the others the lowest of all; each onset starts a branch
    and a drop of the kinetic temperature.

    Args:
        well: the well, with at least (N - 1)/degeneracy bound levels.
        N: number of particles, a whole number >= 1.
        degeneracy: spin states per level, 1 or 2.

    Raises:
        NotANumberError, OutOfDomainError: N is not a whole number >= 1, or degeneracy is neither 1 nor 2.
        ImpossibleStateError: too few bound levels for N - 1 particles.

    Source: lowest state with j particles at E > 0; -0.0487, 0 for N = 2.

    >>> from physics.quantum_well import PAPER_WELL
    >>> onsets_hartree(PAPER_WELL, 3).round(4).tolist()
    [-0.0625, -0.0324, 0.0003]
    """
    count, g = one_whole("N", N, 1), _degeneracy(degeneracy)
    energy = levels(well, level_count(well, 0.0) + count).energy_hartree
    bound, free = np.repeat(energy[energy <= 0], g), np.repeat(energy[energy > 0], g)
    if bound.size < count - 1:
        raise ImpossibleStateError("N", N, f"be <= {bound.size + 1} in this well", "deepen the well")
    held = np.concatenate([[0.0], np.cumsum(bound[: count - 1])])
    return np.asarray((held[::-1] + np.cumsum(free[:count])) / count)


def states(well: Well, N: int, top_hartree: float, degeneracy: int = 1) -> States:
    """List all states of N particles with total energy up to ``top_hartree``.

    Args:
        well: the well.
        N: number of particles, a whole number >= 1.
        top_hartree: highest total energy, at or above the ground state.
        degeneracy: spin states per level, 1 or 2.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N or degeneracy outside its range, top_hartree below the ground state, or more than
            2e7 states.

    Source: occupation of single-particle levels; sums of energies and of kinetic energies.

    >>> from physics.quantum_well import PAPER_WELL
    >>> pairs = states(PAPER_WELL, 2, 0.0)
    >>> int(pairs.multiplicity.sum()), int(states(PAPER_WELL, 2, 0.0, degeneracy=2).multiplicity.sum())
    (256, 1030)
    """
    count, g = one_whole("N", N, 1), _degeneracy(degeneracy)
    top = float(finite("top_hartree", single("top_hartree", top_hartree)))
    ground = np.repeat(levels(well, count).energy_hartree, g)[:count]
    if top < ground.sum():
        raise OutOfDomainError("top_hartree", top, f"be >= the ground state {ground.sum():.6g}", "raise it")
    # The last particle goes highest when the others stay lowest.
    found = levels(well, max(level_count(well, max(top - ground[:-1].sum(), 0.0)), count))
    e, kinetic = found.energy_hartree, found.kinetic_hartree

    level = np.zeros(1, dtype=np.int64)
    run = np.full(1, 0)
    occupied = np.zeros((0, 1), dtype=np.int32)
    energy, kin, multiplicity, unbound = np.zeros(1), np.zeros(1), np.ones(1), np.zeros(1)
    for placed in range(count):
        first = np.where(run < g, level, level + 1)
        # Each particle yet to come costs at least as much as this one, so this one may take a fair share.
        stop = np.searchsorted(e, (top - energy) / (count - placed), side="right")
        choices = np.maximum(stop - first, 0)
        total = int(choices.sum())
        if total > _MAX_STATES:
            raise OutOfDomainError("states", total, f"be <= {_MAX_STATES}", "lower top_hartree or N")
        parent = np.repeat(np.arange(level.size), choices)
        step = np.arange(total) - np.repeat(np.cumsum(choices) - choices, choices)
        chosen = first[parent] + step
        again = (chosen == level[parent]) & (run[parent] > 0)
        run = np.where(again, run[parent] + 1, 1)
        level = chosen
        occupied = np.concatenate([occupied[:, parent], chosen[np.newaxis].astype(np.int32)])
        energy, kin = energy[parent] + e[chosen], kin[parent] + kinetic[chosen]
        multiplicity = multiplicity[parent] * np.where(again, (g - run + 1) / run, g)
        unbound = unbound[parent] + (e[chosen] > 0)
    order = np.argsort(energy, kind="stable")
    order = order[energy[order] <= top]
    return States(count, energy[order], kin[order], multiplicity[order], unbound[order], occupied[:, order])


def temperature_K_operator(found: States) -> FloatArray:
    """Kinetic temperature T_K = 2<K>/N of each state, in hartree.

    Args:
        found: states of N particles.

    Source: arXiv:1305.2014, Eq. (3) with d = 1.

    >>> from physics.quantum_well import PAPER_WELL
    >>> T = temperature_K_operator(states(PAPER_WELL, 2, 0.0))
    >>> bool((T > 0).all())
    True
    """
    return 2.0 * found.kinetic_hartree / found.N


def chosen_state(well: Well, occupied: ArrayLike, degeneracy: int = 1) -> States:
    """The one state in which the particles are in chosen levels; its ``temperature_K_operator`` is of shape (1,).

    Args:
        well: the well.
        occupied: the level of each particle, whole numbers >= 0, shape (N,), in any order.
        degeneracy: spin states per level, 1 or 2.

    Raises:
        NotANumberError, OutOfDomainError: a level is not a whole number >= 0, or there is none.
        ImpossibleStateError: more particles in a level than it has spin states (Pauli principle).

    Source: sums of single-particle energies and kinetic energies.

    >>> from physics.quantum_well import PAPER_WELL
    >>> bound, escaped = (temperature_K_operator(chosen_state(PAPER_WELL, [0, n]))[0] for n in (5, 6))
    >>> bool(escaped < bound)
    True
    """
    level, g = filled("occupied", whole("occupied", occupied, 0)), _degeneracy(degeneracy)
    if level.ndim != 1:
        raise OutOfDomainError("occupied", level.shape, "be a row of levels", "give one level per particle")
    numbers, held = np.unique(level.astype(np.int64), return_counts=True)
    if (held > g).any():
        full = int(numbers[held > g][0])
        raise ImpossibleStateError("particles in level", full, f"be <= {g} (Pauli principle)", "move one elsewhere")
    found = levels(well, int(numbers[-1]) + 1)
    energy, kinetic = (float((each[numbers] * held).sum()) for each in (found.energy_hartree, found.kinetic_hartree))
    free = float(held[found.energy_hartree[numbers] > 0].sum())
    spins = float(np.prod(np.where(held == 1, g, 1)))
    one = np.array([energy]), np.array([kinetic]), np.array([spins]), np.array([free])
    return States(level.size, *one, np.sort(level.astype(np.int32))[:, np.newaxis])


@np.errstate(over="ignore")
def temperature_E(found: States, energy_hartree: ArrayLike, window_hartree: float) -> FloatArray:
    """Kinetic temperature T_E averaged over the states in [E, E + window), in hartree.

    Args:
        found: states of N particles, reaching beyond every E + window.
        energy_hartree: total energies E, any shape; at least one state in each window.
        window_hartree: width epsilon of the window, > 0. At the paper's 4e-4 the N = 2 curve is noise;
            2e-3 and more gives a curve.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or infinite, or the window is not positive.
        ImpossibleStateError: a window holds no state.

    Source: arXiv:1305.2014, Eqs. (6) and (7).

    >>> from physics.quantum_well import PAPER_WELL
    >>> found = states(PAPER_WELL, 2, 0.1)
    >>> bool(temperature_E(found, -0.05, 0.01) > 0)
    True
    """
    E, width = (
        finite("energy_hartree", energy_hartree),
        float(positive("window_hartree", single("window_hartree", window_hartree))),
    )
    first = np.searchsorted(found.energy_hartree, E, side="left")
    last = np.searchsorted(found.energy_hartree, E + width, side="left")
    if np.any(last <= first):
        raise ImpossibleStateError("window_hartree", width, "hold a state at each E", "widen it or start at a state")
    weight = np.concatenate([[0.0], np.cumsum(found.multiplicity)])
    kinetic = np.concatenate([[0.0], np.cumsum(found.multiplicity * found.kinetic_hartree)])
    mean = (kinetic[last] - kinetic[first]) / (weight[last] - weight[first])
    return plain(2.0 * mean / found.N)


def volume_entropy(found: States) -> FloatArray:
    """Volume entropy ln(states up to E) at each state's energy, over k; never falls.

    Args:
        found: states of N particles, complete from the ground state up.

    Source: arXiv:1305.2014; the Hertz entropy.

    >>> from physics.quantum_well import PAPER_WELL
    >>> float(volume_entropy(states(PAPER_WELL, 2, 0.0))[0])
    0.0
    """
    return np.asarray(np.log(np.cumsum(found.multiplicity)))


@dataclass(frozen=True)
class Canonical:
    """Canonical averages of N particles at each temperature; arrays of one shape."""

    T_hartree: FloatArray
    energy_hartree: FloatArray
    entropy_over_k: FloatArray
    kinetic_hartree: FloatArray


def canonical_averages(well: Well, N: int, T_hartree: ArrayLike, degeneracy: int = 1) -> Canonical:
    """Exact canonical averages of N fermions, with levels up to 40 times the highest temperature.

    Levels are added one by one to the partition functions of 0..N particles; every term is positive, so
    nothing cancels.

    Args:
        well: the well.
        N: number of particles, a whole number >= 1.
        T_hartree: temperatures in hartree, > 0, any shape.
        degeneracy: spin states per level, 1 or 2.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N, degeneracy or T outside its range, or T so low that a weight underflows.

    Source: Z_N = elementary symmetric polynomial of the Boltzmann weights.

    >>> from physics.quantum_well import PAPER_WELL
    >>> one = canonical_averages(PAPER_WELL, 1, 0.0654596)
    >>> bool(abs(one.energy_hartree) < 1e-7)
    True
    """
    count, g = one_whole("N", N, 1), _degeneracy(degeneracy)
    T = filled("T_hartree", positive("T_hartree", T_hartree))
    found = levels(well, max(level_count(well, _TAIL * float(T.max())), count))
    beta = 1.0 / T
    lowest = found.energy_hartree[0]
    Z = np.zeros((count + 1, *T.shape))
    Z[0] = 1.0
    E_sum, K_sum = np.zeros_like(Z), np.zeros_like(Z)
    with np.errstate(under="ignore"):
        for level, kinetic in zip(found.energy_hartree - lowest, found.kinetic_hartree, strict=True):
            w = np.exp(-beta * level)
            for _ in range(g):
                E_sum[1:] += w * (E_sum[:-1] + level * Z[:-1])
                K_sum[1:] += w * (K_sum[:-1] + kinetic * Z[:-1])
                Z[1:] += w * Z[:-1]
    require(Z[-1] > 1e-290, "T_hartree", T, "be high enough for N weights to be represented", "raise T")
    energy = E_sum[-1] / Z[-1]
    entropy = np.log(Z[-1]) + beta * energy
    return Canonical(T, plain(energy + count * lowest), plain(entropy), plain(K_sum[-1] / Z[-1]))
