"""eSpeak NG 1.52: always there, every language. Library and data come in the wheel `espeakng-loader`."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import numpy as np

from explainer.errors import ExplainerError
from explainer.voices.clip import Clip, trimmed
from explainer.voices.utterance import Utterance

__all__ = ["signature", "speak"]

LONGEST_RUN_S = 60


def speak(asked: Utterance) -> Clip:
    """Say a text in the language's voice at its rate.

    Raises:
        ExplainerError: the library or the voice is missing or fails.
    """
    rate_wpm = round(asked.language.espeak_rate_wpm * asked.pace)
    request = {"voice": asked.language.espeak_voice, "rate_wpm": rate_wpm, "text": asked.text}
    program = [sys.executable, "-I", str(Path(__file__).with_name("espeak_process.py"))]
    try:
        run = subprocess.run(
            program,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=LONGEST_RUN_S,
            check=True,
        )
        header_line, _, raw = run.stdout.partition(b"\n")
        header = json.loads(header_line)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise _failure(f"it broke down ({error})") from None
    if "problem" in header:
        raise _failure(header["problem"])
    rate_hz = int(header["rate_hz"])
    samples = np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(32768)
    anchors = _anchors(header["words"], len(asked.text), len(samples))
    times_s = [_sample_at(offset, asked.text, anchors) / rate_hz for offset in asked.offsets]
    return trimmed(samples, rate_hz, times_s, id="voice espeak")


def signature(asked: Utterance) -> str:
    """What decides the sound beside the text: library version, voice, rate.

    Raises:
        ExplainerError: the library is not installed.
    """
    try:
        installed = version("espeakng-loader")
    except PackageNotFoundError:
        raise _failure("espeakng-loader is not installed") from None
    return f"espeakng-loader {installed} {asked.language.espeak_voice} {asked.language.espeak_rate_wpm}"


def _anchors(words: list[list[int]], text_length: int, sample_count: int) -> list[tuple[int, int]]:
    """Pairs (character, sample), both rising, from the word events."""
    anchors = [(0, 0)]
    for character, sample in sorted((character, sample) for character, sample in words):
        if character > anchors[-1][0] and sample >= anchors[-1][1]:
            anchors.append((character, sample))
    if anchors[-1][0] < text_length:
        anchors.append((text_length, sample_count))
    return anchors


def _sample_at(offset: int, text: str, anchors: list[tuple[int, int]]) -> float:
    """Sample at a character: exact where a word begins, in proportion between words."""
    while offset < len(text) and text[offset].isspace():
        offset += 1
    for (character, sample), (next_character, next_sample) in pairwise(anchors):
        if character <= offset <= next_character:
            return sample + (offset - character) / (next_character - character) * (next_sample - sample)
    return float(anchors[-1][1])


def _failure(problem: str) -> ExplainerError:
    return ExplainerError(
        problem, "voice espeak", "run make again to install the pinned espeakng-loader, or take another voice"
    )
