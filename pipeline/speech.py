"""Which voice says a cue, and what decides how it sounds."""

from __future__ import annotations

from pathlib import Path

from narration import voices
from narration.languages import Language
from narration.localize import SpokenCue
from pipeline.request import Voicing
from pipeline.work import SpeakJob


def asked(language: Language, voicing: Voicing) -> tuple[str, Path | None]:
    """The voice to try first, and the folder of its files: takes before piper before a voice by name."""
    if voicing.takes is not None:
        return "takes", voicing.takes
    if voicing.piper_file is not None:
        folder = voicing.piper_file.parent if voicing.piper_file.is_file() else voicing.piper_file
        return "piper", folder
    return voicing.voice or language.voice, None


def speak_job(cue: SpokenCue, language: Language, voicing: Voicing) -> tuple[SpeakJob, str, str]:
    """The job of saying one cue, what decides its sound beside the words, and a warning or nothing.

    Raises:
        NarrationError: if the voice is unknown, missing or broken.
    """
    name, folder = asked(language, voicing)
    choice = voices.choose(name, cue.id, language, folder)
    own = folder if choice.voice == name else None
    return SpeakJob(cue.id, cue.speech, language, choice.voice, own), choice.signature, choice.warning
