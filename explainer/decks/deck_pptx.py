"""A deck for PowerPoint and its kin: each slide's clip starts by itself and holds; the narration is in the notes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from explainer.decks.deck import Deck, Pictures, Slide, plain

SHORT_SIDE_IN = 7.5
TITLE_HEIGHT_IN = 0.8
LONGEST_PROPERTY = 255  # characters
_TITLE_ONLY = 5  # layout of the default template
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"

# What PowerPoint itself writes for "start automatically": a play command in the slide's main sequence.
_TIMING = """\
<p:timing xmlns:p="{p}"><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>
<p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/><p:cond evt="onBegin" delay="0">
<p:tn val="2"/></p:cond></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold" nodeType="afterEffect">
<p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr><p:cTn id="6" dur="{duration_ms}" fill="hold"/>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>
<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>
<p:video><p:cMediaNode vol="80000" mute="1"><p:cTn id="7" fill="hold" display="0"><p:stCondLst>
<p:cond delay="indefinite"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"""


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's files by its id."""
    deck = plain(deck)
    show: Any = Presentation()
    unit = SHORT_SIDE_IN / min(deck.width, deck.height)
    show.slide_width, show.slide_height = Inches(deck.width * unit), Inches(deck.height * unit)
    show.core_properties.title = deck.title[:LONGEST_PROPERTY]
    show.core_properties.language = deck.language_tag
    show.core_properties.author = ""
    for slide in deck.slides:
        _add(show, deck, slide, pictures[slide.id])
    show.save(str(target))


def _add(show: Any, deck: Deck, slide: Slide, files: Pictures) -> None:
    page = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = _colour(deck.theme.background)
    # Above the picture's edge: outlines and screen readers have the slide's name, the audience only the picture.
    title = page.shapes.title
    title.left, title.top = 0, Inches(-TITLE_HEIGHT_IN)
    title.width, title.height = show.slide_width, Inches(TITLE_HEIGHT_IN)
    _set_text(title.text_frame, slide.title, deck)
    movie = page.shapes.add_movie(
        str(files.clip),
        0,
        0,
        show.slide_width,
        show.slide_height,
        poster_frame_image=str(files.still),
        mime_type="video/mp4",
    )
    movie.name = slide.id
    movie._element.nvPicPr.cNvPr.set("descr", slide.shows)
    _play_on_entry(page, movie.shape_id, slide.duration_s)
    _set_text(page.notes_slide.notes_text_frame, slide.notes, deck)


def _colour(colour: str) -> Any:
    make: Any = RGBColor.from_string
    return make(colour.removeprefix("#").upper())


def _set_text(frame: Any, text: str, deck: Deck) -> None:
    frame.text = text
    for paragraph in frame.paragraphs:
        if deck.direction == "rtl":
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", deck.language_tag)


def _play_on_entry(page: Any, shape_id: int, duration_s: float) -> None:
    root = page._element
    for timing in root.findall(qn("p:timing")):
        root.remove(timing)
    root.append(parse_xml(_TIMING.format(p=_P, shape=shape_id, duration_ms=round(duration_s * 1000))))
