"""Three temperatures: the count of levels by finite differences; where the curves are drawn to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.confinement.levels import LEVELS, entropy_of_count, solved
from evaluators.laws import within
from explainer.checks.evaluation import Values

NEARLY = 5e-5  # hartree: so near to a level, it may be counted or not
AGREEING = 0.03  # far above the well, of each other


def temperatures(values: Values) -> Iterator[str]:
    """The logarithm of the number of levels up to an energy, and the ranges of the rest."""
    to = values["counted_to"]
    low, high = entropy_of_count(to - NEARLY), entropy_of_count(to + NEARLY)
    if not low - 1e-9 <= values["entropy_over_k"] <= high + 1e-9:
        yield f"shows an entropy of {values['entropy_over_k']:.6g} k, counting gives {low:.6g}"
    for name in ("counted_to", "mu_to", "bath_to"):
        yield from within(values, name, -0.105, 0.6)
    for name in ("far", "counting", "lit"):
        yield from within(values, name, 0, 1)


def temperatures_course(course: Sequence[Values]) -> Iterator[str]:
    """Counting and curves only go on; high up, the slope of the count and the kinetic energy give one temperature."""
    for before, after in pairwise(course):
        for name in ("counted_to", "mu_to", "bath_to", "far", "entropy_over_k"):
            if after[name] < before[name]:
                yield f"{name} goes back"
    E, K = solved(count=LEVELS)
    for n in range(100, 130):
        slope = (E[n + 1] - E[n - 1]) / math.log((n + 2) / n)
        if abs(slope / (2 * K[n]) - 1) > AGREEING:
            yield f"level {n}: the count says {slope:.4g}, the kinetic energy {2 * K[n]:.4g}"
