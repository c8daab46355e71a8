"""Draws only what changed since the picture before: pixel for pixel what Manim's camera draws, in less time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, zip_longest
from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray

from explainer.media.rect import Rect, copy
from explainer.media.tiles import NONE, Grid, counted, meeting
from explainer.stage.sprites import Prints, Sprites

Rgba = NDArray[np.uint8]

_NO_BOX: NDArray[np.float64] = np.zeros((0, 4))
# How far a stroke may reach from its path, in half widths: cairo's limit for mitred corners.
_MITRE = 10.0
# Pictures for which a mobject must stay as it is before it is laid to those that rest.
_RESTED = 6


@dataclass(frozen=True)
class _Look:
    """A mobject as it was drawn: its arrays, and the pixels that it may have touched."""

    points: NDArray[np.float64]
    fill: NDArray[np.float64]
    stroke: NDArray[np.float64]
    width: float
    marks: NDArray[np.float64] | None
    """Of sprites."""
    prints: Prints | None
    """Of sprites."""
    boxes: NDArray[np.float64]
    """Left, top, right and bottom in pixels: of the mobject, or of each of its prints."""
    spans: NDArray[np.intp]
    """The tiles that the boxes meet."""
    since: int
    """The picture that first had it."""

    @property
    def is_costly(self) -> bool:
        """Whether it is a gradient and nothing else, which cairo draws slowly, and copies to the very same pixels."""
        fill = self.fill[:, 3].any()
        stroke = self.width > 0 and self.stroke[:, 3].any()
        return bool(fill != stroke) and len(self.fill if fill else self.stroke) > 1

    def holds(self, mobject: Any) -> bool:
        """Whether the mobject still looks like this."""
        return (
            np.array_equal(mobject.points, self.points)
            and np.array_equal(mobject.fill_rgbas, self.fill)
            and np.array_equal(mobject.stroke_rgbas, self.stroke)
            and mobject.get_stroke_width() == self.width
            and (self.marks is None or np.array_equal(mobject.marks, self.marks))
        )

    def unlike(self, other: _Look) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Tiles where this and another look of a mobject differ: all that either spans, or those of some prints."""
        if self.prints is None or other.prints is None or self.prints.rows.shape != other.prints.rows.shape:
            return self.spans, other.spans
        moved = (self.prints.rows != other.prints.rows).any(axis=1)
        return self.spans[moved], other.spans[moved]


