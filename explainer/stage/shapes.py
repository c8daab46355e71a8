"""Flat shapes that are rewritten in place: discs, lines, arrows, bars, traces, colour strips."""

from __future__ import annotations

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]

_KAPPA = 4 / 3 * np.tan(np.pi / 8)
_QUADRANT = np.array([[1, 0, 0], [1, _KAPPA, 0], [_KAPPA, 1, 0], [0, 1, 0]])
_TURN = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])
_CIRCLE = np.concatenate([_QUADRANT @ np.linalg.matrix_power(_TURN, quarter).T for quarter in range(4)])


def corners(vertices: ArrayLike) -> Points:
    """Return the Bezier points, shape (4 (n - 1), 3), of the polyline through n vertices of shape (n, 3)."""
    v = np.asarray(vertices, dtype=float)
    step = (v[1:] - v[:-1]) / 3
    points = np.empty((len(step), 4, 3))
    points[:, 0], points[:, 1], points[:, 2], points[:, 3] = v[:-1], v[:-1] + step, v[1:] - step, v[1:]
    return points.reshape(-1, 3)


def discs(centres: ArrayLike, radius: float) -> Points:
    """Return the Bezier points of discs round n centres of shape (n, 3), as one path."""
    return (np.asarray(centres, dtype=float)[:, None, :] + radius * _CIRCLE).reshape(-1, 3)


def rectangle(left: float, right: float, bottom: float, top: float) -> Points:
    """Return the Bezier points of a closed upright rectangle."""
    return corners([[left, bottom, 0], [right, bottom, 0], [right, top, 0], [left, top, 0], [left, bottom, 0]])


def capsule(left: ArrayLike, right: ArrayLike, radius: float) -> Points:
    """Return the Bezier points of a level tube whose round ends are about two points of shape (3,)."""
    turn = np.linspace(0, np.pi, 17)
    cap = radius * np.stack([np.sin(turn), np.cos(turn), np.zeros_like(turn)], axis=1)
    around = np.concatenate([np.asarray(right) + cap, np.asarray(left) - cap])
    return corners(np.concatenate([around, around[:1]]))


def arrow(start: ArrayLike, end: ArrayLike, width: float, head: float) -> Points:
    """Return the outline of a filled arrow; an arrow shorter than its head is all head."""
    a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    length = float(np.linalg.norm(b - a))
    if length < 1e-9:
        return np.zeros((0, 3))
    along = (b - a) / length
    side = np.array([-along[1], along[0], 0.0])
    neck = b - along * min(head, length)
    wing = side * head * 0.55
    shaft = side * width / 2
    return corners([a + shaft, neck + shaft, neck + wing, b, neck - wing, neck - shaft, a - shaft, a + shaft])


def thick(points: Points, width: float) -> Points:
    """Return the outline, anticlockwise, of each straight piece of a path, shape (4 n, 3), drawn as wide as that."""
    sides = []
    for a, b in zip(points[0::4], points[3::4], strict=True):
        length = float(np.linalg.norm(b - a))
        if length > 0:
            aside = np.array([a[1] - b[1], b[0] - a[0], 0.0]) * (width / 2 / length)
            sides.append(corners([a - aside, b - aside, b + aside, a + aside, a - aside]))
    return np.concatenate(sides) if sides else np.zeros((0, 3))


def fill_shape(points: Points) -> mn.VMobject:
    """Return a filled, strokeless mobject with these cubic Bezier points, shape (4 n, 3)."""
    shape = mn.VMobject(stroke_width=0, fill_opacity=1)
    shape.points = points
    return shape


def line(points: Points, width: float = 4.0) -> mn.VMobject:
    """Return an unfilled stroke along Bezier points."""
    stroke = mn.VMobject(stroke_width=width, fill_opacity=0, joint_type=mn.LineJointType.ROUND)
    stroke.points = points
    return stroke


def dashed(start: ArrayLike, end: ArrayLike, dash: float = 0.12, width: float = 3.0) -> mn.VMobject:
    """Return a dashed straight line as one mobject."""
    a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    count = max(1, round(float(np.linalg.norm(b - a)) / (2 * dash)))
    ends = a + (b - a) * (np.arange(2 * count).reshape(-1, 2)[:, :, None] / (2 * count - 1))
    return line(np.concatenate([corners(pair) for pair in ends]), width)


def strip(left: float, right: float, bottom: float, top: float, rgb: NDArray[np.float64]) -> mn.VMobject:
    """Return a bar filled with a gradient from left to right through the rows of `rgb`, shape (n, 3)."""
    bar = fill_shape(rectangle(left, right, bottom, top))
    bar.fill_rgbas = np.column_stack([rgb, np.ones(len(rgb))])
    bar.sheen_direction = mn.RIGHT
    return bar


def paint(mobject: mn.VMobject, rgb: ArrayLike) -> None:
    """Set fill and stroke colour in place, leaving opacities alone."""
    mobject.fill_rgbas[:, :3] = rgb
    mobject.stroke_rgbas[:, :3] = rgb


class Trace(mn.VMobject):
    """A curve of which `draw_to` shows the part up to a place along its abscissa."""

    def __init__(self, abscissa: ArrayLike, vertices: ArrayLike, width: float = 6.0):
        super().__init__(stroke_width=width, fill_opacity=0, joint_type=mn.LineJointType.ROUND)
        self.sheen_direction = mn.RIGHT
        self._abscissa = np.asarray(abscissa, dtype=float)
        self._vertices = np.asarray(vertices, dtype=float)

    def draw_to(self, end: float) -> None:
        """Show the curve from its start to the abscissa `end`."""
        whole = int(np.searchsorted(self._abscissa, end, side="right"))
        if whole == 0:
            self.points = np.zeros((0, 3))
            return
        tip = [np.interp(end, self._abscissa, column) for column in self._vertices.T]
        self.points = corners(np.vstack([self._vertices[:whole], tip]))

    def gradient(self, rgb: NDArray[np.float64]) -> None:
        """Colour the shown part from left to right through the rows of `rgb`, keeping its opacity."""
        opacity = self.stroke_rgbas[0, 3]
        self.stroke_rgbas = np.column_stack([rgb, np.full(len(rgb), opacity)])
