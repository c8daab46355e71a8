"""Draws without Manim: a bar that grows and a marker that travels, the same records as `explainer.media.frames`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.media.shot import Shot
from explainer.timing.spans import spans, steps_of

MARKER = (255, 200, 40)


def still(shot: Shot, frame: int) -> NDArray[np.uint8]:
    """One frame: its number is written into the grey of the ground."""
    rgba = np.zeros((shot.height, shot.width, 4), np.uint8)
    rgba[..., :3] = 16 + frame % 64
    rgba[..., 3] = 255
    centre = marker(shot, frame)
    rgba[shot.height // 2 - 4 : shot.height // 2 + 4, int(centre) - 4 : int(centre) + 4, :3] = MARKER
    return rgba


def marker(shot: Shot, frame: int) -> float:
    """Where the marker is, in pixels from the left."""
    return 16 + (shot.width - 32) * frame / max(shot.show.frame_count, 1)


def stills(shot: Shot, frames: tuple[int, ...]) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Several frames."""
    return ((frame, still(shot, frame)) for frame in frames)


def render(shot: Shot, write: Callable[[Any, int, Any], None]) -> None:
    """All frames of the shot, two by two where possible."""
    for frame in range(shot.start_frame, shot.stop_frame):
        write(still(shot, frame), 1, None)


def holds(shot: Shot) -> dict[str, int]:
    """A frame before the last of each step."""
    segment = shot.show.segment
    found = {span.place: max(span.stop_frame - 2, span.start_frame) for span in spans(segment)}
    cues = {cue.id: found[steps_of(cue)[-1][0]] for cue in segment.cues}
    return {**found, **cues, segment.id: cues[segment.cues[-1].id]}
