"""Every law and published number, evaluated a second and simpler way.

``verify()`` gives one row per statement. The second ways are plain: integers, fractions, sums over
states, matrices, fixed-step integration. They share no formula with the modules they check.
"""

from physics.verification import light, particles, spins, statistics
from physics.verification.row import Row

__all__ = ["Row", "verify"]


def verify() -> tuple[Row, ...]:
    """Evaluate all rows, in the order of the systems; takes a second or two.

    >>> all(row.passes for row in verify())
    True
    """
    return (*statistics.rows(), *spins.rows(), *light.rows(), *particles.rows())
