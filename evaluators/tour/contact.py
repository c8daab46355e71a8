"""What hotter means: energy kept and entropy gained where two bodies touch, and what thermometers read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, coldness_at, near, quantum, temperature, thermometer, upper, within
from explainer.checks.evaluation import Values
from physics import examples, examples_tour

TOLERANCE = 2e-3  # quanta and entropy over k; the scene interpolates between worked-out instants
FOLLOWING = 4.0  # protons that a body may differ by from the heat, which flows on while they turn over
GAS = 4  # of the five contacts, the one with a gas

Holding = Callable[[float], float]


def _spins(N: float) -> tuple[Holding, Holding]:
    """Energy in quanta and entropy over k of N spins at coldness x."""

    def entropy(x: float) -> float:
        p = upper(x)
        return -N * (p * math.log(p) + (1 - p) * math.log(1 - p))

    return (lambda x: N * upper(x)), entropy


def _gas() -> tuple[Holding, Holding]:
    """The same of the gas, whose entropy is counted from that at x = 1."""
    N = examples_tour.DRAINING_GAS.N
    return (lambda x: 1.5 * N / x), (lambda x: -1.5 * N * math.log(x))


def _x(N: float, above: float) -> float:
    return coldness(above / N, 1 - above / N)


def _contacts() -> Iterator[tuple[tuple[Holding, Holding], tuple[Holding, Holding], float, float]]:
    """Each contact: what the hotter and the colder body hold, and the coldness of each before."""
    N_hot, N_cold = examples.HOT_BODY.N, examples.COLD_BODY.N
    for hot, cold in examples_tour.PAIRS_ABOVE:
        yield _spins(N_hot), _spins(N_cold), _x(N_hot, hot), _x(N_cold, cold)
    few, hundred = examples_tour.FEW_SPINS.N, examples_tour.SPINS.N
    above = examples_tour.FEW_ABOVE, examples_tour.MEASURED_ABOVE
    yield _spins(few), _spins(hundred), _x(few, above[0]), _x(hundred, above[1])
    read = sum(above) / (few + hundred)  # all spins are alike, so that each body ends with the same share
    yield _spins(hundred), _gas(), coldness(read, 1 - read), coldness_at(GAP_mK, 1e3 * examples_tour.DRAINING_GAS_K)


def _sizes() -> tuple[tuple[int, int], ...]:
    pair = int(examples.HOT_BODY.N), int(examples.COLD_BODY.N)
    hundred = int(examples_tour.SPINS.N)
    return pair, pair, pair, (int(examples_tour.FEW_SPINS.N), hundred), (hundred, 0)


def contact(values: Values) -> Iterator[str]:
    """Temperatures from coldness; what one body loses the other gains; entropy from populations."""
    yield from thermometer(values)
    for case, (hot, cold, x_hot, x_cold) in enumerate(_contacts()):
        now = values["x_hot"][case], values["x_cold"][case]
        for T, x in zip((values["T_hot_mK"][case], values["T_cold_mK"][case]), now, strict=True):
            yield from temperature({"T_mK": T}, "T_mK", GAP_mK, x)
        passed = hot[0](x_hot) - hot[0](now[0])
        taken = cold[0](now[1]) - cold[0](x_cold)
        shown = {"passed": values["passed"][case], "gain": values["gain"][case]}
        gain = hot[1](now[0]) + cold[1](now[1]) - hot[1](x_hot) - cold[1](x_cold)
        yield from near(shown, {"passed": passed, "gain": gain}, 10 * TOLERANCE)
        yield from near(shown, {"passed": taken}, 10 * TOLERANCE)
        if values["apart"][case] > 0 and abs(values["passed"][case]) > TOLERANCE:
            yield f"shows heat between bodies that do not touch, in contact {case}"
    yield from _protons(values)
    for name in ("seen", "apart"):
        if not all(0 <= share <= 1 for share in values[name]):
            yield f"shows {name} = {values[name]}"
    for name in ("hills", "drawn", "small", "measured", "flows"):
        yield from within(values, name, 0, 1)
    yield from within(values, "gas_way", 0, math.inf)
    for pair, quanta in enumerate(values["climbed"]):
        yield from within({"climbed": quanta}, "climbed", 0, examples_tour.PAIRS_ABOVE[pair][0])
    yield from near({"climbed": values["climbed"][-1]}, {"climbed": values["passed"][2]}, 1e-9)


def _protons(values: Values) -> Iterator[str]:
    for case, (sizes, upness) in enumerate(zip(_sizes(), values["upness"], strict=True)):
        if len(upness) != sum(sizes) or not all(0 <= up <= 1 for up in upness):
            yield f"shows protons elsewhere than between the levels, or not {sum(sizes)} of them, in contact {case}"
            continue
        for giver, taker, way in values["quanta"][case]:
            if min(giver, taker) >= 0:
                yield from quantum(upness, giver, taker, way)
        if sizes[1]:
            hot, cold, x_hot, x_cold = list(_contacts())[case]
            held = hot[0](x_hot) + cold[0](x_cold)
            if not math.isclose(sum(upness), held, rel_tol=1e-6):
                yield f"shows {sum(upness):.6g} quanta in two bodies, which hold {held:.6g}, in contact {case}"


def contact_course(course: Sequence[Values]) -> Iterator[str]:
    """Heat flows one way, entropy never falls, counts follow the heat, both bodies end alike."""
    cases = list(_contacts())
    for number, (before, now) in enumerate(pairwise(course), start=1):
        for case, sizes in enumerate(_sizes()):
            way = 1 if case != GAS - 1 else -1  # the thermometer of spins is counted first, and takes heat
            if way * (now["passed"][case] - before["passed"][case]) < -1e-9:
                yield f"frame {number}: heat flows back in contact {case}"
            if now["gain"][case] < before["gain"][case] - 1e-9:
                yield f"frame {number}: the total entropy falls in contact {case}"
            above, wanted = sum(now["upness"][case][: sizes[0]]), cases[case][0][0](now["x_hot"][case])
            if abs(above - wanted) > FOLLOWING:
                yield f"frame {number}: {above:.4g} protons up where the heat says {wanted:.4g}, in contact {case}"
        first = course[1]
        gone = now["gas_way"] - before["gas_way"]
        wanted = first["gas_way"] * math.sqrt(first["x_cold"][GAS] / now["x_cold"][GAS])
        if not math.isclose(gone, wanted, rel_tol=1e-6):
            yield f"frame {number}: atoms go {gone:.6g}, speeds at that temperature give {wanted:.6g}"
    for case, (x_hot, x_cold) in enumerate(zip(course[-1]["x_hot"], course[-1]["x_cold"], strict=True)):
        if not math.isclose(x_hot, x_cold, abs_tol=5e-3):
            yield f"contact {case} ends at coldness {x_hot:.6g} and {x_cold:.6g}"
