"""Several languages in one run: captions into a film, captions drawn in, voices that fit to another's picture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import polib
import pytest
from film_project import ROOT, SMALL, Project, told
from hypothesis import given
from hypothesis import strategies as st

from explainer.cli.main import main
from explainer.errors import ExplainerError
from explainer.film.build import films
from explainer.film.captioning import burn_films, caption_film
from explainer.film.manifest import read_film
from explainer.film.master import make_master
from explainer.film.outputs import asked_tags, check_folders
from explainer.film.request import Request
from explainer.media.probe import content_digest, probe
from explainer.stage.layout import CAPTION_BAND
from explainer.timing.dubbing import dubbed, rooms_s, squeezed
from explainer.timing.planning import SpokenTime
from explainer.timing.timeline import PLANNING_FPS, CueTime, SegmentTime, Timeline
from explainer.words.facts import known
from explainer.words.film import open_film

MINUTE = open_film(ROOT, "minute")
OTHERS = MINUTE.tags[1:]
NAME = f"negative-temperature-{SMALL.name}"
HEAVY = ("manim", "scipy", "physics", "matplotlib")


def requests(project: Project, *tags: str, **changes: object) -> tuple[Request, ...]:
    return tuple(project.request(language_tag=tag, **changes) for tag in tags)


def film_of(project: Project) -> Path:
    return project.out / "en" / f"{NAME}.en.mp4"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def tracks(path: Path) -> list[tuple[str, str, int]]:
    with av.open(str(path)) as container:
        return [(t.language or "", t.metadata["handler_name"], int(t.disposition)) for t in container.streams.subtitles]


def test_languages_are_named_once_and_known() -> None:
    assert asked_tags("all", MINUTE) == ("en", "zh-Hans", "es", "de", "fr", "ja", "ar", "hi")
    assert asked_tags(" de, ja,de", MINUTE) == ("de", "ja")
    with pytest.raises(ExplainerError, match="no language is named"):
        asked_tags(",", MINUTE)
    with pytest.raises(ExplainerError, match="'xx': unknown language; use one of en"):
        asked_tags("de,xx", MINUTE)


def test_two_languages_are_one_graph_and_two_folders(project: Project) -> None:
    made, build_report = films(requests(project, "de", "ar"), project.out, project.session())
    assert {item.path.parent.name for item in made} == {"de", "ar"}
    assert len({item.path for item in made}) == 14
    assert sum(label.startswith("speak") for label in build_report.made.values()) == 34
    for tag, iso in (("de", "deu"), ("ar", "ara")):
        path = project.out / tag / f"{NAME}.{tag}.mp4"
        assert probe(path).captions == (iso,)
        assert json.loads(path.with_suffix(".json").read_text())["language"] == tag
    again = films(requests(project, "ar", "de"), project.out, project.session())[1]
    assert not again.made


def test_two_languages_to_one_folder_are_refused_and_nothing_is_touched(built: Project) -> None:
    (built.out / "de").symlink_to(built.out / "en", target_is_directory=True)
    before = contents(built.out)
    with pytest.raises(ExplainerError, match=r"en and de would both write to this folder.*another --out"):
        films(requests(built, "en", "de"), built.out, built.session())
    assert contents(built.out) == before
    with pytest.raises(ExplainerError, match="both write"):
        check_folders(built.out, ("zh-Hans", "zh-hans"))


def test_captions_of_seven_languages_leave_picture_and_sound_as_they_are(built: Project) -> None:
    path = film_of(built)
    digest, chapters = content_digest(path), probe(path).chapters
    began_s = time.process_time()
    made = caption_film(*told(requests(built, *OTHERS), read_film(path)))
    assert time.process_time() - began_s < 5
    assert content_digest(path) == digest
    shown = [MINUTE.language(tag) for tag in ("en", *OTHERS)]
    assert [(iso, name) for iso, name, _ in tracks(path)] == [(each.iso639_2, each.name) for each in shown]
    assert [bits & av.stream.Disposition.default for _, _, bits in tracks(path)] == [1] + 7 * [0]
    assert not any(bits & av.stream.Disposition.forced for _, _, bits in tracks(path))
    endings = ("srt", "vtt", "chapters.vtt", "html")
    expected = {f"{NAME}.{tag}.{ending}" for tag in OTHERS for ending in endings}
    assert {item.path.name for item in made} == expected | {f"{NAME}.en.mp4", f"{NAME}.en.json"}
    assert set(json.loads(path.with_suffix(".json").read_text())["captions"]) == set(OTHERS)
    page = (path.parent / f"{NAME}.de.html").read_text()
    assert f'src="{NAME}.en.mp4"' in page
    assert 'kind="subtitles" srclang="de"' in page
    assert probe(path).chapters == chapters
    before = contents(built.out)
    caption_film(*told(requests(built, *OTHERS), read_film(path)))
    assert contents(built.out) == before


def test_captions_in_the_films_own_language_change_its_words_alone(built: Project) -> None:
    path = film_of(built)
    digest = content_digest(path)
    caption_film(*told(requests(built, "de"), read_film(path)))
    built.edit("narration/minute.toml", "Negative temperature.", "A NEGATIVE temperature.")
    caption_film(*told(requests(built, "en"), read_film(path)))
    assert content_digest(path) == digest
    assert "A NEGATIVE temperature." in path.with_suffix(".srt").read_text()
    with av.open(str(path)) as container:
        assert [stream.language for stream in container.streams.subtitles] == ["eng", "deu"]
        shown = b"".join(bytes(packet) for packet in container.demux(container.streams.subtitles[0]))
    assert b"A NEGATIVE temperature." in shown


def test_captions_tell_what_breaks_a_rule_and_draw_no_boxes(built: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path, catalog = film_of(built), built.locale / "de.po"
    whole = catalog.read_text(encoding="utf-8")
    file = polib.pofile(whole)
    entry = file.find("hook.answer", by="msgctxt")
    entry.msgstr += " 🙂" + " und so weiter" * 20 + " e" + "\u0301" * 60
    file.save(str(catalog))
    try:
        before = contents(built.out)
        assert main(["captions", "--lang", "de", "--into", str(path), "--burn"], built.root) == 2
        assert contents(built.out) == before
        assert re.search(r"error: de\.po:\d+: hook\.answer: no glyph for '🙂' .*--burn\n$", capsys.readouterr().err)
        assert main(["captions", "--lang", "de", "--into", str(path)], built.root) == 0
        told = capsys.readouterr().err
        assert "hook.answer: 59 marks stacked on a character, over 3" in told
        assert "no glyph for '🙂'" in told and re.search(
            r"warning: de\.po:\d+: hook\.answer: \d+\.\d characters a second", told
        )
    finally:
        catalog.write_text(whole, encoding="utf-8")


def test_captions_without_a_film_are_judged_as_with_one(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = project.locale / "de.po"
    file = polib.pofile(str(catalog))
    file.find("hook.answer", by="msgctxt").msgstr += " 🙂" + " und so weiter" * 20 + " e" + "\u0301" * 60
    file.find("dome.slope", by="msgctxt").flags.append("fuzzy")
    file.find("hook.title", by="msgctxt").msgstr = ""
    file.save(str(catalog))
    given = ["captions", "--lang", "de", "--voice", "draft", "--jobs", "1", "--out", str(project.out)]
    assert main([*given, "--allow-fuzzy", "--allow-missing"], project.root) == 0
    told = capsys.readouterr().err
    for line in (
        "warning: de: not translated: hook.title",
        "warning: de: not reviewed: dome.slope",
        "hook.answer: 59 marks stacked on a character, over 3",
        "hook.answer: no glyph for '🙂'",
    ):
        assert told.count(line) == 1, told
    assert re.search(r"warning: de\.po:\d+: hook\.answer: \d+\.\d characters a second", told)


def test_captions_load_neither_manim_nor_the_physics(built: Project) -> None:
    script = "import sys; from pathlib import Path; from explainer.cli.main import main\n"
    script += "status = main(sys.argv[1:], Path.cwd())\n"
    script += f"print(status, [name for name in {HEAVY!r} if name in sys.modules])"
    command = [sys.executable, "-c", script, "captions", "--lang", ",".join(OTHERS), "--into", str(film_of(built))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_captions_show_the_numbers_of_the_film(built: Project) -> None:
    manifest = film_of(built).with_suffix(".json")
    stated = json.loads(manifest.read_text())
    for fact in stated["facts"]:
        if fact["id"] == "inversion_temperature":
            fact |= {"value_si": -0.0123, "decimals": 1}
    manifest.write_text(json.dumps(stated))
    caption_film(*told(requests(built, "de", "ar"), read_film(film_of(built))))
    assert "−12,3\u00a0mK" in (built.out / "en" / f"{NAME}.de.srt").read_text()
    assert "\u2066−12.3\u00a0mK\u2069" in (built.out / "en" / f"{NAME}.ar.vtt").read_text()


def test_burning_draws_captions_and_keeps_the_sound(built: Project) -> None:
    path = film_of(built)
    made, build_report = burn_films(*told(requests(built, "ar"), read_film(path)), built.session())
    assert [item.path.name for item in made] == [f"{NAME}.ar.burned.mp4"]
    assert list(build_report.made.values()) == ["burn ar"]
    found, plain = probe(made[0].path), probe(path)
    assert (found.frames, found.exact_times, found.bt709, found.captions) == (plain.frames, True, True, ())
    assert sound(made[0].path) == sound(path)
    first_s = 2.0
    difference = np.abs(picture(made[0].path, first_s) - picture(path, first_s)).max(axis=-1)
    foot = int(SMALL.height * (1 - CAPTION_BAND))
    assert difference[foot:].max() > 64
    assert difference[:foot].max() < 32
    assert not burn_films(*told(requests(built, "ar"), read_film(path)), built.session())[1].made


def sound(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(container.streams.audio[0])]


def picture(path: Path, time_s: float) -> np.ndarray:
    with av.open(str(path)) as container:
        frame = next(frame for frame in container.decode(video=0) if frame.time >= time_s)
        return frame.to_ndarray(format="rgb24").astype(int)


def test_the_master_holds_all_captions_and_the_voices_that_fit(project: Project) -> None:
    made, dubs, _ = make_master(requests(project, "en", "de", "hi"), project.out, project.session())
    assert [item.path.name for item in made] == [f"{NAME}.mp4", f"{NAME}.mkv", f"{NAME}.json"]
    heard = {dub.language.tag for dub in dubs if dub.heard}
    assert {dub.language.tag for dub in dubs} == {"de", "hi"}
    for path in (made[0].path, made[1].path):
        with av.open(str(path)) as container:
            assert len(container.streams.audio) == 1 + len(heard)
            assert len(container.streams.subtitles) == 3
            assert container.streams.audio[0].disposition & av.stream.Disposition.default
    told = json.loads(made[2].path.read_text())["voices"]
    assert {tag for tag, voice in told.items() if voice["heard"]} == heard
    assert all(voice["why"] for voice in told.values())


LENGTHS_S = st.lists(st.floats(0.3, 6.0), min_size=17, max_size=17)


@given(LENGTHS_S)
def test_a_voice_fits_if_and_only_if_no_cue_runs_into_the_next(lengths_s: list[float]) -> None:
    narration = MINUTE.narration("en", known(MINUTE.facts).facts)
    timeline = even_timeline([cue.id for cue in narration.cues])
    spoken = {cue.id: SpokenTime(length_s, {}) for cue, length_s in zip(narration.cues, lengths_s, strict=True)}
    tight = squeezed(narration, spoken, timeline)
    assert {each.cue_id for each in tight} == {
        cue_id for cue_id, room_s in rooms_s(timeline).items() if spoken[cue_id].speech_s > room_s
    }
    assert all(each.pace > 1 and each.cut_characters >= 1 for each in tight)
    if not tight:
        told = dubbed(narration, spoken, timeline)
        assert [cue.start_frame for cue in told.cues] == [cue.start_frame for cue in timeline.cues]
        for cue, following in zip(told.cues, told.cues[1:], strict=False):
            assert cue.stop_frame <= following.start_frame


def even_timeline(ids: list[str], each_s: float = 3.0) -> Timeline:
    step = round(each_s * PLANNING_FPS)
    cues = tuple(CueTime(cue_id, step * n, step * (n + 1) - 20, {}) for n, cue_id in enumerate(ids))
    segment = SegmentTime("hook", 0, step * len(ids), cues)
    return replace(Timeline("en", PLANNING_FPS, ()), segments=(segment,))
