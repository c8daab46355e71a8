"""The film's cues that the page's two-level system can be stepped through, and what each does to it."""

from __future__ import annotations

from dataclasses import dataclass

from panels.minute.tables import X_END, above_at
from physics.examples import ABOVE_AFTER, ABOVE_BEFORE, PARTICLES

HALF = PARTICLES / 2
COLD, HOT = above_at(X_END), above_at(-X_END)
SHOWN_COLD, SHOWN_CLIMBED, SHOWN_BEYOND = (PARTICLES * share for share in (0.04, 0.30, 0.86))
"""Where the film dwells: at first, on the dome's near side and on its far side."""


@dataclass(frozen=True)
class Step:
    """Protons above over a cue: (share of the cue's time, number above). Equal times are a jump, the swap of levels."""

    cue_id: str
    path: tuple[tuple[float, float], ...]


STEPS = (
    Step("inversion.levels", ((0.0, SHOWN_COLD),)),
    Step("inversion.heat", ((0.0, SHOWN_COLD), (1.0, HALF))),
    Step("inversion.flip", ((0.0, HALF), (0.5, ABOVE_BEFORE), (0.7, ABOVE_BEFORE), (0.7, ABOVE_AFTER))),
    Step("inversion.negative", ((0.0, ABOVE_AFTER),)),
    Step("dome.count", ((0.0, COLD), (0.2, COLD), (1.0, HOT))),
    Step("dome.slope", ((0.0, SHOWN_COLD), (0.8, SHOWN_CLIMBED))),
    Step("dome.top", ((0.0, SHOWN_CLIMBED), (0.8, HALF))),
    Step("dome.beyond", ((0.0, HALF), (0.9, SHOWN_BEYOND))),
    Step("ordering.coldness", ((0.0, COLD), (1.0, HOT))),
    Step("ordering.jump", ((0.0, COLD), (1.0, HOT))),
)
