"""The hundred protons in a magnet, heated, then in a reversed field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaluators.laws import GAP_mK, coldness, quantum, temperature, within
from explainer.checks.evaluation import Values, differences
from physics import examples


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
        yield from quantum(upness, giver, taker, way)
    yield from within(values, "field", -1, 1)
    yield from within(values, "zoom", 1, 1.5)
    yield from within(values, "leaving", 0, 1)
    yield from within(values, "counted", 0, examples.ABOVE_AFTER)
    if values["leaving"] > 0 and field != -1:
        yield "shows a magnet that goes before its field was reversed"
    if field != 1 and values["zoom"] != 1:
        yield "shows a reversal from near, though the whole magnet takes part"
    if values["counted"] > 0 and not values["leaving"]:
        yield "shows energy on the axis while the protons are still in the magnet"
    if values["T_mK"] is not None:
        yield from temperature(values, "T_mK", GAP_mK, coldness(counted, examples.PARTICLES - counted))
    elif field == 1:
        yield "shows no temperature for populations in a steady field, which have one"


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
