"""Sprites: many small pictures of one kind as a single mobject, each drawn once per size, colour and turn, then copied.

A scene says where they are with `Sprites.lay`; what one looks like is an `Art`, a function that draws it with cairo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cairo
import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.shapes import rectangle

Rgb = tuple[float, float, float]
Art = Callable[[cairo.Context, Rgb, float], None]  # type: ignore[type-arg]
"""Draws within the disc of radius 1 about the origin, y upward, in a colour, turned by an angle in radians."""

# Finer differences cannot be seen: in size and place a pixel, in colour from none to full of a channel, in a full turn.
_SHARP_STEPS = 4, 48, 96, 4  # of size, colour, turn, place
_SOFT_SIZE_STEPS = 0.5
_SOFT_STEPS = _SOFT_SIZE_STEPS, 24, 1, 1  # where there is no edge
_LEVELS = 255  # of light and opacity
_KEPT_BYTES, _KEPT = 24 << 20, 1000  # of drawn pictures; more are of a camera that moves, and will not come back
_FAINTEST = 1 / 255


@dataclass(frozen=True)
class Prints:
    """What a mobject that paints itself puts where, in whole pixels and steps: rows alike give the same pixels.

    Attributes:
        rows: one for each part that can be painted by itself, in order.
        boxes: the pixels that it may touch, as left, top, right, bottom; the last two excluded.
    """

    rows: NDArray[np.float64]
    boxes: NDArray[np.float64]

    def only(self, chosen: NDArray[np.bool_]) -> Prints:
        """Some of the parts."""
        return Prints(self.rows[chosen], self.boxes[chosen])


class Sprites(mn.VMobject):
    """Copies of an art at places, each with its own size, colour, opacity and turn.

    Args:
        art: what one looks like.
        additive: whether it is light, which adds to what is behind it, and not paint.
    """

    def __init__(self, art: Art, additive: bool = False) -> None:
        super().__init__(stroke_width=0, fill_opacity=1)
        self.marks: NDArray[np.float64] = np.zeros((0, 8))
        """One row a sprite: x, y, radius in scene units, angle, red, green, blue, opacity."""
        self._art, self._additive = art, additive
        self._steps = _SOFT_STEPS if art is spark else _SHARP_STEPS
        self._kept: dict[tuple[float, ...], cairo.ImageSurface] = {}
        self._kept_bytes = 0

    def lay(
        self, places: ArrayLike, radius: ArrayLike, rgb: ArrayLike, opacity: ArrayLike = 1.0, angle: ArrayLike = 0.0
    ) -> None:
        """Lay a sprite at each place, shape (n, 2) or (n, 3); the rest is one value for all or one for each.

        Args:
            places: centres in scene units.
            radius: in scene units.
            rgb: colours, shape (3,) or (n, 3), in 0..1.
            opacity: 0..1; what cannot be seen is left out.
            angle: turn in radians, anticlockwise.
        """
        at = np.asarray(places, dtype=float).reshape(-1, np.shape(places)[-1] if np.size(places) else 2)[:, :2]
        marks = np.empty((len(at), 8))
        marks[:, :2] = at
        marks[:, 2], marks[:, 3], marks[:, 7] = radius, angle, opacity
        marks[:, 4:7] = rgb
        self.marks = marks[(marks[:, 7] > _FAINTEST) & (marks[:, 2] > 0)]
        self.points = _around(self.marks)

    def prints(self, matrix: cairo.Matrix) -> Prints:
        """What `paint` draws on a context in scene units that has this matrix."""
        marks = self.marks * (1, 1, matrix.xx, 1, 1, 1, 1, float(self.fill_rgbas[0, 3]))
        marks[:, 0] = matrix.xx * marks[:, 0] + matrix.x0
        marks[:, 1] = matrix.yy * marks[:, 1] + matrix.y0
        return (self._prints_of_light if self._art is glow else self._prints_of_copies)(marks)

    def paint(self, context: cairo.Context, prints: Prints | None = None) -> None:  # type: ignore[type-arg]
        """Draw all, or those of which there are prints, on a context in scene units, in order."""
        matrix = context.get_matrix()
        context.save()
        context.new_path()  # the one before is left to be drawn again
        context.identity_matrix()
        if isinstance(context.get_target(), cairo.ImageSurface):
            if self._additive:
                context.set_operator(cairo.OPERATOR_ADD)
            prints = self.prints(matrix) if prints is None else prints
            (self._paint_light if self._art is glow else self._paint_copies)(context, prints)
        else:
            fade = float(self.fill_rgbas[0, 3])
            for x, y, radius, angle, red, green, blue, opacity in self.marks.tolist():
                across, down = matrix.transform_point(x, y)
                rgb = red, green, blue
                self._draw_outlined(context, across, down, matrix.xx * radius, angle, rgb, fade * opacity)
        context.restore()

    def _prints_of_light(self, marks: NDArray[np.float64]) -> Prints:
        """Marks in pixels, as each is drawn: one colour through a mask that is kept by size alone."""
        sizes = np.maximum(np.rint(marks[:, 2:3] * _SOFT_SIZE_STEPS), 1)
        reach = np.ceil(sizes / _SOFT_SIZE_STEPS + 1)
        corners = np.rint(marks[:, :2] - reach)
        colours = np.rint(marks[:, 4:] * _LEVELS) / _LEVELS
        return Prints(np.hstack((sizes, corners, colours)), np.hstack((corners, corners + 2 * reach)))

    def _paint_light(self, context: cairo.Context, prints: Prints) -> None:  # type: ignore[type-arg]
        for size, left, top, red, green, blue, opacity in prints.rows.tolist():
            # Manim's pictures have their channels the other way round.
            context.set_source_rgba(blue, green, red, opacity)
            surface = self._kept.get((size,))
            if surface is None:
                surface = self._keep((size,), size / _SOFT_SIZE_STEPS, cairo.FORMAT_A8)
            context.mask_surface(surface, left, top)

    def _prints_of_copies(self, marks: NDArray[np.float64]) -> Prints:
        """Marks in pixels, as each is drawn: a copy of a picture of its size, colour, turn and place within a pixel.

        Copied to whole pixels, which is several times faster than between them.
        """
        size_steps, shades, turns, places = self._steps
        rows = np.empty((len(marks), 10))
        rows[:, 0] = np.maximum(np.rint(marks[:, 2] * size_steps), 1)
        rows[:, 1] = np.rint(marks[:, 3] / (2 * np.pi) * turns) % turns
        rows[:, 2:5] = np.rint(marks[:, 4:7] * shades)
        steps = np.rint(marks[:, :2] * places)
        reach = np.ceil(rows[:, :1] / size_steps + 1)
        rows[:, 5:7] = steps % places
        rows[:, 7:9] = corners = steps // places - reach
        rows[:, 9] = np.rint(marks[:, 7] * _LEVELS) / _LEVELS
        return Prints(rows, np.hstack((corners, corners + 2 * reach)))

    def _paint_copies(self, context: cairo.Context, prints: Prints) -> None:  # type: ignore[type-arg]
        size_steps, shades, turns, places = self._steps
        for *key, left, top, opacity in prints.rows.tolist():
            kind = tuple(key)
            surface = self._kept.get(kind)
            if surface is None:
                size, turn, red, green, blue, right, down = key
                rgb, shift_px = (blue / shades, green / shades, red / shades), (right / places, down / places)
                angle = turn * 2 * np.pi / turns
                surface = self._keep(kind, size / size_steps, cairo.FORMAT_ARGB32, shift_px, rgb, angle)
            context.set_source_surface(surface, left, top)
            if opacity < 1:
                context.paint_with_alpha(opacity)
            else:
                context.paint()

    def _draw_outlined(
        self,
        context: cairo.Context,  # type: ignore[type-arg]
        across: float,
        down: float,
        radius: float,
        angle: float,
        rgb: Rgb,
        opacity: float,
    ) -> None:
        context.save()
        context.translate(across, down)
        context.scale(radius, -radius)
        if opacity < 1:
            context.push_group()
        self._art(context, rgb, angle)
        if opacity < 1:
            context.pop_group_to_source()
            context.paint_with_alpha(opacity)
        context.restore()

    def _keep(
        self,
        key: tuple[float, ...],
        radius_px: float,
        format: cairo.Format,
        shift_px: tuple[float, float] = (0.0, 0.0),
        rgb: Rgb = (1.0, 1.0, 1.0),
        angle: float = 0.0,
    ) -> cairo.ImageSurface:
        """Draw what a sprite looks like; its middle is `shift_px` right of and below the surface's."""
        if self._kept_bytes > _KEPT_BYTES or len(self._kept) >= _KEPT:
            self._kept.clear()
            self._kept_bytes = 0
        half = int(np.ceil(radius_px + 1))
        surface = cairo.ImageSurface(format, 2 * half, 2 * half)
        context = cairo.Context(surface)
        context.translate(half + shift_px[0], half + shift_px[1])
        context.scale(radius_px, -radius_px)
        self._art(context, rgb, angle)
        self._kept[key] = surface
        self._kept_bytes += surface.get_stride() * surface.get_height()
        return surface


