"""Temperature by counting levels, and in a bath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from evaluators.confinement.escape import look
from evaluators.confinement.wells import energies
from evaluators.laws import near, within
from explainer.checks.evaluation import Values, differences
from physics import examples_confinement as cases

BATH_TOLERANCE = 1e-4  # hartree; the scene goes straight between points of its curve
RARELY = 1e-7


def temperatures(values: Values) -> Iterator[str]:
    """One over the slope of ln(number of levels); a bath whose mean energy is the one shown, on levels it reaches."""
    yield from look(values["look"])
    E = energies()[: cases.PAPER_LEVELS]
    n = np.arange(1, len(E) - 1)
    slope = np.log((n + 2) / n) / (E[2:] - E[:-2])
    at = float(np.interp(values["counted_n"], n, E[1:-1]))
    yield from differences(values, {"counted_T": float(np.interp(at, E[1:-1], 1 / slope))})
    every = energies()[: cases.BATH_LEVELS]
    weights = np.exp((every[0] - every) / values["bath_T"])
    shares = weights / weights.sum()
    yield from near(values, {"bath_E": float(shares @ every)}, BATH_TOLERANCE)
    if values["bath"] > 0 and shares[values["taken"]] < RARELY:
        yield f"shows the particle on level {values['taken']}, which a bath of {values['bath_T']:.3g} does not reach"
    for name in ("low", "logarithmic", "lever", "bath"):
        yield from within(values, name, 0, 1)
    yield from three(values["curves"])


def three(values: Values) -> Iterator[str]:
    """Curves of which there is none, some or all."""
    for name in ("deep", "opacity"):
        yield from within(values, name, 0, 1)


def temperatures_course(course: Sequence[Values]) -> Iterator[str]:
    """The canonical temperature only rises; the microcanonical one, over rising levels, falls once at least."""
    for now, following in pairwise(course):
        if now["bath_T"] > following["bath_T"]:
            yield "the bath cools"
        if now["counted_n"] > following["counted_n"]:
            yield "counts levels backwards"
    if not any(now["counted_T"] > following["counted_T"] for now, following in pairwise(course)):
        yield "the microcanonical temperature does not fall"
