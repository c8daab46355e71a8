"""Purcell and Pound: a swap of parts of a million, by a reversed field, and its relaxation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import coldness_at, thermometer, within
from evaluators.tour.lif import FLUORINE_Y
from explainer.checks.evaluation import Values, differences
from physics.examples_tour import LIF_T1_S, ROOM_K

DRAWN_QUANTA = 90
_HALF = 500_000


def reversal(values: Values) -> Iterator[str]:
    """The excess of a million, half and half of what is drawn, and coldness after the time that the clock shows."""
    yield from thermometer(values)
    for name in values["pictures"]:
        yield from within(values["pictures"], name, 0, 1)
    excess = round(2 * _HALF * math.tanh(FLUORINE_Y)) // 2
    yield from differences(values, {"along": float(_HALF + excess), "against": float(_HALF - excess)})
    relaxed = 1 - 2 * math.exp(-values["clock_s"] / LIF_T1_S)
    share = 1.0 if values["field"] == 1 else relaxed
    if values["T_K"] is not None:
        yield from differences(values, {"share": share})
        if not math.isclose(coldness_at(ROOM_K, values["T_K"]), share, rel_tol=1e-6, abs_tol=1e-9):
            yield f"shows T_K = {values['T_K']:.9g} at a polarisation of {share:.9g} of that at {ROOM_K:g} K"
    elif values["field"] == 1:
        yield "shows no temperature while the field is steady, or turns slowly"
    yield from within(values, "share", -1, 1)
    yield from differences(values, {"left": float(math.floor(DRAWN_QUANTA * (1 + relaxed) / 2 + 0.5))})
    for name in ("fluorine", "lithium", "sample"):
        turns = values[name]
        up = sum(turn > 0.5 for turn in turns)
        wanted = len(turns) // 2 - (1 if name == "sample" else 0)
        if up != wanted or not all(0 <= turn <= 1 for turn in turns):
            yield f"shows {up} of {len(turns)} in {name} against the field, not {wanted}"
    for who, way in values["quanta"]:
        if not 0 <= who < len(values["fluorine"]) or not 0 < way < 1:
            yield f"shows a quantum of nucleus {who} {way:.6g} of its way"
    for name, low, high in (
        ("settled", 0, 1),
        ("told", 0, 1),
        ("sweep", 0, 1),
        ("field", -1, 1),
        ("angle", 0, math.pi),
        ("zoom", 1, 16 + 1e-9),
        ("yaw", 0, 2 * math.pi),
        ("clock_s", 0, 3600),
    ):
        yield from within(values, name, low, high)


def reversal_course(course: Sequence[Values]) -> Iterator[str]:
    """No spin turns while the field is suddenly reversed; the clock never goes back, nor coldness down."""
    turning = [values["sample"] for values in course if abs(values["field"]) < 1]
    if any(sample != turning[0] for sample in turning):
        yield "spins turn over while the field is suddenly reversed"
    after = [values for values in course if values["field"] == -1]
    for name in ("clock_s", "share", "left"):
        if any(values[name] < before[name] for before, values in pairwise(after)):
            yield f"shows {name} go back while the spins relax"
    if not after or after[0]["share"] != -1 or after[-1]["share"] < 0.999:
        yield "does not show the spins relax from wholly reversed to room temperature"
