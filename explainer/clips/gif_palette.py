"""One palette for a whole clip: all colours of all its pictures, reduced by weighted k-means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]

_BITS = 6  # a channel's resolution in the histogram; the means of its cells keep flat colours exact
_ROUNDS = 30
_CHUNK = 8192
# Colours are compared as luma and chroma (BT.709), chroma by half: the eye, like VMAF, sees steps of lightness first.
_TO_LUMA_CHROMA = np.diag([1.0, 0.5, 0.5]) @ np.array(
    [[0.2126, 0.7152, 0.0722], [-0.1146, -0.3854, 0.5], [0.5, -0.4542, -0.0458]]
)


@dataclass(frozen=True)
class Histogram:
    """Colours, shape (n, 3) in 0..255, and how many pixels have each."""

    rgb: NDArray[np.float64]
    pixels: NDArray[np.float64]


def histogram(pictures: Iterable[tuple[Rgb, Rgb]]) -> Histogram:
    """Count the colours of all pictures.

    Each item is what makes a picture of the one before: the pixels that went, and those that came, shape (n, 3) both.
    """
    cells = 1 << 3 * _BITS
    totals, shown = np.zeros((4, cells)), np.zeros((4, cells))
    for gone, come in pictures:
        for pixels, sign in ((gone, -1), (come, 1)):
            cell = _cell(pixels)
            np.add.at(shown[0], cell, sign)
            for channel in range(3):
                np.add.at(shown[channel + 1], cell, sign * pixels[:, channel].astype(np.float64))
        totals += shown
    used = totals[0] > 0
    return Histogram((totals[1:, used] / totals[0, used]).T, totals[0, used])


def palette(counted: Histogram, colours: int) -> Rgb:
    """Return at most `colours` colours, shape (n, 3), that stand for those counted.

    Pixels count by their square root: a flat ground takes one colour however large it is, edges need many. Black stands
    for nothing, since a palette has a colour at least.
    """
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


def _cell(rgb: Rgb) -> NDArray[np.intp]:
    high = (rgb >> (8 - _BITS)).astype(np.intp)
    return (high[:, 0] << 2 * _BITS) | (high[:, 1] << _BITS) | high[:, 2]


def _nearest(place: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.intp]:
    lengths = (centres**2).sum(axis=1)
    parts = [
        np.argmin(lengths - 2 * place[start : start + _CHUNK] @ centres.T, axis=1)
        for start in range(0, len(place), _CHUNK)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.intp)


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
