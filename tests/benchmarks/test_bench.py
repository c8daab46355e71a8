"""What the bench makes of its measurements, and that its commands, edits and settings fit the project as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import gif, pictures, speed
from benchmarks.costs import table
from benchmarks.report import ROOT, Table, as_json, bars, print_tables, write
from benchmarks.speed import Run, tables
from explainer.cli.common import Place
from explainer.cli.main import parser
from explainer.errors import ExplainerError
from explainer.media.encode_settings import FAST, STOCK
from explainer.words.film import open_film

STEPS = [{"step": "<b>one</b>", "s": 1.5}, {"step": "two", "s": 3.0}]


def run(what: str, took_s: float, size_mb: float = 1.0) -> Run:
    return Run(what, took_s, 60.0, size_mb, f"{what} said")


def compared(cold_s: float = 18.0, vmaf: float = 96.5) -> dict[str, Table]:
    scenes = [run("hook", 40.0), run("dome", 80.0)]
    builds = {
        "cold": run("cold build", cold_s),
        "gifs": run("gifs", 6.0),
        "again": run("again", 1.0),
        "captions": run("captions of 7", 1.4),
        "dubs": run("7 dubbed", 100.0),
        "caption": run("caption", 1.5),
        "cue": run("cue", 9.0),
        "stock": run("stock", 30.0, 0.8),
    }
    return {each.title: each for each in tables(scenes, builds, vmaf)}


def test_figures_with_limits_are_ratios_of_what_was_timed() -> None:
    rows = compared()["Limits"].rows
    assert {row["what"]: row["measured"] for row in rows} == {
        "cold build, over the film's duration": 0.3,
        "cold build and all GIFs, over the film's duration": 0.4,
        "cold build, over Manim's command scene by scene": 0.3,
        "the same at equal encoder settings": 0.5,
        "size over that at Manim's encoder settings": 1.25,
        "VMAF, worst segment": 96.5,
        "nothing changed, seconds": 1.0,
        "captions of 7, seconds": 1.4,
        "one caption changed, captions only, seconds": 1.5,
        "7 dubbed, over the cold build": 5.56,
    }
    assert {row["holds"] for row in rows} == {"yes"}


def test_what_misses_its_limit_is_told() -> None:
    rows = compared(cold_s=50.0, vmaf=95.9)["Limits"].rows
    assert {row["what"] for row in rows if row["holds"] == "no"} == {
        "cold build, over the film's duration",
        "cold build and all GIFs, over the film's duration",
        "cold build, over Manim's command scene by scene",
        "VMAF, worst segment",
    }


def test_every_command_has_a_row_and_builds_say_what_they_reused() -> None:
    found = compared()
    assert len(found["Commands"].rows) == 10
    assert [row["said"] for row in found["What builds say they reused"].rows] == ["again said", "cue said"]


def test_the_profile_has_the_longest_step_first_and_the_sum_last() -> None:
    rows = table({"sound": 10.0, "H.264": 20.0, "drawing": 10.0}, frames=300, drawn=200).rows
    assert rows[0] == {"step": "H.264", "processor s": 20.0, "share": "50%"}
    assert rows[-1] == {"step": "all: 300 frames, 200 of them drawn", "processor s": 40.0, "share": "100%"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_page_plot_and_numbers_are_written_together_and_obey_no_word(tmp_path: Path) -> None:
    every = [Table("Steps", STEPS, lambda axes: bars(axes, "s", STEPS)), Table("Plain", STEPS)]
    assert sorted(path.name for path in write(every, tmp_path)) == ["bench.json", "bench.svg", "index.html"]
    assert json.loads((tmp_path / "bench.json").read_text()) == {"Steps": STEPS, "Plain": STEPS}
    ElementTree.parse(tmp_path / "bench.svg")
    reader = _Reader()
    reader.feed((tmp_path / "index.html").read_text())
    assert (reader.tags.count("table"), reader.tags.count("svg"), reader.tags.count("b")) == (2, 1, 0)
    assert {"<b>one</b>", "3.0"} <= set(reader.words)


def test_the_same_figures_make_the_same_files(tmp_path: Path) -> None:
    every = [Table("Steps", STEPS, lambda axes: bars(axes, "s", STEPS))]
    first, second = ([path.read_bytes() for path in write(every, tmp_path / name)] for name in "ab")
    assert first == second


def test_tables_are_printed_under_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    print_tables([Table("Steps", STEPS)])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        [], ["Steps"], ["step", "s"], ["<b>one</b>", "1.5"], ["two", "3.0"],
    ]  # fmt: skip


def test_a_copy_of_the_project_has_all_of_its_code_and_nothing_that_was_made(tmp_path: Path) -> None:
    speed.copy_project(tmp_path / "project")
    packages = ("explainer", "physics", "scenes", "evaluators", "panels", "narration")
    for package in packages:
        kept = {path.relative_to(ROOT) for path in (ROOT / package).rglob("*.py")}
        assert {
            path.relative_to(tmp_path / "project") for path in (tmp_path / "project" / package).rglob("*.py")
        } == kept
    assert not any((tmp_path / "project" / name).exists() for name in speed.MADE)


def test_builds_are_timed_by_commands_that_the_program_knows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "narration", tmp_path / "narration", ignore=shutil.ignore_patterns("__pycache__"))
    commands = []

    def timed(what: str, command: Sequence[str], folder: Path, made: Path) -> Run:
        commands.append(command)
        return run(what, 1.0)

    monkeypatch.setattr(speed, "_timed", timed)
    before = open_film(tmp_path)
    builds = speed._builds(before)
    assert set(builds) | {"stock"} == {"cold", "gifs", "again", "captions", "dubs", "caption", "cue", "stock"}
    for program, *words in commands:
        parser(words, Place(ROOT, program)).parse_args(words)
    after = open_film(tmp_path)
    cues = [[cue.text for segment in film.script.segments for cue in segment.cues] for film in (before, after)]
    (changed,) = ((old, new) for old, new in zip(*cues, strict=True) if old != new)
    assert len(changed[1]) == len(changed[0]) + 1


def test_an_edit_changes_one_letter_of_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "words").write_text('title = "A"\ntext = "One"\ntext = "Two."\ntext = "Three."\n')
    speed.lengthen(tmp_path / "words", "text = ")
    assert (tmp_path / "words").read_text() == 'title = "A"\ntext = "One"\ntext = "Twos."\ntext = "Three."\n'


def test_an_edit_that_finds_nothing_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text('title = "A."\n')
    with pytest.raises(ExplainerError, match=r"^words: no words to change after 'text = '; "):
        speed.lengthen(tmp_path / "words", "text = ")


def test_a_command_that_fails_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ExplainerError, match=r"^a build: failed: no such thing; "):
        speed._timed("a build", ["-c", "import sys; sys.exit('what\\nno such thing')"], tmp_path, tmp_path)


def test_settings_compared_differ_and_the_films_are_among_them() -> None:
    assert pictures.CANDIDATES["the film's"] == FAST
    assert pictures.CANDIDATES["Manim's"] == STOCK
    assert len(set(pictures.CANDIDATES.values())) == len(pictures.CANDIDATES)


def made(**changes: Any) -> dict[str, Any]:
    return {"segment": "a", "SSIM": 0.999, "VMAF": 97.0, **changes}


@pytest.mark.parametrize(
    ("ours", "rival", "as_good"),
    [
        (made(bytes=90), made(bytes=100), 90),
        (made(bytes=100), made(bytes=100), 100),
        (made(bytes=110), made(bytes=100), 110),
        (made(bytes=90, VMAF=96.96), made(bytes=100), 90),
        (made(bytes=90, VMAF=96.9), made(bytes=100), "none"),
        (made(bytes=90, SSIM=0.99899), made(bytes=100), 90),
        (made(bytes=90, SSIM=0.998), made(bytes=100), "none"),
        (made(bytes=90, segment="b"), made(bytes=100), "none"),
    ],
)
def test_a_gif_is_held_against_ours_that_are_as_good(
    ours: dict[str, Any], rival: dict[str, Any], as_good: int | str
) -> None:
    larger = {**ours, "tool": "ours, 256 colours", "bytes": 999}
    (verdict,) = gif.judged([larger, {**ours, "tool": "ours, 64 colours"}, {**rival, "tool": "gifski"}])
    assert verdict["ours as good"] == as_good
    assert verdict["met"] == ("yes" if as_good in (90, 100) else "no")


def test_what_a_tool_made_is_kept_in_full() -> None:
    assert json.loads(as_json([Table("GIFs", [made(bytes=90)])])) == {"GIFs": [made(bytes=90)]}
