"""What evaluators of all films are written with: plain arithmetic, without the physics package."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from scipy.constants import k, physical_constants

from explainer.checks.evaluation import Marker, Rgb, Values
from explainer.stage.look import Theme
from explainer.stage.palette import coldness_rgb
from physics import examples

COLDNESS_NOISE = 1e-9  # within which of zero a temperature is infinite
TURN_S, OUTSIDE_S = 0.41, 0.55  # a proton's turn, and a quantum's way between it and the outside
DELTA_E_J = 2 * physical_constants["proton mag. mom."][0] * examples.FIELD_T
GAP_mK = 1e3 * DELTA_E_J / k


def upper(x: float) -> float:
    """Upper fraction of two levels at coldness x = gap/(k T)."""
    return 1 / (1 + math.exp(x))


def coldness(upper: float, lower: float) -> float:
    """Coldness of two levels from their populations."""
    return math.log(lower / upper) if upper and lower else math.copysign(math.inf, lower - upper)


def coldness_at(gap: float, T: float) -> float:
    """Coldness from a temperature, in the unit of the gap: 0 where that is infinite, whatever its sign."""
    return gap / T if T else math.copysign(math.inf, T)


def temperature(
    values: Values, name: str, gap: float, x: float, tolerance: float = 1e-6, noise: float = COLDNESS_NOISE
) -> Iterator[str]:
    """A shown temperature that is not that of a coldness; they are compared as coldness, which is never infinite."""
    if not math.isclose(coldness_at(gap, values[name]), x, rel_tol=tolerance, abs_tol=noise):
        yield f"shows {name} = {values[name]:.9g}, the physics gives {gap / x if x else math.inf:.9g}"


def entropy_over_k(p: float) -> float:
    """Entropy of a particle that is on one of two levels with probability p."""
    return -sum(share * math.log(share) for share in (p, 1 - p) if share)


def near(values: Values, expected: Mapping[str, float], distance: float) -> Iterator[str]:
    """What is shown farther than a distance from what is expected."""
    for name, wanted in expected.items():
        if abs(values[name] - wanted) > distance:
            yield f"shows {name} = {values[name]:.6g}, the physics gives {wanted:.6g}"


def within(values: Values, name: str, low: float, high: float) -> Iterator[str]:
    """What is shown outside the range that it has by its meaning."""
    if not low <= values[name] <= high:
        yield f"shows {name} = {values[name]:.9g}, which is never outside {low:g} to {high:g}"


def eased(way: float) -> float:
    """The fifth-order step from rest to rest."""
    way = min(max(way, 0.0), 1.0)
    return way**3 * (10 - 15 * way + 6 * way**2)


def quantum(upness: Sequence[float], giver: int, taker: int, way: float, outside_s: float = OUTSIDE_S) -> Iterator[str]:
    """Whoever takes a quantum is as far up as it has come, whoever gives it as far down.

    One that comes from outside, or goes there, is seen for so many seconds more.
    """
    flight = outside_s / (outside_s + TURN_S)
    if min(giver, taker) < 0:
        way = (way - flight) / (1 - flight) if giver < 0 else way / (1 - flight)
    if not 0 < way < 1:  # on its way from outside, or to it
        return
    for who, expected in ((giver, 1 - eased(way)), (taker, eased(way))):
        if who >= len(upness):
            yield f"shows a quantum of proton {who} of {len(upness)}"
        elif who >= 0 and not math.isclose(upness[who], expected, abs_tol=1e-6):
            yield f"shows proton {who} {upness[who]:.6g} up, and its quantum so far that it is {expected:.6g} up"


def thermometer(values: Values) -> Iterator[str]:
    """The long thermometer between segments, reported as ``thermometer``: wholly there at most, a mark only on it."""
    there, landed = values["thermometer"]["there"], values["thermometer"]["landed"]
    yield from within(values["thermometer"], "there", 0, 1)
    yield from within(values["thermometer"], "landed", 0, 1)
    if landed > 0 and not there:
        yield "shows a mark land on a thermometer that is not there"


def disc(
    segment_id: str, place: str, since: str, until: str, radius: float, hotness: Callable[[Values], float]
) -> Marker:
    """A disc of a radius in scene units, whose colour is that of a place between coldest and hottest."""

    def colour(values: Values, theme: Theme) -> Rgb:
        return tuple(map(float, coldness_rgb(hotness(values), theme)))

    return Marker(segment_id, place, since, until, radius, colour)
