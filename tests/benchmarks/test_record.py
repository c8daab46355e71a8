"""Runs of the bench are kept with what they measured, and drawn over commits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import record
from benchmarks.record import COLD_S, ENCODER_S, FILM_S, OVER_MANIM, PROCESSOR_S, Record, figures_of, read_records
from explainer.errors import ExplainerError

COLD = {"command": "cold build", "time s": 30.0, "film s": 60.0, "time/film": 0.5, "MB": 4.0}
STEPS = [
    {"step": "H.264 (x264)", "processor s": 24.0, "share": "40%"},
    {"step": "all: 3600 frames, 3000 of them drawn", "processor s": 60.0, "share": "100%"},
]
LIMIT = {
    "what": "cold build, over Manim's command scene by scene",
    "measured": 0.3,
    "limit": "at most 1",
    "holds": "yes",
}
TABLES = {"Commands": [COLD], "Limits": [LIMIT], "Where a cold build's time goes": STEPS}
FIGURES = {COLD_S: 30.0, FILM_S: 60.0, OVER_MANIM: 0.3, ENCODER_S: 24.0, PROCESSOR_S: 60.0}


def test_the_figures_of_a_run_are_found_in_its_tables() -> None:
    assert figures_of(TABLES) == FIGURES
    assert figures_of({"Where a cold build's time goes": STEPS}) == {FILM_S: 60.0, ENCODER_S: 24.0, PROCESSOR_S: 60.0}


def test_a_run_of_nothing_that_is_kept_is_one_clear_line() -> None:
    with pytest.raises(ExplainerError, match=r"^the run: no figures to keep; measure speed or profile: "):
        figures_of({"Encoder settings": [COLD]})


def test_a_run_is_added_and_all_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bench.json").write_text(json.dumps(TABLES))
    first = Record("2026-01-01", "abcdef0", "a <machine>", {FILM_S: 50.0, COLD_S: 40.0})
    (tmp_path / "kept.json").write_text(record.as_text([first]))
    told = ["--records", str(tmp_path / "kept.json"), "--plot", str(tmp_path / "plot.svg")]
    assert record.main([str(tmp_path / "bench.json"), "--machine", "mine", *told]) == 0
    old, new = read_records(tmp_path / "kept.json")
    assert (old, new.machine, new.figures) == (first, "mine", FIGURES)
    assert re.fullmatch(r"[0-9a-f]{7,} \d{4}-\d\d-\d\d", f"{new.commit} {new.date}")
    assert "0.8" in capsys.readouterr().out
    drawn = (tmp_path / "plot.svg").read_bytes()
    ElementTree.fromstring(drawn)
    assert record.main(told) == 0
    assert (tmp_path / "plot.svg").read_bytes() == drawn
    assert len(read_records(tmp_path / "kept.json")) == 2


def test_a_run_on_no_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        record.main(["bench.json"])
    assert "--machine" in capsys.readouterr().err


def test_the_record_that_is_kept_can_be_drawn() -> None:
    rows = record.table(read_records()).rows
    assert all(0 < row["cold build, its time/film"] < 2 for row in rows if row["cold build, its time/film"] != "")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