def _around(marks: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rectangle round all sprites, which stands for them where the extent of a mobject is asked for."""
    if not len(marks):
        return np.zeros((0, 3))
    radius = marks[:, 2:3]
    (left, bottom), (right, top) = (marks[:, :2] - radius).min(axis=0), (marks[:, :2] + radius).max(axis=0)
    return rectangle(float(left), float(right), float(bottom), float(top))


def glow(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """Soft light, brightest in the middle."""
    light = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
    red, green, blue = rgb
    for place in np.linspace(0, 1, 9).tolist():
        light.add_color_stop_rgba(place, red, green, blue, (1 - place) ** 2 * (1 + 2 * place))
    context.set_source(light)
    context.arc(0, 0, 1, 0, 2 * np.pi)
    context.fill()


def spark(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """A point of light: a bright core in a glow of its colour."""
    glow(context, rgb, angle)
    core = cairo.RadialGradient(0, 0, 0, 0, 0, 0.34)
    core.add_color_stop_rgba(0, 1, 1, 1, 1)
    red, green, blue = rgb
    core.add_color_stop_rgba(0.55, 0.5 + 0.5 * red, 0.5 + 0.5 * green, 0.5 + 0.5 * blue, 0.95)
    core.add_color_stop_rgba(1, red, green, blue, 0)
    context.set_source(core)
    context.arc(0, 0, 0.34, 0, 2 * np.pi)
    context.fill()


def ball(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """A ball lit from the upper left."""
    lit = cairo.RadialGradient(-0.35, 0.4, 0.05, 0, 0, 1)
    lit.add_color_stop_rgb(0, *(0.45 + 0.55 * channel for channel in rgb))
    lit.add_color_stop_rgb(0.45, *rgb)
    lit.add_color_stop_rgb(1, *(0.4 * channel for channel in rgb))
    context.set_source(lit)
    context.arc(0, 0, 1, 0, 2 * np.pi)
    context.fill()
