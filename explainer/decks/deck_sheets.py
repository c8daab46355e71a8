"""Several slides on a page: those of a handout, each with its words, set small on paper."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from explainer.decks.deck import Deck

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
        place = number % deck.per_page
        if place == 0:
            made.add_page(PageObject.create_blank_page(None, width, height))
        own_width, own_height = float(page.mediabox.width), float(page.mediabox.height)
        scale = min((cell[0] - GAP_PT) / own_width, (cell[1] - GAP_PT) / own_height)
        left = MARGIN_PT + place % columns * cell[0] + (cell[0] - GAP_PT - scale * own_width) / 2
        top = height - MARGIN_PT - place // columns * cell[1] - (cell[1] - GAP_PT - scale * own_height) / 2
        _place(made, page, place, (scale, left, top - scale * own_height))
        made.add_outline_item(title=deck.slides[number].title, page_number=len(made.pages) - 1)
    made.add_metadata({"/Title": deck.title})
    made.root_object[NameObject("/Lang")] = TextStringObject(deck.language_tag)
    return made


def _place(made: PdfWriter, page: PageObject, number: int, where: tuple[float, float, float]) -> None:
    """Put a page on the last one of a document, as a form: its outlines, of which there may be many, are not parsed.

    Args:
        made: the document.
        page: of another one.
        number: of those on that page.
        where: scale, left and lower edge.
    """
    form = _form(made, page)
    sheet = made.pages[-1]
    resources = sheet.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    forms = resources.setdefault(NameObject("/XObject"), DictionaryObject())
    forms[NameObject(f"/Slide{number}")] = form
    scale, left, low = where
    drawn = DecodedStreamObject()
    drawn.set_data(f"q {scale:.6f} 0 0 {scale:.6f} {left:.4f} {low:.4f} cm /Slide{number} Do Q\n".encode())
    contents = sheet.setdefault(NameObject("/Contents"), ArrayObject())
    contents.append(made._add_object(drawn))


def _form(made: PdfWriter, page: PageObject) -> Any:
    form = DecodedStreamObject()
    form.set_data(_content(page))
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in page.mediabox)
    for name in ("/Resources", "/Group"):
        if name in page:
            own: Any = page[name].get_object()
            form[NameObject(name)] = own.clone(made)
    return made._add_object(form.flate_encode())


def _content(page: PageObject) -> bytes:
    found: Any = page["/Contents"].get_object()
    parts = found if isinstance(found, ArrayObject) and not isinstance(found, StreamObject) else [found]
    return b"\n".join(part.get_object().get_data() for part in parts)
