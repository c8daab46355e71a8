"""Drawing and converting only what changed gives, pixel for pixel, what drawing and converting everything does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import av
import manim as mn
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explainer.media.rect import Rect, copy
from explainer.media.redraw import Canvas
from explainer.media.tiles import Grid, counted, meeting
from explainer.media.yuv import patch, put
from explainer.stage.camera import StageCamera
from explainer.stage.shapes import corners, discs, fill_shape, line
from explainer.stage.sprites import Sprites, ball, glow, spark

WIDTH, HEIGHT = 642, 362
WHOLE = Rect(0, 0, WIDTH, HEIGHT)
rects = st.builds(
    lambda x, y: Rect(min(x), min(y), max(x), max(y)),
    st.tuples(st.integers(0, WIDTH), st.integers(0, WIDTH)),
    st.tuples(st.integers(0, HEIGHT), st.integers(0, HEIGHT)),
)


@given(rects, rects)
def test_rectangles_are_sets_of_pixels(one: Rect, other: Rect) -> None:
    def pixels(rect: Rect) -> NDArray[np.bool_]:
        grid = np.zeros((HEIGHT, WIDTH), bool)
        grid[rect.slices] = True
        return grid

    both = pixels(one) & pixels(other)
    assert one.area == pixels(one).sum()
    assert (one.within(other).area > 0) == both.any()
    if both.any():
        assert np.array_equal(pixels(one.within(other)), both)
    if one.area and other.area:
        joined = pixels(one.joined(other))
        assert not (pixels(one) & ~joined).any()
        assert not (pixels(other) & ~joined).any()


@pytest.fixture
def camera() -> Iterator[Any]:
    with mn.tempconfig(
        {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_width": 8.0 * WIDTH / HEIGHT, "frame_height": 8.0}
    ):
        yield StageCamera(background_color="#101820")


def wild_shape(rng: np.random.Generator) -> mn.VMobject:
    """A shape with fill, stroke or both, in one colour or a gradient, partly outside the frame at times."""
    vertices = np.column_stack([rng.uniform(-9, 9, 6), rng.uniform(-5, 5, 6), np.zeros(6)])
    shape = line(corners(vertices), float(rng.uniform(1, 30)))
    if rng.random() < 0.5:
        shape.joint_type = mn.LineJointType.AUTO  # mitred
    shape.fill_rgbas = rng.uniform(0, 1, (int(rng.integers(1, 4)), 4))
    shape.stroke_rgbas = rng.uniform(0, 1, (int(rng.integers(1, 4)), 4))
    if rng.random() < 0.5:
        (shape.fill_rgbas if rng.random() < 0.5 else shape.stroke_rgbas)[:, 3] = 0
    return shape


def wild_sprites(rng: np.random.Generator) -> Sprites:
    """Sprites of one kind, as paint or as light."""
    kind, additive = ((ball, False), (spark, False), (glow, True))[int(rng.integers(3))]
    sprites = Sprites(kind, additive)
    change_sprites(sprites, rng)
    return sprites


def change_sprites(sprites: Sprites, rng: np.random.Generator) -> None:
    """Lay sprites anew, or fade them all."""
    if rng.random() < 0.3:
        sprites.fill_rgbas[:, 3] = rng.uniform()
        return
    number = int(rng.integers(0, 7))
    places, colours = rng.uniform((-8, -4.5), (8, 4.5), (number, 2)), rng.uniform(0, 1, (number, 3))
    sprites.lay(places, rng.uniform(0.05, 0.9, number), colours, rng.uniform(0, 1, number), rng.uniform(0, 7, number))


def change(shape: mn.VMobject, rng: np.random.Generator) -> None:
    """Change a shape in one of the ways that scenes do: new points, points in place, colours in place, none left."""
    if isinstance(shape, Sprites):
        change_sprites(shape, rng)
        return
    match rng.integers(6):
        case 0:
            shape.points = corners(np.column_stack([rng.uniform(-9, 9, (4, 2)), np.zeros(4)]))
        case 1:
            shape.points[:, 0] += rng.uniform(-0.4, 0.4)
        case 2:
            shape.fill_rgbas[:, 3] = rng.uniform()
        case 3:
            shape.stroke_rgbas = rng.uniform(0, 1, (2, 4))
        case 4:
            shape.points = np.zeros((0, 3))
        case _:
            shape.set_stroke(width=float(rng.uniform(0, 20)))


@pytest.mark.parametrize(("seed", "shown_share", "most_changes"), [(0, 0.8, 3), (1, 0.8, 3), (2, 1, 1), (3, 0.99, 2)])
def test_shapes_that_change_come_and_go_are_drawn_as_the_camera_draws_them(
    camera: Any, seed: int, shown_share: float, most_changes: int
) -> None:
    """With few changes many shapes rest, the hindmost and ones in front of what changes."""
    rng = np.random.default_rng(seed)
    shapes = [wild_sprites(rng) if number % 3 == 2 else wild_shape(rng) for number in range(9)]
    canvas = Canvas(camera)
    reference = StageCamera(background_color="#101820")
    picture = np.zeros_like(canvas.pixels)
    for _ in range(60):
        for number in rng.choice(len(shapes), int(rng.integers(0, most_changes + 1)), replace=False):
            change(shapes[number], rng)
        shown = [shape for shape in shapes if rng.random() < shown_share]
        changed = canvas.draw(shown)
        reference.reset()
        reference.capture_mobjects(shown)
        copy(changed, canvas.pixels, picture)
        assert np.array_equal(picture, reference.pixel_array)


def test_where_nothing_changed_nothing_is_drawn(camera: Any) -> None:
    canvas = Canvas(camera)
    dot, bar = fill_shape(discs([[0, 0, 0]], 0.5)), line(corners([[-5, -3, 0], [5, -3, 0]]), 4.0)
    assert canvas.draw([bar, dot]) == (WHOLE,)
    assert canvas.draw([bar, dot]) == ()
    dot.points = dot.points + [0.1, 0, 0]
    (changed,) = canvas.draw([bar, dot])
    assert changed.area < WIDTH * HEIGHT / 18


def samples(frame: av.VideoFrame) -> list[NDArray[np.uint8]]:
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()
        for plane in frame.planes
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(rects.filter(lambda rect: rect.area > 0), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_a_picture_converted_in_patches_is_the_picture_converted_whole(places: list[Rect], seed: int) -> None:
    rng = np.random.default_rng(seed)
    converter = VideoReformatter()
    first, second = rng.integers(0, 256, (2, HEIGHT, WIDTH, 4), np.uint8)
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
    put(frame, patch(first, WHOLE, converter))
    for rect in places:
        first[rect.slices] = second[rect.slices]
    for rect in places:
        put(frame, patch(first, rect, converter))
    whole = patch(first, WHOLE, converter).frame
    for plane, expected in zip(samples(frame), samples(whole), strict=True):
        assert np.array_equal(plane, expected)


boxes = st.lists(
    st.tuples(st.floats(-90, WIDTH + 90), st.floats(-90, HEIGHT + 90), st.floats(0, 200), st.floats(0, 200)), max_size=9
)


@given(boxes, boxes)
def test_rectangles_of_tiles_hold_the_boxes_that_they_were_made_for(some: list[Any], others: list[Any]) -> None:
    grid = Grid(HEIGHT, WIDTH)
    spans = [
        grid.spans(np.array([(left, top, left + wide, top + high) for left, top, wide, high in each]).reshape(-1, 4))
        for each in (some, others)
    ]
    rects = grid.rectangles(grid.met(spans))
    covered = np.zeros((HEIGHT, WIDTH), bool)
    for rect in rects:
        covered[rect.slices] = True
    for left, top, wide, high in some + others:
        rows = slice(max(int(top), 0), max(int(top + high) + 1, 0))
        columns = slice(max(int(left), 0), max(int(left + wide) + 1, 0))
        assert covered[rows, columns].all()
    again = np.zeros((HEIGHT, WIDTH), bool)
    for left, top, right, bottom in grid.covered(rects).tolist():
        again[32 * top : 32 * bottom, 64 * left : 64 * right] = True
    assert np.array_equal(again, covered)
    meets = meeting(spans[0], counted(grid.met(spans[1:])))
    for one, found in zip(spans[0].tolist(), meets, strict=True):
        assert found == any(
            max(one[0], two[0]) < min(one[2], two[2]) and max(one[1], two[1]) < min(one[3], two[3])
            for two in spans[1].tolist()
        )
