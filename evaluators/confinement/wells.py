"""Levels of a stepped well and their kinetic energies by a second hand: matching conditions, and Hellmann-Feynman."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from physics.quantum_well import PAPER_WELL

DEPTH, HALF, WALL = PAPER_WELL.U0_hartree, PAPER_WELL.a_bohr, PAPER_WELL.L_bohr
TOP = 6.2  # hartree, up to which levels are sought
DEPTH_STEP = 1e-6
_GRID = 8000

Numbers = NDArray[np.float64]


def _mismatch(depth: float, even: bool) -> Callable[[float], float]:
    """Zero at an energy whose wave, from the middle and from the wall, joins without a kink."""
    width = WALL - HALF

    def mismatch(E: float) -> float:
        k, q = math.sqrt(2 * (E + depth)), math.sqrt(2 * abs(E))
        if E < 0:
            outer, slope = math.tanh(q * width) / q, 1.0
        else:
            outer, slope = (math.sin(q * width) / q if q else width), math.cos(q * width)
        if even:
            return k * math.sin(k * HALF) * outer - math.cos(k * HALF) * slope
        return k * math.cos(k * HALF) * outer + math.sin(k * HALF) * slope

    return mismatch


@cache
def energies(depth: float = DEPTH) -> Numbers:
    """All levels up to the top, in hartree."""
    found = []
    grid = np.linspace(1e-6, math.sqrt(TOP + depth), _GRID) ** 2 - depth
    for even in (True, False):
        mismatch = _mismatch(depth, even)
        values = [mismatch(E) for E in grid]
        found += [
            brentq(mismatch, low, high, xtol=1e-16, rtol=1e-14)
            for low, high, a, b in zip(grid[:-1], grid[1:], values[:-1], values[1:], strict=True)
            if a * b < 0
        ]
    return np.sort(found)


@cache
def kinetic(depth: float = DEPTH) -> Numbers:
    """Kinetic energies, in hartree: deeper by a little, a level sinks by its share inside of the well."""
    E, higher, lower = (energies(each) for each in (depth, depth - DEPTH_STEP, depth + DEPTH_STEP))
    count = min(len(higher), len(lower), len(E))
    inside = (higher[:count] - lower[:count]) / (2 * DEPTH_STEP)
    return np.asarray(E[:count] + depth * inside)


@cache
def averaged_drop(N: int, top: float, window: float) -> float:
    """The farthest fall, in hartree, of the kinetic temperature averaged over a window of total energy."""
    E, K = energies(), kinetic()
    sums = np.stack([E[: len(K)], K, np.arange(len(K), dtype=float)], axis=1)
    several = sums
    rest = float(E[:N].sum())
    for placed in range(1, N):
        spare = N * top - rest + float(E[: placed + 1].sum())
        parts = []
        for level in range(len(K)):
            fits = several[(several[:, 2] < level) & (several[:, 0] + E[level] <= spare)]
            if len(fits):
                parts.append(np.column_stack([fits[:, 0] + E[level], fits[:, 1] + K[level], np.full(len(fits), level)]))
        several = np.concatenate(parts)
    several = several[several[:, 0] <= N * top]
    several = several[np.argsort(several[:, 0])]
    energy, motion = several[:, 0], several[:, 1]
    if N == 1:
        T = 2 * motion
    else:
        starts = np.flatnonzero(energy < energy[-1] - window)
        ends = np.searchsorted(energy, energy[starts] + window)
        total = np.concatenate([[0.0], np.cumsum(motion)])
        T = 2 * (total[ends] - total[starts]) / (ends - starts) / N
    return float((np.maximum.accumulate(T) - T).max())


def onsets(N: int) -> list[float]:
    """Energies per particle from which 1..N of them can be free."""
    E = energies()
    bound, free = E[E <= 0], E[E > 0]
    return [float(bound[: N - j].sum() + free[:j].sum()) / N for j in range(1, N + 1)]
