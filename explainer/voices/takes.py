"""Recorded takes: one audio file a cue, named after the cue. The files are other people's: read with care."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from explainer.errors import ExplainerError, located
from explainer.voices import espeak
from explainer.voices.align import aligned
from explainer.voices.clip import Clip, trimmed
from explainer.voices.recording import CONTAINERS, RATE_HZ, REMEDY, decoded
from explainer.voices.utterance import Utterance

__all__ = ["CONTAINERS", "find", "signature", "speak"]

LARGEST_FILE_BYTES = 100_000_000
_WORD = re.compile(r"(?<![^\s、。，；：！？])\w")


def find(folder: Path | None, cue_id: str) -> Path | None:
    """The recording of a cue, if there is one.

    Raises:
        ExplainerError: no such folder, or two recordings of one cue.
    """
    if folder is None or not folder.is_dir():
        raise ExplainerError(
            "there is no folder of recordings", "voice takes", "name a folder with one audio file a cue"
        )
    found = [path for path in (folder / f"{cue_id}{end}" for end in CONTAINERS) if path.is_file()]
    for path in found:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ExplainerError(
                "the take is a link out of its folder", located(path.name, cue_id), "put the file itself there"
            )
    if len(found) > 1:
        raise ExplainerError(f"{found[0].name} is there too", located(found[1].name, cue_id), "keep one take a cue")
    return found[0] if found else None


def speak(asked: Utterance) -> Clip:
    """The recording of a cue; its marks are found beside the same words said by eSpeak NG, which tells their times.

    Raises:
        ExplainerError: no recording, or one that is broken, silent, absurdly long, or far too short for its words.
    """
    path = _found(asked)
    name = located(path.name, asked.cue_id)
    clip = trimmed(decoded(path, asked.cue_id), RATE_HZ, (), id=name)
    if not asked.offsets:
        return clip
    begins = (found.start() for found in _WORD.finditer(asked.text))
    template = espeak.speak(replace(asked, offsets=(*asked.offsets, *begins), pace=1.0))
    return replace(clip, times_s=aligned(clip, template, id=name)[: len(asked.offsets)])


def signature(asked: Utterance) -> str:
    """What decides the sound and its marks: the recording's bytes, and how eSpeak NG says the words.

    Raises:
        ExplainerError: no recording, or eSpeak NG is not installed.
    """
    with _found(asked).open("rb") as stream:
        return f"take {hashlib.file_digest(stream, 'sha256').hexdigest()} {espeak.signature(asked)}"


def _found(asked: Utterance) -> Path:
    path = find(asked.folder, asked.cue_id)
    if path is None:
        raise ExplainerError("there is no take of this cue", asked.cue_id, REMEDY)
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise ExplainerError("the file is larger than 100 MB", located(path.name, asked.cue_id), REMEDY)
    return path
