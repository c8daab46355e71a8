"""What is negative in a laser: levels, threshold, and two masers, from their rates and Boltzmann factors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scipy.constants import h, k
from scipy.optimize import brentq

from evaluators.laws import eased, near, temperature, thermometer, within
from explainer.checks.evaluation import Values, differences
from physics import examples, examples_tour

LASER = examples_tour.FOUR_LEVEL
AMMONIA_HZ = 23.8701e9
CURVES_TOLERANCE, WAY_TOLERANCE = 1e-5, 1e-6
DEVIATIONS = 4.5  # of a count from its mean
PHOTON_S, LASE_S, DROP_S = 1.3, 0.4, 0.22  # for which light is seen; in which an atom gives it, and drops without
QUANTUM_S = 1.06  # for which a quantum of an atom that hops is seen
LOWER, UPPER = (
    sum(examples_tour.LEVEL_GAPS_K[:level]) / sum(examples_tour.LEVEL_GAPS_K) for level in (1, 2)
)  # heights of the lasing levels
LEAST_RATIO, MOST_RATIO = 0.3, 0.68  # of signal to pump
SORTER, CAVITY, SLOPES = (0.17, 0.50), (0.64, 0.94), (0.05, 0.3)  # shares of the way; slopes of the beam


def _pairs_K() -> list[float]:
    """Without light, each rate in equals the rate out, so that the populations of a pair are as its lifetimes."""
    ground, lasing, top = examples_tour.LEVEL_GAPS_K
    W = examples_tour.SHOWN_PUMP_PER_S
    return [
        -ground / math.log(W * LASER.tau10_s),
        -lasing / math.log(LASER.tau21_s / LASER.tau10_s),
        -top / math.log(examples_tour.TAU32_S / LASER.tau21_s),
    ]


def _populations(W: float, q: float) -> tuple[float, float]:
    """Steady (N2, N1) at a pump rate and so many photons: two linear equations."""
    spontaneous, stimulated, empties = 1 / LASER.tau21_s, LASER.K_per_s * q, 1 / LASER.tau10_s
    # N1 = share N2 from the balance of level 1.
    share = (spontaneous + stimulated) / (empties + stimulated)
    N2 = W * LASER.N / (W * (1 + share) + spontaneous + stimulated * (1 - share))
    return N2, share * N2


def _photons(W: float) -> float:
    """Photons at which as much light is given as is lost."""

    def surplus(logarithm: float) -> float:
        q = math.exp(logarithm)
        N2, N1 = _populations(W, q)
        return LASER.K_per_s * LASER.tau_cavity_s * (N2 - N1 + N2 / q) - 1

    return math.exp(float(brentq(surplus, -30.0, 60.0, xtol=1e-12)))


def _threshold_per_s() -> float:
    """Pump rate at which the gain without light equals the loss."""

    def surplus(W: float) -> float:
        N2, N1 = _populations(W, 0.0)
        return LASER.K_per_s * LASER.tau_cavity_s * (N2 - N1) - 1

    return float(brentq(surplus, 1e-3, 1e5, xtol=1e-12))


_THRESHOLD = _threshold_per_s()
_MOST = _photons(examples_tour.MOST_PUMP * _THRESHOLD)


def _off(way: float, slope: float, is_up: bool) -> float:
    """Distance from the axis by ray matrices: free, through the sorter, free."""
    begin, end = SORTER
    free, inside, after = min(way, begin), min(max(way - begin, 0.0), end - begin), max(way - end, 0.0)
    y, strength = slope * free, math.pi / 2 / (end - begin)
    cosine, sine, sign = (math.cos, math.sin, -1) if is_up else (math.cosh, math.sinh, 1)
    c, s = cosine(strength * inside), sine(strength * inside)
    y, slope = c * y + s / strength * slope, sign * strength * s * y + c * slope
    return y + after * slope


def _spread(share: float) -> float:
    """Standard deviation of how many of the hundred there are, each with this probability."""
    return math.sqrt(examples.PARTICLES * share * (1 - share))


def _up_share() -> float:
    rise = examples_tour.SHOWN_PUMP_PER_S * LASER.tau21_s
    return rise / (1 + rise)


def _levels(values: Values) -> Iterator[str]:
    for shown, wanted in zip(values["pairs_K"], _pairs_K(), strict=True):
        yield from differences({"pair": shown}, {"pair": wanted})
    heights = values["heights"]
    if not heights:
        return
    if len(heights) != examples.PARTICLES or not all(0 <= height <= 1 for height in heights):
        yield f"shows atoms below the lowest level or over the highest, or not {examples.PARTICLES} of them"
    # One that is lifted counts as up from half of the highest level, one that gives light down to half-way.
    half = (LOWER + UPPER) / 2
    least, most = sum(height > 0.5 for height in heights), sum(height > half - WAY_TOLERANCE for height in heights)
    yield from within(values, "up", least, most)
    share = _up_share()
    mean, reach = examples.PARTICLES * share, DEVIATIONS * _spread(share)
    yield from near(values, {"up": mean}, reach)
    for photon in values["photons"]:
        yield from within(photon, "age_s", 0, PHOTON_S)
        if photon["side"] not in (-1, 1) or not 0 <= photon["atom"] < examples.PARTICLES:
            yield f"shows light of atom {photon['atom']} that goes to side {photon['side']}"
            continue
        falls, drops = photon["age_s"] + LASE_S / 2, photon["age_s"] - LASE_S / 2
        if drops < DROP_S:
            wanted = (
                UPPER + (LOWER - UPPER) * eased(falls / LASE_S) if drops < 0 else LOWER * (1 - eased(drops / DROP_S))
            )
            yield from near({"height": heights[photon["atom"]]}, {"height": wanted}, WAY_TOLERANCE)


def _curves(values: Values) -> Iterator[str]:
    point = values["laser"]
    yield from within(point, "pump", 0, examples_tour.MOST_PUMP)
    W = point["pump"] * _THRESHOLD
    q = _photons(W)
    N2, N1 = _populations(W, q)
    gain = LASER.K_per_s * LASER.tau_cavity_s * (N2 - N1)
    expected = {"gain": gain, "light": q / _MOST, "up": examples.PARTICLES * N2 / LASER.N}
    yield from differences(point, expected, CURVES_TOLERANCE)


def _beam(values: Values) -> Iterator[str]:
    for molecule in values["molecules"]:
        yield from within(molecule, "way", 0, 1)
        yield from within({"slope": abs(molecule["slope"])}, "slope", *SLOPES)
        off = _off(molecule["way"], molecule["slope"], molecule["is_up"])
        yield from near(molecule, {"off": off}, WAY_TOLERANCE)


def _engine(values: Values) -> Iterator[str]:
    ratio, (hot, cold) = values["ratio"], examples_tour.BATHS_K
    yield from within(values, "ratio", LEAST_RATIO, MOST_RATIO)
    per_K = (1 / hot - (1 - ratio) / cold) / ratio
    yield from temperature(values, "signal_K", 1.0, per_K)
    if values["signal_K"] < 0 and ratio > 1 - cold / hot:
        yield "shows a pair that amplifies beyond Carnot's efficiency"
    levels = values["on"]
    if levels and (len(levels) != examples.PARTICLES or not all(level in (0, 1, 2) for level in levels)):
        yield f"shows atoms elsewhere than on the three levels, or not {examples.PARTICLES} of them"
    last = {hop["atom"]: hop["target"] for hop in values["hops"]}  # they come in order of time
    for atom, target in last.items():
        if not 0 <= atom < len(levels) or levels[atom] != target:
            yield f"shows atom {atom} hop to level {target}, where it is not"
    for hop in values["hops"]:
        yield from within(hop, "age_s", 0, QUANTUM_S)
        pair = {hop["origin"], hop["target"]}
        if len(pair) != 2 or not pair <= {0, 1, 2} or (pair == {0, 1} and hop["origin"] == 0):
            yield f"shows an atom hop from level {hop['origin']} to level {hop['target']}, which nothing makes it do"


def fourlevel(values: Values) -> Iterator[str]:
    """Temperatures of pairs from lifetimes, gain and light from the rates, ways of molecules, the engine's pair."""
    yield from thermometer(values)
    for name in ("levels", "lit", "led", "moved", "curves", "beam", "filled", "baths", "gone"):
        yield from within(values, name, 0, 1)
    yield from _levels(values)
    yield from _curves(values)
    yield from _beam(values)
    yield from _engine(values)


