"""H.264 from raw frames. The encoder has a thread of its own, so that a frame is coded while the next is drawn."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from numpy.typing import NDArray

from explainer.errors import ExplainerError
from explainer.media.encode_settings import FAST, H264, TICKS_A_FRAME
from explainer.media.rect import Rect
from explainer.media.yuv import Patch, patch, put
from explainer.tasks.atomic import FULL

Rgba = NDArray[np.uint8]
Drawn = tuple[tuple[Patch, ...], int]

FRAMES_AHEAD = 4  # drawn and not yet coded
KEYFRAME_GAP_S = 4
LARGEST_PX = 16_384


@dataclass(frozen=True)
class PictureFormat:
    """Size, rate and encoder of a silent picture."""

    width: int
    height: int
    fps: int
    encoder: H264 = FAST

    def __post_init__(self) -> None:
        sides = (self.width, self.height)
        if self.width % 2 or self.height % 2 or min(*sides, self.fps) <= 0 or max(sides) > LARGEST_PX:
            raise ExplainerError(
                f"no picture of {self.width}x{self.height} at {self.fps} frames a second",
                "picture format",
                f"use even, positive sizes of at most {LARGEST_PX} pixels and a positive rate",
            )


@dataclass(frozen=True)
class Encoder:
    """Takes frames: what changed in each goes down `lane`, with how often the frame is shown."""

    picture: PictureFormat
    lane: queue.Queue[Drawn | None]
    failures: list[BaseException]
    converter: VideoReformatter

    def write(self, rgba: Rgba, repeat: int = 1, changed: Sequence[Rect] | None = None) -> None:
        """Add a frame of shape (height, width, 4), shown `repeat` times. The array may be reused at once.

        Args:
            rgba: the frame; only what changed is read.
            repeat: how often it is shown.
            changed: where it differs from the frame before; None stands for everywhere.
        """
        picture = self.picture
        expected = (picture.height, picture.width, 4)
        if rgba.shape != expected or rgba.dtype != np.uint8:
            raise ValueError(f"a frame of shape {rgba.shape} and type {rgba.dtype}; expected {expected} of uint8")
        if self.failures:
            raise self.failures[0]
        rects = (Rect(0, 0, picture.width, picture.height),) if changed is None else changed
        self.lane.put((tuple(patch(rgba, rect, self.converter) for rect in rects), repeat))


@contextmanager
def encoder(path: Path, picture: PictureFormat) -> Iterator[Encoder]:
    """An encoder into `path`, finished on leaving the `with` block; frame n is shown at exactly n / fps."""
    sink = Encoder(picture, queue.Queue(FRAMES_AHEAD), [], VideoReformatter())
    thread = threading.Thread(target=_encode, args=(path, sink), daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.lane.put(None)
        thread.join()
    if sink.failures:
        raise sink.failures[0]


def _encode(path: Path, sink: Encoder) -> None:
    handed = iter(sink.lane.get, None)
    try:
        _drain(path, sink.picture, handed)
    except BaseException as error:
        # A full disk is for the store to tell of.
        known = isinstance(error, av.FFmpegError) and error.errno not in FULL
        # For the thread that draws, which may be waiting to hand over a frame.
        sink.failures.append(ExplainerError(f"the encoder failed: {error}", "picture", "run again") if known else error)
        for _ in handed:
            pass


def _drain(path: Path, picture: PictureFormat, handed: Iterator[Drawn]) -> None:
    options = {"movflags": "faststart", "video_track_timescale": str(picture.fps * TICKS_A_FRAME)}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = video_stream(container, picture)
        # One frame for all: x264 copies what it is given before it returns.
        frame = av.VideoFrame(picture.width, picture.height, "yuv420p")
        frame.time_base = stream.codec_context.time_base
        frame.color_range, frame.colorspace = ColorRange.MPEG, Colorspace.ITU709
        tick = 0
        for patches, repeat in handed:
            for each in patches:
                put(frame, each)
            for _ in range(repeat):
                frame.pts = tick * TICKS_A_FRAME
                frame.pict_type = PictureType.NONE
                tick += 1
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def video_stream(container: Any, picture: PictureFormat) -> Any:
    """A stream of H.264 in an open container, tagged as BT.709."""
    settings = picture.encoder
    keyframes = picture.fps * KEYFRAME_GAP_S
    stream = container.add_stream("libx264", rate=picture.fps)
    stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, picture.fps * TICKS_A_FRAME)
    context.framerate = Fraction(picture.fps)
    context.thread_count = settings.threads
    context.gop_size = keyframes
    context.color_range = ColorRange.MPEG
    context.colorspace = Colorspace.ITU709
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    parameters = ":".join(part for part in (settings.x264, "open-gop=0", f"keyint={keyframes}") if part)
    context.options = {"preset": settings.preset, "crf": str(settings.crf), "x264-params": parameters}
    return stream
