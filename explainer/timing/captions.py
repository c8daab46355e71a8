"""Captions from a timeline: when each is on screen, and its lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from explainer.errors import ExplainerError, located
from explainer.timing.timeline import PLANNING_FPS, CueTime, Timeline
from explainer.words import linebreaks
from explainer.words.localize import Narration, SpokenCue
from explainer.words.pace import times_within

__all__ = ["Caption", "captions", "chapters"]

GAP_FRAMES = 2
CLOSED_GAP_FRAMES = PLANNING_FPS // 2
LONGEST_AFTER_SPEECH_FRAMES = PLANNING_FPS // 2
# One frame over five sixths of a second, so that times cut to milliseconds still keep the rule.
SHORTEST_FRAMES = PLANNING_FPS * 5 // 6 + 1
LONGEST_FRAMES = PLANNING_FPS * 7


@dataclass(frozen=True)
class Caption:
    """Lines on screen for a half-open range of frames. ``id`` is the cue's, a chapter's the segment's."""

    id: str
    start_frame: int
    stop_frame: int
    fps: int
    lines: tuple[str, ...]

    @property
    def start_s(self) -> float:
        """When it appears, in seconds."""
        return self.start_frame / self.fps

    @property
    def stop_s(self) -> float:
        """When it is gone, in seconds."""
        return self.stop_frame / self.fps

    @property
    def text(self) -> str:
        """Its lines joined by line feeds."""
        return "\n".join(self.lines)


def captions(timeline: Timeline, narration: Narration) -> tuple[Caption, ...]:
    """Captions for the voice that a timeline was planned from, in the language of the narration.

    A caption begins with its words. It ends two frames before the next one where that follows within half a
    second, else up to half a second after its words.

    Args:
        timeline: of this or another language, at the master frame rate.
        narration: the words shown.

    Raises:
        ExplainerError: the timeline is resampled or lacks a cue.
    """
    if timeline.fps != PLANNING_FPS:
        raise ExplainerError(
            f"captions of a film resampled to {timeline.fps} fps",
            located("timeline", timeline.language_tag),
            f"take the timeline as planned, at {PLANNING_FPS} fps",
        )
    times = {cue.id: cue for cue in timeline.cues}
    spoken: list[tuple[str, int, int, tuple[str, ...]]] = []
    for cue in narration.cues:
        if cue.id not in times:
            raise ExplainerError("the timeline has no such cue", located("timeline", cue.id), "plan it again")
        own_voice = timeline.language_tag == narration.language.tag
        spoken += [
            (cue.id, start, stop, linebreaks.lines(text, narration.language))
            for start, stop, text in _blocks(cue, times[cue.id], narration, own_voice)
        ]
    onsets = [start for _, start, _, _ in spoken] + [timeline.frames + GAP_FRAMES]
    return tuple(
        Caption(id, start, _out_frame(start, stop, following), PLANNING_FPS, shown)
        for (id, start, stop, shown), following in zip(spoken, onsets[1:], strict=True)
    )


def chapters(timeline: Timeline, narration: Narration) -> tuple[Caption, ...]:
    """One entry a segment, with its title; the entries abut."""
    titles = {segment.id: segment.title for segment in narration.segments}
    return tuple(
        Caption(segment.id, segment.start_frame, segment.stop_frame, timeline.fps, (titles[segment.id],))
        for segment in timeline.segments
    )


def _blocks(cue: SpokenCue, time: CueTime, narration: Narration, own_voice: bool) -> list[tuple[int, int, str]]:
    """The captions of a cue as (first frame of speech, frame after it, text)."""
    cuts = cue.caption.splits
    if own_voice and len(time.splits) == len(cuts):
        onsets = list(time.splits)
    else:
        length = float(time.stop_frame - time.start_frame)
        onsets = [time.start_frame + round(at) for at in times_within(cue.text, cuts, narration.language, length)]
    frames = [time.start_frame, *onsets, time.stop_frame]
    offsets = [0, *cuts, len(cue.text)]
    return [
        (start, stop, cue.text[first:last])
        for (start, stop), (first, last) in zip(pairwise(frames), pairwise(offsets), strict=True)
    ]


def _out_frame(start: int, speech_stop: int, following: int) -> int:
    """When a caption goes: its words end at ``speech_stop``, the next caption comes at ``following``."""
    if following - speech_stop <= CLOSED_GAP_FRAMES + GAP_FRAMES:
        stop = following - GAP_FRAMES
    else:
        stop = min(speech_stop + LONGEST_AFTER_SPEECH_FRAMES, following - CLOSED_GAP_FRAMES)
    stop = max(stop, min(start + SHORTEST_FRAMES, following - GAP_FRAMES))
    return max(min(stop, start + LONGEST_FRAMES), start + 1)
