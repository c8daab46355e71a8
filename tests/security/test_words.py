"""Other people's words stay words: in the grammar of a line, and in every format that gives some of them a meaning."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import cairo
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader
from security_samples import HOSTILE, ODD

from explainer.decks import deck_html, deck_pdf, deck_pptx
from explainer.decks.deck import KINDS, Deck, Pictures, Slide
from explainer.decks.slides import steps
from explainer.errors import ExplainerError
from explainer.film.plan import LocalizedFilm
from explainer.film.request import Request
from explainer.film.transcript import transcript
from explainer.media import sound
from explainer.media.encode import PictureFormat, encoder
from explainer.media.mux import assemble, code_sound
from explainer.media.probe import probe
from explainer.media.tracks import CaptionTrack, Chapter, Labels, VoiceTrack
from explainer.timing.captions import Caption
from explainer.timing.formats import ass, srt, vtt
from explainer.timing.timeline import plan
from explainer.voices import draft, espeak, flite
from explainer.words.catalog import Catalog, Entry, sources
from explainer.words.facts import known_facts
from explainer.words.languages import LANGUAGES
from explainer.words.localize import Narration, localize
from explainer.words.markup import MarkedText, fill, is_plain, parse
from explainer.words.script import Script, load_script

EN = LANGUAGES["en"]
PLACEHOLDERS = (
    "{particles.value_si}",
    "{particles.__class__.__mro__}",
    "{particles[0]}",
    "{particles!r}",
    "{particles:>999999999}",
    "{particles:{particles}}",
    "{0}",
    "{}",
    "{__import__('os')}",
    "{{particles}}",
    "{PARTICLES}",
    "{particles",
    "particles}",
    "{ particles }",
    "{particles\u200b}",
    "{раrticles}",
)


# Placeholders ------------------------------------------------------------------------------------------------------


def script_saying(text: str) -> Script:
    script = load_script()
    first = script.segments[0]
    cue = replace(first.cues[0], text=text, spoken=None)
    return replace(script, segments=(replace(first, cues=(cue,)),), labels=())


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("where", ["cue", "label", "title", "translation", "spoken"])
def test_placeholders_reach_nothing_but_facts(placeholder: str, where: str) -> None:
    text = f"before {placeholder} after"
    script = script_saying("plain words")
    (cue,) = script.cues
    language, catalog = EN, None
    if where == "cue":
        script = script_saying(text)
    elif where == "label":
        script = replace(script, labels=(replace(load_script().labels[0], text=text),))
    elif where == "title":
        script = replace(script, title=text)
    else:
        language = LANGUAGES["de"]
        texts = {source.id: Entry(source.text, source.text, False, 1) for source in sources(script)}
        id = cue.id if where == "translation" else f"{cue.id}|spoken"
        catalog = Catalog("de.po", {**texts, id: replace(texts[id], text=text)})
    with pytest.raises(ExplainerError) as caught:
        localize(script, language, catalog=catalog)
    assert str(caught.value).isprintable()


@given(st.text(min_size=1, max_size=40))
def test_the_value_of_a_placeholder_is_put_in_as_it_is(value: str) -> None:
    line = parse("before {particles} after", file="f", id="i")
    assert fill(line, {"particles": value}).text == f"before {value} after"


def test_a_fact_may_not_bring_placeholders_of_its_own() -> None:
    particles = known_facts()["particles"]
    facts = {"particles": replace(particles, source="{field}")}
    assert localize(script_saying("see {particles}"), EN, facts=facts).cues[0].text == "see 100"


# Pango -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_pango_draws_every_character_and_obeys_none(text: str, tmp_path: Path) -> None:
    """Each character that leaves ink is an outline of its own, as Manim's plain text draws it."""
    import manim as mn

    from explainer.stage.typography import words

    with mn.tempconfig({"media_dir": str(tmp_path), "verbosity": "ERROR"}):
        drawn = words(text)
        plain = mn.Text(text, font="Inter", font_size=48, disable_ligatures=False)
        expected = np.concatenate([part.points for part in plain.family_members_with_points()])
    assert len(drawn.points) == len(expected)
    assert drawn.height < 1.0


# Voices ------------------------------------------------------------------------------------------------------------

