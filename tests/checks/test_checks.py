"""Each check passes what is right and names what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film_project import Project
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from evaluators.minute import Marker
from explainer.checks.film import caption_faults, check_film, onset_faults, onset_s, onsets_s
from explainer.checks.inspection import Inspection
from explainer.checks.layout import check_layout, contrast
from explainer.checks.states import check_states, find_disc
from explainer.film.moments import Moment, between, moments
from explainer.film.request import Request
from explainer.media import sound
from explainer.media.textbox import TextBox
from explainer.timing.timeline import CueTime, SegmentTime, Timeline

WIDTH, HEIGHT = 1280, 720
INK, GROUND = (0.93, 0.95, 0.98), (0.04, 0.06, 0.12)


def text(name: str, left: float, top: float, right: float, bottom: float) -> TextBox:
    return TextBox(name, left, top, right, bottom, INK, GROUND)


def seen(*texts: TextBox, **changes: object) -> Inspection:
    basis = Inspection("dome", Moment("dome.top", 10), texts, {}, {}, Path("none.png"))
    return replace(basis, **changes)  # type: ignore[arg-type]


FINE = text("fine", 100, 100, 300, 140)


def faults(*texts: TextBox) -> list[str]:
    return [finding.what for finding in check_layout([seen(*texts)], WIDTH, HEIGHT, "en")]


def test_a_good_layout_passes() -> None:
    assert faults(FINE, text("below", 100, 150, 300, 190), text("corner", 64, 36, 100, 60)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (text("x", 60, 100, 90, 120), "'x' leaves the safe area"),
        (text("x", 1200, 100, 1220, 120), "'x' leaves the safe area"),
        (text("x", 100, 30, 120, 60), "'x' leaves the safe area"),
        (text("x", 100, 560, 120, 590), "'x' enters the caption band"),
        (text("x", 290, 130, 400, 170), "'fine' overlaps 'x'"),
        (replace(text("x", 400, 100, 500, 120), ink=(0.3, 0.3, 0.3)), "'x' has a contrast of 2.2"),
    ],
)
def test_a_bad_layout_is_named(wrong: TextBox, said: str) -> None:
    found = faults(FINE, wrong)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_fault_is_told_once_with_how_often_it_shows() -> None:
    wrong = text("x", 0, 100, 90, 120)
    found = check_layout([seen(wrong), seen(wrong), seen(wrong)], WIDTH, HEIGHT, "de")
    assert [finding.what for finding in found] == ["'x' leaves the safe area (and at 2 more moments)"]
    assert found[0].where == "de: dome.top"


colours = st.tuples(*[st.floats(0, 1)] * 3)


@given(colours, colours)
def test_contrast_is_symmetric_and_within_its_bounds(first: tuple[float, ...], second: tuple[float, ...]) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21.0001


def test_contrast_agrees_with_published_values() -> None:
    assert contrast((1, 1, 1), (0, 0, 0)) == pytest.approx(21)
    assert contrast((0x76 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


def picture(tmp_path: Path, x: float, y: float, radius: float, rgb: tuple[int, int, int]) -> Path:
    """A disc with a line of its colour through it, on a dark ground, drawn at four times the size."""
    large = Image.new("RGB", (WIDTH * 4, HEIGHT * 4), (10, 15, 30))
    draw = ImageDraw.Draw(large)
    draw.line((4 * x - 900, 4 * y - 500, 4 * x, 4 * y), rgb, 16)
    draw.ellipse([4 * (x - radius), 4 * (y - radius), 4 * (x + radius), 4 * (y + radius)], rgb)
    path = tmp_path / "picture.png"
    large.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(path)
    return path


ORANGE = (230, 159, 0)
MARKER = Marker("dome", "point", "dome.slope", "dome.end", 12 / HEIGHT, lambda values: (230 / 255, 159 / 255, 0.0))
PLACES = {"point": (640.0, 300.0)}


def at(name: str, frame: int, path: Path) -> Inspection:
    return seen(moment=Moment(name, frame), places_px=PLACES, picture=path)


def states(path: Path, markers: tuple[Marker, ...] = (MARKER,)) -> list[str]:
    moments_seen = [at("dome.slope", 0, path), at("dome.end", 9, path)]
    return [f.what for f in check_states(moments_seen, {"dome": lambda values: ()}, markers)]


def test_a_marker_where_it_should_be_passes(tmp_path: Path) -> None:
    assert states(picture(tmp_path, 640, 300, 12, ORANGE)) == []


def test_a_marker_is_found_to_a_pixel(tmp_path: Path) -> None:
    with Image.open(picture(tmp_path, 640.5, 297.25, 12, ORANGE)) as image:
        found = find_disc(np.asarray(image), (640, 300), (230 / 255, 159 / 255, 0), 12)
    assert found == pytest.approx((640.5, 297.25), abs=1)


@pytest.mark.parametrize(
    ("x", "y", "rgb", "said"),
    [
        (660, 300, ORANGE, "'point' is 2"),
        (640, 308, ORANGE, "'point' is 8"),
        (900, 300, ORANGE, "is not in the picture"),
        (640, 300, (0, 90, 230), "is not in the picture"),
    ],
)
def test_a_marker_elsewhere_or_of_another_colour_is_named(
    tmp_path: Path, x: float, y: float, rgb: tuple[int, int, int], said: str
) -> None:
    found = states(picture(tmp_path, x, y, 12, rgb))
    assert len(found) == 2
    assert all(said in what for what in found)


def test_a_marker_at_a_moment_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = picture(tmp_path, 640, 300, 12, ORANGE)
    assert states(path, (replace(MARKER, since="dome.nosuch"),)) == ["no moment 'dome.nosuch' to look for 'point' at"]


def test_what_differs_from_the_evaluation_is_named_and_a_missing_one_warned_of() -> None:
    found = check_states([seen()], {"dome": lambda values: ("E is 3, not 2",)}, ())
    assert [(f.where, f.what, f.severity) for f in found] == [("dome.top", "E is 3, not 2", "error")]
    assert [f.severity for f in check_states([seen()], {}, ())] == ["warning"]


SEGMENT = SegmentTime(
    "dome", 100, 400, (CueTime("dome.a", 110, 200, {"m": 150, "_2": 160}), CueTime("dome.b", 220, 400, {}))
)


def test_moments_are_the_cues_marks_and_ends_inside_the_segment() -> None:
    found = moments(SEGMENT)
    assert [(moment.name, moment.frame) for moment in found] == [
        ("dome.a", 110),
        ("dome.a:m", 150),
        ("dome.a:end", 200),
        ("dome.b", 220),
        ("dome.b:end", 399),
    ]
    assert [moment.frame for moment in between(found)] == [130, 175, 210, 309]


def track(*starts_s: float) -> np.ndarray:
    noise = np.random.default_rng(0).standard_normal(12_000).astype(np.float32) * np.float32(0.1)
    clips = [sound.Placed(noise, sound.RATE_HZ, round(start * sound.RATE_HZ), "cue") for start in starts_s]
    return sound.mix(clips, 10 * sound.RATE_HZ)


def timeline(*frames: int) -> Timeline:
    cues = tuple(CueTime(f"dome.c{number}", frame, frame + 10, {}) for number, frame in enumerate(frames))
    return Timeline("en", 60, (SegmentTime("dome", 0, 600, cues),))


@given(st.floats(0, 9))
def test_an_onset_is_heard_where_it_is(start_s: float) -> None:
    heard = onset_s(track(start_s), start_s)
    assert heard == pytest.approx(start_s, abs=0.004)


def test_speech_at_its_cues_passes_and_late_or_missing_speech_is_named() -> None:
    def found(*starts_s: float) -> list[str]:
        planned = timeline(60, 180)
        return onset_faults(onsets_s(track(*starts_s), planned), planned)

    assert found(1.0, 3.0) == []
    assert found(1.05, 3.0) == ["dome.c0 is heard +51 ms from its cue"]
    assert found(1.0) == ["dome.c1 is not heard"]


def test_a_caption_must_come_with_its_speech() -> None:
    heard = onsets_s(track(1.0, 3.0), timeline(60, 180))
    assert caption_faults(heard, (1.09, 2.0, 2.91)) == []
    assert caption_faults(heard, (1.15, 3.0)) == ["the caption of dome.c0 is shown +149 ms from its speech"]
    assert caption_faults(heard, ()) == [f"the caption of dome.c{n} is never shown" for n in range(2)]


def check(project: Project) -> list[str]:
    request = Request(quality=project.request().quality)
    return [finding.what for finding in check_film(request, project.out)]


def test_a_finished_film_passes(built: Project) -> None:
    assert check(built) == []


def test_a_film_that_is_not_there_or_not_as_planned_is_named(built: Project) -> None:
    manifest = built.out / "en" / "negative-temperature-54p15.en.json"
    content = json.loads(manifest.read_text())
    content["plan"]["segments"][-1]["stop_frame"] += 60
    manifest.write_text(json.dumps(content))
    found = " ".join(check(built))
    assert "planned" in found
    assert "the sound lasts" in found
    (built.out / "en" / "negative-temperature-54p15.en.mp4").unlink()
    assert check(built) == ["is not there; make it: render.py video"]
