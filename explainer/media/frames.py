"""Frames of a scene, drawn by Manim in this process: the one pipeline module that imports it.

A scene is a function of the frame, so frames are asked for one by one; Manim's play loop, caches and files stay out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import manim as mn
import manimpango
from manim.renderer.cairo_renderer import CairoRenderer

from explainer.errors import ExplainerError
from explainer.media.rect import Rect, copy
from explainer.media.redraw import Canvas, Rgba
from explainer.media.shot import BoxPx, Shot, TextBox
from explainer.stage.camera import StageCamera
from explainer.stage.holds import holds as holds_of
from explainer.stage.layout import Box, frame_size
from explainer.stage.stage import Stage
from explainer.tasks.loading import imported


@dataclass(frozen=True)
class Report:
    """What a frame shows: numbers, places and boxes of bodies by name, and the box of all that is drawn.

    Places are in pixels from the top left; a box is (left, top, right, bottom).
    """

    frame: int
    values: dict[str, float]
    places_px: dict[str, tuple[float, float]]
    bodies_px: dict[str, BoxPx]
    drawn_px: BoxPx


class _NoFiles:
    """Stands in for Manim's file writer; nothing is written by Manim."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings


@contextmanager
def stage(shot: Shot) -> Iterator[Stage[Any]]:
    """Give the scene of a shot, built and ready to draw; Manim's global settings hold inside the block only.

    Raises:
        ExplainerError: if a font has vanished since the work was planned: Pango would take another without a word.
    """
    for family in {shot.show.latin_font, shot.show.language.font}.difference(manimpango.list_fonts()):
        raise ExplainerError(f"font family {family!r} is not installed", shot.scene, "install it")
    frame_width, frame_height = frame_size(shot.width, shot.height)
    with (
        tempfile.TemporaryDirectory(prefix="frames-") as media_dir,
        mn.tempconfig(
            {
                "pixel_width": shot.width,
                "pixel_height": shot.height,
                "frame_width": frame_width,
                "frame_height": frame_height,
                "frame_rate": shot.show.fps,
                "media_dir": media_dir,
                "disable_caching": True,
                "verbosity": "ERROR",
                "background_opacity": 0.0 if shot.transparent else 1.0,
            }
        ),
    ):
        scene = _scene_class(shot.scene)(
            shot.show,
            renderer=CairoRenderer(file_writer_class=_NoFiles, camera_class=StageCamera),  # type: ignore[arg-type]
        )
        scene.setup()
        yield scene


def _scene_class(address: str) -> type[Stage[Any]]:
    module, _, name = address.partition(":")
    scene = getattr(imported(module), name, None)
    if not (isinstance(scene, type) and issubclass(scene, Stage)):
        raise ExplainerError(
            f"{module} has no scene {name}", address, f"write class {name}(Stage[...]) there, or correct the script"
        )
    return scene


def _drawing(scene: Stage[Any], whole: bool) -> tuple[Rgba, Callable[[], tuple[Rect, ...]]]:
    """Return a picture, and what draws the scene's mobjects on it as they are.

    That tells where the picture may differ from the one before; elsewhere it may hold anything.
    """
    camera: Any = scene.renderer.camera
    everywhere = (Rect(0, 0, camera.pixel_width, camera.pixel_height),)

    def draw_whole() -> tuple[Rect, ...]:
        camera.reset()
        camera.capture_mobjects([scene.actors])
        return everywhere

    if whole:
        return camera.pixel_array, draw_whole
    canvas = Canvas(camera)
    return canvas.pixels, lambda: canvas.draw(scene.actors.submobjects)


def render(shot: Shot, write: Callable[[Rgba, int, tuple[Rect, ...]], None]) -> None:
    """Draw a shot's frames in order.

    Args:
        shot: what to draw.
        write: is given each picture, shape (height, width, 4), how many frames it stands, and where it may differ from
            the one before, at first everywhere. The array is reused, and elsewhere it may hold anything.
    """
    with stage(shot) as scene:
        picture, draw = _drawing(scene, shot.whole)
        for stretch in scene.stretches(shot.start_frame, shot.stop_frame):
            last = stretch.stop if stretch.moving else stretch.start + 1
            for frame in range(stretch.start, last):
                scene.draw_frame(frame)
                changed = draw()
                write(picture, 1 if stretch.moving else stretch.stop - stretch.start, changed)


def stills(shot: Shot, frames: tuple[int, ...]) -> Iterator[tuple[int, Rgba]]:
    """Yield (frame, picture) for frames of a shot's segment, in the order asked; each picture is a copy."""
    with stage(shot) as scene:
        picture, draw = _drawing(scene, shot.whole)
        shown = picture.copy()
        for frame in frames:
            scene.draw_frame(frame)
            copy(draw(), picture, shown)
            yield frame, shown.copy()


def still(shot: Shot, frame: int) -> Rgba:
    """Return the picture of one frame of a shot's segment, shape (height, width, 4)."""
    return next(picture for _, picture in stills(shot, (frame,)))


def texts(shot: Shot, frames: tuple[int, ...]) -> dict[int, tuple[TextBox, ...]]:
    """Return the readable texts of frames of a shot's segment, by frame."""
    found = {}
    with stage(shot) as scene:
        for frame in frames:
            boxes = []
            for text in scene.texts(frame):
                boxes.append(TextBox(text.id, *_box_px(shot, text.box), text.ink, text.ground))
            found[frame] = tuple(boxes)
    return found


def reports(shot: Shot, frames: tuple[int, ...]) -> tuple[Report, ...]:
    """Return what frames of a shot's segment show, in the order asked."""
    found = []
    with stage(shot) as scene:
        for frame in frames:
            values, places, bodies = scene.report(frame)
            places_px = {name: _pixel(shot, float(point[0]), float(point[1])) for name, point in places.items()}
            bodies_px = {name: _box_px(shot, box) for name, box in bodies.items()}
            found.append(Report(frame, values, places_px, bodies_px, _box_px(shot, scene.drawn(frame))))
    return tuple(found)


def values(shot: Shot) -> Iterator[dict[str, Any]]:
    """Yield the numbers by name that each frame of a shot shows, in order; the frames are not drawn."""
    with stage(shot) as scene:
        for frame in range(shot.start_frame, shot.stop_frame):
            yield scene.report(frame)[0]


def holds(shot: Shot) -> dict[str, int]:
    """Return the frames at which a shot's segment stands, by place; no frame is drawn as pixels."""
    with stage(shot) as scene:
        return holds_of(scene)


def _box_px(shot: Shot, box: Box) -> BoxPx:
    return *_pixel(shot, box.left, box.top), *_pixel(shot, box.right, box.bottom)


def _pixel(shot: Shot, x: float, y: float) -> tuple[float, float]:
    frame_width, frame_height = frame_size(shot.width, shot.height)
    return (x / frame_width + 0.5) * shot.width, (0.5 - y / frame_height) * shot.height
