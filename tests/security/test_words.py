"""Other people's words stay words: in the grammar of a line, and in every format that gives some of them a meaning.

Each format is given all of them at once, a segment each.
"""

from __future__ import annotations

import html
import json
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
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader
from security_samples import ENGLISH, FACTS, GERMAN, HOSTILE, ODD, SCRIPT, film_saying

from explainer.decks import deck_html, deck_pdf, deck_pptx
from explainer.decks.deck import KINDS, Deck, Pictures, Slide
from explainer.decks.slides import steps
from explainer.errors import ExplainerError
from explainer.film.transcript import transcript
from explainer.html.safety import json_in_script
from explainer.jobs.burn import BURNED, BurnJob, burn
from explainer.media import sound
from explainer.media.encode import PictureFormat, encoder
from explainer.media.encode_settings import FAST
from explainer.media.mux import assemble, code_sound
from explainer.media.probe import probe
from explainer.media.tracks import CaptionTrack, Chapter, Labels, VoiceTrack
from explainer.stage.look import THEMES
from explainer.tasks.fingerprint import font_paths
from explainer.timing.captions import Caption
from explainer.timing.formats import ass, srt, vtt
from explainer.voices import table
from explainer.voices.utterance import Utterance
from explainer.words.catalog import Catalog, Entry, sources, translated_texts
from explainer.words.localize import localize
from explainer.words.markup import fill, is_plain, parse
from explainer.words.script import parse_script
from explainer.words.texts import UI, filled, of_domain, read_texts

# Placeholders ------------------------------------------------------------------------------------------------------

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


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_placeholders_are_names_and_nothing_else(placeholder: str) -> None:
    with pytest.raises(ExplainerError, match=r"markup|control character") as caught:
        parse(f"before {placeholder} after", file="f", id="i")
    assert str(caught.value).isprintable()


# What the small script says in each place.
PLACES = {
    "title": "A film",
    "chapter": "Swinging",
    "cue": "Then it rests.",
    "spoken": "{particles} of them are falling, at the <lowest/>lowest point in {field}.",
    "label": "weight in {field}",
}
BEYOND = ("before {particles.__class__.__mro__} after", "before {nosuch} after")


@pytest.mark.parametrize("where", PLACES)
def test_no_line_of_a_script_reaches_more_than_facts(where: str) -> None:
    assert SCRIPT.count(PLACES[where]) == 1
    for text in BEYOND:
        with pytest.raises(ExplainerError) as caught:
            localize(parse_script(SCRIPT.replace(PLACES[where], text)), ENGLISH, FACTS)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("id", ["title", "swing", "swing.fall", "swing.fall|spoken", "swing.weight"])
def test_no_translation_reaches_more_than_facts(id: str) -> None:
    script = parse_script(SCRIPT)
    entries = {source.id: Entry(source.text, source.text, False, 1) for source in sources(script)}
    assert localize(script, GERMAN, FACTS, Catalog("de.po", entries))
    for text in BEYOND:
        entries[id] = replace(entries[id], text=text)
        with pytest.raises(ExplainerError) as caught:
            localize(script, GERMAN, FACTS, Catalog("de.po", entries))
        assert str(caught.value).isprintable()


def test_no_translated_control_invents_a_placeholder() -> None:
    texts = [text for text in read_texts(UI) if text.id == "deck:buttons.slide"]
    entry = Entry(texts[0].text, f"{texts[0].text} {{nosuch}}", False, 1)
    with pytest.raises(ExplainerError, match="its placeholders are not the source's"):
        translated_texts(texts, [Catalog("de.po", {texts[0].id: entry})])


@given(st.sampled_from(PLACEHOLDERS) | st.text(alphabet="{}title.[]!:>0 ", max_size=20))
def test_a_translated_control_shows_its_values_and_nothing_of_them(text: str) -> None:
    assume("{title}" not in text)
    assert filled(text, {"title": "T", "count": 3}) == text
    assert filled("{title} {count}", {"title": text, "count": 3}) == f"{text} 3"


@given(st.text(min_size=1, max_size=40))
def test_the_value_of_a_placeholder_is_put_in_as_it_is(value: str) -> None:
    line = parse("before {particles} after", file="f", id="i")
    assert fill(line, {"particles": value}).text == f"before {value} after"


# Odd characters and markup -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ODD)
def test_odd_characters_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(ExplainerError, match=r"character U\+") as caught:
        parse(text, file="f", id="i")
    assert str(caught.value).isprintable()