class Canvas:
    """Follows flat vector mobjects, which keep their order, from frame to frame.

    The hindmost that rest are drawn once, on a ground of their own that what moves in front is drawn over.
    """

    def __init__(self, camera: Any) -> None:
        camera.reset()
        self._camera = camera
        self._bounds = Rect(0, 0, camera.pixel_width, camera.pixel_height)
        self._grid = Grid(camera.pixel_height, camera.pixel_width)
        self._draft, self._ground = _Sheet(camera, camera.background), _Sheet(camera, camera.background)
        self._blank = _Sheet(camera, np.zeros_like(camera.background))
        self._matrix = self._draft.matrix
        self._resting: list[_Look] = []  # of the mobjects that are on the ground, the hindmost first
        self._copies: dict[Any, cairo.ImageSurface] = {}  # of costly mobjects in front of it that rest
        self._looks: dict[Any, _Look] = {}
        self._drawn = 0

    @property
    def pixels(self) -> Rgba:
        """What was drawn, shape (height, width, 4); always the same array."""
        return self._draft.pixels

    def draw(self, mobjects: Iterable[Any]) -> tuple[Rect, ...]:
        """Draw the mobjects as they are; returns rectangles that hold all that has changed, the first time everything.

        What `pixels` holds beyond them is not to be used. Some may overlap.
        """
        before, self._looks = self._looks, {}
        touched: list[NDArray[np.intp]] = []
        self._drawn += 1
        for mobject in mobjects:
            if not len(mobject.points):
                continue
            look = before.pop(mobject, None)
            if look is None or not look.holds(mobject):
                self._draft.paths.pop(mobject, None)
                self._copies.pop(mobject, None)
                now = self._look(mobject)
                touched += [now.spans] if look is None else look.unlike(now)
                look = now
            self._looks[mobject] = look
        touched += [look.spans for look in before.values()]
        self._rest()
        changed = (self._bounds,) if self._drawn == 1 else self._grid.rectangles(self._grid.met(touched))
        self._redraw(changed)
        return changed

    def _look(self, mobject: Any) -> _Look:
        width = float(mobject.get_stroke_width())
        marks = prints = None
        if isinstance(mobject, Sprites):
            marks, prints = mobject.marks.copy(), mobject.prints(self._matrix)
            boxes = prints.boxes
        else:
            boxes = self._box(mobject, width) if _is_seen(mobject, width) else _NO_BOX
        points, fill, stroke = mobject.points.copy(), mobject.fill_rgbas.copy(), mobject.stroke_rgbas.copy()
        return _Look(points, fill, stroke, width, marks, prints, boxes, self._grid.spans(boxes), self._drawn)

    def _box(self, mobject: Any, stroke_width: float) -> NDArray[np.float64]:
        """The pixels that a mobject may touch, as one row of left, top, right and bottom."""
        matrix = self._matrix
        reach = stroke_width * self._camera.cairo_line_width_multiple * matrix.xx / 2 * _MITRE + 1
        (left, bottom), (right, top) = mobject.points[:, :2].min(axis=0), mobject.points[:, :2].max(axis=0)
        left, top = matrix.transform_point(left, top)
        right, bottom = matrix.transform_point(right, bottom)
        return np.array([[left - reach, top - reach, right + reach, bottom + reach]])

    def _rest(self) -> None:
        """Bring the ground up to date: mobjects that rest, from the hindmost to the first that does not."""
        if any(
            old is not new for old, new in zip_longest(self._resting, islice(self._looks.values(), len(self._resting)))
        ):
            self._ground.clear()
            self._resting = []
        for mobject, look in islice(self._looks.items(), len(self._resting), None):
            if self._drawn - look.since < _RESTED:
                break
            self._ground.draw(mobject, look)
            self._resting.append(look)

    def _redraw(self, rects: tuple[Rect, ...]) -> None:
        """Draw rectangles made of tiles anew.

        Each mobject is drawn whole, on a draft of which only the rectangles are used: cairo rounds a path where a clip
        cuts it, and a gradient by the extent of its clip.
        """
        draft, ground, grid = self._draft, self._ground, self._grid
        sums = counted(grid.met([grid.covered(rects)]))
        copy(rects, ground.pixels, draft.pixels)
        moving = list(islice(self._looks.items(), len(self._resting), None))
        met = meeting(np.concatenate([NONE, *(look.spans for _, look in moving)]), sums)
        stops = accumulate(len(look.spans) for _, look in moving)
        for (mobject, look), stop in zip(moving, stops, strict=True):
            here = met[stop - len(look.spans) : stop]
            if not here.any():
                continue
            if look.is_costly and self._drawn - look.since >= _RESTED:
                self._copy(mobject, look, rects)
            else:
                draft.draw(mobject, look, here)

    def _copy(self, mobject: Any, look: _Look, rects: Sequence[Rect]) -> None:
        """Copy a mobject to rectangles of the draft from a picture of it, which is drawn once."""
        left, top, right, bottom = look.boxes[0]
        box = Rect(int(left), int(top), int(right) + 1, int(bottom) + 1).within(self._bounds)
        if mobject not in self._copies:
            self._blank.draw(mobject, look)
            picture = self._blank.pixels[box.slices].copy()
            self._blank.clear()
            height, width = picture.shape[:2]
            self._copies[mobject] = cairo.ImageSurface.create_for_data(picture.data, cairo.FORMAT_ARGB32, width, height)
        self._draft.copy(self._copies[mobject], box, rects)


def _is_seen(mobject: Any, stroke_width: float) -> bool:
    return bool(mobject.fill_rgbas[:, 3].any() or (stroke_width and mobject.stroke_rgbas[:, 3].any()))


class _Sheet:
    """Pixels that a camera draws mobjects on, one after the other."""

    def __init__(self, camera: Any, ground: Rgba) -> None:
        self.pixels = ground.copy()
        self.paths: dict[Any, Any] = {}
        """Of mobjects that were drawn twice alike."""
        self._camera, self._ground = camera, ground
        self._context = camera.get_cairo_context(self.pixels)
        self.matrix: cairo.Matrix = self._context.get_matrix()

    def clear(self) -> None:
        """Leave nothing but what was there at first."""
        self.pixels[...] = self._ground
        self.paths.clear()

    def draw(self, mobject: Any, look: _Look, met: NDArray[np.bool_] | None = None) -> None:
        """Draw a mobject whole, over what is there; of sprites those whose prints are met."""
        if look.prints is not None:
            mobject.paint(self._context, look.prints if met is None else look.prints.only(met))
            return
        self._trace(mobject)
        self._camera.apply_stroke(self._context, mobject, background=True)
        self._camera.apply_fill(self._context, mobject)
        self._camera.apply_stroke(self._context, mobject)

    def copy(self, picture: cairo.ImageSurface, box: Rect, rects: Iterable[Rect]) -> None:
        """Lay a picture that fills a box over what is there, as far as it lies in rectangles."""
        context = self._context
        context.save()
        context.identity_matrix()
        context.new_path()
        for rect in (box.within(each) for each in rects):
            context.rectangle(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
        context.set_source_surface(picture, box.left, box.top)
        context.fill()
        context.restore()

    def _trace(self, mobject: Any) -> None:
        """Lay a mobject's path; from the second time on it is kept, as Manim traces it curve by curve in Python."""
        context, known = self._context, mobject in self.paths
        if known and self.paths[mobject] is not None:
            context.new_path()
            context.append_path(self.paths[mobject])
            return
        self._camera.set_cairo_context_path(context, mobject)
        self.paths[mobject] = context.copy_path() if known else None
