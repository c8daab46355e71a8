"""Where the words of a recording lie: it is laid beside the same words said by a voice that tells their times.

Both sounds become spectra on the mel scale (Davis & Mermelstein 1980); dynamic time warping (Sakoe & Chiba 1978) finds,
for each frame of the recording, the frame of the other in which the same is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import binary_dilation
from scipy.signal import resample_poly

from explainer.errors import ExplainerError
from explainer.voices.clip import Clip

__all__ = ["aligned"]

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

RATE_HZ = 16_000
HOP = 160
WINDOW = 400
FFT = 512
BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 80.0, 7600.0
DEEPEST_DB = 50.0
# Frames to either side over which it is looked how a sound changes.
SLOPE = 2
# A frame this far below the loud ones is quiet; a noisy room's own level, and a little more, is quiet too.
QUIET_DB, LEAST_QUIET_DB = 30.0, 12.0
ABOVE_NOISE_DB = 4.0
LOUD_PERCENT, NOISE_PERCENT = 95, 5
# A pause is shortened to this many frames at either side: it still parts words, but its length does not matter.
KEPT = 8
# What it costs to stand still in the template, or to go on by 1, 2, 3 frames; two sounds of no likeness differ by 1.
STEPS = (0.3, 0.0, 0.3, 0.8)
# How far the warping may leave an even pace, as a share of the whole.
BAND = 0.25
BEYOND = 1e6
LEAST_FRAMES = 8
MOST_TIMES = 3.0


@dataclass(frozen=True)
class _Speech:
    """The frames of a sound without long pauses: features (frames, numbers), times in seconds, which are quiet."""

    features: Numbers
    times_s: Numbers
    quiet: npt.NDArray[np.bool_]


def aligned(recording: Clip, template: Clip, *, id: str) -> tuple[float, ...]:
    """When a recording says what a template says at its own times, in seconds.

    Args:
        recording: a person's words.
        template: the same words, with the times at which some of them begin.
        id: the recording's name, for messages.

    Raises:
        ExplainerError: the recording is far shorter or longer than the words.
    """
    heard, said = _speech(recording, HOP), _speech(template, HOP)
    times = len(heard.times_s) / len(said.times_s)
    if not 1 / MOST_TIMES <= times <= MOST_TIMES or min(len(heard.times_s), len(said.times_s)) < LEAST_FRAMES:
        problem = f"it has {len(heard.times_s) * HOP / RATE_HZ:.1f} s of speech for words that take"
        remedy = "record all of this cue's words and nothing else, or remove the file"
        raise ExplainerError(f"{problem} {len(said.times_s) * HOP / RATE_HZ:.1f} s", id, remedy)
    said = _speech(template, round(HOP / times))
    last = len(said.times_s) - 1
    begins = np.minimum(np.searchsorted(said.times_s, np.array(template.times_s) - HOP / RATE_HZ / 2), last)
    found = np.searchsorted(_walk(heard, said, np.unique(np.maximum(begins - 1, 0))), begins)
    return tuple(float(at) for at in heard.times_s[np.minimum(found, len(heard.times_s) - 1)])


def _speech(clip: Clip, hop: int) -> _Speech:
    common = int(np.gcd(clip.rate_hz, RATE_HZ))
    samples = resample_poly(clip.samples.astype(np.float64), RATE_HZ // common, clip.rate_hz // common)
    padded = np.pad(samples, (WINDOW // 2, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: len(samples) : hop]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW), FFT)) ** 2
    level_db = 10 * np.log10(power.sum(axis=1) + 1e-10)
    noise_db, loud_db = np.percentile(level_db, (NOISE_PERCENT, LOUD_PERCENT))
    sounds = level_db > np.clip(noise_db + ABOVE_NOISE_DB, loud_db - QUIET_DB, loud_db - LEAST_QUIET_DB)
    bands_db = np.maximum(10 * np.log10(power @ _mel_filters().T + 1e-10), loud_db - DEEPEST_DB)
    features = bands_db - bands_db[sounds].mean(axis=0)
    around = np.pad(features, ((SLOPE, SLOPE), (0, 0)), "edge")
    slopes = around[2 * SLOPE :] - around[: -2 * SLOPE]
    both = np.hstack([each / (each[sounds].std() + 1e-6) for each in (features, slopes)])
    kept = _near(sounds)
    return _Speech(both[kept], np.flatnonzero(kept) * hop / RATE_HZ, ~sounds[kept])


def _near(sounds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which frames sound, or are near to one that does on the inside of the whole."""
    near = binary_dilation(sounds, np.ones(2 * KEPT + 1, np.bool_))
    first, last = np.flatnonzero(sounds)[[0, -1]]
    near[:first] = near[last + 1 :] = False
    return near


def _mel_filters() -> Numbers:
    """Triangles of equal width on the mel scale, (bands, frequencies)."""
    lowest, highest = (2595 * float(np.log10(1 + hz / 700)) for hz in (LOWEST_HZ, HIGHEST_HZ))
    edges_hz = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    lower, centre, upper = (edges_hz[start : start + BANDS, None] for start in range(3))
    hz = np.fft.rfftfreq(FFT, 1 / RATE_HZ)
    filters: Numbers = np.clip(np.minimum((hz - lower) / (centre - lower), (upper - hz) / (upper - centre)), 0, None)
    return filters


def _walk(heard: _Speech, said: _Speech, ends: Indices) -> Indices:
    """For each frame of the recording the frame of the template, rising, that makes the cheapest whole.

    Between words, after the template's frames `ends`, a speaker may pause where the template does not.
    """
    count, length = len(heard.times_s), len(said.times_s)
    place = np.arange(length) / length
    norms = (said.features**2).sum(axis=1)
    came = np.zeros((count, length), np.int8)
    total = np.full(length + len(STEPS), np.inf)  # beyond the template's start, as steps reach back
    for frame, (features, quiet) in enumerate(zip(heard.features, heard.quiet, strict=True)):
        squares = norms + features @ features - 2 * said.features @ features
        costs = np.sqrt(np.maximum(squares, 0) / (2 * len(features)))
        if quiet:
            costs[ends] = 0.0
        costs[np.abs(frame / count - place) > BAND] = BEYOND
        ways = np.stack([total[len(STEPS) - step :][:length] + cost for step, cost in enumerate(STEPS)])
        came[frame] = ways.argmin(axis=0)
        total[len(STEPS) :] = ways.min(axis=0) + costs
        if frame == 0:
            total[len(STEPS) :] = np.where(np.arange(length) == 0, costs, np.inf)
    walk = np.empty(count, np.intp)
    at = length - 1
    for frame in reversed(range(count)):
        walk[frame] = at
        at -= int(came[frame, at])
    return walk
