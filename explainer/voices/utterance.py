"""Utterance: what a voice is asked to say. Apart from the voices, so that asking loads none of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explainer.words.languages import Language

__all__ = ["Utterance"]


@dataclass(frozen=True)
class Utterance:
    """What a voice is asked to say.

    Args:
        text: the words.
        offsets: characters whose time is wanted.
        language: the language they are in.
        pace: how much faster than usual; voices that play recordings cannot heed it.
        cue_id: the cue, for voices that read files.
        folder: the user's recordings or voice files.
    """

    text: str
    offsets: tuple[int, ...]
    language: Language
    pace: float = 1.0
    cue_id: str = ""
    folder: Path | None = None
