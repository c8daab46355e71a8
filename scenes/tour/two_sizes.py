"""A small and a large body in balance: quanta go within each, and as many from one to the other as back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.layout import Box
from explainer.stage.sprites import Sprites, ball, spark
from explainer.stage.stage import Stage
from physics.examples_tour import BALANCED
from physics.exchange import Exchange
from scenes.protons import REST_STEPS, Crowd, is_dark

_SEED = 17
_ACROSS_EVERY, _WITHIN_EVERY = 9, 5  # steps
_COLUMNS_WIDE, _COLUMNS_TALL = (3, 11), (2, 7)
_GAP = 1.2  # between the bodies, in distances of two particles

COUNTS = tuple(N for N, _ in BALANCED)


def balanced_quanta(steps: int) -> Exchange:
    """Draw quanta that leave the energy of either body as it is: swaps within one, and two across at once."""
    rng = np.random.default_rng(_SEED)
    body = np.repeat([0, 1], COUNTS)
    up = np.concatenate([np.isin(np.arange(N), rng.permutation(N)[:n]) for N, n in BALANCED])
    start, free_from = up.copy(), np.zeros(len(up), dtype=int)
    quanta: list[tuple[int, int, int]] = []
    for step in range(1, steps):
        across, within = step % _ACROSS_EVERY == 0, step % _WITHIN_EVERY == 0
        routes = [(0, 1), (1, 0)] if across else [(1, 1)] if within else [(0, 0)] if step % _ACROSS_EVERY == 4 else []
        rested = free_from <= step
        chosen: list[tuple[int, int]] = []
        for giver_body, taker_body in routes:
            givers, takers = (
                np.flatnonzero((body == of) & (up == level) & rested)
                for of, level in ((giver_body, True), (taker_body, False))
            )
            if len(givers) and len(takers):
                chosen.append((int(rng.choice(givers)), int(rng.choice(takers))))
        if len(chosen) < len(routes):
            continue
        for giver, taker in chosen:
            up[giver], up[taker] = False, True
            free_from[[giver, taker]] = step + REST_STEPS
            quanta.append((step, giver, taker))
    table = np.array(quanta, dtype=int).reshape(-1, 3)
    return Exchange(start, table[:, 0], table[:, 1], table[:, 2])


class TwoSizes:
    """The bodies' particles, those up shining, and the quanta between them."""

    def __init__(self, stage: Stage[Any], box: Box) -> None:
        self._stage = stage
        widths = _COLUMNS_WIDE if stage.is_wide else _COLUMNS_TALL
        rows = [-(-N // columns) for N, columns in zip(COUNTS, widths, strict=True)]
        pitch = min(box.width / (sum(widths) + _GAP), box.height / max(rows))
        self._radius = 0.44 * pitch
        left = box.left + (box.width - (sum(widths) + _GAP) * pitch) / 2
        parts = []
        for N, columns in zip(COUNTS, widths, strict=True):
            index = np.arange(N)
            parts.append(
                np.stack(
                    [left + (index % columns + 0.5) * pitch, box.bottom + (index // columns + 0.5) * pitch], axis=1
                )
            )
            left += (columns + _GAP) * pitch
        self._seats: NDArray[np.float64] = np.concatenate(parts)
        self._crowd = Crowd(stage, art=ball, bleeds=True)
        self._sparks: Sprites = stage.put(Sprites(spark, additive=is_dark(stage.theme)), bleeds=True)

    def lay(self, upness: tuple[float, ...], quanta: tuple[tuple[int, int, float], ...], seen: float) -> None:
        """Show it."""
        rgb = self._stage.hotness_rgb(BALANCED[0][1] / BALANCED[0][0])
        self._crowd.lay(self._seats, self._radius, np.array(upness), rgb, opacity=seen)
        at = [
            self._seats[giver]
            + (self._seats[taker] - self._seats[giver]) * way
            + [0, self._radius * 2 * way * (1 - way)]
            for giver, taker, way in quanta
        ]
        sizes = np.array([1.3 * self._radius * np.sqrt(np.sin(np.pi * way)) for _, _, way in quanta])
        self._sparks.lay(np.array(at).reshape(-1, 2), sizes, rgb, seen)
