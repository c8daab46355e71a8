"""The promise of a stage: a picture depends on its frame alone, and Manim's own renderer draws the same pictures."""

import hashlib
from dataclasses import replace
from typing import Any

import manim as mn
import numpy as np
import pytest
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.section import Section
from scene_shots import shot_of

from explainer.media.frames import render, stage, stills
from explainer.media.rect import Rect, copy
from explainer.media.shot import Shot
from explainer.stage.camera import StageCamera
from explainer.stage.look import THEMES, theme_of
from explainer.words.languages import languages_of
from explainer.words.quantities import Quantity


def pictures(shot: Shot) -> list[str]:
    """One hash for each frame of a shot, put together of what is said to have changed."""
    found: list[str] = []
    seen = np.zeros((shot.height, shot.width, 4), np.uint8)

    def follow(rgba: np.ndarray, repeat: int, changed: tuple[Rect, ...]) -> None:
        copy(changed, rgba, seen)
        found.extend([hashlib.sha256(seen.tobytes()).hexdigest()] * repeat)

    render(shot, follow)
    return found


@pytest.fixture(scope="module")
def drawn(shot: Shot) -> list[str]:
    """One hash for each frame of the segment."""
    return pictures(shot)


def test_every_frame_is_drawn_once_and_in_order(shot: Shot) -> None:
    with stage(shot) as scene:
        covered = [frame for part in scene.stretches() for frame in range(part.start, part.stop)]
    assert covered == list(range(shot.show.frame_count))


def test_a_frame_does_not_depend_on_those_before(shot: Shot, drawn: list[str]) -> None:
    order = np.random.default_rng(1).permutation(shot.show.frame_count)[:25]
    for frame, rgba in stills(shot, tuple(int(each) for each in order)):
        assert hashlib.sha256(rgba.tobytes()).hexdigest() == drawn[frame], f"frame {frame}"


def test_a_stretch_begun_in_the_middle_is_the_same(shot: Shot, drawn: list[str]) -> None:
    middle = shot.show.frame_count // 2
    late = Shot(shot.scene, shot.show, shot.width, shot.height, middle, shot.stop_frame)
    assert pictures(late) == drawn[middle:]


class Collector:
    """A file writer for Manim that keeps a hash of each frame it is given."""

    def __init__(self, settings: Any) -> None:
        self.output_spec = settings.plan.output
        self.sections = [Section("", None, "", False)]
        self.frames: list[str] = []

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.frames += [hashlib.sha256(pixels.tobytes()).hexdigest()] * repeat

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def test_manims_own_renderer_draws_the_same_frames(shot: Shot, drawn: list[str]) -> None:
    with stage(shot) as built, mn.tempconfig({"write_to_movie": True, "progress_bar": "none"}):
        renderer = CairoRenderer(file_writer_class=Collector, camera_class=StageCamera)  # type: ignore[arg-type]
        type(built)(shot.show, renderer=renderer).render()
    assert renderer.file_writer.frames == drawn


def test_frames_drawn_whole_are_the_same(shot: Shot, drawn: list[str]) -> None:
    assert pictures(replace(shot, whole=True)) == drawn


def test_a_transparent_picture_has_a_clear_ground_and_the_same_figures(shot: Shot) -> None:
    clear = Shot(shot.scene, shot.show, shot.width, shot.height, 0, shot.stop_frame, transparent=True)
    frame = shot.show.frame_count - 1
    (_, opaque), (_, see_through) = next(stills(shot, (frame,))), next(stills(clear, (frame,)))
    assert see_through[0, 0, 3] == 0
    solid = see_through[..., 3] == 255
    assert solid.any()
    assert np.array_equal(opaque[solid], see_through[solid])


def test_texts_and_places_lie_in_the_frame(shot: Shot) -> None:
    with stage(shot) as scene:
        across, up = mn.config.frame_width / 2, mn.config.frame_height / 2
        for frame in range(0, shot.show.frame_count, 30):
            _, places, _ = scene.report(frame)
            for x, y, _ in places.values():
                assert abs(x) <= across and abs(y) <= up
            for text in scene.texts(frame):
                assert -across <= text.box.left < text.box.right <= across, text.id
                assert -up <= text.box.bottom < text.box.top <= up, text.id


def test_scenes_are_drawn_in_the_colours_of_their_theme(shot: Shot) -> None:
    for theme in (THEMES["light"], theme_of("dark", {"dark": {"background": "#203040"}})):
        _, rgba = next(stills(replace(shot, show=replace(shot.show, theme=theme)), (shot.show.frame_count - 1,)))
        assert "#" + bytes(rgba[0, 0, :3]).hex() == theme.background


def test_numbers_are_read_out_as_the_films_facts_and_its_language_say() -> None:
    shot = shot_of("dome")
    for tag, shown in (
        ("en", "\u22125.0\u00a0mK"),
        ("de", "\u22125,0\u00a0mK"),
        ("ar", "\u2066\u22125.0\u00a0mK\u2069"),
    ):
        with stage(replace(shot, show=replace(shot.show, language=languages_of()[tag]))) as scene:
            assert scene.quantity("dome_temperature", -0.005) == shown


def test_a_readout_has_the_letters_of_every_unit_of_the_film() -> None:
    shot = shot_of("dome")
    quantities = {**shot.show.quantities, "speed": Quantity("speed", "km/h")}
    with stage(replace(shot, show=replace(shot.show, quantities=quantities))) as scene:
        readout = scene.readout("speed", [0, 0, 0])
        readout.write("km/h")
        whole = len(readout.points)
        readout.write("km")
        assert scene.quantity("speed", 10.0) == "36\u00a0km/h" and len(readout.points) < whole


def test_on_a_slide_words_are_larger_and_stand_in_the_safe_area(shot: Shot) -> None:
    slide = replace(shot, show=replace(shot.show, purpose="slide"))
    frames = range(0, shot.show.frame_count, shot.show.fps // 2)
    with stage(shot) as scene:
        heights = {(frame, text.id): text.box.height for frame in frames for text in scene.texts(frame)}
    with stage(slide) as scene:
        placed = [(frame, text) for frame in frames for text in scene.texts(frame)]
        safe = scene.safe
        assert scene.area == safe
    for frame, text in placed:
        assert safe.left <= text.box.left < text.box.right <= safe.right, (frame, text)
        assert safe.bottom <= text.box.bottom < text.box.top <= safe.top, (frame, text)
    grown = [text.box.height / heights[frame, text.id] for frame, text in placed if (frame, text.id) in heights]
    # A long title may give some of its room to what is beside it.
    assert min(grown) > 0.9 and np.median(grown) > 1.05 and max(grown) > 1.15
