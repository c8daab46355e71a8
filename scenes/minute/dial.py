"""A dial for 1/T, whose arc straightens into the axis of coldness: along both, coldness is even."""

from __future__ import annotations

from typing import Any

import cairo
import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, discs, fill_shape
from explainer.stage.sprites import Rgb, Sprites
from explainer.stage.stage import Stage
from scenes.axes import COLDNESS_END, Span, hotness

_BEADS = 240
_BEAD_RADIUS = 0.13  # half the height of the axis of coldness
_NEEDLE_WIDTH, _HUB = 0.2, 0.16
_STRAIGHT = 1e-6


def _bead(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """A flat disc; many side by side make a band."""
    context.set_source_rgb(*rgb)
    context.arc(0, 0, 1, 0, 2 * np.pi)
    context.fill()


class Dial:
    """Half a circle from cold, at the left, over zero to hot, and a needle.

    Args:
        stage: where it is put.
        pivot: of the needle, shape (3,).
        radius: of the arc, in scene units.
        axis: the straight line that the arc becomes.
    """

    def __init__(self, stage: Stage[Any], pivot: NDArray[np.float64], radius: float, axis: Span) -> None:
        self._pivot, self._radius, self._axis = pivot, radius, axis
        self._x = np.linspace(COLDNESS_END, -COLDNESS_END, _BEADS)
        self._rgb = stage.hotness_rgb(hotness(self._x))
        self.band: Sprites = stage.put(Sprites(_bead))
        self.needle: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink))

    def at(self, x: ArrayLike, straight: float) -> NDArray[np.float64]:
        """Return where a coldness x = beta dE is, shape (..., 3), on the band that is so far, 0..1, straightened."""
        share = -np.asarray(x, dtype=float) / (2 * COLDNESS_END)
        length = np.pi * self._radius + straight * (self._axis.right - self._axis.left - np.pi * self._radius)
        top = self._pivot + [0, self._radius, 0]
        middle = top + straight * (self._axis.at(0.5) - top)
        turn = np.pi * max(1 - straight, _STRAIGHT)
        across, down = np.sin(turn * share) * length / turn, (1 - np.cos(turn * share)) * length / turn
        along: NDArray[np.float64] = middle + np.stack([across, -down, np.zeros_like(across)], axis=-1)
        return along

    def lay(self, x: float, opened: float, straight: float) -> None:
        """Show the needle at coldness x.

        Args:
            x: coldness beta dE.
            opened: 0..1, how far the band has come out from its cold end.
            straight: 0..1, how far it has become the axis; at 1 only that is left.
        """
        shown = opened if straight < 1 else 0.0
        out = np.linspace(0, 1, _BEADS) < shown
        self.band.lay(self.at(self._x, straight)[out], _BEAD_RADIUS, self._rgb[out])
        self.needle.points = self._needle(self.at(x, straight), opened, straight)

    def _needle(self, tip: NDArray[np.float64], opened: float, straight: float) -> NDArray[np.float64]:
        """A needle that comes out of its hub, and is drawn into its tip as the band straightens."""
        left = max(1 - 2 * straight, 0.0)
        if left <= 0 or opened <= 0:
            return np.zeros((0, 3))
        foot = tip + left * (self._pivot - tip) if straight else self._pivot
        end = foot + opened * (tip - foot)
        along = (tip - foot) / np.linalg.norm(tip - foot)
        side = _NEEDLE_WIDTH / 2 * left * np.array([-along[1], along[0], 0.0])
        blade = corners([foot - side, end - side / 3, end + side / 3, foot + side, foot - side])
        return np.concatenate([blade, discs([foot], _HUB * opened * left)])