VOICES: dict[str, Callable[[MarkedText], Any]] = {"espeak": lambda speech: espeak.speak(speech, EN)}
if shutil.which("flite"):
    VOICES["flite"] = lambda speech: flite.speak(speech, EN)


@pytest.mark.parametrize("name", VOICES)
def test_voices_say_markup_and_options_and_obey_neither(name: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)

    def length_s(text: str) -> float:
        return float(VOICES[name](MarkedText(text)).duration_s)

    word_s = length_s("Hello.")
    assert length_s("<break time='9s'/> Hello.") < 9
    assert length_s("<speak>Hello.</speak>") > 1.5 * word_s
    assert length_s("<audio src='x.wav'/> Hello.") > 1.5 * word_s
    assert length_s("-o here.wav Hello.") > 1.5 * word_s
    assert list(tmp_path.iterdir()) == []


# Captions ----------------------------------------------------------------------------------------------------------

LINES = (
    st.one_of(
        st.sampled_from(HOSTILE),
        st.text(alphabet=r"{}\<>&-:,;#nNh|aA1 ", min_size=1, max_size=30),
    )
    .map(str.strip)
    .filter(bool)
)
OVERRIDES = re.compile(r"\\[Nnh]|(?<!\\)\{[^}]*\}")


def caption(*lines: str) -> Caption:
    return Caption("a.b", 0, 60, 60, lines)


@given(LINES)
def test_ass_reads_no_override_in_other_peoples_words(text: str) -> None:
    *_, event = ass([caption(text, "second")], EN).splitlines()
    *_, shown = event.split(",", 7)
    first, second = shown.rsplit(r"\N", 1)
    assert second == "second"
    assert not OVERRIDES.search(first)


@given(LINES)
def test_vtt_gives_other_peoples_words_back(text: str) -> None:
    import html

    *_, cue = vtt([caption(text)], EN).strip().split("\n\n")
    timing, *shown = cue.split("\n")
    assert timing == "00:00:00.000 --> 00:00:01.000"
    assert len(shown) == 1
    assert not re.search(r"<|-->|&(?!(amp|lt|gt);)", shown[0])
    assert html.unescape(shown[0]) == text


@given(LINES)
def test_srt_keeps_its_shape_whatever_is_said(text: str) -> None:
    entries = srt([caption(text), caption("last")], EN).strip().split("\n\n")
    assert [entry.split("\n")[0] for entry in entries] == ["1", "2"]
    assert entries[0].split("\n")[2:] == [text]


# Pages -------------------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Tags with their attributes, and words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def version_saying(text: str) -> LocalizedFilm:
    narration = localize(load_script(), EN)
    lengths = {cue.id: draft.duration(cue.speech, EN) for cue in narration.cues}
    timeline = plan(narration, lengths)
    segments = tuple(
        replace(
            segment,
            title=text,
            cues=tuple(replace(cue, caption=MarkedText(text), shows=text) for cue in segment.cues),
        )
        for segment in narration.segments
    )
    return LocalizedFilm(Request(), Narration(EN, text, segments, {}), timeline, timeline)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


PLAIN = read(transcript(version_saying("plain"), "stem", "film"))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_transcript_shows_other_peoples_words_and_runs_none(text: str) -> None:
    found = read(transcript(version_saying(text), f"stem {text}", f"film {text}"))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in PLAIN.tags]
    assert [sorted(given) for _, given in found.tags] == [sorted(given) for _, given in PLAIN.tags]
    assert "".join(found.words).count(text) == "".join(PLAIN.words).count("plain")
    addresses = [given[name] for _, given in found.tags for name in ("href", "src", "poster") if name in given]
    assert addresses
    assert all(re.fullmatch(r"[\w.%/~#=-]+", address or "") for address in addresses)


# Decks -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A still as pixels and as an outline, and a clip."""
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (96, 54)).save(folder / "still.png")
    drawing = cairo.PDFSurface(str(folder / "still.pdf"), 96, 54)
    cairo.Context(drawing).paint()
    drawing.finish()
    (folder / "clip.mp4").write_bytes(b"x")
    return folder


