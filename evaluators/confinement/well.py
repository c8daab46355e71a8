"""The well's levels: energies and kinetic energies by finite differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.confinement.levels import solved
from evaluators.laws import near, within
from explainer.checks.evaluation import Values

GRID_TOLERANCE = 4e-5  # hartree, of the finite differences
BOUND = 6


def well(values: Values) -> Iterator[str]:
    """Energy and kinetic energy of the level that is shown."""
    E, K = solved()
    yield from within(values, "n", 0, BOUND - 1)
    yield from near(values, {"energy_hartree": E[values["n"]], "kinetic_hartree": K[values["n"]]}, GRID_TOLERANCE)
    yield from within(values, "phase", -200, 200)
    for name in ("away", "swell", "plotted"):
        yield from within(values, name, 0, 1)


def well_course(course: Sequence[Values]) -> Iterator[str]:
    """The levels are climbed one by one to the last bound one, and with each step the kinetic energy rises."""
    if [*dict.fromkeys(values["n"] for values in course)] != [*range(BOUND)]:
        yield "the levels are not climbed one by one to the last bound one"
    for before, after in pairwise(course):
        if after["kinetic_hartree"] < before["kinetic_hartree"]:
            yield "the kinetic energy falls in the well"
        if after["phase"] <= before["phase"]:
            yield "the wave's phase does not go on"
