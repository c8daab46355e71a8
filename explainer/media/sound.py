"""Speech clips into one sound track: each clip on its frame, an even loudness, no clicks, no overs."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import oaconvolve, resample_poly

from explainer.errors import ExplainerError

Samples = NDArray[np.float32]

RATE_HZ = 48_000
FADE_S = 0.005
TARGET_LUFS = -16.0
TRUE_PEAK_DBTP = -1.0
OVERSAMPLING = 4
LOOK_S = 0.0025
ROUNDS = 8
BOTH_SPEAKERS_LU = 10 * float(np.log10(2))
CLOSE_LU = 0.1
LEAST_SLOPE = 0.2


@dataclass(frozen=True)
class Placed:
    """A clip and the sample at which it begins."""

    samples: Samples
    rate_hz: int
    start_sample: int
    name: str


@dataclass(frozen=True)
class Loudness:
    """What a listener's meter shows; minus infinity for silence."""

    integrated_lufs: float
    true_peak_dbtp: float


def sample_at(frame: int, fps: int) -> int:
    """The sample that sounds as a frame appears."""
    return (2 * frame * RATE_HZ + fps) // (2 * fps)


def mix(clips: Sequence[Placed], length_samples: int) -> Samples:
    """All clips in one mono track of exactly this length, with soft edges.

    Raises:
        ExplainerError: if a clip does not fit into the track.
    """
    track = np.zeros(length_samples, np.float32)
    for clip in clips:
        samples = faded(resampled(clip.samples, clip.rate_hz))
        stop = clip.start_sample + len(samples)
        if clip.start_sample < 0 or stop > length_samples:
            over_s = (stop - length_samples) / RATE_HZ
            raise ExplainerError(f"speech runs {over_s:.2f} s past the end of the film", clip.name, "plan it again")
        track[clip.start_sample : stop] += samples
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


def loudness(mono: Samples) -> Loudness:
    """Loudness of a mono track played from both speakers (ITU-R BS.1770)."""
    return Loudness(integrated_lufs(mono), true_peak_dbtp(mono))


def integrated_lufs(mono: Samples) -> float:
    """Loudness of a mono track played from both speakers; minus infinity for silence."""
    import pyloudnorm

    if len(mono) < RATE_HZ or not np.any(mono):
        return -np.inf
    return float(pyloudnorm.Meter(RATE_HZ).integrated_loudness(mono.astype(np.float64))) + BOTH_SPEAKERS_LU


def true_peak_dbtp(mono: Samples) -> float:
    """Highest level between and at the samples, in decibels of full scale."""
    peak = float(envelope(mono).max(initial=0.0))
    return 20 * float(np.log10(peak)) if peak > 0 else -np.inf


def mastered(mono: Samples, ceiling_dbtp: float) -> Samples:
    """The track at -16 LUFS with no peak above the ceiling; silence stays silence.

    Synthetic speech is so peaky that one gain cannot meet both, and ffmpeg's loudnorm then pumps; so gain and a
    look-ahead limiter take turns until the loudness is right.
    """
    levels = envelope(mono)
    heard_lufs, gain_db, slope = integrated_lufs(mono), 0.0, 1.0
    result = mono
    for _ in range(ROUNDS):
        short_lu = TARGET_LUFS - heard_lufs
        if not np.isfinite(short_lu) or abs(short_lu) < CLOSE_LU:
            break
        step_db = short_lu / slope
        gain_db += step_db
        gain = np.float32(10 ** (gain_db / 20))
        result = mono * gain * limiter_gain(levels * gain, ceiling_dbtp)
        before_lufs, heard_lufs = heard_lufs, integrated_lufs(result)
        # The limiter takes back part of each gain: ask for as much more.
        slope = float(np.clip((heard_lufs - before_lufs) / step_db, LEAST_SLOPE, 1.0))
    return result * limiter_gain(envelope(result), ceiling_dbtp)


def limiter_gain(levels: Samples, ceiling_dbtp: float) -> Samples:
    """Gain that turns a track down around each level above the ceiling, smoothly and just enough."""
    ceiling = 10 ** (ceiling_dbtp / 20)
    if levels.max(initial=0.0) <= ceiling:
        return np.ones_like(levels)
    wanted = np.minimum(1.0, ceiling / np.maximum(levels, ceiling))
    width = 2 * round(LOOK_S * RATE_HZ) + 1
    # The least gain within the window, then a mean over as wide a window: never more than is wanted anywhere.
    window = np.hanning(width + 2)[1:-1]
    held = np.pad(minimum_filter1d(wanted, width, mode="nearest"), width // 2, mode="edge")
    gain = oaconvolve(held, window / window.sum(), mode="valid")
    return np.asarray(np.minimum(gain, 1.0), np.float32)


def envelope(mono: Samples) -> Samples:
    """The highest level at and just after each sample, between samples too."""
    fine = np.abs(resample_poly(mono, OVERSAMPLING, 1)).reshape(-1, OVERSAMPLING)
    return np.asarray(np.maximum(fine.max(axis=1), np.abs(mono)), np.float32) if len(mono) else np.abs(mono)


def write_wav(path: Path, mono: Samples) -> None:
    """The track as a 16-bit stereo WAV."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydub imports what Python 3.13 dropped, and looks for a system ffmpeg
        from pydub import AudioSegment

    pcm = np.clip(np.rint(mono.astype(np.float64) * 32767), -32768, 32767).astype("<i2")
    segment: Any = AudioSegment(data=pcm.tobytes(), sample_width=2, frame_rate=RATE_HZ, channels=1)
    # By way of memory: on a full disk the writer would fail a second time, as it is thrown away.
    path.write_bytes(segment.set_channels(2).export(io.BytesIO(), format="wav").getvalue())
