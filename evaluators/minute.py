"""An independent evaluation of what each scene of the minute reports; a new segment adds a function and a row.

The formulas are written out again here, in plain arithmetic, without the physics package: what the film shows is held
against a second hand. Only the cases' parameters are shared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.constants import h, k, physical_constants

from explainer.checks.evaluation import Evaluator, Marker, Rgb, Values, differences
from explainer.stage.look import Theme
from explainer.stage.palette import coldness_rgb
from physics import examples

CONTACT_TOLERANCE = 2e-4  # of what the bodies hold and gain; the scene interpolates between worked-out instants
HEAT_TOLERANCE = 5e-4  # the scene ends after ten relaxation times, when 5e-5 of the heat is still to flow
SWEPT_PER_STEP = 7.0  # protons that turn over between two steps while the mark is swept along the axis
RESTING = 6  # frames after which a state is at rest
LIGHT_TOLERANCE = 1e-3  # the scene interpolates between integrated points
COLDNESS_NOISE = 1e-9  # within which of zero a temperature is infinite
DOMES = (examples.FEW, 10, 30, examples.PARTICLES)  # protons of those that stand one after another
FAINTEST = 1e-3
FOLLOWING = 7.0  # protons that the hundred may differ by from the point, which moves on between two steps of theirs
ATOMS_TOLERANCE = 3.0  # between the atoms that are up and the populations: a rounding and a step of the exchange
LIGHT_PASS_S, LIGHT_LEAD = 1.1, 1.236  # in which light is shown to pass the cavity once; of a spark, in passes
LASER_CLOSE = 2.7  # how near the camera comes to the laser's atoms
LASER_CLOSING = 0.03, 0.95  # of the closing scale; at its ends are the zeros of temperature, which nothing reaches
FULLEST = 0.93  # height of the thermometer before its protons leave it
TURN_S, OUTSIDE_S = 0.41, 0.55  # a proton's turn, and a quantum's way between it and the outside
DELTA_E_J = 2 * physical_constants["proton mag. mom."][0] * examples.FIELD_T
GAP_mK = 1e3 * DELTA_E_J / k


def _upper(x: float) -> float:
    """Upper fraction of two levels at coldness x = gap/(k T)."""
    return 1 / (1 + math.exp(x))


def _x(upper: float, lower: float) -> float:
    """Coldness of two levels from their populations."""
    return math.log(lower / upper) if upper and lower else math.copysign(math.inf, lower - upper)


def _coldness(gap: float, T: float) -> float:
    """Coldness from a temperature, in the unit of the gap: 0 where that is infinite, whatever its sign."""
    return gap / T if T else math.copysign(math.inf, T)


def _temperature(
    values: Values, name: str, gap: float, x: float, tolerance: float = 1e-6, noise: float = COLDNESS_NOISE
) -> Iterator[str]:
    """A shown temperature that is not that of a coldness; they are compared as coldness, which is never infinite."""
    if not math.isclose(_coldness(gap, values[name]), x, rel_tol=tolerance, abs_tol=noise):
        yield f"shows {name} = {values[name]:.9g}, the physics gives {gap / x if x else math.inf:.9g}"


def _near(values: Values, expected: Mapping[str, float], distance: float) -> Iterator[str]:
    """What is shown farther than a distance from what is expected."""
    for name, wanted in expected.items():
        if abs(values[name] - wanted) > distance:
            yield f"shows {name} = {values[name]:.6g}, the physics gives {wanted:.6g}"


def _within(values: Values, name: str, low: float, high: float) -> Iterator[str]:
    """What is shown outside the range that it has by its meaning."""
    if not low <= values[name] <= high:
        yield f"shows {name} = {values[name]:.9g}, which is never outside {low:g} to {high:g}"


def hook(values: Values) -> Iterator[str]:
    """The reading against the height of the column, which is the upper fraction; as many protons in the tube."""
    height, dots = values["height"], values["dots"]
    yield from _temperature(values, "T_K", examples.HOOK_DELTA_E_J / k, _x(height, 1 - height))
    yield from differences(values, {"above": float(round(examples.PARTICLES * height))})
    column = [up for up, _ in dots if up > 0]
    if len(dots) != examples.PARTICLES or len(column) != values["above"]:
        yield f"shows {len(column)} of {len(dots)} protons in the tube, and tells of {values['above']}"
    elif not all(math.isclose(up, (place + 0.5) / examples.PARTICLES) for place, up in enumerate(column)):
        yield "shows protons in the tube that do not stand one above the other"
    if not all(math.hypot(up + 1, across) <= 1 for up, across in dots if up <= 0):
        yield "shows protons outside the thermometer's bulb"
    if values["poured"] > 0 and height != FULLEST:
        yield "shows protons that leave a thermometer which still rises"
    yield from _within(values, "zoom", 1, 2.5)
    yield from _within(values, "poured", 0, 1)


def _eased(way: float) -> float:
    """The fifth-order step from rest to rest."""
    way = min(max(way, 0.0), 1.0)
    return way**3 * (10 - 15 * way + 6 * way**2)


def _upness(values: Values) -> list[float]:
    """How far up each proton is: it has turned from along the field that is there."""
    turned = values["field"] < 0
    return [1 - turn if turned else turn for turn in values["turns"]]


def inversion(values: Values) -> Iterator[str]:
    """Protons on their levels or turning over with the quanta they give and take, their counts, and T from these."""
    upness, field = _upness(values), values["field"]
    counted = sum(up > 0.5 for up in upness)
    yield from differences(values, {"above": float(counted), "below": float(examples.PARTICLES - counted)})
    if len(upness) != examples.PARTICLES or not all(0 <= up <= 1 for up in upness):
        yield f"shows protons elsewhere than between the two levels, or not {examples.PARTICLES} of them"
    for giver, taker, way in values["quanta"]:
        yield from _quantum(upness, giver, taker, way)
    yield from _within(values, "field", -1, 1)
    yield from _within(values, "zoom", 1, 1.5)
    yield from _within(values, "leaving", 0, 1)
    yield from _within(values, "counted", 0, examples.ABOVE_AFTER)
    if values["leaving"] > 0 and field != -1:
        yield "shows a magnet that goes before its field was reversed"
    if values["counted"] > 0 and not values["leaving"]:
        yield "shows energy on the axis while the protons are still in the magnet"
    if values["T_mK"] is not None:
        yield from _temperature(values, "T_mK", GAP_mK, _x(counted, examples.PARTICLES - counted))
    elif field == 1:
        yield "shows no temperature for populations in a steady field, which have one"


def _quantum(upness: Sequence[float], giver: int, taker: int, way: float) -> Iterator[str]:
    """Whoever takes a quantum is as far up as it has come, whoever gives it as far down."""
    flight = OUTSIDE_S / (OUTSIDE_S + TURN_S)
    if min(giver, taker) < 0:
        way = (way - flight) / (1 - flight) if giver < 0 else way / (1 - flight)
    if not 0 < way < 1:  # on its way from outside, or to it
        return
    for who, expected in ((giver, 1 - _eased(way)), (taker, _eased(way))):
        if who >= len(upness):
            yield f"shows a quantum of proton {who} of {len(upness)}"
        elif who >= 0 and not math.isclose(upness[who], expected, abs_tol=1e-6):
            yield f"shows proton {who} {upness[who]:.6g} up, and its quantum so far that it is {expected:.6g} up"


def inversion_course(course: Sequence[Values]) -> Iterator[str]:
    """Heat lifts half at most; in between as many turn over as back; the reversed field turns no proton."""
    before = [values for values in course if values["field"] == 1]
    if max(values["above"] for values in before) != examples.PARTICLES // 2:
        yield f"heat alone lifts {max(values['above'] for values in before)} protons, not half of them"
    turning = [values["turns"] for values in course if abs(values["field"]) < 1]
    if any(turns != turning[0] for turns in turning):
        yield "protons turn over while the field is reversed"
    after = [values for values in course if values["field"] == -1]
    if {values["above"] for values in after} != {examples.ABOVE_AFTER}:
        yield f"after the reversal other than {examples.ABOVE_AFTER} protons are above"
    for now, following in pairwise(course):
        crossed = [(a > 0.5) - (b > 0.5) for a, b in zip(_upness(following), _upness(now), strict=True)]
        steady = now["field"] == following["field"] and now["above"] == following["above"]
        if steady and crossed.count(1) != crossed.count(-1):
            yield "more protons go up than come down while the counts stay"


def _bits(p: float) -> float:
    """Entropy per proton, in bits, of very many of which a share is up."""
    return -sum(share * math.log2(share) for share in (p, 1 - p) if share)


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
    yield from _temperature(values, "T_mK", GAP_mK, values["slope"])
    for name, number, quanta in (("spins", examples.PARTICLES, "heat"), ("few", examples.FEW, "quanta")):
        upness = values[name]
        if len(upness) != number or not all(0 <= up <= 1 for up in upness):
            yield f"shows protons elsewhere than between the two levels, or not {number} of them"
        for giver, taker, way in values[quanta]:
            yield from _quantum(upness, giver, taker, way)
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
    yield from _within(values, "energy", 0, examples.FEW)
    yield from _within(values, "refined", 0, len(DOMES))
    for name in ("gathered", "placed", "limit", "attended", "lifted", "lever", "opened", "leaving", "straight"):
        yield from _within(values, name, 0, 1)


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


def _entropy_over_k(x: float) -> float:
    """Entropy of a two-level particle at coldness x."""
    p = _upper(x)
    return -p * math.log(p) - (1 - p) * math.log(1 - p)


def _of_bodies(of: Callable[[float], float], x_hot: float, x_cold: float) -> float:
    """The sum of a quantity of a particle over the two bodies in contact."""
    return examples.HOT_BODY.N * of(x_hot) + examples.COLD_BODY.N * of(x_cold)


def ordering(values: Values) -> Iterator[str]:
    """Temperatures from coldness; protons on their levels; in contact, energy that is conserved and entropy gained."""
    for name, x in (("T_mK", "x"), ("T_hot_mK", "x_hot"), ("T_cold_mK", "x_cold")):
        yield from _temperature(values, name, GAP_mK, values[x])
    now, before = (values["x_hot"], values["x_cold"]), (examples.HOT_X, examples.COLD_X)
    energy, energy_before = _of_bodies(_upper, *now), _of_bodies(_upper, *before)
    if not math.isclose(energy, energy_before, rel_tol=CONTACT_TOLERANCE):
        yield f"the two bodies hold {energy:.6g} quanta; they began with {energy_before:.6g}"
    # All particles are alike, so that in the end each holds the same share of the energy.
    p_end = energy_before / (examples.HOT_BODY.N + examples.COLD_BODY.N)
    x_end = _x(p_end, 1 - p_end)
    entropy_before = _of_bodies(_entropy_over_k, *before)
    most = _of_bodies(_entropy_over_k, x_end, x_end) - entropy_before
    gain = {"entropy_gain_over_k": _of_bodies(_entropy_over_k, *now) - entropy_before}
    yield from _near(values, gain, CONTACT_TOLERANCE * most)
    left = (_upper(values["x_hot"]) - p_end) / (_upper(examples.HOT_X) - p_end)
    yield from _near(values, {"heat": left}, HEAT_TOLERANCE)
    yield from _ordering_protons(values, energy_before)
    yield from _within(values, "bend", 0, 3)
    for name in ("ringed", "poured", "gathered", "parted", "apart", "settled", "told"):
        yield from _within(values, name, 0, 1)
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
            yield from _quantum(upness, giver, taker, way)
        else:
            yield f"shows a quantum from {giver} to {taker}, which are not protons of the bodies"


def _ordering_counts(values: Values) -> Iterator[tuple[str, int, float, float]]:
    """Protons above: of whom, how many, how many there should be, and how far off they may be between two steps."""
    turned = [up > 0.5 for up in values["upness"]]
    if not values["parted"]:
        yield "", sum(turned), examples.PARTICLES * _upper(values["x"]), SWEPT_PER_STEP
        return
    N_hot, N_cold = int(examples.HOT_BODY.N), int(examples.COLD_BODY.N)
    yield "in the hotter body", sum(turned[:N_hot]), N_hot * _upper(values["x_hot"]), 1.0
    yield "in the colder body", sum(turned[N_hot:]), N_cold * _upper(values["x_cold"]), 1.0


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
    yield from _near(values, {"upper": upper, "light": photons / course(examples.LASER_WATCHED)[1]}, LIGHT_TOLERANCE)
    yield from differences(values, {"lower": 1 - values["upper"], "pump": _pump_per_s(values["elapsed"]) / strong})
    gap_K, x = h * examples.LASER.nu_Hz / k, _x(values["upper"], values["lower"])
    yield from _temperature(values, "T_K", gap_K, x, noise=LIGHT_TOLERANCE)
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
        yield from _within(values, name, 0, 1)
    yield from _within(values, "zoom", 1, LASER_CLOSE)
    yield from _within(values, "closing", *LASER_CLOSING)
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


def _disc(
    segment_id: str, place: str, since: str, until: str, radius: float, hotness: Callable[[Values], float]
) -> Marker:
    """A disc of a radius in scene units, whose colour is that of a place between coldest and hottest."""

    def colour(values: Values, theme: Theme) -> Rgb:
        return tuple(map(float, coldness_rgb(hotness(values), theme)))

    return Marker(segment_id, place, since, until, radius, colour)


def _hotness_at(name: str) -> Callable[[Values], float]:
    """Between coldest and hottest, the place of the coldness of a name."""
    return lambda values: _upper(values[name])


EVALUATORS: dict[str, Evaluator] = {
    "hook": hook,
    "inversion": inversion,
    "dome": dome,
    "ordering": ordering,
    "laser": laser,
}
MARKERS = (
    _disc(
        "dome",
        "point",
        "dome.slope:end",
        "dome.beyond:negative",
        0.17,
        lambda values: values["n"] / examples.PARTICLES,
    ),
    _disc("ordering", "coldness marker", "ordering.coldness:zero", "ordering.coldness:zero", 0.24, _hotness_at("x")),
    _disc(
        "ordering",
        "temperature marker",
        "ordering.jump:end",
        "ordering.jump:end",
        0.24,
        lambda values: _upper(_coldness(GAP_mK, values["T_mK"])),
    ),
    *(
        _disc(
            "ordering", f"{body} body", "ordering.contact:flow", "ordering.contact:flow", 0.24, _hotness_at(f"x_{body}")
        )
        for body in ("hot", "cold")
    ),
    _disc("laser", "gauge", "laser.pump:grow", "laser.pump:grow", 0.17, lambda values: values["upper"]),
    _disc("laser", "pointer", "laser.end:end", "laser.end:end", 0.221, lambda values: values["closing"]),
)
COURSES = {
    "inversion": inversion_course,
    "dome": dome_course,
    "ordering": ordering_course,
    "laser": laser_course,
}
