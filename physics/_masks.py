"""Arrays of which some numbers do not exist, as an empty level has no temperature: masked in, masked out."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike

from physics._checks import FloatArray, broadcasting

P = ParamSpec("P")
R = TypeVar("R")


def masked(values: ArrayLike, hidden: ArrayLike, none: float) -> FloatArray:
    """Give ``values`` as a masked array.

    Under the mask lies the value next to it that is seen, for readers that know no masks: no NaN and no 0.

    Args:
        values: of any shape.
        hidden: where they do not exist, of that shape.
        none: what lies under the mask in place of NaN if it hides all.
    """
    mask = np.asarray(hidden, dtype=np.bool_)
    return np.ma.masked_array(_covered(np.asarray(values, dtype=np.float64), mask, none), mask)


def elementwise(function: Callable[P, R]) -> Callable[P, R]:
    """Have a function of arrays, which broadcast, answer masked arrays with masked ones; also as `broadcasting`."""
    checked = broadcasting(function)

    @functools.wraps(function)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        if not any(isinstance(each, np.ma.MaskedArray) for each in (*args, *kwargs.values())):
            return checked(*args, **kwargs)
        whole: Any = functools.partial(checked, *map(_whole, args))
        result = whole(**{name: _whole(value) for name, value in kwargs.items()})
        hidden = [np.ma.getmaskarray(each) for each in (*args, *kwargs.values()) if np.ma.isMaskedArray(each)]
        mask = functools.reduce(np.logical_or, hidden)
        answers = tuple(
            np.ma.masked_array(each, np.broadcast_to(mask, np.shape(each)))
            for each in (result if isinstance(result, tuple) else (result,))
        )
        return cast(R, answers if isinstance(result, tuple) else answers[0])

    return answered


def _whole(value: Any) -> Any:
    """Give an argument without its mask; what it hid need not have been lawful."""
    if not np.ma.isMaskedArray(value) or value.dtype.kind not in "biuf":
        return value
    return _covered(np.ma.getdata(value), np.ma.getmaskarray(value), 1.0)


def _covered(values: Any, hidden: Any, none: float) -> Any:
    flat, places = np.ravel(values).copy(), np.flatnonzero(hidden)
    seen = np.flatnonzero(~np.ravel(hidden))
    if not seen.size:
        return np.where(np.isnan(values), none, values)
    flat[places] = flat[seen[np.rint(np.interp(places, seen, np.arange(seen.size))).astype(int)]]
    return flat.reshape(np.shape(values))
