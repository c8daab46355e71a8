"""The draft voice: silence as long as the words would take, so that scenes run before any sound exists."""

from __future__ import annotations

import numpy as np

from explainer.voices.clip import Clip
from explainer.voices.utterance import Utterance
from explainer.words.pace import duration_s, until_s

__all__ = ["signature", "speak"]

RATE_HZ = 48000


def speak(asked: Utterance) -> Clip:
    """The silent clip of that length."""
    samples = np.zeros(round(duration_s(asked.text, asked.language) / asked.pace * RATE_HZ), dtype=np.float32)
    end_s = len(samples) / RATE_HZ
    times_s = tuple(min(until_s(asked.text, at, asked.language) / asked.pace, end_s) for at in asked.offsets)
    return Clip(samples, RATE_HZ, times_s)


def signature(asked: Utterance) -> str:
    """What decides the length beside the text."""
    return f"draft {asked.language.draft_cps}"
