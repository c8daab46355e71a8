"""The quanta of the hundred protons while they are one population, then two bodies in contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from physics.examples import COLD_BODY, HOT_BODY, PARTICLES
from physics.exchange import OUTSIDE, Exchange, exchange
from scenes.protons import REST_STEPS

HOT = int(HOT_BODY.N)
"""Protons of the hotter body, which come first."""

_SEED = 31
_SWAPS, _SWAPS_HOT, _SWAPS_COLD = 0.3, 0.16, 0.24  # a step; as often for each proton in a body as in the other
_CALM = 12  # as many may change levels, while a proton rests after its turn, for others to swap

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Parting:
    """The quanta of all, counted by their seats in the two bodies, and who sat where before they parted."""

    quanta: Exchange
    place_before: NDArray[np.int_]
    """Which of the seats that all shared each had, shape (N,)."""


def parting(
    above: ArrayLike, hot_above: ArrayLike, last: ArrayLike, quiet_steps: int, shared: ArrayLike, seats: ArrayLike
) -> Parting:
    """Draw the quanta of one population that is parted into two bodies, which then exchange theirs.

    Those above and those below part such that all go the shortest way together.

    Args:
        above: protons above after each step until they part, shape (m + 1,); at rest for the last `REST_STEPS`.
        hot_above: of the hotter body from then on, shape (n + 1,), falling; the other has what is left.
        last: who is above in the end, shape (N,), as many of each body as there must be.
        quiet_steps: steps at the end without swaps.
        shared: seats before they part, shape (N, 2).
        seats: seats in the bodies, shape (N, 2).
    """
    counts, hot_counts = np.asarray(above), np.asarray(hot_above)
    ahead = counts[np.minimum(np.arange(len(counts)) + REST_STEPS, len(counts) - 1)]
    calm = np.abs(ahead - counts) <= _CALM  # else there would be none left to turn
    together = exchange(counts, PARTICLES, calm * _until(_SWAPS, len(counts), REST_STEPS), _SEED, REST_STEPS)
    hot, cold = (
        exchange(body, N, _until(rate, len(body), quiet_steps), _SEED + N, REST_STEPS)
        for body, N, rate in (
            (hot_counts, HOT, _SWAPS_HOT),
            (counts[-1] - hot_counts, int(COLD_BODY.N), _SWAPS_COLD),
        )
    )
    touching = touching_bodies(hot, cold)
    touching = _renamed(touching, _matched(touching.upper(len(hot_counts))[-1], np.asarray(last)))
    seat_of = _nearest(together.upper(len(counts))[-1], touching.start, np.asarray(shared), np.asarray(seats))
    before = _renamed(together, seat_of)
    step = np.concatenate([before.step, touching.step + len(counts) - 1])
    giver, taker = (np.concatenate([getattr(before, name), getattr(touching, name)]) for name in ("giver", "taker"))
    return Parting(Exchange(before.start, step, giver, taker), np.argsort(seat_of))


def _until(rate: float, steps: int, quiet_steps: int) -> NDArray[np.float64]:
    return np.where(np.arange(steps) < steps - quiet_steps, rate, 0.0)


def touching_bodies(hot: Exchange, cold: Exchange) -> Exchange:
    """Join what one body gives and the other takes at a step; swaps that meet in time go across, one each way.

    The protons of the first body come first, `HOT` of them.
    """
    rows: list[tuple[int, int, int]] = []
    for step in sorted({*hot.step.tolist(), *cold.step.tolist()}):
        given, within_hot = _at(hot, step, 0)
        taken, within_cold = _at(cold, step, HOT)
        pairs = [(giver, taker) for (giver, _), (_, taker) in zip(given, taken, strict=True)]
        both = min(len(within_hot), len(within_cold))
        for (giver, taker), (other_giver, other_taker) in zip(within_hot[:both], within_cold[:both], strict=True):
            pairs += [(giver, other_taker), (other_giver, taker)]
        rows += [(step, *pair) for pair in (*pairs, *within_hot[both:], *within_cold[both:])]
    table = np.array(rows, dtype=int).reshape(-1, 3)
    return Exchange(np.concatenate([hot.start, cold.start]), table[:, 0], table[:, 1], table[:, 2])


def _at(body: Exchange, step: int, first: int) -> tuple[Pairs, Pairs]:
    """Return the (giver, taker) of a step, counted from the body's first proton: across its border, and within."""
    now = body.step == step
    pairs: Iterable[tuple[int, int]] = zip(body.giver[now].tolist(), body.taker[now].tolist(), strict=True)
    across: Pairs = []
    within: Pairs = []
    for giver, taker in pairs:
        crossing = OUTSIDE in (giver, taker)
        (across if crossing else within).append((giver + first, taker + first))
    return across, within


def _matched(now: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> NDArray[np.int_]:
    """Return new names, shape (N,), within each body, by which those above now are those that are wanted there."""
    names = np.empty(PARTICLES, dtype=int)
    for first, stop in ((0, HOT), (HOT, PARTICLES)):
        for level in (False, True):
            names[first + np.flatnonzero(now[first:stop] == level)] = first + np.flatnonzero(
                wanted[first:stop] == level
            )
    return names


def _nearest(
    now: NDArray[np.bool_], then: NDArray[np.bool_], places: NDArray[np.float64], seats: NDArray[np.float64]
) -> NDArray[np.int_]:
    """Return the seat for each, shape (N,), on whose level it is, with the least sum of squared ways."""
    names = np.empty(PARTICLES, dtype=int)
    for level in (False, True):
        who, free = np.flatnonzero(now == level), np.flatnonzero(then == level)
        way = ((places[who, None] - seats[None, free]) ** 2).sum(axis=-1)
        row, column = linear_sum_assignment(way)
        names[who[row]] = free[column]
    return names


def _renamed(quanta: Exchange, names: NDArray[np.int_]) -> Exchange:
    start = np.empty_like(quanta.start)
    start[names] = quanta.start
    giver, taker = (
        np.where(who == OUTSIDE, OUTSIDE, names[np.maximum(who, 0)]) for who in (quanta.giver, quanta.taker)
    )
    return Exchange(start, quanta.step, giver, taker)
