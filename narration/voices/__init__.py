"""The voices: one module each, and this table. A new voice is one module and one row.

A voice module has ``speak`` and ``signature``; one that reads the user's files takes a cue id and a folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narration.errors import NarrationError, quoted
from narration.languages import Language
from narration.markup import MarkedText

if TYPE_CHECKING:
    from narration.voices.clip import Clip

__all__ = ["VOICES", "Choice", "Voice", "choose", "speak"]


@dataclass(frozen=True)
class Voice:
    """A row of the table: the module, what it is, and whether it reads a folder of the user's."""

    name: str
    module: str
    about: str
    reads_folder: bool = False


@dataclass(frozen=True)
class Choice:
    """The voice that will say a cue, what beside the words decides its sound, and what to tell the user."""

    voice: str
    signature: str
    warning: str = ""


VOICES: dict[str, Voice] = {
    voice.name: voice
    for voice in (
        Voice("draft", "narration.voices.draft", "silence of the right length; every language"),
        Voice("espeak", "narration.voices.espeak", "eSpeak NG; every language"),
        Voice("flite", "narration.voices.flite", "flite's voice rms; English"),
        Voice("piper", "narration.voices.piper", "a neural voice file of yours", reads_folder=True),
        Voice("takes", "narration.voices.takes", "your recordings, one file a cue", reads_folder=True),
    )
}


def choose(name: str, cue_id: str, language: Language, folder: Path | None = None) -> Choice:
    """Which voice says a cue: the one asked for, or for a missing take the language's own.

    Raises:
        NarrationError: unknown voice, or one that cannot speak.
    """
    module = _module(name)
    if VOICES[name].reads_folder:
        if name == "takes" and module.find(folder, cue_id) is None:
            spare = choose(language.voice, cue_id, language)
            warning = f"no take for {cue_id} in {_shown(folder)}: {spare.voice} speaks it"
            return Choice(spare.voice, spare.signature, warning)
        return Choice(name, module.signature(language, cue_id=cue_id, folder=folder))
    return Choice(name, module.signature(language))


def speak(name: str, speech: MarkedText, language: Language, *, cue_id: str = "", folder: Path | None = None) -> Clip:
    """Have a voice say a text. Same input, same samples; safe in any process.

    Args:
        name: a voice of the table.
        speech: the words, with marks.
        language: the language they are in.
        cue_id: the cue, for voices that read files.
        folder: the user's recordings or voice files.

    Raises:
        NarrationError: naming the voice, what is wrong and the remedy.
    """
    module = _module(name)
    if VOICES[name].reads_folder:
        clip: Clip = module.speak(speech, language, cue_id=cue_id, folder=folder)
    else:
        clip = module.speak(speech, language)
    return clip


def _module(name: str) -> Any:
    if name not in VOICES:
        raise NarrationError("", f"voice {quoted(name)}", "unknown voice", f"use one of {', '.join(VOICES)}")
    return import_module(VOICES[name].module)


def _shown(folder: Path | None) -> str:
    return folder.name if folder else "no folder"
