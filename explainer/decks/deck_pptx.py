"""A deck for PowerPoint and its kin: on each slide a title, a clip that starts by itself and holds its end, and words.

Title and words are the program's own text boxes, placed by the layout; the narration is in the notes too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from explainer.decks.deck import Deck, Pictures, Slide, plain

SHORT_SIDE_IN = 7.5
MARGIN_IN = 0.35
TITLE_IN, WORDS_IN = 0.85, 0.8  # of the height
TITLE_PT, WORDS_PT = 26, 16
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
<p:video><p:cMediaNode vol="80000" mute="1"><p:cTn id="7"{repeat} fill="hold" display="0"><p:stCondLst>
<p:cond delay="indefinite"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"""

_LOOPS = ' repeatCount="indefinite"'


def write(deck: Deck, pictures: Mapping[str, Pictures], target: Path) -> None:
    """Write a deck; `pictures` holds each slide's files by its id."""
    deck = plain(deck)
    show: Any = Presentation()
    unit = SHORT_SIDE_IN / min(deck.width, deck.height)
    show.slide_width, show.slide_height = Inches(deck.width * unit), Inches(deck.height * unit)
    show.core_properties.title = deck.title[:LONGEST_PROPERTY]
    show.core_properties.language = deck.language_tag
    show.core_properties.author = ""
    _lay_out(show, deck)
    for slide in deck.slides:
        _add(show, deck, slide, pictures[slide.id])
    show.save(str(target))


def _add(show: Any, deck: Deck, slide: Slide, files: Pictures) -> None:
    page = show.slides.add_slide(show.slide_layouts[_TITLE_ONLY])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = _colour(deck.theme.background)
    _set_text(page.shapes.title.text_frame, slide.title, deck)
    _write(page.shapes.title.text_frame, deck, TITLE_PT, deck.theme.ink)
    movie = page.shapes.add_movie(
        str(files.clip),
        *_place(show, deck),
        poster_frame_image=str(files.still),
        mime_type="video/mp4",
    )
    movie.name = slide.id
    movie._element.nvPicPr.cNvPr.set("descr", slide.shows)
    _play_on_entry(page, movie.shape_id, slide.duration_s, deck.loops)
    words = page.shapes.add_textbox(*_strip(show, show.slide_height - Inches(WORDS_IN), WORDS_IN))
    words.name = f"{slide.id} words"
    words.text_frame.word_wrap = True
    words.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _set_text(words.text_frame, slide.notes, deck)
    _write(words.text_frame, deck, WORDS_PT, deck.theme.muted)
    _set_text(page.notes_slide.notes_text_frame, slide.notes, deck)


def _lay_out(show: Any, deck: Deck) -> None:
    """Make room for the title in the layout, whose place each slide's takes."""
    title = show.slide_layouts[_TITLE_ONLY].placeholders[0]
    title.left, title.top, title.width, title.height = _strip(show, 0, TITLE_IN)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _strip(show: Any, top: int, height_in: float) -> tuple[int, int, int, int]:
    margin = Inches(MARGIN_IN)
    return margin, top, show.slide_width - 2 * margin, Inches(height_in)


def _place(show: Any, deck: Deck) -> tuple[int, int, int, int]:
    """Where the clip goes: as large as fits between title and words."""
    height = show.slide_height - Inches(TITLE_IN) - Inches(WORDS_IN)
    width = min(show.slide_width, round(height * deck.width / deck.height))
    return (show.slide_width - width) // 2, Inches(TITLE_IN), width, round(width * deck.height / deck.width)


def _write(frame: Any, deck: Deck, points: float, colour: str) -> None:
    """Set words in the deck's type; they begin at the side where the language begins."""
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if deck.direction == "rtl" else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.name = Pt(points), deck.font
            run.font.color.rgb = _colour(colour)


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


def _play_on_entry(page: Any, shape_id: int, duration_s: float, loops: bool) -> None:
    root = page._element
    for timing in root.findall(qn("p:timing")):
        root.remove(timing)
    repeat = _LOOPS if loops else ""
    timing = _TIMING.format(p=_P, shape=shape_id, duration_ms=round(duration_s * 1000), repeat=repeat)
    root.append(parse_xml(timing))
