"""The opening: the thermometer that rises past infinity."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scipy.constants import k

from evaluators.laws import coldness, temperature, within
from explainer.checks.evaluation import Values, differences
from physics import examples

FULLEST = 0.93  # height of the thermometer before its protons leave it


def hook(values: Values) -> Iterator[str]:
    """The reading against the height of the column, which is the upper fraction; as many protons in the tube."""
    height, dots = values["height"], values["dots"]
    yield from temperature(values, "T_K", examples.HOOK_DELTA_E_J / k, coldness(height, 1 - height))
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
    yield from within(values, "zoom", 1, 2.5)
    yield from within(values, "poured", 0, 1)
