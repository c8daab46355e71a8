"""Where a film stands is one moment, whatever the rate of its picture."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from explainer.film.holds import at_picture_rate
from explainer.timing.timeline import CueTime, SegmentTime, Timeline

CUES = (CueTime("b.only", 103, 170, {}),)
PLANNED = Timeline("en", 60, (SegmentTime("a", 0, 97, ()), SegmentTime("b", 97, 181, CUES)))
HOLDS = {"b.only": 61, "b": 83}


@pytest.mark.parametrize("fps", [10, 15, 25, 30, 50, 60])
def test_a_hold_is_the_same_moment_at_every_rate(fps: int) -> None:
    film: Any = SimpleNamespace(planned=PLANNED, timeline=PLANNED.resampled(fps))
    own = film.timeline.segment("b")
    found = at_picture_rate(film, "b", HOLDS)
    assert abs((own.start_frame + found["b.only"]) / fps - (97 + 61) / 60) <= 0.5 / fps + 1e-9
    assert found["b"] == own.frames - 1 or fps == 60
    assert max(found.values()) < own.frames
