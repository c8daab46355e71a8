"""Fonts with lines of a chosen height, for a renderer that takes the height of lines from the font alone."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Where the "Windows metrics" of OpenType's table OS/2 are: usWinAscent and usWinDescent, two unsigned shorts.
WIN_METRICS_OFFSET = 74
WIN_METRICS = struct.Struct(">HH")


@dataclass(frozen=True)
class Line:
    """How far a line reaches above and below its baseline, in ems."""

    above_em: float
    below_em: float


def line_of(font: Path, leading_em: float) -> Line:
    """A line of this height, in ems, parted by its baseline as the font's own lines are."""
    metrics = _faces(font.read_bytes())[0]["OS/2"]
    above = metrics.usWinAscent / (metrics.usWinAscent + metrics.usWinDescent)
    return Line(leading_em * above, leading_em * (1 - above))


def with_line(font: Path, line: Line) -> bytes:
    """An OpenType font or collection whose every face has such lines; the glyphs stay."""
    content = bytearray(font.read_bytes())
    for face in _faces(bytes(content)):
        em = face["head"].unitsPerEm
        at = face.reader.tables["OS/2"].offset + WIN_METRICS_OFFSET
        WIN_METRICS.pack_into(content, at, round(line.above_em * em), round(line.below_em * em))
    return bytes(content)


def _faces(content: bytes) -> Sequence[TTFont]:
    from fontTools.ttLib import TTCollection, TTFont

    file = BytesIO(content)
    return TTCollection(file, lazy=True).fonts if content.startswith(b"ttcf") else [TTFont(file, lazy=True)]
