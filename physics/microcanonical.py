"""Coldness from the slope of the entropy, k beta = dS/dE, for N two-level particles, n of them up.

Each route answers the same question for a spectrum that is discrete. They agree as N grows; they
differ at the ends and by 1/N, which is why each one has its own name. n is the number of particles in
the upper level and delta_E_J the energy of one flip (2 eps for levels +-eps). Results are in 1/J; use
``coldness.temperature_from_beta`` for T.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma

from physics._checks import FloatArray, counts, plain, positive, real, require, whole
from physics.entropy import log_multiplicity, log_volume


def _log_ratio(a: FloatArray, b: FloatArray) -> FloatArray:
    """Give ln(a/b), odd under exchange and without loss of accuracy near a = b."""
    contrast = (a - b) / (a + b)
    near = 2.0 * np.arctanh(np.clip(contrast, -0.5, 0.5))
    with np.errstate(divide="ignore"):
        return np.where(np.abs(contrast) < 0.5, near, np.log(a) - np.log(b)) + 0.0


def beta_stirling(N: ArrayLike, n: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness ln((N-n)/n)/dE in 1/J, from Stirling's entropy; +inf at n = 0, +0.0 at N/2, -inf at n = N.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N.
        delta_E_J: energy of one flip in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, n outside [0, N], or delta_E_J <= 0.

    Source: the study note's 1/T = (k/2 eps) ln((N-n)/n).

    >>> beta_stirling(100, [0, 50, 100], 1.0).tolist()
    [inf, 0.0, -inf]
    """
    (total, upper), gap = counts(N, n), positive("delta_E_J", delta_E_J)
    return plain(_log_ratio(total - upper, upper) / gap)


def beta_forward(N: ArrayLike, n: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness ln(C(N,n+1)/C(N,n))/dE in 1/J: what the next flip does to the entropy.

    Exactly 0 (T infinite) at n = (N-1)/2 for odd N. At n = N there is no next state: -inf.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N.
        delta_E_J: energy of one flip in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, n outside [0, N], or delta_E_J <= 0.

    Source: forward difference of k ln C(N, n).

    >>> beta_forward(101, [50, 101], 1.0).tolist()
    [0.0, -inf]
    """
    (total, upper), gap = counts(N, n), positive("delta_E_J", delta_E_J)
    return plain(_log_ratio(total - upper, upper + 1.0) / gap)


def beta_centred(N: ArrayLike, n: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness ln(C(N,n+1)/C(N,n-1))/(2 dE) in 1/J; odd under n <-> N-n, so T(n) = -T(N-n).

    Exactly 0 at n = N/2. The ends lack a neighbour: +inf at n = 0, -inf at n = N.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N.
        delta_E_J: energy of one flip in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, n outside [0, N], or delta_E_J <= 0.

    Source: centred difference of k ln C(N, n).

    >>> beta_centred(100, [0, 50, 100], 1.0).tolist()
    [inf, 0.0, -inf]
    """
    (total, upper), gap = counts(N, n), positive("delta_E_J", delta_E_J)
    lower = total - upper
    return plain((_log_ratio(lower, upper) + _log_ratio(lower + 1.0, upper + 1.0)) / (2.0 * gap))


def beta_exact(N: ArrayLike, n: ArrayLike, delta_E_J: ArrayLike) -> FloatArray:
    """Coldness (digamma(N-n+1) - digamma(n+1))/dE in 1/J: the tangent of the smooth exact dome.

    Finite at the ends, unlike Stirling's; odd under n <-> N-n.

    Args:
        N: number of particles, > 0.
        n: number in the upper level, 0 <= n <= N, any real number.
        delta_E_J: energy of one flip in J, > 0. Shapes broadcast.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N <= 0, n outside [0, N], or delta_E_J <= 0.

    Source: d/dn of ln N! - ln n! - ln (N-n)!; DLMF 5.2.2.

    >>> float(beta_exact(100, 50, 1.0))
    0.0
    """
    (total, upper), gap = counts(N, n), positive("delta_E_J", delta_E_J)
    return plain((digamma(total - upper + 1.0) - digamma(upper + 1.0)) / gap + 0.0)


def beta_volume_forward(N: int, delta_E_J: float) -> FloatArray:
    """Coldness from the volume entropy (states up to E), forward difference, in 1/J, n = 0..N-1 (shape N).

    Always positive: with this entropy T never turns negative, also where the populations are inverted.

    Args:
        N: number of particles, a whole number, 1 to 1e6.
        delta_E_J: energy of one flip in J, > 0.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N not whole or too large, or delta_E_J <= 0.

    Source: Dunkel & Hilbert, Nat. Phys. 10, 67 (2014), doi:10.1038/nphys2815.

    >>> bool((beta_volume_forward(20, 1.0) > 0).all())
    True
    """
    gap = positive("delta_E_J", delta_E_J)
    whole("N", N, 1)
    # ln(1 + C(N,n+1)/volume(n)), because the difference of two nearly equal logs would round to 0.
    with np.errstate(under="ignore"):
        growth = np.exp(log_multiplicity(N, np.arange(1, N + 1)) - log_volume(N)[:-1])
    return np.asarray(np.log1p(growth) / gap)


def beta_from_levels(E_J: ArrayLike, S_over_k: ArrayLike) -> FloatArray:
    """Coldness by centred differences of any tabulated S(E), in 1/J (shape n-2, for the inner points).

    Args:
        E_J: energies in J, strictly rising, shape (n,), n >= 3.
        S_over_k: entropy over k at those energies, shape (n,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: energies that do not rise.

    Source: (S[i+1] - S[i-1])/(E[i+1] - E[i-1]).

    >>> beta_from_levels([0.0, 1.0, 2.0], [0.0, 0.7, 1.0]).tolist()
    [0.5]
    """
    E, S = real("E_J", E_J), real("S_over_k", S_over_k)
    require(np.diff(E) > 0, "E_J step", np.diff(E), "be > 0", "sort the levels and merge degenerate ones")
    return np.asarray((S[2:] - S[:-2]) / (E[2:] - E[:-2]))
