"""The promise of a stage: a picture depends on its frame alone, and Manim's own renderer draws the same pictures."""

import hashlib
from dataclasses import replace
from typing import Any

import manim as mn
import numpy as np
import pytest
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.section import Section

from explainer.media.frames import render, stage, stills
from explainer.media.rect import Rect
from explainer.media.shot import Shot


def pictures(shot: Shot) -> list[str]:
    """One hash for each frame of a shot."""
    found: list[str] = []
    render(shot, lambda rgba, repeat, changed: found.extend([hashlib.sha256(rgba.tobytes()).hexdigest()] * repeat))
    return found


def test_every_frame_is_drawn_once_and_in_order(shot: Shot) -> None:
    with stage(shot) as scene:
        covered = [frame for part in scene.stretches() for frame in range(part.start, part.stop)]
    assert covered == list(range(shot.show.frame_count))


def test_a_frame_does_not_depend_on_those_before(shot: Shot) -> None:
    serial = pictures(shot)
    order = np.random.default_rng(1).permutation(shot.show.frame_count)[:25]
    for frame, rgba in stills(shot, tuple(int(each) for each in order)):
        assert hashlib.sha256(rgba.tobytes()).hexdigest() == serial[frame], f"frame {frame}"


def test_a_stretch_begun_in_the_middle_is_the_same(shot: Shot) -> None:
    middle = shot.show.frame_count // 2
    late = Shot(shot.scene, shot.show, shot.width, shot.height, middle, shot.stop_frame)
    assert pictures(late) == pictures(shot)[middle:]


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


def test_manims_own_renderer_draws_the_same_frames(shot: Shot) -> None:
    expected = pictures(shot)
    with stage(shot) as built, mn.tempconfig({"write_to_movie": True, "progress_bar": "none"}):
        renderer = CairoRenderer(file_writer_class=Collector)  # type: ignore[arg-type]
        type(built)(shot.show, renderer=renderer).render()
    assert renderer.file_writer.frames == expected


def test_frames_drawn_whole_are_the_same(shot: Shot) -> None:
    assert pictures(replace(shot, whole=True)) == pictures(shot)


def test_what_is_said_to_have_changed_holds_all_that_did(shot: Shot) -> None:
    seen = np.zeros((shot.height, shot.width, 4), np.uint8)

    def follow(rgba: np.ndarray, repeat: int, changed: tuple[Rect, ...]) -> None:
        for rect in changed:
            seen[rect.slices] = rgba[rect.slices]
        assert np.array_equal(seen, rgba)

    render(shot, follow)
    assert seen.any()


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
        for frame in range(0, shot.show.frame_count, 30):
            _, places = scene.report(frame)
            for point in places.values():
                assert np.all(np.isfinite(point))
            for text in scene.texts(frame):
                assert text.box.width > 0 and text.box.height > 0


@pytest.mark.parametrize("theme", ["light"])
def test_scenes_can_be_drawn_in_the_light_theme(shot: Shot, theme: str) -> None:
    from dataclasses import replace

    bright = replace(shot, show=replace(shot.show, theme=theme))
    _, rgba = next(stills(bright, (shot.show.frame_count - 1,)))
    assert tuple(rgba[0, 0, :3]) == (255, 255, 255)
