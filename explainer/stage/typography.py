"""Type: words, formulas and live figures as single flat outlines, which draw fast and fade in place."""

from __future__ import annotations

import tempfile
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

import manim as mn
import numpy as np
import typst
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.shapes import fill_shape, thick

TITLE, HEADING, BODY, SMALL = 64.0, 44.0, 32.0, 24.0  # points; one em is size / 72 scene units
_SET_AT = 48.0  # Pango kerns small type badly: set large, then scale
_FORMULA_SCALE = 1.3  # Typst's maths face is set smaller than the text face
_FAITHFUL = {"should_subdivide_sharp_curves": True, "should_remove_null_curves": True}
_FIGURES = "0123456789"
_SIGNS = "+\N{MINUS SIGN}\N{INFINITY}"
_POINTS = ".,"
_UNITS = "mK"
_GLYPHS = _FIGURES + _SIGNS + _POINTS + _UNITS


@dataclass(frozen=True)
class PlacedText:
    """A text that is on screen at some frame."""

    id: str
    box: Box
    ink: tuple[float, float, float]
    ground: tuple[float, float, float]


def em(size: float) -> float:
    """Return the em of a type size in scene units."""
    return size / 72


def set_size(size: float, type_scale: float) -> float:
    """Return the size at which type is set where small type is to be scaled.

    Up to body type all of the scale is taken, above it ever less; titles stay as they are.

    Args:
        size: as the scene asks for it, in points.
        type_scale: 1 for what a scene asks for; at most 1.5, above which a larger size could come out smaller.
    """
    return size * (1 + (type_scale - 1) * min(1.0, max(0.0, (TITLE - size) / (TITLE - BODY))))


def words(text: str, font: str, size: float = BODY, weight: str = "NORMAL") -> mn.VMobject:
    """Return text in one line; Pango shapes it, in any script and direction."""
    return fill_shape(_word_outlines(text, font, weight) * (size / _SET_AT))


def formula(notation: str, size: float = BODY) -> mn.VMobject:
    """Return a formula given in Typst's maths notation, its figures as tall as those of text of the same size."""
    return fill_shape(_formula_outlines(notation) * (size * _FORMULA_SCALE * mn.SCALE_FACTOR_PER_FONT_POINT))


def within(mobject: mn.VMobject, widest: float) -> mn.VMobject:
    """Return a mobject scaled down if it is wider than its room in scene units."""
    if mobject.width > widest:
        mobject.scale(widest / mobject.width)
    return mobject


# The stretches of a segment that one process draws set the same words.
@lru_cache
def _word_outlines(text: str, font: str, weight: str) -> NDArray[np.float64]:
    # Manim's `Text` loses short Arabic words; `MarkupText` does not.
    markup = f'<span weight="{weight.lower()}">{escape(text)}</span>'
    return _outlines(mn.MarkupText(markup, font=font, font_size=_SET_AT, use_svg_cache=False))


@lru_cache
def _formula_outlines(notation: str) -> NDArray[np.float64]:
    # As Manim's `MathTypst`, which looks through all of the system's fonts for each formula; maths has its own.
    source = f"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#set text(size: 10pt)\n$ {notation} $"
    with tempfile.NamedTemporaryFile(suffix=".svg") as file:
        file.write(typst.compile(source.encode(), format="svg", ignore_system_fonts=True))
        file.flush()
        return _outlines(mn.SVGMobject(file.name, height=None, use_svg_cache=False, path_string_config=_FAITHFUL))


def _outlines(mobject: mn.VMobject) -> NDArray[np.float64]:
    """Return all outlines of a family as one, so that a word costs one path a frame."""
    family = mobject.family_members_with_points()
    parts = [_filled(part) for part in family if isinstance(part, mn.VMobject)]
    return np.concatenate(parts) if parts else np.zeros((0, 3))


def _filled(part: mn.VMobject) -> NDArray[np.float64]:
    """Return the outline of a part; a stroke, such as the bar of a fraction or a root, has none but that of its pen."""
    stroke = part.get_fill_opacity() == 0
    return thick(part.points, part.get_stroke_width()) if stroke else part.points


@dataclass(frozen=True)
class _Glyph:
    """An outline centred on x = 0 with its baseline on y = 0, and the width it is given, in ems."""

    points: NDArray[np.float64]
    advance: float


@lru_cache
def _glyphs(font: str, letters: str) -> dict[str, _Glyph]:
    # One word, so that all glyphs share a baseline; the figure 1 stands on it.
    glyphs = _GLYPHS + "".join(letter for letter in dict.fromkeys(letters) if letter not in _GLYPHS + " ")
    word = mn.Text(glyphs, font=font, font_size=_SET_AT, disable_ligatures=True)
    baseline = word[1].get_bottom()[1]
    unit = em(_SET_AT)
    figure = max(glyph.width for glyph in word[: len(_FIGURES)]) / unit + 0.06
    advances = {character: figure for character in _FIGURES}
    advances |= {character: 0.3 for character in _POINTS}
    advances |= {c: g.width / unit + 0.12 for c, g in zip(glyphs, word, strict=True) if c not in advances}
    return {
        c: _Glyph((g.points - [g.get_x(), baseline, 0]) / unit, advances[c]) for c, g in zip(glyphs, word, strict=True)
    }


class Readout(mn.VMobject):
    """A live number in figures of equal width; `write` swaps outlines and sets nothing anew."""

    _SPACE = 0.25  # ems

    def __init__(
        self, position: NDArray[np.float64], size: float, centred: bool, font: str, unit_letters: str = ""
    ) -> None:
        super().__init__(stroke_width=0, fill_opacity=1)
        self._outlines = _glyphs(font, unit_letters)
        self._position = position
        self._centred = centred
        self._em = em(size)
        self._shown: str | None = None

    def write(self, text: str) -> None:
        """Show `text`, its left end or middle at the read-out's position; characters without an outline leave a gap."""
        if text == self._shown:
            return
        self._shown = text
        parts, pen = [], 0.0
        for character in text:
            if unicodedata.category(character) == "Cf":  # marks of direction
                continue
            glyph = self._outlines.get(character)
            advance = glyph.advance if glyph else self._SPACE
            if glyph:
                parts.append(glyph.points + [pen + advance / 2, 0, 0])
            pen += advance
        if not parts:
            self.points = np.zeros((0, 3))
            return
        start = [-pen / 2 if self._centred else 0.0, 0, 0]
        self.points = self._position + self._em * (np.concatenate(parts) + start)

    def move(self, position: NDArray[np.float64]) -> None:
        """Carry the read-out to another position, shape (3,)."""
        self.points = self.points + (position - self._position)
        self._position = position