def _steady_clock(values: Sequence[Values]) -> Iterator[str]:
    """The clock is even, and light ages by it."""
    step = values[1]["clock"] - values[0]["clock"]
    for before, after in pairwise(values):
        if abs(after["clock"] - before["clock"] - step) > WAY_TOLERANCE:
            yield f"shows the clock leap from {before['clock']:.4g} s to {after['clock']:.4g} s"
        for name, limit in (("photons", PHOTON_S), ("hops", QUANTUM_S)):
            if not before[name] or not after[name]:
                continue
            ages = {round(each["age_s"] - step, 6) for each in after[name]}
            left = [each["age_s"] for each in before[name] if each["age_s"] + step < limit - WAY_TOLERANCE]
            if any(min(abs(age - other) for other in ages) > 2 * WAY_TOLERANCE for age in left):
                yield f"shows {name} at {after['clock']:.4g} s that are older or younger than a frame before"


def _resting(values: Sequence[Values]) -> Iterator[str]:
    """Who does not move is in the ground state or on the upper lasing level: the others do not hold an atom."""
    for before, after in pairwise([each for each in values if each["heights"]]):
        for height, then in zip(before["heights"], after["heights"], strict=True):
            if height == then and min(abs(height), abs(height - UPPER)) > WAY_TOLERANCE:
                yield f"shows an atom rest at {height:.4g} of the highest level, where no level holds it"