def write_deck(kind: str, text: str, pictures: Path, target: Path) -> Path:
    """Two slides of a narration that says nothing but the text."""
    slides = tuple(step.slide for step in steps(version_saying(text))[:2])
    deck = Deck(text, "en", "ltr", "Inter", "dark", 960, 540, slides)
    files = Pictures(pictures / f"still.{KINDS[kind].still}", pictures / "clip.mp4" if KINDS[kind].plays else None)
    {"html": deck_html.write, "pptx": deck_pptx.write, "pdf": deck_pdf.write}[kind](
        deck, {slide.cue_id: files for slide in slides}, target / f"deck.{kind}"
    )
    return target / f"deck.{kind}"


SHOWN = {**{text: text for text in (*HOSTILE, "w" * 600)}, **ODD}


@pytest.mark.parametrize("text", SHOWN)
def test_a_deck_shows_other_peoples_words_and_runs_none(text: str, pictures: Path, tmp_path: Path) -> None:
    pages = {}
    for words in ("plain", text):
        pages[words] = read(write_deck("html", words, pictures, tmp_path).read_text(encoding="utf-8"))
    assert [tag for tag, _ in pages[text].tags] == [tag for tag, _ in pages["plain"].tags]
    shown = [[sorted(given) for _, given in page.tags] for page in pages.values()]
    assert shown[0] == shown[1]
    assert "".join(pages[text].words).count(SHOWN[text]) >= 4  # two titles, twice the notes


def elements(path: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """The names of elements and attributes in each part of a PowerPoint file."""
    found = {}
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(parts.read(name))
                found[name] = [(each.tag, sorted(each.keys())) for each in tree.iter()]
    return found


@pytest.mark.parametrize("text", SHOWN)
def test_powerpoint_shows_other_peoples_words_and_obeys_none(text: str, pictures: Path, tmp_path: Path) -> None:
    plain = elements(write_deck("pptx", "plain", pictures, tmp_path))
    path = write_deck("pptx", text, pictures, tmp_path)
    assert elements(path) == plain
    show: Any = Presentation(str(path))
    assert show.core_properties.title == SHOWN[text][:255]
    assert len(show.slides) == 2
    for slide in show.slides:
        (movie,) = (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.MEDIA)
        words = (slide.shapes.title.text_frame.text, slide.notes_slide.notes_text_frame.text)
        assert (*words, movie._element.nvPicPr.cNvPr.get("descr")) == (SHOWN[text],) * 3


@given(text=st.text(st.characters(), min_size=1, max_size=80))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_powerpoint_gives_any_text_back_that_a_line_may_hold(text: str, pictures: Path, tmp_path: Path) -> None:
    show: Any = Presentation(str(write_deck("pptx", text, pictures, tmp_path)))
    shown = show.slides[0].notes_slide.notes_text_frame.text
    assert all(given == said for given, said in zip(text, shown, strict=True) if is_plain(given))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", SHOWN)
def test_a_handout_shows_other_peoples_words_and_obeys_none(text: str, pictures: Path, tmp_path: Path) -> None:
    reader = PdfReader(write_deck("pdf", text, pictures, tmp_path))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert squeezed(page.extract_text()) == squeezed(SHOWN[text]) * 2
        assert "/Annots" not in page
    assert reader.metadata is not None
    assert (reader.metadata.title or "").strip() == SHOWN[text].strip()
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))


LONGEST = {
    "words": "temperature " * 49 + "temperature",
    "a word": "w" * 600,
    "wide letters": "温" * 600,
    "right to left": "حرارة " * 99 + "حرارة",
}


@pytest.mark.parametrize("size", [(960, 540), (540, 960), (540, 540)], ids=str)
@pytest.mark.parametrize("name", LONGEST)
def test_the_longest_words_of_a_script_fit_on_a_page_of_a_handout(
    name: str, size: tuple[int, int], pictures: Path, tmp_path: Path
) -> None:
    parse(LONGEST[name], file="f", id="i")
    slides = tuple(Slide(f"dome.cue{n}", LONGEST[name][:: 2 - n], LONGEST[name], "", 1.0) for n in range(2))
    deck = Deck("x", "en", "ltr", "Inter", "dark", *size, slides)
    files = Pictures(pictures / "still.pdf")
    deck_pdf.write(deck, {slide.cue_id: files for slide in slides}, tmp_path / "deck.pdf")
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == 2
    for page in pages:
        places: list[tuple[float, float]] = []

        def note(text: str, matrix: list[float], place: list[float], *_: object, to: Any = places) -> None:
            if text.strip():
                to.append((place[4] * matrix[0] + matrix[4], place[5] * matrix[3] + matrix[5]))

        page.extract_text(visitor_text=note)
        assert places
        notes_pt = float(page.mediabox.height) - float(page.mediabox.width) * size[1] / size[0]
        assert all(0 < left < float(page.mediabox.width) and 0 < up < notes_pt for left, up in places)


