"""Arrangements counted: all of a few protons one by one, and columns as high as their number's logarithm."""

from __future__ import annotations

from itertools import combinations
from math import comb, log
from typing import Any

import cairo
import manim as mn
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import k as K_B

from explainer.stage.layout import Box
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import fill_shape, rectangle
from explainer.stage.sprites import Rgb, Sprites
from explainer.stage.stage import Stage
from physics.entropy import log_multiplicity, stirling_entropy_J_per_K
from physics.examples import FEW, PARTICLES
from scenes.axes import EnergyAxis, Span
from scenes.protons import GLOW_RADII, Crowd, is_dark, shade

SIZES = (FEW, 10, 30, PARTICLES)
"""Protons of the domes that stand one after another."""

WAYS = tuple(comb(FEW, up) for up in range(FEW + 1))
"""Arrangements of the few by how many are up, as many as `_arrangements` lists."""

_SQUARE = np.array([[-0.5, 0.5], [0.5, 0.5], [-0.5, -0.5], [0.5, -0.5]])  # the few, two by two
BALL_SIZE = 0.47
"""Radius of a ball beside the way to the next."""

_CARD = 1.36  # radius of what an arrangement stands on, beside the way from ball to ball
_BLOCK = 2.3  # balls from one arrangement to the next above it
_FILLED = {FEW: 0.5}  # of the way from one column to the next, otherwise:
_MOSTLY_FILLED = 0.8
_LEAST_BITS = 0.006  # a column of a single arrangement, whose logarithm is 0, is still seen
_STOPS = 33
_CARD_DARK, _CARD_LIGHT = 0.3, 0.2
_BEHIND = 0.45  # opacity of a column behind its arrangements


def entropy_bits(share: ArrayLike) -> NDArray[np.float64]:
    """Return the entropy per proton of very many, in bits, where a share of them, 0..1, is up."""
    return np.asarray(stirling_entropy_J_per_K(1, share)) / (K_B * log(2))


def standing(N: int) -> NDArray[np.float64]:
    """Return the columns of N protons, shape (N + 1, 3): share up, entropy per proton in bits, width as a share."""
    n = np.arange(N + 1)
    bits = np.asarray(log_multiplicity(N, n)) / (N * log(2))
    return np.stack([n / N, bits, np.full(N + 1, _FILLED.get(N, _MOSTLY_FILLED) / N)], axis=1)


def columns(refined: float) -> NDArray[np.float64]:
    """Return columns as `standing` does, of `SIZES[0]` at 0; between whole numbers each splits into several."""
    last = len(SIZES) - 2
    before = int(min(max(refined, 0), last))
    way, few, many = min(max(refined - before, 0.0), 1.0), SIZES[before], SIZES[before + 1]
    mother = np.round(np.arange(many + 1) * few / many).astype(int)
    split: NDArray[np.float64] = (1 - way) * standing(few)[mother] + way * standing(many)
    return split


def square(centre: ArrayLike, pitch: float) -> NDArray[np.float64]:
    """Return where the few are, shape (FEW, 2), two by two about a centre."""
    return np.asarray(centre, dtype=float)[:2] + pitch * _SQUARE


def _card(context: cairo.Context, rgb: Rgb, angle: float) -> None:  # type: ignore[type-arg]
    """A square with round corners."""
    corner, side = 0.25, 0.7
    for turn, (x, y) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        at = side - corner
        context.arc(x * at, y * at, corner, turn * np.pi / 2, (turn + 1) * np.pi / 2)
    context.close_path()
    context.set_source_rgb(*rgb)
    context.fill()


class Arrangements:
    """Every arrangement of the few, stacked over its energy, with their number on top."""

    def __init__(self, stage: Stage[Any], box: Box, axis: EnergyAxis, size: float) -> None:
        self._theme = stage.theme
        dark = is_dark(stage.theme)
        most = max(WAYS)
        lift = 0.1
        beside = box.left - stage.frame.left
        self.pitch = min((box.height - lift - 0.7) / (most * _BLOCK), beside / _CARD)
        self._step, self._lift = self.pitch * _BLOCK, lift
        up_of = np.repeat(np.arange(FEW + 1), WAYS)
        rank = np.concatenate([np.arange(ways) for ways in WAYS])
        self._column, self._rank = up_of, rank
        feet = axis.at(PARTICLES * np.arange(FEW + 1) / FEW)[:, :2] + [0, lift + self._step / 2]
        self.near_pitch = 0.088 * (box.height + min(box.width, box.height))
        reach = (0.5 + BALL_SIZE * GLOW_RADII) * self.near_pitch
        x = np.clip(feet[:, 0], stage.frame.left + reach, min(box.right, stage.frame.right - reach))
        self.above: NDArray[np.float64] = np.stack(
            [x, np.full(len(x), min(box.top + 0.3, stage.frame.top) - reach)], axis=1
        )
        self._slots = feet[up_of] + np.stack([np.zeros(len(rank)), rank * self._step], axis=1)
        self._upness = np.array([[k in who for k in range(FEW)] for who in _arrangements()], dtype=float)
        self._rgb = stage.hotness_rgb(up_of / FEW)
        card = _CARD_DARK if dark else _CARD_LIGHT
        self._card_rgb = shade(stage.theme, self._rgb, np.full(len(rank), card))
        self._cards: Sprites = stage.put(Sprites(_card))
        self._crowd = Crowd(stage)
        self.counts = []
        for up, ways in enumerate(WAYS):
            left, top = max(float(feet[up, 0]), stage.area.left + 0.24), float(feet[up, 1]) + (ways - 0.5) * self._step
            count = stage.readout(f"arrangements with {up} up", np.array([left, top + 0.13, 0.0]), size, centred=True)
            count.write(str(ways))
            self.counts.append(count)

    def heights(self, arranged: ArrayLike) -> NDArray[np.float64]:
        """Return how high the stacks reach above the axis, shape (FEW + 1,)."""
        number = np.asarray(arranged, dtype=float)
        reached: NDArray[np.float64] = self._step * number + self._lift * np.minimum(number, 1.0)
        return reached

    def lay(self, arranged: ArrayLike, opacity: float) -> None:
        """Show so many arrangements of each column, shape (FEW + 1,); they come down from above one by one."""
        if opacity <= 0:
            self._crowd.lay(np.zeros((0, 2)), 0.0, np.zeros(0), np.zeros(3))
            self._cards.lay(np.zeros((0, 2)), 0.0, np.zeros((0, 3)))
            return
        come = np.clip(np.asarray(arranged)[self._column] - self._rank, 0.0, 1.0)
        places = self.above[self._column] + come[:, None] * (self._slots - self.above[self._column])
        pitch = self.near_pitch + come * (self.pitch - self.near_pitch)
        self._cards.lay(places, _CARD * pitch, self._card_rgb, come * opacity)
        balls = (places[:, None, :] + pitch[:, None, None] * _SQUARE).reshape(-1, 2)
        seen = np.repeat(come * opacity, FEW)
        self._crowd.lay(
            balls,
            BALL_SIZE * np.repeat(pitch, FEW),
            self._upness.ravel(),
            np.repeat(self._rgb, FEW, axis=0),
            _turn(self._upness.ravel()),
            1.0,
            seen,
        )


