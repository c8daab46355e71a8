"""Laser and maser transitions: frequency, degeneracies, and the temperature scale h nu/k they set.

Wavelengths are the nominal ones by which the lines are known.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy.constants import c, h, k

from physics import _lasers
from physics._checks import FloatArray, nonnegative, plain, positive, single
from physics._masks import elementwise


@dataclass(frozen=True)
class Line:
    """A lasing transition; the degeneracies g1 (lower) and g2 (upper) count up to a common factor."""

    name: str
    nu_Hz: float
    g1: int
    g2: int
    lower: str
    upper: str

    def __post_init__(self) -> None:
        """Refuse a line that cannot exist."""
        for name in ("nu_Hz", "g1", "g2"):
            positive(name, single(name, getattr(self, name)))

    @property
    def photon_J(self) -> float:
        """Photon energy h nu in J."""
        return float(h * self.nu_Hz)

    @property
    def temperature_K(self) -> float:
        """Photon energy over k, in K: effective temperatures of the line come in units of it."""
        return self.photon_J / k


RUBY = Line("ruby", c / 694.3e-9, 4, 2, "4A2 (ground state)", "2E, its E-bar doublet")
ND_YAG = Line("Nd:YAG", c / 1064e-9, 2, 2, "4I11/2 sublevel", "4F3/2 sublevel")
HELIUM_NEON = Line("HeNe", c / 632.8e-9, 5, 3, "2p4", "3s2")
AMMONIA = Line("ammonia", 23.8701e9, 1, 1, "(3,3) symmetric", "(3,3) antisymmetric")
LINES = {line.name: line for line in (RUBY, ND_YAG, HELIUM_NEON, AMMONIA)}


@elementwise
def inversion(N2: ArrayLike, N1: ArrayLike, g1: ArrayLike = 1.0, g2: ArrayLike = 1.0) -> FloatArray:
    """Inversion N2 - (g2/g1) N1 of two levels, in the unit of the populations; positive means gain.

    Args:
        N2: population of the upper level, >= 0.
        N1: population of the lower level, >= 0, in the same unit.
        g1: degeneracy of the lower level, > 0.
        g2: degeneracy of the upper level, > 0. Shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: an argument is NaN, infinite or of the wrong sign.

    Source: Einstein relation g1 B12 = g2 B21.

    >>> float(inversion(60.0, 100.0, g1=4, g2=2))
    10.0
    """
    ratio = positive("g2", g2) / positive("g1", g1)
    return plain(nonnegative("N2", N2) - ratio * nonnegative("N1", N1))


@elementwise
def effective_beta_per_J(line: Line, N2: ArrayLike, N1: ArrayLike) -> FloatArray:
    """Effective coldness of the two lasing levels, ln[(N1/g1)/(N2/g2)]/(h nu), in 1/J; 0 at transparency.

    Args:
        line: the transition.
        N2: population of the upper level, >= 0, in any unit.
        N1: population of the lower level, >= 0, in the same unit, not 0 where N2 is 0; shapes broadcast.

    Raises:
        NotANumberError, OutOfDomainError: a population is NaN, infinite or negative.
        ImpossibleStateError: both are 0.

    Source: Boltzmann ratio (N2/g2)/(N1/g1) = exp(-beta h nu).

    >>> float(effective_beta_per_J(RUBY, 1.0, 2.0))
    0.0
    """
    return _lasers.effective_beta_per_J(line.nu_Hz, line.g1, line.g2, N2, N1)
