"""From RGBA to 4:2:0, in rectangles: BT.709, limited range, each sample of colour the mean of four pixels."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from explainer.media.rect import Rect

# Sees nothing beyond the four pixels, whatever the size of what is converted; exact, or rounding would see it.
_MEAN_OF_FOUR = Interpolation.AREA | Interpolation.BITEXACT
_LEAST_ROWS = 4  # in which swscale does so


@dataclass(frozen=True)
class Patch:
    """Pixels of a picture as 4:2:0: those of `rect`, whose sides are even."""

    rect: Rect
    frame: av.VideoFrame


def patch(rgba: NDArray[np.uint8], rect: Rect, converter: VideoReformatter) -> Patch:
    """Return a rectangle of a picture, shape (height, width, 4), converted as in the picture as a whole.

    A converter is made once: its tables are.
    """
    bottom = rect.bottom + 1 & ~1
    even = Rect(rect.left & ~1, max(min(rect.top & ~1, bottom - _LEAST_ROWS), 0), rect.right + 1 & ~1, bottom)
    seen = av.VideoFrame.from_numpy_buffer(rgba[even.slices], format="rgba")
    converted = converter.reformat(
        seen,
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        interpolation=_MEAN_OF_FOUR,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )
    return Patch(even, converted)


def put(target: av.VideoFrame, patch: Patch) -> None:
    """Write a patch into a 4:2:0 frame, in place."""
    rect = patch.rect
    for number, (into, out) in enumerate(zip(target.planes, patch.frame.planes, strict=True)):
        half = 2 if number else 1
        height, width = (rect.bottom - rect.top) // half, (rect.right - rect.left) // half
        whole, part = _samples(into), _samples(out)
        whole[rect.top // half : rect.bottom // half, rect.left // half : rect.right // half] = part[:height, :width]


def _samples(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
