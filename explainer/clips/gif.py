"""GIFs of drawn pictures: one palette for the clip, alike frames merged, only the changed rectangle coded."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from explainer.clips.clip import Clip, Packed, differences
from explainer.clips.formats import Settings
from explainer.clips.gif_palette import Times, channels, histogram, nearest_colour, palette
from explainer.errors import ExplainerError

Indices = NDArray[np.uint8]

OPAQUE_FROM = 24  # alpha below it is left out: fainter than what a 1-bit mask should keep
_COLOUR = np.uint32(0xFFFFFF)
_TICK_MS = 10
_SHORTEST_MS = 20  # players take more for less
_NOT_DISPOSED, _TO_BACKGROUND = 1, 2


@dataclass(frozen=True)
class Patch:
    """A rectangle of palette indices, where it goes, and for how long it stands."""

    indices: Indices
    left: int
    top: int
    delay_ms: int
    disposal: int


def write(clip: Clip, settings: Settings, target: Path) -> None:
    """Write a clip as a looping GIF.

    Args:
        clip: its frames.
        settings: `level` is the number of colours, one of which stands for "transparent".
        target: the file.
    """
    words = np.array([list(bytes.fromhex(colour[1:])) for colour in settings.words], np.uint8).reshape(-1, 3)
    table = palette(histogram(stood(clip, settings.transparent)), settings.level - 1, words)
    frames, frame_ms = (_dithered if settings.dither else _mapped)(clip, table), 1000 // clip.fps // _TICK_MS * _TICK_MS
    if settings.transparent:
        shown = ((np.where(_opaque(packed), i, np.uint8(len(table))), frame_ms * r) for i, packed, r in frames)
        patches = _clearing(shown, len(table))
    else:
        patches = _changes(((indices, frame_ms * repeat) for indices, _, repeat in frames), len(table))
    with target.open("wb") as file:
        file.write(_head(clip, table))
        for patch in patches:
            for block in _blocks(patch, table):
                file.write(block)
        file.write(b";")
    _squeeze(target)


def _opaque(packed: Packed) -> NDArray[np.bool_]:
    return packed >= OPAQUE_FROM << 24


def stood(clip: Clip, transparent: bool) -> Iterator[tuple[Packed, Times]]:
    """Yield the opaque pixels that end with each picture, and in how many pictures each of them stood."""
    since = np.zeros((clip.height, clip.width), np.uint32)
    before: Packed | None = None
    number = np.uint32(0)
    for packed, changed, _ in differences(clip):
        if before is not None:
            yield _seen(before[changed], number - since[changed], transparent)
            since[changed] = number
        before, number = packed, number + np.uint32(1)
    if before is not None:
        yield _seen(before.reshape(-1), number - since.reshape(-1), transparent)


def _seen(pixels: Packed, times: Times, transparent: bool) -> tuple[Packed, Times]:
    opaque = _opaque(pixels)
    return (pixels[opaque], times[opaque]) if transparent else (pixels, times)


def _mapped(clip: Clip, table: NDArray[np.uint8]) -> Iterator[tuple[Indices, Packed, int]]:
    """Yield each picture as the nearest rows of the table, as it is, and for how many frames it stands."""
    known = np.full(1 << 24, -1, np.int16)  # the row of every colour that was met
    indices = np.zeros((clip.height, clip.width), np.uint8)
    for packed, changed, repeat in differences(clip):
        colours = packed[changed] & _COLOUR
        unmet = np.unique(colours[known[colours] < 0])
        if len(unmet):
            known[unmet] = nearest_colour(channels(unmet), table)
        indices = indices.copy()
        indices[changed] = known[colours]
        yield indices, packed, repeat


def _dithered(clip: Clip, table: NDArray[np.uint8]) -> Iterator[tuple[Indices, Packed, int]]:
    """As `_mapped`, with in-between colours as dots."""
    model = Image.new("P", (1, 1))
    spare = np.repeat(table[:1], 256 - len(table), axis=0)  # else Pillow fills up with colours that the GIF has not
    model.putpalette(np.concatenate([table, spare]).tobytes())
    for packed, repeat in clip.packed():
        picture = Image.fromarray(channels(packed))
        indices = np.asarray(picture.quantize(palette=model, dither=Image.Dither.FLOYDSTEINBERG), np.uint8)
        yield np.where(indices < len(table), indices, np.uint8(0)), packed, repeat


def _changes(frames: Iterator[tuple[Indices, int]], clear: int) -> Iterator[Patch]:
    """Yield what changes: the rectangle round it, with what rests in it left transparent."""
    shown: Indices | None = None
    for indices, delay_ms in _merged(frames):
        changed = np.ones(indices.shape, bool) if shown is None else indices != shown
        yield _patch(indices, changed, changed, delay_ms, _NOT_DISPOSED, clear)
        shown = indices


def _clearing(frames: Iterator[tuple[Indices, int]], clear: int) -> Iterator[Patch]:
    """Yield what changes, where pixels may have to become clear again, which no patch over them can do.

    What has to vanish with the next picture goes with the rectangle that is cleared after this one; what stays in it is
    drawn again. So that it is small, a patch of its own, which draws nothing, follows where there is time for it.
    """
    merged = _merged(frames)
    indices, delay_ms = next(merged)
    shown = np.full(indices.shape, clear, np.uint8)
    for following, following_ms in merged:
        drawn, goes = indices != shown, (indices != clear) & (following == clear)
        if goes.any() and delay_ms >= 2 * _SHORTEST_MS:
            yield _patch(indices, drawn, drawn, delay_ms - _SHORTEST_MS, _NOT_DISPOSED, clear)
            drawn, delay_ms = np.zeros(drawn.shape, bool), _SHORTEST_MS
        disposal = _TO_BACKGROUND if goes.any() else _NOT_DISPOSED
        patch = _patch(indices, drawn, drawn | goes, delay_ms, disposal, clear)
        yield patch
        shown = indices.copy()
        if disposal == _TO_BACKGROUND:
            rows, columns = patch.indices.shape
            shown[patch.top : patch.top + rows, patch.left : patch.left + columns] = clear
        indices, delay_ms = following, following_ms
    drawn = indices != shown
    yield _patch(indices, drawn, drawn | (indices != clear), delay_ms, _TO_BACKGROUND, clear)


def _merged(frames: Iterator[tuple[Indices, int]]) -> Iterator[tuple[Indices, int]]:
    """Yield pictures, and how long they stand, with those that look like the one before added to it."""
    shown, stands_ms = next(frames)
    for indices, delay_ms in frames:
        if np.array_equal(indices, shown):
            stands_ms += delay_ms
        else:
            yield shown, stands_ms
            shown, stands_ms = indices, delay_ms
    yield shown, stands_ms


def _patch(
    indices: Indices, drawn: NDArray[np.bool_], within: NDArray[np.bool_], delay_ms: int, disposal: int, clear: int
) -> Patch:
    """Return the rectangle round some pixels of a picture, with what is not drawn left transparent."""
    rows, columns = np.flatnonzero(within.any(axis=1)), np.flatnonzero(within.any(axis=0))
    if not len(rows):  # a rectangle has a pixel at least
        rows = columns = np.zeros(1, int)
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    cut = np.where(drawn[box], indices[box], np.uint8(clear))
    return Patch(cut, int(columns[0]), int(rows[0]), delay_ms, disposal)


def _head(clip: Clip, table: NDArray[np.uint8]) -> bytes:
    """The screen, its palette (a power of two, one entry more than colours) and the loop that never ends."""
    bits = max(1, len(table).bit_length())
    padded = np.zeros((1 << bits, 3), np.uint8)
    padded[: len(table)] = table
    size = clip.width.to_bytes(2, "little") + clip.height.to_bytes(2, "little")
    loop = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    return b"GIF89a" + size + bytes([0xF0 | (bits - 1), 0, 0]) + padded.tobytes() + loop


def _blocks(patch: Patch, table: NDArray[np.uint8]) -> list[bytes]:
    height, width = patch.indices.shape
    picture = Image.frombytes("P", (width, height), patch.indices.tobytes())
    picture.putpalette(table.tobytes())
    options: dict[str, Any] = {"duration": patch.delay_ms, "transparency": len(table), "disposal": patch.disposal}
    return GifImagePlugin.getdata(picture, offset=(patch.left, patch.top), **options)


def _squeeze(path: Path) -> None:
    """Let gifsicle choose the shortest coding of the same pictures, where it is installed."""
    tool = shutil.which("gifsicle")
    if tool is None:
        return
    smaller = path.with_name(path.name + ".smaller")
    command = [tool, "-O2", "--no-warnings", str(path), "-o", str(smaller)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise ExplainerError(f"gifsicle failed: {lines[-1]}", "GIF", "run again; if it stays, report it")
    if smaller.stat().st_size < path.stat().st_size:
        smaller.replace(path)
    smaller.unlink(missing_ok=True)
