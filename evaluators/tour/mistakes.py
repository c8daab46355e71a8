"""Mistakes put right: heat that is shared out, pairs of levels, states counted at an energy and up to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, near, quantum, thermometer, upper, within
from explainer.checks.evaluation import Values
from physics import examples_tour

LADDER_X = 0.55
ACTS = 6
HELD = 50  # particles on three levels


def _heated(moved: float) -> list[float]:
    """Coldness of bodies of as many particles each, after a share of the heat has passed to where all hold as much."""
    held = [upper(x) for x in (examples_tour.GIVER_X, *examples_tour.TAKERS_X)]
    mean = sum(held) / len(held)
    now = [share + (mean - share) * moved for share in held]
    return [coldness(share, 1 - share) for share in now]


def _pairs(populations: Sequence[float]) -> tuple[float, float, float]:
    low, middle, high = populations
    return math.log(low / middle), math.log(middle / high), math.log(low / high) / 2


def _settled() -> list[float]:
    weights = [math.exp(-examples_tour.SETTLED_X * level) for level in range(3)]
    return [weight / sum(weights) for weight in weights]


def _up_to(N: int, n: int) -> int:
    return sum(math.comb(N, up) for up in range(n + 1))


def mistakes(values: Values) -> Iterator[str]:
    """Each number of the five pictures from sums and logarithms."""
    yield from thermometer(values)
    for name in ("shown", "strayed", "jumped", "flow", "moved", "struck", "counted", "sunk", "run"):
        yield from within(values, name, 0, 1)
    yield from within(values, "act", 0, ACTS - 1)
    yield from within(values, "ladder_x", -LADDER_X, LADDER_X)
    yield from within(values, "clock", 0, 1e3)
    for number, (shown, x) in enumerate(zip(values["x"], _heated(values["moved"]), strict=True)):
        yield from near({f"x of body {number}": shown}, {f"x of body {number}": x}, 1e-9)
    if values["moved"] > 0 and values["jumped"] < 1:
        yield "shows heat flow from a mark that is not in its place"
    for name, shown_pairs, populations in zip(
        ("settled", "driven"), values["pairs"], (_settled(), examples_tour.DRIVEN), strict=True
    ):
        for shown, x in zip(shown_pairs, _pairs(populations), strict=True):
            yield from near({f"{name} pair": shown}, {f"{name} pair": x}, 1e-9)
    yield from _hops(values)
    yield from _counting(values)
    yield from _bodies(values)
    for number, (N, n) in enumerate(examples_tour.BALANCED):
        at = GAP_mK / math.log((N - n) / n)
        upto = GAP_mK / math.log(_up_to(N, n + 1) / _up_to(N, n))
        for name, wanted in (("at_mK", at), ("upto_mK", upto)):
            if not math.isclose(values[name][number], wanted, rel_tol=1e-6):
                yield f"shows {name} = {values[name][number]:.6g} of body {number}, the physics gives {wanted:.6g}"
    yield from within(values, "place", 0.01, 0.99)
    place = values["place"]
    yield from near(values, {"slope": math.log((1 - place) / place)}, 1e-9)


def _hops(values: Values) -> Iterator[str]:
    """Whoever changes places goes where another comes from, so that each level keeps its number."""
    for hops in values["hops"]:
        if {start for start, _, _ in hops} != {end for _, end, _ in hops}:
            yield "shows particles leave places on three levels that nobody comes to"
        if not all(0 <= start < HELD and 0 <= way <= 1 for start, _, way in hops):
            yield f"shows other than {HELD} particles on three levels, or elsewhere than on their ways"


def _counting(values: Values) -> Iterator[str]:
    """The slopes where the counting is: from each energy to the next."""
    N = examples_tour.SPINS_COUNTED
    n = min(int(N * values["counted"]), N - 1)
    exact = math.log(math.comb(N, n + 1) / math.comb(N, n)), math.log(_up_to(N, n + 1) / _up_to(N, n))
    for shown, wanted in zip(values["slopes"], exact, strict=True):
        if not math.isclose(shown, wanted, rel_tol=1e-6, abs_tol=1e-9):
            yield f"shows a slope of {shown:.6g} at {n} of {N} up, the physics gives {wanted:.6g}"


def _bodies(values: Values) -> Iterator[str]:
    """Particles of the bodies in balance are where their quanta have them, and each body keeps its energy."""
    upness, first = values["upness"], 0
    for giver, taker, way in values["quanta"]:
        yield from quantum(upness, giver, taker, way)
    for N, n in examples_tour.BALANCED:
        held = sum(upness[first : first + N])
        if not math.isclose(held, n, abs_tol=1e-6):
            yield f"shows {held:.6g} quanta in a body of {N} that has {n}"
        first += N
    if len(upness) != first:
        yield f"shows {len(upness)} particles in two bodies of {first}"


def mistakes_course(course: Sequence[Values]) -> Iterator[str]:
    """Heat never goes back; the ladders' coldness passes zero; the point goes over the top of the dome once."""
    for before, after in pairwise(course):
        for name in ("moved", "strayed", "jumped", "place", "counted", "sunk", "run", "clock"):
            if after[name] < before[name]:
                yield f"{name} goes back"
    if not course[0]["ladder_x"] > 0 > course[-1]["ladder_x"]:
        yield "the ladders' coldness does not turn negative"
    if not course[0]["slope"] > 0 > course[-1]["slope"]:
        yield "the point does not go from uphill to downhill"
