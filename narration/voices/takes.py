"""Recorded takes: one audio file a cue, named after the cue. The files are other people's: read with care."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from narration.errors import NarrationError
from narration.languages import Language
from narration.markup import MarkedText
from narration.voices import draft
from narration.voices.clip import Clip, Samples, trimmed

__all__ = ["find", "signature", "speak"]

RATE_HZ = 48000
LONGEST_TAKE_S = 60
MOST_CHANNELS = 8
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000
LARGEST_FILE_BYTES = 100_000_000
# The container is chosen by the name: left to guess, the decoder would follow play lists to other files.
CONTAINERS = {".wav": "wav", ".flac": "flac", ".ogg": "ogg", ".opus": "ogg", ".mp3": "mp3", ".m4a": "mov"}
REMEDY = "record it again, or remove the file to let the voice speak this cue"


def find(folder: Path | None, cue_id: str) -> Path | None:
    """The recording of a cue, if there is one.

    Raises:
        NarrationError: no such folder, or two recordings of one cue.
    """
    if folder is None or not folder.is_dir():
        raise NarrationError(
            "", "voice takes", "there is no folder of recordings", "name a folder with one audio file a cue"
        )
    found = [path for path in (folder / f"{cue_id}{end}" for end in CONTAINERS) if path.is_file()]
    for path in found:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise NarrationError(path.name, cue_id, "the take is a link out of its folder", "put the file itself there")
    if len(found) > 1:
        raise NarrationError(found[1].name, cue_id, f"{found[0].name} is there too", "keep one take a cue")
    return found[0] if found else None


def speak(speech: MarkedText, language: Language, *, cue_id: str, folder: Path | None) -> Clip:
    """The recording of a cue; its marks are placed in proportion to the words.

    Raises:
        NarrationError: no recording, or one that is broken, silent or absurdly long.
    """
    path = find(folder, cue_id)
    if path is None:
        raise NarrationError("", cue_id, "there is no take of this cue", REMEDY)
    clip = trimmed(_decoded(path, cue_id), RATE_HZ, {}, id=f"{path.name}: {cue_id}")
    return Clip(clip.samples, RATE_HZ, draft.marks_within(speech, language, clip.duration_s))


def signature(language: Language, *, cue_id: str, folder: Path | None) -> str:
    """What decides the sound: the recording's bytes."""
    path = find(folder, cue_id)
    if path is None:
        raise NarrationError("", cue_id, "there is no take of this cue", REMEDY)
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise NarrationError(path.name, cue_id, "the file is larger than 100 MB", REMEDY)
    with path.open("rb") as stream:
        return f"take {hashlib.file_digest(stream, 'sha256').hexdigest()} {language.draft_cps}"


def _decoded(path: Path, cue_id: str) -> Samples:
    """Mono samples at `RATE_HZ`, decoded piece by piece so that a long file costs no more than the limit."""
    import av

    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise NarrationError(path.name, cue_id, "the file is larger than 100 MB", REMEDY)
    chunks: list[Samples] = []
    count = 0
    try:
        with av.open(
            str(path.absolute()),
            format=CONTAINERS[path.suffix],
            options={"protocol_whitelist": "file"},
            metadata_errors="ignore",
        ) as container:
            if not container.streams.audio:
                raise NarrationError(path.name, cue_id, "there is no sound in the file", REMEDY)
            stream = container.streams.audio[0]
            if stream.codec_context is None:
                raise NarrationError(path.name, cue_id, "the take is in a form that cannot be decoded", REMEDY)
            if stream.channels > MOST_CHANNELS or not LOWEST_RATE_HZ <= stream.rate <= HIGHEST_RATE_HZ:
                raise NarrationError(
                    path.name,
                    cue_id,
                    f"{stream.channels} channels at {stream.rate} Hz",
                    "export it as a mono WAV",
                )
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
            for frame in container.decode(stream):
                for piece in resampler.resample(frame):
                    chunks.append(piece.to_ndarray().reshape(-1).astype(np.float32, copy=False))
                    count += piece.samples
                if count > LONGEST_TAKE_S * RATE_HZ:
                    raise NarrationError(
                        path.name,
                        cue_id,
                        f"the take is longer than {LONGEST_TAKE_S} s",
                        "cut it to this one cue",
                    )
            chunks += [
                piece.to_ndarray().reshape(-1).astype(np.float32, copy=False) for piece in resampler.resample(None)
            ]
    except (av.FFmpegError, OSError, ValueError) as error:
        if isinstance(error, NarrationError):
            raise
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NarrationError(path.name, cue_id, f"the take cannot be decoded ({reason})", REMEDY) from None
    samples: Samples = np.concatenate(chunks) if chunks else np.zeros(0, dtype=np.float32)
    if not np.isfinite(samples).all():
        raise NarrationError(path.name, cue_id, "the take holds samples that are not numbers", REMEDY)
    return np.clip(samples, -1.0, 1.0)
