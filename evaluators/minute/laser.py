"""Atoms and light between two mirrors, by the rate equations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.constants import h, k

from evaluators.laws import coldness, near, temperature, within
from explainer.checks.evaluation import Values, differences
from physics import examples

LIGHT_TOLERANCE = 1e-3  # the scene interpolates between integrated points
ATOMS_TOLERANCE = 3.0  # between the atoms that are up and the populations: a rounding and a step of the exchange
LIGHT_PASS_S, LIGHT_LEAD = 1.1, 1.236  # in which light is shown to pass the cavity once; of a spark, in passes
LASER_CLOSE = 2.7  # how near the camera comes to the laser's atoms
LASER_CLOSING = 0.03, 0.95  # of the closing scale; at its ends are the zeros of temperature, which nothing reaches


def _pump_per_s(elapsed: float) -> float:
    """The pump, turned up evenly, at a time in lifetimes."""
    (weak, strong), (begins, ends) = examples.LASER_PUMP_PER_S, examples.LASER_RAMP
    return weak + (strong - weak) * min(max((elapsed - begins) / (ends - begins), 0.0), 1.0)


@cache
def _laser_course() -> Callable[[float], tuple[float, float]]:
    """Integrate the rate equations anew; gives (upper fraction, photons) at a time in lifetimes."""
    from scipy.integrate import solve_ivp

    laser, (weak, _) = examples.LASER, examples.LASER_PUMP_PER_S
    tau = laser.tau21_s

    def rates(t: float, y: NDArray[np.float64]) -> list[float]:
        N2, q = y
        stimulated = laser.K_per_s * q * (2 * N2 - laser.N)
        gain = stimulated + laser.K_per_s * N2 - q / laser.tau_cavity_s
        return [tau * (_pump_per_s(t) * (laser.N - N2) - N2 / tau - stimulated), tau * gain]

    start = (laser.N * weak * tau / (1 + weak * tau), 0.0)
    span = (0.0, examples.LASER_WATCHED)
    course = solve_ivp(rates, span, start, method="DOP853", dense_output=True, rtol=1e-9, max_step=0.02)

    solution = course.sol
    assert solution is not None  # dense output was asked for

    def at(elapsed: float) -> tuple[float, float]:
        N2, q = solution(elapsed)
        return float(N2) / laser.N, float(q)

    return at


def laser(values: Values) -> Iterator[str]:
    """Pump, populations and light from the rate equations integrated again; atoms that are as many as those say.

    Light goes to and fro at one speed, so that the clock and the places of the sparks tell each other.
    """
    course, (_, strong) = _laser_course(), examples.LASER_PUMP_PER_S
    upper, photons = course(values["elapsed"])
    yield from near(values, {"upper": upper, "light": photons / course(examples.LASER_WATCHED)[1]}, LIGHT_TOLERANCE)
    yield from differences(values, {"lower": 1 - values["upper"], "pump": _pump_per_s(values["elapsed"]) / strong})
    gap_K, x = h * examples.LASER.nu_Hz / k, coldness(values["upper"], values["lower"])
    yield from temperature(values, "T_K", gap_K, x, noise=LIGHT_TOLERANCE)
    heights, sparks = values["heights"], values["photons"]
    yield from differences(values, {"above": float(sum(height > 0.5 for height in heights))})
    if abs(values["above"] - examples.PARTICLES * upper) > ATOMS_TOLERANCE:
        yield f"shows {values['above']} atoms up, the physics gives {examples.PARTICLES * upper:.4g}"
    if len(heights) != examples.PARTICLES or not all(0 <= height <= 1 for height in heights):
        yield f"shows atoms elsewhere than between the two levels, or not {examples.PARTICLES} of them"
    for index, place in enumerate(sparks):
        passes = (values["clock"] / LIGHT_PASS_S + LIGHT_LEAD * index) % 2
        if abs(place - min(passes, 2 - passes)) > LIGHT_TOLERANCE:
            yield f"shows light {place:.4g} of the way through the cavity, it is at {min(passes, 2 - passes):.4g}"
    for name in ("absorbing", "copying", "growing", "counted", "melted", "gathered", "poured"):
        yield from within(values, name, 0, 1)
    yield from within(values, "zoom", 1, LASER_CLOSE)
    yield from within(values, "closing", *LASER_CLOSING)
    yield from differences(values, {"in_tube": float(round(examples.PARTICLES * values["closing"]))})


def laser_course(values: Sequence[Values]) -> Iterator[str]:
    """While the pump is weak, and again once the laser is steady, as many atoms go up as come down, one by one."""
    weak = [each["heights"] for each in values if each["elapsed"] == 0]
    steady = [each["heights"] for each in values if each["elapsed"] > examples.LASER_WATCHED - 0.5]
    for name, stretch in (("weakly pumped", weak), ("lasing", steady)):
        up = down = 0
        for before, after in pairwise(stretch):
            up += sum(a <= 0.5 < b for a, b in zip(before, after, strict=True))
            down += sum(b <= 0.5 < a for a, b in zip(before, after, strict=True))
        if abs(up - down) > 1:
            yield f"{name}, {up} atoms go up and {down} come down; the populations do not change"
        if not up or not down:
            yield f"{name}, no atom goes up or none comes down; they do so all the time"
