"""Several particles: states put together from single levels, averages, and their largest drop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

import numpy as np

from evaluators.confinement.levels import solved
from evaluators.laws import within
from explainer.checks.evaluation import Values

WINDOW = 2e-3  # hartree, over which states are averaged
DROP_TOLERANCE = 0.04  # of the drop; the film averages at chosen energies
TOP = 0.034  # hartree a particle


@cache
def _drop(N: int) -> float:
    """How deep the averaged kinetic temperature falls at most below what it has been, in hartree."""
    E, K = (np.array(values) for values in solved())
    top = N * TOP
    lowest = [0.0, *np.cumsum(E[: N - 1])]
    usable = [n for n in range(len(E)) if E[n] + lowest[N - 1] < top]
    states = np.array([*combinations(usable, N)])
    energy, kinetic = E[states].sum(axis=1), K[states].sum(axis=1)
    keep = energy < top
    order = np.argsort(energy[keep])
    energy, T = energy[keep][order], 2 * kinetic[keep][order] / N
    if N == 1:
        mean = T
    else:
        starts = energy[energy < energy[-1] - WINDOW]
        sums = np.concatenate([[0.0], np.cumsum(T)])
        first, last = np.arange(len(starts)), np.searchsorted(energy, starts + WINDOW)
        mean = (sums[last] - sums[first]) / (last - first)
    return float((np.maximum.accumulate(mean) - mean).max())


def several(values: Values) -> Iterator[str]:
    """The largest drop for one and two particles from all their states; for more, the ranges of what is shown."""
    N = values["N"]
    if N not in (1, 2, 3, 4):
        yield f"shows {N} particles"
    elif N <= 3 and abs(values["drop_hartree"] / _drop(N) - 1) > DROP_TOLERANCE:
        yield f"shows a drop of {values['drop_hartree']:.4g} hartree for {N}, all states give {_drop(N):.4g}"
    for name in ("near", "cloud", "averaged", "traced", "kinked", "drawn", "closing"):
        yield from within(values, name, 0, 1)
    yield from within(values, "drop_hartree", 0, 0.14)
    yield from within(values, "phase", 0, 400)


def several_course(course: Sequence[Values]) -> Iterator[str]:
    """The largest drop shrinks with every particle; the entropies only grow."""
    drops = {values["N"]: values["drop_hartree"] for values in course}
    if sorted(drops) != [1, 2, 3, 4] or any(drops[N + 1] >= drops[N] for N in (1, 2, 3)):
        yield f"the largest drop does not shrink from one particle to four: {drops}"
    for before, after in pairwise(course):
        for name in ("drawn", "phase", "near"):
            if after[name] < before[name]:
                yield f"{name} goes back"
