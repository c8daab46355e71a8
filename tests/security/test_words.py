"""Other people's words stay words: in the grammar of a line, and in every format that gives some of them a meaning."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from security_samples import HOSTILE

from narration.captions import Caption
from narration.catalog import Catalog, Entry, sources
from narration.errors import NarrationError
from narration.facts import known_facts
from narration.formats import ass, srt, vtt
from narration.languages import LANGUAGES
from narration.localize import Narration, localize
from narration.markup import MarkedText, fill, parse
from narration.script import Script, load_script
from narration.timeline import plan
from narration.voices import draft, espeak, flite
from pipeline import sound
from pipeline.encode import PictureFormat, encoder
from pipeline.labels import CaptionTrack, Chapter, Labels, VoiceTrack
from pipeline.mux import assemble, code_sound
from pipeline.plan import Version
from pipeline.probe import probe
from pipeline.request import Request
from pipeline.transcript import transcript

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
    with pytest.raises(NarrationError) as caught:
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

    from scenes.typography import words

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


def version_saying(text: str) -> Version:
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
    return Version(Request(), Narration(EN, text, segments, {}), timeline, timeline)


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


@pytest.mark.parametrize("text", HOSTILE)
def test_a_deck_shows_other_peoples_words_and_runs_none(text: str, tmp_path: Path) -> None:
    from exports.deck import Deck, Pictures, Slide
    from exports.deck_html import write

    for name in ("clip", "still"):
        (tmp_path / name).write_bytes(b"x")
    pages = {}
    for words in ("plain", text):
        slides = tuple(
            Slide(f"dome.cue{number}", title=words, notes=words, shows=words, duration_s=1.0) for number in range(2)
        )
        deck = Deck(words, "en", "ltr", "Inter", "dark", 960, 540, slides)
        pictures = {slide.cue_id: Pictures(tmp_path / "still", tmp_path / "clip") for slide in slides}
        write(deck, pictures, tmp_path / "deck.html")
        pages[words] = read((tmp_path / "deck.html").read_text(encoding="utf-8"))
    assert [tag for tag, _ in pages[text].tags] == [tag for tag, _ in pages["plain"].tags]
    shown = [[sorted(given) for _, given in page.tags] for page in pages.values()]
    assert shown[0] == shown[1]


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
    with pytest.raises(NarrationError, match="markup"):
        parse(text, file="f", id="i")


@pytest.mark.parametrize("text", HOSTILE)
def test_captions_drawn_in_show_words_and_obey_none(text: str, streams: Path, tmp_path: Path) -> None:
    """Whatever the words, the picture keeps its size and length, and something is drawn at its foot alone."""
    from pipeline.burn import burned
    from pipeline.encode_settings import FAST
    from pipeline.fingerprint import font_paths

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
