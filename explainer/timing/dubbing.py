"""Whether a voice fits to a picture that was timed by another voice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from explainer.timing.planning import SHORTEST_PAUSE_S, SpokenTime
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime, Timeline
from explainer.words.localize import Narration

# Between one cue's last word and the next one's first, or the end of the scene: as in a film of its own.
LEAST_PAUSE_S = SHORTEST_PAUSE_S
# A voice may be hurried by this much before listeners notice.
FASTEST = 1.15
# Pace and length of a synthetic voice are not quite inverse.
MARGIN = 1.02


@dataclass(frozen=True)
class Squeeze:
    """A cue that has less room than its speech takes, and how many characters would have to go."""

    cue_id: str
    speech_s: float
    room_s: float
    cut_characters: int

    @property
    def pace(self) -> float:
        """How much faster it would have to be said."""
        return self.speech_s / self.room_s


def rooms_s(timeline: Timeline) -> dict[str, float]:
    """For each cue, the seconds from its start until the next one, or its scene's end, needs the air."""
    rooms = {}
    for segment in timeline.segments:
        stops = [cue.start_frame for cue in segment.cues[1:]] + [segment.stop_frame]
        for cue, stop in zip(segment.cues, stops, strict=True):
            rooms[cue.id] = (stop - cue.start_frame) / timeline.fps - LEAST_PAUSE_S
    return rooms


def squeezed(narration: Narration, spoken: Mapping[str, SpokenTime], timeline: Timeline) -> tuple[Squeeze, ...]:
    """The cues whose speech is longer than a timeline has room for."""
    rooms = rooms_s(timeline)
    found = []
    for cue in narration.cues:
        speech_s, room_s = spoken[cue.id].speech_s, rooms[cue.id]
        if speech_s > room_s:
            cut = math.ceil((speech_s - room_s) / speech_s * len(cue.speech.text))
            found.append(Squeeze(cue.id, speech_s, room_s, cut))
    return tuple(found)


def dubbed(narration: Narration, spoken: Mapping[str, SpokenTime], timeline: Timeline) -> Timeline:
    """The timeline of a picture with the cues as another voice says them: each begins where it did."""
    segments = tuple(
        replace(segment, cues=tuple(_dubbed(cue, spoken[cue.id], segment) for cue in segment.cues))
        for segment in timeline.segments
    )
    return replace(timeline, language_tag=narration.language.tag, segments=segments)


def _dubbed(cue: CueTime, spoken: SpokenTime, segment: SegmentTime) -> CueTime:
    start = cue.start_frame
    stop = min(start + math.ceil(round(spoken.speech_s * PLANNING_FPS, 6)), segment.stop_frame)

    def frame(second: float) -> int:
        return min(start + round(second * PLANNING_FPS), stop - 1)

    marks = {name: frame(at_s) for name, at_s in spoken.marks_s.items()}
    return CueTime(cue.id, start, stop, marks, tuple(map(frame, spoken.splits_s)))
