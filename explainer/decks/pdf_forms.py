"""Pages of PDF set on others as forms: what they draw, often very many outlines, is taken over without being parsed."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

__all__ = ["place"]


def place(writer: PdfWriter, sheet: PageObject, page: PageObject, scale: float, at: tuple[float, float]) -> None:
    """Set a page on one of a document, over what is there.

    Args:
        writer: the document.
        sheet: its page.
        page: of any document.
        scale: of the page on it.
        at: left and lower edge in points.
    """
    form = _form(writer, page)
    name = f"/Form{form.idnum}"  # pages may share their resources, so it is the only one of its name in the document
    resources: Any = sheet.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()[NameObject(name)] = form
    drawn = f"q {scale:.6f} 0 0 {scale:.6f} {at[0]:.4f} {at[1]:.4f} cm {name} Do Q\n".encode()
    # What was there may leave its own scale behind.
    sheet[NameObject("/Contents")] = writer._add_object(
        _stream(b"q\n%b\nQ\n%b" % (_content(sheet), drawn)).flate_encode()
    )


def _form(writer: PdfWriter, page: PageObject) -> Any:
    form = _stream(_content(page))
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in page.mediabox)
    for entry in ("/Resources", "/Group"):
        if entry in page:
            own: Any = page[entry].get_object()
            form[NameObject(entry)] = own.clone(writer)
    return writer._add_object(form.flate_encode())


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _content(page: PageObject) -> bytes:
    """What a page draws; nothing if it is blank."""
    found: Any = page.get("/Contents", ArrayObject()).get_object()
    parts = found if isinstance(found, ArrayObject) else [found]
    return b"\n".join(part.get_object().get_data() for part in parts)
