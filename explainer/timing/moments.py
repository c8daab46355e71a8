"""The frames of a segment that are worth looking at: its cues and marks, and between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from explainer.timing.timeline import SegmentTime


@dataclass(frozen=True)
class Moment:
    """A frame of the film and the name of its place: ``swing.fall``, ``swing.fall:lowest`` or ``swing.fall:end``."""

    name: str
    frame: int


def moments(segment: SegmentTime) -> tuple[Moment, ...]:
    """The start, marks and end of each cue, in order; frames are those of the timeline the segment is in."""
    found = []
    for cue in segment.cues:
        found.append(Moment(cue.id, cue.start_frame))
        found += [Moment(f"{cue.id}:{name}", frame) for name, frame in cue.marks.items()]
        found.append(Moment(f"{cue.id}:end", min(cue.stop_frame, segment.stop_frame - 1)))
    return tuple(sorted(found, key=lambda moment: moment.frame))


def between(found: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The moments half-way from each to the next."""
    return tuple(
        Moment(f"{first.name}..{second.name}", (first.frame + second.frame) // 2)
        for first, second in pairwise(found)
        if second.frame - first.frame > 1
    )
