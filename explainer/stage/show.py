"""Show: what a scene is given, its timing, its words, its language and its look. Free of Manim, so that it travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explainer.errors import ExplainerError
from explainer.stage.look import ASPECTS, PURPOSES, THEMES, Purpose, Theme
from explainer.timing.timeline import SegmentTime
from explainer.words.languages import Language
from explainer.words.quantities import Quantity

__all__ = ["Show"]


@dataclass(frozen=True)
class Show:
    """One segment as one version of a film shows it; frames count from the segment's first frame.

    Args:
        segment: its timing.
        fps: frames a second.
        labels: texts on screen by id.
        language: of the texts.
        latin_font: family of figures, whatever the language.
        quantities: how numbers that move are read out, by id.
        theme: its colours.
        aspect: the shape of the picture.
        script: name of the script, for messages.
        purpose: what the picture is composed for, film or slide.
    """

    segment: SegmentTime
    fps: int
    labels: Mapping[str, str]
    language: Language
    latin_font: str
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    theme: Theme = THEMES["dark"]
    aspect: str = "16:9"
    script: str = "script.toml"
    purpose: str = "film"

    def __post_init__(self) -> None:
        if self.fps <= 0 or self.frame_count <= 0 or self.aspect not in ASPECTS or self.purpose not in PURPOSES:
            problem = f"{self.frame_count} frames at {self.fps} frames/s in {self.aspect} for a {self.purpose}"
            raise ExplainerError(problem, self.segment.id, "a show needs frames, a rate, a known shape and purpose")

    @property
    def composed(self) -> Purpose:
        """How its purpose has the picture composed."""
        return PURPOSES[self.purpose]

    @property
    def frame_count(self) -> int:
        """Frames of the segment."""
        return self.segment.stop_frame - self.segment.start_frame

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the places in the segment, in order: cues, their marks, their ends."""
        return tuple(
            name
            for cue in self.segment.cues
            for name in (cue.id, *(f"{cue.id}:{mark}" for mark in cue.marks), f"{cue.id}:end")
        )

    def at(self, place: str) -> int:
        """Return the frame, from the segment's first, of a cue (`swing.fall`), its end (`swing.fall:end`) or a mark.

        Raises:
            ExplainerError: if the script has no such cue or mark.
        """
        cue_id, _, mark = place.partition(":")
        for cue in self.segment.cues:
            if cue.id == cue_id:
                moments = {"": cue.start_frame, "end": cue.stop_frame, **cue.marks}
                if mark in moments:
                    return moments[mark] - self.segment.start_frame
        raise self._missing(f"waits for {place!r}", self.places)

    def label(self, label_id: str) -> str:
        """Return the on-screen text of a label.

        Raises:
            ExplainerError: if the script has no such label.
        """
        if label_id not in self.labels:
            raise self._missing(f"shows label {label_id!r}", tuple(self.labels))
        return self.labels[label_id]

    def quantity(self, id: str) -> Quantity:
        """Return how a number is read out.

        Raises:
            ExplainerError: if the film's facts have no such quantity.
        """
        if id not in self.quantities:
            problem = f"its scene reads out {id!r}, which the film's facts module does not have"
            raise ExplainerError(
                problem, self.segment.id, f"add it to QUANTITIES there, or use {_list(self.quantities)}"
            )
        return self.quantities[id]

    def _missing(self, what: str, known: tuple[str, ...]) -> ExplainerError:
        problem = f"its scene {what}, which {self.script} does not have"
        return ExplainerError(problem, self.segment.id, f"add it there, or use {_list(known)}")


def _list(names: Mapping[str, object] | tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
