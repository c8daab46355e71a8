"""Three levels with particles that change places on them, settled or driven round, and the coldness of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import manim as mn
import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import ease
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import arrow, corners, fill_shape, line, paint
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from explainer.stage.typography import BODY, HEADING
from scenes.axes import hotness
from scenes.protons import is_dark

PARTICLES = 50
"""On the three levels together."""

PAIRS = ((0, 1), (1, 2), (0, 2))

Hop = tuple[int, int, float]
"""From which place to which, and how far on the way, 0..1."""

_COLUMNS = 10
_LEVELS = (0.03, 0.36, 0.69)  # heights
_LINE_END = 0.42  # of the width
_ARROWS = ((0.455, _LEVELS[0], _LEVELS[1]), (0.455, _LEVELS[1], _LEVELS[2]), (0.725, _LEVELS[0], _LEVELS[2]))
_EVERY_S, _HOP_S = 0.2, 0.5


def seats(populations: tuple[float, ...]) -> NDArray[np.int_]:
    """Return the level of each place that is taken, shape (`PARTICLES`,)."""
    return np.repeat(np.arange(3), np.rint(PARTICLES * np.array(populations)).astype(int))


@dataclass(frozen=True)
class Places:
    """Who goes where when: in each round the particles of two or three levels go to each other's places."""

    rounds: tuple[tuple[float, tuple[tuple[int, int], ...]], ...]
    """Beginning in s, and (from, to) of each."""

    def at(self, time_s: float) -> tuple[Hop, ...]:
        """Return the hops under way."""
        return tuple(
            (start, end, (time_s - begin) / _HOP_S)
            for begin, moves in self.rounds
            if begin < time_s < begin + _HOP_S
            for start, end in moves
        )


def places(populations: tuple[float, ...], driven: bool, until_s: float, seed: int) -> Places:
    """Draw rounds in which as many come to each level as leave it.

    Args:
        populations: of the levels, from below.
        driven: whether one goes from the lowest to the highest and two come down by steps; else two change places.
        until_s: end of it.
        seed: the same seed gives the same rounds.
    """
    rng, level = np.random.default_rng(seed), seats(populations)
    free_s = np.zeros(len(level))
    rounds = []
    for begin in np.arange(0.0, until_s, _EVERY_S).tolist():
        around = (0, 2, 1) if driven else PAIRS[int(rng.integers(3))]
        free = [np.flatnonzero((level == at) & (free_s <= begin)) for at in around]
        if min(map(len, free)) == 0:
            continue
        chosen = [int(rng.choice(candidates)) for candidates in free]
        free_s[chosen] = begin + _HOP_S + 0.05
        rounds.append((begin, tuple(zip(chosen, chosen[1:] + chosen[:1], strict=True))))
    return Places(tuple(rounds))


class ThreeLevels:
    """The levels, the particles, and an arrow with a number for each pair."""

    def __init__(self, stage: Stage[Any], box: Box, label: str, populations: tuple[float, ...]) -> None:
        self._stage, self._box = stage, box
        level = seats(populations)
        order = np.concatenate([np.arange(number) for number in np.bincount(level, minlength=3)])
        pitch = min(_LINE_END * box.width / _COLUMNS, 0.3 * box.height / (PARTICLES // _COLUMNS - 1))
        self._radius = 0.46 * pitch
        x = box.left + (order % _COLUMNS + 0.5) * pitch
        y = box.bottom + np.array(_LEVELS)[level] * box.height + (order // _COLUMNS + 0.6) * pitch
        self._seats, self._level = np.stack([x, y], axis=1), level
        faint, end = hex_rgb(stage.theme.faint), _COLUMNS * pitch / box.width
        self.levels = [
            stage.put(line(corners([box.at(0, up), box.at(end, up)]), 6.0), hex_rgb(stage.theme.muted))
            for up in _LEVELS
        ]
        size = HEADING if stage.is_wide else 0.9 * HEADING
        self.arrows, self.readings = [], []
        for across, low, high in _ARROWS:
            middle = box.at(across, (low + high) / 2)
            ends = [box.at(across, low + 0.02), box.at(across, high - 0.02)]
            heads = np.concatenate([arrow(middle, to, 0.05, 0.22) for to in ends])
            self.arrows.append(stage.put(fill_shape(heads), faint))
            self.readings.append(stage.readout(f"{label} {low} {high}", middle + [0.15, -0.012 * size / 2, 0], size))
        self.name = stage.text(label, box.at(0.0, 1.0), BODY, "muted", mn.UL, widest=0.4 * box.width)
        self.unit = stage.formula("Delta E \\/ k T", box.at(1.0, 1.0), BODY, "muted", mn.UR)
        self._light: Sprites = stage.put(Sprites(glow, additive=is_dark(stage.theme)), bleeds=True)
        self._balls: Sprites = stage.put(Sprites(ball), bleeds=True)

    def lay(self, hops: tuple[Hop, ...], pairs: tuple[float, float, float], seen: float) -> None:
        """Show it: hops under way, and the coldness of each pair of levels."""
        stage, at = self._stage, self._seats.copy()
        shade = np.stack([stage.hotness_rgb(float(hotness(2 * pairs[pair]))) for pair in (0, 0, 1)])
        shade[1] = (shade[0] + shade[2]) / 2
        rgb, shine = shade[self._level], np.full(len(at), 0.16)
        for start, end, way in hops:
            along = ease(way)
            at[end] = self._seats[start] + along * (self._seats[end] - self._seats[start])
            at[end, 0] += 1.2 * self._radius * np.sin(np.pi * along)
            rgb[end] = (1 - along) * shade[self._level[start]] + along * shade[self._level[end]]
            shine[end] = 0.16 + 0.6 * np.sin(np.pi * along)
        self._light.lay(at, 2.4 * self._radius, rgb, seen * shine)
        self._balls.lay(at, self._radius, rgb, seen)
        for readout, x in zip(self.readings, pairs, strict=True):
            readout.write(stage.quantity("coldness", x))
            paint(readout, stage.hotness_rgb(float(hotness(2 * x))))
