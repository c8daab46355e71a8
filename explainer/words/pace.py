"""Pace: how long words take to say, estimated from their characters alone."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.words.languages import Language

__all__ = ["duration_s", "times_within", "until_s"]

# Seconds beyond its own letters that a character costs: a breath at punctuation, a number said as a word.
COMMA_S = 0.25
STOP_S = 0.35
DIGIT_CHARACTERS = 4.5
SHORTEST_S = 0.3


def duration_s(text: str, language: Language) -> float:
    """Seconds that a text takes."""
    return max(until_s(text, len(text), language), SHORTEST_S)


def until_s(text: str, offset: int, language: Language) -> float:
    """Seconds until the character at an offset is said."""
    time_s = 0.0
    for at, character in enumerate(text[:offset]):
        if character.isdigit():
            time_s += DIGIT_CHARACTERS / language.draft_cps
        elif character in ",;:—、，；：،":
            time_s += COMMA_S
        elif character in ".!?。！？؟।" and at < len(text) - 1:
            time_s += STOP_S
        else:
            time_s += 1 / language.draft_cps
    return time_s


def times_within(text: str, offsets: Sequence[int], language: Language, length_s: float) -> tuple[float, ...]:
    """Where characters fall, in proportion, in a text that takes ``length_s`` seconds and reports no times itself."""
    whole_s = duration_s(text, language)
    return tuple(min(until_s(text, at, language) / whole_s, 1.0) * length_s for at in offsets)
