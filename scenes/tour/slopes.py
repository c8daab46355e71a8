"""Slopes between the exact entropies of a few particles, as steps, against Stirling's smooth curve."""

from __future__ import annotations

from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, fill_shape, line
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING, TITLE
from physics import two_level
from scenes.protons import is_dark

_SLOPE_END = 4.2
_EDGE = 0.015  # of the axis, where Stirling's curve leaves the picture
_POINTS = 601
_LIGHTS_FROM = 100  # particles whose lights touch, and are smaller


class Slopes:
    """Stirling's curve, steps that are swept in from the left, and what lies between the two as light."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage, self._box = stage, box
        self._share = np.linspace(_EDGE, 1 - _EDGE, _POINTS)
        self._stirling = np.asarray(two_level.beta_from_upper_fraction(self._share, 1.0))
        theme = stage.theme
        self._zero: mn.VMobject = stage.put(line(np.zeros((0, 3)), 3.0), hex_rgb(theme.faint))
        self._between: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))))
        self._between.sheen_direction = mn.RIGHT
        self._shades = stage.hotness_rgb(np.linspace(_EDGE, 1 - _EDGE, 33))
        self._smooth: mn.VMobject = stage.put(line(np.zeros((0, 3)), 9.0), hex_rgb(theme.muted))
        self._stair: mn.VMobject = stage.put(line(np.zeros((0, 3)), 7.0), hex_rgb(theme.ink))
        self._lights: Sprites = stage.put(Sprites(spark, additive=is_dark(theme)), bleeds=True)

    def words(self) -> list[mn.VMobject]:
        """Add the number, and the names of axes and curve, and return them; the number is the first."""
        stage, box, wide = self._stage, self._box, self._stage.is_wide
        at = box.at(0.8, 0.75) if wide else box.at(0.76, 0.84)
        number = stage.readout("N", at, (2.2 if wide else 1.5) * TITLE, centred=True)
        self._number = number
        name = stage.text("worked.particles", at - [0, 0.5, 0], BODY, "muted", widest=0.4 * box.width)
        curve = stage.text("worked.stirling", box.at(0.1, 0.93), BODY, "muted", mn.LEFT, widest=0.4 * box.width)
        slope = stage.formula("Delta S \\/ Delta E", box.at(0.02, 0.2), HEADING if wide else BODY, "muted", mn.LEFT)
        energy = stage.formula("E", box.at(1, 0.5) + [0, 0.15, 0], BODY, "muted", mn.DR)
        return [number, name, curve, slope, energy]

    def lay(
        self,
        number: int,
        slopes: tuple[float, ...],
        before: tuple[float, ...],
        swept: float,
        drawn: float,
        strength: float,
        gone: float,
        into: NDArray[np.float64],
    ) -> None:
        """Show it.

        Args:
            number: particles that are named.
            slopes: those that are swept in, one between each energy and the next.
            before: those that they are swept over; none at first.
            swept: 0..1, how far they have come.
            drawn: 0..1, how far Stirling's curve has.
            strength: of the light between curve and steps, 0..1.
            gone: 0..1, how far all has shrunk into a place.
            into: that place, shape (3,).
        """
        self._number.write(self._stage.quantity("count", number))
        seen = (1 - gone) * min(1.0, 20 * drawn)

        def at(share: NDArray[np.float64], slope: NDArray[np.float64]) -> NDArray[np.float64]:
            plain = self._at(share, slope)
            return plain + gone * (into - plain)

        x = self._share
        curve = at(x, self._stirling)
        reached = max(round(drawn * (_POINTS - 1)), 1) + 1
        self._smooth.points = corners(curve[:reached])
        self._zero.points = corners(at(np.array([0.0, 1.0]), np.zeros(2)))
        new = x <= _EDGE + swept * (1 - 2 * _EDGE)
        steps = np.where(new, _stairs(slopes, x), _stairs(before or slopes, x))
        shown = np.ones(len(x), dtype=bool) if before else new
        stair = at(x[shown], steps[shown])
        has_steps = len(stair) > 1 and swept > 0
        self._stair.points = corners(stair) if has_steps else np.zeros((0, 3))
        around = np.concatenate([stair, curve[shown][::-1], stair[:1]]) if has_steps else np.zeros((0, 3))
        self._between.points = corners(around) if has_steps else around
        for mobject in (self._smooth, self._zero, self._stair):
            mobject.stroke_rgbas[:, 3] = seen
        self._between.fill_rgbas = np.column_stack([self._shades, np.full(len(self._shades), 0.65 * strength * seen)])
        self._light(slopes, swept, drawn, seen, at)

    def _light(self, slopes: tuple[float, ...], swept: float, drawn: float, seen: float, at: Any) -> None:
        N = len(slopes)
        middle = (np.arange(N) + 0.5) / N
        here = middle <= swept
        places = at(middle, np.array(slopes))[here]
        sizes = np.full(len(places), 0.2 if N >= _LIGHTS_FROM else 0.45)
        fronts, where = [], []
        for way, heights in ((drawn, self._stirling), (swept, _stairs(slopes, self._share))):
            if 0 < way < 1:
                front = _EDGE + way * (1 - 2 * _EDGE)
                fronts.append(at(np.array([front]), np.array([np.interp(front, self._share, heights)]))[0])
                where.append(front)
        lights = np.concatenate([places, np.array(fronts).reshape(-1, 3)])
        shares = np.concatenate([middle[here], where])
        self._lights.lay(
            lights, np.concatenate([sizes, np.full(len(fronts), 0.7)]), self._stage.hotness_rgb(shares), seen
        )

    def _at(self, share: NDArray[np.float64], slope: NDArray[np.float64]) -> NDArray[np.float64]:
        box = self._box
        x = box.left + box.width * share
        y = box.bottom + box.height * (np.clip(slope / _SLOPE_END, -1, 1) + 1) / 2
        return np.stack([x, y, np.zeros_like(x)], axis=-1)


def _stairs(slopes: tuple[float, ...], share: NDArray[np.float64]) -> NDArray[np.float64]:
    N = len(slopes)
    heights: NDArray[np.float64] = np.array(slopes)[np.minimum((share * N).astype(int), N - 1)]
    return heights