def test_words_that_fit_nowhere_are_refused_in_one_line(pictures: Path, tmp_path: Path) -> None:
    slides = (Slide("dome.top", "x", "word " * 20_000, "", 1.0),)
    deck = Deck("x", "en", "ltr", "Inter", "dark", 960, 540, slides)
    with pytest.raises(ExplainerError, match=r"^dome\.top: the words do not fit below the picture; shorten"):
        deck_pdf.write(deck, {"dome.top": Pictures(pictures / "still.pdf")}, tmp_path / "deck.pdf")


@pytest.mark.parametrize("text", ODD)
def test_control_characters_never_get_as_far_as_a_deck(text: str) -> None:
    with pytest.raises(ExplainerError, match="control character"):
        parse(text, file="f", id="i")


# Films -------------------------------------------------------------------------------------------------------------

FPS, FRAMES = 10, 10


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    with encoder(folder / "picture.mp4", PictureFormat(64, 36, FPS)) as sink:
        for _ in range(FRAMES):
            sink.write(np.zeros((36, 64, 4), np.uint8))
    sound.write_wav(folder / "sound.wav", np.zeros(sound.sample_at(FRAMES, FPS), np.float32))
    code_sound(folder / "sound.wav", folder / "sound.m4a")
    return folder


@pytest.mark.parametrize("text", HOSTILE)
def test_a_film_holds_other_peoples_words_as_they_are(text: str, streams: Path, tmp_path: Path) -> None:
    track = CaptionTrack("eng", "English", vtt([caption(text)], EN))
    labels = Labels(text, (VoiceTrack("eng", "English"),), (track,), (Chapter(text, 0, FRAMES),), FPS)
    assemble(streams / "picture.mp4", [streams / "sound.m4a"], labels, tmp_path / "film.mp4")
    found = probe(tmp_path / "film.mp4")
    assert (found.title, found.chapters, found.frames) == (text, (text,), FRAMES)
    with av.open(str(tmp_path / "film.mp4")) as container:
        shown = [bytes(p)[2:].decode() for p in container.demux(container.streams.subtitles[0]) if len(bytes(p)) > 2]
    assert len(shown) == 1
    # ffmpeg writes braces and backslashes in captions in a way of its own; the grammar of a line refuses them.
    assert shown == [text] or set(text) & set("{}\\")


@pytest.mark.parametrize("text", [text for text in HOSTILE if set(text) & set("{}\\")])
def test_braces_and_backslashes_never_get_as_far_as_a_film(text: str) -> None:
    with pytest.raises(ExplainerError, match="markup"):
        parse(text, file="f", id="i")


@pytest.mark.parametrize("text", HOSTILE)
def test_captions_drawn_in_show_words_and_obey_none(text: str, streams: Path, tmp_path: Path) -> None:
    """Whatever the words, the picture keeps its size and length, and something is drawn at its foot alone."""
    from explainer.film.burning import burned
    from explainer.media.encode_settings import FAST
    from explainer.tasks.fingerprint import font_paths

    labels = Labels("x", (VoiceTrack("eng", "English"),), (), (), FPS)
    assemble(streams / "picture.mp4", [streams / "sound.m4a"], labels, tmp_path / "film.mp4")
    words = ass([caption(text)], EN)
    burned(tmp_path / "film.mp4", words, font_paths(EN.font), FAST, tmp_path / "burned.mp4", lambda steps: None)
    with av.open(str(tmp_path / "burned.mp4")) as container:
        pictures = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    assert {picture.shape for picture in pictures} == {(36, 64)}
    assert len(pictures) == FRAMES
    drawn = pictures[3].astype(int) - pictures[3][0, 0]
    assert np.abs(drawn[: 36 // 2]).max() <= 12
    assert np.abs(drawn).max() > 12
