"""The timeline: seconds of speech become whole frames here, and nowhere else.

All ranges are half-open and counted in frames from the start of the film; segments abut.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from narration.errors import NarrationError
from narration.localize import Narration, SpokenCue, SpokenSegment

__all__ = ["Budget", "CueTime", "MASTER_FPS", "SegmentTime", "Timeline", "from_json", "plan", "to_json"]

MASTER_FPS = 60
# A fifth of a second: a whole number of frames at 60, 30, 20, 15, 10 and 5 fps, so that a segment's own
# timing is the same wherever in the film it begins.
GRID_FRAMES = 12
# Pauses scale in these steps, so that a word more in one cue seldom moves every other segment.
SCALE_STEPS_PER_UNIT = 16
LARGEST_SCALE = 2.5
LONGEST_S = 3600


@dataclass(frozen=True)
class Budget:
    """How long the film may be, and the shortest pause that still lets the voice breathe."""

    minimum_s: float = 50.0
    target_s: float = 59.4
    maximum_s: float = 60.0
    shortest_pause_s: float = 0.15


@dataclass(frozen=True)
class CueTime:
    """When a cue is spoken. ``marks`` are frames within the cue."""

    id: str
    start_frame: int
    stop_frame: int
    marks: dict[str, int]


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
    """The film's timing in one language at one frame rate."""

    language_tag: str
    fps: int
    segments: tuple[SegmentTime, ...]

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
            NarrationError: unknown id, with the known ones.
        """
        for segment in self.segments:
            if segment.id == id:
                return segment
        raise NarrationError(
            "timeline", id, "unknown segment", f"use one of {', '.join(known.id for known in self.segments)}"
        )

    def relative(self, id: str) -> SegmentTime:
        """A segment with all its frames counted from its own first one."""
        segment = self.segment(id)
        return _moved(segment, lambda frame: frame - segment.start_frame)

    def resampled(self, fps: int) -> Timeline:
        """The same timing at another frame rate. Every boundary is rounded once, so segments still abut.

        Raises:
            NarrationError: this timeline was resampled before, or the rate is not positive.
        """
        if fps == self.fps:
            return self
        if self.fps != MASTER_FPS or fps <= 0:
            raise NarrationError(
                "timeline",
                self.language_tag,
                f"cannot resample {self.fps} fps to {fps} fps",
                f"resample the planned timeline at {MASTER_FPS} fps to a positive rate",
            )

        def half_up(frame: int) -> int:
            return (2 * frame * fps + MASTER_FPS) // (2 * MASTER_FPS)

        return Timeline(self.language_tag, fps, tuple(_moved(segment, half_up) for segment in self.segments))


def plan(
    narration: Narration,
    durations: Mapping[str, tuple[float, Mapping[str, float]]],
    budget: Budget | None = None,
) -> Timeline:
    """Lay the cues out in whole frames.

    All wished pauses scale alike, down to a floor, so that the film comes as near to the target as it can
    from below; only a film that is too long with every pause at its floor, or too short with all pauses
    drawn out, is refused.

    Args:
        narration: the words, with the wished pauses.
        durations: seconds of speech and the second of each mark, by cue id.
        budget: the film's bounds.

    Raises:
        NarrationError: a missing or impossible duration, a missing mark, a film out of bounds: the cue, the
            seconds over, and what would fit.
    """
    budget = budget or Budget()
    speech = {cue.id: _speech_frames(cue, durations) for cue in narration.cues}
    floor = math.ceil(budget.shortest_pause_s * MASTER_FPS)

    def film(scale: float) -> int:
        return sum(_segment_frames(segment, speech, scale, floor) for segment in narration.segments)

    scales = [step / SCALE_STEPS_PER_UNIT for step in range(int(LARGEST_SCALE * SCALE_STEPS_PER_UNIT) + 1)]
    frames = {bound: int(seconds * MASTER_FPS) for bound, seconds in asdict(budget).items()}
    if film(0.0) > frames["maximum_s"]:
        raise _too_long(narration, speech, film(0.0) - frames["maximum_s"])
    if film(scales[-1]) < frames["minimum_s"]:
        raise NarrationError(
            "",
            narration.language.tag,
            f"the film lasts {film(scales[-1]) / MASTER_FPS:.1f} s even with long pauses",
            f"it needs {budget.minimum_s:g} s; add words or longer pauses",
        )
    fitting = [scale for scale in scales if film(scale) <= frames["target_s"]]
    scale = fitting[-1] if fitting else 0.0
    if film(scale) < frames["minimum_s"]:
        scale = next(more for more in scales if film(more) >= frames["minimum_s"])
    return Timeline(narration.language.tag, MASTER_FPS, _laid_out(narration, durations, speech, scale, floor))


def to_json(timeline: Timeline) -> str:
    """Canonical JSON of a timeline."""
    return json.dumps(asdict(timeline), sort_keys=True, ensure_ascii=False, indent=1)


def from_json(text: str, *, file: str = "timeline.json") -> Timeline:
    """A timeline from its JSON, checked.

    Raises:
        NarrationError: broken JSON, a missing field, ranges that do not abut, marks outside a cue.
    """
    try:
        data = json.loads(text)
        timeline = Timeline(
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
                        )
                        for cue in segment["cues"]
                    ),
                )
                for segment in data["segments"]
            ),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NarrationError(file, "", f"not a timeline ({type(error).__name__}: {error})", "plan it again") from None
    _check(timeline, file)
    return timeline


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is not a whole number of frames")
    return value


def _check(timeline: Timeline, file: str) -> None:
    expected = 0
    for segment in timeline.segments:
        bounds = [segment.start_frame]
        for cue in segment.cues:
            bounds += [cue.start_frame, cue.stop_frame]
            if not all(cue.start_frame <= frame <= cue.stop_frame for frame in cue.marks.values()):
                raise NarrationError(file, cue.id, "a mark lies outside its cue", "plan the timeline again")
        bounds.append(segment.stop_frame)
        if segment.start_frame != expected or bounds != sorted(bounds):
            raise NarrationError(file, segment.id, "its frames do not follow those before", "plan the timeline again")
        expected = segment.stop_frame
    if timeline.fps <= 0:
        raise NarrationError(file, "", f"{timeline.fps} frames a second", "plan the timeline again")
    if expected > LONGEST_S * timeline.fps:
        raise NarrationError(file, "", f"a film longer than {LONGEST_S} s", "plan the timeline again")


def _moved(segment: SegmentTime, move: Callable[[int], int]) -> SegmentTime:
    cues = tuple(
        CueTime(
            cue.id,
            move(cue.start_frame),
            move(cue.stop_frame),
            {name: move(frame) for name, frame in cue.marks.items()},
        )
        for cue in segment.cues
    )
    return SegmentTime(segment.id, move(segment.start_frame), move(segment.stop_frame), cues)


def _speech_frames(cue: SpokenCue, durations: Mapping[str, tuple[float, Mapping[str, float]]]) -> int:
    if cue.id not in durations:
        raise NarrationError("", cue.id, "no speech was made for this cue", "speak every cue before planning")
    duration_s, marks_s = durations[cue.id]
    if not 0 < duration_s < math.inf:
        raise NarrationError("", cue.id, f"its speech lasts {duration_s} s", "check the voice")
    for name, _ in cue.speech.marks:
        if not 0 <= marks_s.get(name, -1.0) <= duration_s:
            raise NarrationError(
                "",
                f"{cue.id}:{name}",
                "the voice gives no time for this mark within the cue",
                "check the voice",
            )
    return math.ceil(round(duration_s * MASTER_FPS, 6))


def _pause_frames(wish_s: float, scale: float, floor: int) -> int:
    """A wished pause as frames; one wished shorter than the floor keeps its wish."""
    return max(round(wish_s * scale * MASTER_FPS), min(floor, round(wish_s * MASTER_FPS)))


def _segment_frames(segment: SpokenSegment, speech: Mapping[str, int], scale: float, floor: int) -> int:
    frames = _pause_frames(segment.lead_s, scale, floor)
    frames += sum(speech[cue.id] + _pause_frames(cue.pause_s, scale, floor) for cue in segment.cues)
    return -(-frames // GRID_FRAMES) * GRID_FRAMES


def _laid_out(
    narration: Narration,
    durations: Mapping[str, tuple[float, Mapping[str, float]]],
    speech: Mapping[str, int],
    scale: float,
    floor: int,
) -> tuple[SegmentTime, ...]:
    segments = []
    start = 0
    for segment in narration.segments:
        at = start + _pause_frames(segment.lead_s, scale, floor)
        cues = []
        for cue in segment.cues:
            stop = at + speech[cue.id]
            marks_s = durations[cue.id][1]
            marks = {name: min(at + round(marks_s[name] * MASTER_FPS), stop - 1) for name, _ in cue.speech.marks}
            cues.append(CueTime(cue.id, at, stop, marks))
            at = stop + _pause_frames(cue.pause_s, scale, floor)
        stop_frame = start + _segment_frames(segment, speech, scale, floor)
        segments.append(SegmentTime(segment.id, start, stop_frame, tuple(cues)))
        start = stop_frame
    return tuple(segments)


def _too_long(narration: Narration, speech: Mapping[str, int], over_frames: int) -> NarrationError:
    longest = max(narration.cues, key=lambda cue: speech[cue.id])
    over_s = over_frames / MASTER_FPS
    longest_s = speech[longest.id] / MASTER_FPS
    spoken_s = sum(speech.values()) / MASTER_FPS
    pace_cps = sum(len(cue.speech.text) for cue in narration.cues) / spoken_s
    return NarrationError(
        "",
        longest.id,
        f"the {narration.language.english_name} narration is {over_s:.1f} s over with every pause at its"
        f" shortest ({spoken_s:.1f} s of speech; this cue, the longest, has {longest_s:.1f} s)",
        f"{spoken_s - over_s:.1f} s of speech would fit: cut about {math.ceil(over_s * pace_cps)} characters",
    )
