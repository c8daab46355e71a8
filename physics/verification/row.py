"""The record of one verified statement, and the few ways to make one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from physics.errors import PhysicsError


@dataclass(frozen=True)
class Row:
    """A statement with what is expected, what was computed, and how far apart they may be."""

    system: str
    statement: str
    source: str
    expected: float
    computed: float
    tolerance: float
    relative: bool = True
    """Whether ``tolerance`` is relative to ``expected`` (absolute where that is 0)."""

    @property
    def error(self) -> float:
        """Distance between computed and expected, in the sense of ``relative``.

        >>> Row("clock", "hours in a day", "definition", 24.0, 30.0, 0.01).error
        0.25
        """
        distance = abs(self.computed - self.expected)
        return distance / (abs(self.expected) or 1.0) if self.relative else distance

    @property
    def passes(self) -> bool:
        """Whether the error is within the tolerance (a NaN is not)."""
        return bool(self.error <= self.tolerance)


def number(system: str, statement: str, source: str, expected: ArrayLike, computed: ArrayLike, rtol: float) -> Row:
    """Make a row that compares one number with its expected value, relative to it."""
    return Row(system, statement, source, float(np.asarray(expected)), float(np.asarray(computed)), rtol)


def rounded(system: str, statement: str, source: str, expected: str, computed: ArrayLike) -> Row:
    """Make a row for a number published as a decimal: it must round to it, half a unit of its last digit."""
    digits = expected.lower().partition("e")
    exponent = int(digits[2] or 0) - len(digits[0].partition(".")[2])
    half_unit = 0.5 * 10.0**exponent
    return Row(system, statement, source, float(expected), float(np.asarray(computed)), half_unit * (1 + 1e-9), False)


def agree(system: str, statement: str, source: str, expected: ArrayLike, computed: ArrayLike, rtol: float) -> Row:
    """Make a row from two arrays: the largest relative difference, against 0."""
    want, got = np.broadcast_arrays(np.asarray(expected, dtype=float), np.asarray(computed, dtype=float))
    scale = np.where(want == 0, 1.0, np.abs(want))
    worst = float(np.max(np.where(want == got, 0.0, np.abs(got - want) / scale)))
    return Row(system, f"{statement} (largest relative difference)", source, 0.0, worst, rtol, False)


def vanishes(system: str, statement: str, source: str, residual: ArrayLike, atol: float) -> Row:
    """Make a row from a residual that should be 0: its largest magnitude."""
    return Row(system, statement, source, 0.0, float(np.max(np.abs(np.asarray(residual)))), atol, False)


def holds(system: str, statement: str, source: str, truth: ArrayLike) -> Row:
    """Make a row from a yes-or-no law: the share of cases in which it holds, against 1."""
    return Row(system, statement, source, 1.0, float(np.mean(np.asarray(truth))), 0.0, False)


def refuses(system: str, statement: str, source: str, call: Callable[[], object]) -> Row:
    """Make a row for something impossible: 1 if the call raises an error of ``physics``, else 0."""
    try:
        call()
    except PhysicsError:
        return Row(system, statement, source, 1.0, 1.0, 0.0, False)
    return Row(system, statement, source, 1.0, 0.0, 0.0, False)
