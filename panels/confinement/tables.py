"""Every number that the panels of the confinement film show, tabulated by the physics package."""

from __future__ import annotations

import numpy as np
from scipy.constants import physical_constants

from panels.numbers import Table, numbers
from physics.examples_confinement import bound_levels
from physics.quantum_well import PAPER_WELL, levels, wave_function

FREE_LEVELS, POINTS = 6, 241
HARTREE_EV = physical_constants["Hartree energy in eV"][0]


def all_tables() -> Table:
    """All tables, by the panel that shows them."""
    return {"well": well()}


def well() -> Table:
    """The bound levels of the paper's well and some free ones, a row each; waves as shares of their greatest height."""
    bound = bound_levels()
    found = levels(PAPER_WELL, bound + FREE_LEVELS)
    x_bohr = np.linspace(-PAPER_WELL.L_bohr, PAPER_WELL.L_bohr, POINTS)
    waves = [wave_function(PAPER_WELL, n, x_bohr) for n in range(bound + FREE_LEVELS)]
    return {
        "bound": float(bound),
        "energy_eV": numbers(found.energy_hartree * HARTREE_EV),
        "kinetic_eV": numbers(found.kinetic_hartree * HARTREE_EV),
        "waves": [numbers(np.round(wave / np.abs(wave).max(), 4) + 0.0) for wave in waves],
    }
