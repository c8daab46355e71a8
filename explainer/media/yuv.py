"""From RGBA to 4:2:0, in rectangles: BT.709, limited range."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from numpy.typing import NDArray

from explainer.media.rect import Rect

# Rows above and below that decide a row of chroma: swscale weighs two, and more where a picture is only a few high.
_CHROMA_REACH_PX = 6


@dataclass(frozen=True)
class Patch:
    """Pixels of a picture as 4:2:0: those of `rect`, whose sides are even, from row `skip` of the frame on."""

    rect: Rect
    skip: int
    frame: av.VideoFrame


def patch(rgba: NDArray[np.uint8], rect: Rect, converter: VideoReformatter) -> Patch:
    """Return a rectangle of a picture, shape (height, width, 4), converted as in the picture as a whole.

    A converter is made once: its tables are.
    """
    even = Rect(rect.left & ~1, rect.top & ~1, rect.right + 1 & ~1, rect.bottom + 1 & ~1)
    top, bottom = max(even.top - _CHROMA_REACH_PX, 0), min(even.bottom + _CHROMA_REACH_PX, len(rgba))
    seen = av.VideoFrame.from_numpy_buffer(rgba[top:bottom, even.left : even.right], format="rgba")
    converted = converter.reformat(
        seen,
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )
    return Patch(even, even.top - top, converted)


def put(target: av.VideoFrame, patch: Patch) -> None:
    """Write a patch into a 4:2:0 frame, in place."""
    rect, skip = patch.rect, patch.skip
    for number, (into, out) in enumerate(zip(target.planes, patch.frame.planes, strict=True)):
        half = 2 if number else 1
        height, width = (rect.bottom - rect.top) // half, (rect.right - rect.left) // half
        rows, columns = _samples(into), _samples(out)
        rows[rect.top // half : rect.bottom // half, rect.left // half : rect.right // half] = columns[
            skip // half : skip // half + height, :width
        ]


def _samples(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
