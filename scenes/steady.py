"""Values that go steadily through their keys, without the rests that a track's easing has at each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scipy.interpolate import PchipInterpolator

from explainer.stage.stage import Stage


def steadily(stage: Stage[Any], *keys: tuple[str, float, float]) -> Callable[[float], float]:
    """Return a value over frames that goes through (cue or mark, seconds after it, value), and rests outside."""
    frames = [stage.at(place, shift_s) for place, shift_s, _ in keys]
    for index in range(1, len(frames)):  # the words of a language may come in closer succession
        frames[index] = max(frames[index], frames[index - 1] + 1)
    curve = PchipInterpolator(frames, [value for *_, value in keys])
    return lambda frame: float(curve(min(max(frame, frames[0]), frames[-1])))
