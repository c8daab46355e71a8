"""Draws only what changed since the picture before: pixel for pixel what Manim's camera draws, in less time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.media.rect import Rect
from explainer.stage.sprites import Sprites

Rgba = NDArray[np.uint8]

# How far a stroke may reach from its path, in half widths: cairo's limit for mitred corners.
_MITRE = 10.0


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
    """A picture that follows flat vector mobjects, which keep their order, from frame to frame."""

    def __init__(self, camera: Any) -> None:
        camera.reset()
        self.pixels: Rgba = camera.pixel_array
        self._camera = camera
        self._ground: Rgba = camera.background
        self._bounds = Rect(0, 0, camera.pixel_width, camera.pixel_height)
        self._draft = self.pixels.copy()
        self._context = camera.get_cairo_context(self._draft)
        self._looks: dict[Any, _Look] = {}
        self._begun = False
        self._paths: dict[Any, Any] = {}  # of mobjects that were drawn twice alike

    def draw(self, mobjects: Iterable[Any]) -> tuple[Rect, ...]:
        """Make `pixels` show the mobjects; returns the rectangles that may have changed, none overlapping another.

        The first time that is everywhere.
        """
        before, self._looks = self._looks, {}
        touched: list[Rect] = [] if self._begun else [self._bounds]
        self._begun = True
        for mobject in mobjects:
            if not len(mobject.points):
                continue
            look = before.pop(mobject, None)
            if look is None or not look.holds(mobject):
                touched += [] if look is None else [look.box]
                self._paths.pop(mobject, None)
                look = self._look(mobject)
                touched.append(look.box)
            self._looks[mobject] = look
        touched += [look.box for look in before.values()]
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
        return _Look(points, fill, stroke, width, marks, box.within(bounds))

    def _redraw(self, changed: Sequence[Rect]) -> None:
        """Draw what lies in the rectangles anew.

        Each mobject is drawn whole, on a draft of which only the rectangles are used: cairo rounds a path where a clip
        cuts it, and a gradient by the extent of its clip.
        """
        for rect in changed:
            self._draft[rect.slices] = self._ground[rect.slices]
        for mobject, look in self._looks.items():
            if any(look.box.meets(rect) for rect in changed):
                if look.marks is not None:
                    mobject.paint(self._context)
                    continue
                self._trace(mobject)
                self._camera.apply_stroke(self._context, mobject, background=True)
                self._camera.apply_fill(self._context, mobject)
                self._camera.apply_stroke(self._context, mobject)
        for rect in changed:
            self.pixels[rect.slices] = self._draft[rect.slices]

    def _trace(self, mobject: Any) -> None:
        """Lay a mobject's path; from the second time on it is kept, as Manim traces it curve by curve in Python."""
        context, known = self._context, mobject in self._paths
        if known and self._paths[mobject] is not None:
            context.new_path()
            context.append_path(self._paths[mobject])
            return
        self._camera.set_cairo_context_path(context, mobject)
        self._paths[mobject] = context.copy_path() if known else None


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
