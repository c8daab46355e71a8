"""Kokoro: a small neural voice that sounds like a person; English, Spanish, French, Hindi, Japanese, Chinese.

The model (Kokoro-82M by hexgrad, Apache-2.0) gives, beside the sound, how long each phoneme lasts, so that marks are
exact. ``make voice`` installs what it needs; `explainer.voices.kokoro_files` tells where its files are looked for.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from explainer.errors import ExplainerError
from explainer.voices import kokoro_files, phonemes
from explainer.voices.clip import Clip, Samples, trimmed
from explainer.voices.utterance import Utterance
from explainer.words.languages import Language

__all__ = ["provenance", "signature", "sound", "speak", "speaks"]

RATE_HZ = 24_000
FRAME_SAMPLES = 600
LONGEST_PHONEMES = 510
SLOWEST, QUICKEST = 0.5, 2.0
# The encoder's lengths of phonemes in frames, which the model keeps to itself.
DURATIONS_INSIDE = "/encoder/Clip_output_0"
MODEL, LICENCE = "Kokoro-82M by hexgrad", "Apache-2.0"
TOOLS = ("kokoro-onnx", "onnxruntime", "onnx")


def speak(asked: Utterance) -> Clip:
    """Say a text; every mark is at the first frame of the word after it.

    Raises:
        ExplainerError: no voice for the language, packages or files missing, or a text that is too long.
    """
    name = _speaker(asked.language)
    files = kokoro_files.find()
    said = phonemes.spelled(asked.text, asked.offsets, asked.language)
    count = len(said.phonemes)
    if count > LONGEST_PHONEMES or not any(map(str.isalpha, said.phonemes)):
        raise _failure(f"{count} phonemes in {asked.cue_id}", f"write what makes 1 to {LONGEST_PHONEMES} of them")
    pace = asked.language.kokoro_pace * asked.pace
    samples, frames = sound(said.phonemes, _style(files.voices, name, count), pace, files.model)
    # A phoneme begins where what is before it ends, the silence of the first token included.
    starts_s = np.cumsum(frames) * FRAME_SAMPLES / RATE_HZ
    times_s = [float(starts_s[place]) for place in said.places]
    return trimmed(samples, RATE_HZ, times_s, id=f"voice kokoro: {asked.cue_id}")


def sound(said: str, style: Samples, pace: float, path: Path) -> tuple[Samples, np.ndarray[Any, np.dtype[np.int64]]]:
    """The model's answer to phonemes.

    Args:
        said: phonemes, of the model's own alphabet.
        style: what makes the voice, of shape (1, 256).
        pace: how much faster than usual.
        path: the model's file.

    Returns:
        Mono samples at `RATE_HZ`, and the frames of `FRAME_SAMPLES` samples that each token takes: the silence before,
        every phoneme, the silence after.
    """
    session, vocabulary = _model(path), phonemes.vocabulary()
    tokens = np.array([[0, *(vocabulary[phoneme] for phoneme in said), 0]], dtype=np.int64)
    speed = np.array([min(max(pace, SLOWEST), QUICKEST)], dtype=np.float32)
    try:
        samples, frames = session.run(None, {session.get_inputs()[0].name: tokens, "style": style, "speed": speed})
    except Exception as error:  # the runtime's own exceptions have no common base
        raise _failure(f"{path.name} does not speak ({error})", "make voice puts a good one there") from None
    return np.asarray(samples, dtype=np.float32).ravel(), np.asarray(frames).ravel().astype(np.int64)


def signature(asked: Utterance) -> str:
    """What decides the sound beside the text.

    Raises:
        ExplainerError: no voice for the language, packages or files missing.
    """
    return json.dumps(provenance(asked))


def provenance(asked: Utterance) -> dict[str, Any]:
    """Who speaks: voice and pace, maker and licence of the model, hashes of its files, versions of its tools.

    Raises:
        ExplainerError: no voice for the language, packages or files missing.
    """
    speaker, files = _speaker(asked.language), kokoro_files.find()
    names = (*TOOLS, *phonemes.packages(asked.language))
    try:
        tools = {name: version(name) for name in names}
    except PackageNotFoundError as error:
        raise _failure(f"{error.name} is not installed", kokoro_files.REMEDY) from None
    return {
        "speaker": speaker,
        "pace": asked.language.kokoro_pace,
        "model": MODEL,
        "licence": LICENCE,
        "model_sha256": _digest(files.model),
        "voices_sha256": _digest(files.voices),
        "tools": tools,
    }


def speaks(language: Language) -> bool:
    """Whether one of its voices does."""
    return bool(language.kokoro_voice)


def _speaker(language: Language) -> str:
    if not speaks(language):
        raise _failure(f"it does not speak {language.english_name}", f"use --voice {language.voice}")
    return language.kokoro_voice


@cache
def _model(path: Path) -> Any:
    """The model, ready to run, with the lengths of phonemes as its second output.

    Raises:
        ExplainerError: packages are missing, or the file is no such model.
    """
    try:
        onnx, onnxruntime = import_module("onnx"), import_module("onnxruntime")
    except ImportError as error:
        raise _failure(f"{error.name} is not installed", kokoro_files.REMEDY) from None
    try:
        network = onnx.load(str(path))
        node = onnx.helper.make_node("Identity", [DURATIONS_INSIDE], ["duration"])
        network.graph.node.append(node)
        network.graph.output.append(onnx.helper.make_tensor_value_info("duration", onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The same samples whatever the cores; builds speak several cues at once instead.
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(network.SerializeToString(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own exceptions have no common base
        raise _failure(f"{path.name} cannot be loaded ({error})", kokoro_files.REMEDY) from None


@cache
def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _style(path: Path, name: str, length: int) -> Samples:
    """The style of a voice for so many phonemes."""
    try:
        with np.load(path, allow_pickle=False) as styles:
            style: Samples = styles[name][length - 1].reshape(1, 256).astype(np.float32)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise _failure(f"{path.name} has no voice {name} ({error})", kokoro_files.REMEDY) from None
    return style


def _failure(problem: str, remedy: str) -> ExplainerError:
    return ExplainerError(problem, "voice kokoro", remedy)
