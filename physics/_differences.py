"""Differences of logarithms and of digamma functions, without the cancellation of subtracting them."""

import numpy as np

from physics._checks import FloatArray

_SHIFT = 16  # from here on the series of digamma is exact in double precision
_BERNOULLI = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132)
"""psi(z + 1) = ln z + 1/(2z) - sum of these over z^2, z^4, ...; DLMF 5.11.2."""


def log_ratio(a: FloatArray, b: FloatArray, difference: FloatArray) -> FloatArray:
    """Give ln(a/b) from a, b and a - b, odd under exchange and without loss of accuracy near a = b."""
    contrast = difference / (a + b)
    near = 2.0 * np.arctanh(np.clip(contrast, -0.5, 0.5))
    with np.errstate(divide="ignore"):
        return np.where(np.abs(contrast) < 0.5, near, np.log(a) - np.log(b)) + 0.0


def digamma_difference(a: FloatArray, b: FloatArray, difference: FloatArray) -> FloatArray:
    """Give psi(a + 1) - psi(b + 1) for a, b >= 0 from a, b and a - b, relative to the difference itself."""
    near = sum((difference / ((a + j) * (b + j)) for j in range(1, _SHIFT + 1)), np.zeros(()))
    large_a, large_b = a + _SHIFT, b + _SHIFT
    u, v = 1.0 / large_a**2, 1.0 / large_b**2
    # u^m - v^m = (u - v) (u^(m-1) + ... + v^(m-1)), and u - v = -(a - b)(a + b) u v.
    apart = -difference * (large_a + large_b) * u * v
    powers = [sum((u**i * v ** (m - 1 - i) for i in range(m)), np.zeros(())) for m in range(1, len(_BERNOULLI) + 1)]
    series = sum((c * power for c, power in zip(_BERNOULLI, powers, strict=True)), np.zeros(()))
    half = -0.5 * difference / (large_a * large_b)
    return np.asarray(near + log_ratio(large_a, large_b, difference) + half - apart * series)
