"""A still is the film's own frame, as pixels or as outlines that show the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import scene_shots
from export_bench import MINUTE, Bench, changed
from PIL import Image
from pypdf import PdfReader
from stand_ins import drawings

from explainer.clips import still_job
from explainer.clips.stills import Still, stills
from explainer.clips.tasks import localized_films
from explainer.clips.vector import draw
from explainer.errors import ExplainerError
from explainer.film.holds import holds_of
from explainer.film.request import DEFAULT_QUALITY
from explainer.film.tasks import shot_of as shot_at
from explainer.media.frames import still
from explainer.media.shot import Shot
from explainer.stage.look import THEMES
from explainer.tasks.session import BuildReport

ALMOST_ALL = 0.995


def shot_of(segment_id: str, transparent: bool = False) -> Shot:
    return scene_shots.shot_of(segment_id, 480, 270, 10, transparent)


def rasterised(browser: Any, path: Path, width: int, height: int) -> np.ndarray:
    """An SVG as pixels, by Chromium, which shares no code with what wrote it."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{path.read_text(encoding='utf-8')[38:]}")
    picture = path.with_suffix(".shot.png")
    page.screenshot(path=picture, omit_background=True)
    page.close()
    with Image.open(picture) as opened:
        return np.asarray(opened.convert("RGBA"), int)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("segment_id", scene_shots.SEGMENTS)
def test_outlines_show_what_the_pixels_show(tmp_path: Path, browser: Any, segment_id: str, theme: str) -> None:
    """But for the shades of edges; and on a dark ground light is added in pixels, while in outlines it lies over."""
    shot = shot_of(segment_id)
    shot = replace(shot, show=replace(shot.show, theme=THEMES[theme]))
    frame = shot.show.frame_count * 3 // 4
    draw(shot, frame, "svg", tmp_path / "a.svg", "Title & more", "On <screen>")
    pixels = still(shot, frame)[..., :3].astype(int)
    outlines = rasterised(browser, tmp_path / "a.svg", shot.width, shot.height)[..., :3]
    assert np.abs(outlines - pixels).mean() < (2.0 if theme == "light" else 6.0)
    assert (np.abs(outlines - pixels).max(axis=-1) < 64).mean() > (ALMOST_ALL if theme == "light" else 0.9)


def test_an_svg_says_what_it_shows(tmp_path: Path) -> None:
    draw(shot_of("dome"), 100, "svg", tmp_path / "a.svg", "Title & more", "On <screen>")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    name = "{http://www.w3.org/2000/svg}"
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("480", "270", "0 0 480 270") or (
        root.get("width", "").removesuffix("px") == "480"
    )
    assert root.get("role") == "img"
    assert root.findtext(f"{name}title") == "Title & more"
    assert root.findtext(f"{name}desc") == "On <screen>"
    assert not root.findall(f".//{name}image")


def test_a_transparent_svg_has_no_ground(tmp_path: Path, browser: Any) -> None:
    draw(shot_of("dome", transparent=True), 100, "svg", tmp_path / "a.svg", "Title")
    assert rasterised(browser, tmp_path / "a.svg", 480, 270)[2, 2, 3] == 0


def test_a_pdf_is_one_vector_page_of_its_size(tmp_path: Path) -> None:
    draw(shot_of("dome"), 100, "pdf", tmp_path / "a.pdf", "Title")
    reader = PdfReader(tmp_path / "a.pdf")
    (page,) = reader.pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (360.0, 202.5)
    assert reader.metadata is not None and reader.metadata.title == "Title"
    assert not page.images


@pytest.mark.parametrize(
    ("heavy_bytes", "noise", "begins"), [(10**9, 0, b"%PDF"), (0, 0, b"\x89PNG"), (0, 255, b"%PDF")]
)
def test_a_page_is_pixels_where_outlines_are_heavy_and_pixels_lighter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heavy_bytes: int, noise: int, begins: bytes
) -> None:
    def pictured(shot: Shot, frames: tuple[int, ...]) -> Any:
        shape = (shot.height, shot.width, 4)
        yield frames[0], np.random.default_rng(1).integers(0, noise, shape, np.uint8, endpoint=True)

    monkeypatch.setattr(still_job, "renderer", lambda name: SimpleNamespace(stills=pictured))
    monkeypatch.setattr(still_job, "HEAVY_BYTES", heavy_bytes)
    job = still_job.StillJob("", shot_of("dome"), 100, still_job.PAGE, "Title", "")
    still_job.draw_still(job, {}, tmp_path, lambda steps: None)
    (made,) = tmp_path.iterdir()
    assert made.name == still_job.STILL and made.read_bytes().startswith(begins)
    if begins == b"\x89PNG":
        with Image.open(made) as picture:
            assert picture.size == (1920, 1080)


