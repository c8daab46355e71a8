"""Several slides on a page: those of a handout, each with its words, set small on paper."""

from __future__ import annotations

from pypdf import PageObject, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from explainer.decks.deck import Deck
from explainer.decks.pdf_forms import place

A4_PT = (595.28, 841.89)
MARGIN_PT, GAP_PT = 28.0, 14.0


def grid(deck: Deck) -> tuple[int, int]:
    """Return columns and rows of a page; the paper stands upright where there are more rows than columns.

    Slides with their words are about as wide as paper that lies, or as paper that stands.
    """
    if deck.per_page == 4:
        return 2, 2
    return (1, 2) if deck.width > deck.height else (2, 1)


def together(pages: PdfWriter, deck: Deck) -> PdfWriter:
    """Return a document with `deck.per_page` pages of another on each of its own, and their titles as its outline."""
    columns, rows = grid(deck)
    lies = columns > rows or (columns == rows and deck.width > deck.height)
    width, height = sorted(A4_PT, reverse=lies)
    cell = ((width - 2 * MARGIN_PT + GAP_PT) / columns, (height - 2 * MARGIN_PT + GAP_PT) / rows)
    made = PdfWriter()
    for number, page in enumerate(pages.pages):
        cell_number = number % deck.per_page
        if cell_number == 0:
            made.add_page(PageObject.create_blank_page(None, width, height))
        own_width, own_height = float(page.mediabox.width), float(page.mediabox.height)
        scale = min((cell[0] - GAP_PT) / own_width, (cell[1] - GAP_PT) / own_height)
        left = MARGIN_PT + cell_number % columns * cell[0] + (cell[0] - GAP_PT - scale * own_width) / 2
        top = height - MARGIN_PT - cell_number // columns * cell[1] - (cell[1] - GAP_PT - scale * own_height) / 2
        place(made, made.pages[-1], page, scale, (left, top - scale * own_height))
        made.add_outline_item(title=deck.slides[number].title, page_number=len(made.pages) - 1)
    made.add_metadata({"/Title": deck.title})
    made.root_object[NameObject("/Lang")] = TextStringObject(deck.language_tag)
    return made
