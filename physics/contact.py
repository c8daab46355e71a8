"""Thermal contact of two isolated bodies: the common coldness and the way there.

Any object with the three members of ``Body`` can take part: two levels, spins, a band, any spectrum, an
unbounded oscillator. Energy is conserved; the total entropy rises; heat leaves the body of smaller beta,
so it leaves a body at negative temperature whatever positive temperature the other has.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import k
from scipy.integrate import quad
from scipy.optimize import brentq

from physics._checks import FloatArray, nonnegative, positive, single
from physics.errors import ImpossibleStateError

_MAX_STEPS = 2100  # covers the range of double precision
_BISECTIONS = 64
_UNLIKE = 0.1  # a difference above this share of what it is taken of loses nothing worth an integral
_ROUNDING = 16 * np.finfo(float).eps / _UNLIKE


class Body(Protocol):
    """What thermal contact needs to know of a body."""

    @property
    def bounded(self) -> bool:
        """Whether its energy has an upper bound, so that beta <= 0 is possible."""
        ...

    def energy_J(self, beta_per_J: ArrayLike) -> FloatArray:
        """Energy in J at coldness beta (1/J); falls as beta rises."""
        ...

    def entropy_J_per_K(self, beta_per_J: ArrayLike) -> FloatArray:
        """Entropy in J/K at coldness beta (1/J)."""
        ...

    def energy_variance_J2(self, beta_per_J: ArrayLike) -> FloatArray:
        """Variance of the energy in J^2 at coldness beta (1/J), -dU/dbeta; never negative."""
        ...


@dataclass(frozen=True)
class Equilibrium:
    """The common state of two bodies after contact."""

    beta_per_J: float
    """Common coldness in 1/J; between the two initial ones."""
    heat_a_J: float
    """Energy gained by body a in J; negative if a was the hotter."""
    entropy_gain_J_per_K: float
    """Total entropy after minus before in J/K; never negative."""


@dataclass(frozen=True)
class Contact:
    """Time course of a contact; arrays of one shape, so that a scene can interpolate in ``t_s``."""

    t_s: FloatArray
    energy_a_J: FloatArray
    energy_b_J: FloatArray
    energy_total_J: FloatArray
    """Energy of both together in J; the same at all times, to rounding."""
    beta_a_per_J: FloatArray
    beta_b_per_J: FloatArray
    entropy_a_J_per_K: FloatArray
    entropy_b_J_per_K: FloatArray
    entropy_total_J_per_K: FloatArray
    """Entropy of both together in J/K; never falls."""
    final: Equilibrium


@np.errstate(all="ignore")
def equilibrium(a: Body, b: Body, beta_a_per_J: float, beta_b_per_J: float) -> Equilibrium:
    """Common coldness of two bodies brought into contact: the root of U_a(beta) + U_b(beta) = E_total.

    Args:
        a: one body.
        b: the other body.
        beta_a_per_J: initial coldness of a in 1/J; +-inf are legal for bounded bodies.
        beta_b_per_J: initial coldness of b in 1/J.

    Raises:
        NotANumberError: a coldness is NaN.
        OutOfDomainError: beta <= 0 for an unbounded body.
        ImpossibleStateError: the energies leave the range of doubles, so that the end cannot be told.

    Source: conservation of energy; Ramsey, Phys. Rev. 103, 20 (1956), section III. The gain of entropy is
    integral (beta_f - beta) var(E) dbeta over k, body by body: every term is positive, so nothing cancels.

    >>> from physics.two_level import TwoLevelBody
    >>> a, b = TwoLevelBody(100, 1e-26), TwoLevelBody(100, 1e-26)
    >>> equilibrium(a, b, -1e26, 1e26).beta_per_J
    0.0
    """
    beta_a, beta_b = single("beta_a_per_J", beta_a_per_J), single("beta_b_per_J", beta_b_per_J)
    if beta_a == beta_b:
        for body in (a, b):
            body.energy_J(beta_a)  # refuses what the body cannot have
        return Equilibrium(beta_a, 0.0, 0.0)

    def excess(beta: float) -> float:
        gained = _heat_J(a, beta_a, beta) + _heat_J(b, beta_b, beta)
        if np.isnan(gained):
            raise ImpossibleStateError("energy_J", np.inf, "be in the range of doubles", "choose smaller bodies")
        return gained

    def rounding(beta: float) -> float:
        return _ROUNDING * (abs(_heat_J(a, beta_a, beta)) + abs(_heat_J(b, beta_b, beta)))

    bounded = a.bounded and b.bounded
    beta_f = _root(excess, rounding, min(beta_a, beta_b), max(beta_a, beta_b), bounded)
    # What a gains b loses; read it off the body whose own energy is smaller, where it is rounded less.
    smaller = abs(float(a.energy_J(beta_a))) < abs(float(b.energy_J(beta_b)))
    if beta_f not in (beta_a, beta_b) and not _heat_J(a, beta_a, beta_f) and not _heat_J(b, beta_b, beta_f):
        remedy = "choose bodies whose energies are nearer to each other"
        raise ImpossibleStateError("heat_J", 0.0, "be larger than the smallest double to decide where it ends", remedy)
    heat = _heat_J(a, beta_a, beta_f) if smaller else -_heat_J(b, beta_b, beta_f)
    gain = _entropy_gain_J_per_K(a, beta_a, beta_f) + _entropy_gain_J_per_K(b, beta_b, beta_f)
    return Equilibrium(beta_f, heat, gain)


def _heat_J(body: Body, start: float, end: float) -> float:
    """Energy gained from one coldness to another; integrated where the energies are too alike to subtract."""
    before, after = float(body.energy_J(start)), float(body.energy_J(end))
    if abs(after - before) > _UNLIKE * (abs(before) + abs(after)) or np.isinf(start) or np.isinf(end):
        return after - before
    return -_integral(lambda beta: float(body.energy_variance_J2(beta)), start, end)


def _entropy_gain_J_per_K(body: Body, start: float, end: float) -> float:
    """What a body's way to the end adds to the total entropy: dS - k beta_end dU, never negative.

    It is the integral of k (beta_end - beta) var(E) over beta, which is used where the difference cancels.
    """
    if start == end:
        return 0.0
    change = float(body.entropy_J_per_K(end)) - float(body.entropy_J_per_K(start))
    # At beta = -+inf the body takes no more heat, so nothing infinite is multiplied with it.
    heat = _heat_J(body, start, end)
    paid = k * end * heat if heat else 0.0
    size = float(body.entropy_J_per_K(end)) + float(body.entropy_J_per_K(start)) + abs(paid)
    if abs(change - paid) > _UNLIKE * size or np.isinf(start) or np.isinf(end):
        return max(change - paid, 0.0)
    return k * _integral(lambda beta: (end - beta) * float(body.energy_variance_J2(beta)), start, end)


def _integral(function: Callable[[float], float], start: float, end: float) -> float:
    """Integrate over beta, in the scale of the interval, to the accuracy of its integrand."""
    width = end - start
    share, *_ = quad(
        lambda u: function(start + u * width), 0.0, 1.0, epsabs=0.0, epsrel=1e-13, limit=200, full_output=1
    )
    if not np.isfinite(share):
        raise ImpossibleStateError("beta_per_J", (start, end), "leave finite energies", "start at other temperatures")
    return width * float(share)


@np.errstate(all="ignore")
def relax(a: Body, b: Body, beta_a_per_J: float, beta_b_per_J: float, tau_s: float, t_s: ArrayLike) -> Contact:
    """Time course of a contact in which the exchanged energy approaches its end exponentially.

    E_a(t) = E_a(final) + (E_a(0) - E_a(final)) exp(-t/tau). For two sets of two-level particles of equal
    level distance that trade quanta (dn_a/dt = W [N_a n_b - N_b n_a]) this is exact; for other bodies it is
    the relaxation-time law. Either way the path in energy, and with it the entropy balance, is the same.

    Args:
        a: one body.
        b: the other body.
        beta_a_per_J: initial coldness of a in 1/J; +-inf are legal for bounded bodies.
        beta_b_per_J: initial coldness of b in 1/J.
        tau_s: relaxation time in s, > 0.
        t_s: times in s, >= 0, shape (n,).

    Raises:
        NotANumberError: an argument is NaN.
        OutOfDomainError: tau_s <= 0, a time < 0, or beta <= 0 for an unbounded body.

    Source: relaxation-time law; entropy: dS = k (beta_a - beta_b) dE_a >= 0.

    >>> from physics.two_level import TwoLevelBody
    >>> a, b = TwoLevelBody(100, 1.0), TwoLevelBody(300, 1.0)
    >>> run = relax(a, b, -2.0, 1.0, tau_s=1.0, t_s=np.linspace(0.0, 5.0, 6))
    >>> bool((np.diff(run.entropy_total_J_per_K) > 0).all())
    True
    """
    final = equilibrium(a, b, beta_a_per_J, beta_b_per_J)
    t = np.atleast_1d(nonnegative("t_s", t_s))
    with np.errstate(over="ignore", under="ignore"):
        passed = -np.expm1(-t / positive("tau_s", single("tau_s", tau_s)))
    energy_a = float(a.energy_J(beta_a_per_J)) + final.heat_a_J * passed
    energy_b = float(b.energy_J(beta_b_per_J)) - final.heat_a_J * passed
    beta_a = _beta_on_path(a, energy_a, float(beta_a_per_J), final.beta_per_J)
    beta_b = _beta_on_path(b, energy_b, float(beta_b_per_J), final.beta_per_J)
    entropy_a, entropy_b = a.entropy_J_per_K(beta_a), b.entropy_J_per_K(beta_b)
    return Contact(
        t_s=t,
        energy_a_J=energy_a,
        energy_b_J=energy_b,
        energy_total_J=energy_a + energy_b,
        beta_a_per_J=beta_a,
        beta_b_per_J=beta_b,
        entropy_a_J_per_K=entropy_a,
        entropy_b_J_per_K=entropy_b,
        entropy_total_J_per_K=entropy_a + entropy_b,
        final=final,
    )


def _root(
    excess: Callable[[float], float], rounding: Callable[[float], float], low: float, high: float, bounded: bool
) -> float:
    """Zero of a falling function between two coldnesses, of which either may be infinite.

    A mirror pair ends at 0 exactly, not at the rounding of its energies.
    """
    if bounded and low < 0.0 < high:
        middle = excess(0.0)
        if abs(middle) <= rounding(0.0):
            return 0.0
        low, high = (0.0, high) if middle > 0.0 else (low, 0.0)
    if high <= 0.0:
        return -_root(lambda beta: -excess(-beta), lambda beta: rounding(-beta), -high, -low, bounded)
    if np.isinf(high):
        high = _step_until(lambda beta: excess(beta) <= 0.0, max(low, 1.0), 16.0)
    if not bounded:
        low = max(low, _step_until(lambda beta: excess(beta) >= 0.0, high, 1.0 / 16.0))
    # At the ends rounding may push an exact zero to the wrong side.
    if excess(low) <= 0.0:
        return low
    if excess(high) >= 0.0:
        return high
    return float(brentq(excess, low, high, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=_MAX_STEPS))


def _step_until(found: Callable[[float], bool], start: float, factor: float) -> float:
    beta = start
    for _ in range(_MAX_STEPS):
        if found(beta):
            return beta
        beta *= factor
    raise ImpossibleStateError("beta_per_J", beta, "be a finite coldness", "start at finite temperatures")


def _beta_on_path(body: Body, energy_J: FloatArray, start: float, end: float) -> FloatArray:
    """Coldness at each energy between the start and the end, by bisection (cannot leave the bracket)."""
    energy_start_J = float(body.energy_J(start))
    at_start = energy_J == energy_start_J
    beyond = start
    if np.isinf(start):
        nearest = np.abs(energy_J - energy_start_J)[~at_start].min(initial=np.inf)

        def near(beta: float) -> bool:
            return bool(abs(float(body.energy_J(beta)) - energy_start_J) <= nearest)

        beyond = _step_until(near, np.copysign(max(abs(end), 1.0), start), 2.0)
    cold = np.full(energy_J.shape, max(beyond, end))
    hot = np.full(energy_J.shape, min(beyond, end))
    for _ in range(_BISECTIONS):
        middle = 0.5 * (cold + hot)
        too_cold = body.energy_J(middle) < energy_J
        cold, hot = np.where(too_cold, middle, cold), np.where(too_cold, hot, middle)
    return np.where(at_start, start, 0.5 * (cold + hot))
