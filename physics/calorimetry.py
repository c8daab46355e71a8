"""Calorimetry with the two spin species of one LiF crystal, after Abragam and Proctor.

7Li (I = 3/2) and 19F (I = 1/2) are prepared at different spin temperatures in the same field and mixed.
At high temperature (mu B << kT) a species of N spins has U = -w beta B^2 with the Curie weight
w = N mu^2 (I+1)/(3I), so mixing is a weighted mean of coldnesses, not of temperatures.
"""

import numpy as np
from numpy.typing import ArrayLike

from physics._checks import FloatArray, broadcasting, finite, plain, positive
from physics.contact import Equilibrium, equilibrium
from physics.errors import OutOfDomainError
from physics.spins import FLUORINE_19, LITHIUM_7, Nucleus, SpinBody


def curie_weight_J2_per_T2(nucleus: Nucleus, N: ArrayLike = 1.0) -> FloatArray:
    """Curie weight N mu^2 (I+1)/(3I) in J^2/T^2: the energy per beta B^2 at high temperature.

    Args:
        nucleus: the spin.
        N: number of spins, or an amount of them, > 0, whole or not, any shape.

    Raises:
        NotANumberError, OutOfDomainError: N is NaN, infinite or not positive.

    Source: Curie's law; slope of the Brillouin function at 0.

    >>> print(f"{curie_weight_J2_per_T2(FLUORINE_19) / curie_weight_J2_per_T2(LITHIUM_7):.3f}")
    1.173
    """
    I = nucleus.spin  # noqa: E741
    return plain(positive("N", N) * nucleus.mu_J_per_T**2 * (I + 1.0) / (3.0 * I))


@broadcasting
def mixed_beta_per_J(weights: ArrayLike, betas_per_J: ArrayLike) -> FloatArray:
    """Common coldness sum(w beta)/sum(w) after mixing at high temperature, in 1/J; over the last axis.

    Args:
        weights: Curie weights, > 0, in any common unit, shape (..., species).
        betas_per_J: coldnesses in 1/J, finite, shape (..., species).

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite, or a weight is not positive.

    Source: sum of -w beta B^2 conserved; Abragam & Proctor, Phys. Rev. 109, 1441 (1958),
    doi:10.1103/PhysRev.109.1441.

    >>> float(mixed_beta_per_J([3.0, 1.0], [1.0, -1.0]))
    0.5
    """
    w, beta = positive("weights", weights), finite("betas_per_J", betas_per_J)
    w, beta = np.broadcast_arrays(np.atleast_1d(w), np.atleast_1d(beta))
    if w.shape[-1] == 0:
        raise OutOfDomainError("weights", w.shape, "hold one species at least", "give a weight and a coldness")
    share = w / w.max(axis=-1, keepdims=True)
    share = share / share.sum(axis=-1, keepdims=True)
    return plain((share * beta).sum(axis=-1))


def mix_lithium_fluoride(beta_Li_per_J: float, beta_F_per_J: float, B_T: float, pairs: float = 1.0) -> Equilibrium:
    """Mix the two species of LiF exactly, at any temperature: thermal contact of the two spin bodies.

    Args:
        beta_Li_per_J: coldness of the 7Li spins in 1/J.
        beta_F_per_J: coldness of the 19F spins in 1/J.
        B_T: common field in T, not 0.
        pairs: number of Li-F pairs, whole, > 0 (every Li taken as 7Li; the natural abundance is 92.4 %).

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN or outside its range.

    Source: ``contact.equilibrium``.

    >>> from physics.coldness import beta_from_temperature, temperature_from_beta
    >>> mixed = mix_lithium_fluoride(beta_from_temperature(-300.0), beta_from_temperature(300.0), 0.64)
    >>> print(f"{temperature_from_beta(mixed.beta_per_J):.0f} K")
    3767 K
    """
    return equilibrium(SpinBody(pairs, LITHIUM_7, B_T), SpinBody(pairs, FLUORINE_19, B_T), beta_Li_per_J, beta_F_per_J)
