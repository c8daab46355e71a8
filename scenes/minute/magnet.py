"""A hundred protons in a magnet: two levels in depth, whose distance follows the field, under the field's lines."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line, rectangle
from explainer.stage.stage import Stage
from explainer.stage.view import View
from physics.examples import PARTICLES
from scenes.protons import Crowd

_BACK = 0.69  # how large the hindmost row is beside the foremost
_FAR = 0.72  # and how much of its light it has
_HEAD = 0.26
_FLOOR_OPACITY = 0.3
_POLE_GAP, _POLE_HEIGHT, _POLE_SHARE = 0.55, 0.9, 0.82


class Magnet:
    """The picture of protons that stand along the field or against it, each as high as its energy is."""

    def __init__(self, stage: Stage[Any]) -> None:
        self._theme = stage.theme
        area, wide = stage.area, stage.is_wide
        columns = 10 if area.height > area.width else 20
        rows = PARTICLES // columns
        self._half = 5.3 if wide else 0.5 * area.width
        self._middle_x = self._half - stage.safe.right - 0.35 if wide else 0.0
        self._rise = 1.3 if columns == 20 else 2.7
        self._gap = 3.1 if wide else 0.36 * area.height
        # The lower pole is seen where no captions are before it, too.
        low = max(area.bottom + (0.1 if wide else 0.0), stage.frame.bottom + 0.95)
        self._middle_y = low + self._gap / 2
        row = np.arange(PARTICLES) // columns  # the hindmost first, so that those before cover them
        self._depth = 1 - row / (rows - 1)
        self._across = 2 * (np.arange(PARTICLES) % columns + 0.5) / columns - 1
        self._size = 1 - (1 - _BACK) * self._depth
        self.radius = 0.6 * 2 * self._half / columns
        self._lines_x = self._middle_x + np.linspace(-0.96, 0.96, 9) * _POLE_SHARE * self._half
        self.watched = PARTICLES - columns // 2
        muted, faint = hex_rgb(self._theme.muted), hex_rgb(self._theme.faint)
        bottom, top = low - _POLE_GAP, low + self._gap + self._rise + 2 * _POLE_GAP
        self._pole_edges = ((bottom - _POLE_HEIGHT, bottom), (top, top + _POLE_HEIGHT))
        self._poles = [stage.put(_fading(faint), bleeds=True) for _ in self._pole_edges]
        nothing = np.zeros((0, 3))
        self._lines: mn.VMobject = stage.put(line(nothing, 2.0), faint, bleeds=True)
        self._heads: mn.VMobject = stage.put(fill_shape(nothing), faint, bleeds=True)
        self._floors = [stage.put(fill_shape(nothing), faint, bleeds=True) for _ in range(2)]
        self._edges = [stage.put(line(nothing, 3.0), muted, bleeds=True) for _ in range(2)]
        self.crowd = Crowd(stage, bleeds=True)

    def level_y(self, upper: bool) -> float:
        """Return how high the front edge of a level lies at full field."""
        return self._middle_y + (self._gap / 2 if upper else -self._gap / 2)

    def back_corner(self, upper: bool, side: int) -> NDArray[np.float64]:
        """Return the left (-1) or right (1) end of the far edge of a level, as (x, y, 0)."""
        return np.array([self._middle_x + side * self._half * _BACK, self.level_y(upper) + self._rise, 0.0])

    @property
    def right(self) -> float:
        """The right end of the levels."""
        return self._middle_x + self._half

    def seats(self, turns: ArrayLike, field: float) -> NDArray[np.float64]:
        """Return where protons stand, shape (N, 2), turned by half turns from along the first field, 0 to 1."""
        energy = -np.cos(np.pi * np.asarray(turns, dtype=float)) * field
        y = self._middle_y + energy * self._gap / 2 + self._rise * self._depth + 0.75 * self.radius * self._size
        return np.stack([self._middle_x + self._half * self._across * self._size, y], axis=1)

    @property
    def radii(self) -> NDArray[np.float64]:
        """How large each proton is drawn, shape (N,)."""
        return self.radius * self._size

    @property
    def strength(self) -> NDArray[np.float64]:
        """How much light each has, shape (N,): less far away."""
        return 1 - (1 - _FAR) * self._depth

    def draw(self, field: float, view: View, opacity: float = 1.0) -> None:
        """Show the field, from 1 over 0 to -1, and its levels; the crowd is laid by whoever knows where it is."""
        self._draw_poles(view, opacity)
        self._draw_field(field, view, opacity)
        for floor, edge, sign in zip(self._floors, self._edges, (-1, 1), strict=True):
            y = self._middle_y + sign * field * self._gap / 2
            floor.points = edge.points = corners(view(self._floor(y)))
            floor.fill_rgbas[:, 3] = _FLOOR_OPACITY * opacity
            edge.stroke_rgbas[:, 3] = 0.8 * opacity

    def _floor(self, y: float) -> list[list[float]]:
        """The corners of a level plane whose near edge is so high."""
        near, far = 1.03 * self._half, 1.03 * self._half * _BACK
        x, up = self._middle_x, self._rise * 1.06
        return [[x - near, y, 0], [x + near, y, 0], [x + far, y + up, 0], [x - far, y + up, 0], [x - near, y, 0]]

    def _draw_poles(self, view: View, opacity: float) -> None:
        """The magnet's poles, below the lower level and overhead, lit where the field leaves and enters them."""
        x, near = self._middle_x, _POLE_SHARE * self._half
        for pole, (bottom, top) in zip(self._poles, self._pole_edges, strict=True):
            pole.points = view(rectangle(x - near, x + near, bottom, top))
            pole.fill_rgbas[:, 3] = np.array([0.0, 0.75] if pole is self._poles[0] else [0.75, 0.0]) * opacity

    def _draw_field(self, field: float, view: View, opacity: float) -> None:
        heads = []
        (_, bottom), (top, _) = self._pole_edges
        ys = np.linspace(bottom, top, 8)[1:-1]
        for number, x in enumerate(self._lines_x):
            for y in ys[number % 2 :: 2]:
                tip = [x, y + _HEAD * field, 0]
                heads.append([[x - 0.12, y, 0], tip, [x + 0.12, y, 0], [x - 0.12, y, 0]])
        ends = [corners(view([[x, bottom, 0], [x, top, 0]])) for x in self._lines_x]
        self._lines.points = np.concatenate(ends)
        self._heads.points = np.concatenate([corners(view(head)) for head in heads])
        strength = abs(field) * opacity
        self._lines.stroke_rgbas[:, 3] = 0.7 * strength
        self._heads.fill_rgbas[:, 3] = 0.9 * strength


def _fading(rgb: NDArray[np.float64]) -> mn.VMobject:
    """A shape whose colour fades upward or downward, as its two opacities say."""
    shape = fill_shape(np.zeros((0, 3)))
    shape.fill_rgbas = np.array([[*rgb, 1.0], [*rgb, 1.0]])
    shape.sheen_direction = mn.UP
    return shape
