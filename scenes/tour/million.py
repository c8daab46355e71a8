"""A million nuclei, drawn one by one: those along the field and those against it."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import rectangle
from explainer.stage.sprites import Prints, Sprites, glow
from explainer.stage.stage import Stage

MILLION = 1_000_000
SHAPES = {"wide": (1250, 800), "tall": (800, 1250), "square": (1000, 1000)}
"""Columns and rows of a million."""

STEPS = 40
"""Pictures of them, in each of which some neighbours have changed places."""

_SWAPPED = 0.2  # of all pairs, from one picture to the next
_SEED = 5


class Million(Sprites):
    """A sheet of a million grains, half of them bright but for an excess; it is a picture, one pixel a grain."""

    def __init__(self, stage: Stage[Any], excess: int) -> None:
        super().__init__(glow)
        area = stage.area
        shape = "wide" if stage.is_wide else "tall" if area.height > 1.2 * area.width else "square"
        self.columns, self.rows = SHAPES[shape]
        frame = stage.frame
        self._pitch = min(frame.width / self.columns, frame.height / self.rows)
        rng = np.random.default_rng(_SEED)
        now = rng.permutation(MILLION) < MILLION // 2 - excess // 2
        self._packed = [np.packbits(now)]
        for _ in range(STEPS - 1):
            first = 2 * np.flatnonzero(rng.random(MILLION // 2) < _SWAPPED)
            now[first], now[first + 1] = now[first + 1], now[first].copy()
            self._packed.append(np.packbits(now))
        self._ground = hex_rgb(stage.theme.background)
        self._step, self._zoom, self._bright = 0, 1.0, (self._ground, self._ground)

    def lay_sheet(self, step: int, zoom: float, along: NDArray[np.float64], against: NDArray[np.float64]) -> None:
        """Show one of the pictures, so much enlarged about its middle, in the two colours."""
        self._step, self._zoom, self._bright = step % STEPS, zoom, (along, against)
        self.marks = np.array([[step % STEPS, zoom, *along, *against]])  # by which it is seen to change
        half_x, half_y = (0.5 * zoom * self._pitch * count for count in (self.columns, self.rows))
        self.points = rectangle(-half_x, half_x, -half_y, half_y)

    def place(self, column: float, row: float) -> NDArray[np.float64]:
        """Return where a grain of the sheet is, as (x, y, 0)."""
        across, up = column - (self.columns - 1) / 2, row - (self.rows - 1) / 2
        return self._zoom * self._pitch * np.array([across, up, 0.0])

    def prints(self, matrix: cairo.Matrix) -> Prints:
        """The sheet as a whole."""
        (left, bottom), (right, top) = self.points[:, :2].min(axis=0), self.points[:, :2].max(axis=0)
        box = *matrix.transform_point(left, top), *matrix.transform_point(right, bottom)
        return Prints(np.append(self.marks, self.fill_rgbas[:1, 3:], axis=1), np.array([box]) + (-1, -1, 1, 1))

    def paint(self, context: cairo.Context, prints: Prints | None = None) -> None:  # type: ignore[type-arg]
        """Draw the sheet on a context in scene units."""
        opacity = float(self.fill_rgbas[0, 3])
        against = np.unpackbits(self._packed[self._step]).reshape(self.rows, self.columns)
        # Manim's pictures have their channels the other way round.
        words = [
            0xFF000000 | sum(round(255 * float(channel)) << (8 * place) for place, channel in enumerate(rgb))
            for rgb in self._bright
        ]
        pixels = np.array(words, dtype=np.uint32)[against]
        surface = cairo.ImageSurface.create_for_data(
            pixels.data,
            cairo.FORMAT_ARGB32,
            self.columns,
            self.rows,
            4 * self.columns,
        )
        context.save()
        context.new_path()  # the one before is left to be drawn again
        context.scale(self._zoom * self._pitch, self._zoom * self._pitch)
        context.translate(-self.columns / 2, -self.rows / 2)
        context.set_source_surface(surface, 0, 0)
        context.get_source().set_filter(cairo.FILTER_BILINEAR if self._zoom > 1.5 else cairo.FILTER_GOOD)
        context.rectangle(0, 0, self.columns, self.rows)
        context.clip()
        context.paint_with_alpha(opacity)
        context.restore()
