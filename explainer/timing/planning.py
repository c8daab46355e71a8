"""Planning: seconds of speech become whole frames here, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from explainer.errors import ExplainerError
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime, Timeline
from explainer.words.localize import Narration, SpokenCue, SpokenSegment
from explainer.words.script import Settings

__all__ = ["Budget", "SpokenTime", "budget_of", "plan"]

# A fifth of a second: a whole number of frames at 60, 30, 20, 15, 10 and 5 fps, so that a segment's own
# timing is the same wherever in the film it begins.
GRID_FRAMES = 12
# Pauses scale in these steps, so that a word more in one cue seldom moves every other segment.
SCALE_STEPS_PER_UNIT = 16
LARGEST_SCALE = 2.5
SHORTEST_PAUSE_S = 0.15


@dataclass(frozen=True)
class SpokenTime:
    """Seconds of a cue's speech, of the marks in it, and of where its further captions begin."""

    speech_s: float
    marks_s: Mapping[str, float]
    splits_s: tuple[float, ...] = ()


@dataclass(frozen=True)
class Budget:
    """How long a film may be, and how long it is at best."""

    minimum_s: float
    target_s: float
    maximum_s: float


def budget_of(settings: Settings) -> Budget | None:
    """The bounds that a script sets; None if it sets none, and every pause is as wished."""
    if not settings.maximum_s:
        return None
    return Budget(settings.minimum_s, settings.target_s, settings.maximum_s)


def plan(
    narration: Narration,
    durations: Mapping[str, SpokenTime],
    budget: Budget | None,
) -> Timeline:
    """Lay the cues out in whole frames.

    All wished pauses scale alike, down to a floor, so that the film comes as near to the target as it can
    from below; only a film that is too long with every pause at its floor, or too short with all pauses
    drawn out, is refused.

    Args:
        narration: the words, with the wished pauses.
        durations: of the speech, by cue id.
        budget: the film's bounds, if it has any.

    Raises:
        ExplainerError: a missing or impossible duration, a missing mark, a film out of bounds: the cue, the
            seconds over, and what would fit.
    """
    speech = {cue.id: _speech_frames(cue, durations) for cue in narration.cues}
    floor = math.ceil(SHORTEST_PAUSE_S * PLANNING_FPS)
    if budget is None:
        return Timeline(narration.language.tag, PLANNING_FPS, _laid_out(narration, durations, speech, 1.0, floor))

    def film(scale: float) -> int:
        return sum(_segment_frames(segment, speech, scale, floor) for segment in narration.segments)

    scales = [step / SCALE_STEPS_PER_UNIT for step in range(int(LARGEST_SCALE * SCALE_STEPS_PER_UNIT) + 1)]
    frames = {bound: int(seconds * PLANNING_FPS) for bound, seconds in asdict(budget).items()}
    if film(0.0) > frames["maximum_s"]:
        raise _too_long(narration, speech, film(0.0) - frames["maximum_s"])
    if film(scales[-1]) < frames["minimum_s"]:
        raise ExplainerError(
            f"the film lasts {film(scales[-1]) / PLANNING_FPS:.1f} s even with long pauses",
            narration.language.tag,
            f"it needs {budget.minimum_s:g} s; add words or longer pauses",
        )
    fitting = [scale for scale in scales if film(scale) <= frames["target_s"]]
    scale = fitting[-1] if fitting else 0.0
    if film(scale) < frames["minimum_s"]:
        scale = next(more for more in scales if film(more) >= frames["minimum_s"])
    return Timeline(narration.language.tag, PLANNING_FPS, _laid_out(narration, durations, speech, scale, floor))


def _speech_frames(cue: SpokenCue, durations: Mapping[str, SpokenTime]) -> int:
    if cue.id not in durations:
        raise ExplainerError("no speech was made for this cue", cue.id, "speak every cue before planning")
    spoken = durations[cue.id]
    duration_s = spoken.speech_s
    if not 0 < duration_s < math.inf:
        raise ExplainerError(f"its speech lasts {duration_s} s", cue.id, "check the voice")
    for name, _ in cue.speech.marks:
        if not 0 <= spoken.marks_s.get(name, -1.0) <= duration_s:
            raise ExplainerError(
                "the voice gives no time for this mark within the cue", f"{cue.id}:{name}", "check the voice"
            )
    if not all(0 <= at_s <= duration_s for at_s in spoken.splits_s):
        raise ExplainerError("the voice puts a caption's beginning outside of the cue", cue.id, "check the voice")
    return math.ceil(round(duration_s * PLANNING_FPS, 6))


def _pause_frames(wish_s: float, scale: float, floor: int) -> int:
    """A wished pause as frames; one wished shorter than the floor keeps its wish."""
    return max(round(wish_s * scale * PLANNING_FPS), min(floor, round(wish_s * PLANNING_FPS)))


def _segment_frames(segment: SpokenSegment, speech: Mapping[str, int], scale: float, floor: int) -> int:
    frames = _pause_frames(segment.lead_s, scale, floor)
    frames += sum(speech[cue.id] + _pause_frames(cue.pause_s, scale, floor) for cue in segment.cues)
    return -(-frames // GRID_FRAMES) * GRID_FRAMES


def _laid_out(
    narration: Narration,
    durations: Mapping[str, SpokenTime],
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
            spoken = durations[cue.id]
            marks = {name: _frame(at, spoken.marks_s[name], stop) for name, _ in cue.speech.marks}
            splits = tuple(_frame(at, split_s, stop) for split_s in spoken.splits_s)
            cues.append(CueTime(cue.id, at, stop, marks, splits))
            at = stop + _pause_frames(cue.pause_s, scale, floor)
        stop_frame = start + _segment_frames(segment, speech, scale, floor)
        segments.append(SegmentTime(segment.id, start, stop_frame, tuple(cues)))
        start = stop_frame
    return tuple(segments)


def _frame(start_frame: int, second: float, stop_frame: int) -> int:
    """The frame of a second within a cue, which it does not leave."""
    return min(start_frame + round(second * PLANNING_FPS), stop_frame - 1)


def _too_long(narration: Narration, speech: Mapping[str, int], over_frames: int) -> ExplainerError:
    longest = max(narration.cues, key=lambda cue: speech[cue.id])
    over_s = over_frames / PLANNING_FPS
    longest_s = speech[longest.id] / PLANNING_FPS
    spoken_s = sum(speech.values()) / PLANNING_FPS
    pace_cps = sum(len(cue.speech.text) for cue in narration.cues) / spoken_s
    return ExplainerError(
        f"the {narration.language.english_name} narration is {over_s:.1f} s over with every pause at its"
        f" shortest ({spoken_s:.1f} s of speech; this cue, the longest, has {longest_s:.1f} s)",
        longest.id,
        f"{spoken_s - over_s:.1f} s of speech would fit: cut about {math.ceil(over_s * pace_cps)} characters",
    )
