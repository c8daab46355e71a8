"""The draft voice: silence as long as the words would take, so that scenes run before any sound exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narration.languages import Language
from narration.markup import MarkedText

if TYPE_CHECKING:
    from narration.voices.clip import Clip

__all__ = ["duration", "speak"]

RATE_HZ = 48000
# Seconds beyond its own letters that a character costs: a breath at punctuation, a number said as a word.
COMMA_S = 0.25
STOP_S = 0.35
DIGIT_CHARACTERS = 4.5
SHORTEST_S = 0.3


def duration(speech: MarkedText, language: Language) -> tuple[float, dict[str, float]]:
    """How long the words take, from their characters alone.

    Returns:
        Seconds, and the second of each mark.
    """

    def until(offset: int) -> float:
        time_s = 0.0
        for at, character in enumerate(speech.text[:offset]):
            if character.isdigit():
                time_s += DIGIT_CHARACTERS / language.draft_cps
            elif character in ",;:—，、；：،":
                time_s += COMMA_S
            elif character in ".!?。！？؟।" and at < len(speech.text) - 1:
                time_s += STOP_S
            else:
                time_s += 1 / language.draft_cps
        return time_s

    return max(until(len(speech.text)), SHORTEST_S), {name: until(at) for name, at in speech.marks}


def speak(speech: MarkedText, language: Language) -> Clip:
    """The silent clip of that length."""
    import numpy as np

    from narration.voices.clip import Clip

    seconds, marks_s = duration(speech, language)
    return Clip(np.zeros(round(seconds * RATE_HZ), dtype=np.float32), RATE_HZ, marks_s)


def signature(language: Language) -> str:
    """What decides the length beside the text."""
    return f"draft {language.draft_cps}"


def marks_within(speech: MarkedText, language: Language, length_s: float) -> dict[str, float]:
    """Where marks fall, in proportion, in a clip of ``length_s`` seconds from a voice that reports none."""
    whole_s, marks_s = duration(speech, language)
    return {name: min(s / whole_s, 1.0) * length_s for name, s in marks_s.items()}
