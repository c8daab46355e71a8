"""A clip's raw frames on disk: each different picture once, lossless, and how long it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb

Rgba = NDArray[np.uint8]
Packed = NDArray[np.uint32]
Mask = NDArray[np.bool_]

PICTURES, FACTS = "pictures.mov", "pictures.json"
STORED = "argb"
KEYFRAME_GAP = 1_000_000  # pictures are read from the first on


@dataclass(frozen=True)
class Clip:
    """Frames in a folder: `repeats` says for how many frames each picture stands."""

    folder: Path
    width: int
    height: int
    fps: int
    repeats: tuple[int, ...]

    @property
    def frames(self) -> int:
        """Length in frames."""
        return sum(self.repeats)

    def pictures(self) -> Iterator[tuple[Rgba, int]]:
        """Yield each picture, shape (height, width, 4), and for how many frames it stands."""
        for packed, repeat in self.packed():
            yield packed.view(np.uint8).reshape(self.height, self.width, 4), repeat

    def packed(self) -> Iterator[tuple[Packed, int]]:
        """Yield each picture, shape (height, width), one number a pixel: red is its lowest byte, alpha its highest."""
        with av.open(str(self.folder / PICTURES)) as container:
            for frame, repeat in zip(container.decode(video=0), self.repeats, strict=True):
                plane = frame.planes[0]
                rows = np.frombuffer(memoryview(plane), np.uint8).reshape(self.height, plane.line_size)
                yield _turned(rows[:, : 4 * self.width].copy().view("<u4"), 8), repeat


def _turned(packed: Packed, bits: int) -> Packed:
    """Turn the bytes of each number: from (red, green, blue, alpha) to (alpha, red, …) by 24 bits, and back by 8.

    In a fraction of the time that a converter of all formats takes.
    """
    return packed >> np.uint32(bits) | packed << np.uint32(32 - bits)


def differences(clip: Clip) -> Iterator[tuple[Packed, Mask, int]]:
    """Yield each picture packed, where it differs from the one before, and for how many frames it stands.

    A mask has shape (height, width); the first is True everywhere.
    """
    before: Packed | None = None
    for packed, repeat in clip.packed():
        yield packed, np.ones(packed.shape, bool) if before is None else packed != before, repeat
        before = packed


def load(folder: Path) -> Clip:
    """Return the clip whose frames were written into a folder."""
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return Clip(folder, facts["width"], facts["height"], facts["fps"], tuple(facts["repeats"]))


class ClipWriter:
    """Takes frames in order; alike ones that follow one another are kept once, if `merge` says so."""

    def __init__(self, stream: Any, container: Any, merge: bool) -> None:
        self._stream, self._container, self._merge = stream, container, merge
        self._last: Rgba | None = None
        self.first: Rgba | None = None
        self.repeats: list[int] = []

    @property
    def last(self) -> Rgba | None:
        """The picture written last."""
        return self._last

    def write(self, rgba: Rgba, repeat: int = 1) -> None:
        """Add a frame that stands `repeat` times; the array may be reused at once."""
        if self._merge and self._last is not None and np.array_equal(rgba, self._last):
            self.repeats[-1] += repeat
            return
        self._last = rgba.copy()
        self.first = self._last if self.first is None else self.first
        turned = _turned(self._last.view("<u4")[..., 0], 24)
        frame = av.VideoFrame.from_numpy_buffer(turned.view(np.uint8).reshape(rgba.shape), format=STORED)
        frame.pts = len(self.repeats)
        self._container.mux(self._stream.encode(frame))
        self.repeats.append(repeat)


@contextmanager
def clip_writer(folder: Path, width: int, height: int, fps: int, merge: bool = True) -> Iterator[ClipWriter]:
    """A writer of frames into a folder; the clip is complete after the `with` block."""
    with av.open(str(folder / PICTURES), "w", format="mov") as container:
        # Run lengths of what changed: for drawn pictures smaller than FFV1, and read in a fraction of its time.
        stream: Any = container.add_stream("qtrle", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, STORED
        stream.codec_context.gop_size = KEYFRAME_GAP
        writer = ClipWriter(stream, container, merge)
        yield writer
        container.mux(stream.encode(None))
    clip = Clip(folder, width, height, fps, tuple(writer.repeats))
    facts = {name: value for name, value in asdict(clip).items() if name != "folder"}
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def save_png(rgba: Rgba, transparent: bool, matte: str, target: Path) -> None:
    """Write a frame as PNG; with transparency the ground's colour `matte` is taken out of soft edges."""
    from PIL import Image

    pixels = straight(rgba, hex_rgb(matte)) if transparent else rgba[..., :3]
    Image.fromarray(pixels).save(target, "PNG", optimize=True)


def straight(rgba: Rgba, matte: NDArray[np.float64]) -> Rgba:
    """Return a frame with the ground's colour taken out of its half-covered pixels.

    Frames with transparency come blended over the theme's ground, whose colour `matte` (sRGB, 0..1) is.
    """
    alpha = rgba[..., 3:].astype(np.float32) / 255
    colour = (rgba[..., :3] - 255 * matte.astype(np.float32) * (1 - alpha)) / np.maximum(alpha, 1 / 255)
    return np.concatenate([np.clip(np.rint(colour), 0, 255).astype(np.uint8), rgba[..., 3:]], axis=-1)
