"""Coldness from the slope of the entropy, k beta = dS/dE, for N two-level particles, n of them up.

Each route answers the same question for a spectrum that is discrete. They agree as N grows; they
differ at the ends and by 1/N, which is why each one has its own name. n is the number of particles in
the upper level and delta_E_J the energy of one flip (2 eps for levels +-eps). Results are in 1/J; use
``coldness.temperature_from_beta`` for T.
"""

import numpy as np
from numpy.typing import ArrayLike

from physics._checks import FloatArray, broadcasting, counts, finite, one_whole, plain, positive, require, single
from physics._differences import digamma_difference, log_ratio
from physics._masks import elementwise
from physics.entropy import log_multiplicity, log_volume
from physics.errors import OutOfDomainError


@elementwise
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
    return plain(log_ratio(total - upper, upper, total - upper - upper) / gap)


@elementwise
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
    return plain(log_ratio(total - upper, upper + 1.0, total - upper - upper - 1.0) / gap)


@elementwise
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
    excess = lower - upper
    return plain((log_ratio(lower, upper, excess) + log_ratio(lower + 1.0, upper + 1.0, excess)) / (2.0 * gap))


@elementwise
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
    lower = total - upper
    return plain(digamma_difference(lower, upper, lower - upper) / gap + 0.0)


def log_beta_volume_forward(N: int, delta_E_J: float) -> FloatArray:
    """Natural log of ``beta_volume_forward`` over 1/J, finite where that is too small for a double (shape N).

    At the top beta is about 2^-N/dE: below the smallest double from some N above 1000.

    Args:
        N: number of particles, a whole number, 1 to 1e6.
        delta_E_J: energy of one flip in J, > 0.

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: N not whole or too large, or delta_E_J <= 0.

    Source: Dunkel & Hilbert, Nat. Phys. 10, 67 (2014), doi:10.1038/nphys2815.

    >>> bool(np.isclose(log_beta_volume_forward(2000, 1.0)[-1], -2000 * np.log(2.0), rtol=1e-14))
    True
    """
    gap = positive("delta_E_J", single("delta_E_J", delta_E_J))
    count = one_whole("N", N, 1)
    # ln(1 + C(N,n+1)/volume(n)), because the difference of two nearly equal logs would round to 0.
    log_growth = log_multiplicity(count, np.arange(1, count + 1)) - log_volume(count)[:-1]
    with np.errstate(under="ignore"):
        growth = np.exp(log_growth)
    small = growth < 1e-17
    return np.where(small, log_growth, np.log(np.log1p(np.where(small, 1.0, growth)))) - np.log(gap)


def beta_volume_forward(N: int, delta_E_J: float) -> FloatArray:
    """Coldness from the volume entropy (states up to E), forward difference, in 1/J, n = 0..N-1 (shape N).

    Never negative: with this entropy T never turns negative, also where the populations are inverted. The coldness
    itself is above 0 everywhere, but from N = 1075 on (in units of 1/dE) it is smaller than the smallest double at the
    top, and comes out as 0; ``log_beta_volume_forward`` gives its logarithm, which stays finite.

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
    with np.errstate(under="ignore", over="ignore"):
        return np.exp(log_beta_volume_forward(N, delta_E_J))


@broadcasting
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
    E, S = finite("E_J", E_J), finite("S_over_k", S_over_k)
    if E.ndim != 1 or E.size < 3 or S.shape != E.shape:
        raise OutOfDomainError("E_J, S_over_k", (E.shape, S.shape), "be rows of one length >= 3", "tabulate more")
    require(np.diff(E) > 0, "E_J step", np.diff(E), "be > 0", "sort the levels and merge degenerate ones")
    return np.asarray((S[2:] - S[:-2]) / (E[2:] - E[:-2]))
