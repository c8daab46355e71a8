"""The worked cases of the film of arXiv:1305.2014, each written down once."""

from __future__ import annotations

import numpy as np

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
