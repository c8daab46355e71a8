"""A Piper voice that the user has put into a folder: ``en_GB-alan-medium.onnx`` and its ``.onnx.json``."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from explainer.errors import ExplainerError
from explainer.voices.clip import Clip, trimmed
from explainer.voices.utterance import Utterance
from explainer.words.languages import Language
from explainer.words.pace import times_within

__all__ = ["find", "signature", "speak"]

PACKAGE = "piper-tts"


def find(folder: Path | None, language: Language) -> Path:
    """The voice file of a language: the first by name that begins with its code.

    Raises:
        ExplainerError: no folder, no voice, or a voice without its settings.
    """
    code = language.locale.split("_")[0]
    found = sorted(folder.glob(f"{code}_*.onnx")) if folder and folder.is_dir() else []
    if not found:
        raise _failure(
            f"there is no {language.english_name} voice file ({code}_*.onnx)",
            "put one into the folder of voices",
        )
    if not found[0].with_name(found[0].name + ".json").is_file():
        raise _failure(f"{found[0].name} lacks its {found[0].name}.json", "put it beside the voice file")
    return found[0]


def speak(asked: Utterance) -> Clip:
    """Say a text; marks are placed in proportion to the words.

    Raises:
        ExplainerError: the package or the voice file is missing or broken.
    """
    path = find(asked.folder, asked.language)
    voice, settings = _loaded(path, asked.pace)
    try:
        chunks = list(voice.synthesize(asked.text, syn_config=settings))
        rate_hz = int(chunks[0].sample_rate)
        samples = np.concatenate([chunk.audio_float_array for chunk in chunks]).astype(np.float32)
    except Exception as error:  # the runtime's own exceptions have no common base
        raise _failure(f"{path.name} cannot say {asked.cue_id} ({error})", "download the voice again") from None
    clip = trimmed(samples, rate_hz, (), id=f"voice piper: {asked.cue_id}")
    return Clip(clip.samples, rate_hz, times_within(asked.text, asked.offsets, asked.language, clip.duration_s))


def signature(asked: Utterance) -> str:
    """What decides the sound beside the text: the package's version and the voice file's bytes."""
    try:
        installed = version(PACKAGE)
    except PackageNotFoundError:
        raise _not_installed() from None
    with find(asked.folder, asked.language).open("rb") as stream:
        return f"{PACKAGE} {installed} {hashlib.file_digest(stream, 'sha256').hexdigest()} {asked.language.draft_cps}"


@cache
def _loaded(path: Path, pace: float) -> tuple[Any, Any]:
    try:
        piper = import_module("piper")
    except ImportError:
        raise _not_installed() from None
    try:
        # Without noise the same text gives the same samples.
        return piper.PiperVoice.load(path), piper.SynthesisConfig(
            noise_scale=0.0, noise_w_scale=0.0, length_scale=1 / pace
        )
    except Exception as error:  # the runtime's own exceptions have no common base
        raise _failure(f"{path.name} cannot be loaded ({error})", "download the voice again") from None


def _not_installed() -> ExplainerError:
    return _failure(f"{PACKAGE} is not installed", f"pip install {PACKAGE}, or use another --voice")


def _failure(problem: str, remedy: str) -> ExplainerError:
    return ExplainerError(problem, "voice piper", remedy)
