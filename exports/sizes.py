"""Pixel sizes by quality and shape; scenes lay themselves out for the size they are given."""

from __future__ import annotations

from pipeline.errors import PipelineError
from pipeline.request import QUALITIES, Quality
from scenes.look import ASPECTS

SMALLEST_PX, LARGEST_PX = 16, 8192

# Width and height by the shape and the quality's letter; even, as codecs want them.
SIZES_PX = {
    "16:9": {"l": (854, 480), "m": (1280, 720), "h": (1920, 1080), "k": (3840, 2160)},
    "9:16": {"l": (480, 854), "m": (720, 1280), "h": (1080, 1920), "k": (2160, 3840)},
    "1:1": {"l": (480, 480), "m": (720, 720), "h": (1080, 1080), "k": (2160, 2160)},
}
# What sits well beside text on a slide, for clips whose width is not asked for.
CLIP_WIDTHS_PX = {"16:9": 960, "9:16": 540, "1:1": 720}


def checked_aspect(aspect: str) -> str:
    """Return a known shape.

    Raises:
        PipelineError: if it is not one.
    """
    if aspect not in SIZES_PX:
        raise PipelineError(f"no shape {aspect!r}", "--aspect", f"use one of {', '.join(SIZES_PX)}")
    return aspect


def quality_of(letter: str, aspect: str) -> Quality:
    """Return size and rate of a quality (l, m, h, k) in a shape.

    Raises:
        PipelineError: if there is no such quality or shape.
    """
    sizes = SIZES_PX[checked_aspect(aspect)]
    if letter not in sizes:
        raise PipelineError(f"no quality {letter!r}", "-q", f"use one of {', '.join(sizes)}")
    return Quality(*sizes[letter], QUALITIES[letter].fps)


def size_px(width: int, aspect: str) -> tuple[int, int]:
    """Return even width and height nearest to a wished width in a shape.

    Raises:
        PipelineError: if a side would be too small or too large, or the shape is unknown.
    """
    across, down = ASPECTS[checked_aspect(aspect)]
    size = (_even(width), _even(width * down / across))
    if min(size) < SMALLEST_PX or max(size) > LARGEST_PX:
        raise PipelineError(
            f"no picture {width} pixels wide in {aspect}", "--width", f"use {SMALLEST_PX} to {LARGEST_PX} pixels a side"
        )
    return size


def _even(length: float) -> int:
    return round(length / 2) * 2
