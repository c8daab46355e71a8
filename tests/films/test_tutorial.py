"""The tutorial as it stands, from an empty folder: a film on another subject, in two languages, one right to left."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cluster_processes import cluster
from tutorial import follow, run

Done = list[tuple[str, subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The film's folder, and every command with how it ended."""
    return follow(tmp_path_factory.mktemp("tutorial"))


@pytest.fixture(scope="module")
def folder(followed: tuple[Path, Done]) -> Path:
    return followed[0]


def test_every_command_does_what_it_says(followed: tuple[Path, Done]) -> None:
    for command, done in followed[1]:
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    assert followed[1][-1][0] == "explainer page"


def test_no_check_has_a_warning(followed: tuple[Path, Done]) -> None:
    told = "".join(done.stdout for command, done in followed[1] if " check " in command)
    assert "states: ok" in told and "layout: ok" in told and "captions: ok" in told
    assert "warning" not in told


def test_what_it_promises_is_there(folder: Path) -> None:
    for name in (
        "en/pendulum-480p15.en.mp4",
        "en/pendulum-480p15.en.srt",
        "ar/pendulum-480p15.ar.mp4",
        "ar/pendulum-480p15.ar.vtt",
        "en/pendulum.en.storyboard.png",
        "en/pendulum-swing.en.gif",
        "en/pendulum-slides-for-slide.en.html",
        "page/index.html",
    ):
        assert (folder / "out" / name).is_file(), name


def test_numbers_come_from_its_physics_in_both_languages(folder: Path) -> None:
    english, arabic = (
        json.loads((folder / f"out/{tag}/pendulum-480p15.{tag}.json").read_text("utf-8")) for tag in ("en", "ar")
    )
    facts = {fact["id"]: fact for fact in english["facts"]}
    assert facts["wide_period"]["physics"].startswith("physics.swing.period_s(")
    assert facts["wide_period"]["text"] == "2.4\N{NO-BREAK SPACE}s"
    assert [fact["value_si"] for fact in arabic["facts"]] == [fact["value_si"] for fact in english["facts"]]
    assert "\N{LEFT-TO-RIGHT ISOLATE}" in (folder / "out/ar/pendulum-480p15.ar.srt").read_text("utf-8")


def test_arabic_captions_go_into_the_english_film(folder: Path) -> None:
    done = run("explainer captions -ql --lang ar", folder)
    assert done.returncode == 0, done.stderr
    assert "pendulum-480p15.en.mp4" in done.stdout


def test_every_other_command_works_on_it(folder: Path) -> None:
    for command in (
        "explainer films",
        "explainer still wide --at wide.level:level --format svg",
        "explainer master -ql",
    ):
        done = run(command, folder)
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_a_cluster_makes_the_same_film(folder: Path, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster") as scheduler, scheduler.worker(folder):
        command = f"explainer video -ql --lang ar --cache {tmp_path / 'cache'} --out {tmp_path / 'out'}"
        done = run(f"{command} --scheduler {scheduler.address}", folder)
    assert done.returncode == 0, done.stderr
    made, local = tmp_path / "out/ar/pendulum-480p15.ar.mp4", folder / "out/ar/pendulum-480p15.ar.mp4"
    assert made.read_bytes() == local.read_bytes()
    assert "draw swing" in done.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "narration/pendulum.toml",
            "scenes.pendulum:Wide",
            "scenes.pendulum:Narrow",
            "scenes.pendulum has no scene Narrow",
        ),
        ("narration/pendulum.toml", "scenes.pendulum:Wide", "scenes.nosuch:Wide", "scenes.nosuch: no such module"),
        ("narration/pendulum.toml", 'id = "wide.level"', 'id = "wide.flat"', "wide: its scene waits for 'wide.level'"),
        ("narration/pendulum.toml", "{wide_period}", "{nosuch}", "wide.level: unknown placeholder {nosuch}"),
        (
            "narration/facts.py",
            "swing.WIDE_RAD",
            "'wide'",
            "narration.facts: wide_period: physics.swing.period_s('wide') fails",
        ),
        ("narration/facts.py", "QUANTITIES = (", "QUANTITIES = (1 / 0,", "narration/facts.py:"),
        ("scenes/pendulum.py", "class Swing", "class Swing(", "pendulum.py:"),
        (
            "scenes/pendulum.py",
            '("swing.once", 0.3, 0.0)',
            '("swing.twice", 0.3, 0.0)',
            "swing: its scene waits for 'swing.twice'",
        ),
        ("scenes/pendulum.py", 'self.quantity("time"', 'self.quantity("speed"', ": its scene reads out 'speed'"),
    ],
)
def test_what_is_wrong_in_a_film_is_one_clear_line(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        done = run("explainer video -ql --voice draft", folder)
    finally:
        path.write_text(text, encoding="utf-8")
    assert done.returncode == 2, done.stdout
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1 and said in lines[0], done.stderr
    assert "Traceback" not in done.stderr
