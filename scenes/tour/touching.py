"""Two bodies that touch: the heat between them, its quanta, and the hill of their total entropy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.constants import k as K_B

from physics.contact import Body, equilibrium, relax
from physics.examples import DELTA_E_J
from physics.exchange import OUTSIDE, Exchange, exchange
from physics.two_level import TwoLevelBody, beta_from_upper_fraction
from scenes.protons import REST_STEPS, STEPS_PER_S, Course

_STEPS = 241
_RELAXATIONS = 8.0
_LEAD_S = 0.2  # half of a turn: who turns over is half way when the heat has passed


def coldness_of(body: TwoLevelBody, above: float) -> float:
    """Return beta times the level distance of a body with so many above."""
    return float(beta_from_upper_fraction(above / body.N, DELTA_E_J)) * DELTA_E_J


@dataclass(frozen=True)
class Warmth:
    """Two bodies at a moment: coldness beta dE of each, quanta that have passed, and entropy gained over k."""

    x_hot: float
    x_cold: float
    passed: float
    gain: float


class Heat:
    """The heat from a hotter body to a colder one, by the share of it that has flowed."""

    def __init__(self, hot: Body, cold: Body, x_hot: float, x_cold: float) -> None:
        self._moved = np.linspace(0.0, 1.0, _STEPS)
        elapsed = -np.log1p(self._moved * np.expm1(-_RELAXATIONS))
        betas = x_hot / DELTA_E_J, x_cold / DELTA_E_J
        run = relax(hot, cold, *betas, tau_s=1.0, t_s=elapsed)
        passed = (run.energy_a_J[0] - run.energy_a_J) / DELTA_E_J
        gain = (run.entropy_total_J_per_K - run.entropy_total_J_per_K[0]) / K_B
        self._columns = (run.beta_a_per_J * DELTA_E_J, run.beta_b_per_J * DELTA_E_J, passed, gain)
        self.quanta = -equilibrium(hot, cold, *betas).heat_a_J / DELTA_E_J

    def at(self, share: float) -> Warmth:
        """Return the bodies after a share of the heat, 0..1, has flowed."""
        return Warmth(*(float(np.interp(share, self._moved, column)) for column in self._columns))


def hill(hot: TwoLevelBody, cold: TwoLevelBody, hot_above: int, cold_above: int) -> NDArray[np.float64]:
    """Return (quanta passed, entropy gained over k), shape (n, 2), as far as a body has any to give or room to take.

    Past the top, that is past equilibrium, it goes down again: no heat flows there by itself.
    """
    passed = np.linspace(0.0, min(hot_above, cold.N - cold_above), _STEPS)
    total = np.zeros(_STEPS)
    for body, above in ((hot, hot_above - passed), (cold, cold_above + passed)):
        beta = beta_from_upper_fraction(np.clip(above / body.N, 0.0, 1.0), DELTA_E_J)
        total += body.entropy_J_per_K(beta) / K_B
    return np.stack([passed, total - total[0]], axis=1)


def course(
    bodies: tuple[int, int],
    hot_above: Callable[[float], float],
    total: float | None,
    swapping: NDArray[np.float64],
    seed: int,
    start: NDArray[np.bool_] | None = None,
) -> Course:
    """Draw the quanta within and between two bodies, the hotter one's protons first.

    Args:
        bodies: protons of the hotter body and of the other; none where that is no body of protons.
        hot_above: on the hotter body's upper level at a time in s, in the mean.
        total: on the upper levels of both; None where the other is no body of protons.
        swapping: swaps among a hundred protons on two half-full levels at each step.
        seed: the same seed gives the same quanta.
        start: who of the hotter body is on the upper level at first.
    """
    hot, cold = bodies
    steps = np.arange(len(swapping)) / STEPS_PER_S
    above = np.array([round(hot_above(second + _LEAD_S)) for second in steps.tolist()])
    first = exchange(above, hot, swapping * hot / 100, seed, REST_STEPS, start)
    if total is None:
        return Course(first)
    second = exchange(round(total) - above, cold, swapping * cold / 100, seed + 1, REST_STEPS)
    return Course(_joined(first, second, hot))


def _joined(first: Exchange, second: Exchange, hot: int) -> Exchange:
    """Join what one body gives and the other takes at a step; of swaps that meet in time, half go across."""
    rows: list[tuple[int, int, int]] = []
    for step in sorted({*first.step.tolist(), *second.step.tolist()}):
        across: list[list[tuple[int, int]]] = []
        within: list[list[tuple[int, int]]] = []
        for quanta, shift in ((first, 0), (second, hot)):
            now = quanta.step == step
            pairs = list(zip(quanta.giver[now].tolist(), quanta.taker[now].tolist(), strict=True))
            shifted = [tuple(who if who == OUTSIDE else who + shift for who in pair) for pair in pairs]
            across.append([(a, b) for a, b in shifted if OUTSIDE in (a, b)])
            within.append([(a, b) for a, b in shifted if OUTSIDE not in (a, b)])
        for one, other in zip(*across, strict=True):
            rows.append((step, max(one[0], other[0]), max(one[1], other[1])))
        met = min(map(len, within))
        for (giver, taker), (other_giver, other_taker) in zip(within[0][:met], within[1][:met], strict=True):
            rows += [(step, giver, other_taker), (step, other_giver, taker)]
        rows += [(step, *pair) for pairs in within for pair in pairs[met:]]
    table = np.array(rows, dtype=int).reshape(-1, 3)
    start = np.concatenate([first.start, second.start])
    return Exchange(start, table[:, 0], table[:, 1], table[:, 2])
