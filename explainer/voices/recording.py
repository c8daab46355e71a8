"""A recording from its file: other people's files, read with care."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from explainer.errors import ExplainerError, located
from explainer.voices.clip import Samples

__all__ = ["CONTAINERS", "RATE_HZ", "REMEDY", "decoded"]

RATE_HZ = 48000
LONGEST_TAKE_S = 60
MOST_CHANNELS = 8
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000
# The container is chosen by the name: left to guess, the decoder would follow play lists to other files.
CONTAINERS = {".wav": "wav", ".flac": "flac", ".ogg": "ogg", ".opus": "ogg", ".mp3": "mp3", ".m4a": "mov"}
REMEDY = "record it again, or remove the file to let the voice speak this cue"


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
