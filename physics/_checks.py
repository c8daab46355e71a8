"""Validation shared by all modules: arrays in, arrays out, one clear error."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics.errors import NotANumberError, OutOfDomainError, PhysicsError

P = ParamSpec("P")
R = TypeVar("R")

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def real(name: str, value: ArrayLike) -> FloatArray:
    """Give ``value`` as a float array without NaN; infinities pass."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise OutOfDomainError(name, "a masked array", "have all its values", "give the values that are not masked")
    try:
        array = np.asarray(value, dtype=np.float64)
    except OverflowError:
        limit = f"be at most {np.finfo(np.float64).max:.2g} in size"
        raise OutOfDomainError(name, "an integer of too many digits", limit, "give a smaller one") from None
    except (TypeError, ValueError):
        raise NotANumberError(name, value, "be a real number", "give a float or an array of floats") from None
    if np.isnan(array).any():
        raise NotANumberError(name, "nan", "be a real number", "look for 0/0 or inf - inf where it was computed")
    return array


def require(ok: ArrayLike, name: str, array: FloatArray, limit: str, remedy: str) -> None:
    """Raise ``OutOfDomainError`` with the first element of ``array`` for which ``ok`` is false."""
    if np.all(ok):
        return
    if np.ndim(ok) == 0:  # said of the array, not of its elements
        raise OutOfDomainError(name, array.flat[0] if array.size == 1 else f"shape {array.shape}", limit, remedy)
    bad = np.broadcast_to(array, np.shape(ok))[~np.asarray(ok)]
    raise OutOfDomainError(name, bad.flat[0], limit, remedy)


def finite(name: str, value: ArrayLike) -> FloatArray:
    """Give ``value`` as an array of finite floats."""
    array = real(name, value)
    require(np.isfinite(array), name, array, "be finite", "give a finite value")
    return array


def positive(name: str, value: ArrayLike) -> FloatArray:
    """Give ``value`` as an array of finite floats above zero."""
    array = finite(name, value)
    require(array > 0, name, array, "be > 0", "give a positive value")
    return array


def nonnegative(name: str, value: ArrayLike) -> FloatArray:
    """Give ``value`` as an array of finite floats, zero or more."""
    array = finite(name, value)
    require(array >= 0, name, array, "be >= 0", "give zero or a positive value")
    return array


def within(name: str, value: ArrayLike, low: float, high: ArrayLike, remedy: str) -> FloatArray:
    """Give ``value`` as an array with low <= value <= high."""
    array = real(name, value)
    top = np.asarray(high)
    limit = f"lie in [{low:g}, {float(top):g}]" if top.ndim == 0 else f"lie in [{low:g}, its own upper limit]"
    require((array >= low) & (array <= top), name, array, limit, remedy)
    return array


def whole(name: str, value: ArrayLike, low: float) -> FloatArray:
    """Give ``value`` as an array of whole numbers >= low, exact in double precision."""
    array = finite(name, value)
    ok = (array >= low) & (array == np.floor(array)) & (array <= 2.0**53)
    require(ok, name, array, f"be a whole number >= {low:g} and at most 2**53", "round it or choose another")
    return array


def single(name: str, value: ArrayLike) -> float:
    """Give ``value``, one real number and no array of them, as a float."""
    array = real(name, value)
    if array.ndim:
        raise OutOfDomainError(name, f"shape {array.shape}", "be one number", "call once for each")
    return float(array)


def filled(name: str, array: FloatArray) -> FloatArray:
    """Give an array that holds one number at least."""
    if array.size == 0:
        raise OutOfDomainError(name, f"shape {array.shape}", "hold one number at least", "give a value")
    return array


def one_whole(name: str, value: ArrayLike, low: float) -> int:
    """Give ``value``, one whole number >= low and no array of them, as an int."""
    return int(whole(name, single(name, value), low))


def broadcasting(function: Callable[P, R]) -> Callable[P, R]:
    """Have a function of arrays refuse shapes that do not fit each other with an error of this package.

    What leaves the range of doubles is 0 or infinite without a warning; what is lost in it ``plain`` refuses.
    """

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with np.errstate(all="ignore"):
                return function(*args, **kwargs)
        except PhysicsError:
            raise
        except ValueError as error:
            # NumPy has no error of its own for this; other errors of value are defects and pass.
            if "broadcast" not in str(error):
                raise
            shapes = " and ".join(str(_shape(value)) for value in (*args, *kwargs.values()))
            remedy = "give arrays of one shape, or single numbers"
            raise OutOfDomainError("shapes", shapes, "broadcast together", remedy) from None

    return checked


def _shape(value: object) -> tuple[int, ...] | str:
    try:
        return np.shape(cast(ArrayLike, value))
    except ValueError:
        return "rows of several lengths"


def particles(name: str, value: ArrayLike) -> float:
    """Give ``value``, one number that counts particles and so is whole and above zero, as a float."""
    return float(_counted(name, single(name, value)))


def _counted(name: str, value: ArrayLike) -> FloatArray:
    count = positive(name, value)
    require(count == np.floor(count), name, count, "be a whole number", "count the particles")
    return count


def counts(N: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Give N particles, a whole number > 0, and 0 <= n <= N of them in the upper level, whole or not."""
    total = _counted("N", N)
    return total, within("n", n, 0.0, total, "count the particles in the upper level, at most N")


def plain(value: ArrayLike) -> FloatArray:
    """Give ``value``, a result, as an array, or as a NumPy scalar if it has no axes; never NaN."""
    scalar_or_array: FloatArray = np.asarray(value)[()]
    if np.isnan(scalar_or_array).any():
        remedy = "one by one the arguments are fine, but together they leave the range of double precision"
        raise OutOfDomainError("result", "nan", "be a number", remedy)
    return scalar_or_array
