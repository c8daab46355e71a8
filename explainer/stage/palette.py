"""Colour, free of Manim: the one map from coldness to colour, and contrast.

The map is a path through OKLab (Ottosson 2020) whose lightness rises steadily from the coldest to the hottest end and
which is walked at constant speed, so equal steps look equal and hotter is always brighter. It runs from blue to yellow,
the pair of hues that the common colour-vision deficiencies keep apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.look import THEMES, Theme

__all__ = [
    "LEAST_CONTRAST",
    "THEMES",
    "Theme",
    "coldness_map",
    "coldness_rgb",
    "contrast",
    "hex_rgb",
    "relative_luminance",
    "theme_on",
]

LEAST_CONTRAST = 4.5
"""Of words on their ground, as WCAG 2 asks."""

_OKLAB_TO_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_LMS_TO_LINEAR_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)
_SAMPLES = 257
DARK = THEMES["dark"]


def _linear_rgb(oklab: NDArray[np.float64]) -> NDArray[np.float64]:
    rgb: NDArray[np.float64] = (oklab @ _OKLAB_TO_LMS.T) ** 3 @ _LMS_TO_LINEAR_RGB.T
    return np.clip(rgb, 0.0, 1.0)


def _srgb(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@lru_cache
def coldness_map(theme: Theme = DARK) -> NDArray[np.float64]:
    """Return the map as an array of shape (257, 3) of sRGB values in 0..1, coldest first."""
    lightness, chroma, hue_deg = np.array(theme.path).T
    hue = np.unwrap(np.radians(hue_deg))
    fine = np.linspace(0, 1, 2001)
    knots = np.linspace(0, 1, len(lightness))
    fine_l, fine_c, fine_h = (np.interp(fine, knots, values) for values in (lightness, chroma, hue))
    lab = np.stack([fine_l, fine_c * np.cos(fine_h), fine_c * np.sin(fine_h)], axis=1)
    # The middle of the walk stays the middle of the map: each half is walked at its own constant speed.
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(lab, axis=0), axis=1))])
    middle = length[len(fine) // 2]
    along = np.where(length <= middle, length / middle / 2, 0.5 + (length - middle) / (length[-1] - middle) / 2)
    even = np.linspace(0, 1, _SAMPLES)
    table = _srgb(_linear_rgb(np.stack([np.interp(even, along, channel) for channel in lab.T], axis=1)))
    table.setflags(write=False)
    return table


def coldness_rgb(hotness: ArrayLike, theme: Theme = DARK) -> NDArray[np.float64]:
    """Return sRGB in 0..1 for a place between coldest and hottest.

    Args:
        hotness: 0 at beta = +infinity, 0.5 at beta = 0, 1 at beta = -infinity; any shape. The film uses
            1 / (1 + exp(beta * delta_E)), a two-level system's upper fraction.
        theme: whose path through colours is taken.

    Returns:
        Array of shape `hotness.shape + (3,)`.

    Raises:
        ValueError: if `hotness` leaves 0..1 or is not a number.
    """
    place = np.asarray(hotness, dtype=float)
    if not np.all((place >= 0) & (place <= 1)):
        raise ValueError(f"hotness {hotness!r} is outside 0..1: pass an upper fraction, not beta")
    table = coldness_map(theme)
    along = place * (len(table) - 1)
    before = np.minimum(along.astype(int), len(table) - 2)
    rest = (along - before)[..., None]
    rgb: NDArray[np.float64] = (1 - rest) * table[before] + rest * table[before + 1]
    return rgb


def hex_rgb(colour: str) -> NDArray[np.float64]:
    """Return sRGB in 0..1, shape (3,), of a `#rrggbb` colour."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def relative_luminance(rgb: ArrayLike) -> Any:
    """Return WCAG 2.2 relative luminance of sRGB colours, shape (..., 3) in 0..1."""
    srgb = np.asarray(rgb, dtype=float)
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: ArrayLike, other: ArrayLike) -> Any:
    """Return the WCAG 2.2 contrast ratio, 1..21, of two sRGB colours."""
    bright, dim = np.maximum(a := relative_luminance(one), b := relative_luminance(other)), np.minimum(a, b)
    return (bright + 0.05) / (dim + 0.05)


def theme_on(ground: str) -> str:
    """The name of the engine's theme whose words are read best on a ground, `#f4f1ea`."""
    return max(THEMES, key=lambda name: contrast(hex_rgb(THEMES[name].ink), hex_rgb(ground)))
