"""One picture of the whole film: a panel for each cue and mark, its caption in place, its time and id below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from explainer.errors import ExplainerError

COLUMNS = 4
PANEL_WIDTH = 640
GAP = 24
NOTE_HEIGHT = 36
HEAD_HEIGHT = 64
NOTE_SIZE, HEAD_SIZE = 20, 34
CAPTION_SHARE = 0.055  # of the panel's height, as players set it
CAPTION_BOTTOM_SHARE = 0.045
GROUND, INK, SOFT = (24, 26, 34), (240, 242, 248), (176, 184, 204)
BOX = (0, 0, 0, 190)


@dataclass(frozen=True)
class Panel:
    """A frame of the film (segment and frame in it), what is read below it, and the caption that stands on it."""

    segment_id: str
    frame: int
    note: str
    caption: str


@dataclass(frozen=True)
class Row:
    """The panels of a segment."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Type:
    """Faces (file, index in it) of the language, and of ids and times; and how the language is written."""

    language: tuple[str, int]
    latin: tuple[str, int]
    tag: str
    direction: str


def sheet(
    rows: Sequence[Row], letters: Type, title: str, aspect: float, stored: Callable[[Panel], Path]
) -> Image.Image:
    """The contact sheet; `aspect` is width over height of a frame, `stored` says where a panel's frame is."""
    panel = (PANEL_WIDTH, round(PANEL_WIDTH / aspect))
    lines = [-(-len(row.panels) // COLUMNS) for row in rows]
    width = COLUMNS * (PANEL_WIDTH + GAP) + GAP
    height = HEAD_HEIGHT + sum(HEAD_HEIGHT + count * (panel[1] + NOTE_HEIGHT + GAP) for count in lines) + GAP
    image = Image.new("RGB", (width, height), GROUND)
    draw = ImageDraw.Draw(image)
    heading, small = _font(letters.language, HEAD_SIZE), _font(letters.latin, NOTE_SIZE)
    _write(draw, (GAP, HEAD_HEIGHT // 2), title, heading, INK, letters)
    top = HEAD_HEIGHT
    for row, count in zip(rows, lines, strict=True):
        _write(draw, (GAP, top + HEAD_HEIGHT // 2), row.title, heading, SOFT, letters)
        top += HEAD_HEIGHT
        for number, item in enumerate(row.panels):
            left = GAP + number % COLUMNS * (PANEL_WIDTH + GAP)
            above = top + number // COLUMNS * (panel[1] + NOTE_HEIGHT + GAP)
            image.paste(captioned(stored(item), item.caption, panel, letters), (left, above))
            draw.text((left, above + panel[1] + NOTE_HEIGHT // 2), item.note, INK, small, anchor="lm")
        top += count * (panel[1] + NOTE_HEIGHT + GAP)
    return image


def captioned(path: Path, caption: str, size: tuple[int, int], letters: Type) -> Image.Image:
    """The stored frame at this size with its caption at the bottom."""
    with Image.open(path) as stored:
        frame = stored.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    if not caption:
        return frame
    draw = ImageDraw.Draw(frame, "RGBA")
    font = _font(letters.language, round(size[1] * CAPTION_SHARE))
    place = (size[0] / 2, size[1] * (1 - CAPTION_BOTTOM_SHARE))
    how: dict[str, Any] = {"font": font, "anchor": "md", "align": "center", **_direction(letters)}
    left, top, right, bottom = draw.multiline_textbbox(place, caption, **how)
    draw.rectangle((left - 8, top - 5, right + 8, bottom + 5), BOX)
    draw.multiline_text(place, caption, INK, **how)
    return frame


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    text: str,
    font: ImageFont.FreeTypeFont,
    ink: tuple[int, int, int],
    letters: Type,
) -> None:
    draw.text(place, text, ink, font, anchor="lm", **_direction(letters))


def _direction(letters: Type) -> dict[str, Any]:
    from PIL import features

    return {"direction": letters.direction, "language": letters.tag} if features.check("raqm") else {}


def _font(face: tuple[str, int], size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(face[0], size, index=face[1])
    except OSError:
        raise ExplainerError("the font file cannot be read", face[0], "install the font again") from None
