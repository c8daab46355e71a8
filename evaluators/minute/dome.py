"""Arrangements, columns of entropy, and the slope of the dome."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from evaluators.laws import GAP_mK, entropy_over_k, quantum, temperature, within
from explainer.checks.evaluation import Values, differences
from physics import examples

DOMES = (examples.FEW, 10, 30, examples.PARTICLES)  # protons of those that stand one after another
FAINTEST = 1e-3
FOLLOWING = 7.0  # protons that the hundred may differ by from the point, which moves on between two steps of theirs


def _bits(p: float) -> float:
    """Entropy per proton, in bits, of very many of which a share is up."""
    return entropy_over_k(p) / math.log(2)


def _tallest(refined: float) -> float:
    """Entropy per proton, in bits, of the middle one of columns that split from one dome to the next."""
    domes = [math.log2(math.comb(N, N // 2)) / N for N in DOMES]
    return float(np.interp(refined, range(1, len(domes) + 1), domes))


def dome(values: Values) -> Iterator[str]:
    """Arrangements and columns from binomials; on the dome of very many, entropy, its slope and 1/T from that.

    The protons on the levels, of the few and of the hundred, are where their quanta have them.
    """
    n, step = values["n"], 1e-5
    p = n / examples.PARTICLES
    slope = math.log(2) * (_bits(p + step) - _bits(p - step)) / (2 * step)
    yield from differences(values, {"bits": _bits(p), "tallest": _tallest(values["refined"])})
    if not math.isclose(values["slope"], slope, rel_tol=1e-5, abs_tol=1e-7):
        yield f"shows slope = {values['slope']:.9g}, the physics gives {slope:.9g}"
    yield from temperature(values, "T_mK", GAP_mK, values["slope"])
    for name, number, quanta in (("spins", examples.PARTICLES, "heat"), ("few", examples.FEW, "quanta")):
        upness = values[name]
        if len(upness) != number or not all(0 <= up <= 1 for up in upness):
            yield f"shows protons elsewhere than between the two levels, or not {number} of them"
        for giver, taker, way in values[quanta]:
            yield from quantum(upness, giver, taker, way)
    yield from differences(values, {"above": float(sum(up > 0.5 for up in values["spins"]))})
    ways = [math.comb(examples.FEW, up) for up in range(examples.FEW + 1)]
    if not all(0 <= shown <= most for shown, most in zip(values["arranged"], ways, strict=True)):
        yield f"shows {values['arranged']} arrangements, and there are {ways}"
    if values["refined"] > 0 and list(values["arranged"]) != ways:
        yield "shows columns of arrangements that were not all counted"
    if values["lever"] > 0 and values["lifted"] != 1:
        yield "shows the slope of a dome that the point is not on"
    if values["lever"] == 1 and values["leaving"] > FAINTEST:
        yield "shows the slope of a dome that goes"
    if values["straight"] > values["leaving"]:
        yield "shows an axis where the dome still is"
    yield from within(values, "energy", 0, examples.FEW)
    yield from within(values, "refined", 0, len(DOMES))
    for name in ("gathered", "placed", "limit", "attended", "lifted", "lever", "opened", "leaving", "straight"):
        yield from within(values, name, 0, 1)


def dome_course(course: Sequence[Values]) -> Iterator[str]:
    """The hundred follow the point, as many go up as come down while it rests; it passes the top once, uphill first."""
    for values in course:
        if abs(values["above"] - values["n"]) > FOLLOWING:
            yield f"shows {values['above']} protons above where the point says {values['n']:.4g}"
    for now, following in pairwise(course):
        crossed = [(a > 0.5) - (b > 0.5) for a, b in zip(following["spins"], now["spins"], strict=True)]
        if now["above"] == following["above"] and crossed.count(1) != crossed.count(-1):
            yield "more protons go up than come down while the counts stay"
    climb = [values for values in course if values["lever"] == 1]
    if any(now["n"] > following["n"] for now, following in pairwise(climb)):
        yield "the point on the dome goes back"
    if not climb or climb[0]["T_mK"] < 0 or climb[-1]["T_mK"] > 0:
        yield "the point does not go from positive to negative temperature"
