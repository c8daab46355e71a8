"""GIFs play evenly and loop; the contact sheet shows every moment once, with its caption."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from PIL import Image

from pipeline.errors import PipelineError
from pipeline.exports import contact_sheets, segment_gifs
from pipeline.fingerprint import font_face
from pipeline.gif import RATES, GifFormat, gif_writer
from pipeline.storyboard import COLUMNS, GROUND, PANEL_WIDTH, Panel, Row, Type, captioned, sheet

LETTERS = Type(font_face("Inter"), font_face("Inter"), "en", "ltr")


def colours(level: int) -> np.ndarray:
    frame = np.zeros((48, 64, 4), np.uint8)
    frame[:] = (level, 255 - level, 40, 255)
    frame[10:20, 10 : 12 + level // 8] = (250, 240, 10, 255)
    return frame


@pytest.mark.parametrize("fps", RATES)
def test_a_gif_has_its_frames_rate_colours_and_loops(tmp_path: Path, fps: int) -> None:
    levels = [0, 30, 60, 90, 120, 150]
    with gif_writer(tmp_path / "a.gif", GifFormat(64, 48, fps)) as sink:
        for level in levels:
            sink.write(colours(level))
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.size == (64, 48)
        assert gif.info["loop"] == 0
        assert getattr(gif, "n_frames", 1) == len(levels)
        for number, level in enumerate(levels):
            gif.seek(number)
            assert gif.info["duration"] == 1000 // fps
            shown = np.asarray(gif.convert("RGB"), int)
            assert np.abs(shown - colours(level)[..., :3]).max() <= 6


def test_a_still_stretch_lasts_as_long_as_it_should(tmp_path: Path) -> None:
    with gif_writer(tmp_path / "a.gif", GifFormat(64, 48, 20)) as sink:
        sink.write(colours(10), 5)
        sink.write(colours(90), 3)
    with Image.open(tmp_path / "a.gif") as gif:
        lasts = 0
        for number in range(getattr(gif, "n_frames", 1)):
            gif.seek(number)
            lasts += gif.info["duration"]
    assert lasts == 8 * 50


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"fps": 15}, "use one of 10, 20, 25, 50"),
        ({"fps": 60}, "use one of 10, 20, 25, 50"),
        ({"width": 100_000}, "16 to 4096 pixels"),
        ({"colours": 1}, "2 to 256 colours"),
    ],
)
def test_gifs_that_no_player_honours_are_refused(form: dict[str, int], said: str) -> None:
    with pytest.raises(PipelineError, match=said):
        GifFormat(**form)


def test_a_gif_of_a_segment(project: Project) -> None:
    made, account = segment_gifs((project.request(),), "dome", 96, 20, project.out, project.site())
    with Image.open(made[0].path) as gif:
        assert gif.size == (96, 54)
    assert made[0].path.name == "negative-temperature-dome.en.gif"
    assert "draw dome" in account.made.values()
    assert not any(label.startswith("draw laser") for label in account.made.values())


def stored(tmp_path: Path, size: tuple[int, int] = (1280, 720)) -> Path:
    path = tmp_path / "frame.png"
    if not path.exists():
        Image.new("RGB", size, (90, 20, 20)).save(path)
    return path


def test_the_sheet_has_a_panel_for_each_moment(tmp_path: Path) -> None:
    rows = tuple(
        Row(title, tuple(Panel("dome", number, f"0:0{number}.0  dome.{number}", "") for number in range(count)))
        for title, count in (("One", 3), ("Two", COLUMNS + 1))
    )
    picture = np.asarray(sheet(rows, LETTERS, "Title", 16 / 9, lambda panel: stored(tmp_path)))
    red = np.all(picture == (90, 20, 20), axis=-1)
    assert red.sum() == (3 + COLUMNS + 1) * PANEL_WIDTH * (PANEL_WIDTH * 9 // 16)
    assert not np.all(picture[~red] == GROUND)


def test_a_caption_stands_in_the_lowest_fifth(tmp_path: Path) -> None:
    size = (640, 360)
    plain = np.asarray(captioned(stored(tmp_path), "", size, LETTERS), int)
    words = np.asarray(captioned(stored(tmp_path), "first line\nsecond line", size, LETTERS), int)
    rows, columns = np.nonzero(np.abs(plain - words).sum(axis=-1))
    assert rows.min() >= 0.8 * 360
    assert rows.max() < 360
    assert abs((columns.min() + columns.max()) / 2 - 320) < 3


@pytest.mark.parametrize(
    ("family", "tag", "direction", "text"),
    [("Noto Sans Arabic", "ar", "rtl", "درجة حرارة سالبة"), ("Noto Sans CJK SC", "zh-Hans", "ltr", "负温度")],
)
def test_other_scripts_are_drawn_with_their_font(
    tmp_path: Path, family: str, tag: str, direction: str, text: str
) -> None:
    letters = Type(font_face(family), font_face("Inter"), tag, direction)
    shown = np.asarray(captioned(stored(tmp_path), text, (640, 360), letters), int)
    assert (shown.min(axis=-1) > 200).sum() > 100


def test_the_storyboard_shows_each_cue_and_mark_of_a_segment(project: Project) -> None:
    made, _ = contact_sheets((project.request(segments=("dome",)),), project.out, project.site())
    assert made[0].path.name == "negative-temperature-dome.en.storyboard.png"
    with Image.open(made[0].path) as picture:
        assert picture.width == COLUMNS * (PANEL_WIDTH + 24) + 24


def test_unknown_segments_are_named(project: Project) -> None:
    for make in (
        lambda: segment_gifs((project.request(),), "nosuch", 96, 20, project.out, project.site()),
        lambda: contact_sheets((project.request(segments=("nosuch",)),), project.out, project.site()),
    ):
        with pytest.raises(PipelineError, match="nosuch: unknown segment; use one of hook, inversion, dome"):
            make()
