"""Boltzmann's entropy k ln C(N, n) of N two-level particles with n in the upper level.

n may be any real number in [0, N], so that the exact dome is a smooth curve through its integer points.
"""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import k
from scipy.special import gammaln, xlog1py, xlogy

from physics._checks import FloatArray, counts, one_whole, plain
from physics._masks import elementwise
from physics.errors import OutOfDomainError

_SERIES_FROM = 16.0  # from here on the series below is exact in double precision
_N_VOLUME_MAX = 1_000_000


def _factorial_rest(z: FloatArray) -> FloatArray:
    """Give ln z! minus its leading part z ln z - z; small, so nothing large is ever subtracted."""
    large = np.maximum(z, _SERIES_FROM)
    q = 1.0 / large**2
    series = (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q / 1188)))) / large
    small = np.minimum(z, _SERIES_FROM)
    direct = gammaln(small + 1.0) - xlogy(small, small) + small
    return np.where(z >= _SERIES_FROM, 0.5 * np.log(2.0 * np.pi * large) + series, direct)


def _N_and_smaller_n(N: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    total, upper = counts(N, n)
    return total, np.minimum(upper, total - upper)


@elementwise
def log_multiplicity(N: ArrayLike, n: ArrayLike) -> FloatArray:
    """Log of the number of arrangements C(N, n), for real n in [0, N].

    Accurate to about 1e-15 relative for integers from N = 1 to 1e12 and beyond, also for n near 0 or N,
    where a plain difference of three gammaln loses everything.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, or n outside [0, N].

    Source: lnGamma with the leading terms cancelled by hand (Loader's saddle-point form of the binomial);
    Stirling series: DLMF 5.11.1.

    >>> float(log_multiplicity(1e12, 1.0) - np.log(1e12)) < 1e-14
    True
    >>> np.exp(log_multiplicity(4, [0, 1, 2, 3, 4])).round(12).tolist()
    [1.0, 4.0, 6.0, 4.0, 1.0]
    """
    total, few = _N_and_smaller_n(N, n)
    rest = _factorial_rest(total) - _factorial_rest(total - few) - _factorial_rest(few)
    return plain(-xlogy(few, few / total) - xlog1py(total - few, -few / total) + rest)


@elementwise
def boltzmann_entropy_J_per_K(N: ArrayLike, n: ArrayLike) -> FloatArray:
    """Exact entropy k ln C(N, n) in J/K, for real n in [0, N]: the dome.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, or n outside [0, N].

    Source: S = k ln(N!/(N_low! N_high!)).

    >>> boltzmann_entropy_J_per_K(100, [0, 100]).tolist()
    [0.0, 0.0]
    """
    return plain(k * log_multiplicity(N, n))


@elementwise
def stirling_entropy_J_per_K(N: ArrayLike, n: ArrayLike) -> FloatArray:
    """Stirling's leading form, -k [n ln(n/N) + (N-n) ln(1-n/N)], in J/K: N times the mixing entropy.

    It lies above the exact entropy by about (k/2) ln(2 pi n (N-n)/N).

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N; shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, or n outside [0, N].

    Source: ln z! = z ln z - z.

    >>> bool(stirling_entropy_J_per_K(100, 50) > boltzmann_entropy_J_per_K(100, 50))
    True
    """
    total, few = _N_and_smaller_n(N, n)
    return plain(-k * (xlogy(few, few / total) + xlog1py(total - few, -few / total)))


def multiplicity(N: int, n: int) -> int:
    """Exact number of arrangements C(N, n), a Python int, for N up to 10 000.

    Args:
        N: number of particles, a whole number, 1 to 10 000.
        n: number in the upper level, a whole number, 0 to N.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: not whole, N > 10 000, or n > N.

    Source: definition of the binomial coefficient.

    >>> [multiplicity(4, n) for n in range(5)]
    [1, 4, 6, 4, 1]
    """
    total, upper = one_whole("N", N, 1), one_whole("n", n, 0)
    if total > 10_000:
        raise OutOfDomainError("N", N, "be <= 10000 for an exact integer", "use log_multiplicity")
    counts(total, upper)
    return math.comb(total, upper)


def log_volume(N: int) -> FloatArray:
    """Log of the number of states up to energy n dE, ln sum_{j<=n} C(N, j), for n = 0..N (shape N+1).

    This is the counting of the volume (Gibbs, Hertz) entropy; it never falls, so it never gives T < 0.

    Args:
        N: number of particles, a whole number, 1 to 1e6.

    Raises:
        NotANumberError: N is NaN.
        OutOfDomainError: N is not whole or too large.

    Source: Dunkel & Hilbert, Nat. Phys. 10, 67 (2014), doi:10.1038/nphys2815.

    >>> np.exp(log_volume(4)).round(9).tolist()
    [1.0, 5.0, 11.0, 15.0, 16.0]
    """
    count = one_whole("N", N, 1)
    if count > _N_VOLUME_MAX:
        raise OutOfDomainError("N", N, f"be <= {_N_VOLUME_MAX}", "sum fewer particles; the array has N + 1 entries")
    return np.asarray(np.logaddexp.accumulate(np.atleast_1d(log_multiplicity(count, np.arange(count + 1)))))
