"""Places in a segment, as people name them: a cue, its end, a mark, and seconds after or before one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explainer.errors import ExplainerError
from explainer.stage.show import Show

_PLACE = re.compile(r"(?P<name>[^+\s-]+)(?P<shift>[+-]\d+(?:\.\d+)?)?")


@dataclass(frozen=True)
class FrameRange:
    """Frames of a segment, from its first: `start_frame` to `stop_frame` (exclusive)."""

    start_frame: int
    stop_frame: int

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.stop_frame - self.start_frame


def frame_at(show: Show, place: str, option: str = "--at") -> int:
    """Return the frame of a place: `swing.fall`, `swing.fall:end`, `swing.fall:lowest`, `swing.fall+0.5`.

    Args:
        show: the segment.
        place: what the user named.
        option: the option it was given to, for the error.

    Raises:
        ExplainerError: if the segment has no such place, or the shift leaves the segment.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        raise ExplainerError(
            f"{place!r} names no place", option, "write CUE, CUE:MARK or CUE:end, and +SECONDS if needed"
        )
    try:
        frame = show.at(match["name"])
    except ExplainerError:
        raise ExplainerError(
            f"unknown cue or mark {match['name']!r}", option, f"{show.segment.id} has {', '.join(show.places)}"
        ) from None
    frame += round(float(match["shift"] or 0) * show.fps)
    # A cue may end with its segment: its end is then seen on the last frame.
    if not 0 <= frame <= show.frame_count:
        end_s = show.frame_count / show.fps
        raise ExplainerError(
            f"{place!r} is at {frame / show.fps:.2f} s", option, f"{show.segment.id} lasts from 0 to {end_s:.2f} s"
        )
    return min(frame, show.frame_count - 1)


def between(show: Show, start: str | None, stop: str | None) -> FrameRange:
    """Return the frames from one place to another, both shown; without a place, from or to the segment's own end.

    Raises:
        ExplainerError: if a place is unknown or the first does not come before the second.
    """
    first = 0 if start is None else frame_at(show, start, "--from")
    last = show.frame_count - 1 if stop is None else frame_at(show, stop, "--to")
    if first >= last:
        begins, ends = (
            f"{start or 'the start'} ({first / show.fps:.2f} s)",
            f"{stop or 'the end'} ({last / show.fps:.2f} s)",
        )
        raise ExplainerError(
            f"{begins} is not before {ends}",
            "--from/--to",
            f"in order, {show.segment.id} has {', '.join(show.places)}",
        )
    return FrameRange(first, last + 1)
