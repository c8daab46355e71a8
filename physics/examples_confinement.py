"""The worked cases of the film of arXiv:1305.2014, each written down once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from physics.quantum_well import PAPER_WELL, level_count, levels


def box_over_well() -> float:
    """Give how many times as wide as the well the box is.

    >>> box_over_well()
    10.0
    """
    return PAPER_WELL.L_bohr / PAPER_WELL.a_bohr


def bound_levels() -> int:
    """Give the number of levels below the edge of the well.

    >>> bound_levels()
    6
    """
    return int((levels(PAPER_WELL, level_count(PAPER_WELL, 0.0)).energy_hartree < 0).sum())


def kinetic_drop() -> float:
    """Give the factor by which the kinetic energy falls from the last bound level to the first free one.

    >>> round(kinetic_drop(), 1)
    304.3
    """
    kinetic = np.asarray(levels(PAPER_WELL, bound_levels() + 1).kinetic_hartree)
    return float(kinetic[-2] / kinetic[-1])


PAPER_LEVELS = 140
"""Levels of the paper's well that are shown."""

BATH_LEVELS = 460
"""Levels that a bath may spread a particle over; they reach 40 times as high as its highest temperature shown."""

DEEP_LEVELS = 60
"""Levels of the well twice as deep that are shown."""

CANONICAL_STEPS = 320
"""Points of a canonical curve."""

MOST_PARTICLES = 4
PER_PARTICLE_HARTREE = 0.034
"""States of several particles are shown up to this energy per particle."""

WINDOW_HARTREE = 2e-3
"""Total energies that are averaged over; at the paper's 4e-4 the curve of two particles is noise."""

COLOUR_GAP_HARTREE = 0.05
"""Temperatures are coloured by the upper fraction of two levels so far apart."""

PHASE_ZERO_HARTREE = -0.2
"""Energy from which the phases of the waves are counted; where it is makes no difference to what can be measured."""

TURNS_PER_S = 1.0
"""Turns of the phase, in a second of the film, of a wave at the edge of the well."""


def colour_place(T_hartree: float) -> float:
    """Give the place of a temperature between coldest, 0, and infinitely hot, 0.5.

    >>> colour_place(0.0), round(colour_place(0.05), 4)
    (0.0, 0.2689)
    """
    return 1.0 / (1.0 + math.exp(min(COLOUR_GAP_HARTREE / T_hartree, 700.0))) if T_hartree > 0 else 0.0


def phase_turns(energy_hartree: float, time_s: float) -> float:
    """Give the turns that the phase of a stationary wave has made, for a time in the film.

    >>> phase_turns(0.0, 2.0)
    2.0
    """
    return TURNS_PER_S * (1.0 - energy_hartree / PHASE_ZERO_HARTREE) * time_s


HOP_SEED = 5


def hop_levels(count: int) -> NDArray[np.float64]:
    """Give chances, 0..1, drawn once, by which a particle in a bath takes one level after another.

    >>> bool(((hop_levels(9) >= 0) & (hop_levels(9) < 1)).all())
    True
    """
    return np.random.default_rng(HOP_SEED).random(count)
