"""Why a gas cannot: entropies of a gas and of spins, a ladder's coldness, spins drained by a gas, three levels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, coldness_at, near, quantum, temperature, thermometer, upper, within
from explainer.checks.evaluation import Values, differences
from physics import examples, examples_tour

HEAT_TOLERANCE = 2e-4  # the scene interpolates between worked-out instants
FOLLOWING = 8.0  # spins that the hundred may differ by from the point, which moves on while they turn over
LEVELS = 3


def _spin_entropy(p: float) -> float:
    """Entropy over k of a spin of which a share is up."""
    return -sum(share * math.log(share) for share in (p, 1 - p) if share)


def _held(x_spins: float, x_gas: float) -> float:
    """Energy of spins and gas, in quanta."""
    return examples.PARTICLES * upper(x_spins) + 1.5 * examples_tour.DRAINING_GAS.N / x_gas


def gas(values: Values) -> Iterator[str]:
    """Entropies from logarithms; every temperature from populations; energy kept where spins and a gas touch."""
    yield from thermometer(values)
    T, n = values["gas_T_K"], values["n"]
    share = T / examples_tour.ROOM_K
    entropies = {"gas_gain": 1.5 * math.log(share), "spin_entropy": _spin_entropy(n / examples.PARTICLES)}
    yield from differences(values, {"gas_energy": share, **entropies})
    yield from temperature(values, "spin_T_mK", GAP_mK, coldness(n / examples.PARTICLES, 1 - n / examples.PARTICLES))
    yield from within(values, "farthest", n, examples.PARTICLES)
    for name in ("spins", "drained"):
        upness = values[name]
        if len(upness) != examples.PARTICLES or not all(0 <= up <= 1 for up in upness):
            yield f"shows {name} elsewhere than between the two levels, or not {examples.PARTICLES} of them"
    yield from _drain(values)
    yield from _three(values)
    for name in ("seen", "conditions"):
        if not all(0 <= share <= 1 for share in values[name]):
            yield f"shows {name} = {values[name]}"
    for name in ("touching", "filled"):
        yield from within(values, name, 0, 1)
    for name in ("gas_way", "drain_way", "lowest_bar"):
        yield from within(values, name, 0, math.inf)
    for name in ("oscillator_x", "topped_x"):
        yield from within(values, name, -1, 1)


def _drain(values: Values) -> Iterator[str]:
    """What the spins lose the gas gains; before they touch they have what they were given."""
    x_spins, x_gas = (coldness_at(GAP_mK, values[name]) for name in ("drained_T_mK", "drain_T_mK"))
    yield from near(values, {"above": examples.PARTICLES * upper(x_spins)}, HEAT_TOLERANCE * examples.PARTICLES)
    given = examples_tour.DRAINED_ABOVE / examples.PARTICLES
    before = _held(coldness(given, 1 - given), coldness_at(GAP_mK, 1e3 * examples_tour.DRAINING_GAS_K))
    if not math.isclose(_held(x_spins, x_gas), before, rel_tol=HEAT_TOLERANCE):
        yield f"spins and gas hold {_held(x_spins, x_gas):.6g} quanta; they began with {before:.6g}"
    if values["touching"] < 1 and values["above"] != examples_tour.DRAINED_ABOVE:
        yield "shows spins drained by a gas that does not touch them"
    for giver, taker, way in values["quanta"]:
        if taker >= 0:
            yield from quantum(values["drained"], giver, taker, way)


def _three(values: Values) -> Iterator[str]:
    """As many atoms, as much energy as at first; each pair's temperature from the ratio of its two."""
    numbers, filled = values["populations"], examples_tour.THREE_FILLED
    totals = [[sum(row), row[1] + 2 * row[2]] for row in (numbers, filled)]
    if not all(math.isclose(now, before) for now, before in zip(*totals, strict=True)):
        yield f"shows populations {numbers}, which are not those of as many atoms with as much energy as {filled}"
    for (low, high), T in zip(((0, 1), (1, 2), (0, 2)), values["pair_T_mK"], strict=True):
        x = math.log(numbers[low] / numbers[high]) / (high - low)
        yield from temperature({"pair_T_mK": T}, "pair_T_mK", GAP_mK, x)
    levels = values["levels"]
    if len(levels) != sum(filled) or not all(0 <= level <= LEVELS - 1 for level in levels):
        yield f"shows atoms elsewhere than between the levels, or not {sum(filled)} of them"
    if not math.isclose(sum(levels), totals[1][1], rel_tol=1e-9):
        yield f"shows atoms with {sum(levels):.6g} quanta, of {totals[1][1]}"


def gas_course(course: Sequence[Values]) -> Iterator[str]:
    """Speeds go with the root of the temperature; counts follow; entropy of three levels never falls."""
    for number, (before, now) in enumerate(pairwise(course), start=1):
        yield from _ways(number, before, now, course[1])
        if abs(sum(now["spins"]) - now["n"]) > FOLLOWING:
            yield f"frame {number}: {sum(now['spins']):.4g} spins up where the point says {now['n']:.4g}"
        if abs(sum(now["drained"]) - now["above"]) > FOLLOWING:
            yield f"frame {number}: {sum(now['drained']):.4g} spins up where the heat says {now['above']:.4g}"
        if now["above"] > before["above"] + 1e-9:
            yield f"frame {number}: heat flows back from the gas"
        old, new = (-sum(n * math.log(n) for n in each["populations"]) for each in (before, now))
        if new < old - 1e-9:
            yield f"frame {number}: the entropy of three levels falls"
    told = course[-1]["pair_T_mK"]
    if not all(math.isclose(T, told[0], rel_tol=1e-6) for T in told):
        yield f"three levels have settled, and their pairs tell {told}"


def _ways(number: int, before: Values, now: Values, first: Values) -> Iterator[str]:
    """What an atom goes in a frame is as long as the root of the temperature says, beside the first frame's."""
    for way, T in (("gas_way", "gas_T_K"), ("drain_way", "drain_T_mK")):
        gone, wanted = now[way] - before[way], first[way] * math.sqrt(now[T] / first[T])
        if not math.isclose(gone, wanted, rel_tol=1e-6):
            yield f"frame {number}: {way} grows by {gone:.6g}, speeds at that temperature give {wanted:.6g}"
