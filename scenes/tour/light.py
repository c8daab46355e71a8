"""Atoms in a crystal of light: a standing wave, bent into a bowl or a hill, with atoms in its valleys."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from scenes.protons import is_dark

SITES = 11
ATOMS = 7
_HOP_S = 0.35
_HOPS_PER_S = 4.0
_SEED = 21
_WAVE_POINTS = 321


@dataclass(frozen=True)
class Hops:
    """Who hops when, in s, and from which site to which; arrays of shape (n,). `start` are the sites at first."""

    start: NDArray[np.int_]
    time_s: NDArray[np.float64]
    atom: NDArray[np.int_]
    step: NDArray[np.int_]

    def sites(self, time_s: float) -> NDArray[np.float64]:
        """Return where the atoms are, counted in sites, shape (ATOMS,)."""
        progress = ease_array((time_s - self.time_s) / _HOP_S)
        moved = np.bincount(self.atom, weights=self.step * progress, minlength=ATOMS)
        return self.start.astype(float) + moved


def hops(until_s: float, frozen: tuple[tuple[float, float], ...]) -> Hops:
    """Draw hops to empty neighbouring sites up to a time; there are none in the spans that are frozen."""
    rng = np.random.default_rng(_SEED)
    start = np.sort(rng.permutation(SITES)[:ATOMS])
    now, rows, time, free = start.copy(), [], 0.0, np.zeros(ATOMS)
    while (time := time + rng.exponential(1 / _HOPS_PER_S)) < until_s:
        atom, step = int(rng.integers(ATOMS)), int(rng.choice((-1, 1)))
        to = now[atom] + step
        still = any(begin - _HOP_S < time < end for begin, end in frozen)
        if not still and 0 <= to < SITES and to not in now and time >= free[atom]:
            now[atom], free[atom] = to, time + _HOP_S
            rows.append((time, atom, step))
    table = np.array(rows).reshape(-1, 3)
    return Hops(start, table[:, 0], table[:, 1].astype(int), table[:, 2].astype(int))


class LightCrystal:
    """The standing wave, its atoms, and arrows between neighbours that push them apart or pull them together."""

    def __init__(self, stage: Stage[Any], left: float, right: float, y: float, height: float) -> None:
        self._stage, self._left, self._right, self._y, self._height = stage, left, right, y, height
        self._pitch = (right - left) / SITES
        self._wave: mn.VMobject = stage.put(line(np.zeros((0, 3)), 6.0), hex_rgb(stage.theme.muted), bleeds=True)
        self._shine: mn.VMobject = stage.put(line(np.zeros((0, 3)), 26.0), hex_rgb(stage.theme.faint), bleeds=True)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._balls: Sprites = stage.put(Sprites(ball), bleeds=True)
        self._arrows: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))), hex_rgb(stage.theme.ink), bleeds=True)

    def lay(
        self,
        sites: NDArray[np.float64],
        depth: float,
        trap: float,
        force: float,
        hotness: float,
        opacity: float,
        swing: float,
    ) -> None:
        """Show it.

        Args:
            sites: where the atoms are, counted in sites.
            depth: of the wave, 0..1.
            trap: +1 a bowl, -1 a hill.
            force: +1 atoms push each other, -1 they pull, 0 there are no arrows.
            hotness: place of their temperature between coldest and hottest.
            opacity: 0..1.
            swing: phase of the light's shimmer in radians.
        """
        nothing = np.zeros((0, 3))
        if opacity <= 0:
            self._wave.points = self._shine.points = self._arrows.points = nothing
            self._light.lay(nothing, 0.1, (0, 0, 0))
            self._balls.lay(nothing, 0.1, (0, 0, 0))
            return
        at = np.linspace(-0.5, SITES - 0.5, _WAVE_POINTS)
        wave = self._places(at, depth, trap)
        self._wave.points = self._shine.points = corners(wave)
        self._wave.stroke_rgbas[:, 3] = opacity
        self._shine.stroke_rgbas[:, 3] = opacity * (0.42 + 0.12 * np.sin(swing))
        radius = 0.36 * self._pitch
        resting = np.abs(sites - np.round(sites))
        places = self._places(sites, depth, trap) + np.stack(
            [np.zeros(ATOMS), radius + 0.35 * self._height * resting, np.zeros(ATOMS)], axis=1
        )
        rgb = self._stage.hotness_rgb(hotness)
        self._light.lay(places, 2.4 * radius, rgb, 0.4 * opacity)
        self._balls.lay(places, radius, rgb, opacity)
        self._arrows.points = self._between(places, force, radius) if abs(force) > 0.02 else nothing
        self._arrows.fill_rgbas[:, 3] = opacity

    def _places(self, sites: NDArray[np.float64], depth: float, trap: float) -> NDArray[np.float64]:
        across = (sites + 0.5) / SITES
        x = self._left + (self._right - self._left) * across
        bend = trap * self._height * ((2 * across - 1) ** 2 - 0.4)
        y = self._y + bend - 0.5 * depth * self._height * np.cos(2 * np.pi * sites) * 0.55
        return np.stack([x, y, np.zeros_like(x)], axis=-1)

    def _between(self, places: NDArray[np.float64], force: float, radius: float) -> NDArray[np.float64]:
        order = np.argsort(places[:, 0])
        shapes = []
        for one, other in pairwise(order):
            a, b = places[one], places[other]
            if b[0] - a[0] > 1.6 * self._pitch:
                continue
            lift, reach = np.array([0, 1.5 * radius, 0]), 0.55 * self._pitch * abs(force)
            middle = (a + b) / 2 + lift
            along = (b - a) / np.linalg.norm(b - a)
            for sign in (-1, 1):
                near, far = middle + sign * 0.06 * along, middle + sign * (0.06 + reach) * along
                shapes.append(arrow(near, far, 0.07, 0.2) if force > 0 else arrow(far, near, 0.07, 0.2))
        return np.concatenate(shapes) if shapes else np.zeros((0, 3))
