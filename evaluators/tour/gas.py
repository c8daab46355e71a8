"""Why a gas cannot: entropies, weights, energies that are drained, and three levels that settle, in plain sums."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, entropy_over_k, near, temperature, thermometer, within
from evaluators.tour.contact import drained
from explainer.checks.evaluation import Values
from physics import examples, examples_tour

FOLLOWING = 6.0  # spins that the crowd may be behind the point, which moves on between two steps of theirs
TOP, ALONE = 1, 3
ACTS = 6


@cache
def _settled() -> tuple[float, ...]:
    """Populations in equilibrium at the energy of the random ones, by bisection."""
    shares = examples_tour.RANDOM_SHARES
    energy, low, high = shares[1] + 2 * shares[2], -20.0, 20.0
    for _ in range(100):
        x = (low + high) / 2
        weights = [math.exp(-x * level) for level in range(3)]
        low, high = (x, high) if (weights[1] + 2 * weights[2]) / sum(weights) > energy else (low, x)
    return tuple(weight / sum(weights) for weight in weights)


def gas(values: Values) -> Iterator[str]:
    """Each number of the six pictures from logarithms, exponentials and balances."""
    yield from thermometer(values)
    for name in ("shown", "moved", "settled"):
        yield from within(values, name, 0, 1)
    yield from within(values, "act", 0, ACTS - 1)
    yield from within(values, "quanta_each", *examples_tour.GAS_QUANTA)
    climb = 1.5 * math.log(values["quanta_each"] / examples_tour.GAS_QUANTA[0])
    yield from near(values, {"entropy_over_k": climb}, 1e-9)
    yield from within(values, "ladder_x", -0.5, 0.5)
    yield from within(values, "way", 0, 1e3)
    yield from within(values, "clock", 0, 1e3)
    p = values["n"] / examples.PARTICLES
    yield from near(values, {"bits": entropy_over_k(p)}, 1e-9)
    upness, up = values["upness"], sum(height > 0.5 for height in values["upness"])
    if not all(0 <= height <= 1 for height in upness):
        yield "shows spins elsewhere than between the two levels"
    if values["act"] == TOP and abs(up - values["n"]) > FOLLOWING:
        yield f"shows {up} spins up where the point says {values['n']:.4g}"
    taken = drained() * values["moved"]
    if values["act"] == ALONE and abs(up - examples.ABOVE_AFTER + taken) > FOLLOWING:
        yield f"shows {up} spins up, other than the gas has left"
    held = examples.ABOVE_AFTER - taken
    atoms, start = examples_tour.GAS_THERMOMETER.N, examples_tour.GAS_START_X
    expected = coldness(held, examples.PARTICLES - held), 1.5 * atoms / (1.5 * atoms / start + taken)
    for body, (x, wanted) in enumerate(zip(values["x"], expected, strict=True)):
        yield from near({f"x of body {body}": x}, {f"x of body {body}": wanted}, 1e-5)
        yield from temperature({"T_mK": values["T_mK"][body]}, "T_mK", GAP_mK, x)
    random, end = examples_tour.RANDOM_SHARES, _settled()
    now = [a + (b - a) * values["settled"] for a, b in zip(random, end, strict=True)]
    for level, (shown, wanted) in enumerate(zip(values["shares"], now, strict=True)):
        yield from near({f"share {level}": shown}, {f"share {level}": wanted}, 1e-9)
    low, middle, high = now
    pairs = math.log(low / middle), math.log(middle / high), math.log(low / high) / 2
    for pair, (shown, wanted) in enumerate(zip(values["pairs"], pairs, strict=True)):
        yield from near({f"coldness of pair {pair}": shown}, {f"coldness of pair {pair}": wanted}, 1e-9)


def gas_course(course: Sequence[Values]) -> Iterator[str]:
    """Heat only comes in; the point goes over the top; the ladder's coldness turns negative; levels only settle."""
    for before, after in pairwise(course):
        for name in ("quanta_each", "n", "moved", "settled", "clock"):
            if after[name] < before[name]:
                yield f"{name} goes back"
        if before["act"] == after["act"] and after["way"] < before["way"]:
            yield "the gas's atoms go back"
    if not course[0]["n"] < examples.PARTICLES / 2 < course[-1]["n"]:
        yield "the spins do not go over the top"
    if not course[0]["ladder_x"] > 0 > course[-1]["ladder_x"]:
        yield "the ladder's coldness does not turn negative"
    ends = [values["x"][0] for values in course if values["moved"] == 1]
    if not ends or ends[-1] <= 0:
        yield "the drained spins do not end at a positive temperature"
