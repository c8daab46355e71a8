"""What the bench says of its measurements, and that its edits and settings fit the project as it is."""

from __future__ import annotations

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import encoders, runs
from benchmarks.profile import Profile
from benchmarks.report import Results, Speed, encoder_rows, measures, page, plot, profile_rows, summary, write
from benchmarks.runs import Run, UserBuilds
from explainer.errors import ExplainerError
from explainer.media.encode_settings import FAST, STOCK
from explainer.words.script import load_script

ROOT = Path(__file__).parents[2]


def run(what: str, took_s: float, size_bytes: int = 1_000_000) -> Run:
    return Run(what, took_s, Path("somewhere/film.mp4"), 60.0, size_bytes, f"{what} <said>")


def speed(cold_s: float = 18.0, vmaf: float = 96.5) -> Speed:
    builds = UserBuilds(
        run("cold build", cold_s), run("gifs", 6.0), run("again", 1.0), run("dubs", 100.0), run("caption", 1.5),
        run("cue", 9.0),
    )  # fmt: skip
    return Speed(
        (run("hook", 40.0), run("dome", 80.0)), builds, run("stock", 30.0, 800_000), {"dome": vmaf, "laser": 97.0}
    )


def coded(name: str) -> encoders.Coded:
    return encoders.Coded(name, encoders.CANDIDATES[name], 7.25, 3_000_000, 96.75, 0.99985)


RESULTS = Results(
    speed(), (coded("the film's"), coded("Manim's")), Profile({"H.264": 20.0, "drawing": 10.0, "sound": 10.0}, 300, 200)
)


def test_figures_with_limits_are_ratios_of_what_was_timed() -> None:
    found = {each.what: each.value for each in measures(speed())}
    assert found == {
        "cold build, over the film's duration": 0.3,
        "cold build and all GIFs, over the film's duration": pytest.approx(0.4),
        "cold build, over Manim's command scene by scene": 0.3,
        "the same at equal encoder settings": 0.5,
        "size over that at Manim's encoder settings": 1.25,
        "VMAF, worst segment": 96.5,
        "nothing changed": 1.0,
        "one caption changed, captions only": 1.5,
        "seven further languages dubbed, over the cold build": pytest.approx(100 / 18),
    }
    assert all(each.holds for each in measures(speed()))


def test_what_misses_its_limit_is_told() -> None:
    missed = {each.what for each in measures(speed(cold_s=30.0, vmaf=95.9)) if not each.holds}
    assert missed == {
        "cold build, over the film's duration",
        "cold build and all GIFs, over the film's duration",
        "cold build, over Manim's command scene by scene",
        "VMAF, worst segment",
    }


def test_tables_hold_every_setting_and_step() -> None:
    (film, stock) = encoder_rows(RESULTS.encoders or ())
    assert film[1:5] == ("7.2 ms", "3.00 MB", "96.8", "0.99985")
    assert stock[5].startswith(f"{STOCK.preset}, crf {STOCK.crf}")
    assert RESULTS.profile is not None
    assert profile_rows(RESULTS.profile)[0] == ("H.264", "20.0 s", "50%")
    assert profile_rows(RESULTS.profile)[-1][1:] == ("40.0 s", "100%")


def test_page_plot_and_numbers_are_written_together_and_name_no_place(tmp_path: Path) -> None:
    paths = write(RESULTS, tmp_path)
    assert sorted(path.name for path in paths) == ["bench.json", "bench.svg", "index.html"]
    assert json.loads((tmp_path / "bench.json").read_text()) == json.loads(json.dumps(summary(RESULTS)))
    ElementTree.parse(tmp_path / "bench.svg")
    for path in paths:
        assert "somewhere" not in path.read_text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_shows_what_builds_said_and_obeys_none_of_it() -> None:
    reader = _Reader()
    reader.feed(page(RESULTS))
    assert {"again <said>", "cue <said>"} <= set(reader.words)
    assert "said" not in reader.tags
    assert reader.tags.count("table") == 4


def test_parts_that_were_not_asked_for_leave_no_trace() -> None:
    only = Results(profile=RESULTS.profile)
    assert plot(only) == ""
    assert set(summary(only)) == {"profile"}
    assert page(only).count("<table>") == 1


def test_the_edits_fit_the_project_and_the_script_stays_sound(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "narration", tmp_path / "narration", ignore=shutil.ignore_patterns("__pycache__"))
    before = load_script(tmp_path / "narration/script.toml")
    runs.edit(tmp_path, *runs.CAPTION_EDIT)
    runs.edit(tmp_path, *runs.CUE_EDIT)
    after = load_script(tmp_path / "narration/script.toml")
    told = [cue.text for script in (before, after) for segment in script.segments for cue in segment.cues]
    changed = [(a, b) for a, b in zip(told[: len(told) // 2], told[len(told) // 2 :], strict=True) if a != b]
    assert len(changed) == 1


def test_an_edit_that_no_longer_fits_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("one one")
    for text, times in (("one", 2), ("two", 0)):
        with pytest.raises(ExplainerError, match=f"^words: '{text}' stands in it {times} times; mend the edit"):
            runs.edit(tmp_path, Path("words"), text, "three")


def test_settings_compared_differ_and_the_films_are_among_them() -> None:
    assert encoders.CANDIDATES["the film's"] == FAST
    assert encoders.CANDIDATES["Manim's"] == STOCK
    assert len(set(encoders.CANDIDATES.values())) == len(encoders.CANDIDATES)
