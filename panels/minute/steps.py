"""The film's cues that the page can be stepped through: the panel that each is shown in, and what it does there."""

from __future__ import annotations

from dataclasses import dataclass

from panels.minute.tables import (
    CROWDS,
    RELAXATION_TIMES,
    ROWS_A_RELAXATION_TIME,
    X_END,
    above_at,
    pump_row,
    start_row,
)
from physics.examples import (
    ABOVE_AFTER,
    ABOVE_BEFORE,
    COLD_X,
    FEW,
    HOT_X,
    LASER_PUMP_PER_S,
    PARTICLES,
)

ENERGY, ARRANGED, TOUCHING, PUMP = "energy", "arranged", "time", "laser-pump"
"""Controls of the panels: of protons above, of those above of a few, of the time in contact, of the laser's pump."""
HALF = PARTICLES / 2
COLD, HOT = above_at(X_END), above_at(-X_END)
SHOWN_COLD, SHOWN_CLIMBED, SHOWN_BEYOND = (PARTICLES * share for share in (0.04, 0.30, 0.86))
"""Where the film dwells: at first, on the dome's near side and on its far side."""
TOUCHED = float(RELAXATION_TIMES * ROWS_A_RELAXATION_TIME)
WEAK, STRONG = (float(pump_row(pump)) for pump in LASER_PUMP_PER_S)


@dataclass(frozen=True)
class Step:
    """What a cue does.

    Args:
        cue_id: the cue.
        path: (share of the cue's time, value of the control). Equal times are a jump, the swap of levels.
        control: id of what it moves; the panel that holds it is the one that is shown.
        setting: ids of other controls of that panel, and their values.
    """

    cue_id: str
    path: tuple[tuple[float, float], ...]
    control: str = ENERGY
    setting: tuple[tuple[str, float], ...] = ()


FEW_COUNTED = (("crowd", float(CROWDS.index(FEW))),)
BODIES = (("start-a", float(start_row(HOT_X))), ("start-b", float(start_row(COLD_X))))

STEPS = (
    Step("hook.question", ((0.0, COLD), (1.0, HALF))),
    Step("hook.answer", ((0.0, HALF), (0.6, HOT))),
    Step("inversion.levels", ((0.0, SHOWN_COLD),)),
    Step("inversion.heat", ((0.0, SHOWN_COLD), (1.0, HALF))),
    Step("inversion.flip", ((0.0, HALF), (0.5, ABOVE_BEFORE), (0.7, ABOVE_BEFORE), (0.7, ABOVE_AFTER))),
    Step("inversion.negative", ((0.0, ABOVE_AFTER),)),
    Step("dome.count", ((0.0, 0.0), (0.4, 0.0), (1.0, float(FEW))), ARRANGED, FEW_COUNTED),
    Step("dome.slope", ((0.0, SHOWN_COLD), (0.8, SHOWN_CLIMBED))),
    Step("dome.top", ((0.0, SHOWN_CLIMBED), (0.8, HALF))),
    Step("dome.beyond", ((0.0, HALF), (0.9, SHOWN_BEYOND))),
    Step("ordering.coldness", ((0.0, COLD), (1.0, HOT))),
    Step("ordering.jump", ((0.0, COLD), (1.0, HOT))),
    Step("ordering.contact", ((0.0, 0.0), (0.9, TOUCHED)), TOUCHING, BODIES),
    Step("laser.light", ((0.0, WEAK),), PUMP),
    Step("laser.pump", ((0.0, WEAK), (0.8, STRONG)), PUMP),
    Step("laser.effective", ((0.0, STRONG),), PUMP),
    Step("laser.end", ((0.0, COLD), (0.8, HOT))),
)