def test_braces_and_backslashes_are_refused_in_one_line() -> None:
    marked = [text for text in HOSTILE if set(text) & set("{}\\")]
    assert len(marked) > 5
    for text in marked:
        with pytest.raises(ExplainerError, match=r"^f: i: markup") as caught:
            parse(text, file="f", id="i")
        assert str(caught.value).isprintable()


# Pango -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_pango_draws_every_character_and_obeys_none(tmp_path: Path) -> None:
    """Each character that leaves ink is an outline of its own, as Manim's plain text draws it."""
    import manim as mn

    from explainer.stage.typography import words

    with mn.tempconfig({"media_dir": str(tmp_path), "verbosity": "ERROR"}):
        for text in (*HOSTILE[:6], HOSTILE[-1]):  # tags, entities and the beginnings of what is skipped
            drawn = words(text, ENGLISH.font)
            plain = mn.Text(text, font=ENGLISH.font, font_size=48, disable_ligatures=False)
            expected = np.concatenate([part.points for part in plain.family_members_with_points()])
            assert len(drawn.points) == len(expected), text
            assert drawn.height < 1.0, text


# Voices ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", ["espeak", "flite"])
def test_voices_say_markup_and_options_and_obey_neither(voice: str, tmp_path: Path, monkeypatch: Any) -> None:
    if voice == "flite" and not shutil.which("flite"):
        pytest.skip("flite is not installed")
    monkeypatch.chdir(tmp_path)

    def length_s(text: str) -> float:
        return table.speak(voice, Utterance(text, (), ENGLISH)).duration_s

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


def caption(*lines: str, start: int = 0, stop: int = 60, fps: int = 60) -> Caption:
    return Caption("a.b", start, stop, fps, lines)


@given(LINES)
def test_ass_reads_no_override_in_other_peoples_words(text: str) -> None:
    *_, event = ass([caption(text, "second")], ENGLISH).splitlines()
    *_, shown = event.split(",", 7)
    first, second = shown.rsplit(r"\N", 1)
    assert second == "second"
    assert not OVERRIDES.search(first)


@given(LINES)
def test_vtt_gives_other_peoples_words_back(text: str) -> None:
    *_, cue = vtt([caption(text)], ENGLISH).strip().split("\n\n")
    timing, *shown = cue.split("\n")
    assert timing == "00:00:00.000 --> 00:00:01.000"
    assert len(shown) == 1
    assert not re.search(r"<|-->|&(?!(amp|lt|gt);)", shown[0])
    assert html.unescape(shown[0]) == text


@given(LINES)
def test_srt_keeps_its_shape_whatever_is_said(text: str) -> None:
    entries = srt([caption(text), caption("last")], ENGLISH).strip().split("\n\n")
    assert [entry.split("\n")[0] for entry in entries] == ["1", "2"]
    assert entries[0].split("\n")[2:] == [text]


# Pages -------------------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Tags with their attributes, and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        """Tags with the names of their attributes."""
        return [(tag, sorted(given)) for tag, given in self.tags]

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.words)


PLAIN_WORDS = tuple(f"plain {number:03}" for number in range(len(HOSTILE) + len(ODD)))


def test_the_transcript_shows_other_peoples_words_and_runs_none() -> None:
    plain = Reader(transcript(film_saying(PLAIN_WORDS[: len(HOSTILE)], "title"), "stem", "film"))
    for name in HOSTILE[:7]:
        page = Reader(transcript(film_saying(HOSTILE, name), f"stem {name}", f"film {name}"))
        assert page.shape == plain.shape
        times = {text: plain.text.count(word) for text, word in zip(HOSTILE, PLAIN_WORDS, strict=False)}
        assert {text: page.text.count(text) >= count for text, count in times.items()} == dict.fromkeys(HOSTILE, True)
        addresses = [given[key] for _, given in page.tags for key in ("href", "src", "poster") if key in given]
        assert len(addresses) > 4
        assert all(re.fullmatch(r"[\w.%/~#=-]+", address or "") for address in addresses)


