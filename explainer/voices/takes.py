"""Recorded takes: one audio file a cue, named after the cue. The files are other people's: read with care."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from explainer.errors import ExplainerError, located
from explainer.voices import espeak
from explainer.voices.align import aligned
from explainer.voices.clip import Clip, Samples, trimmed
from explainer.voices.utterance import Utterance

__all__ = ["RATE_HZ", "decoded", "find", "signature", "speak"]

RATE_HZ = 48000
LONGEST_TAKE_S = 60
MOST_CHANNELS = 8
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000
LARGEST_FILE_BYTES = 100_000_000
# The container is chosen by the name: left to guess, the decoder would follow play lists to other files.
CONTAINERS = {".wav": "wav", ".flac": "flac", ".ogg": "ogg", ".opus": "ogg", ".mp3": "mp3", ".m4a": "mov"}
_WORD = re.compile(r"(?<![^\s、。，；：！？])\w")
REMEDY = "record it again, or remove the file to let the voice speak this cue"


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


def decoded(path: Path, cue_id: str) -> Samples:
    """Mono samples at `RATE_HZ`, decoded piece by piece so that a long file costs no more than the limit.

    Raises:
        ExplainerError: it is broken, too long, or no sound.
    """
    import av

    chunks: list[Samples] = []
    count = 0
    try:
        with av.open(
            str(path.absolute()),
            format=CONTAINERS[path.suffix],
            # Opening would decode a cover picture, of any size.
            options={"protocol_whitelist": "file", "max_pixels": "1"},
            metadata_errors="ignore",
        ) as container:
            if not container.streams.audio:
                raise ExplainerError("there is no sound in the file", located(path.name, cue_id), REMEDY)
            stream = container.streams.audio[0]
            if stream.codec_context is None:
                raise ExplainerError("the take is in a form that cannot be decoded", located(path.name, cue_id), REMEDY)
            if stream.channels > MOST_CHANNELS or not LOWEST_RATE_HZ <= stream.rate <= HIGHEST_RATE_HZ:
                raise ExplainerError(
                    f"{stream.channels} channels at {stream.rate} Hz",
                    located(path.name, cue_id),
                    "export it as a mono WAV",
                )
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
            for frame in container.decode(stream):
                for piece in resampler.resample(frame):
                    chunks.append(piece.to_ndarray().reshape(-1).astype(np.float32, copy=False))
                    count += piece.samples
                if count > LONGEST_TAKE_S * RATE_HZ:
                    raise ExplainerError(
                        f"the take is longer than {LONGEST_TAKE_S} s",
                        located(path.name, cue_id),
                        "cut it to this one cue",
                    )
            chunks += [
                piece.to_ndarray().reshape(-1).astype(np.float32, copy=False) for piece in resampler.resample(None)
            ]
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ExplainerError(f"the take cannot be decoded ({reason})", located(path.name, cue_id), REMEDY) from None
    samples: Samples = np.concatenate(chunks) if chunks else np.zeros(0, dtype=np.float32)
    if not np.isfinite(samples).all():
        raise ExplainerError("the take holds samples that are not numbers", located(path.name, cue_id), REMEDY)
    return np.clip(samples, -1.0, 1.0)
