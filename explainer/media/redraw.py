"""Draws only what changed since the picture before: pixel for pixel what Manim's camera draws, in less time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice, zip_longest
from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray

from explainer.media.rect import Rect
from explainer.stage.sprites import Sprites

Rgba = NDArray[np.uint8]

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
    box: Rect
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


class Canvas:
    """A picture that follows flat vector mobjects, which keep their order, from frame to frame.

    The hindmost that rest are drawn once, on a ground of their own that what moves in front is drawn over.
    """

    def __init__(self, camera: Any) -> None:
        camera.reset()
        self.pixels: Rgba = camera.pixel_array
        self._camera = camera
        self._bounds = Rect(0, 0, camera.pixel_width, camera.pixel_height)
        self._draft, self._ground = _Sheet(camera, camera.background), _Sheet(camera, camera.background)
        self._blank = _Sheet(camera, np.zeros_like(self.pixels))
        self._resting: list[_Look] = []  # of the mobjects that are on the ground, the hindmost first
        self._copies: dict[Any, cairo.ImageSurface] = {}  # of costly mobjects in front of it that rest
        self._looks: dict[Any, _Look] = {}
        self._drawn = 0

    def draw(self, mobjects: Iterable[Any]) -> tuple[Rect, ...]:
        """Make `pixels` show the mobjects; returns the rectangles that may have changed, none overlapping another.

        The first time that is everywhere.
        """
        before, self._looks = self._looks, {}
        touched: list[Rect] = [] if self._drawn else [self._bounds]
        self._drawn += 1
        for mobject in mobjects:
            if not len(mobject.points):
                continue
            look = before.pop(mobject, None)
            if look is None or not look.holds(mobject):
                touched += [] if look is None else [look.box]
                self._draft.paths.pop(mobject, None)
                self._copies.pop(mobject, None)
                look = self._look(mobject)
                touched.append(look.box)
            self._looks[mobject] = look
        touched += [look.box for look in before.values()]
        self._rest()
        changed = _apart(rect for rect in touched if rect.area)
        self._redraw(changed)
        return changed

    def _look(self, mobject: Any) -> _Look:
        width = float(mobject.get_stroke_width())
        camera, bounds = self._camera, self._bounds
        across, up = camera.pixel_width / camera.frame_width, camera.pixel_height / camera.frame_height
        reach = width * camera.cairo_line_width_multiple * across / 2 * _MITRE + 1
        points = mobject.points.copy()
        (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
        x, y, _ = camera.frame_center
        box = Rect(
            int((left - x) * across + bounds.right / 2 - reach),
            int((y - top) * up + bounds.bottom / 2 - reach),
            int((right - x) * across + bounds.right / 2 + reach) + 1,
            int((y - bottom) * up + bounds.bottom / 2 + reach) + 1,
        )
        marks = mobject.marks.copy() if isinstance(mobject, Sprites) else None
        fill, stroke = mobject.fill_rgbas.copy(), mobject.stroke_rgbas.copy()
        return _Look(points, fill, stroke, width, marks, box.within(bounds), self._drawn)

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

    def _redraw(self, changed: Sequence[Rect]) -> None:
        """Draw what lies in the rectangles anew.

        Each mobject is drawn whole, on a draft of which only the rectangles are used: cairo rounds a path where a clip
        cuts it, and a gradient by the extent of its clip.
        """
        draft, ground = self._draft, self._ground
        for rect in changed:
            draft.pixels[rect.slices] = ground.pixels[rect.slices]
        for mobject, look in islice(self._looks.items(), len(self._resting), None):
            if any(look.box.meets(rect) for rect in changed):
                if look.is_costly and self._drawn - look.since >= _RESTED:
                    self._copy(mobject, look, changed)
                else:
                    draft.draw(mobject, look)
        for rect in changed:
            self.pixels[rect.slices] = draft.pixels[rect.slices]

    def _copy(self, mobject: Any, look: _Look, rects: Sequence[Rect]) -> None:
        """Copy a mobject to rectangles of the draft from a picture of it, which is drawn once."""
        if mobject not in self._copies:
            self._blank.draw(mobject, look)
            picture = self._blank.pixels[look.box.slices].copy()
            self._blank.clear()
            height, width = picture.shape[:2]
            self._copies[mobject] = cairo.ImageSurface.create_for_data(picture.data, cairo.FORMAT_ARGB32, width, height)
        self._draft.copy(self._copies[mobject], look.box, rects)


class _Sheet:
    """Pixels that a camera draws mobjects on, one after the other."""

    def __init__(self, camera: Any, ground: Rgba) -> None:
        self.pixels = ground.copy()
        self.paths: dict[Any, Any] = {}
        """Of mobjects that were drawn twice alike."""
        self._camera, self._ground = camera, ground
        self._context = camera.get_cairo_context(self.pixels)

    def clear(self) -> None:
        """Leave nothing but what was there at first."""
        self.pixels[...] = self._ground
        self.paths.clear()

    def draw(self, mobject: Any, look: _Look) -> None:
        """Draw a mobject whole, over what is there."""
        if look.marks is not None:
            mobject.paint(self._context)
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


def _apart(rects: Iterable[Rect]) -> tuple[Rect, ...]:
    """Join rectangles that meet, until none meets another."""
    found: list[Rect] = []
    waiting = list(rects)
    while waiting:
        rect = waiting.pop()
        near = [other for other in found if other.meets(rect)]
        found = [other for other in found if other not in near]
        if near:
            waiting.append(reduce(Rect.joined, near, rect))
        else:
            found.append(rect)
    return tuple(found)
