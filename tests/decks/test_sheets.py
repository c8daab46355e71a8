"""The contact sheet shows every moment once, with its caption."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from film_project import Project
from PIL import Image
from scipy import ndimage
from stand_ins.bar import MARKER

from explainer.decks.storyboard import contact_sheets
from explainer.errors import ExplainerError
from explainer.media.contact_sheet import COLUMNS, GROUND, PANEL_WIDTH, Panel, Row, Type, captioned, sheet
from explainer.tasks.fingerprint import font_face

LETTERS = Type(font_face("Inter"), font_face("Inter"), "en", "ltr")


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
    made, _ = contact_sheets((project.request(segments=("dome",)),), project.out, project.session())
    assert made[0].path.name == "negative-temperature-dome.en.storyboard.png"
    with Image.open(made[0].path) as picture:
        assert picture.width == COLUMNS * (PANEL_WIDTH + 24) + 24
        shown = np.all(np.abs(np.asarray(picture.convert("RGB"), int) - MARKER) < 48, axis=-1)
    (dome,) = (segment for segment in project.film.script.segments if segment.id == "dome")
    # Each panel has the stand-in's marker: where each mark stands, and what is before a cue's first.
    assert ndimage.label(shown)[1] == sum(1 + cue.text.count("/>") for cue in dome.cues)


def test_unknown_segments_are_named(project: Project) -> None:
    with pytest.raises(ExplainerError, match="nosuch: unknown segment; use one of hook, inversion, dome"):
        contact_sheets((project.request(segments=("nosuch",)),), project.out, project.session())
