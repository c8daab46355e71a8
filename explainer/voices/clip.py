"""Clip: the audio of one cue, and the trimming that makes it begin with its first sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explainer.errors import ExplainerError

__all__ = ["Clip", "Samples", "trimmed"]

Samples = npt.NDArray[np.float32]

# Sound begins where a short window first rises this far above silence, relative to the clip's own peak.
SOUND_BELOW_PEAK_DB = -36.0
WINDOW_S = 0.005
KEPT_BEFORE_S = 0.004
KEPT_AFTER_S = 0.012
FADE_S = 0.003


@dataclass(frozen=True, eq=False)
class Clip:
    """One cue's sound: mono samples in -1..1, samples a second, and the second of each offset asked for."""

    samples: Samples
    rate_hz: int
    times_s: tuple[float, ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


def trimmed(samples: Samples, rate_hz: int, times_s: Sequence[float], *, id: str) -> Clip:
    """A clip without the silence at either end, its joins faded so that they do not click.

    Raises:
        ExplainerError: there is no sound in it.
    """
    window = max(1, round(WINDOW_S * rate_hz))
    count = -(-len(samples) // window)
    padded = np.zeros(count * window, dtype=np.float32)
    padded[: len(samples)] = samples
    level = np.sqrt(np.mean(padded.reshape(count, window).astype(np.float64) ** 2, axis=1)) if count else padded
    peak = float(np.max(np.abs(padded), initial=0.0))
    loud = np.flatnonzero(level > peak * 10 ** (SOUND_BELOW_PEAK_DB / 20))
    if not len(loud) or peak == 0.0:
        raise ExplainerError("the voice gave no sound", id, "check the text and the voice")
    start = max(0, int(loud[0]) * window - round(KEPT_BEFORE_S * rate_hz))
    stop = min(len(samples), (int(loud[-1]) + 1) * window + round(KEPT_AFTER_S * rate_hz))
    kept = samples[start:stop].astype(np.float32, copy=True)
    fade = min(round(FADE_S * rate_hz), len(kept) // 2)
    ramp = np.linspace(0.0, 1.0, fade, endpoint=False, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    end_s = len(kept) / rate_hz
    return Clip(kept, rate_hz, tuple(min(max(at_s - start / rate_hz, 0.0), end_s) for at_s in times_s))
