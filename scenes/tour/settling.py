"""Atoms on three levels: how they exchange energy among themselves until every pair of levels tells one temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.motion import ease_array
from explainer.stage.palette import hex_rgb
from explainer.stage.shapes import corners, line
from explainer.stage.sprites import Sprites, ball, glow
from explainer.stage.stage import Stage
from physics.coldness import temperature_from_beta
from physics.examples import DELTA_E_J
from physics.examples_tour import THREE_FILLED, THREE_SETTLED
from scenes.protons import GLOW_RADII, HOP_S, REST_STEPS, STEPS_PER_S, is_dark, shade

ATOMS = sum(THREE_FILLED)
PAIRS = ((0, 1), (1, 2), (0, 2))
"""Levels of each pair, the lower one first."""

_MOST_MET = THREE_FILLED[0] - THREE_SETTLED[0]
_DIM = 0.55


def populations(met: float) -> tuple[float, float, float]:
    """Return the atoms on each level when a share, 0..1, of the pairs that must have met have done so.

    Of each pair one came from above and one from below, and both end in the middle, so that energy stays.
    """
    left = (1 - met) * _MOST_MET
    low, middle, high = THREE_SETTLED
    return low + left, middle - 2 * left, high + left


def pair_coldness(numbers: Sequence[float]) -> tuple[float, ...]:
    """Return what each pair of levels tells of coldness, as beta times the distance of two neighbours."""
    return tuple(float(np.log(numbers[low] / numbers[high]) / (high - low)) for low, high in PAIRS)


def temperature_mK(x: float) -> float:
    """Return the temperature in mK at coldness x = beta dE."""
    return 1e3 * float(temperature_from_beta(x / DELTA_E_J))


@dataclass(frozen=True)
class Settling:
    """Who goes up or down a level when: atoms that meet, in the order of their meetings."""

    start: NDArray[np.int_]
    step: NDArray[np.int_]
    who: NDArray[np.int_]
    change: NDArray[np.int_]
    """Of the level: plus or minus one, or two in a swap of the lowest with the highest."""

    def levels(self, time_s: float) -> NDArray[np.float64]:
        """Return how high each atom is, 0 to 2, shape (N,), at a time in s."""
        progress = ease_array((time_s - self.step / STEPS_PER_S) / HOP_S)
        heights = self.start + np.bincount(self.who, weights=self.change * progress, minlength=len(self.start))
        return np.clip(heights, 0.0, 2.0)


def settle(met: Sequence[float], swaps_per_step: float, seed: int) -> Settling:
    """Draw the meetings of atoms of which a share has met after each step; once settled as many meet as part again."""
    rng = np.random.default_rng(seed)
    first = rng.permutation(np.repeat(np.arange(3), THREE_FILLED))
    now, free = first.copy(), np.zeros(ATOMS, dtype=int)
    rows: list[tuple[int, int, int]] = []

    def turn(step: int, *moves: tuple[int, int]) -> bool:
        """Let one atom of each level named first go to the level named second; False if none has rested."""
        chosen: list[int] = []
        for level, _ in moves:
            idle = np.flatnonzero((now == level) & (free <= step))
            idle = idle[~np.isin(idle, chosen)]
            if not len(idle):
                return False
            chosen.append(int(rng.choice(idle)))
        for who, (level, target) in zip(chosen, moves, strict=True):
            rows.append((step, who, target - level))
            now[who], free[who] = target, step + REST_STEPS
        return True

    done = 0
    for step in range(1, len(met)):
        wanted = round(met[step] * _MOST_MET)
        while done < wanted and turn(step, (0, 1), (2, 1)):
            done += 1
        for _ in range(rng.poisson(swaps_per_step)):
            low = int(rng.integers(2))
            turn(step, (low, low + 1), (low + 1, low))
        if met[step] == 1 and rng.random() < swaps_per_step:
            turn(step, (1, 0), (1, 2), (0, 1), (2, 1))
    table = np.array(rows, dtype=int).reshape(-1, 3)
    return Settling(first, table[:, 0], table[:, 1], table[:, 2])


class Plates:
    """Three levels, one above the other, each with a seat for every atom."""

    def __init__(self, stage: Stage[Any], box: Box, columns: int, width: float = 4.0) -> None:
        self._theme = stage.theme
        ranks = -(-ATOMS // columns)
        column, rank = np.arange(ATOMS) % columns, np.arange(ATOMS) // columns
        pitch = box.width / (columns + 0.5 * (ranks > 1))
        self.radius = 0.56 * pitch
        rise = min(1.05 * pitch, 0.26 * box.height / ranks)
        self._seats = np.stack([box.left + pitch * (column + 0.5 + 0.5 * (rank % 2)), rise * rank], axis=1)
        self._order = np.argsort(-rank, kind="stable")
        depth = rise * (ranks - 1) + 2 * self.radius
        self.pitch = (box.height - depth) / 2
        self.floors = [box.bottom + self.radius + level * self.pitch for level in range(3)]
        self.lines = [
            stage.put(
                line(corners([[box.left, y - self.radius, 0], [box.right, y - self.radius, 0]]), width),
                hex_rgb(stage.theme.muted),
                bleeds=True,
            )
            for y in self.floors
        ]
        dark = is_dark(stage.theme)
        self._glow = 0.42 if dark else 0.2
        self._light: Sprites = stage.put(Sprites(glow, additive=dark), bleeds=True)
        self._bodies: Sprites = stage.put(Sprites(ball), bleeds=True)

    def lay(
        self, levels: NDArray[np.float64], rgb: NDArray[np.float64], opacity: float, above: NDArray[np.float64]
    ) -> None:
        """Show atoms at their heights, shape (N,), some units above their seats, in colours by height, shape (N, 3)."""
        places = self._seats + np.stack([np.zeros(ATOMS), self.floors[0] + self.pitch * levels + above], axis=1)
        order, up = self._order, levels / 2
        self._light.lay(places, GLOW_RADII * self.radius, rgb, self._glow * (0.3 + 0.7 * up) * opacity)
        bodies = shade(self._theme, rgb, _DIM + (1 - _DIM) * up)
        self._bodies.lay(places[order], self.radius, bodies[order], opacity)
