"""What the process that draws is asked for: a film's drafts, those of the moment that is looked at first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explainer.timing.timeline import Timeline

__all__ = ["Moment", "Order", "frame_at", "moment_from"]

LONGEST_ID = 200
FARTHEST_S = 3600.0


@dataclass(frozen=True)
class Moment:
    """A place in a film that stays what it is when times move: seconds after a cue begins, before it if negative.

    Without a cue it is the film's beginning.
    """

    cue: str = ""
    after_s: float = 0.0


@dataclass(frozen=True)
class Order:
    """A film's drafts in one voice.

    Args:
        root: the film's folder.
        film: its id.
        language_tag: of the voice and the picture.
        captions_tag: of the captions that are wanted first.
        cache: the folder of finished parts.
        theme: the colours it is drawn in.
        aspect: the shape of the picture.
        voice: who speaks; the film's takes if empty, and the language's voice where they lack a cue.
        jobs: processes that draw at once.
        moment: what is looked at.
        number: orders count up, so that what is told of an older one is known for it.
    """

    root: Path
    film: str
    language_tag: str
    captions_tag: str
    cache: Path
    theme: str = "dark"
    aspect: str = "16:9"
    voice: str = ""
    jobs: int = 1
    moment: Moment = Moment()
    number: int = 0


def moment_from(told: object) -> Moment:
    """A moment that a page tells of.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(told, dict):
        raise ValueError("not an object")
    cue, after_s = told.get("cue"), told.get("after_s")
    if not isinstance(cue, str) or len(cue) > LONGEST_ID:
        raise ValueError("no cue")
    if isinstance(after_s, bool) or not isinstance(after_s, int | float) or not abs(after_s) <= FARTHEST_S:
        raise ValueError("no seconds")
    return Moment(cue, float(after_s))


def frame_at(timeline: Timeline, moment: Moment) -> tuple[str, int]:
    """The segment of a moment and its frame, counted from the segment's first; it does not leave the cue's segment."""
    for segment in timeline.segments:
        for cue in segment.cues:
            if cue.id == moment.cue:
                frame = cue.start_frame + round(moment.after_s * timeline.fps) - segment.start_frame
                return segment.id, min(max(frame, 0), segment.frames - 1)
    return timeline.segments[0].id, 0
