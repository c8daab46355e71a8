"""Coldness and temperature side by side; two bodies in contact."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, entropy_over_k, near, quantum, temperature, upper, within
from explainer.checks.evaluation import Values
from physics import examples

CONTACT_TOLERANCE = 2e-4  # of what the bodies hold and gain; the scene interpolates between worked-out instants
HEAT_TOLERANCE = 5e-4  # the scene ends after ten relaxation times, when 5e-5 of the heat is still to flow
SWEPT_PER_STEP = 7.0  # protons that turn over between two steps while the mark is swept along the axis
RESTING = 6  # frames after which a state is at rest


def _entropy_over_k(x: float) -> float:
    """Entropy of a two-level particle at coldness x."""
    return entropy_over_k(upper(x))


def _of_bodies(of: Callable[[float], float], x_hot: float, x_cold: float) -> float:
    """The sum of a quantity of a particle over the two bodies in contact."""
    return examples.HOT_BODY.N * of(x_hot) + examples.COLD_BODY.N * of(x_cold)


def ordering(values: Values) -> Iterator[str]:
    """Temperatures from coldness; protons on their levels; in contact, energy that is conserved and entropy gained."""
    for name, x in (("T_mK", "x"), ("T_hot_mK", "x_hot"), ("T_cold_mK", "x_cold")):
        yield from temperature(values, name, GAP_mK, values[x])
    now, before = (values["x_hot"], values["x_cold"]), (examples.HOT_X, examples.COLD_X)
    energy, energy_before = _of_bodies(upper, *now), _of_bodies(upper, *before)
    if not math.isclose(energy, energy_before, rel_tol=CONTACT_TOLERANCE):
        yield f"the two bodies hold {energy:.6g} quanta; they began with {energy_before:.6g}"
    # All particles are alike, so that in the end each holds the same share of the energy.
    p_end = energy_before / (examples.HOT_BODY.N + examples.COLD_BODY.N)
    x_end = coldness(p_end, 1 - p_end)
    entropy_before = _of_bodies(_entropy_over_k, *before)
    most = _of_bodies(_entropy_over_k, x_end, x_end) - entropy_before
    gain = {"entropy_gain_over_k": _of_bodies(_entropy_over_k, *now) - entropy_before}
    yield from near(values, gain, CONTACT_TOLERANCE * most)
    left = (upper(values["x_hot"]) - p_end) / (upper(examples.HOT_X) - p_end)
    yield from near(values, {"heat": left}, HEAT_TOLERANCE)
    yield from _ordering_protons(values, energy_before)
    yield from within(values, "bend", 0, 3)
    for name in ("ringed", "poured", "gathered", "parted", "apart", "settled", "told"):
        yield from within(values, name, 0, 1)
    if values["settled"] > 0 and values["told"] == 1:
        yield "the bodies leave before the words have gone"


def _ordering_protons(values: Values, energy: float) -> Iterator[str]:
    """As many protons above as the populations say, the two bodies together always as many; quanta between the two."""
    upness = values["upness"]
    if len(upness) != examples.PARTICLES or not all(0 <= up <= 1 for up in upness):
        yield f"shows protons elsewhere than between the two levels, or not {examples.PARTICLES} of them"
        return
    for which, above, wanted, most in _ordering_counts(values):
        if abs(above - wanted) > most:
            yield f"shows {above} protons above {which}, the populations give {wanted:.3g}"
    if values["parted"] and not math.isclose(sum(upness), energy, rel_tol=1e-6):
        yield f"shows {sum(upness):.6g} quanta in the two bodies, which hold {energy:.6g}"
    for giver, taker, way in values["quanta"] or ():
        if min(giver, taker) >= 0 and max(giver, taker) < examples.PARTICLES:
            yield from quantum(upness, giver, taker, way)
        else:
            yield f"shows a quantum from {giver} to {taker}, which are not protons of the bodies"


def _ordering_counts(values: Values) -> Iterator[tuple[str, int, float, float]]:
    """Protons above: of whom, how many, how many there should be, and how far off they may be between two steps."""
    turned = [up > 0.5 for up in values["upness"]]
    if not values["parted"]:
        yield "", sum(turned), examples.PARTICLES * upper(values["x"]), SWEPT_PER_STEP
        return
    N_hot, N_cold = int(examples.HOT_BODY.N), int(examples.COLD_BODY.N)
    yield "in the hotter body", sum(turned[:N_hot]), N_hot * upper(values["x_hot"]), 1.0
    yield "in the colder body", sum(turned[N_hot:]), N_cold * upper(values["x_cold"]), 1.0


def ordering_course(values: Sequence[Values]) -> Iterator[str]:
    """Heat flows one way, entropy never falls, and what rests has exactly the populations of its coldness."""
    for number, (before, now) in enumerate(pairwise(values), start=1):
        if now["heat"] > before["heat"] + 1e-9:
            yield f"frame {number}: heat flows back"
        if now["entropy_gain_over_k"] < before["entropy_gain_over_k"] - 1e-9:
            yield f"frame {number}: the total entropy falls"
        rests = number >= RESTING and all(
            each[name] == now[name] for each in values[number - RESTING : number] for name in ("x", "x_hot", "x_cold")
        )
        for which, above, wanted, most in _ordering_counts(now):
            if abs(above - wanted) > (0.5 + 1e-3 if rests else most):
                yield f"frame {number}: {above} protons above {which}, the populations give {wanted:.3g}"
