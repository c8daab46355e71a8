"""Pairs of bodies that touch, and two thermometers: energies by balance, entropies by sums of logarithms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, entropy_over_k, near, temperature, thermometer, upper, within
from explainer.checks.evaluation import Values
from physics import examples, examples_tour

PAIRS, HILLS, SMALL, GAS = (0, 1, 2), 3, 4, 5
ENERGY_TOLERANCE = 1e-5  # the scene finds equilibria by bisection


def _sizes(act: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Particles of both bodies, and how many of each are up before they touch."""
    if act == SMALL:
        few = examples_tour.THERMOMETER, examples_tour.THERMOMETER_ABOVE
        return (examples.PARTICLES, few[0]), (examples.ABOVE_AFTER, few[1])
    return (examples.HOT_BODY.N, examples.COLD_BODY.N), examples_tour.CONTACT_PAIRS[min(act, 2)]


def _held(values: Values) -> tuple[float, float]:
    """Quanta in both bodies now: in the end all particles, which are alike, hold the same share."""
    (N_a, N_b), (a, b) = _sizes(values["act"])
    share, moved = (a + b) / (N_a + N_b), 1.0 if values["act"] == HILLS else values["moved"]
    return a + (N_a * share - a) * moved, b + (N_b * share - b) * moved


@cache
def drained() -> float:
    """Quanta that the gas takes in all, by bisection of the balance of energy."""
    N, atoms, start = examples.PARTICLES, examples_tour.GAS_THERMOMETER.N, examples_tour.GAS_START_X
    low, high = 1e-6, start
    for _ in range(80):
        x = (low + high) / 2
        excess = N * upper(x) + 1.5 * atoms / x - examples.ABOVE_AFTER - 1.5 * atoms / start
        low, high = (x, high) if excess > 0 else (low, x)
    return examples.ABOVE_AFTER - N * upper((low + high) / 2)


def contact(values: Values) -> Iterator[str]:
    """Coldness of both bodies from the energy they hold, temperatures from that, entropy gained; quanta in flight."""
    yield from thermometer(values)
    act, moved, upness = values["act"], values["moved"], values["upness"]
    for name in ("moved", "apart", "shown"):
        yield from within(values, name, 0, 1)
    if act == GAS:
        taken = drained() * moved
        up, atoms = examples.ABOVE_AFTER - taken, examples_tour.GAS_THERMOMETER.N
        expected = (
            coldness(up, examples.PARTICLES - up),
            1.5 * atoms / (1.5 * atoms / examples_tour.GAS_START_X + taken),
        )
        if len(values["gas"]) != atoms or not all(0 <= place <= 1 for atom in values["gas"] for place in atom):
            yield "shows atoms of the gas outside their box"
    else:
        (N_a, N_b), _ = _sizes(act)
        a, b = _held(values)
        expected = coldness(a, N_a - a), coldness(b, N_b - b)
        if act != HILLS:
            _, (a_0, b_0) = _sizes(act)
            gain = sum(
                N * (entropy_over_k(now / N) - entropy_over_k(before / N))
                for N, now, before in ((N_a, a, a_0), (N_b, b, b_0))
            )
            yield from near(values, {"gain_over_k": gain}, 1e-4)
            if gain < -1e-9:
                yield "shows total entropy fall"
    for index, (x, name) in enumerate(zip(expected, ("first", "second"), strict=True)):
        shown = {"x": values["x"][index], "T_mK": values["T_mK"][index]}
        yield from (f"{name} body: {what}" for what in near(shown, {"x": x}, ENERGY_TOLERANCE))
        yield from (f"{name} body: {what}" for what in temperature(shown, "T_mK", GAP_mK, shown["x"]))
    if not all(0 <= up <= 1 for up in upness):
        yield "shows protons elsewhere than between the two levels"


def _counted(values: Values) -> tuple[int, int]:
    """How many are up in the first body and in the second."""
    first = examples.HOT_BODY.N if values["act"] in PAIRS else examples.PARTICLES
    up = [height > 0.5 for height in values["upness"]]
    return sum(up[: int(first)]), sum(up[int(first) :])


def contact_course(course: Sequence[Values]) -> Iterator[str]:
    """Counts follow the energies; the two bodies together hold as many quanta as before; heat never goes back."""
    for values in course:
        act, counted = values["act"], _counted(values)
        if act in PAIRS:
            held = _held(values)
            if any(abs(there - here) > 2 for there, here in zip(counted, held, strict=True)):
                yield f"shows {counted} protons above where the energies say {held[0]:.3g} and {held[1]:.3g}"
        elif act == SMALL and abs(sum(counted) - sum(_held(values))) > 2:
            yield f"shows {sum(counted)} protons above; it began with {sum(_held(values)):.3g}"
        elif act == GAS and abs(counted[0] - examples.ABOVE_AFTER + drained() * values["moved"]) > 3:
            yield f"shows {counted[0]} protons above, other than the gas has left"
    for before, after in pairwise(course):
        if before["act"] == after["act"] and after["moved"] < before["moved"]:
            yield "heat goes back"
