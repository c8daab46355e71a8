"""The escape: kinetic energies before and after it by finite differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.confinement.levels import solved
from evaluators.laws import near, within
from explainer.checks.evaluation import Values

LAST, FREE = 5, 6
DEEP_FALLEN = 8  # the level of the deeper well at which its kinetic energy falls
GRID_TOLERANCE = 4e-5  # hartree, of the finite differences


def escape(values: Values) -> Iterator[str]:
    """The last bound level or the first free one; the dot between their kinetic energies, as far as it has fallen."""
    _, K = solved()
    if values["n"] not in (LAST, FREE):
        yield f"shows level {values['n']}"
    fallen = values["fallen"]
    yield from near(values, {"kinetic_hartree": K[LAST] + (K[FREE] - K[LAST]) * fallen}, GRID_TOLERANCE)
    if fallen > 0 and values["n"] == LAST:
        yield "shows the kinetic energy fall before the particle is free"
    for name in ("away", "swell", "fallen", "landscape", "deep", "traced", "whole", "told"):
        yield from within(values, name, 0, 1)
    yield from within(values, "phase", 0, 400)
    yield from within(values, "walked_hartree", -0.105, 0.04)


def escape_course(course: Sequence[Values]) -> Iterator[str]:
    """The kinetic energy falls by two orders of magnitude and more, while the energy rises."""
    (E, _), first, last = solved(), course[0], course[-1]
    if not E[LAST] < 0 < E[FREE] or not first["kinetic_hartree"] > 200 * last["kinetic_hartree"]:
        yield "the kinetic energy does not fall at the escape"
    E, K = solved(deep=True)
    if not E[DEEP_FALLEN] < 0 or not K[DEEP_FALLEN] < K[DEEP_FALLEN - 1]:
        yield "in the deeper well the kinetic energy does not fall just below the edge"
    for before, after in pairwise(course):
        for name in ("fallen", "n", "phase", "walked_hartree"):
            if after[name] < before[name]:
                yield f"{name} goes back"
