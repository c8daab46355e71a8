"""Sixty up and forty down: the temperature from the logarithm of the ratio, slopes from whole numbers of ways."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import TURN_S, GAP_mK, near, quantum, temperature, thermometer, within
from explainer.checks.evaluation import Values, differences
from physics import examples

FOLLOWING = 6.0  # protons that the crowd may be behind the slider, which moves on between two steps of theirs
LEAST_UP, MOST_UP = 25, 95  # protons up, where the slider turns and ends
NUMBERS = (examples.FEW, 10, examples.PARTICLES)


def worked(values: Values) -> Iterator[str]:
    """Ratio and temperature from the slider's number; exact slopes as logarithms of ratios of binomials."""
    yield from thermometer(values)
    upness, n, N = values["upness"], values["n"], values["number"]
    if len(upness) != examples.PARTICLES or not all(0 <= up <= 1 for up in upness):
        yield f"shows protons elsewhere than between the two levels, or not {examples.PARTICLES} of them"
    for giver, taker, way in values["quanta"]:
        yield from quantum(upness, giver, taker, way, TURN_S)
    yield from differences(values, {"above": float(sum(up > 0.5 for up in upness))})
    yield from near(values, {"above": n}, FOLLOWING)
    yield from differences(values, {"ratio": n / (examples.PARTICLES - n)})
    yield from temperature(values, "T_mK", GAP_mK, -math.log(values["ratio"]))
    yield from _slopes(N, values["slopes"])
    before = values["slopes_before"]
    if before:
        yield from _slopes(len(before), before)
    if len(before) >= N or (not before) != (NUMBERS[0] == N):
        yield f"shows slopes of {N} particles come over those of {len(before)}"
    least, most = (examples.PARTICLES * ratio / (1 + ratio) for ratio in values["traced"])
    if not LEAST_UP - 1e-9 <= least <= n + 1e-9 or not n - 1e-9 <= most <= MOST_UP + 1e-9:
        yield f"shows the curve traced between {least:.6g} and {most:.6g} up, and the slider at {n:.6g}"
    if values["swept"] > 0 and values["drawn"] < 1:
        yield "shows steps beside a curve that is not there yet"
    for name in ("aside", "zero", "swept", "drawn", "gap", "crowd", "curve", "gone"):
        yield from within(values, name, 0, 1)


def _slopes(N: int, shown: Sequence[float]) -> Iterator[str]:
    """From each energy to the next, the logarithm of by how much the ways grow."""
    if N not in NUMBERS:
        yield f"shows slopes of {N} particles"
        return
    ways = [math.comb(N, up) for up in range(N + 1)]
    exact = [math.log(after / before) for before, after in pairwise(ways)]
    if len(shown) != N or any(not math.isclose(a, b, abs_tol=1e-9) for a, b in zip(shown, exact, strict=True)):
        yield f"shows other slopes of {N} particles than ln(ways above / ways below)"


def worked_course(course: Sequence[Values]) -> Iterator[str]:
    """The slider goes from sixty through half to nearly all and back; as many go up as come down while it rests."""
    shown = [values["n"] for values in course]
    if shown[0] != examples.ABOVE_AFTER or shown[-1] != examples.ABOVE_AFTER or examples.PARTICLES / 2 not in shown:
        yield "the slider does not begin and end at the worked example, or does not pass equal numbers"
    for now, following in pairwise(course):
        crossed = [(a > 0.5) - (b > 0.5) for a, b in zip(following["upness"], now["upness"], strict=True)]
        if now["above"] == following["above"] and crossed.count(1) != crossed.count(-1):
            yield "more protons go up than come down while the counts stay"
