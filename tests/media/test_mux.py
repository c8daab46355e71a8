"""A finished film, read back: its streams, words and times; and what a change of words leaves alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.media import sound
from explainer.media.encode import PictureFormat, encoder
from explainer.media.mux import add_captions, assemble, code_sound, escaped, metadata
from explainer.media.probe import decoded_frames, probe
from explainer.media.tracks import CaptionTrack, Chapter, Labels, VoiceTrack

FPS, FRAMES = 30, 91
VTT = (
    "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n1 &lt; 2 &amp; 温度\nsecond line\n\n"
    "00:00:02.000 --> 00:00:02.900\nagain\n"
)
LABELS = Labels(
    'Hot; hotter = "hottest" #1',
    (VoiceTrack("eng", "English"),),
    (CaptionTrack("eng", "English", VTT), CaptionTrack("zho", "中文", VTT)),
    (Chapter("A = b; #c\\d", 0, 40), Chapter("Zwei", 40, FRAMES)),
    FPS,
)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mux")
    with encoder(folder / "picture.mp4", PictureFormat(64, 36, FPS)) as sink:
        for number in range(FRAMES):
            sink.write(np.full((36, 64, 4), number, np.uint8))
    noise = np.random.default_rng(0).standard_normal(sound.sample_at(FRAMES, FPS)).astype(np.float32)
    sound.write_wav(folder / "sound.wav", noise * np.float32(0.05))
    code_sound(folder / "sound.wav", folder / "sound.m4a")
    assemble(folder / "picture.mp4", [folder / "sound.m4a"], LABELS, folder / "film.mp4")
    return folder / "film.mp4"


def packets(path: Path, kind: str) -> list[tuple[bytes, float | None]]:
    with av.open(str(path)) as container:
        stream = getattr(container.streams, kind)[0]
        return [
            (bytes(packet), packet.pts and float(packet.pts * (packet.time_base or Fraction())))
            for packet in container.demux(stream)
        ]


def test_the_film_is_what_was_asked_for(film: Path) -> None:
    found = probe(film)
    assert (found.width, found.height, found.fps) == (64, 36, FPS)
    assert found.frames == decoded_frames(film) == FRAMES
    assert found.exact_times
    assert found.faststart
    assert found.bt709
    assert found.pixel_format == "yuv420p"
    assert abs(found.sound_s - FRAMES / FPS) < 1 / FPS
    assert (found.sound_rate_hz, found.sound_channels) == (48_000, 2)
    assert found.captions == ("eng", "zho")
    assert found.chapters == ("A = b; #c\\d", "Zwei")
    assert found.title == LABELS.title


def test_only_the_first_caption_track_is_on(film: Path) -> None:
    with av.open(str(film)) as container:
        tracks = container.streams.subtitles
        assert [bool(track.disposition & track.disposition.default) for track in tracks] == [True, False]
        assert [track.metadata["handler_name"] for track in tracks] == ["English", "中文"]
        assert container.streams.audio[0].metadata["language"] == "eng"


def test_captions_come_back_with_their_words_and_times(film: Path) -> None:
    with av.open(str(film)) as container:
        track = container.streams.subtitles[0]
        found = [
            (float(p.pts * track.time_base), float(p.duration * track.time_base), bytes(p)[2:].decode())
            for p in container.demux(track)
            if p.pts is not None and len(bytes(p)) > 2
        ]
    assert found == [(0.5, 1.0, "1 < 2 & 温度\nsecond line"), (2.0, pytest.approx(0.9), "again")]


def tracks(path: Path) -> list[tuple[str | None, str, bool]]:
    with av.open(str(path)) as container:
        found = container.streams.subtitles
        return [(t.language, t.metadata["handler_name"], bool(t.disposition & t.disposition.default)) for t in found]


def test_new_words_leave_picture_and_sound_alone(film: Path, tmp_path: Path) -> None:
    words = Labels("Other", (VoiceTrack("eng", "English"),), (), (Chapter("Alles", 0, FRAMES),), FPS)
    new = (CaptionTrack("deu", "Deutsch", VTT), CaptionTrack("ara", "العربية", VTT))
    add_captions(film, new, ("eng", "zho", "deu"), words, tmp_path / "other.mp4")
    for kind in ("video", "audio"):
        assert packets(tmp_path / "other.mp4", kind) == packets(film, kind)
    found = probe(tmp_path / "other.mp4")
    assert (found.captions, found.chapters, found.title) == (("eng", "zho", "deu", "ara"), ("Alles",), "Other")
    assert found.faststart
    assert tracks(tmp_path / "other.mp4")[0] == ("eng", "English", True)
    assert not any(on for _, _, on in tracks(tmp_path / "other.mp4")[1:])


def test_a_track_of_the_same_language_gives_way_and_the_others_stay(film: Path, tmp_path: Path) -> None:
    new = (CaptionTrack("zho", "中文", VTT.replace("again", "再")),)
    add_captions(film, new, ("zho", "eng"), None, tmp_path / "once.mp4")
    add_captions(tmp_path / "once.mp4", new, ("zho", "eng"), None, tmp_path / "twice.mp4")
    assert tracks(tmp_path / "once.mp4") == [("zho", "中文", True), ("eng", "English", False)]
    assert (tmp_path / "once.mp4").read_bytes() == (tmp_path / "twice.mp4").read_bytes()
    found = probe(tmp_path / "once.mp4")
    assert (found.chapters, found.title) == (probe(film).chapters, LABELS.title)
    with av.open(str(tmp_path / "once.mp4")) as container:
        words = [bytes(p)[2:].decode() for p in container.demux(container.streams.subtitles[1]) if len(bytes(p)) > 2]
    assert words == ["1 < 2 & 温度\nsecond line", "again"]


def test_a_matroska_file_holds_the_same_words(film: Path, tmp_path: Path) -> None:
    voices = (VoiceTrack("eng", "English"), VoiceTrack("deu", "Deutsch"))
    labels = Labels(LABELS.title, voices, LABELS.captions, LABELS.chapters, FPS)
    assemble(film, [film.with_name("sound.m4a")] * 2, labels, tmp_path / "film.mkv")
    with av.open(str(tmp_path / "film.mkv")) as container:
        assert [stream.metadata["title"] for stream in container.streams.audio] == ["English", "Deutsch"]
        assert [stream.metadata["title"] for stream in container.streams.subtitles] == ["English", "中文"]
        shown = [bytes(p).decode() for p in container.demux(container.streams.subtitles[0]) if p.size]
        assert len(list(container.chapters())) == 2
    assert shown == ["1 < 2 & 温度\nsecond line", "again"]
    assert [data for data, _ in packets(tmp_path / "film.mkv", "video")] == [data for data, _ in packets(film, "video")]


def test_the_same_film_has_the_same_bytes(film: Path, tmp_path: Path) -> None:
    assemble(film.with_name("picture.mp4"), [film.with_name("sound.m4a")], LABELS, tmp_path / "again.mp4")
    assert (tmp_path / "again.mp4").read_bytes() == film.read_bytes()


def test_a_broken_sound_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"not a sound")
    with pytest.raises(ExplainerError, match="sound track: ffmpeg failed"):
        code_sound(tmp_path / "a.wav", tmp_path / "a.m4a")


@given(st.text())
def test_no_title_breaks_out_of_its_line(title: str) -> None:
    import re

    lines = metadata(Labels(title, (VoiceTrack("eng", "English"),), (), (), FPS))
    assert re.sub(r"\\[=;#\\\n]", "", lines).count("=") == 1
    assert re.sub(r"\\(.)", r"\1", escaped(title), flags=re.DOTALL) == title
