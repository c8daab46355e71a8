"""Axes that two segments share: energy, on which a hundred protons are one point, and coldness, which is its slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, discs, fill_shape, line, paint, strip
from explainer.stage.sprites import Sprites, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, SMALL
from physics.examples import DELTA_E_J, PARTICLES
from physics.two_level import upper_fraction
from scenes.protons import is_dark

COLDNESS_END = 4.0
"""The axis of coldness runs from plus to minus this, as beta times the level distance."""

POINT_RADIUS = 0.17
_GLOW_RADII = 5.0
_STRIP_STEPS = 97


@dataclass(frozen=True)
class Span:
    """A level line in scene units."""

    left: float
    right: float
    y: float

    def at(self, share: ArrayLike, up: ArrayLike = 0.0) -> NDArray[np.float64]:
        """Return points, shape (..., 3), a share of the way along and some units above."""
        along = np.asarray(share, dtype=float)
        x = self.left + (self.right - self.left) * along
        return np.stack([x, np.broadcast_to(self.y + np.asarray(up), x.shape), np.zeros_like(x)], axis=-1)


def hotness(x: ArrayLike) -> NDArray[np.float64]:
    """Return the upper fraction at coldness x = beta dE, which is the film's place between coldest and hottest."""
    return np.asarray(upper_fraction(np.asarray(x) / DELTA_E_J, DELTA_E_J))


class Point:
    """A bright point in the colour of a state: a disc in its glow."""

    def __init__(self, stage: Stage[Any], radius: float = POINT_RADIUS, bleeds: bool = False) -> None:
        self._stage, self._radius = stage, radius
        self.light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=bleeds)
        self.disc: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), bleeds=bleeds)

    def lay(self, at: NDArray[np.float64], hotness: float, opacity: float = 1.0) -> None:
        """Show the point at a place, shape (3,), for a place between coldest (0) and hottest (1)."""
        rgb = self._stage.hotness_rgb(hotness)
        self.light.lay([at], _GLOW_RADII * self._radius, rgb, 0.6 * opacity)
        self.disc.points = discs([at], self._radius) if opacity > 0 else np.zeros((0, 3))
        paint(self.disc, rgb)
        self.disc.fill_rgbas[:, 3] = opacity


class EnergyAxis:
    """An arrow from none of the protons up to all of them, with its name."""

    def __init__(self, stage: Stage[Any], span: Span) -> None:
        self._span = span
        beyond = span.at(1.0) + [0.45, 0, 0]
        self.line: mn.VMobject = stage.put(
            fill_shape(arrow(span.at(0), beyond, 0.05, 0.26)), hex_rgb(stage.theme.muted)
        )
        self.name: mn.VMobject = stage.text("common.energy", beyond - [0, 0.2, 0], SMALL, "muted", mn.UR)

    def at(self, n: ArrayLike) -> NDArray[np.float64]:
        """Return where n protons on the upper level are, shape (..., 3)."""
        return self._span.at(np.asarray(n, dtype=float) / PARTICLES)


class ColdnessAxis:
    """A band from cold, at the left, to hot, in the colours of coldness, with zero marked and the ends named."""

    def __init__(self, stage: Stage[Any], span: Span, height: float = 0.26) -> None:
        self._span = span
        places = np.linspace(0, 1, _STRIP_STEPS)
        rgb = stage.hotness_rgb(hotness(COLDNESS_END * (1 - 2 * places)))
        self.band: mn.VMobject = stage.put(strip(span.left, span.right, span.y - height / 2, span.y + height / 2, rgb))
        ink = hex_rgb(stage.theme.ink)
        zero = corners([span.at(0.5, -0.75 * height), span.at(0.5, 0.75 * height)])
        self.zero: mn.VMobject = stage.put(line(zero, 4.0), ink)
        self.name: mn.VMobject = stage.text("common.coldness", span.at(0.5, 0.55 + height / 2), BODY, "ink")
        self.ends: list[mn.VMobject] = [
            stage.text("common.cold", span.at(0, 0.35 + height / 2), SMALL, "muted", mn.LEFT),
            stage.text("common.hot", span.at(1, 0.35 + height / 2), SMALL, "muted", mn.RIGHT),
        ]
        self.parts = (self.band, self.zero, self.name, *self.ends)

    def at(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return where coldness x = beta dE is, shape (..., 3)."""
        return self._span.at((1 - np.asarray(x, dtype=float) / COLDNESS_END) / 2)
