"""What is in a finished file, read back with real decoders.

Files are opened by their full path: a name like concat:a.mp4 would be taken for a protocol.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Probe:
    """The facts of a film file."""

    width: int
    height: int
    frames: int
    fps: float
    pixel_format: str
    bt709: bool
    exact_times: bool
    sound_rate_hz: int
    sound_channels: int
    sound_s: float
    captions: tuple[str, ...]  # ISO 639-2 language of each track
    chapters: tuple[str, ...]
    title: str
    faststart: bool


def probe(path: Path) -> Probe:
    """Read a film: headers, and every picture packet's time."""
    with av.open(str(path.absolute())) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        fps = video.average_rate
        times = sorted(packet.pts for packet in container.demux(video) if packet.pts is not None)
        tick = 1 / (fps * video.time_base) if fps and video.time_base else 0
        context: Any = video.codec_context
        return Probe(
            width=video.width,
            height=video.height,
            frames=len(times),
            fps=float(fps or 0),
            pixel_format=context.pix_fmt,
            bt709=(context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1),
            exact_times=times == [number * tick for number in range(len(times))],
            sound_rate_hz=audio.rate,
            sound_channels=audio.channels,
            sound_s=float((audio.duration or 0) * (audio.time_base or 0)),
            captions=tuple(stream.language or "" for stream in container.streams.subtitles),
            chapters=tuple(chapter["metadata"].get("title", "") for chapter in container.chapters()),
            title=container.metadata.get("title", ""),
            faststart=_moov_first(path),
        )


def _moov_first(path: Path) -> bool:
    with path.open("rb") as file:
        while header := file.read(8):
            size, kind = int.from_bytes(header[:4], "big"), header[4:]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            file.seek((int.from_bytes(file.read(8), "big") - 16) if size == 1 else size - 8, 1)
    return False


def content_digest(path: Path) -> str:
    """Hash of the picture and sound packets of a file with their times: what stays when only its words change."""
    told = hashlib.sha256()
    with av.open(str(path.absolute())) as container:
        streams = [*container.streams.video, *container.streams.audio]
        for packet in container.demux(*streams):
            if packet.size:
                told.update(f"{packet.stream_index} {packet.pts} {packet.dts} {packet.time_base}".encode())
                told.update(bytes(packet))
    return told.hexdigest()


def caption_starts_s(path: Path) -> tuple[float, ...]:
    """When each caption of a film's first track appears."""
    with av.open(str(path.absolute())) as container:
        tracks = container.streams.subtitles
        if not tracks:
            return ()
        tick_s = float(tracks[0].time_base or 0)
        # Between captions such a track holds packets with a length of zero and no words.
        return tuple(
            packet.pts * tick_s for packet in container.demux(tracks[0]) if packet.pts is not None and packet.size > 2
        )


def voices(path: Path) -> tuple[str, ...]:
    """ISO 639-2 language of each sound track."""
    with av.open(str(path.absolute())) as container:
        return tuple(stream.language or "" for stream in container.streams.audio)


def decoded_mono(path: Path, track: int = 0) -> NDArray[np.float32]:
    """A sound track of a file, channels averaged, decoded in full: for short ones."""
    return np.concatenate([*decoded_sound(path, track)])


def decoded_sound(path: Path, track: int = 0) -> Iterator[NDArray[np.float32]]:
    """A sound track of a file, channels averaged, as it is decoded."""
    with av.open(str(path.absolute())) as container:
        for frame in container.decode(audio=track):
            yield np.asarray(np.asarray(frame.to_ndarray(), np.float32).mean(axis=0), np.float32)


def decoded_frames(path: Path) -> int:
    """How many pictures a decoder gets out of a file."""
    with av.open(str(path.absolute())) as container:
        return sum(1 for _ in container.decode(video=0))


def pictures(path: Path, size_px: tuple[int, int], rate: int) -> Iterator[NDArray[np.uint8]]:
    """Yield a film's pictures at a rate and a size, one at a time: at each tick the picture that is on screen then.

    Args:
        path: a file whose pictures are evenly timed.
        size_px: width and height to which each is brought.
        rate: ticks a second; what is asked for oftener than the film has pictures comes again.

    Returns:
        arrays of shape (height, width, 3): red, green, blue.
    """
    with av.open(str(path.absolute())) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        own_rate, tick = video.average_rate or rate, 0
        for number, frame in enumerate(container.decode(video)):
            ticks = range(tick, -int(-(number + 1) * rate // own_rate))
            if ticks:
                tick = ticks.stop
                scaled = frame.reformat(*size_px, format="rgb24", interpolation="BILINEAR").to_ndarray()
                picture = np.asarray(scaled, np.uint8)
                yield from (picture for _ in ticks)
