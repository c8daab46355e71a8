"""What the four-level and the three-level laser share: records, integration, effective level temperature."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.constants import h
from scipy.integrate import solve_ivp

from physics._checks import FloatArray, nonnegative, plain, require, single
from physics._masks import masked
from physics.errors import ImpossibleStateError, OutOfDomainError


@dataclass(frozen=True)
class LaserState:
    """Level populations (mean numbers of atoms) and photons in the mode (mean); scalars or arrays of one shape."""

    N2: FloatArray
    N1: FloatArray
    photons: FloatArray


@dataclass(frozen=True)
class LaserRun(LaserState):
    """Time course of a laser; arrays of the shape of ``t_s``."""

    t_s: FloatArray
    pump_per_s: FloatArray
    inversion: FloatArray
    """N2 - (g2/g1) N1, in atoms."""
    stimulated_emission_per_s: FloatArray
    """Photons copied per second, K q N2."""
    absorption_per_s: FloatArray
    """Photons absorbed per second, K q (g2/g1) N1."""
    beta_levels_per_J: FloatArray
    """Effective coldness of the two lasing levels alone, in 1/J; masked while both are empty and have none.

    Under the mask lies that of the nearest time that has one, or inf if none has.
    """


def check_one_mode(K_per_s: float, tau21_s: float) -> None:
    """Refuse a stimulated rate that gives one mode more light than spontaneous emission gives to all."""
    if K_per_s * tau21_s > 1:
        remedy = "one mode cannot get more light than all modes together"
        raise ImpossibleStateError("K_per_s", K_per_s, "be <= 1/tau21_s", remedy)


def effective_beta_per_J(nu_Hz: float, g1: int, g2: int, N2: ArrayLike, N1: ArrayLike) -> FloatArray:
    """Coldness from populations, of which one at least is not 0."""
    upper, lower = nonnegative("N2", N2) / g2, nonnegative("N1", N1) / g1
    if np.any((upper == 0) & (lower == 0)):
        raise ImpossibleStateError("N1 and N2", 0, "not both be 0", "give at least one of the levels some atoms")
    return plain(level_beta_per_J(nu_Hz, upper, lower))


def level_beta_per_J(nu_Hz: float, N2_per_g2: FloatArray, N1_per_g1: FloatArray) -> FloatArray:
    """Coldness from populations per state; NaN where both are 0, as an empty pair has no temperature."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((np.log(N1_per_g1) - np.log(N2_per_g2)) / (h * nu_Hz) + 0.0)


def schedule(t_s: ArrayLike, pump_per_s: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Give rising times and one pump rate per time."""
    times = np.atleast_1d(nonnegative("t_s", t_s))
    if times.ndim != 1 or times.size < 2:
        raise OutOfDomainError("t_s", times.shape, "be a row of at least two times", "use numpy.linspace(0, end, n)")
    require(np.diff(times) > 0, "t_s step", np.diff(times), "be > 0", "sort the times")
    pump = nonnegative("pump_per_s", pump_per_s)
    if pump.shape not in {(), times.shape}:
        raise OutOfDomainError("pump_per_s", pump.shape, f"have shape () or {times.shape}", "give one value per time")
    return times, np.broadcast_to(pump, times.shape)


def initial(start: LaserState, N: float) -> FloatArray:
    """Give (N2, N1, photons) of a start that N atoms allow."""
    y0 = np.array([float(nonnegative(name, single(name, getattr(start, name)))) for name in ("N2", "N1", "photons")])
    if y0[0] + y0[1] > N:
        raise ImpossibleStateError("N2 + N1", y0[0] + y0[1], f"be <= N = {N}", "start with fewer excited atoms")
    return y0


def integrate(
    rates: Callable[[float, FloatArray], list[float]],
    jacobian: Callable[[float, FloatArray], list[list[float]]],
    y0: FloatArray,
    times: FloatArray,
    pump: FloatArray,
    N: float,
) -> FloatArray:
    """Integrate stiff rate equations; shape (variables, times). The last variable is the photon number."""

    def counted(t: float, y: FloatArray) -> list[float]:
        found = rates(t, y)
        if not np.isfinite(found).all():
            raise ImpossibleStateError("rates_per_s", max(found), "be finite", "check times and rates")
        return found

    tolerance = np.full(y0.size, 1e-12 * N)
    tolerance[-1] = 1e-6
    # A pulse between two long steps would be missed.
    longest = np.inf if np.ptp(pump) == 0 else float(np.diff(times).max())
    span = times[0], times[-1]
    solution = solve_ivp(counted, span, y0, "LSODA", times, jac=jacobian, rtol=1e-9, atol=tolerance, max_step=longest)
    if not solution.success:
        raise ImpossibleStateError("rate equations", solution.message, "be integrable", "check times and rates")
    return np.maximum(solution.y, 0.0)


def course(
    nu_Hz: float, g1: int, g2: int, K_per_s: float, times: FloatArray, pump: FloatArray, y: FloatArray
) -> LaserRun:
    """Complete a run from y = (N2, N1, photons)."""
    N2, N1, q = y
    return LaserRun(
        N2=N2,
        N1=N1,
        photons=q,
        t_s=times,
        pump_per_s=pump,
        inversion=N2 - g2 / g1 * N1,
        stimulated_emission_per_s=K_per_s * q * N2,
        absorption_per_s=K_per_s * q * N1 * g2 / g1,
        # The atoms of empty levels are all in the ground level, as cold as can be.
        beta_levels_per_J=masked(level_beta_per_J(nu_Hz, N2 / g2, N1 / g1), (N1 == 0) & (N2 == 0), none=np.inf),
    )
