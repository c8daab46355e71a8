"""Mistakes put right: heat that is shared out, pairs of levels, states counted at an energy and up to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, near, thermometer, upper, within
from explainer.checks.evaluation import Values
from physics import examples_tour

LADDER_X = 0.55
ACTS = 6


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
    for name in ("shown", "jumped", "moved", "struck", "counted", "compared"):
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
    for number, (N, n) in enumerate(examples_tour.BALANCED):
        at = GAP_mK / math.log((N - n) / n)
        upto = GAP_mK / math.log(_up_to(N, n + 1) / _up_to(N, n))
        for name, wanted in (("at_mK", at), ("upto_mK", upto)):
            if not math.isclose(values[name][number], wanted, rel_tol=1e-6):
                yield f"shows {name} = {values[name][number]:.6g} of body {number}, the physics gives {wanted:.6g}"
    yield from within(values, "place", 0.01, 0.99)
    place = values["place"]
    yield from near(values, {"slope": math.log((1 - place) / place)}, 1e-9)


def mistakes_course(course: Sequence[Values]) -> Iterator[str]:
    """Heat never goes back; the ladders' coldness passes zero; the point goes over the top of the dome once."""
    for before, after in pairwise(course):
        for name in ("moved", "jumped", "place", "clock"):
            if after[name] < before[name]:
                yield f"{name} goes back"
    if not course[0]["ladder_x"] > 0 > course[-1]["ladder_x"]:
        yield "the ladders' coldness does not turn negative"
    if not course[0]["slope"] > 0 > course[-1]["slope"]:
        yield "the point does not go from uphill to downhill"
