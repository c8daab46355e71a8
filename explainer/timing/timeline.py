"""Timeline: when each segment, cue and mark of a film comes, in whole frames.

All ranges are half-open and counted in frames from the start of the film; segments abut.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from explainer.errors import ExplainerError, located

__all__ = ["CueTime", "PLANNING_FPS", "SegmentTime", "Timeline", "frame_at_rate", "from_json", "moved", "to_json"]

PLANNING_FPS = 60
LONGEST_S = 3600
REMEDY = "plan the timeline again"


@dataclass(frozen=True)
class CueTime:
    """When a cue is spoken. ``marks`` are frames within the cue, ``splits`` those where its further captions begin."""

    id: str
    start_frame: int
    stop_frame: int
    marks: dict[str, int]
    splits: tuple[int, ...] = ()


@dataclass(frozen=True)
class SegmentTime:
    """When a segment is on screen, with its cues."""

    id: str
    start_frame: int
    stop_frame: int
    cues: tuple[CueTime, ...]

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.stop_frame - self.start_frame


@dataclass(frozen=True)
class Timeline:
    """The film's timing in one language at one frame rate; its segments abut from frame 0, its cues lie in order."""

    language_tag: str
    fps: int
    segments: tuple[SegmentTime, ...]

    def __post_init__(self) -> None:
        expected = 0
        for segment in self.segments:
            bounds = [segment.start_frame]
            for cue in segment.cues:
                bounds += [cue.start_frame, cue.stop_frame]
                if not all(cue.start_frame <= frame <= cue.stop_frame for frame in (*cue.marks.values(), *cue.splits)):
                    raise ExplainerError("a mark lies outside its cue", cue.id, REMEDY)
            bounds.append(segment.stop_frame)
            if segment.start_frame != expected or bounds != sorted(bounds):
                raise ExplainerError("its frames do not follow those before", segment.id, REMEDY)
            expected = segment.stop_frame
        if self.fps <= 0:
            raise ExplainerError(f"{self.fps} frames a second", self.language_tag, REMEDY)
        if expected > LONGEST_S * self.fps:
            raise ExplainerError(f"a film longer than {LONGEST_S} s", self.language_tag, REMEDY)

    @property
    def frames(self) -> int:
        """Length of the film in frames."""
        return self.segments[-1].stop_frame if self.segments else 0

    @property
    def duration_s(self) -> float:
        """Length of the film in seconds."""
        return self.frames / self.fps

    @property
    def cues(self) -> tuple[CueTime, ...]:
        """All cues in order."""
        return tuple(cue for segment in self.segments for cue in segment.cues)

    def segment(self, id: str) -> SegmentTime:
        """The segment of that id.

        Raises:
            ExplainerError: unknown id, with the known ones.
        """
        for segment in self.segments:
            if segment.id == id:
                return segment
        raise ExplainerError(
            "unknown segment", located("timeline", id), f"use one of {', '.join(known.id for known in self.segments)}"
        )

    def relative(self, id: str) -> SegmentTime:
        """A segment with all its frames counted from its own first one."""
        segment = self.segment(id)
        return moved(segment, lambda frame: frame - segment.start_frame)

    def resampled(self, fps: int) -> Timeline:
        """The same timing at another frame rate. Every boundary is rounded once, so segments still abut.

        Raises:
            ExplainerError: this timeline was resampled before, or the rate is not positive.
        """
        if fps == self.fps:
            return self
        if self.fps != PLANNING_FPS or fps <= 0:
            raise ExplainerError(
                f"cannot resample {self.fps} fps to {fps} fps",
                located("timeline", self.language_tag),
                f"resample the planned timeline at {PLANNING_FPS} fps to a positive rate",
            )

        return Timeline(
            self.language_tag, fps, tuple(moved(segment, partial(frame_at_rate, fps=fps)) for segment in self.segments)
        )


def frame_at_rate(frame: int, fps: int) -> int:
    """A planned frame at another rate, rounded half up."""
    return (2 * frame * fps + PLANNING_FPS) // (2 * PLANNING_FPS)


def to_json(timeline: Timeline) -> str:
    """Canonical JSON of a timeline."""
    return json.dumps(asdict(timeline), sort_keys=True, ensure_ascii=False, indent=1)


def from_json(text: str, *, file: str = "timeline.json") -> Timeline:
    """A timeline from its JSON, checked.

    Raises:
        ExplainerError: broken JSON, a missing field, ranges that do not abut, marks outside a cue.
    """
    try:
        data = json.loads(text)
        return Timeline(
            str(data["language_tag"]),
            _whole(data["fps"]),
            tuple(
                SegmentTime(
                    str(segment["id"]),
                    _whole(segment["start_frame"]),
                    _whole(segment["stop_frame"]),
                    tuple(
                        CueTime(
                            str(cue["id"]),
                            _whole(cue["start_frame"]),
                            _whole(cue["stop_frame"]),
                            {str(name): _whole(frame) for name, frame in cue["marks"].items()},
                            tuple(_whole(frame) for frame in cue["splits"]),
                        )
                        for cue in segment["cues"]
                    ),
                )
                for segment in data["segments"]
            ),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ExplainerError(f"not a timeline ({type(error).__name__}: {error})", file, REMEDY) from None
    except ExplainerError as error:
        raise ExplainerError(error.problem, located(file, error.place), error.remedy) from None


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is not a whole number of frames")
    return value


def moved(segment: SegmentTime, move: Callable[[int], int]) -> SegmentTime:
    """A segment with each of its frames moved."""
    cues = tuple(
        CueTime(
            cue.id,
            move(cue.start_frame),
            move(cue.stop_frame),
            {name: move(frame) for name, frame in cue.marks.items()},
            tuple(move(frame) for frame in cue.splits),
        )
        for cue in segment.cues
    )
    return SegmentTime(segment.id, move(segment.start_frame), move(segment.stop_frame), cues)
