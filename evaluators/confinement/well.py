"""The well and its levels: energies, kinetic energies and phases of what is shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from evaluators.confinement.wells import energies, kinetic
from evaluators.laws import near, within
from explainer.checks.evaluation import Values, differences
from physics import examples_confinement as cases

KINETIC_TOLERANCE = 1e-7  # hartree; a difference quotient stands behind it


def seen(values: Values) -> Iterator[str]:
    """The level that is spoken of, between whose neighbours numbers go evenly; phases that all turn as energies say."""
    level, count = values["level"], len(values["waves"])
    n = np.arange(count)
    yield from differences(values, {"energy": float(np.interp(level, n, energies()[:count]))})
    yield from near(values, {"kinetic": float(np.interp(level, n, kinetic()[:count]))}, KINETIC_TOLERANCE)
    rates = cases.TURNS_PER_S * (1 - energies()[:count] / cases.PHASE_ZERO_HARTREE)
    seconds = values["turns"][0] / rates[0]
    if not np.allclose(values["turns"], rates * seconds, rtol=1e-6, atol=1e-7):
        yield f"shows phases {values['turns']}, which are not those of one time"
    if not all(-1e-9 <= size <= 1 + 1e-9 for size in values["waves"]):
        yield f"shows waves of amplitudes {values['waves']}"
    for name in ("whole", "flat", "bars", "tails"):
        yield from within(values, name, 0, 1)


def well(values: Values) -> Iterator[str]:
    """Levels one after another, all of them bound; ten widths at most as wide as the box."""
    yield from seen(values["well"])
    yield from within(values, "tiles", 0, 1)
    yield from differences(values, {"found": 1.0 + math.floor(values["well"]["level"] + 0.5)})
    bound = int((energies() < 0).sum())
    if values["found"] > bound:
        yield f"shows {values['found']} bound levels, the well has {bound}"


def well_course(course: Sequence[Values]) -> Iterator[str]:
    """Level follows level, up to the last bound one, and each has more kinetic energy than the one before."""
    for now, following in pairwise(course):
        if now["well"]["level"] > following["well"]["level"] or now["well"]["kinetic"] > following["well"]["kinetic"]:
            yield "goes back to a lower level, or to less kinetic energy"
    bound = int((energies() < 0).sum())
    if course[-1]["found"] != bound:
        yield f"ends with {course[-1]['found']} levels, the well has {bound}"
