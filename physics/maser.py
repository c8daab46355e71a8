"""Three-level maser as a heat engine: a hot and a cold bath leave one transition at negative temperature.

Levels 1 < 2 < 3. A hot bath holds 1-3 (pump, nu_p), a cold bath holds 2-3 (idler, nu_p - nu_s); the
populations of the signal transition 1-2 (nu_s) then follow.
Source: Scovil & Schulz-DuBois, Phys. Rev. Lett. 2, 262 (1959), doi:10.1103/PhysRevLett.2.262.
"""

from numpy.typing import ArrayLike

from physics._checks import FloatArray, finite, plain, positive, require
from physics._masks import elementwise


@elementwise
def signal_beta_per_J(
    beta_hot_per_J: ArrayLike, beta_cold_per_J: ArrayLike, pump_Hz: ArrayLike, signal_Hz: ArrayLike
) -> FloatArray:
    """Coldness of the signal transition, [beta_h nu_p - beta_c (nu_p - nu_s)]/nu_s, in 1/J.

    Negative, so amplifying, exactly if nu_s/nu_p is below the Carnot efficiency 1 - beta_h/beta_c.

    Args:
        beta_hot_per_J: coldness of the bath on the pump transition, finite, in 1/J.
        beta_cold_per_J: coldness of the bath on the idler transition, finite, in 1/J.
        pump_Hz: pump frequency in Hz, > 0.
        signal_Hz: signal frequency in Hz, > 0 and below pump_Hz. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite, or outside its range.

    Source: n2/n1 = (n3/n1)(n2/n3) with each ratio set by its bath.

    >>> float(signal_beta_per_J(1.0, 2.0, 2.0, 1.0))
    0.0
    """
    pump, signal = positive("pump_Hz", pump_Hz), positive("signal_Hz", signal_Hz)
    require(signal < pump, "signal_Hz", signal, "be below pump_Hz", "swap pump and signal")
    hot, cold = finite("beta_hot_per_J", beta_hot_per_J), finite("beta_cold_per_J", beta_cold_per_J)
    return plain(((hot - cold) * pump + cold * signal) / signal + 0.0)


@elementwise
def largest_signal_ratio(beta_hot_per_J: ArrayLike, beta_cold_per_J: ArrayLike) -> FloatArray:
    """Largest nu_s/nu_p with gain: the Carnot efficiency 1 - beta_h/beta_c = 1 - T_c/T_h.

    Args:
        beta_hot_per_J: coldness of the hot bath in 1/J, finite.
        beta_cold_per_J: coldness of the cold bath in 1/J, > 0, at least beta_hot_per_J.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite, or outside its range.

    Source: ``signal_beta_per_J`` = 0.

    >>> float(largest_signal_ratio(1.0, 4.0))
    0.75
    """
    cold, hot = positive("beta_cold_per_J", beta_cold_per_J), finite("beta_hot_per_J", beta_hot_per_J)
    require(hot <= cold, "beta_hot_per_J", hot, "be <= beta_cold_per_J", "swap the baths")
    return plain(1.0 - hot / cold)
