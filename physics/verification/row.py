"""The record of one verified statement, and the few ways to make one."""

from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass
class Checks:
    """The rows of one system; each method evaluates one statement and adds its row.

    >>> check = Checks("clock")
    >>> check.number("hours in a day", "definition", 24.0, 2 * 12, 0.0)
    >>> check.rows[0].passes
    True
    """

    system: str
    rows: list[Row] = field(default_factory=list)

    def number(self, statement: str, source: str, expected: ArrayLike, computed: ArrayLike, rtol: float) -> None:
        """Compare one number with its expected value, relative to it."""
        want, got = float(np.asarray(expected)), float(np.asarray(computed))
        self.rows.append(Row(self.system, statement, source, want, got, rtol))

    def rounded(self, statement: str, source: str, expected: str, computed: ArrayLike) -> None:
        """Compare with a number published as a decimal: it must round to it, half a unit of its last digit."""
        digits, _, exponent = expected.lower().partition("e")
        last = int(exponent or 0) - len(digits.partition(".")[2])
        self._absolute(statement, source, float(expected), computed, 0.5 * 10.0**last * (1 + 1e-9))

    def agree(self, statement: str, source: str, expected: ArrayLike, computed: ArrayLike, rtol: float) -> None:
        """Compare two arrays: the largest relative difference, against 0."""
        want, got = np.broadcast_arrays(np.asarray(expected, dtype=float), np.asarray(computed, dtype=float))
        scale = np.where(want == 0, 1.0, np.abs(want))
        worst = np.max(np.where(want == got, 0.0, np.abs(got - want) / scale))
        self._absolute(f"{statement} (largest relative difference)", source, 0.0, worst, rtol)

    def vanishes(self, statement: str, source: str, residual: ArrayLike, atol: float) -> None:
        """Compare a residual that should be 0: its largest magnitude."""
        self._absolute(statement, source, 0.0, np.max(np.abs(np.asarray(residual))), atol)

    def holds(self, statement: str, source: str, truth: ArrayLike) -> None:
        """Test a yes-or-no law: the share of cases in which it holds, against 1."""
        self._absolute(statement, source, 1.0, np.mean(np.asarray(truth)), 0.0)

    def refuses(self, statement: str, source: str, call: Callable[[], object]) -> None:
        """Try something impossible: 1 if the call raises an error of ``physics``, else 0."""
        try:
            call()
            refused = 0.0
        except PhysicsError:
            refused = 1.0
        self._absolute(statement, source, 1.0, refused, 0.0)

    def _absolute(self, statement: str, source: str, expected: float, computed: ArrayLike, atol: float) -> None:
        self.rows.append(Row(self.system, statement, source, expected, float(np.asarray(computed)), atol, False))
