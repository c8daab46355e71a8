"""Numbers as the tables of the page hold them: infinities are the texts that JavaScript's ``Number`` reads back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from explainer.errors import ExplainerError

__all__ = ["Number", "Table", "number", "numbers"]

Number = float | str
Table = dict[str, "Number | str | list[Number] | list[list[Number]] | list[list[Table]] | Table"]

DIGITS = 6


def numbers(values: ArrayLike) -> list[Number]:
    """Numbers for JSON: rounded to `DIGITS` significant digits, infinities as text.

    >>> numbers([1.23456789, float("-inf"), 0.0])
    [1.23457, '-Infinity', 0.0]

    Raises:
        ExplainerError: a value is not a number.
    """
    return [number(float(value)) for value in np.atleast_1d(np.asarray(values, dtype=float))]


def number(value: float) -> Number:
    """One of them.

    >>> number(2 / 3)
    0.666667
    """
    if np.isnan(value):
        raise ExplainerError("a value is not a number", "panels", "mend the table that holds it")
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.{DIGITS}g}")
