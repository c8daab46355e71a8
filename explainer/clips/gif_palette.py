"""One palette for a whole clip: all colours of all its pictures, reduced by weighted k-means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Rgb = NDArray[np.uint8]
Packed = NDArray[np.uint32]
Times = NDArray[np.uint32]

_BITS = 6  # a channel's resolution in the histogram; the means of its cells keep flat colours exact
_SAME = 2  # levels of a channel
_ROUNDS = 30
_BYTE, _SHIFTS = np.uint32(0xFF), np.array([0, 8, 16], np.uint32)  # of a channel in a number
_AT_ONCE = 1 << 20  # pixels that are counted together
# Colours are compared as luma and chroma (BT.709), chroma by half: the eye, like VMAF, sees steps of lightness first.
_TO_LUMA_CHROMA = np.diag([1.0, 0.5, 0.5]) @ np.array(
    [[0.2126, 0.7152, 0.0722], [-0.1146, -0.3854, 0.5], [0.5, -0.4542, -0.0458]]
)


@dataclass(frozen=True)
class Histogram:
    """Colours, shape (n, 3) in 0..255, and how many pixels have each."""

    rgb: NDArray[np.float64]
    pixels: NDArray[np.float64]


def histogram(stood: Iterable[tuple[Packed, Times]]) -> Histogram:
    """Count the colours of all pictures.

    Args:
        stood: pixels, as numbers whose lowest byte is red, the next green, then blue, and in how many pictures they
            stood, shape (n,) both.
    """
    totals = np.zeros((4, 1 << 3 * _BITS))
    low = np.uint32(8 - _BITS)
    for packed, times in _batches(stood):
        red, green, blue = (packed >> shift & _BYTE for shift in _SHIFTS)
        cell = (red >> low << np.uint32(2 * _BITS) | green >> low << np.uint32(_BITS) | blue >> low).astype(np.intp)
        for row, weights in enumerate((times, times * red, times * green, times * blue)):
            totals[row] += np.bincount(cell, weights, totals.shape[1])
    used = totals[0] > 0
    return Histogram((totals[1:, used] / totals[0, used]).T, totals[0, used])


def _batches(stood: Iterable[tuple[Packed, Times]]) -> Iterator[tuple[Packed, Times]]:
    """Join what follows one another, until it is a million pixels or so."""
    batch: list[tuple[Packed, Times]] = []
    waiting = 0
    for pixels, times in stood:
        batch.append((pixels, times))
        waiting += len(pixels)
        if waiting >= _AT_ONCE:
            yield _joined(batch)
            batch, waiting = [], 0
    if batch:
        yield _joined(batch)


def _joined(batch: list[tuple[Packed, Times]]) -> tuple[Packed, Times]:
    return np.concatenate([pixels for pixels, _ in batch]), np.concatenate([times for _, times in batch])


def channels(packed: Packed) -> Rgb:
    """Return red, green and blue, shape (..., 3), of numbers whose lowest bytes they are in this order."""
    return np.ascontiguousarray(packed).view(np.uint8).reshape(*packed.shape, 4)[..., :3]


def palette(counted: Histogram, colours: int, kept: Rgb | None = None) -> Rgb:
    """Return at most `colours` colours, shape (n, 3), that stand for those counted.

    Pixels count by their square root: a flat ground takes one colour however large it is, edges need many. Black stands
    for nothing, since a palette has a colour at least.

    Args:
        counted: the colours of a clip.
        colours: the most.
        kept: colours, shape (n, 3), that are among them as they are, if the clip has them: thin words in such a one
            would else take that of what they stand beside.
    """
    if kept is not None and len(kept) and len(counted.pixels) > colours:
        far = np.abs(counted.rgb[:, None] - kept.astype(np.float64)).max(axis=-1).min(axis=0)
        own = kept[far <= _SAME]
        return np.unique(np.concatenate([own, palette(counted, colours - len(own))]), axis=0)
    if not len(counted.pixels):
        return np.zeros((1, 3), np.uint8)
    if len(counted.pixels) <= colours:
        return _unique(counted.rgb)
    weight, place = np.sqrt(counted.pixels), counted.rgb @ _TO_LUMA_CHROMA.T
    centres = _spread(place, weight, colours)
    for _ in range(_ROUNDS):
        nearest = _nearest(place, centres)
        mass = np.bincount(nearest, weight, colours)
        sums = np.stack([np.bincount(nearest, weight * axis, colours) for axis in place.T], axis=1)
        centres = np.where(mass[:, None] > 0, sums / np.maximum(mass, 1e-12)[:, None], centres)
    nearest = _nearest(place, centres)
    rows = (np.flatnonzero(nearest == row) for row in range(colours))
    return _unique(np.array([_stand_in(counted, members, weight) for members in rows if len(members)]))


def nearest_colour(rgb: Rgb, table: Rgb) -> NDArray[np.intp]:
    """Return for each colour, shape (n, 3), the row of `table` that looks nearest."""
    return _nearest(rgb @ _TO_LUMA_CHROMA.T, table @ _TO_LUMA_CHROMA.T)


def _nearest(place: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.asarray(cKDTree(centres).query(place)[1], np.intp)


def _spread(place: NDArray[np.float64], weight: NDArray[np.float64], colours: int) -> NDArray[np.float64]:
    """Starting centres: each time the colour that the centres so far serve worst (k-means++ without chance)."""
    centres = [place[np.argmax(weight)]]
    worst = ((place - centres[0]) ** 2).sum(axis=1)
    for _ in range(colours - 1):
        centres.append(place[np.argmax(worst * weight)])
        worst = np.minimum(worst, ((place - centres[-1]) ** 2).sum(axis=1))
    return np.array(centres)


def _stand_in(counted: Histogram, members: NDArray[np.intp], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The colour of most of the members' pixels, so that flat grounds keep theirs; else their mean."""
    dominant = members[np.argmax(counted.pixels[members])]
    if counted.pixels[dominant] > 0.5 * counted.pixels[members].sum():
        members = members[counted.pixels[members] == counted.pixels[dominant]]
    mean: NDArray[np.float64] = np.average(counted.rgb[members], axis=0, weights=weight[members])
    return mean


def _unique(rgb: NDArray[np.float64]) -> Rgb:
    return np.unique(np.clip(np.rint(rgb), 0, 255).astype(np.uint8), axis=0)