def test_a_png_is_the_frame_at_any_size(bench: Bench) -> None:
    made, _ = stills(
        (bench.request(aspect="1:1"),), Still("dome", "dome.top:flat+0.2", width=100), bench.out, bench.session()
    )
    assert made[0].path.name == "negative-temperature-dome-at-top.flat+0.2-1x1.en.png"
    with Image.open(made[0].path) as picture:
        assert picture.size == (100, 100)
        assert picture.mode == "RGB"


def test_a_transparent_png_has_clear_corners_and_no_ground_in_its_edges(bench: Bench) -> None:
    wanted = Still("dome", "dome.top", width=160, transparent=True)
    made, _ = stills((bench.request(theme_name="light"),), wanted, bench.out, bench.session())
    with Image.open(made[0].path) as picture:
        rgba = np.asarray(picture, int)
    soft = rgba[(rgba[..., 3] > 40) & (rgba[..., 3] < 220)]
    assert rgba[0, 0, 3] == 0
    assert len(soft) and np.abs(soft[:, :3] - [255, 120, 40]).max() <= 8


def test_a_film_brings_colours_of_its_own(bench: Bench) -> None:
    warm = changed(MINUTE, themes={"warm": {"background": "#402010"}})
    request = bench.request(film=warm, theme_name="warm")
    made, _ = stills((request,), Still("dome", "dome.top", width=100), bench.out, bench.session())
    assert made[0].path.name == "negative-temperature-dome-at-top-warm.en.png"
    with Image.open(made[0].path) as picture:
        assert picture.getpixel((0, 0)) == (0x40, 0x20, 0x10)


@pytest.mark.parametrize(
    ("place", "held", "name"),
    [
        ("dome.top:hold", "dome.top", "top.hold"),
        ("dome.count:two:hold", "dome.count:two", "count.two.hold"),
        ("dome:hold", "dome", "dome.hold"),
        ("dome.count:start:hold", "dome.count:start", "count.start.hold"),
    ],
)
def test_a_still_is_taken_where_the_picture_stands(bench: Bench, place: str, held: str, name: str) -> None:
    made, _ = stills((bench.request(),), Still("dome", place, width=160), bench.out, bench.session())
    assert made[0].path.name == f"negative-temperature-dome-at-{name}.en.png"
    asked = (replace(bench.request(), quality=DEFAULT_QUALITY, segments=("dome",)),)
    (film,) = localized_films(asked, bench.out, bench.session(), BuildReport())
    (holds,) = holds_of([(film, "dome")], bench.session(), BuildReport())
    with Image.open(made[0].path) as picture:
        shot = shot_at(film, "dome", (160, 90))
        assert (np.asarray(picture) == drawings.still(shot, holds[held])[..., :3]).all()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Still("dome", "dome.nosuch"), "--at: unknown cue or mark 'dome.nosuch'; dome has dome.count,"),
        (
            Still("dome", "dome.nosuch:hold"),
            "unknown cue or mark 'dome.nosuch:hold'; dome has .* and :hold after dome,",
        ),
        (Still("dome", "dome.top:end:hold"), "unknown cue or mark 'dome.top:end:hold'"),
        (Still("dome", "dome:hold+99"), "'dome:hold.99' is at"),
        (Still("nosuch", "dome.top"), "nosuch: unknown segment; use one of hook"),
        (Still("dome", "dome.top", kind="bmp"), "no still as 'bmp'; use one of png, svg, pdf"),
        (Still("dome", "dome.top", width=0), "--width: no picture 0 pixels wide in 16:9; use 16 to 8192 pixels a side"),
        (Still("dome", "dome.top", width=20_000), "use 16 to 8192 pixels a side"),
        (Still("dome", "dome.top-99"), "dome lasts from 0 to"),
    ],
)
def test_what_cannot_be_is_refused(bench: Bench, wanted: Still, said: str) -> None:
    with pytest.raises(ExplainerError, match=said):
        stills((bench.request(),), wanted, bench.out, bench.session())