def fourlevel_course(values: Sequence[Values]) -> Iterator[str]:
    """Over the segment as many atoms are up, and on each level between the baths, as the rates have on average."""
    yield from _steady_clock(values)
    yield from _resting(values)
    ups = [each["up"] for each in values if each["heights"]]
    mean, wanted = sum(ups) / len(ups), examples.PARTICLES * _up_share()
    if abs(mean - wanted) > _spread(_up_share()):
        yield f"shows {mean:.3g} atoms up on average, the rates give {wanted:.3g}"
    pumps = [each["laser"]["pump"] for each in values]
    if any(after < before for before, after in pairwise(pumps)):
        yield "shows the pump turned down, which nobody says"
    hot, cold = examples_tour.BATHS_K
    weights = [1.0, math.exp(-1 + hot / cold * (1 - LEAST_RATIO)), math.exp(-1)]
    steady = [each["on"] for each in values if each["on"] and each["ratio"] == LEAST_RATIO]
    for level, weight in enumerate(weights):
        share = weight / sum(weights)
        count = sum(on.count(level) for on in steady) / len(steady)
        if abs(count - examples.PARTICLES * share) > 2 * _spread(share):
            yield f"shows {count:.3g} atoms on level {level} on average, the baths give {100 * share:.3g}"
    molecules = [(round(m["slope"], 9), m["is_up"]) for each in values for m in each["molecules"]]
    ups_of = [is_up for _, is_up in set(molecules)]
    x = h * AMMONIA_HZ / k / examples_tour.ROOM_K
    share = 1 / (1 + math.exp(x))
    if abs(sum(ups_of) - share * len(ups_of)) > DEVIATIONS * math.sqrt(len(ups_of)) / 2:
        yield f"shows {sum(ups_of)} of {len(ups_of)} molecules on the upper level, at room temperature it is half"
