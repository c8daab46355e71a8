"""An independent evaluation of what each scene of the minute reports; a new segment adds a function and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.constants import h, k, physical_constants

from explainer.checks.evaluation import Evaluator, Marker, Values, differences
from explainer.stage.layout import SHORT_SIDE
from explainer.stage.palette import coldness_rgb
from physics import examples

LIGHT_TOLERANCE = 5e-3  # the scene interpolates between integrated points
DELTA_E_J = 2 * physical_constants["proton mag. mom."][0] * examples.FIELD_T


def _T_K(upper: float, lower: float, gap_J: float) -> float:
    """Temperature from two populations; infinite, without a sign that means anything, where they are equal."""
    return math.inf if upper == lower else -gap_J / (k * math.log(upper / lower))


def _x(T_mK: float) -> float:
    return DELTA_E_J / (k * T_mK * 1e-3)


def _upper(x: float) -> float:
    return 1 / (1 + math.exp(x))


def hook(values: Values) -> tuple[str, ...]:
    """The reading against the height of the column, which is the upper fraction."""
    height = values["height"]
    return tuple(differences(values, {"T_K": _T_K(height, 1 - height, examples.HOOK_DELTA_E_J)}))


def inversion(values: Values) -> tuple[str, ...]:
    """Counts that add up, and the temperature that they mean."""
    counted = sum(height > 0.5 for height in values["heights"])
    expected = {"above": float(counted), "below": float(examples.PARTICLES - counted)}
    if values["T_mK"] is not None:
        expected["T_mK"] = 1e3 * _T_K(counted, examples.PARTICLES - counted, DELTA_E_J)
    return tuple(differences(values, expected))


def dome(values: Values) -> tuple[str, ...]:
    """The log of the number of arrangements through the gamma function, its slope as a difference, and 1/T from it."""

    def log_arrangements(n: float) -> float:
        N = examples.PARTICLES
        return math.lgamma(N + 1) - math.lgamma(n + 1) - math.lgamma(N - n + 1)

    n, step = values["n"], 1e-4
    slope = (log_arrangements(n + step) - log_arrangements(n - step)) / (2 * step)
    faults = list(differences(values, {"entropy_over_k": log_arrangements(n)}))
    if not math.isclose(values["slope"], slope, rel_tol=1e-5, abs_tol=1e-7):
        faults.append(f"shows slope = {values['slope']:.9g}, the physics gives {slope:.9g}")
    if not math.isinf(values["T_mK"]) and abs(slope) > 1e-3:
        faults += differences(values, {"T_mK": 1e3 * DELTA_E_J / (k * slope)}, 1e-5)
    return tuple(faults)


def ordering(values: Values) -> tuple[str, ...]:
    """Temperatures from coldness; in contact, energy that is conserved and entropy that is gained."""

    def entropy_over_k(x: float) -> float:
        p = _upper(x)
        return -p * math.log(p) - (1 - p) * math.log(1 - p)

    def total(of: Callable[[float], float], x_hot: float, x_cold: float) -> float:
        return examples.HOT_BODY.N * of(x_hot) + examples.COLD_BODY.N * of(x_cold)

    now, before = (values["x_hot"], values["x_cold"]), (examples.HOT_X, examples.COLD_X)
    gap_mK = 1e3 * DELTA_E_J / k
    expected = {
        "T_mK": gap_mK / values["x"],
        "entropy_gain_over_k": total(entropy_over_k, *now) - total(entropy_over_k, *before),
    }
    faults = list(differences(values, expected, 1e-4)) if values["x"] else []
    energy, energy_before = total(_upper, *now), total(_upper, *before)
    if not math.isclose(energy, energy_before, rel_tol=1e-4):
        faults.append(f"the two bodies hold {energy:.6g} quanta; they began with {energy_before:.6g}")
    return tuple(faults)


@cache
def _laser_course() -> Callable[[float], tuple[float, float]]:
    """Integrate the rate equations anew; gives (upper fraction, photons) at a time in lifetimes."""
    from scipy.integrate import solve_ivp

    from scenes.laser import RAMP, WATCHED

    laser, (weak, strong) = examples.LASER, examples.LASER_PUMP_PER_S
    tau = laser.tau21_s

    def rates(t: float, y: NDArray[np.float64]) -> list[float]:
        N2, q = y
        along = min(max((t - RAMP[0]) / (RAMP[1] - RAMP[0]), 0.0), 1.0)
        pump = weak + (strong - weak) * along
        stimulated = laser.K_per_s * q * (2 * N2 - laser.N)
        gain = stimulated + laser.K_per_s * N2 - q / laser.tau_cavity_s
        return [tau * (pump * (laser.N - N2) - N2 / tau - stimulated), tau * gain]

    start = (laser.N * weak * tau / (1 + weak * tau), 0.0)
    course = solve_ivp(rates, (0.0, WATCHED), start, method="DOP853", dense_output=True, rtol=1e-9, max_step=0.02)

    solution = course.sol
    assert solution is not None  # dense output was asked for

    def at(elapsed: float) -> tuple[float, float]:
        N2, q = solution(elapsed)
        return float(N2) / laser.N, float(q)

    return at


def laser(values: Values) -> tuple[str, ...]:
    """Populations and light from the rate equations integrated again, and the two levels' effective temperature."""
    from scenes.laser import WATCHED

    course = _laser_course()
    upper, photons = course(values["elapsed"])
    expected = {"upper": upper, "light": photons / course(WATCHED)[1]}
    faults = []
    for name, wanted in expected.items():
        if abs(values[name] - wanted) > LIGHT_TOLERANCE:
            faults.append(f"shows {name} = {values[name]:.6g}, the rate equations give {wanted:.6g}")
    T_K = _T_K(values["upper"], values["lower"], h * examples.LASER.nu_Hz)
    if abs(values["upper"] - 0.5) > 0.02 and not math.isclose(values["T_K"], T_K, rel_tol=LIGHT_TOLERANCE):
        faults.append(f"shows T = {values['T_K']:.6g} K for populations that mean {T_K:.6g} K")
    return tuple(faults)


def _disc(
    segment_id: str, place: str, since: str, until: str, radius: float, hotness: Callable[[Values], float]
) -> Marker:
    """A disc of a radius in scene units, whose colour is that of a place between coldest and hottest."""
    return Marker(
        segment_id, place, since, until, radius / SHORT_SIDE, lambda values, theme: coldness_rgb(hotness(values), theme)
    )


EVALUATORS: dict[str, Evaluator] = {
    "hook": hook,
    "inversion": inversion,
    "dome": dome,
    "ordering": ordering,
    "laser": laser,
}
MARKERS = (
    _disc(
        "dome", "point", "dome.slope:slope", "dome.beyond:end", 0.14, lambda values: values["n"] / examples.PARTICLES
    ),
    _disc(
        "ordering",
        "coldness marker",
        "ordering.coldness:zero",
        "ordering.coldness:end",
        0.17,
        lambda values: _upper(values["x"]),
    ),
    _disc(
        "ordering",
        "temperature marker",
        "ordering.jump:jump",
        "ordering.jump:cold_end",
        0.17,
        lambda values: _upper(_x(values["T_mK"])),
    ),
    *(
        _disc(
            "ordering",
            f"{body} body",
            "ordering.contact:flow",
            "ordering.contact:flow",
            0.17,
            lambda values, name=f"x_{body}": _upper(values[name]),
        )
        for body in ("hot", "cold")
    ),
    _disc("laser", "pointer", "laser.end:end", "laser.end:end", 0.2, lambda values: values["closing"]),
)
