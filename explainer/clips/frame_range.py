"""Places in a segment, as people name them: a cue, its end, a mark, where they stand, and seconds after or before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from explainer.errors import ExplainerError
from explainer.stage.show import Show
from explainer.timing.spans import hold_places
from explainer.words.markup import HOLD

NO_HOLDS: Mapping[str, int] = {}
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


def asks_hold(place: str | None) -> bool:
    """Whether a place is where something stands, for which its scene has to be asked."""
    match = None if place is None else _PLACE.fullmatch(place)
    return match is not None and match["name"].endswith(f":{HOLD}")


def checked_place(show: Show, place: str, option: str = "--at") -> str:
    """Return a place when the segment has it; where that is need not be known yet.

    Raises:
        ExplainerError: if it is no place, or the segment does not have it.
    """
    everywhere = dict.fromkeys(hold_places(show.segment), 0)
    frame_at(show, _PLACE.sub(r"\g<name>", place) if asks_hold(place) else place, option, everywhere)
    return place


def frame_at(show: Show, place: str, option: str = "--at", holds: Mapping[str, int] = NO_HOLDS) -> int:
    """Return the frame of a place: `swing.fall`, `swing.fall:end`, `swing.fall:lowest:hold`, `swing.fall+0.5`.

    Args:
        show: the segment.
        place: what the user named.
        holds: frames at which the segment, its cues and marks stand; needed for places that ask for them.
        option: the option it was given to, for the error.

    Raises:
        ExplainerError: if the segment has no such place, or the shift leaves the segment.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        raise ExplainerError(
            f"{place!r} names no place", option, "write CUE, CUE:MARK, CUE:end or CUE:hold, and +SECONDS if needed"
        )
    frame = _named(show, match["name"], option, holds) + round(float(match["shift"] or 0) * show.fps)
    # A cue may end with its segment: its end is then seen on the last frame.
    if not 0 <= frame <= show.frame_count:
        end_s = show.frame_count / show.fps
        raise ExplainerError(
            f"{place!r} is at {frame / show.fps:.2f} s", option, f"{show.segment.id} lasts from 0 to {end_s:.2f} s"
        )
    return min(frame, show.frame_count - 1)


def _named(show: Show, name: str, option: str, holds: Mapping[str, int]) -> int:
    if asks_hold(name) and (held := name.removesuffix(f":{HOLD}")) in holds:
        return holds[held]
    try:
        return show.at(name)
    except ExplainerError:
        remedy = f"{show.segment.id} has {', '.join(show.places)}; and :{HOLD} after {show.segment.id}, a cue or a mark"
        raise ExplainerError(f"unknown cue or mark {name!r}", option, remedy) from None


def between(show: Show, start: str | None, stop: str | None, holds: Mapping[str, int] = NO_HOLDS) -> FrameRange:
    """Return the frames from one place to another, both shown; without a place, from or to the segment's own end.

    Raises:
        ExplainerError: if a place is unknown or the first does not come before the second.
    """
    first = 0 if start is None else frame_at(show, start, "--from", holds)
    last = show.frame_count - 1 if stop is None else frame_at(show, stop, "--to", holds)
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


def first_seconds(stretch: FrameRange, seconds: float, show: Show) -> FrameRange:
    """Return the first seconds of a stretch.

    Raises:
        ExplainerError: if it has not so many, or they are less than two frames.
    """
    frames, shortest = round(seconds * show.fps), 2
    if not shortest <= frames <= stretch.frames:
        left_s = stretch.frames / show.fps
        remedy = f"from there {show.segment.id} has {left_s:.2f} s; the least is {shortest / show.fps:g} s"
        raise ExplainerError(f"no stretch of {seconds:g} s", "--seconds", remedy)
    return FrameRange(stretch.start_frame, stretch.start_frame + frames)
