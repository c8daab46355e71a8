"""Sprites: many small pictures of one kind as a single mobject, each drawn once per size, colour and turn, then copied.

A scene says where they are with `Sprites.lay`; what one looks like is an `Art`, a function that draws it with cairo.
"""

from __future__ import annotations

from collections.abc import Callable

import cairo
import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.shapes import rectangle

Rgb = tuple[float, float, float]
Art = Callable[[cairo.Context, Rgb, float], None]  # type: ignore[type-arg]
"""Draws within the disc of radius 1 about the origin, y upward, in a colour, turned by an angle in radians."""

_SIZE_STEPS = 4  # a pixel; finer differences in size cannot be seen
_TURN_STEPS = 96  # a full turn
_COLOUR_STEPS = 48  # from none to full of a channel
_SOFT_SIZE_STEPS, _SOFT_COLOUR_STEPS = 0.5, 24  # where there is no edge
_KEPT_BYTES = 24 << 20  # of drawn pictures; more are of a camera that moves, and will not come back
_FAINTEST = 1 / 255


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
        self._art, self._additive, self._soft = art, additive, art in (glow, spark)
        self._drawn: dict[tuple[int, ...], cairo.ImageSurface] = {}
        self._drawn_bytes = 0

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

    def paint(self, context: cairo.Context) -> None:  # type: ignore[type-arg]
        """Draw all on a context in scene units, in order."""
        matrix, fade = context.get_matrix(), float(self.fill_rgbas[0, 3])
        outlines = not isinstance(context.get_target(), cairo.ImageSurface)
        context.save()
        context.new_path()  # the one before is left to be drawn again
        context.identity_matrix()
        if self._additive and not outlines:
            context.set_operator(cairo.OPERATOR_ADD)
        for x, y, radius, angle, red, green, blue, opacity in self.marks.tolist():
            across, down = matrix.xx * x + matrix.x0, matrix.yy * y + matrix.y0
            if outlines:
                self._draw_outlined(
                    context, across, down, radius * matrix.xx, angle, (red, green, blue), opacity * fade
                )
                continue
            surface = self._surface(radius * matrix.xx, angle, (red, green, blue))
            half = surface.get_width() / 2
            left, top = across - half, down - half
            if self._soft:  # on whole pixels, which is several times faster and cannot be seen where there is no edge
                left, top = round(left), round(top)
            context.set_source_surface(surface, left, top)
            context.paint_with_alpha(opacity * fade)
        context.restore()

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

    def _surface(self, radius_px: float, angle: float, rgb: Rgb) -> cairo.ImageSurface:
        steps, shades = (_SOFT_SIZE_STEPS, _SOFT_COLOUR_STEPS) if self._soft else (_SIZE_STEPS, _COLOUR_STEPS)
        size = max(round(radius_px * steps), 1)
        turn = 0 if self._soft else round(angle / (2 * np.pi) * _TURN_STEPS) % _TURN_STEPS
        red, green, blue = (round(channel * shades) for channel in rgb)
        key = (size, turn, red, green, blue)
        if key not in self._drawn:
            if self._drawn_bytes > _KEPT_BYTES:
                self._drawn.clear()
                self._drawn_bytes = 0
            radius = size / steps
            side = 2 * int(np.ceil(radius + 1))
            surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
            context = cairo.Context(surface)
            context.translate(side / 2, side / 2)
            context.scale(radius, -radius)
            # Manim's pictures have their channels the other way round.
            shade = (blue / shades, green / shades, red / shades)
            self._art(context, shade, turn * 2 * np.pi / _TURN_STEPS)
            self._drawn[key] = surface
            self._drawn_bytes += 4 * side * side
        return self._drawn[key]


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
