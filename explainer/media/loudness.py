"""How loud a track is, in blocks: the memory that it takes does not grow with the track (ITU-R BS.1770-4)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter, resample_poly

Samples = NDArray[np.float32]

RATE_HZ = 48_000
OVERSAMPLING = 4
CONTEXT = 16  # samples on either side that the peaks between samples depend on, and some more
# About five seconds. A multiple of the step in which scipy's `oaconvolve` takes the limiter's window, so that a track
# in blocks has the bits of one in a piece.
BLOCK = 118 * 2028
SAMPLE_BYTES = np.dtype(np.float32).itemsize
BOTH_SPEAKERS_LU = 10 * float(np.log10(2))
GATED_S, OVERLAP = 0.4, 0.75  # blocks of the meter, and how much of each the next one hears again
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU, OFFSET_LU = -70.0, -10.0, -0.691


class Track(Protocol):
    """Mono samples at 48 kHz, which are read a stretch at a time: an array, or a file of them."""

    def __len__(self) -> int: ...
    def __getitem__(self, stretch: slice, /) -> Samples: ...


@dataclass(frozen=True)
class SamplesFile:
    """A track in a file, 32-bit floats one after the other."""

    path: Path

    @classmethod
    def written(cls, path: Path, blocks: Iterator[Samples]) -> Self:
        """A file of these samples."""
        with path.open("wb") as file:
            for block in blocks:
                file.write(block.tobytes())
        return cls(path)

    def __len__(self) -> int:
        return self.path.stat().st_size // SAMPLE_BYTES

    def __getitem__(self, stretch: slice, /) -> Samples:
        start, stop, _ = stretch.indices(len(self))
        return np.fromfile(self.path, np.float32, max(stop - start, 0), offset=start * SAMPLE_BYTES)

    def add(self, start: int, samples: Samples) -> None:
        """Add samples to those that stand there, from `start` on."""
        with self.path.open("r+b") as file:
            file.seek(start * SAMPLE_BYTES)
            file.write((self[start : start + len(samples)] + samples).tobytes())


def blocks(length: int) -> Iterator[tuple[int, int]]:
    """Starts and stops that make up a track; what would be too short a block belongs to the one before."""
    count = max(length // BLOCK, 1)
    yield from ((number * BLOCK, (number + 1) * BLOCK if number + 1 < count else length) for number in range(count))


@dataclass(frozen=True)
class Loudness:
    """What a listener's meter shows; minus infinity for silence."""

    integrated_lufs: float
    true_peak_dbtp: float


@dataclass
class Meter:
    """Hears a mono track block by block, and knows how loud it was from both speakers.

    Bit for bit what pyloudnorm says of the track in one piece, whose filters these are.
    """

    heard: int = 0
    silent: bool = True
    energies: list[float] = field(default_factory=list)  # mean squares of the gated blocks that are complete
    _states: list[NDArray[np.float64]] = field(default_factory=list)
    _rest: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    _rest_start: int = 0

    @cached_property
    def _filters(self) -> tuple[Any, ...]:
        from pyloudnorm.iirfilter import IIRfilter

        shelf, high_pass = (4.0, 1 / np.sqrt(2), 1500.0), (0.0, 0.5, 38.0)
        return IIRfilter(*shelf, RATE_HZ, "high_shelf"), IIRfilter(*high_pass, RATE_HZ, "high_pass")

    def hear(self, block: Samples) -> None:
        """Take the next samples."""
        if not len(block):
            return  # of nothing, the filter would forget its state
        weighted = block.astype(np.float64)
        states = self._states or [np.zeros(2)] * len(self._filters)
        self._states = []
        for each, state in zip(self._filters, states, strict=True):
            weighted, state = lfilter(each.b, each.a, weighted, zi=state)
            self._states.append(state)
        self._rest = np.concatenate([self._rest, weighted])
        self.heard += len(block)
        self.silent = self.silent and not np.any(block)
        while self._bounds(len(self.energies))[1] <= self.heard:
            self.energies.append(self._energy(len(self.energies)))
        start = min(self._bounds(len(self.energies))[0], self.heard)
        self._rest, self._rest_start = self._rest[start - self._rest_start :].copy(), start

    @staticmethod
    def _bounds(number: int) -> tuple[int, int]:
        step = 1.0 - OVERLAP
        return int(GATED_S * (number * step) * RATE_HZ), int(GATED_S * (number * step + 1) * RATE_HZ)

    def _energy(self, number: int) -> float:
        start, stop = (at - self._rest_start for at in self._bounds(number))
        return float((1.0 / (GATED_S * RATE_HZ)) * np.sum(np.square(self._rest[start:stop])))

    def integrated_lufs(self) -> float:
        """Loudness of all that was heard; minus infinity for silence and for less than a second."""
        if self.heard < RATE_HZ or self.silent:
            return -np.inf
        count = int(np.round((self.heard / RATE_HZ - GATED_S) / (GATED_S * (1.0 - OVERLAP))) + 1)
        cut_off = (self._energy(number) for number in range(len(self.energies), count))
        energies = np.array([*self.energies[:count], *cut_off])
        with np.errstate(divide="ignore"), warnings.catch_warnings(action="ignore", category=RuntimeWarning):
            levels = _lufs(energies)
            relative = _lufs(np.mean(energies[levels >= ABSOLUTE_GATE_LUFS])) + RELATIVE_GATE_LU
            loud = energies[(levels > relative) & (levels > ABSOLUTE_GATE_LUFS)]
            return float(_lufs(np.nan_to_num(np.mean(loud)))) + BOTH_SPEAKERS_LU


def _lufs(energy: Any) -> Any:
    return OFFSET_LU + 10.0 * np.log10(energy)


def loudness(mono: Track) -> Loudness:
    """Loudness of a mono track played from both speakers (ITU-R BS.1770)."""
    return Loudness(integrated_lufs(mono), true_peak_dbtp(mono))


def integrated_lufs(mono: Track) -> float:
    """Loudness of a mono track played from both speakers; minus infinity for silence."""
    meter = Meter()
    for start, stop in blocks(len(mono)):
        meter.hear(mono[start:stop])
    return meter.integrated_lufs()


def true_peak_dbtp(mono: Track) -> float:
    """Highest level between and at the samples, in decibels of full scale."""
    peak = max(float(each.max(initial=0.0)) for each in envelopes(mono))
    return 20 * float(np.log10(peak)) if peak > 0 else -np.inf


def highest(track: Track) -> np.float32:
    """The largest sample of a track; 0 if none is above."""
    return np.float32(max(track[start:stop].max(initial=0.0) for start, stop in blocks(len(track))))


def envelopes(mono: Track) -> Iterator[Samples]:
    """The envelope of a track, block by block."""
    for start, stop in blocks(len(mono)):
        first = max(start - CONTEXT, 0)
        yield envelope(mono[first : stop + CONTEXT])[start - first : stop - first]


def envelope(mono: Samples) -> Samples:
    """The highest level at and just after each sample, between samples too."""
    fine = np.abs(resample_poly(mono, OVERSAMPLING, 1)).reshape(-1, OVERSAMPLING)
    return np.asarray(np.maximum(fine.max(axis=1), np.abs(mono)), np.float32) if len(mono) else np.abs(mono)
