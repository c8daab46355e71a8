"""Voices: one module each, and this table. A new voice is one module and one row.

A voice module has ``speak``, which answers an `Utterance` with a `Clip`, and ``signature``, what beside the words
decides how it sounds. It may have ``speaks``, which languages it can, and ``provenance``, a table of what decides its
sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from explainer.errors import ExplainerError, quoted

if TYPE_CHECKING:
    from explainer.voices.clip import Clip
    from explainer.voices.utterance import Utterance
    from explainer.words.languages import Language

__all__ = ["VOICES", "Choice", "Voice", "choose", "provenance", "speak", "speaks"]


@dataclass(frozen=True)
class Voice:
    """A row of the table: the module, what it is, and whose spoken forms it takes if not its own.

    A voice that is `at_home` speaks on the machine that asks for it: others of a cluster need not have it.
    """

    name: str
    module: str
    about: str
    forms_of: str = ""
    at_home: bool = False

    @property
    def form(self) -> str:
        """The voice whose spoken forms it takes."""
        return self.forms_of or self.name


@dataclass(frozen=True)
class Choice:
    """The voice that will say a cue, what beside the words decides its sound, and what to tell the user."""

    voice: str
    signature: str
    warning: str = ""


VOICES: dict[str, Voice] = {
    voice.name: voice
    for voice in (
        Voice("draft", "explainer.voices.draft", "silence of the right length; every language"),
        Voice("espeak", "explainer.voices.espeak", "eSpeak NG; every language"),
        Voice("flite", "explainer.voices.flite", "flite's voice rms; English"),
        Voice(
            "kokoro",
            "explainer.voices.kokoro",
            "a neural voice like a person's; six languages; make voice",
            at_home=True,
        ),
        Voice("piper", "explainer.voices.piper", "a neural voice file of yours"),
        Voice("takes", "explainer.voices.takes", "your recordings, one file a cue", "espeak"),
        Voice("kept", "explainer.voices.kept", "the film's own takes, kept by the command speak"),
    )
}


def choose(name: str, asked: Utterance) -> Choice:
    """Which voice says a cue: the one asked for, or for a missing take the language's own.

    Raises:
        ExplainerError: unknown voice, or one that cannot speak.
    """
    module = _module(name)
    if name == "takes" and module.find(asked.folder, asked.cue_id) is None:
        spare = choose(asked.language.voice, asked)
        folder = asked.folder.name if asked.folder else "no folder"
        return Choice(spare.voice, spare.signature, f"no take for {asked.cue_id} in {folder}: {spare.voice} speaks it")
    return Choice(name, module.signature(asked))


def speak(name: str, asked: Utterance) -> Clip:
    """Have a voice say a text. Same input, same samples; safe in any process.

    Raises:
        ExplainerError: naming the voice, what is wrong and the remedy.
    """
    clip: Clip = _module(name).speak(asked)
    return clip


def speaks(name: str, language: Language) -> bool:
    """Whether a voice speaks a language, where that is known beforehand.

    Raises:
        ExplainerError: unknown voice.
    """
    module = _module(name)
    return bool(module.speaks(language)) if hasattr(module, "speaks") else True


def provenance(name: str, asked: Utterance) -> dict[str, Any]:
    """Who says a text, for whoever keeps what was said: the voice's name and all that decides how it sounds.

    Raises:
        ExplainerError: unknown voice, or one that cannot speak.
    """
    module = _module(name)
    told = module.provenance(asked) if hasattr(module, "provenance") else {"signature": module.signature(asked)}
    return {"name": name, **told}


def _module(name: str) -> Any:
    if name not in VOICES:
        raise ExplainerError("unknown voice", f"voice {quoted(name)}", f"use one of {', '.join(VOICES)}")
    return import_module(VOICES[name].module)
