"""A stand-in renderer: a disc that moves over a ground, half-covered at its edge; drawn in no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.media.shot import Shot
from explainer.stage.palette import hex_rgb
from explainer.timing.spans import spans, steps_of

DISC_RGB = np.array([255.0, 120.0, 40.0])
REST_FRAMES = 5


def still(shot: Shot, frame: int) -> NDArray[np.uint8]:
    down, across = np.mgrid[: shot.height, : shot.width]
    # Moves for a while, rests at the end, as the film does.
    moving = min(frame, shot.show.frame_count - REST_FRAMES) / shot.show.frame_count
    centre = shot.width * (0.2 + 0.6 * moving)
    distance = np.hypot(across - centre, down - shot.height / 2)
    cover = np.clip(shot.height / 4 - distance, 0, 1)[..., None]
    ground = 255 * hex_rgb(shot.show.theme.background)
    alpha = cover if shot.transparent else np.ones_like(cover)
    return np.rint(np.concatenate([cover * DISC_RGB + (1 - cover) * ground, 255 * alpha], axis=-1)).astype(np.uint8)


def stills(shot: Shot, frames: tuple[int, ...]) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    return ((frame, still(shot, frame)) for frame in frames)


def render(shot: Shot, write: Callable[[Any, int, Any], None]) -> None:
    for frame in range(shot.start_frame, shot.stop_frame):
        write(still(shot, frame), 1, None)


def holds(shot: Shot) -> dict[str, int]:
    """A frame before the last of each step."""
    segment = shot.show.segment
    found = {span.place: max(span.stop_frame - 2, span.start_frame) for span in spans(segment)}
    cues = {cue.id: found[steps_of(cue)[-1][0]] for cue in segment.cues}
    return {**found, **cues, segment.id: cues[segment.cues[-1].id]}
