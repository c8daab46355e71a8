"""Decks: a slide a cue; clips play and hold; the narration is in the notes, in each language's direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from export_bench import MINUTE, Bench, changed
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from explainer.clips.tasks import localized_films
from explainer.decks import deck_html, deck_pdf, deck_pptx
from explainer.decks.deck import NO_CHARACTER, Deck, Pictures, Slide
from explainer.decks.slides import Wanted, slides, steps
from explainer.errors import ExplainerError
from explainer.film.holds import Holds, standing
from explainer.film.request import Quality
from explainer.film.timed import LocalizedFilm, known_of
from explainer.media.encode import PictureFormat, encoder
from explainer.stage.look import THEMES
from explainer.tasks.session import BuildReport, Session
from explainer.words.film import Film, film_ids, open_film
from explainer.words.texts import of_domain

CUES = ["dome.count", "dome.slope", "dome.top", "dome.beyond"]
# The decks are made of a film that brings a ground of its own.
GROUND = "#402010"
WARM = changed(MINUTE, themes={"dark": {"background": GROUND}})


def localized(bench: Bench, **changes: object) -> LocalizedFilm:
    return localized_films((bench.request(**changes),), bench.out, bench.session(), BuildReport())[0]


def make(bench: Bench, kind: str, **changes: object) -> Path:
    request = bench.request(**{"film": WARM, "segments": ("dome",), **changes})
    made, _ = slides((request,), Wanted(kind), bench.out, bench.session())
    return made[0].path


@pytest.fixture(scope="module")
def deck_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(Bench(tmp_path_factory.mktemp("deck")), "html")


@pytest.fixture
def page(deck_path: Path, browser: Any) -> Iterator[Any]:
    opened = browser.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: request.url[:5] not in ("data:", "file:") and wrong.append(request.url))
    opened.goto(deck_path.as_uri())
    yield opened
    assert not wrong
    opened.close()


def on_screen(page: Any) -> str:
    return str(page.evaluate("document.querySelector('section:not([hidden])').id"))


def test_keys_step_through_the_cues(page: Any) -> None:
    assert on_screen(page) == CUES[0]
    for key, expected in (
        ("ArrowRight", 1), (" ", 2), ("PageDown", 3), ("ArrowRight", 3), ("ArrowLeft", 2), ("Shift+Space", 1),
        ("PageUp", 0), ("ArrowLeft", 0), ("End", 3), ("Home", 0), ("ArrowDown", 1), ("ArrowUp", 0),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert on_screen(page) == CUES[expected], key
    assert page.url.endswith(f"#{CUES[0]}")


def test_a_clip_plays_by_itself_and_holds_its_last_frame(page: Any) -> None:
    page.keyboard.press("ArrowRight")
    page.evaluate("new Promise(done => clip().ended ? done() : clip().addEventListener('ended', () => done()))")
    assert page.evaluate("clip().currentTime === clip().duration && !clip().hidden && !clip().loop")


def test_stepping_back_shows_where_the_slide_before_stood(page: Any) -> None:
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert on_screen(page) == CUES[2]
    assert page.locator("section:not([hidden]) img").is_visible() and page.evaluate("clip().paused")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert page.locator("section:not([hidden]) video").is_visible()


def test_the_presenters_window_has_the_next_slide_the_notes_and_a_timer(page: Any) -> None:
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    second = opened.value
    notes = page.locator("section:not([hidden]) .notes")
    assert second.locator("#said").text_content() == notes.text_content()
    assert second.locator("#after").get_attribute("src") == page.get_attribute(f"[id='{CUES[1]}'] img", "src")
    second.locator("#time", has_text="0:01").wait_for()
    second.click("#time")
    assert second.locator("#time").text_content() == "0:00"
    second.keyboard.press("End")  # its keys step the deck
    assert on_screen(page) == CUES[3]
    assert second.locator("#said").text_content() == notes.text_content()
    assert not second.locator("#after").is_visible()
    with second.expect_event("close"):
        page.reload()


def test_notes_open_by_key_and_button_and_name_the_state(page: Any) -> None:
    notes = page.locator("section:not([hidden]) .notes")
    assert not notes.is_visible()
    page.keyboard.press("n")
    assert notes.is_visible() and page.get_attribute("#notes", "aria-pressed") == "true"
    page.click("#notes")
    assert not notes.is_visible()
    page.focus("#next")
    page.keyboard.press(" ")  # on a button the space bar presses it, once
    assert on_screen(page) == CUES[1]


def test_with_reduced_motion_the_last_frame_stands_and_play_still_plays(page: Any) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("End")
    assert page.locator("section:not([hidden]) img").is_visible()
    page.keyboard.press("p")
    page.evaluate("new Promise(done => clip().addEventListener('timeupdate', () => clip().currentTime > 0 && done()))")


def test_the_html_deck_passes_axe(page: Any) -> None:
    axe = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("npm install --prefix tests brings axe-core")
    page.keyboard.press("n")
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations.map(each => each.id))")
    assert found == []


def test_the_html_deck_is_one_file_that_needs_nothing_else(deck_path: Path) -> None:
    text = deck_path.read_text(encoding="utf-8")
    assert [path.name for path in deck_path.parent.iterdir()] == ["negative-temperature-dome-slides.en.html"]
    addresses = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?([^"\')\s]{1,12})', text)
    assert addresses and all(address.startswith("data:") for address in addresses)


def test_the_html_deck_has_the_ground_of_its_film(deck_path: Path) -> None:
    assert f"--ground: {GROUND};" in deck_path.read_text(encoding="utf-8")


def test_powerpoint_slides_hold_clip_poster_notes_and_the_films_ground(bench: Bench) -> None:
    show: Any = Presentation(str(make(bench, "pptx")))
    assert len(show.slides) == len(CUES)
    assert show.slide_width / show.slide_height == pytest.approx(160 / 90, rel=1e-3)
    for slide, step in zip(show.slides, steps(*stood(bench, segments=("dome",))), strict=True):
        (movie,) = [shape for shape in slide.shapes if shape.name == step.slide.id]
        title = slide.shapes.title
        (words,) = [shape for shape in slide.shapes if shape.name == f"{step.slide.id} words"]
        assert movie.width / movie.height == pytest.approx(160 / 90, rel=1e-3)
        assert 0 <= title.top < title.top + title.height <= movie.top
        assert movie.top + movie.height <= words.top < words.top + words.height <= show.slide_height
        assert words.text_frame.text == step.slide.notes
        assert title.is_placeholder and title._element.spPr.xfrm is None  # where its layout puts it
        assert movie._element.nvPicPr.cNvPr.get("descr") == step.slide.shows
        assert len(movie.poster_frame.blob) > 100
        kinds = {part.reltype.rpartition("/")[2] for part in slide.part.rels.values()}
        assert {"video", "media", "notesSlide"} <= kinds
        timing = slide._element.find(qn("p:timing")).xml
        assert "repeatCount" not in timing
        assert "playFrom(0.0)" in timing and timing.count(f'spid="{movie.shape_id}"') == 2
        assert slide.notes_slide.notes_text_frame.text == step.slide.notes
        assert slide.shapes.title.text_frame.text == step.slide.title
        assert f"#{slide.background.fill.fore_color.rgb}" == GROUND


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Pictures]:
    """Half a second of black, as the clip and the still of one slide."""
    with encoder(tmp_path / "a.mp4", PictureFormat(64, 36, 10)) as sink:
        sink.write(np.zeros((36, 64, 4), np.uint8), 5)
    Image.new("RGB", (64, 36)).save(tmp_path / "a.png")
    return {"a.b": Pictures(tmp_path / "a.png", tmp_path / "a.mp4")}


@pytest.fixture
def blank(tmp_path: Path) -> dict[str, Pictures]:
    """An empty page, as the still of one slide."""
    writer = PdfWriter()
    writer.add_blank_page(64, 36)
    writer.write(tmp_path / "blank.pdf")
    return {"a.b": Pictures(tmp_path / "blank.pdf")}


def arabic_deck() -> Deck:
    slide = Slide("a.b", "عنوان", "درجة حرارة سالبة", "وصف", 0.5)
    words = of_domain(MINUTE.texts("ar"), "deck")
    return Deck("عنوان", "ar", "rtl", "Noto Sans Arabic", "dark", THEMES["dark"], words, 64, 36, (slide,))


@pytest.mark.parametrize(("language", "marked"), [("ar", 2), ("en", 0)])
def test_what_is_told_of_pictures_says_that_it_is_in_the_scripts_language(
    language: str, marked: int, tmp_path: Path, pictures: dict[str, Pictures]
) -> None:
    deck_html.write(replace(arabic_deck(), language_tag=language), pictures, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count('="وصف" lang="en"') == marked
    assert text.count('="وصف"') == 2


def test_right_to_left_notes_say_so(tmp_path: Path, pictures: dict[str, Pictures]) -> None:
    deck_pptx.write(arabic_deck(), pictures, tmp_path / "a.pptx")
    show: Any = Presentation(str(tmp_path / "a.pptx"))
    (paragraph,) = show.slides[0].notes_slide.notes_text_frame.paragraphs
    assert paragraph._p.pPr.get("rtl") == "1"
    assert paragraph.runs[0]._r.rPr.get("lang") == "ar"


def numbered_deck(film: Film, tag: str, session: Session) -> Deck:
    """A slide for each cue of a film that tells a number, in a language."""
    spoken = film.narration(tag, known_of(film, session).facts)
    look = spoken.language.font, "dark", THEMES["dark"], of_domain(film.texts(tag), "deck"), 64, 36
    told = tuple(
        Slide("a.b", segment.title, cue.text, cue.shows, 0.5)
        for segment in spoken.segments
        for cue in segment.cues
        if any(character.isdigit() for character in cue.text)
    )
    return Deck(spoken.title, tag, spoken.language.direction, *look, told)


def as_read(text: str) -> str:
    """Text as it is seen: without marks of direction, and with one space for any."""
    return " ".join("".join(each for each in text if unicodedata.category(each) != "Cf").split())


@pytest.mark.parametrize("name", film_ids(MINUTE.root))
def test_readers_in_every_language_see_numbers_as_they_are(
    name: str, bench: Bench, tmp_path: Path, pictures: dict[str, Pictures], browser: Any
) -> None:
    film, opened = open_film(MINUTE.root, name), browser.new_page()
    for tag in film.tags:
        deck = numbered_deck(film, tag, bench.session())
        told = [slide.notes for slide in deck.slides]
        assert told
        deck_html.write(deck, pictures, tmp_path / "a.html")
        opened.goto((tmp_path / "a.html").as_uri())
        shown = opened.evaluate("[...document.querySelectorAll('.notes')].map(note => note.textContent)")
        deck_pptx.write(deck, pictures, tmp_path / "a.pptx")
        show: Any = Presentation(str(tmp_path / "a.pptx"))
        noted = [slide.notes_slide.notes_text_frame.text for slide in show.slides]
        assert shown == noted == told, tag
        assert NO_CHARACTER not in "".join(map(as_read, shown))
    opened.close()


def test_a_handout_in_arabic_has_its_numbers_and_no_other_character_for_them(
    bench: Bench, tmp_path: Path, blank: dict[str, Pictures]
) -> None:
    deck = numbered_deck(MINUTE, "ar", bench.session())
    deck_pdf.write(deck, blank, tmp_path / "a.pdf")
    for page, slide in zip(PdfReader(tmp_path / "a.pdf").pages, deck.slides, strict=True):
        read = page.extract_text()
        assert NO_CHARACTER not in read
        assert set(re.findall(r"\d+", slide.notes)) <= set(re.findall(r"\d+", read))


def test_controls_are_named_in_the_language_of_the_deck(tmp_path: Path, pictures: dict[str, Pictures]) -> None:
    deck_html.write(arabic_deck(), pictures, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    for name in ("previous", "next", "play", "notes", "presenter", "full_screen"):
        assert f'aria-label="{MINUTE.texts("ar")[f"deck:buttons.{name}"]}"' in text, name
    assert 'aria-label="الشريحة 1 من 1: عنوان"' in text


@pytest.mark.parametrize(("aspect", "size"), [("16:9", (160, 90)), ("9:16", (90, 160)), ("1:1", (90, 90))])
def test_a_pdf_has_a_page_a_cue_with_its_narration_on_the_films_ground(
    bench: Bench, aspect: str, size: tuple[int, int]
) -> None:
    path = make(bench, "pdf", aspect=aspect, quality=Quality(*size, 10), renderer="explainer.media.frames")
    reader = PdfReader(path)
    assert len(reader.pages) == len(CUES)
    assert all(b"0.25098 0.12549 0.062745 rg" in page.get_contents().get_data() for page in reader.pages)
    told = [step.slide for step in steps(*stood(bench, segments=("dome",)))]
    for page, slide in zip(reader.pages, told, strict=True):
        assert " ".join(slide.notes.split()) in " ".join(page.extract_text().split())
    assert reader.metadata is not None and reader.metadata.title == "Negative temperature: hotter than infinity"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    short_pt = 7.5 * 72
    box = reader.pages[0].mediabox
    assert float(box.width) == pytest.approx(short_pt * size[0] / min(size), abs=1)
    assert float(box.height) > short_pt * size[1] / min(size) + 100


@pytest.mark.parametrize(("per_page", "pages"), [(2, 2), (4, 1)])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_a_handout_has_several_slides_a_page_in_reading_order(
    bench: Bench, blank: dict[str, Pictures], tmp_path: Path, per_page: int, pages: int, aspect: str
) -> None:
    width, height = (64, 36) if aspect == "16:9" else (36, 64)
    told = tuple(
        replace(arabic_deck().slides[0], title=f"Title {n}", notes=f"told {n}") for n in ("one", "two", "three", "four")
    )
    deck = replace(
        arabic_deck(), language_tag="en", direction="ltr", width=width, height=height, slides=told, per_page=per_page
    )
    deck_pdf.write(deck, blank, tmp_path / "a.pdf")
    reader = PdfReader(tmp_path / "a.pdf")
    assert len(reader.pages) == pages
    read = " ".join(page.extract_text() for page in reader.pages)
    assert re.findall(r"told (\w+)", read) == ["one", "two", "three", "four"]
    assert [item["/Title"] for item in reader.outline] == [slide.title for slide in told]
    assert reader.trailer["/Root"]["/Lang"] == "en"


def drawn(page: Any) -> bytes:
    """What the first form on a page draws, and those that it draws in turn."""
    (name,) = re.findall(rb"(/Form\d+) Do", page["/Contents"].get_object().get_data())[:1]
    form = page["/Resources"].get_object()["/XObject"].get_object()[name.decode()].get_object()
    data: bytes = form.get_data()
    return data + (drawn({**form, "/Contents": form}) if b" Do" in data else b"")


@pytest.mark.parametrize("per_page", [1, 2])
def test_each_slide_of_a_pdf_has_its_own_picture(tmp_path: Path, per_page: int) -> None:
    """Pages that are typeset in one go share their resources."""
    stills, told = {}, []
    for grey in ("0.25", "0.75"):
        writer = PdfWriter()
        page = writer.add_blank_page(64, 36)
        ink = DecodedStreamObject()
        ink.set_data(f"{grey} g 0 0 9 9 re f".encode())
        page[NameObject("/Contents")] = ink
        writer.write(tmp_path / f"{grey}.pdf")
        stills[f"a.{grey}"] = Pictures(tmp_path / f"{grey}.pdf")
        told.append(replace(arabic_deck().slides[0], id=f"a.{grey}"))
    deck_pdf.write(replace(arabic_deck(), slides=tuple(told), per_page=per_page), stills, tmp_path / "a.pdf")
    first, *others = PdfReader(tmp_path / "a.pdf").pages
    assert b"0.25 g" in drawn(first)
    assert all(b"0.75 g" in drawn(page) and b"0.25 g" not in drawn(page) for page in others)
    assert len(others) == 2 - per_page


def test_a_slide_of_a_pdf_may_be_pixels_and_loses_none(tmp_path: Path, blank: dict[str, Pictures]) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (36, 64, 3), np.uint8)
    Image.fromarray(rgb).save(tmp_path / "still", "PNG")
    told = tuple(replace(arabic_deck().slides[0], id=id) for id in ("a.b", "a.c"))
    stills = {**blank, "a.c": Pictures(tmp_path / "still")}
    deck_pdf.write(replace(arabic_deck(), slides=told), stills, tmp_path / "a.pdf")
    outlined, pictured = PdfReader(tmp_path / "a.pdf").pages
    assert b"/Form" in outlined["/Contents"].get_object().get_data()
    assert b"/Form" not in pictured["/Contents"].get_object().get_data()
    (held,) = pictured.images
    assert held.image is not None and np.array_equal(np.asarray(held.image.convert("RGB")), rgb)


def test_clips_loop_where_that_is_asked_for(tmp_path: Path, pictures: dict[str, Pictures], bench: Bench) -> None:
    deck = replace(arabic_deck(), loops=True)
    deck_html.write(deck, pictures, tmp_path / "a.html")
    assert "<video muted playsinline loop " in (tmp_path / "a.html").read_text(encoding="utf-8")
    deck_pptx.write(deck, pictures, tmp_path / "a.pptx")
    show: Any = Presentation(str(tmp_path / "a.pptx"))
    timing = show.slides[0]._element.find(qn("p:timing"))
    assert [node.get("repeatCount") for node in timing.iter(qn("p:cTn")) if node.get("repeatCount")] == ["indefinite"]
    with pytest.raises(ExplainerError, match="--loop: nothing plays in a pdf; leave it out, or use --to html or pptx"):
        slides((bench.request(),), Wanted("pdf", loops=True), bench.out, bench.session())


def stood(bench: Bench, **changes: object) -> tuple[LocalizedFilm, dict[str, Holds]]:
    return standing([localized(bench, **changes)], bench.session(), BuildReport())[0]


@pytest.mark.parametrize("by", ["cues", "marks"])
def test_slides_share_out_all_frames_up_to_where_the_film_stands(bench: Bench, by: str) -> None:
    film, holds = stood(bench)
    found = steps(film, holds, by)
    shown = [
        (film.timeline.segment(part.segment_id).start_frame + at)
        for step in found
        for part in step.stretches
        for at in range(part.frames.start_frame, part.frames.stop_frame)
    ]
    ends = film.timeline.segments[-1].start_frame + holds["laser"]["laser"]
    assert shown == list(range(ends + 1))
    for step in found:
        own = step.stretches[-1]
        assert own.frames.stop_frame - 1 == holds[own.segment_id][step.slide.id]


def test_five_clicks_count_the_arrangements(bench: Bench) -> None:
    found = steps(*stood(bench, segments=("dome",)), by="marks")
    ids = [step.slide.id.removeprefix("dome.count:") for step in found if step.slide.id.startswith("dome.count")]
    assert ids == ["start", "none", "one", "two", "three", "four"]
    said = [step.slide.notes for step in found]
    assert "".join("".join(said).split()) == "".join(
        "".join(
            cue.text for segment in localized(bench, segments=("dome",)).narration.segments for cue in segment.cues
        ).split()
    )


def test_a_segment_that_is_left_out_leads_to_none(bench: Bench) -> None:
    film, holds = stood(bench, segments=("hook", "dome"))
    assert all(len(step.stretches) == 1 for step in steps(film, holds))


def test_unknown_kinds_and_themes_are_refused(bench: Bench) -> None:
    with pytest.raises(ExplainerError, match="no slides as 'key'; use one of html, pptx, pdf"):
        make(bench, "key")
    with pytest.raises(ExplainerError, match="--step: no slide for each of 'words'; use one of cues, marks"):
        slides((bench.request(),), Wanted("pdf", "words"), bench.out, bench.session())
    with pytest.raises(ExplainerError, match="--per-page: no 3 slides a page; use one of 1, 2, 4"):
        slides((bench.request(),), Wanted("pdf", per_page=3), bench.out, bench.session())
    with pytest.raises(ExplainerError, match="--per-page: html has no pages; leave it out, or use --to pdf"):
        slides((bench.request(),), Wanted("html", per_page=2), bench.out, bench.session())
    with pytest.raises(ExplainerError, match="no theme 'sepia'; use one of dark, light"):
        make(bench, "pdf", theme_name="sepia")
    with pytest.raises(ExplainerError, match="theme dark: ink = 'white' is no colour"):
        make(bench, "pdf", film=changed(MINUTE, themes={"dark": {"ink": "white"}}))
