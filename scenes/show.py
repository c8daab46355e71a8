"""What a scene is given: its timing, its words, its language and its look. Free of Manim, so that it travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narration.languages import LANGUAGES, Language
from narration.timeline import SegmentTime


class SceneError(ValueError):
    """A scene and the script do not fit together."""


@dataclass(frozen=True)
class Show:
    """One segment as one version of the film shows it; frames count from the segment's first frame."""

    segment: SegmentTime
    fps: int
    labels: Mapping[str, str]
    language: Language
    theme: str = "dark"
    aspect: str = "16:9"

    @property
    def frame_count(self) -> int:
        """Frames of the segment."""
        return self.segment.stop_frame - self.segment.start_frame

    def at(self, place: str) -> int:
        """Return the frame, from the segment's first, of a cue (`dome.top`), a cue's end (`dome.top:end`) or a mark.

        Raises:
            SceneError: if the script has no such cue or mark.
        """
        cue_id, _, mark = place.partition(":")
        for cue in self.segment.cues:
            if cue.id == cue_id:
                moments = {"": cue.start_frame, "end": cue.stop_frame, **cue.marks}
                if mark in moments:
                    return moments[mark] - self.segment.start_frame
        known = ", ".join(
            name for cue in self.segment.cues for name in (cue.id, *(f"{cue.id}:{mark}" for mark in cue.marks))
        )
        raise SceneError(
            f"scene of segment {self.segment.id!r} waits for {place!r}, which narration/script.toml does not have; "
            f"it has {known}: add the cue or mark there or wait for one of these"
        )

    def label(self, label_id: str) -> str:
        """Return the on-screen text of a label.

        Raises:
            SceneError: if the script has no such label.
        """
        try:
            return self.labels[label_id]
        except KeyError:
            raise SceneError(
                f"scene of segment {self.segment.id!r} shows label {label_id!r}, which narration/script.toml does not "
                "have: add it there"
            ) from None


def draft_show(segment_id: str, fps: int) -> Show:
    """Return a segment in English, timed by the draft voice, for running one scene under Manim's own tool."""
    from narration.localize import localize
    from narration.script import load_script
    from narration.timeline import plan
    from narration.voices.draft import duration

    narration = localize(load_script(), LANGUAGES["en"])
    durations = {cue.id: duration(cue.speech, narration.language) for cue in narration.cues}
    timeline = plan(narration, durations).resampled(fps)
    return Show(timeline.relative(segment_id), fps, narration.labels, narration.language)
