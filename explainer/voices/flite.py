"""The flite program with its voice `rms`: English, far easier to understand than eSpeak NG."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
import wave
from functools import cache
from pathlib import Path

import numpy as np

from explainer.errors import ExplainerError
from explainer.voices.clip import Clip, trimmed
from explainer.voices.utterance import Utterance
from explainer.words.languages import Language

__all__ = ["signature", "speak", "speaks"]

VOICE = "rms"
# A little quicker than the voice was recorded: a minute has to hold the whole story.
STRETCH = 0.82
LONGEST_RUN_S = 60
SILENCE = "pau"
# One character for one character, so that the offsets of marks hold.
_PLAIN = str.maketrans({"—": ",", "–": ",", "’": "'", "‘": "'", "“": '"', "”": '"', "…": ".", "\u00a0": " "})
_PHONE = re.compile(r"([a-z]+):(\d+\.\d+)")


def speak(asked: Utterance) -> Clip:
    """Say an English text.

    Raises:
        ExplainerError: another language; the program is missing or fails.
    """
    if not speaks(asked.language):
        raise ExplainerError(f"it does not speak {asked.language.english_name}", "voice flite", "use --voice espeak")
    text = _plain(asked.text)
    stretch = STRETCH / asked.pace
    with tempfile.TemporaryDirectory(prefix="flite-") as folder:
        path = Path(folder) / "speech.wav"
        phones = _run(text, stretch, path)
        samples, rate_hz = _read(path)
        times_s = [_time_before(text[:at], stretch, phones, path) if at else 0.0 for at in asked.offsets]
    return trimmed(samples, rate_hz, times_s, id="voice flite")


def speaks(language: Language) -> bool:
    """Whether it can."""
    return language.locale.startswith("en")


def signature(asked: Utterance) -> str:
    """What decides the sound beside the text: the program's version and the voice."""
    return f"{_version(shutil.which('flite'))} {VOICE} {STRETCH}"


@cache
def _version(program: str | None) -> str:  # asked once of each
    version = re.search(r"version: *(\S+)", _call(["--version"]))
    return version[1] if version else "flite"


def _plain(text: str) -> str:
    """ASCII of the same length: flite spells other characters out byte by byte."""
    letters = (unicodedata.normalize("NFKD", character)[0] for character in text.translate(_PLAIN))
    return "".join(letter if letter.isascii() else " " for letter in letters)


def _run(text: str, stretch: float, path: Path) -> list[tuple[str, float]]:
    """Write the sound of a text; answer its phones with the second at which each ends."""
    printed = _call(["-voice", VOICE, "--setf", f"duration_stretch={stretch}", "-psdur", "-t", text, "-o", str(path)])
    phones: list[tuple[str, float]] = []
    base_s = last_s = 0.0
    for name, end in _PHONE.findall(printed):
        if float(end) < last_s:  # every sentence counts from zero
            base_s += last_s
        last_s = float(end)
        phones.append((name, base_s + last_s))
    if not phones:
        raise _failure(f"it said nothing for {text[:40]!r}")
    return phones


def _time_before(prefix: str, stretch: float, phones: list[tuple[str, float]], scratch: Path) -> float:
    """The second at which the sound after ``prefix`` begins, found by counting the phones of the prefix."""
    if not prefix.strip(" ,.;:!?"):
        return 0.0
    said = sum(name != SILENCE for name, _ in _run(prefix, stretch, scratch))
    for index, (name, _) in enumerate(phones):
        if name != SILENCE:
            if said == 0:
                return phones[index - 1][1] if index else 0.0
            said -= 1
    return phones[-1][1]


def _read(path: Path) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], int]:
    try:
        with wave.open(str(path), "rb") as sound:
            raw = sound.readframes(sound.getnframes())
            rate_hz = sound.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise _failure(f"it wrote no sound ({error})") from None
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(32768), rate_hz


def _call(arguments: list[str]) -> str:
    try:
        run = subprocess.run(
            ["flite", *arguments],
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN_S,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise ExplainerError(
            "the program flite is missing", "voice flite", "apt install flite, or use --voice espeak"
        ) from None
    except (OSError, subprocess.SubprocessError) as error:
        raise _failure(f"it broke down ({error})") from None
    return run.stdout


def _failure(problem: str) -> ExplainerError:
    return ExplainerError(problem, "voice flite", "reinstall flite, or use --voice espeak")
