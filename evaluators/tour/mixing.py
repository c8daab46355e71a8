"""Abragam and Proctor: two kinds of spins with temperatures of their own, weighed, and mixed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import coldness_at, thermometer, within
from evaluators.tour.lif import FLUORINE_WEIGHT, FLUORINE_Y, LITHIUM_WEIGHT, LITHIUM_Y
from explainer.checks.evaluation import Values, differences
from physics.examples_tour import MIXTURES_K, ROOM_K, enlarged

DRAWN_QUANTA = 70
_WATCHED = 16.0
_TILT = 0.16
_YAW = 0.7, 0.2  # of the crystal, in radians, at first and for each second
_CLOSE = 1e-6


def _mean(lithium: float, fluorine: float) -> float:
    """The coldness at which two kinds meet."""
    weights = LITHIUM_WEIGHT + FLUORINE_WEIGHT
    return (LITHIUM_WEIGHT * lithium + FLUORINE_WEIGHT * fluorine) / weights


_GOAL = _mean(1, -1)


def mixing(values: Values) -> Iterator[str]:
    """Coldness of both after so many relaxation times, drawn populations from it, the balance, and other mixtures."""
    yield from thermometer(values)
    for name in values["pictures"]:
        yield from within(values["pictures"], name, 0, 1)
    moved = math.expm1(-values["elapsed"]) / math.expm1(-_WATCHED)
    lithium = 1 + (_GOAL - 1) * moved
    fluorine = -1 + (_GOAL + 1) * moved if values["turned"] > 0 else 1.0
    for name, share in (("lithium", lithium), ("fluorine", fluorine)):
        if abs(values[f"{name}_coldness"] - share) > 1e-5:
            yield f"shows {name}_coldness = {values[f'{name}_coldness']:.9g}, the physics gives {share:.9g}"
        T_K = values[f"{name}_K"]
        if T_K is not None and abs(coldness_at(ROOM_K, T_K) - share) > 1e-5:
            yield f"shows {name}_K = {T_K:.9g}, the physics gives {ROOM_K / share if share else math.inf:.9g}"
    if values["fluorine_K"] is None and values["turned"] == 0:
        yield "shows no temperature of fluorine that was left alone"
    turned = -fluorine if values["turned"] > 0 else fluorine
    for rows, y, moments in (
        ("lithium_rows", LITHIUM_Y * lithium, (1, 1 / 3, -1 / 3, -1)),
        ("fluorine_rows", FLUORINE_Y * turned, (1, -1)),
    ):
        for row, m in zip(values[rows], moments, strict=True):
            if abs(row - (1 + enlarged() * y * m)) > 1e-4:
                yield f"shows a row of {rows} of {row:.9g}, the physics gives {1 + enlarged() * y * m:.9g}"
    yield from _balance(values)
    yield from _quanta(values, moved)
    yield from _tested(values)


def _balance(values: Values) -> Iterator[str]:
    for name in ("turned", "risen", "weighed"):
        yield from within(values, name, 0, 1)
    yield from within(values, "pivot", _GOAL - _CLOSE, 0)
    hanging = 1 - values["pivot"] / _GOAL
    if not -_TILT * hanging - _CLOSE <= values["tilt"] <= _CLOSE:
        yield f"shows a tilt of {values['tilt']:.6g}, with the balance held {hanging:.6g} of the way from its balance"
    yield from within(values, "elapsed", 0, _WATCHED)
    yield from within(values, "time_s", 0, 60)
    yield from differences(values, {"yaw": _YAW[0] + _YAW[1] * values["time_s"]})


def _quanta(values: Values, moved: float) -> Iterator[str]:
    passed = DRAWN_QUANTA * moved
    if abs(values["passed"] - passed) > 0.5 + _CLOSE:
        yield f"shows {values['passed']} quanta passed on, of {passed:.6g}"
    ways = [way for _, way in values["quanta"]]
    if not all(0 < way < 1 for way in ways):
        yield "shows a quantum that is not on its way"
    kept = [number % 2 for number, _ in values["quanta"] if number >= DRAWN_QUANTA]
    if kept.count(0) != kept.count(1):
        yield "shows more quanta go one way than the other in balance"
    for kind in ("lithium", "fluorine"):
        turns = values[kind]
        if sum(turn > 0.5 for turn in turns) != len(turns) // 2 or not all(0 <= turn <= 1 for turn in turns):
            yield f"shows other than half of the {kind} nuclei against the field"


def _tested(values: Values) -> Iterator[str]:
    wanted = [_mean(ROOM_K / lithium, ROOM_K / fluorine) for lithium, fluorine in MIXTURES_K]
    for name in ("predicted", "computed"):
        for shown, mean in zip(values[name], wanted, strict=True):
            if abs(shown - mean) > 1e-5:
                yield f"shows {name} a mixture at {shown:.9g}, the weighted mean is {mean:.9g}"
    if not all(0 <= way <= 1 for way in values["come"]):
        yield "shows a mixture beyond its way"


def mixing_course(course: Sequence[Values]) -> Iterator[str]:
    """Both close in on each other and meet; the balance ends level; all mixtures come."""
    for before, after in pairwise(course):
        if before["turned"] > 0 and after["lithium_coldness"] > before["lithium_coldness"]:
            yield "shows the lithium grow colder in contact with what is hotter"
            break
    last = course[-1]
    if abs(last["lithium_coldness"] - last["fluorine_coldness"]) > 1e-5:
        yield "does not show both kinds meet"
    if abs(last["tilt"]) > _CLOSE or min(last["come"]) < 1:
        yield "does not show the balance come level, or all mixtures come"
