"""A deck as PDF, a page a cue: the picture it ends on, mostly as outlines, and the narration below as text."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter

from explainer.decks.deck import Deck, Pictures, plain
from explainer.decks.deck_sheets import together
from explainer.decks.pdf_forms import place
from explainer.errors import ExplainerError
from explainer.html.pages import rendered

SHORT_SIDE_IN = 7.5
NOTES_IN = {"wide": 1.6, "square": 1.9, "tall": 2.4}
POINTS_AN_INCH = 72
_PNG = b"\x89PNG"
LARGER = {1: 1.0, 2: 1.2, 4: 1.6}  # letters, where a page has so many slides
# Of the usual size of letters. The smallest holds the longest title and narration that a script can have.
WORD_SIZES = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.32, 0.25)


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's last frame by its id, as a PDF of one page or a PNG.

    Raises:
        ExplainerError: if the words of a slide do not fit below its picture however small.
    """
    stills = [pictures[slide.id].still for slide in deck.slides]
    pixels = {number: still for number, still in enumerate(stills) if _is_png(still)}
    writer = PdfWriter(clone_from=io.BytesIO(_typeset(plain(deck), pixels)))
    for number, (page, still) in enumerate(zip(writer.pages, stills, strict=True)):
        if number in pixels:
            continue
        picture = PdfReader(still).pages[0]
        scale = float(page.mediabox.width / picture.mediabox.width)
        place(writer, page, picture, scale, (0, NOTES_IN[_shape(deck)] * POINTS_AN_INCH))
    if deck.per_page > 1:
        writer = together(writer, deck)
    writer.compress_identical_objects()
    writer.write(target)


def _is_png(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_PNG)) == _PNG


def _typeset(deck: Deck, pixels: Mapping[int, Path]) -> bytes:
    """The pages with their words, each slide's as large as fits on one page, and the pictures that are pixels."""
    sizes: dict[int, float] = {}
    full = list(range(len(deck.slides)))
    for size in (LARGER[deck.per_page] * share for share in WORD_SIZES):
        sizes |= dict.fromkeys(full, size)
        document = _laid_out(deck, sizes, pixels)
        full = _longer_than_a_page(document)
        if not full:
            made: bytes = document.write_pdf(pdf_tags=True)
            return made
    remedy = "shorten its title or its narration"
    raise ExplainerError("the words do not fit below the picture", deck.slides[full[0]].id, remedy)


def _laid_out(deck: Deck, sizes: Mapping[int, float], pixels: Mapping[int, Path]) -> Any:
    # Where Manim was loaded, its log handler would print each step, those of the import too.
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    from weasyprint import HTML  # type: ignore[import-untyped]

    unit = SHORT_SIDE_IN / min(deck.width, deck.height)
    text = rendered(
        "handout.html.j2",
        deck=deck,
        look=deck.theme,
        width_in=round(deck.width * unit, 4),
        height_in=round(deck.height * unit, 4),
        notes_in=NOTES_IN[_shape(deck)],
        sizes=sizes,
        pixels={number: path.resolve().as_uri() for number, path in pixels.items()},
    )
    return HTML(string=text).render(pdf_tags=True)


def _longer_than_a_page(document: Any) -> list[int]:
    """The slides, by number, that go on to another page."""
    owners: list[int] = []
    for page in document.pages:
        begun = [int(name.removeprefix("slide")) for name in page.anchors]
        owners.append(begun[0] if begun else owners[-1])
    return [number for number, pages in Counter(owners).items() if pages > 1]


def _shape(deck: Deck) -> str:
    return "wide" if deck.width > deck.height else "tall" if deck.width < deck.height else "square"
