"""A deck as PDF, a page a cue: the picture it ends on as outlines, and the narration below as text."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader, PdfWriter, Transformation

from exports.deck import Deck, Pictures
from exports.deck_html import template
from scenes.palette import THEMES

SHORT_SIDE_IN = 7.5
NOTES_IN = {"wide": 1.6, "square": 1.9, "tall": 2.4}
POINTS_AN_INCH = 72


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's last frame as a PDF of one page by its cue's id."""
    unit = SHORT_SIDE_IN / min(deck.width, deck.height)
    shape = "wide" if deck.width > deck.height else "tall" if deck.width < deck.height else "square"
    text = template("handout.html.j2").render(
        deck=deck,
        look=THEMES[deck.theme],
        width_in=round(deck.width * unit, 4),
        height_in=round(deck.height * unit, 4),
        notes_in=NOTES_IN[shape],
    )
    writer = PdfWriter(clone_from=io.BytesIO(_typeset(text)))
    for page, slide in zip(writer.pages, deck.slides, strict=True):
        picture = PdfReader(pictures[slide.cue_id].still).pages[0]
        scale = float(page.mediabox.width / picture.mediabox.width)
        place = Transformation().scale(scale).translate(0, NOTES_IN[shape] * POINTS_AN_INCH)
        page.merge_transformed_page(picture, place)
        page.compress_content_streams()
    writer.compress_identical_objects()
    writer.write(target)


def _typeset(text: str) -> bytes:
    # Where Manim was loaded, its log handler would print each step, those of the import too.
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    from weasyprint import HTML  # type: ignore[import-untyped]

    made: bytes = HTML(string=text).write_pdf(pdf_tags=True)
    return made
