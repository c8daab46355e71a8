"""The escape: the last bound level, the first free one, and the chart of all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.confinement.well import seen
from evaluators.confinement.wells import energies, kinetic
from evaluators.laws import within
from explainer.checks.evaluation import Values
from physics.quantum_well import DEEP_WELL


def look(values: Values) -> Iterator[str]:
    """A chart that has its zero of temperature and the edge of the well on it."""
    if not values["left"] < 0 < values["right"] or values["top"] <= 0:
        yield f"shows a chart from {values['left']} to {values['right']} hartree, up to {values['top']}"


def escape(values: Values) -> Iterator[str]:
    """The levels as in the segment before; a curve only where the landscape has lain down."""
    yield from seen(values["well"])
    yield from look(values["look"])
    for name in ("curve", "falling", "floor", "deep"):
        yield from within(values, name, 0, 1)
    if values["curve"] > 0 and values["well"]["flat"] < 0.9:
        yield "shows the chart's curve over a landscape"


def escape_course(course: Sequence[Values]) -> Iterator[str]:
    """Energy only rises; kinetic energy falls from that of the last bound level to that of the first free one."""
    first, last = course[0]["well"], course[-1]["well"]
    if any(now["well"]["energy"] > following["well"]["energy"] for now, following in pairwise(course)):
        yield "loses energy while the particle escapes"
    bound = int((energies() < 0).sum())
    shown, expected = first["kinetic"] / last["kinetic"], kinetic()[bound - 1] / kinetic()[bound]
    if not math.isclose(shown, expected, rel_tol=1e-3):
        yield f"kinetic energy falls {shown:.6g}-fold, the physics gives {expected:.6g}"
    E, K = energies(DEEP_WELL.U0_hartree), kinetic(DEEP_WELL.U0_hartree)
    below = int((E < 0).sum()) - 1
    if not K[below] < K[below - 1]:
        yield "in the deeper well the kinetic energy does not fall just below the edge"