class Columns:
    """Columns of entropy per proton over energy, each in the colour of its coldness, dimmer towards the foot."""

    def __init__(self, stage: Stage[Any], axis: Span, height: float) -> None:
        self._axis, self._height = axis, height
        left, right = axis.at(0), axis.at(1)
        self._left, self._width, self._foot = left[0], right[0] - left[0], left[1]
        self.bars: mn.VMobject = stage.put(fill_shape(np.zeros((0, 3))))
        self._hotness_rgb = stage.hotness_rgb
        self.bars.sheen_direction = mn.RIGHT
        reach = self._width * _FILLED[FEW] / FEW / 2 + 0.05
        self.veil: mn.VMobject = stage.put(
            fill_shape(rectangle(left[0] - reach, right[0] + reach, left[1] - 0.05, left[1] + height))
        )
        self._veil_opacity = np.array([0.92, 0.9, 0.85, 0.76, 0.64, 0.42, 0.05])
        ground = np.tile(hex_rgb(stage.theme.background), (len(self._veil_opacity), 1))
        self.veil.fill_rgbas = np.column_stack([ground, self._veil_opacity])
        self.veil.sheen_direction = mn.UP
        self._veil = self.veil.points

    def at(self, share: ArrayLike, bits: ArrayLike) -> NDArray[np.float64]:
        """Return where a share up and an entropy per proton in bits are, shape (..., 3)."""
        return self._axis.at(share, self._height * np.asarray(bits, dtype=float))

    def lay(self, refined: float, stacks: NDArray[np.float64], opacity: float, veiled: float) -> None:
        """Show columns.

        Args:
            refined: 0: as high as the stacks of arrangements, 1: as the logarithm of their number; from then on they
                are `columns(refined - 1)`.
            stacks: height of each stack, shape (FEW + 1,), in scene units.
            opacity: 0..1.
            veiled: 0..1, how much dimmer they are at the foot.
        """
        if opacity <= 0 or not stacks.any():
            self.bars.points = self.veil.points = np.zeros((0, 3))
            return
        share, bits, width = (columns(refined - 1) if refined > 1 else standing(FEW)).T
        heights = self._height * np.maximum(bits, _LEAST_BITS)
        if refined < 1:
            heights = stacks + refined * (heights - stacks)
        edges = np.array([share - width / 2, share + width / 2])
        left, right = self._left + self._width * edges
        self.bars.points = _rectangles(left, right, self._foot, self._foot + heights)
        self.veil.points, self.veil.fill_rgbas[:, 3] = self._veil, self._veil_opacity * veiled
        rgb = self._hotness_rgb(np.clip(np.linspace(edges.min(), edges.max(), _STOPS), 0, 1))
        seen = opacity * (_BEHIND + (1 - _BEHIND) * min(refined, 1.0))
        self.bars.fill_rgbas = np.column_stack([rgb, np.full(_STOPS, seen)])


def _arrangements() -> list[tuple[int, ...]]:
    return [who for up in range(FEW + 1) for who in combinations(range(FEW), up)]


def _turn(upness: NDArray[np.float64]) -> NDArray[np.float64]:
    """The field was turned round: who is down points up no longer."""
    return np.pi * (1 - upness)


def _rectangles(left: ArrayLike, right: ArrayLike, foot: float, top: ArrayLike) -> NDArray[np.float64]:
    """Return the Bezier points of upright rectangles that stand side by side, as one path."""
    low = np.full(np.shape(left), foot)
    x, y = np.stack([left, right, right, left, left], axis=1), np.stack([low, low, top, top, low], axis=1)
    vertices = np.stack([x, y, np.zeros_like(x)], axis=-1)
    start, end = vertices[:, :-1], vertices[:, 1:]
    third = (end - start) / 3
    points: NDArray[np.float64] = np.stack([start, start + third, end - third, end], axis=2).reshape(-1, 3)
    return points
