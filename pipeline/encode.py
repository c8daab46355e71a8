"""H.264 from raw frames. The encoder has a thread of its own, so that a frame is coded while the next is drawn."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
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

from pipeline.encode_settings import FAST, H264
from pipeline.errors import PipelineError
from pipeline.store import FULL

Rgba = NDArray[np.uint8]

TICKS_A_FRAME = 256
BUFFERS = 4
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
            raise PipelineError(
                f"no picture of {self.width}x{self.height} at {self.fps} frames a second",
                "picture format",
                f"use even, positive sizes of at most {LARGEST_PX} pixels and a positive rate",
            )


@dataclass(frozen=True)
class Encoder:
    """Takes frames. They wait in `lane`; `free` holds the buffers that the next ones are copied into."""

    picture: PictureFormat
    lane: queue.Queue[tuple[av.VideoFrame, int] | None]
    free: queue.Queue[av.VideoFrame]
    failures: list[BaseException]

    def write(self, rgba: Rgba, repeat: int = 1) -> None:
        """Add a frame of shape (height, width, 4), shown `repeat` times. The array may be reused at once."""
        expected = (self.picture.height, self.picture.width, 4)
        if rgba.shape != expected or rgba.dtype != np.uint8:
            raise ValueError(f"a frame of shape {rgba.shape} and type {rgba.dtype}; expected {expected} of uint8")
        frame = self.free.get()
        if self.failures:
            self.free.put(frame)
            raise self.failures[0]
        plane = frame.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(self.picture.height, plane.line_size)
        rows[:, : 4 * self.picture.width] = rgba.reshape(self.picture.height, -1)
        self.lane.put((frame, repeat))


@contextmanager
def encoder(path: Path, picture: PictureFormat) -> Iterator[Encoder]:
    """An encoder into `path`, finished on leaving the `with` block; frame n is shown at exactly n / fps."""
    free: queue.Queue[av.VideoFrame] = queue.Queue()
    for _ in range(BUFFERS):
        # A new buffer for every frame would cost more than its encoding: the system clears fresh memory.
        free.put(av.VideoFrame(picture.width, picture.height, "rgba"))
    sink = Encoder(picture, queue.Queue(), free, [])
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
    try:
        _drain(path, sink)
    except BaseException as error:
        # A full disk is for the store to tell of.
        known = isinstance(error, av.FFmpegError) and error.errno not in FULL
        _fail(sink, PipelineError(f"the encoder failed: {error}", "picture", "run again") if known else error)


def _fail(sink: Encoder, error: BaseException) -> None:
    """Hand a failure to the thread that draws."""
    sink.failures.append(error)
    # A writer may be waiting for a buffer.
    sink.free.put(av.VideoFrame(sink.picture.width, sink.picture.height, "rgba"))


def _drain(path: Path, sink: Encoder) -> None:
    picture = sink.picture
    options = {"movflags": "faststart", "video_track_timescale": str(picture.fps * TICKS_A_FRAME)}
    converter = VideoReformatter()
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = _stream(container, picture)
        tick = 0
        while (item := sink.lane.get()) is not None:
            rgba, repeat = item
            frame = to_yuv(rgba, converter)
            sink.free.put(rgba)
            for _ in range(repeat):
                frame.pts = tick * TICKS_A_FRAME
                frame.time_base = stream.codec_context.time_base
                frame.pict_type = PictureType.NONE
                tick += 1
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _stream(container: Any, picture: PictureFormat) -> Any:
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


def to_yuv(rgba: av.VideoFrame, converter: VideoReformatter) -> av.VideoFrame:
    """The frame as 4:2:0 in BT.709, limited range. A converter is made once: its tables are."""
    return converter.reformat(
        rgba,
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )
