"""Speech clips into one sound track: each clip on its frame, an even loudness, no clicks, no overs."""

from __future__ import annotations

import tempfile
import warnings
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import minimum_filter1d
from scipy.signal import oaconvolve, resample_poly

from explainer.errors import ExplainerError
from explainer.media.loudness import (
    RATE_HZ,
    Samples,
    SamplesFile,
    Track,
    blocks,
    envelopes,
    highest,
    integrated_lufs,
)

FADE_S = 0.005
TARGET_LUFS = -16.0
TRUE_PEAK_DBTP = -1.0
LOOK = round(0.0025 * RATE_HZ)  # samples that the limiter looks ahead and back
WIDTH = 2 * LOOK + 1
BEYOND = 4096  # samples past a block's end: more than `oaconvolve` takes in one step
ROUNDS = 8
CLOSE_LU = 0.1
LEAST_SLOPE = 0.2


@dataclass(frozen=True)
class Placed:
    """A clip and the sample at which it begins."""

    samples: Samples
    rate_hz: int
    start_sample: int
    name: str


def sample_at(frame: int, fps: int) -> int:
    """The sample that sounds as a frame appears."""
    return (2 * frame * RATE_HZ + fps) // (2 * fps)


def mix(clips: Iterable[Placed], length_samples: int, path: Path) -> SamplesFile:
    """All clips in one mono track of exactly this length, with soft edges, in a file; one clip at a time is held.

    Raises:
        ExplainerError: if a clip does not fit into the track.
    """
    silence = (np.zeros(stop - start, np.float32) for start, stop in blocks(length_samples))
    track = SamplesFile.written(path, silence)
    for clip in clips:
        samples = faded(resampled(clip.samples, clip.rate_hz))
        stop = clip.start_sample + len(samples)
        if clip.start_sample < 0 or stop > length_samples:
            over_s = (stop - length_samples) / RATE_HZ
            raise ExplainerError(f"speech runs {over_s:.2f} s past the end of the film", clip.name, "plan it again")
        track.add(clip.start_sample, samples)
    return track


def resampled(samples: Samples, rate_hz: int) -> Samples:
    """The samples at 48 kHz."""
    if rate_hz == RATE_HZ:
        return samples
    common = int(np.gcd(rate_hz, RATE_HZ))
    return np.asarray(resample_poly(samples, RATE_HZ // common, rate_hz // common), np.float32)


def faded(samples: Samples) -> Samples:
    """The samples with a raised-cosine rise and fall of 5 ms."""
    count = min(round(FADE_S * RATE_HZ), len(samples) // 2)
    rise = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(count, 1))).astype(np.float32)
    result = samples.astype(np.float32, copy=True)
    result[:count] *= rise
    result[len(result) - count :] *= rise[::-1]
    return result


def mastered(mono: Samples, ceiling_dbtp: float) -> Samples:
    """A short track at -16 LUFS with no peak above the ceiling, as `master` makes it."""
    with tempfile.TemporaryDirectory(prefix="sound-") as name:
        return master(mono, ceiling_dbtp, Path(name))[:]


def master(mono: Track, ceiling_dbtp: float, folder: Path) -> Track:
    """The track at -16 LUFS with no peak above the ceiling; silence stays silence.

    Synthetic speech is so peaky that one gain cannot meet both, and ffmpeg's loudnorm then pumps; so gain and a
    look-ahead limiter take turns until the loudness is right.

    Args:
        mono: read block by block, so that no more memory is taken for a long track than for a short one.
        ceiling_dbtp: of peaks, those between samples too, in decibels of full scale.
        folder: for files, the track that is returned among them.
    """
    levels = SamplesFile.written(folder / "levels", envelopes(mono))
    heard_lufs, gain_db, slope = integrated_lufs(mono), 0.0, 1.0
    result = mono
    for _ in range(ROUNDS):
        short_lu = TARGET_LUFS - heard_lufs
        if not np.isfinite(short_lu) or abs(short_lu) < CLOSE_LU:
            break
        step_db = short_lu / slope
        gain_db += step_db
        gain = np.float32(10 ** (gain_db / 20))
        result = SamplesFile.written(folder / "gained", limited(mono, levels, gain, ceiling_dbtp))
        before_lufs, heard_lufs = heard_lufs, integrated_lufs(result)
        # The limiter takes back part of each gain: ask for as much more.
        slope = float(np.clip((heard_lufs - before_lufs) / step_db, LEAST_SLOPE, 1.0))
    levels = SamplesFile.written(folder / "levels", envelopes(result))
    return SamplesFile.written(folder / "mastered", limited(result, levels, np.float32(1), ceiling_dbtp))


def limited(mono: Track, levels: Track, gain: np.float32, ceiling_dbtp: float) -> Iterator[Samples]:
    """A track with a gain, turned down where its levels would then be above the ceiling, block by block.

    Args:
        mono: the track.
        levels: its envelope.
        gain: a factor.
        ceiling_dbtp: what no level may be above, in decibels of full scale.
    """
    calm = highest(levels) * gain <= _amplitude(ceiling_dbtp)
    for start, stop in blocks(len(mono)):
        louder = mono[start:stop] * gain
        if calm:
            yield louder
            continue
        first = max(start - 2 * LOOK, 0)
        around = levels[first : stop + BEYOND] * gain
        yield louder * _turned_down(around, ceiling_dbtp, start - first)[: stop - start]


def _turned_down(levels: Samples, ceiling_dbtp: float, before: int) -> Samples:
    """Gain around each level above the ceiling, smoothly and just enough, for all but the `before` first samples.

    There are none of these at the track's beginning, else the `2 * LOOK` that the gain depends on.
    """
    ceiling = _amplitude(ceiling_dbtp)
    wanted = np.minimum(1.0, ceiling / np.maximum(levels, ceiling))
    # The least gain within the window, then a mean over as wide a window: never more than is wanted anywhere.
    window = np.hanning(WIDTH + 2)[1:-1]
    held = minimum_filter1d(wanted, WIDTH, mode="nearest")
    held = np.pad(held[max(before - LOOK, 0) :], (0 if before else LOOK, LOOK), mode="edge")
    gain = oaconvolve(held, window / window.sum(), mode="valid")
    return np.asarray(np.minimum(gain, 1.0), np.float32)


def _amplitude(level_db: float) -> float:
    return float(10 ** (level_db / 20))


def write_wav(path: Path, mono: Track) -> None:
    """The track as a 16-bit stereo WAV, block by block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydub imports what Python 3.13 dropped, and looks for a system ffmpeg
        from pydub import AudioSegment

    with path.open("wb") as file, wave.open(file) as target:
        target.setparams((2, 2, RATE_HZ, len(mono), "NONE", "not compressed"))
        for start, stop in blocks(len(mono)):
            pcm = np.clip(np.rint(mono[start:stop].astype(np.float64) * 32767), -32768, 32767).astype("<i2")
            segment: Any = AudioSegment(data=pcm.tobytes(), sample_width=2, frame_rate=RATE_HZ, channels=1)
            target.writeframesraw(segment.set_channels(2).raw_data)
