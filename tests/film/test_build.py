"""A build makes what is missing and nothing else, and never spoils what is there."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest
from film_project import SEGMENTS, SMALL, Project, told

from explainer.errors import CheckFailedError, ExplainerError
from explainer.film.build import films
from explainer.film.captioning import caption_film, caption_voice, told_to_voice
from explainer.film.manifest import read_film
from explainer.film.request import DEFAULT_QUALITY, Voicing
from explainer.media.probe import decoded_frames, probe
from explainer.tasks import atomic
from explainer.tasks.session import BuildReport

DRAWN = {f"draw {name}" for name in SEGMENTS}


def build(project: Project, **changes: object) -> BuildReport:
    return films((project.request(**changes),), project.out, project.session())[1]


def made(build_report: BuildReport) -> set[str]:
    return set(build_report.made.values())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def stem() -> str:
    return f"negative-temperature-{SMALL.name}.en"


def test_a_film_and_all_that_goes_beside_it(project: Project, stem: str) -> None:
    files, build_report = films((project.request(),), project.out, project.session())
    endings = (".mp4", ".png", ".srt", ".vtt", ".chapters.vtt", ".html", ".json")
    assert {item.path.name for item in files} == {stem + ending for ending in endings}
    assert made(build_report) >= DRAWN
    manifest = json.loads((project.out / "en" / f"{stem}.json").read_text())
    found = probe(project.out / "en" / f"{stem}.mp4")
    assert found.frames == decoded_frames(project.out / "en" / f"{stem}.mp4") == manifest["timeline"]["frames"]
    assert abs(found.sound_s - manifest["timeline"]["duration_s"]) <= 1 / SMALL.fps
    assert len(found.chapters) == len(SEGMENTS)
    assert found.captions == ("eng",)
    assert found.title == manifest["title"]


def test_the_manifest_accounts_for_the_film(built: Project, stem: str) -> None:
    manifest = json.loads((built.out / "en" / f"{stem}.json").read_text())
    segments = manifest["timeline"]["segments"]
    assert [segment["id"] for segment in segments] == list(SEGMENTS)
    assert segments[0]["start_frame"] == 0
    assert segments[-1]["stop_frame"] == manifest["timeline"]["frames"]
    for before, after in pairwise(segments):
        assert before["stop_frame"] == after["start_frame"]
    for segment in segments:
        for cue in segment["cues"]:
            assert cue["start_s"] == cue["start_frame"] / manifest["timeline"]["fps"]
            assert segment["start_frame"] <= cue["start_frame"] < cue["stop_frame"] <= segment["stop_frame"]
            assert all(cue["start_frame"] <= mark["frame"] <= cue["stop_frame"] for mark in cue["marks"].values())
    planned = [cue for segment in manifest["plan"]["segments"] for cue in segment["cues"]]
    assert {tuple(sorted(cue)) for cue in planned} == {("id", "marks", "splits", "start_frame", "stop_frame")}
    assert manifest["facts"]
    assert all(fact["physics"].startswith("physics.") and fact["text"] for fact in manifest["facts"])
    assert set(manifest["inputs"]["segments"]) == set(SEGMENTS)
    assert {"manim", "numpy", "av", "python"} <= set(manifest["tools"])
    assert (manifest["format"], manifest["film"]) == (3, "minute")


def test_the_transcript_says_everything_and_links_to_its_time(built: Project, stem: str) -> None:
    from html.parser import HTMLParser

    page = (built.out / "en" / f"{stem}.html").read_text()
    tags: list[tuple[str, dict[str, str | None]]] = []
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

        def handle_data(self, data: str) -> None:
            words.append(data)

    Reader().feed(page)
    attributes = dict(tags)
    assert attributes["html"] == {"lang": "en", "dir": "ltr"}
    manifest = json.loads((built.out / "en" / f"{stem}.json").read_text())
    starts = [cue["start_s"] for segment in manifest["timeline"]["segments"] for cue in segment["cues"]]
    links = [given["href"] for tag, given in tags if tag == "a"]
    assert links == [f"{stem}.mp4#t={start:.3f}" for start in starts]
    assert "−5 mK" in " ".join(words).replace("\u00a0", " ")
    assert not any(value and "://" in value for _, given in tags for value in given.values())


def test_nothing_is_made_twice(built: Project) -> None:
    before = contents(built.out)
    stamps = {path: path.stat().st_mtime_ns for path in built.out.rglob("*.*")}
    build_report = build(built)
    assert not build_report.made
    assert set(build_report.reused.values()) >= DRAWN
    assert contents(built.out) == before
    assert {path: path.stat().st_mtime_ns for path in built.out.rglob("*.*")} == stamps


def test_a_change_in_code_redraws_exactly_the_segments_that_use_it(built: Project) -> None:
    built.edit(built.laws, "Docstring", "Another")
    assert not made(build(built))
    built.edit(built.scene("laser"), "laws.law_of_laser(frame)", "laws.law_of_laser(2 * frame)")
    assert made(build(built)) == {"draw laser", "join picture", "assemble film"}
    built.edit(built.laws, "law_of_dome(x):\n", "law_of_dome(x):\n    x = 2 * x\n")
    assert made(build(built)) == {*DRAWN, "draw poster", "join picture", "assemble film"}


def test_a_changed_word_is_spoken_again_and_what_hangs_on_its_length_redone(built: Project) -> None:
    built.edit("narration/minute.toml", "Negative temperature.", "Negative temperatures.")
    again = made(build(built))
    assert {label for label in again if label.startswith("speak")} == {"speak hook.answer"}
    assert "mix sound" in again


def test_what_only_translators_read_redoes_nothing_but_the_page(built: Project, stem: str) -> None:
    before = contents(built.out)
    built.edit("narration/minute.toml", 'shows = "', 'shows = "Seen from afar: ')
    assert not build(built).made
    after = contents(built.out)
    assert {name for name in after if after[name] != before[name]} == {f"{stem}.html", f"{stem}.json"}


def test_a_chapter_title_redoes_the_assembly_alone(built: Project) -> None:
    built.edit("narration/minute.toml", 'title = "The entropy dome"', 'title = "A dome"')
    assert made(build(built)) == {"assemble film"}


def test_one_label_redraws_one_segment(built: Project) -> None:
    text = built.script.read_text()
    entry = text[text.index('id = "dome.negative"') :]
    old = entry[: entry.index("\n", entry.index("text ="))]
    built.edit("narration/minute.toml", old, old[:-1] + ' again"')
    assert made(build(built)) & DRAWN == {"draw dome"}


def test_segments_alone_make_a_film_of_their_own(built: Project) -> None:
    build_report = build(built, segments=("dome", "laser"))
    assert not made(build_report) & DRAWN
    name = f"negative-temperature-dome-laser-{SMALL.name}.en"
    manifest = json.loads((built.out / "en" / f"{name}.json").read_text())
    assert [segment["id"] for segment in manifest["timeline"]["segments"]] == ["dome", "laser"]
    assert probe(built.out / "en" / f"{name}.mp4").frames == manifest["timeline"]["frames"]


def test_a_damaged_entry_is_made_again_with_one_line(built: Project) -> None:
    before = contents(built.out)
    store = built.store
    for entry in (path for path in store.folder.glob("*/*") if path.parent.name != "building"):
        for file in entry.iterdir():
            if file.suffix == ".mp4":
                file.write_bytes(file.read_bytes()[:-7])
    build_report = build(built)
    assert made(build_report) >= {"assemble film"}
    assert built.warnings
    assert all("damaged" in line and "\n" not in line for line in built.warnings)
    assert contents(built.out) == before


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        streams = (container.streams.video[0], container.streams.audio[0])
        return [bytes(packet) for packet in container.demux(*streams)]


def test_captions_without_a_film_are_files_alone(project: Project) -> None:
    requests = tuple(project.request(language_tag=tag) for tag in ("en", "de"))
    spoken, told, _ = told_to_voice(requests, project.session())
    files = caption_voice(spoken, told, project.out)
    names = {item.path.name for item in files}
    assert names == {
        f"negative-temperature-{SMALL.name}.{tag}.{ending}"
        for tag in ("en", "de")
        for ending in ("srt", "vtt", "chapters.vtt", "html")
    }
    assert all(item.path.is_file() for item in files)


def test_captions_for_a_film_of_another_script_are_refused(built: Project, stem: str) -> None:
    built.edit("narration/minute.toml", 'id = "hook.answer"', 'id = "hook.reply"')
    with pytest.raises(ExplainerError, match=r"other cues than the script.*video"):
        caption_film(*told((built.request(),), read_film(built.out / "en" / f"{stem}.mp4")))


def test_captions_need_the_films_manifest(built: Project, stem: str) -> None:
    (built.out / "en" / f"{stem}.json").write_text("{")
    with pytest.raises(ExplainerError, match="no readable manifest"):
        read_film(built.out / "en" / f"{stem}.mp4")


class TestBadInput:
    """One clear line, and what was there before stays."""

    @pytest.fixture
    def before(self, built: Project) -> dict[str, bytes]:
        return contents(built.out)

    def refused(self, built: Project, before: dict[str, bytes], said: str, **changes: object) -> None:
        with pytest.raises(ExplainerError, match=said) as caught:
            build(built, **changes)
        assert "\n" not in str(caught.value)
        assert contents(built.out) == before

    def test_unknown_segment(self, built: Project, before: dict[str, bytes]) -> None:
        self.refused(built, before, "nosuch: unknown segment; use one of hook", segments=("nosuch",))

    def test_unknown_language(self, built: Project, before: dict[str, bytes]) -> None:
        self.refused(built, before, "'xx': unknown language; use one of en", language_tag="xx")

    def test_unknown_voice(self, built: Project, before: dict[str, bytes]) -> None:
        self.refused(built, before, "unknown voice", voicing=Voicing("nosuch"))

    def test_unknown_placeholder(self, built: Project, before: dict[str, bytes]) -> None:
        built.edit("narration/minute.toml", "{above_after}", "{above_afterr}")
        self.refused(built, before, r"minute.toml: inversion.negative: unknown placeholder \{above_afterr\}")

    def test_a_bare_number(self, built: Project, before: dict[str, bytes]) -> None:
        built.edit("narration/minute.toml", "two energy levels", "2 energy levels")
        self.refused(built, before, "inversion.levels: a bare number '2'")

    def test_over_the_budget(self, built: Project, before: dict[str, bytes]) -> None:
        built.edit("narration/minute.toml", "Negative temperature.", "Negative temperature. " * 20)
        self.refused(built, before, "over")

    def test_a_script_that_is_not_there(self, built: Project, before: dict[str, bytes]) -> None:
        built.script.unlink()
        self.refused(built, before, "there is no film here")

    def test_a_scene_that_is_not_there(self, built: Project, before: dict[str, bytes]) -> None:
        (built.root / built.scene("dome")).unlink()
        self.refused(built, before, f"{built.name}_scenes.dome: no such module")

    def test_a_cue_that_the_script_has_not(self, built: Project, before: dict[str, bytes]) -> None:
        self.refused(built, before, "waits for 'dome.nosuch'", renderer="stand_ins.waits_for_nosuch")

    def test_a_scene_with_too_few_frames(self, built: Project, before: dict[str, bytes]) -> None:
        with pytest.raises(CheckFailedError, match="drew 0 frames"):
            build(built, renderer="stand_ins.draws_nothing")
        assert contents(built.out) == before

    def test_a_font_that_is_missing(self, built: Project, before: dict[str, bytes]) -> None:
        built.edit("narration/minute.toml", "\n[[segment]]", '\n[film.fonts]\nen = "No Such Face"\n\n[[segment]]')
        self.refused(built, before, "'No Such Face' is not installed")

    def test_an_output_folder_that_cannot_be_written(self, project: Project) -> None:
        (project.root / "file").write_text("")
        with pytest.raises(ExplainerError, match="cannot write here"):
            films((project.request(),), project.root / "file", project.session())
        assert not (project.root / ".cache").exists()

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root")
    def test_a_read_only_output_folder(self, project: Project) -> None:
        project.out.mkdir()
        project.out.chmod(0o500)
        with pytest.raises(ExplainerError, match="cannot write here"):
            build(project)

    def test_a_full_disk(self, built: Project, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        built.edit("narration/minute.toml", 'title = "The entropy dome"', 'title = "A dome"')
        monkeypatch.setattr(atomic.shutil, "copyfileobj", full)
        self.refused(built, before, "the disk is full; free some space")


def test_only_other_versions_carry_more_than_the_films_name(template: Project) -> None:
    published = template.request(quality=DEFAULT_QUALITY)
    assert published.stem == "negative-temperature.en"
    assert replace(published, segments=("dome",)).stem == "negative-temperature-dome.en"
