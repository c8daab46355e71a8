"""The steps of a segment, each of which ends in a picture of its own: its cues, cut where their marks are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.timing.timeline import CueTime, SegmentTime
from explainer.words.markup import CUE_START

__all__ = ["Span", "hold_places", "spans", "steps_of", "stood_apart"]


@dataclass(frozen=True)
class Span:
    """Frames of the timeline from a place up to what comes next.

    Args:
        place: `swing.fall` for a cue without marks; `swing.fall:lowest` from a mark on, `swing.fall:start` before any.
        start_frame, stop_frame: from where, and to where (exclusive).
        told_frame: where the speech in it ends.
        closes: whether the segment ends with it.
    """

    place: str
    start_frame: int
    stop_frame: int
    told_frame: int
    closes: bool


def spans(segment: SegmentTime) -> tuple[Span, ...]:
    """Return the spans of a segment's steps, in order."""
    steps = [(cue, place, frame) for cue in segment.cues for place, frame in steps_of(cue)]
    stops = [*(frame for _, _, frame in steps[1:]), segment.stop_frame]
    return tuple(
        Span(place, start, stop, min(cue.stop_frame, stop), stop == segment.stop_frame)
        for (cue, place, start), stop in zip(steps, stops, strict=True)
    )


def hold_places(segment: SegmentTime) -> tuple[str, ...]:
    """Return the names of all that has a hold: the segment, its cues and their steps."""
    cues = (name for cue in segment.cues for name in (cue.id, *(place for place, _ in steps_of(cue))))
    return tuple(dict.fromkeys((segment.id, *cues)))


def steps_of(cue: CueTime) -> tuple[tuple[str, int], ...]:
    """Return the steps of a cue, place and first frame: one a mark and one for what is before; a cue without is one."""
    named = [(f"{cue.id}:{name}", frame) for name, frame in sorted(cue.marks.items(), key=lambda mark: mark[1])]
    if not named:
        return ((cue.id, cue.start_frame),)
    return (*([(f"{cue.id}:{CUE_START}", cue.start_frame)] if named[0][1] > cue.start_frame else []), *named)


def stood_apart(cue: CueTime, holds: Mapping[str, int]) -> tuple[str, ...]:
    """Return the places of a cue's steps without those that stand where the next one does, by the holds of all."""
    places = [place for place, _ in steps_of(cue)]
    return tuple(
        place for place, after in zip(places, (*places[1:], ""), strict=True) if holds[place] != holds.get(after)
    )
