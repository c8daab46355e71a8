"""Four protons, large: out of the hundred, through their arrangements, then up from none to all four."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explainer.stage.motion import ease
from explainer.stage.sprites import Sprites, spark
from explainer.stage.stage import Stage
from physics.examples import FEW
from physics.exchange import OUTSIDE, Exchange
from scenes.minute import seams
from scenes.minute.columns import BALL_SIZE, Arrangements, square
from scenes.protons import HOP_S, STEPS_PER_S, Course, Crowd

Quanta = Sequence[tuple[int, int, float]]
"""Giver, taker and way, 0..1, of each quantum under way."""

FLIGHT_S = 0.55
"""A quantum's way from outside before a proton turns, and to it after."""

QUANTUM_HOTNESS = 0.93

_AROUND = ((1, 2), (2, 3), (0, 1), (3, 2), (1, 3))  # from 0 and 1 up, the other five ways to have two of four up
_FROM, _UNTIL = 0.12, 0.76  # of the time until the first count, in which they are gone through
_SPACED_S = HOP_S + 1 / STEPS_PER_S  # from turn to turn


def flights(
    quanta: Quanta, seats: NDArray[np.float64], beyond: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where quanta under way are, shape (n, 2), and how bright, shape (n,).

    Args:
        quanta: those under way.
        seats: places of those who give and take, shape (N, 2).
        beyond: where a quantum comes from, or goes to, that is not of another, shape (N, 2).
    """
    share, at, seen = FLIGHT_S / (FLIGHT_S + HOP_S), np.zeros((len(quanta), 2)), np.zeros(len(quanta))
    for i, (giver, taker, way) in enumerate(quanta):
        start = beyond[taker] if giver == OUTSIDE else seats[giver]
        end = beyond[giver] if taker == OUTSIDE else seats[taker]
        # From outside it arrives before the proton turns, to outside it leaves after.
        along = way / share if giver == OUTSIDE else (way - 1 + share) / share if taker == OUTSIDE else way
        at[i] = start + (end - start) * ease(along)
        seen[i] = min(1.0, 6 * way, 6 * (1 - way))
    return at, seen


def few_course(begin_s: float, counts_s: Sequence[float]) -> Course:
    """Return how the few turn over: two quanta go round among them, leave, and one is taken in for each count.

    Args:
        begin_s: when the voice begins, in s.
        counts_s: when it counts the arrangements with 0, 1, .. `FEW` of them up.
    """
    none_s = counts_s[0]
    first, last = (begin_s + share * (none_s - begin_s) for share in (_FROM, _UNTIL))
    around = _AROUND[: max(int((last - first) / _SPACED_S), 0)]
    up = {0, 1}
    for giver, taker in around:
        up = up - {giver} | {taker}
    table = [(first + i * (last - first) / max(len(around), 1), *pair) for i, pair in enumerate(around)]
    table += [(last + 0.04 * i * (none_s - begin_s), who, OUTSIDE) for i, who in enumerate(sorted(up))]
    table += [(time_s - HOP_S / 2, OUTSIDE, who) for who, time_s in enumerate(counts_s[1:])]
    steps = np.array([round(time_s * STEPS_PER_S) for time_s, _, _ in table])
    giver, taker = np.array([pair for _, *pair in table]).T
    return Course(Exchange(np.array([True, True, False, False]), steps, giver, taker))


class Few:
    """The few as mobjects.

    Args:
        stage: where they are put.
        arrangements: above which they pass.
        middle: where they are looked at, shape (3,).
        pitch: distance of two of them there, in scene units.
    """

    def __init__(
        self, stage: Stage[Any], arrangements: Arrangements, middle: NDArray[np.float64], pitch: float
    ) -> None:
        seats, self._seat_radius = seams.crowd_seats(stage)
        self._seats = seats[_alike()]
        self._above, self._near = arrangements.above, arrangements.near_pitch
        self._large, self._pitch = square(middle, pitch), pitch
        self._rgb, self._spark_rgb = stage.hotness_rgb, stage.hotness_rgb(QUANTUM_HOTNESS)
        self._crowd = Crowd(stage)
        self._light: Sprites = stage.put(Sprites(spark))

    def lay(
        self, upness: Sequence[float], quanta: Quanta, energy: float, gathered: float, placed: float, opacity: float
    ) -> None:
        """Show them.

        Args:
            upness: how far up each is, 0..1.
            quanta: those that they pass on.
            energy: quanta above whose column they are, once they are placed.
            gathered: 0..1, how far they have come out of the hundred.
            placed: 0..1, how far they have gone to their columns.
            opacity: 0..1.
        """
        up = np.array(upness)
        goal = np.array([np.interp(energy, range(FEW + 1), self._above[:, 0]), self._above[0, 1]])
        out = self._seats + gathered * (self._large - self._seats)
        places = out + placed * (square(goal, self._near) - out)
        size = self._seat_radius + gathered * (BALL_SIZE * self._pitch - self._seat_radius)
        size += placed * (BALL_SIZE * self._near - size)
        colour = self._rgb(float(np.clip(up.sum() / FEW, 0, 1)))
        self._crowd.lay(places, size, up, colour, np.pi * (1 - up), 1.0, opacity * min(1.0, 8 * gathered))
        at, seen = flights(quanta, places, places + size * np.array([2.8, 0.7]))
        self._light.lay(at, 0.8 * size, self._spark_rgb, seen * opacity)


def _alike() -> NDArray[np.int_]:
    """Return four neighbours among the hundred, two by two, of which the upper two are up."""
    upper = np.array(seams.inverted()).reshape(10, 10)
    alike = upper[:-1, :-1] & upper[:-1, 1:] & ~upper[1:, :-1] & ~upper[1:, 1:]
    row, column = np.argwhere(alike)[-1]
    return np.array([10 * r + c for r in (row, row + 1) for c in (column, column + 1)])
