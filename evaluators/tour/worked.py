"""Sixty up and forty down: the temperature from the logarithm of the ratio, slopes from whole numbers of ways."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, eased, near, quantum, temperature, thermometer, within
from explainer.checks.evaluation import Values, differences
from physics import examples

FOLLOWING = 6.0  # protons that the crowd may be behind the slider, which moves on between two steps of theirs
NUMBERS = (examples.FEW, 10, examples.PARTICLES)


def worked(values: Values) -> Iterator[str]:
    """Ratio and temperature from the slider's number; exact slopes as logarithms of ratios of binomials."""
    yield from thermometer(values)
    upness, n, N = values["upness"], values["n"], values["number"]
    if len(upness) != examples.PARTICLES or not all(0 <= up <= 1 for up in upness):
        yield f"shows protons elsewhere than between the two levels, or not {examples.PARTICLES} of them"
    for giver, taker, way in values["quanta"]:
        if min(giver, taker) >= 0:
            yield from quantum(upness, giver, taker, way)
        elif 0 < (turn := 2 * way - 1 if giver < 0 else 2 * way) < 1:  # its flight takes as long as the turn
            yield from _turning(upness, giver, taker, turn)
    yield from differences(values, {"above": float(sum(up > 0.5 for up in upness))})
    yield from near(values, {"above": n}, FOLLOWING)
    yield from differences(values, {"ratio": n / (examples.PARTICLES - n)})
    yield from temperature(values, "T_mK", GAP_mK, -math.log(values["ratio"]))
    if N not in NUMBERS:
        yield f"shows slopes of {N} particles"
    else:
        ways = [math.comb(N, up) for up in range(N + 1)]
        exact = [math.log(after / before) for before, after in pairwise(ways)]
        shown = values["slopes"]
        if len(shown) != N or any(not math.isclose(a, b, abs_tol=1e-9) for a, b in zip(shown, exact, strict=True)):
            yield f"shows other slopes of {N} particles than ln(ways above / ways below)"
    for name in ("zero", "crowd", "traced", "stepped", "probe"):
        yield from within(values, name, 0, 1)


def _turning(upness: Sequence[float], giver: int, taker: int, way: float) -> Iterator[str]:
    """A quantum from outside or to it: the proton is as far on its turn as the quantum."""
    who = max(giver, taker)
    expected = eased(way) if giver < 0 else 1 - eased(way)
    if not math.isclose(upness[who], expected, abs_tol=1e-6):
        yield f"shows proton {who} {upness[who]:.6g} up, and its quantum so far that it is {expected:.6g} up"


def worked_course(course: Sequence[Values]) -> Iterator[str]:
    """The slider goes from sixty through half to nearly all and back; as many go up as come down while it rests."""
    shown = [values["n"] for values in course]
    if shown[0] != examples.ABOVE_AFTER or shown[-1] != examples.ABOVE_AFTER or examples.PARTICLES / 2 not in shown:
        yield "the slider does not begin and end at the worked example, or does not pass equal numbers"
    for now, following in pairwise(course):
        crossed = [(a > 0.5) - (b > 0.5) for a, b in zip(following["upness"], now["upness"], strict=True)]
        if now["above"] == following["above"] and crossed.count(1) != crossed.count(-1):
            yield "more protons go up than come down while the counts stay"