@given(st.recursive(LINES | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_data_in_a_page_cannot_end_its_script(value: object) -> None:
    text = json_in_script(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


# Decks -------------------------------------------------------------------------------------------------------------

SHOWN = {**{text: text for text in HOSTILE}, **ODD}
LONG = "w" * 600


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


WRITERS: dict[str, Callable[..., None]] = {
    "html": deck_html.write,
    "pptx": deck_pptx.write,
    "pdf": deck_pdf.write,
}
CONTROLS = of_domain({text.id: text.text for text in read_texts(UI)}, "deck")


def write_deck(kind: str, slides: tuple[Slide, ...], title: str, pictures: Path, target: Path) -> Path:
    deck = Deck(title, "en", "ltr", "Inter", "dark", THEMES["dark"], CONTROLS, 960, 540, slides)
    still = "still.png" if KINDS[kind].still == "png" else "still.pdf"
    files = Pictures(pictures / still, pictures / "clip.mp4" if KINDS[kind].plays else None)
    path = target / f"deck.{kind}"
    WRITERS[kind](deck, {slide.id: files for slide in slides}, path)
    return path


def slides_saying(texts: tuple[str, ...]) -> tuple[Slide, ...]:
    film = film_saying(texts, "title")
    holds = {
        segment.id: {cue.id: cue.stop_frame - segment.start_frame for cue in segment.cues}
        for segment in film.timeline.segments
    }
    return tuple(step.slide for step in steps(film, holds))


def deck_of(kind: str, pictures: Path, target: Path) -> Path:
    """A deck of a slide for each hostile text, which is also its notes and its description."""
    return write_deck(kind, slides_saying(tuple(SHOWN)), f"{HOSTILE[6]} {LONG}", pictures, target)


def plain_deck(kind: str, pictures: Path, target: Path) -> Path:
    return write_deck(kind, slides_saying(PLAIN_WORDS), "title", pictures, target)


def test_a_deck_shows_other_peoples_words_and_runs_none(pictures: Path, tmp_path: Path) -> None:
    plain = Reader(plain_deck("html", pictures, tmp_path).read_text(encoding="utf-8"))
    page = Reader(deck_of("html", pictures, tmp_path).read_text(encoding="utf-8"))
    assert page.shape == plain.shape
    times = {text: plain.text.count(word) for text, word in zip(SHOWN, PLAIN_WORDS, strict=True)}
    assert all(times.values())
    assert {text: page.text.count(SHOWN[text]) >= count for text, count in times.items()} == dict.fromkeys(SHOWN, True)


def elements(path: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """The names of elements and attributes in each part of a PowerPoint file."""
    found = {}
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(parts.read(name))
                found[name] = [(each.tag, sorted(each.keys())) for each in tree.iter()]
    return found


def test_powerpoint_shows_other_peoples_words_and_obeys_none(pictures: Path, tmp_path: Path) -> None:
    plain = elements(plain_deck("pptx", pictures, tmp_path))
    path = deck_of("pptx", pictures, tmp_path)
    assert elements(path) == plain
    show: Any = Presentation(str(path))
    assert show.core_properties.title == f"{HOSTILE[6]} {LONG}"[:255]
    shown = []
    for slide in show.slides:
        (movie,) = (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.MEDIA)
        words = (slide.shapes.title.text_frame.text, slide.notes_slide.notes_text_frame.text)
        shown.append((*words, movie._element.nvPicPr.cNvPr.get("descr")))
    assert shown == [(text,) * 3 for text in SHOWN.values()]


@given(texts=st.lists(st.text(st.characters(), min_size=1, max_size=80), min_size=8, max_size=8))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_powerpoint_gives_any_text_back_that_a_line_may_hold(texts: list[str], pictures: Path, tmp_path: Path) -> None:
    show: Any = Presentation(str(write_deck("pptx", slides_saying(tuple(texts)), texts[0], pictures, tmp_path)))
    for text, slide in zip(texts, show.slides, strict=True):
        shown = slide.notes_slide.notes_text_frame.text
        assert all(given == said for given, said in zip(text, shown, strict=True) if is_plain(given))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_handout_shows_other_peoples_words_and_obeys_none(pictures: Path, tmp_path: Path) -> None:
    reader = PdfReader(deck_of("pdf", pictures, tmp_path))
    assert [squeezed(page.extract_text()) for page in reader.pages] == [squeezed(text) * 2 for text in SHOWN.values()]
    assert not any("/Annots" in page for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.title == f"{HOSTILE[6]} {LONG}"
    root: Any = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))


WIDE_LETTERS = "温" * 600
LONGEST = ("temperature " * 49 + "temperature", "w" * 600, "حرارة " * 99 + "حرارة", WIDE_LETTERS)


@pytest.mark.parametrize(
    ("size", "texts"),
    [((960, 540), LONGEST), ((540, 960), (WIDE_LETTERS,)), ((540, 540), (WIDE_LETTERS,))],
    ids=["wide", "tall", "square"],
)
def test_the_longest_words_of_a_script_fit_on_a_page_of_a_handout(
    size: tuple[int, int], texts: tuple[str, ...], pictures: Path, tmp_path: Path
) -> None:
    for text in texts:
        parse(text, file="f", id="i")
    slides = tuple(Slide(f"s.c{n}", text, text, "", 1.0) for n, text in enumerate(texts))
    deck = Deck("x", "en", "ltr", "Inter", "dark", THEMES["dark"], CONTROLS, *size, slides)
    files = Pictures(pictures / "still.pdf")
    deck_pdf.write(deck, {slide.id: files for slide in slides}, tmp_path / "deck.pdf")
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(texts)
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
    slides = (Slide("swing.fall", "x", "word " * 1_500, "", 1.0),)
    with pytest.raises(ExplainerError, match=r"^swing\.fall: the words do not fit below the picture; shorten"):
        write_deck("pdf", slides, "x", pictures, tmp_path)


# Films -------------------------------------------------------------------------------------------------------------

FPS = 10
FRAMES = FPS * len(HOSTILE)


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of silent black for each text."""
    folder = tmp_path_factory.mktemp("streams")
    with encoder(folder / "picture.mp4", PictureFormat(64, 36, FPS)) as sink:
        sink.write(np.zeros((36, 64, 4), np.uint8), FRAMES)
    sound.write_wav(folder / "sound.wav", np.zeros(sound.sample_at(FRAMES, FPS), np.float32))
    code_sound(folder / "sound.wav", folder / "sound.m4a")
    return folder


def second(number: int) -> dict[str, int]:
    return {"start": FPS * number, "stop": FPS * (number + 1) - 1, "fps": FPS}


CAPTIONS = [caption(text, **second(number)) for number, text in enumerate(HOSTILE)]


def film_with(labels: Labels, streams: Path, target: Path) -> Path:
    assemble(streams / "picture.mp4", [streams / "sound.m4a"], labels, target / "film.mp4")
    return target / "film.mp4"


def test_a_film_holds_other_peoples_words_as_they_are(streams: Path, tmp_path: Path) -> None:
    track = CaptionTrack("eng", HOSTILE[6], vtt(CAPTIONS, ENGLISH))
    chapters = tuple(Chapter(text, FPS * n, FPS * (n + 1)) for n, text in enumerate(HOSTILE))
    title = " ".join(HOSTILE)
    film = film_with(Labels(title, (VoiceTrack("eng", HOSTILE[0]),), (track,), chapters, FPS), streams, tmp_path)
    found = probe(film)
    assert (found.title, found.chapters, found.frames) == (title, HOSTILE, FRAMES)
    with av.open(str(film)) as container:
        shown = [bytes(p)[2:].decode() for p in container.demux(container.streams.subtitles[0]) if len(bytes(p)) > 2]
        names = [stream.metadata["handler_name"] for stream in (*container.streams.audio, *container.streams.subtitles)]
    assert names == [HOSTILE[0], HOSTILE[6]]
    # ffmpeg writes braces and backslashes in captions in a way of its own; the grammar of a line refuses them.
    assert len(shown) == len(HOSTILE)
    kept = [(text, said) for text, said in zip(HOSTILE, shown, strict=True) if not set(text) & set("{}\\")]
    assert [text for text, _ in kept] == [said for _, said in kept]


def test_captions_drawn_in_show_words_and_obey_none(streams: Path, tmp_path: Path) -> None:
    """Whatever the words, the picture keeps its size and length, and something is drawn at its foot alone."""
    film = film_with(Labels("x", (VoiceTrack("eng", "English"),), (), (), FPS), streams, tmp_path)
    job = BurnJob(film, "", ass(CAPTIONS, ENGLISH), font_paths(ENGLISH.font), ENGLISH.leading_em, FAST)
    (tmp_path / "burned").mkdir()
    burn(job, {}, tmp_path / "burned", lambda steps: None)
    with av.open(str(tmp_path / "burned" / BURNED)) as container:
        pictures = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]
    assert {picture.shape for picture in pictures} == {(36, 64)}
    assert len(pictures) == FRAMES
    for number, text in enumerate(HOSTILE):
        drawn = np.abs(pictures[FPS * number + 3] - pictures[FPS * number + 3][0, 0])
        assert drawn[: 36 // 2].max() <= 12, text
        assert drawn.max() > 12, text
